import type { Insertable, Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import type { ClaimTable, DataQueryTable } from './tables.ts'
import './tables.ts'

export type HeldQuery = Selectable<DataQueryTable> & { state: string; reference: string; title: string }
export type HeldClaim = Selectable<ClaimTable> & { state: string; reference: string; title: string }

function queries(trx: Trx, areaId: number) {
  return trx
    .selectFrom('performance_data_query as q')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'q.area_id').onRef('r.id', '=', 'q.id'))
    .selectAll('q')
    .select(['r.state', 'r.reference', 'r.title'])
    .where('q.area_id', '=', areaId)
}

/** What was found in the figures of some measures before. */
export async function queriesOfMeasures(trx: Trx, areaId: number, measureIds: readonly string[]): Promise<HeldQuery[]> {
  return measureIds.length === 0 ? [] : queries(trx, areaId).where('q.measure_id', 'in', measureIds).execute()
}

/** Data queries by their ids; those not visible are left out. */
export async function findQueries(trx: Trx, areaId: number, ids: readonly string[]): Promise<HeldQuery[]> {
  return ids.length === 0 ? [] : queries(trx, areaId).where('q.id', 'in', ids).execute()
}

type QueryRow = Omit<Insertable<DataQueryTable>, 'figures'> & { figures: DataQueryTable['figures'] }

export async function insertQuery(trx: Trx, { figures, ...row }: QueryRow): Promise<void> {
  await trx
    .insertInto('performance_data_query')
    .values({ ...row, figures: json(figures) })
    .execute()
}

export async function updateQuery(
  trx: Trx,
  key: RecordKey,
  { figures, ...changes }: Partial<Omit<DataQueryTable, 'area_id' | 'id'>>,
): Promise<void> {
  await trx
    .updateTable('performance_data_query')
    .set({ ...changes, ...(figures !== undefined && { figures: json(figures) }) })
    .where('area_id', '=', key.areaId)
    .where('id', '=', key.id)
    .execute()
}

/** The driver would write an array as one of PostgreSQL's. */
function json<T>(value: T) {
  return sql<T>`${JSON.stringify(value)}::jsonb`
}

function claims(trx: Trx, areaId: number) {
  return trx
    .selectFrom('performance_claim as c')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'c.area_id').onRef('r.id', '=', 'c.id'))
    .selectAll('c')
    .select(['r.state', 'r.reference', 'r.title'])
    .where('c.area_id', '=', areaId)
}

/** Claims by their ids, or all of an area's that the transaction's organisations hold. */
export async function findClaims(trx: Trx, areaId: number, ids?: readonly string[]): Promise<HeldClaim[]> {
  if (ids?.length === 0) return []
  return claims(trx, areaId)
    .$if(ids !== undefined, query => query.where('c.id', 'in', ids ?? []))
    .orderBy('r.reference')
    .execute()
}

/** Claims that speak of any of some measures and have not been withdrawn. */
export async function claimsAbout(trx: Trx, areaId: number, measureIds: readonly string[]): Promise<HeldClaim[]> {
  if (measureIds.length === 0) return []
  const found = trx
    .selectFrom('link')
    .select('from_id')
    .where('to_area', '=', areaId)
    .where('to_id', 'in', measureIds)
    .where('relation', '=', 'speaks-of')
  return claims(trx, areaId).where('c.id', 'in', found).where('r.state', '!=', 'withdrawn').execute()
}

type ClaimRow = Omit<Insertable<ClaimTable>, 'parts'> & { parts: ClaimTable['parts'] }

export async function insertClaim(trx: Trx, { parts, ...row }: ClaimRow): Promise<void> {
  await trx
    .insertInto('performance_claim')
    .values({ ...row, parts: json(parts) })
    .execute()
}

export async function updateClaim(
  trx: Trx,
  key: RecordKey,
  { parts, ...changes }: Partial<Omit<ClaimTable, 'area_id' | 'id'>>,
): Promise<void> {
  await trx
    .updateTable('performance_claim')
    .set({ ...changes, ...(parts !== undefined && { parts: json(parts) }) })
    .where('area_id', '=', key.areaId)
    .where('id', '=', key.id)
    .execute()
}

/** A measure by its reference, as a form or a text names it. */
export async function measureByReference(trx: Trx, areaId: number, reference: string): Promise<string | null> {
  const row = await trx
    .selectFrom('record')
    .select('id')
    .where('area_id', '=', areaId)
    .where('kind', '=', 'measure')
    .where('reference', '=', reference)
    .executeTakeFirst()
  return row?.id ?? null
}

/** Every value a figure has had, earliest first, with the day each was loaded. */
export async function valuesOf(
  trx: Trx,
  seriesId: number,
  start: Temporal.PlainDate,
): Promise<{ value: number | null; as_at: Temporal.PlainDate | null; loaded_at: Temporal.Instant | null }[]> {
  return trx
    .selectFrom('performance_observation as o')
    .leftJoin('performance_import as i', 'i.number', 'o.import_number')
    .select(['o.value', 'o.as_at', 'i.loaded_at'])
    .where('o.series_id', '=', seriesId)
    .where('o.period_start', '=', start)
    .orderBy('o.revision')
    .execute()
}

/** The measures of some series. */
export async function measuresOfSeries(trx: Trx, seriesIds: readonly number[]): Promise<string[]> {
  const { rows } = await sql<{ measure_id: string }>`
    select distinct measure_id from performance_series where id = any (${[...seriesIds]}::int[])`.execute(trx)
  return rows.map(row => row.measure_id)
}
