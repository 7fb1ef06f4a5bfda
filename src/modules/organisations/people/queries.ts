import { sql } from 'kysely'
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely'
import type { Tables, Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import type { Term } from '../terms.ts'

interface PersonTable {
  id: string
  slug: string
  name: string
  public_name: string | null
  also_printed: string[]
}

/** The columns in which a term is kept. */
export interface TermColumns {
  started: string | null
  ended: string | null
  end_unknown: boolean
  shown: string[]
}

interface AppointmentTable extends TermColumns {
  id: string
  area_id: number
  organisation_id: string | null
  person_id: string | null
  role: string
  title: string
  recorded_by: string
  source: string | null
  note: string | null
}

interface OfficeHolderTable {
  area_id: number
  record_id: string
  person_id: string
  about: string | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    organisations_person: PersonTable
    organisations_appointment: AppointmentTable
    organisations_office_holder: OfficeHolderTable
  }
}

export type PersonRow = Selectable<PersonTable>
export type AppointmentRow = Selectable<AppointmentTable>

export const termColumns = (term: Term): TermColumns => ({
  started: term.started,
  ended: term.ended,
  end_unknown: term.endUnknown,
  shown: [...term.shown],
})

export const toTerm = (row: TermColumns): Term => ({
  started: row.started,
  ended: row.ended,
  endUnknown: row.end_unknown,
  shown: row.shown,
})

export async function insertPerson(trx: Trx, row: Insertable<PersonTable>): Promise<void> {
  await trx.insertInto('organisations_person').values(row).execute()
}

export async function updatePerson(trx: Trx, id: string, changes: Updateable<PersonTable>): Promise<void> {
  await trx.updateTable('organisations_person').set(changes).where('id', '=', id).execute()
}

export async function selectPersons(trx: Trx, ids: readonly string[]): Promise<PersonRow[]> {
  if (ids.length === 0) return []
  return trx.selectFrom('organisations_person').selectAll().where('id', 'in', ids).orderBy('name').execute()
}

/** People whom the public may read of under this name. */
export async function selectPersonsByPublicName(trx: Trx, name: string): Promise<PersonRow[]> {
  return trx
    .selectFrom('organisations_person')
    .selectAll()
    .where(e => e(e.fn<string>('lower', ['public_name']), '=', name.toLowerCase()))
    .orderBy('slug')
    .execute()
}

export async function insertOfficeHolder(trx: Trx, row: Insertable<OfficeHolderTable>): Promise<void> {
  await trx.insertInto('organisations_office_holder').values(row).execute()
}

export async function updateOfficeHolder(trx: Trx, key: RecordKey, about: string | null): Promise<void> {
  await trx
    .updateTable('organisations_office_holder')
    .set({ about })
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

/** Office-holders of an area whose records may be seen, with the person behind each. */
function officeHolders(trx: Trx, areaId: number) {
  return trx
    .selectFrom('organisations_office_holder as h')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'h.area_id').onRef('r.id', '=', 'h.record_id'))
    .select(['h.area_id', 'h.record_id', 'h.person_id', 'h.about', 'r.title', 'r.state', 'r.publication', 'r.holders'])
    .where('h.area_id', '=', areaId)
}

export type OfficeHolderRow = Awaited<ReturnType<ReturnType<typeof officeHolders>['executeTakeFirstOrThrow']>>

export async function selectOfficeHolder(trx: Trx, key: RecordKey): Promise<OfficeHolderRow | undefined> {
  return officeHolders(trx, key.areaId).where('h.record_id', '=', key.id).executeTakeFirst()
}

/** The record of a person in an area that an organisation holds; one of its own first. */
export async function selectOfficeHolderOf(
  trx: Trx,
  areaId: number,
  personId: string,
  organisationId: string,
): Promise<OfficeHolderRow | undefined> {
  return officeHolders(trx, areaId)
    .where('h.person_id', '=', personId)
    .orderBy(sql`${organisationId}::uuid = any (r.holders) desc`)
    .limit(1)
    .executeTakeFirst()
}

export async function selectOfficeHolders(trx: Trx, areaId: number): Promise<OfficeHolderRow[]> {
  return officeHolders(trx, areaId)
    .orderBy(sql`lower(r.title) collate "C"`)
    .execute()
}

export async function insertAppointment(trx: Trx, row: Insertable<AppointmentTable>): Promise<void> {
  await trx.insertInto('organisations_appointment').values(row).execute()
}

export async function updateAppointmentTerm(trx: Trx, id: string, term: Term): Promise<void> {
  await trx.updateTable('organisations_appointment').set(termColumns(term)).where('id', '=', id).execute()
}

/** Locks the appointment, so that two people cannot end it at once. */
export async function lockAppointment(trx: Trx, id: string): Promise<AppointmentRow | undefined> {
  return trx.selectFrom('organisations_appointment').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/** Appointments in an organisation or of people, the latest known first. */
export async function selectAppointments(
  trx: Trx,
  of: { organisationIds: readonly string[] } | { personIds: readonly string[] } | { areaId: number },
): Promise<AppointmentRow[]> {
  const query = trx.selectFrom('organisations_appointment').selectAll().orderBy(latestKnownFirst)
  if ('areaId' in of) return query.where('area_id', '=', of.areaId).execute()
  const ids = 'organisationIds' in of ? of.organisationIds : of.personIds
  if (ids.length === 0) return []
  return query.where('organisationIds' in of ? 'organisation_id' : 'person_id', 'in', ids).execute()
}

const latestKnownFirst = sql`coalesce(started, shown[1], ended) desc nulls last, title, id`

/** Organisations that publish a page of this person now, in any area. */
export async function selectPublishersOf(trx: Trx, personSlug: string): Promise<string[]> {
  const { rows } = await sql<{ holder: string }>`
    select distinct unnest(holders) as holder from published.entry
    where kind = 'office-holder' and facts->>'person' = ${personSlug} and valid_to = 'infinity'`.execute(trx)
  return rows.map(row => row.holder)
}

/** Public addresses at a moment by the record's identity, or by the person's slug. */
export async function selectAddresses(
  db: Kysely<Tables>,
  areaId: number,
  of: { ids: readonly string[] } | { people: readonly string[] },
  asOf: Temporal.Instant,
): Promise<Map<string, string>> {
  const key = 'ids' in of ? sql<string>`record_id::text` : sql<string>`facts->>'person'`
  const wanted = 'ids' in of ? of.ids : of.people
  if (wanted.length === 0) return new Map()
  let query = db
    .selectFrom('published.entry')
    .select(['address', key.as('key')])
    .where('area_id', '=', areaId)
    .where(key, 'in', wanted)
    .where(sql<boolean>`valid_from <= ${asOf} and valid_to > ${asOf}`)
  if ('people' in of) query = query.where('kind', '=', 'office-holder')
  return new Map((await query.execute()).map(row => [row.key, row.address]))
}
