import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { from as copyFrom } from 'pg-copy-streams'
import { clientOf } from '../../../platform/database/connect.ts'
import type { Trx } from '../../../platform/database/tables.ts'
import { actingFor } from '../../../record/acting-for.ts'
import '../tables.ts'
import type { KnownMeasure } from './check-rows.ts'

/** A series as it is held: whether any figure of it is there decides whether the loader must compare. */
export interface HeldSeries {
  id: number
  measureId: string
  breakdown: string
  source: string
}

/** The latest revision of a figure that is held, laid beside row `at` of a batch. */
export interface HeldObservation {
  at: number
  series_id: number
  revision: number
  value: number | null
  mark: string | null
  numerator: number | null
  denominator: number | null
  status: number
  as_at: Temporal.PlainDate | null
}

const loading = 110_000

/** One load at a time in an area: two that run together could not see each other's figures. */
export async function lockLoading(trx: Trx, areaId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(${loading}::int, ${areaId}::int)`.execute(trx)
}

/** The measures of an area that the transaction's organisations hold. */
export async function knownMeasures(trx: Trx, areaId: number): Promise<KnownMeasure[]> {
  return trx
    .selectFrom('performance_measure as m')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'm.area_id').onRef('r.id', '=', 'm.id'))
    .select(['m.id', 'r.reference', 'r.title', 'm.unit', 'm.kind', 'm.frequency', 'm.decimals', 'm.source'])
    .where('m.area_id', '=', areaId)
    .orderBy('r.reference')
    .execute()
}

/** Which of some organisations hold measures in an area. Looks over their shoulders for this one question only. */
export async function holdersOfMeasures(trx: Trx, areaId: number, organisations: readonly string[]): Promise<string[]> {
  return actingFor(trx, organisations, async () => {
    const { rows } = await sql<{ holder: string }>`
      select distinct unnest(r.holders)::text as holder
      from performance_measure m join record r on r.area_id = m.area_id and r.id = m.id
      where m.area_id = ${areaId}`.execute(trx)
    return rows.map(row => row.holder)
  })
}

/** Every series of an area's measures that the transaction's organisations hold. */
export async function heldSeries(trx: Trx, areaId: number): Promise<HeldSeries[]> {
  return trx
    .selectFrom('performance_series as s')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 's.area_id').onRef('r.id', '=', 's.measure_id'))
    .select(['s.id', 's.measure_id as measureId', 's.breakdown', 's.source'])
    .where('s.area_id', '=', areaId)
    .execute()
}

/** Makes series and gives their numbers in the order of the list. */
export async function addSeries(
  trx: Trx,
  areaId: number,
  series: readonly { measureId: string; breakdown: string; source: string }[],
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with given as (
      select * from unnest(${series.map(each => each.measureId)}::uuid[], ${series.map(each => each.breakdown)}::text[],
        ${series.map(each => each.source)}::text[]) with ordinality as g (measure_id, breakdown, source, place)
    ), made as (
      insert into performance_series (area_id, measure_id, breakdown, source)
      select ${areaId}, measure_id, breakdown, source from given order by place
      returning id, measure_id, breakdown, source
    )
    select made.id from given join made using (measure_id, breakdown, source) order by given.place`.execute(trx)
  return rows.map(row => row.id)
}

export async function nextImportNumber(trx: Trx): Promise<number> {
  const { rows } = await sql<{ number: number }>`select nextval('performance_import_number')::int as number`.execute(
    trx,
  )
  return rows[0]?.number ?? 0
}

/** The latest held revision of each of these figures, where there is one. */
export async function latestOf(
  trx: Trx,
  wanted: { at: readonly number[]; series: readonly number[]; start: readonly string[] },
): Promise<HeldObservation[]> {
  const { rows } = await sql<HeldObservation>`
    select w.at, o.series_id, o.revision, o.value, o.mark, o.numerator, o.denominator, o.status, o.as_at
    from unnest(${[...wanted.at]}::int[], ${[...wanted.series]}::int[], ${[...wanted.start]}::date[])
      as w (at, series_id, period_start)
    cross join lateral (
      select * from performance_observation o
      where o.series_id = w.series_id and o.period_start = w.period_start order by o.revision desc limit 1
    ) o`.execute(trx)
  return rows
}

/** Every held revision of these figures, the earliest first. */
export async function revisionsHeld(
  trx: Trx,
  wanted: { at: readonly number[]; series: readonly number[]; start: readonly string[] },
): Promise<HeldObservation[]> {
  const { rows } = await sql<HeldObservation>`
    select w.at, o.series_id, o.revision, o.value, o.mark, o.numerator, o.denominator, o.status, o.as_at
    from unnest(${[...wanted.at]}::int[], ${[...wanted.series]}::int[], ${[...wanted.start]}::date[])
      as w (at, series_id, period_start)
    join performance_observation o on o.series_id = w.series_id and o.period_start = w.period_start
    order by w.at, o.revision`.execute(trx)
  return rows
}

/** Beyond any revision, so that numbers may change places without meeting. */
const aside = 10_000

/**
 * Makes room below what is held: each revision up to a number becomes the one before it. The latest keeps its number,
 * by which exceptions know it.
 */
export async function lowerRevisions(
  trx: Trx,
  wanted: { series: readonly number[]; start: readonly string[]; upTo: readonly number[] },
): Promise<void> {
  const [series, start, upTo] = [[...wanted.series], [...wanted.start], [...wanted.upTo]]
  await sql`
    update performance_observation o set revision = o.revision - ${aside + 1}::int
    from unnest(${series}::int[], ${start}::date[], ${upTo}::int[]) as w (series_id, period_start, up_to)
    where o.series_id = w.series_id and o.period_start = w.period_start and o.revision <= w.up_to`.execute(trx)
  await sql`
    update performance_observation o set revision = o.revision + ${aside}::int
    from unnest(${series}::int[], ${start}::date[]) as w (series_id, period_start)
    where o.series_id = w.series_id and o.period_start = w.period_start and o.revision < -${aside / 2}::int`.execute(
    trx,
  )
}

/**
 * What series usually are: the middle, by size, of their latest figures. Those without any are left out.
 *
 * @param without the number of the load whose own figures do not count
 */
export async function usualOf(
  trx: Trx,
  seriesIds: readonly number[],
  without: number | null,
): Promise<{ id: number; count: number; median: number }[]> {
  const { rows } = await sql<{ id: number; count: number; median: number }>`
    select w.id, count(*)::int as count, percentile_cont(0.5) within group (order by abs(latest.value)) as median
    from unnest(${[...seriesIds]}::int[]) as w (id)
    cross join lateral (
      select o.value from performance_observation o
      where o.series_id = w.id and o.value is not null and o.import_number is distinct from ${without}::int order by o.period_start desc limit 24
    ) latest
    group by w.id`.execute(trx)
  return rows
}

const observationColumns = `series_id, import_number, period_start, as_at, value, numerator, denominator, revision,
  status, mark`

/** Streams rows in PostgreSQL's binary form into the table of observations. */
export async function copyIn(trx: Trx, binary: Buffer): Promise<void> {
  const client = await clientOf(trx)
  const stream = client.query(
    copyFrom(`copy performance_observation (${observationColumns}) from stdin (format binary)`),
  )
  stream.end(binary)
  await once(stream, 'finish')
}

/** COPY of a CSV file that is already in the shape of the table: what the loader is measured against. */
export async function copyFile(trx: Trx, csv: Readable): Promise<void> {
  const client = await clientOf(trx)
  await pipeline(
    csv,
    client.query(copyFrom(`copy performance_observation (${observationColumns}) from stdin (format csv)`)),
  )
}

/** Empties the tables between two measurements; only their owner can. */
export async function emptyObservations(trx: Trx): Promise<void> {
  await sql`truncate performance_observation, performance_reading, performance_series, performance_exception`.execute(
    trx,
  )
}

export async function addImport(
  trx: Trx,
  row: {
    area_id: number
    id: string
    number: number
    file_name: string
    sha256: Buffer
    encoding: string
    rows: number
    added: number
    changed: number
    unchanged: number
    loaded_by: string
    loaded_at: Temporal.Instant
  },
): Promise<void> {
  await trx.insertInto('performance_import').values(row).execute()
}

/** A place in the transaction to which everything after it can be undone. */
export const savepoint = {
  set: (trx: Trx) => sql`savepoint loading`.execute(trx),
  undo: (trx: Trx) => sql`rollback to savepoint loading`.execute(trx),
}
