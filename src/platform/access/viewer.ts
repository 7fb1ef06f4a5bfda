/** The kinds of organisation that scrutinise one another, each a public authority of its own. */
export type OrganisationKind = 'office' | 'force' | 'panel' | 'council' | 'other'

/**
 * Roles a person may hold in an organisation. They come from appointments; what each may do is said once, by the
 * modules' permissions.
 */
export const roles = [
  'commissioner',
  'deputy-commissioner',
  'chief-executive',
  'chief-finance-officer',
  'policy-lead',
  'board-clerk',
  'administrator',
  'chief-constable',
  'chief-officer',
  'liaison',
  'data-provider',
  'panel-chair',
  'panel-member',
  'panel-clerk',
  'legal-adviser',
  'custody-visitor',
  'ambassador',
  'grant-holder',
  'independent-committee-member',
] as const
export type Role = (typeof roles)[number]

const outsideRoles: readonly Role[] = ['custody-visitor', 'ambassador', 'grant-holder']

/** The roles of those who work at a desk of the office, the force or the panel: what all of them may read. */
export const deskRoles: readonly Role[] = roles.filter(role => !outsideRoles.includes(role))

const panelRoles: readonly Role[] = ['panel-chair', 'panel-member', 'panel-clerk', 'legal-adviser', 'administrator']

/** The roles there are in an organisation of each kind, for posts and for those who sign in. */
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
    'custody-visitor',
    'ambassador',
  ],
  force: ['chief-constable', 'chief-officer', 'chief-finance-officer', 'liaison', 'data-provider', 'administrator'],
  panel: panelRoles,
  council: [...panelRoles, 'chief-executive', 'chief-finance-officer'],
  other: [
    'chief-executive',
    'chief-finance-officer',
    'independent-committee-member',
    'grant-holder',
    'custody-visitor',
    'ambassador',
    'administrator',
  ],
}

/** The police area, or collaboration of areas, that someone works in. */
export interface ViewerArea {
  id: number
  slug: string
  name: string
  historical: boolean
}

/** Who is asking, and for which organisation and area they act at this moment. */
export interface Viewer {
  userId: string
  /** The person of the public record this user is, where there is one. */
  personId: string | null
  name: string
  organisation: { id: string; name: string; kind: OrganisationKind }
  area: ViewerArea
  roles: readonly Role[]
  /** Set while these roles need an authenticator code and none is set up: then nothing may be published. */
  secondFactorMissing?: true
}

/** A role as typed or stored, if it is one of ours. */
export function isRole(word: string): word is Role {
  return roles.some(role => role === word)
}

/** What a role is called on pages and in mails: `chief finance officer`. */
export function roleWords(role: Role): string {
  return role.replaceAll('-', ' ')
}
