import type { OrganisationKind, Role } from '../../platform/access/viewer.ts'
import { escalationOf } from './escalation.ts'
import type { Escalation, StoredEscalation } from './escalation.ts'
import { rolesOfOwner } from './owner-roles.ts'

/** Somebody with a seat in the organisation that owes. */
export interface Colleague {
  userId: string
  personId: string | null
  roles: readonly Role[]
}

/** What is asked of a clock to know whose it is. */
export interface OwnedClock {
  rule: { owner: string }
  owner: { role: string | null; personId: string | null }
}

/** The organisation that owes: its kind, who works there, and what it has set. */
export interface OwingOrganisation {
  kind: OrganisationKind
  colleagues: readonly Colleague[]
  escalations: readonly StoredEscalation[]
}

/** Whom a clock concerns. */
export interface Recipients {
  /** Users who are told of it from the first stage. */
  owners: ReadonlySet<string>
  /** Where it goes on to when it is not kept; null where it is nobody's to do. */
  escalation: Escalation | null
  /** Users it goes on to; an address outside is in `escalation` alone. */
  escalatedTo: ReadonlySet<string>
}

/** The roles that see to a clock, the leading one first. */
function rolesOf(clock: OwnedClock, kind: OrganisationKind): readonly Role[] {
  return rolesOfOwner(clock.owner.role ?? clock.rule.owner, kind)
}

/**
 * Who is told of a clock: the person it names, else everybody who holds its role. A role that nobody holds is no reason
 * to tell nobody: then whoever it would go on to is told from the beginning, and if there is none, the administrators.
 */
export function recipientsOf(clock: OwnedClock, organisation: OwingOrganisation): Recipients {
  const { kind, colleagues, escalations } = organisation
  const [leading, ...others] = rolesOf(clock, kind)
  const named = colleagues.filter(each => each.personId !== null && each.personId === clock.owner.personId)
  if (leading === undefined) return { owners: usersOf(named), escalation: null, escalatedTo: new Set() }
  const escalation = escalationOf(leading, kind, escalations)
  const next = 'role' in escalation.to ? holding(colleagues, [escalation.to.role]) : []
  const owners = firstFilled([
    named,
    holding(colleagues, isPersonal(clock) ? rolesOfOwner('member', kind) : [leading, ...others]),
    next,
    holding(colleagues, ['administrator']),
  ])
  const escalatedTo = next.filter(each => !owners.includes(each))
  return { owners: usersOf(owners), escalation, escalatedTo: usersOf(escalatedTo) }
}

/** A member's own duty, such as their register of interests, is not for the other members to read of. */
function isPersonal(clock: OwnedClock): boolean {
  return clock.rule.owner === 'member'
}

function holding(colleagues: readonly Colleague[], roles: readonly Role[]): readonly Colleague[] {
  return colleagues.filter(each => each.roles.some(role => roles.includes(role)))
}

function firstFilled(choices: readonly (readonly Colleague[])[]): readonly Colleague[] {
  return choices.find(choice => choice.length > 0) ?? []
}

function usersOf(colleagues: readonly Colleague[]): ReadonlySet<string> {
  return new Set(colleagues.map(each => each.userId))
}
