import { isRole } from '../../../platform/access/viewer.ts'
import type { Role } from '../../../platform/access/viewer.ts'
import type { Trx } from '../../../platform/database/tables.ts'
import { selectMembershipsOfRole } from '../bodies/queries.ts'
import { holds } from '../terms.ts'
import type { Term } from '../terms.ts'
import { selectAppointments, selectPersons, selectPersonsByPublicName, toTerm } from './queries.ts'
import type { AppointmentRow, PersonRow } from './queries.ts'

/** A person. People belong to no area; what an area keeps about one is its office-holder's record. */
export interface Person {
  id: string
  slug: string
  name: string
  /** The name the public may read; null where the person appears by role alone. */
  publicName: string | null
  alsoPrinted: readonly string[]
}

/** A post in an organisation and who held it when. */
export interface Appointment {
  id: string
  areaId: number
  /** Null where no paper says whose post it was. */
  organisationId: string | null
  /** Null where the papers speak of the post and name nobody. */
  personId: string | null
  role: Role
  title: string
  /** The organisation that says so. */
  recordedBy: string
  term: Term
  source: string | null
  note: string | null
}

/** Somebody in a post on a day. */
export interface PostHolder {
  personId: string
  name: string
  publicName: string | null
  alsoPrinted: readonly string[]
  organisationId: string
  role: Role
  title: string
}

export async function findPersons(trx: Trx, ids: readonly string[]): Promise<Person[]> {
  return (await selectPersons(trx, [...new Set(ids)])).map(toPerson)
}

/** People whom the public may read of under this name. */
export async function personsCalled(trx: Trx, publicName: string): Promise<Person[]> {
  return (await selectPersonsByPublicName(trx, publicName)).map(toPerson)
}

/** Appointments in organisations, of people, or in an area; the latest known first. */
export async function appointmentsOf(
  trx: Trx,
  of: { organisationIds: readonly string[] } | { personIds: readonly string[] } | { areaId: number },
): Promise<Appointment[]> {
  return (await selectAppointments(trx, of)).map(toAppointment)
}

/** Names of people by id, as their organisations know them: not for the public. */
export async function personNames(trx: Trx, ids: readonly string[]): Promise<Map<string, string>> {
  return new Map((await findPersons(trx, ids)).map(person => [person.id, person.name]))
}

/** Names of people by id as the public may read them; those who appear by role alone are left out. */
export async function publicNames(trx: Trx, ids: readonly string[]): Promise<Map<string, string>> {
  const people = await findPersons(trx, ids)
  return new Map(people.flatMap(({ id, publicName }) => (publicName === null ? [] : [[id, publicName] as const])))
}

/**
 * Who held a role in an organisation on a day: by appointment, or by a seat on a body of its own. Only those are named
 * of whom it is known; usually one, several for a shared post, nobody where no paper says.
 */
export async function whoHeld(
  trx: Trx,
  asked: { organisationId: string; role: Role; on: Temporal.PlainDate },
): Promise<PostHolder[]> {
  const held = (await postHolders(trx, asked.organisationId, asked.on)).filter(holder => holder.role === asked.role)
  const seats = await selectMembershipsOfRole(trx, asked.organisationId, asked.role)
  const sat = seats.filter(seat => holds(toTerm(seat), asked.on) === 'yes' && seat.person_id !== null)
  const more = sat.filter(seat => !held.some(holder => holder.personId === seat.person_id))
  const named = await byId(
    trx,
    more.map(seat => seat.person_id ?? ''),
  )
  const found = more.flatMap(seat => {
    const person = named.get(seat.person_id ?? '')
    const title = seat.title ?? asked.role
    return person === undefined ? [] : [toHolder(person, { ...asked, title })]
  })
  return [...held, ...new Map(found.map(holder => [holder.personId, holder])).values()]
}

/** Everyone known to be in a post of an organisation on a day, by title. */
export async function postHolders(trx: Trx, organisationId: string, on: Temporal.PlainDate): Promise<PostHolder[]> {
  const appointments = await appointmentsOf(trx, { organisationIds: [organisationId] })
  const current = appointments.filter(({ personId, term }) => personId !== null && holds(term, on) === 'yes')
  const named = await byId(
    trx,
    current.map(({ personId }) => personId ?? ''),
  )
  return current.flatMap(({ personId, role, title }) => {
    const person = named.get(personId ?? '')
    return person === undefined ? [] : [toHolder(person, { organisationId, role, title })]
  })
}

/** The chief officers of a force on a day: those who may be named as answering for it, the chief constable first. */
export async function chiefOfficers(trx: Trx, forceId: string, on: Temporal.PlainDate): Promise<PostHolder[]> {
  const holders = await postHolders(trx, forceId, on)
  const of = (role: Role) => holders.filter(holder => holder.role === role)
  return [...of('chief-constable'), ...of('chief-officer')]
}

async function byId(trx: Trx, ids: readonly string[]): Promise<Map<string, Person>> {
  return new Map((await findPersons(trx, ids)).map(person => [person.id, person]))
}

function toHolder(person: Person, post: { organisationId: string; role: Role; title: string }): PostHolder {
  const { id, name, publicName, alsoPrinted } = person
  const { organisationId, role, title } = post
  return { personId: id, name, publicName, alsoPrinted, organisationId, role, title }
}

function toPerson(row: PersonRow): Person {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    publicName: row.public_name,
    alsoPrinted: row.also_printed,
  }
}

/** A row as an appointment. */
export function toAppointment(row: AppointmentRow): Appointment {
  if (!isRole(row.role)) throw new Error(`The appointment ${row.id} has the role "${row.role}", which is none`)
  return {
    id: row.id,
    areaId: row.area_id,
    organisationId: row.organisation_id,
    personId: row.person_id,
    role: row.role,
    title: row.title,
    recordedBy: row.recorded_by,
    term: toTerm(row),
    source: row.source,
    note: row.note,
  }
}
