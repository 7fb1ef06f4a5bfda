import { sql } from 'kysely'
import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import { termColumns } from '../people/queries.ts'
import type { TermColumns } from '../people/queries.ts'
import type { Term } from '../terms.ts'
import { capacities } from './words.ts'
import type { BodyForm, Capacity } from './words.ts'

interface BodyTable {
  area_id: number
  record_id: string
  form: BodyForm
  purpose: string | null
  terms_of_reference: string | null
  quorum: number | null
  frequency: string | null
  chairing: string | null
  how_to_ask: string | null
  how_to_complain: string | null
  sides: string[]
  as_at: Temporal.PlainDate | null
  interests_register: string | null
}

interface MembershipTable extends TermColumns {
  area_id: number
  id: string
  body_id: string
  person_id: string | null
  organisation_id: string | null
  role: string | null
  title: string | null
  capacity: Capacity
  authority: string | null
  substitute_for: string | null
  source: string | null
  note: string | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    organisations_body: BodyTable
    organisations_membership: MembershipTable
  }
}

export type BodyColumns = Omit<Selectable<BodyTable>, 'area_id' | 'record_id'>
export type MembershipRow = Selectable<MembershipTable>

export async function insertBody(trx: Trx, row: Insertable<BodyTable>): Promise<void> {
  await trx.insertInto('organisations_body').values(row).execute()
}

export async function updateBody(trx: Trx, key: RecordKey, changes: Updateable<BodyTable>): Promise<void> {
  await trx
    .updateTable('organisations_body')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

/** Bodies of an area whose records may be seen, by name. */
function bodies(trx: Trx, areaId: number) {
  return trx
    .selectFrom('organisations_body as b')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'b.area_id').onRef('r.id', '=', 'b.record_id'))
    .selectAll('b')
    .select(['r.title', 'r.reference', 'r.state', 'r.holders', 'r.publication', 'r.version'])
    .where('b.area_id', '=', areaId)
    .orderBy(sql`lower(r.title) collate "C"`)
}

export type BodyRow = Awaited<ReturnType<ReturnType<typeof bodies>['executeTakeFirstOrThrow']>>

export async function selectBody(trx: Trx, key: RecordKey): Promise<BodyRow | undefined> {
  return bodies(trx, key.areaId).where('b.record_id', '=', key.id).executeTakeFirst()
}

export async function selectBodies(trx: Trx, areaId: number): Promise<BodyRow[]> {
  return bodies(trx, areaId).execute()
}

export async function selectBodiesById(trx: Trx, areaId: number, ids: readonly string[]): Promise<BodyRow[]> {
  return ids.length === 0 ? [] : bodies(trx, areaId).where('b.record_id', 'in', ids).execute()
}

export async function insertMembership(trx: Trx, row: Insertable<MembershipTable>): Promise<void> {
  await trx.insertInto('organisations_membership').values(row).execute()
}

export async function updateMembershipTerm(trx: Trx, key: RecordKey, term: Term): Promise<void> {
  await trx
    .updateTable('organisations_membership')
    .set(termColumns(term))
    .where('area_id', '=', key.areaId)
    .where('id', '=', key.id)
    .execute()
}

/** Seats on bodies whose records may be seen. */
function memberships(trx: Trx) {
  return trx
    .selectFrom('organisations_membership as m')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'm.area_id').onRef('r.id', '=', 'm.body_id'))
    .selectAll('m')
}

/** The seats of a body, in the order in which members are listed: the chair, then by capacity, then as added. */
export async function selectMemberships(trx: Trx, body: RecordKey): Promise<MembershipRow[]> {
  return memberships(trx)
    .where('m.area_id', '=', body.areaId)
    .where('m.body_id', '=', body.id)
    .orderBy(sql`array_position(${[...capacities]}::text[], m.capacity)`)
    .orderBy('m.id')
    .execute()
}

export async function selectMembership(trx: Trx, key: RecordKey): Promise<MembershipRow | undefined> {
  return memberships(trx).where('m.area_id', '=', key.areaId).where('m.id', '=', key.id).executeTakeFirst()
}

/** Seats of a person, with the bodies they are on. */
export async function selectMembershipsOfPerson(trx: Trx, personId: string, areaId: number) {
  return memberships(trx)
    .select(['r.title as body_title', 'r.publication as body_publication'])
    .where('m.person_id', '=', personId)
    .where('m.area_id', '=', areaId)
    .orderBy(sql`coalesce(m.started, m.shown[1], m.ended) desc nulls last`)
    .orderBy('m.id')
    .execute()
}

/** Seats that go with a role in an organisation. */
export async function selectMembershipsOfRole(
  trx: Trx,
  organisationId: string,
  role: string,
): Promise<MembershipRow[]> {
  return memberships(trx).where('m.organisation_id', '=', organisationId).where('m.role', '=', role).execute()
}
