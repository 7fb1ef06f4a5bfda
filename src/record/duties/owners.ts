import { isRole, roleWords, roles } from '../../platform/access/viewer.ts'
import type { OrganisationKind, Viewer } from '../../platform/access/viewer.ts'
import type { Trx } from '../../platform/database/tables.ts'
import { clockRules } from '../clock-basis.ts'
import type { RunningClock } from '../clock-rows.ts'
import { loadOwners } from '../clocks/index.ts'
import { knownPeople } from '../kinds.ts'
import { knownOwners, rolesOfOwner } from '../reminders/owner-roles.ts'

/** Whose a duty is: a person or whoever holds one of these roles. */
export interface Mine {
  /** Null for somebody who is not tied to a person: then the roles alone say what is theirs. */
  personId: string | null
  /** Owners as clocks and rules name them that come down to a role this person has. */
  owners: readonly string[]
  /** The rules whose own owner is one of those. */
  rules: readonly string[]
}

/** What is somebody's own, by person and by role. */
export function ownOf(viewer: Pick<Viewer, 'personId' | 'roles' | 'organisation'>): Mine {
  const { kind } = viewer.organisation
  const falls = (owner: string) => rolesOfOwner(owner, kind).some(role => viewer.roles.includes(role))
  const owners = [...new Set([...knownOwners, ...roles])].filter(falls)
  const rules = [...clockRules().values()].filter(rule => owners.includes(rule.owner)).map(rule => rule.id)
  return { personId: viewer.personId, owners, rules }
}

/** Whether a clock that the organisation owes is somebody's own. */
export function isOwn(clock: Pick<RunningClock, 'owner' | 'rule'>, mine: Mine): boolean {
  const { personId, role } = clock.owner
  if (personId !== null && mine.personId !== null) return personId === mine.personId
  return mine.owners.includes(role ?? clock.rule.owner)
}

let owners: Readonly<Record<string, string>> | undefined

/** The names of the persons that clocks name. */
export function ownerNames(
  trx: Trx,
  clocks: readonly Pick<RunningClock, 'owner'>[],
): Promise<ReadonlyMap<string, string>> {
  const ids = clocks.flatMap(clock => clock.owner.personId ?? [])
  return ids.length === 0 ? Promise.resolve(new Map()) : knownPeople().names(trx, [...new Set(ids)])
}

/** "Jane Field, chief executive", "the chief executive"; where none is named, whom the rule names. */
export function ownerWords(
  clock: Pick<RunningClock, 'owner' | 'rule'>,
  kind: OrganisationKind,
  names: ReadonlyMap<string, string>,
): string {
  const { personId, role } = clock.owner
  const words = roleOf(role, clock.rule.owner, kind)
  if (personId === null) return capital(words)
  const name = names.get(personId) ?? 'A person named'
  return role === null ? name : `${name}, ${words}`
}

function roleOf(role: string | null, owner: string, kind: OrganisationKind): string {
  if (role !== null) return isRole(role) ? roleWords(role) : role.replaceAll('-', ' ')
  const [leading] = rolesOfOwner(owner, kind)
  if (leading !== undefined) return roleWords(leading)
  owners ??= loadOwners()
  return owners[owner] ?? owner
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
