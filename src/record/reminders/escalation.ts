import { rolesOfKind } from '../../platform/access/viewer.ts'
import type { OrganisationKind, Role } from '../../platform/access/viewer.ts'

/** Where an overdue deadline goes on to. */
export type EscalationTarget = { role: Role } | { address: string }

/** Whom a role's overdue deadlines go on to, and when. */
export interface Escalation {
  owner: Role
  to: EscalationTarget
  /** Working days after the first reminder that it is overdue. */
  afterDays: number
  /** True until the panel's clerk has given the address of an officer of the host council. */
  addressAwaited: boolean
  set: { by: string; at: Temporal.Instant } | null
}

/** What an organisation has set for a role. */
export interface StoredEscalation {
  owner: string
  to: EscalationTarget
  afterDays: number
  set: { by: string; at: Temporal.Instant }
}

/** A day after the first reminder that it is overdue, unless the organisation sets another number. */
export const defaultAfterDays = 1

const toChiefExecutive = { 'chief-executive': 'commissioner', commissioner: 'chief-executive' } as const

const defaults: Readonly<Record<OrganisationKind, Readonly<Partial<Record<Role, Role>>>>> = {
  office: { ...toChiefExecutive, 'custody-visitor': 'policy-lead', ambassador: 'policy-lead' },
  force: { 'chief-constable': 'chief-officer', 'data-provider': 'liaison' },
  // Until an address of the host council is known, what the clerk has not done goes to the chair.
  panel: { 'panel-clerk': 'panel-chair' },
  council: { 'panel-clerk': 'chief-executive', 'chief-executive': 'panel-clerk' },
  other: { 'chief-executive': 'administrator' },
}

const otherwise: Readonly<Record<OrganisationKind, Role>> = {
  office: 'chief-executive',
  force: 'chief-constable',
  panel: 'panel-clerk',
  council: 'panel-clerk',
  other: 'chief-executive',
}

/** The role that a role's overdue deadlines go on to unless the organisation sets another. */
export function defaultTarget(owner: Role, kind: OrganisationKind): Role {
  return defaults[kind][owner] ?? otherwise[kind]
}

/** Whom a role's overdue deadlines go on to in an organisation of a kind, with what it has set. */
export function escalationOf(owner: Role, kind: OrganisationKind, stored: readonly StoredEscalation[]): Escalation {
  const found = stored.find(each => each.owner === owner)
  if (found !== undefined) return { ...found, owner, addressAwaited: false }
  return {
    owner,
    to: { role: defaultTarget(owner, kind) },
    afterDays: defaultAfterDays,
    addressAwaited: kind === 'panel' && owner === 'panel-clerk',
    set: null,
  }
}

/** Every role of an organisation of a kind, with whom its overdue deadlines go on to. */
export function escalationsOf(kind: OrganisationKind, stored: readonly StoredEscalation[]): Escalation[] {
  return rolesOfKind[kind].map(owner => escalationOf(owner, kind, stored))
}
