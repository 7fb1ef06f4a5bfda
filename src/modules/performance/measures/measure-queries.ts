import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Tables, Trx } from '../../../platform/database/tables.ts'
import { statuses } from '../import/cells.ts'
import type { Frequency } from '../period.ts'
import type { Figure } from '../series-data.ts'
import type { ReadingTable } from '../tables.ts'

/** A count as one load brought it. */
export interface LoadedCount {
  series_id: number
  period_start: Temporal.PlainDate
  import_number: number
  revision: number
  value: number | null
}

/** Every revision of every figure of some series in the order of the loads. Ask only for series of visible measures. */
export async function countsByLoad(trx: Trx, seriesIds: readonly number[]): Promise<LoadedCount[]> {
  const { rows } = await sql<LoadedCount>`
    select series_id, period_start, import_number, revision, value from performance_observation
    where series_id = any (${[...seriesIds]}::int[])
    order by import_number, series_id, period_start, revision`.execute(trx)
  return rows
}

interface FigureRow extends Omit<Figure, 'period' | 'asAt' | 'status'> {
  series_id: number
  period_start: Temporal.PlainDate
  as_at: Temporal.PlainDate | null
  status: number
  frequency: Frequency
}

/**
 * The figures of some series as they stood on a day: of each the latest revision that was known by then, by the day as
 * at which it was given, or where none was given by the day it was loaded. Ask only for series of visible measures.
 */
export async function figuresAsOf(
  trx: Trx,
  seriesIds: readonly number[],
  day: Temporal.PlainDate,
): Promise<Map<number, Figure[]>> {
  const { rows } = await sql<FigureRow>`
    select distinct on (o.series_id, o.period_start) o.series_id, o.period_start, o.value, o.mark, o.numerator,
      o.denominator, o.status, o.as_at, o.revision, m.frequency
    from performance_observation o
    join performance_series s on s.id = o.series_id
    join performance_measure m on m.area_id = s.area_id and m.id = s.measure_id
    left join performance_import i on i.area_id = s.area_id and i.number = o.import_number
    where o.series_id = any (${[...seriesIds]}::int[])
      and coalesce(o.as_at, (i.loaded_at at time zone 'Europe/London')::date, '-infinity') <= ${day}
    order by o.series_id, o.period_start, o.revision desc`.execute(trx)
  const figures = rows.map(row => ({ series: row.series_id, figure: toFigure(row) }))
  const bySeries = Map.groupBy(figures, ({ series }) => series)
  return new Map([...bySeries].map(([id, found]) => [id, found.map(({ figure }) => figure)]))
}

function toFigure({ frequency, period_start, as_at, status, ...rest }: FigureRow): Figure {
  const { value, mark, numerator, denominator, revision } = rest
  return {
    ...{ value, mark, numerator, denominator, revision },
    period: { frequency, start: period_start },
    status: statuses[status] ?? 'not-stated',
    asAt: as_at,
  }
}

/** The days on which revised figures of a measure became known, newest first: for "as it stood". */
export async function daysOfChange(trx: Trx, seriesIds: readonly number[], most = 12): Promise<Temporal.PlainDate[]> {
  const { rows } = await sql<{ day: Temporal.PlainDate }>`
    select distinct coalesce(o.as_at, (i.loaded_at at time zone 'Europe/London')::date) as day
    from performance_observation o
    left join performance_import i on i.number = o.import_number
    where o.series_id = any (${[...seriesIds]}::int[]) and (o.as_at is not null or i.loaded_at is not null)
    order by day desc limit ${most}`.execute(trx)
  return rows.map(({ day }) => day)
}

/** How the whole area of some visible measures was last read, by measure; of several sources the measure's own. */
export async function mainReadings(
  trx: Trx,
  areaId: number,
  measureIds: readonly string[],
): Promise<Map<string, Pick<ReadingTable, 'latest_period' | 'latest_value' | 'standing'>>> {
  if (measureIds.length === 0) return new Map()
  const rows = await trx
    .selectFrom('performance_series as s')
    .innerJoin('performance_reading as t', 't.series_id', 's.id')
    .select(['s.measure_id', 't.latest_period', 't.latest_value', 't.standing'])
    .where('s.area_id', '=', areaId)
    .where('s.measure_id', 'in', measureIds)
    .where('s.breakdown', '=', '')
    .orderBy('s.source', 'desc')
    .execute()
  return new Map(rows.map(({ measure_id, ...reading }) => [measure_id, reading]))
}

/** What the public was told of each measure as it stood at a moment, without its figures: for the dictionary. */
export async function publishedWords(
  db: Kysely<Tables>,
  areaId: number,
  asOf: Temporal.Instant,
): Promise<
  { title: string; reference: string; address: string; state: string; body: Readonly<Record<string, unknown>> }[]
> {
  const { rows } = await sql<{
    title: string
    reference: string
    address: string
    state: string
    body: Record<string, unknown>
  }>`
    select e.title, e.reference, e.address, e.state,
      s.body - '{series,lines,comparison,revisions}'::text[] as body
    from published.entry e
    join published.snapshot s on s.area_id = e.area_id and s.record_id = e.record_id and s.version = e.version
    where e.area_id = ${areaId} and e.kind = 'measure' and e.valid_from <= ${asOf} and e.valid_to > ${asOf}
      and s.body is not null
    order by lower(e.title), e.reference`.execute(db)
  return rows
}
