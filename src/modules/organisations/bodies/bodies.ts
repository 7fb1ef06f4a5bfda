import { isRole } from '../../../platform/access/viewer.ts'
import type { Role } from '../../../platform/access/viewer.ts'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findPersons, whoHeld } from '../people/people.ts'
import type { Person } from '../people/people.ts'
import { toTerm } from '../people/queries.ts'
import { holds } from '../terms.ts'
import type { Holding, Term } from '../terms.ts'
import {
  selectBodies,
  selectBodiesById,
  selectBody,
  selectMembership,
  selectMemberships,
  selectMembershipsOfPerson,
} from './queries.ts'
import type { BodyRow, MembershipRow } from './queries.ts'
import type { BodyForm, Capacity } from './words.ts'

/** A panel, board, committee or group, as its holder keeps it. */
export interface Body extends RecordKey {
  name: string
  reference: string
  state: string
  publication: RecordHead['publication']
  version: number
  /** The organisations whose meetings' records these are. */
  holders: readonly string[]
  /** Organisations that attend besides. */
  sides: readonly string[]
  form: BodyForm
  purpose: string | null
  termsOfReference: string | null
  /** Null: not known. */
  quorum: number | null
  frequency: string | null
  chairing: string | null
  howToAsk: string | null
  howToComplain: string | null
  /** In a historical area, the day of its last paper held, at which its clocks stand still. */
  asAt: Temporal.PlainDate | null
  /** The address of the host council's register of members' interests; null where none is known. */
  interestsRegister: string | null
}

/** A seat on a body, and who sat on it when. */
export interface Membership {
  areaId: number
  id: string
  bodyId: string
  personId: string | null
  organisationId: string | null
  role: Role | null
  title: string | null
  capacity: Capacity
  /** The authority that sent the member, where one did. */
  authority: string | null
  /** The seat that this one substitutes for. */
  substituteFor: string | null
  term: Term
  source: string | null
  note: string | null
}

/** Somebody with a seat on a body on a day. */
export interface Member {
  membership: Membership
  /** Null for a seat that goes with a role nobody is known to hold then. */
  person: Person | null
  /** `yes`, or `not-known` where no paper says whether the seat was held then. */
  holding: Exclude<Holding, 'no'>
}

/** A body that this transaction's organisations hold, or null. */
export async function findBody(trx: Trx, key: RecordKey): Promise<Body | null> {
  const row = await selectBody(trx, key)
  return row === undefined ? null : toBody(row)
}

/** The bodies of an area that this transaction's organisations hold, by name. */
export async function bodiesOf(trx: Trx, areaId: number): Promise<Body[]> {
  return (await selectBodies(trx, areaId)).map(toBody)
}

export async function findBodies(trx: Trx, areaId: number, ids: readonly string[]): Promise<Body[]> {
  return (await selectBodiesById(trx, areaId, ids)).map(toBody)
}

/** Every seat of a body, past ones too. */
export async function membershipsOf(trx: Trx, body: RecordKey): Promise<Membership[]> {
  return (await selectMemberships(trx, body)).map(toMembership)
}

/**
 * The members of a body on a day, the chair first; those of whom nobody knows whether they sat then say so. A seat that
 * goes with a role is filled by whoever held the role on that day.
 */
export async function membersOn(trx: Trx, body: RecordKey, on: Temporal.PlainDate): Promise<Member[]> {
  const memberships = await membershipsOf(trx, body)
  const people = new Map(
    (
      await findPersons(
        trx,
        memberships.flatMap(each => each.personId ?? []),
      )
    ).map(p => [p.id, p]),
  )
  const members: Member[] = []
  for (const membership of memberships) {
    const holding = holds(membership.term, on)
    if (holding === 'no') continue
    const person = people.get(membership.personId ?? '') ?? (await inRole(trx, membership, on))
    members.push({ membership, person, holding })
  }
  return members
}

async function inRole(trx: Trx, { organisationId, role }: Membership, on: Temporal.PlainDate): Promise<Person | null> {
  if (organisationId === null || role === null) return null
  const [holder] = await whoHeld(trx, { organisationId, role, on })
  const [person] = holder === undefined ? [] : await findPersons(trx, [holder.personId])
  return person ?? null
}

/** A membership of this transaction's organisations, or null. */
export async function findMembership(trx: Trx, key: RecordKey): Promise<Membership | null> {
  const row = await selectMembership(trx, key)
  return row === undefined ? null : toMembership(row)
}

/** A seat of a person, with the body it is on. */
export interface SeatOfPerson extends Membership {
  bodyName: string
  bodyPublication: RecordHead['publication']
}

/** Every seat of a person on the bodies of an area that may be seen, the latest first. */
export async function seatsOfPerson(trx: Trx, personId: string, areaId: number): Promise<SeatOfPerson[]> {
  const rows = await selectMembershipsOfPerson(trx, personId, areaId)
  return rows.map(row => ({
    ...toMembership(row),
    bodyName: row.body_title,
    bodyPublication: row.body_publication,
  }))
}

function toBody(row: BodyRow): Body {
  return {
    areaId: row.area_id,
    id: row.record_id,
    name: row.title,
    reference: row.reference,
    state: row.state,
    publication: row.publication,
    version: row.version,
    holders: row.holders,
    sides: row.sides,
    form: row.form,
    purpose: row.purpose,
    termsOfReference: row.terms_of_reference,
    quorum: row.quorum,
    frequency: row.frequency,
    chairing: row.chairing,
    howToAsk: row.how_to_ask,
    howToComplain: row.how_to_complain,
    asAt: row.as_at,
    interestsRegister: row.interests_register,
  }
}

function toMembership(row: MembershipRow): Membership {
  return {
    areaId: row.area_id,
    id: row.id,
    bodyId: row.body_id,
    personId: row.person_id,
    organisationId: row.organisation_id,
    role: row.role !== null && isRole(row.role) ? row.role : null,
    title: row.title,
    capacity: row.capacity,
    authority: row.authority,
    substituteFor: row.substitute_for,
    term: toTerm(row),
    source: row.source,
    note: row.note,
  }
}
