import type { OrganisationKind, Role } from '../../platform/access/viewer.ts'
import { roleWords } from '../../platform/access/viewer.ts'

const panelRoles: readonly Role[] = ['panel-chair', 'panel-member', 'panel-clerk', 'legal-adviser']

/** The roles that posts in an organisation of each kind may carry. */
export const rolesOfKind: Readonly<Record<OrganisationKind, readonly Role[]>> = {
  office: [
    'commissioner',
    'deputy-commissioner',
    'chief-executive',
    'chief-finance-officer',
    'policy-lead',
    'board-clerk',
    'administrator',
    'independent-committee-member',
  ],
  force: ['chief-constable', 'chief-officer', 'chief-finance-officer', 'liaison', 'data-provider', 'administrator'],
  panel: panelRoles,
  council: [...panelRoles, 'chief-executive', 'chief-finance-officer'],
  other: ['chief-executive', 'chief-finance-officer', 'independent-committee-member', 'administrator'],
}

/** A role as it begins a line: `Chief finance officer`. */
export function roleTitle(role: Role): string {
  const words = roleWords(role)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Roles as the options of a form. */
export function roleOptions(kind: OrganisationKind): { value: string; text: string }[] {
  return rolesOfKind[kind].map(role => ({ value: role, text: roleTitle(role) }))
}
