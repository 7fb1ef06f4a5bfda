import { sql } from 'kysely'
import type { Insertable } from 'kysely'
import { to as copyTo } from 'pg-copy-streams'
import { clientOf } from '../../../platform/database/connect.ts'
import type { Trx } from '../../../platform/database/tables.ts'
import type { ReadingTable } from '../tables.ts'

/** Readings in one statement at most: as many as a batch of a load touches. */
const atOnce = 2000

/** Puts readings in the place of those held of the same series, in a few statements however many they are. */
export async function storeReadings(trx: Trx, readings: readonly Insertable<ReadingTable>[]): Promise<void> {
  for (let at = 0; at < readings.length; at += atOnce) {
    const rows = readings.slice(at, at + atOnce)
    await sql`
      insert into performance_reading
      select * from json_populate_recordset(null::performance_reading, ${JSON.stringify(rows)}::json)
      on conflict (series_id) do update set
        latest_period = excluded.latest_period, latest_value = excluded.latest_value,
        latest_status = excluded.latest_status, previous_value = excluded.previous_value,
        year_before_value = excluded.year_before_value, points = excluded.points, method = excluded.method,
        strength = excluded.strength, centre = excluded.centre, lower = excluded.lower, upper = excluded.upper,
        standing = excluded.standing, says = excluded.says, recent = excluded.recent`.execute(trx)
  }
}

/** How many series of the areas given have figures and were never read: those of a database older than readings. */
export async function unreadSeries(trx: Trx, areaId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from performance_series s
    join record r on r.area_id = s.area_id and r.id = s.measure_id
    where s.area_id = ${areaId}
      and not exists (select from performance_reading t where t.series_id = s.id)`.execute(trx)
  return rows[0]?.count ?? 0
}

/** Series of an area of which an exception is held that stands: what is over changes only with its figures. */
export async function seriesWithExceptions(trx: Trx, areaId: number): Promise<Set<number>> {
  const { rows } = await sql<{ series: number }>`
    select distinct e.series_id as series from performance_exception e
    join record r on r.area_id = e.area_id and r.id = e.id
    where e.area_id = ${areaId} and e.standing in ('new', 'continuing')`.execute(trx)
  return new Set(rows.map(({ series }) => series))
}

/**
 * Streams every revision of every figure of some series in PostgreSQL's binary form, `(series_id, period_start, value,
 * status)` in order of series, period and revision. Ask only for series of visible measures.
 */
export async function streamFigures(
  trx: Trx,
  seriesIds: readonly number[],
  read: (chunk: Buffer) => void,
): Promise<void> {
  const client = await clientOf(trx)
  const ids = seriesIds.map(id => Math.trunc(id)).join(',')
  const stream = client.query(
    copyTo(`copy (select series_id, period_start, value, status from performance_observation
      where series_id = any ('{${ids}}'::int[]) order by series_id, period_start, revision)
      to stdout (format binary)`),
  )
  for await (const chunk of stream) read(chunk as Buffer)
}
