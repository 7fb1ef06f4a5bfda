import { isRole, rolesOfKind } from '../../platform/access/viewer.ts'
import type { OrganisationKind, Role } from '../../platform/access/viewer.ts'

type Post = Exclude<OrganisationKind, 'council' | 'other'>

/**
 * Who does what a rule's owner owes, in an organisation of each kind: rules name offices and posts of the law
 * (data/clock-rules/owners.json), people sign in with roles. The first role leads: from it an overdue deadline goes on.
 * An empty list is nobody's to do. A post that the organisation does not have falls to whoever stands at its head.
 */
const rolesOfOwners: Readonly<Record<string, Readonly<Record<Post, readonly Role[]>>>> = {
  commissioner: { office: ['commissioner'], force: ['chief-constable'], panel: ['panel-clerk'] },
  'chief-executive': { office: ['chief-executive'], force: ['chief-constable'], panel: ['panel-clerk'] },
  'chief-finance-officer': {
    office: ['chief-finance-officer'],
    force: ['chief-finance-officer'],
    panel: ['panel-clerk'],
  },
  'chief-constable': { office: ['chief-executive'], force: ['chief-constable'], panel: ['panel-clerk'] },
  'named-chief-officer': { office: ['chief-executive'], force: ['chief-officer', 'liaison'], panel: ['panel-clerk'] },
  // The panel acts at its meetings; its clerk and its chair see to it that it does.
  panel: { office: ['chief-executive'], force: ['liaison'], panel: ['panel-clerk', 'panel-chair'] },
  'panel-clerk': { office: ['board-clerk'], force: ['liaison'], panel: ['panel-clerk'] },
  // Local Government Act 1972 Part VA: an officer of the council that hosts the panel, for whom its clerk acts.
  'proper-officer': { office: ['board-clerk'], force: ['liaison'], panel: ['panel-clerk'] },
  // Local Government and Housing Act 1989 s.5: in an office the chief executive is the monitoring officer.
  'monitoring-officer': { office: ['chief-executive'], force: ['liaison'], panel: ['panel-clerk'] },
  'data-protection-officer': { office: ['chief-executive'], force: ['liaison'], panel: ['panel-clerk'] },
  reviewer: { office: ['chief-executive'], force: ['liaison'], panel: ['panel-clerk'] },
  // A member's own duty. Where no member is named, the clerk asks; the other members are not told of it.
  member: { office: ['chief-executive'], force: ['liaison'], panel: ['panel-clerk'] },
  'report-author': { office: ['policy-lead'], force: ['liaison'], panel: ['panel-clerk'] },
  lead: { office: ['policy-lead'], force: ['liaison'], panel: ['panel-clerk'] },
  complainant: { office: [], force: [], panel: [] },
  system: { office: [], force: [], panel: [] },
}

/** Every owner that this mapping knows, for the check that none is forgotten. */
export const knownOwners: readonly string[] = Object.keys(rolesOfOwners)

/**
 * The roles that see to what an owner owes.
 *
 * @param owner a key of data/clock-rules/owners.json, or a role as a clock names it
 * @param kind of the organisation that owes
 * @returns the leading role first; empty where it is nobody's to do
 */
export function rolesOfOwner(owner: string, kind: OrganisationKind): readonly Role[] {
  const ours = rolesOfKind[kind]
  if (isRole(owner) && ours.includes(owner)) return [owner]
  const roles = rolesOfOwners[owner]
  if (roles === undefined) return isRole(owner) ? [owner] : [headOf(kind)]
  const found = roles[postKind(kind)]
  return found.length === 0
    ? []
    : withHead(
        found.filter(role => ours.includes(role)),
        kind,
      )
}

/** Councils host panels and keep their roles; any other organisation is led as an office is. */
function postKind(kind: OrganisationKind): Post {
  if (kind === 'council') return 'panel'
  return kind === 'other' ? 'office' : kind
}

function withHead(roles: readonly Role[], kind: OrganisationKind): readonly Role[] {
  return roles.length === 0 ? [headOf(kind)] : roles
}

/** Who sees to what falls to nobody else. */
function headOf(kind: OrganisationKind): Role {
  switch (kind) {
    case 'force':
      return 'chief-constable'
    case 'panel':
    case 'council':
      return 'panel-clerk'
    case 'office':
    case 'other':
      return 'chief-executive'
  }
}
