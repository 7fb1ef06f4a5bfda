import { sql } from 'kysely'
import type { Insertable, Selectable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { Act, RecordKey } from '../../../record/record.ts'

export type LoadState = 'waiting' | 'running' | 'done' | 'refused' | 'stopped' | 'failed'

export interface LoadTable {
  area_id: number
  id: string
  batch: string
  place: number
  form: string
  /** JSON, as are `asked_by` and `report`. */
  options: unknown
  organisation_id: string
  asked_by: unknown
  asked_at: Temporal.Instant
  state: LoadState
  phase: string
  begun_at: Temporal.Instant | null
  seen_at: Temporal.Instant | null
  attempts: number
  stop: boolean
  bytes: number
  bytes_read: number
  rows_read: number
  report: unknown
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    performance_load: LoadTable
  }
}

export type StoredLoad = Selectable<LoadTable>

export interface OrderedLoad extends RecordKey {
  batch: string
  place: number
  form: string
  options: object
  organisationId: string
  bytes: number
}

/** Puts a load in, or in again: what it came to before is forgotten. */
export async function insertLoad(trx: Trx, act: Act, load: OrderedLoad): Promise<void> {
  const fresh = {
    ...{ batch: load.batch, place: load.place, form: load.form, options: JSON.stringify(load.options) },
    ...{ organisation_id: load.organisationId, asked_by: JSON.stringify(act.viewer), asked_at: act.now },
    ...{ state: 'waiting' as const, phase: '', begun_at: null, seen_at: null, attempts: 0, stop: false },
    ...{ bytes: load.bytes, bytes_read: 0, rows_read: 0, report: null },
  } satisfies Omit<Insertable<LoadTable>, 'area_id' | 'id'>
  await trx
    .insertInto('performance_load')
    .values({ area_id: load.areaId, id: load.id, ...fresh })
    .onConflict(conflict => conflict.columns(['area_id', 'id']).doUpdateSet(fresh))
    .execute()
}

/** A load by its record. It carries no policy of its own: whoever shows it asks for the record first. */
export async function findLoad(trx: Trx, { areaId, id }: RecordKey): Promise<StoredLoad | undefined> {
  return trx
    .selectFrom('performance_load')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The loads of files that were handed in together, in their order; those whose record is not visible are left out. */
export async function loadsOfBatch(
  trx: Trx,
  areaId: number,
  batch: string,
): Promise<(StoredLoad & { title: string; reference: string })[]> {
  return trx
    .selectFrom('performance_load as l')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'l.area_id').onRef('r.id', '=', 'l.id'))
    .selectAll('l')
    .select(['r.title', 'r.reference'])
    .where('l.area_id', '=', areaId)
    .where('l.batch', '=', batch)
    .orderBy('l.place')
    .execute()
}

/** Loads that are not at an end, in the order in which they were asked for. */
export async function unfinishedLoads(trx: Trx): Promise<RecordKey[]> {
  const rows = await trx
    .selectFrom('performance_load')
    .select(['area_id', 'id'])
    .where('state', 'in', ['waiting', 'running'])
    .orderBy('asked_at')
    .orderBy('place')
    .execute()
  return rows.map(row => ({ areaId: row.area_id, id: row.id }))
}

/** How far a load is, as whoever runs it writes it. */
export interface LoadSign {
  phase: string
  bytesRead: number
  rowsRead: number
  /** Set with the first sign of a run. */
  begins: boolean
  at: Temporal.Instant
}

/** Writes a sign of life and tells whether the load is to be stopped. */
export async function signOfLife(trx: Trx, { areaId, id }: RecordKey, sign: LoadSign): Promise<boolean> {
  const { rows } = await sql<{ stop: boolean }>`
    update performance_load set phase = ${sign.phase}, bytes_read = ${sign.bytesRead}, rows_read = ${sign.rowsRead},
      seen_at = ${sign.at.toString()}::timestamptz, state = 'running',
      begun_at = case when ${sign.begins} then ${sign.at.toString()}::timestamptz else begun_at end,
      attempts = attempts + case when ${sign.begins} then 1 else 0 end
    where area_id = ${areaId} and id = ${id} and state in ('waiting', 'running')
    returning stop`.execute(trx)
  return rows[0]?.stop ?? true
}

/** Asks that the loads of a batch which are not at an end be stopped; says how many. */
export async function askToStop(trx: Trx, areaId: number, batch: string): Promise<number> {
  const result = await trx
    .updateTable('performance_load')
    .set({ stop: true })
    .where('area_id', '=', areaId)
    .where('batch', '=', batch)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Writes what a load came to. */
export async function endLoad(
  trx: Trx,
  { areaId, id }: RecordKey,
  state: LoadState,
  report: object | null,
): Promise<void> {
  await trx
    .updateTable('performance_load')
    .set({ state, report: report === null ? null : JSON.stringify(report) })
    .where('area_id', '=', areaId)
    .where('id', '=', id)
    .execute()
}

const runningOne = 244_000

/**
 * Takes a load for this transaction alone; false if another process has it. The hold ends with the transaction, and so
 * with the process, however it ends.
 */
export async function holdLoad(trx: Trx, { id }: RecordKey): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(${runningOne}::int, hashtext(${id})) as held`.execute(trx)
  return rows[0]?.held === true
}
