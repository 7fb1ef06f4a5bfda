import { sql } from 'kysely'
import type { Insertable, Selectable } from 'kysely'
import type { Trx } from '../../platform/database/tables.ts'
import type { RecordKey } from '../../record/record.ts'
import { statuses } from './import/cells.ts'
import type { Measure } from './measure.ts'
import type { Frequency } from './period.ts'
import type { Figure } from './series-data.ts'
import type { ExceptionTable, ImportTable, MeasureTable, SeriesTable } from './tables.ts'

export type Series = Selectable<SeriesTable>
export type HeldException = Selectable<ExceptionTable> & {
  title: string
  state: string
  reference: string
  /** Whether others rely on it: it is or was published, or something came of it, such as a question. */
  kept: boolean
}

export async function insertMeasure(trx: Trx, row: Insertable<MeasureTable>): Promise<void> {
  await trx.insertInto('performance_measure').values(row).execute()
}

export async function updateMeasure(
  trx: Trx,
  key: RecordKey,
  changes: Omit<MeasureTable, 'area_id' | 'id'>,
): Promise<void> {
  await trx
    .updateTable('performance_measure')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('id', '=', key.id)
    .execute()
}

/** Measures by their ids, those the transaction's organisations hold; all of an area's where no ids are given. */
export async function findMeasures(trx: Trx, areaId: number, ids?: readonly string[]): Promise<Measure[]> {
  if (ids?.length === 0) return []
  const rows = await trx
    .selectFrom('performance_measure as m')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'm.area_id').onRef('r.id', '=', 'm.id'))
    .selectAll('m')
    .select(['r.reference', 'r.title'])
    .where('m.area_id', '=', areaId)
    .$if(ids !== undefined, query => query.where('m.id', 'in', ids ?? []))
    .orderBy('r.title')
    .orderBy('r.id')
    .execute()
  return rows.map(toMeasure)
}

function toMeasure(row: Selectable<MeasureTable> & { reference: string; title: string }): Measure {
  const { area_id, shift_points, trend_points, near_rule, screening, rules_since, band_low, band_high, ...rest } = row
  return {
    ...rest,
    areaId: area_id,
    bandLow: band_low,
    bandHigh: band_high,
    rules: { shift: shift_points, trend: trend_points, near: near_rule, screening },
    rulesSince: rules_since,
  }
}

/** The series of some measures: the whole area first, then breakdowns by name. */
export async function seriesOf(trx: Trx, areaId: number, measureIds: readonly string[]): Promise<Series[]> {
  if (measureIds.length === 0) return []
  return trx
    .selectFrom('performance_series')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('measure_id', 'in', measureIds)
    .orderBy(sql`lower(breakdown) collate "C"`)
    .orderBy(sql`lower(source) collate "C"`)
    .execute()
}

export async function seriesByIds(trx: Trx, ids: readonly number[]): Promise<Series[]> {
  return trx
    .selectFrom('performance_series')
    .selectAll()
    .where(sql<boolean>`id = any (${[...ids]}::int[])`)
    .execute()
}

interface ObservationRow {
  series_id: number
  period_start: Temporal.PlainDate
  value: number | null
  mark: string | null
  numerator: number | null
  denominator: number | null
  status: number
  as_at: Temporal.PlainDate | null
  revision: number
  frequency: Frequency
}

/** The latest revision of every figure of some series, in order of time. Ask only for series of visible measures. */
export async function figuresOf(trx: Trx, seriesIds: readonly number[]): Promise<Map<number, Figure[]>> {
  const { rows } = await sql<ObservationRow>`
    select distinct on (o.series_id, o.period_start) o.series_id, o.period_start, o.value, o.mark, o.numerator,
      o.denominator, o.status, o.as_at, o.revision, m.frequency
    from performance_observation o
    join performance_series s on s.id = o.series_id
    join performance_measure m on m.area_id = s.area_id and m.id = s.measure_id
    where o.series_id = any (${[...seriesIds]}::int[])
    order by o.series_id, o.period_start, o.revision desc`.execute(trx)
  const bySeries = new Map<number, Figure[]>()
  for (const row of rows) {
    const figures = bySeries.get(row.series_id)
    if (figures === undefined) bySeries.set(row.series_id, [toFigure(row)])
    else figures.push(toFigure(row))
  }
  return bySeries
}

function toFigure(row: Omit<ObservationRow, 'series_id'>): Figure {
  return {
    period: { frequency: row.frequency, start: row.period_start },
    value: row.value,
    mark: row.mark,
    numerator: row.numerator,
    denominator: row.denominator,
    status: statuses[row.status] ?? 'not-stated',
    asAt: row.as_at,
    revision: row.revision,
  }
}

/** A figure that was revised: each of its revisions with the load that brought it. */
export interface Revision {
  series_id: number
  period_start: Temporal.PlainDate
  /** Counted from the earliest, whatever number it is stored under. */
  revision: number
  value: number | null
  mark: string | null
  status: number
  as_at: Temporal.PlainDate | null
  file_name: string | null
  loaded_at: Temporal.Instant | null
}

/** Every revision of the figures that have more than one, newest period first. */
export async function revisionsOf(trx: Trx, seriesIds: readonly number[], most = 500): Promise<Revision[]> {
  const { rows } = await sql<Revision>`
    select o.series_id, o.period_start, o.value, o.mark, o.status, o.as_at, i.file_name, i.loaded_at,
      row_number() over (partition by o.series_id, o.period_start order by o.revision)::int as revision
    from performance_observation o
    left join performance_import i on i.number = o.import_number
    where o.series_id = any (${[...seriesIds]}::int[]) and exists (
      select from performance_observation other
      where other.series_id = o.series_id and other.period_start = o.period_start and other.revision <> o.revision)
    order by o.period_start desc, o.series_id, o.revision limit ${most}`.execute(trx)
  return rows
}

/** Whether any figure of a measure is held. */
export async function hasFigures(trx: Trx, key: RecordKey): Promise<boolean> {
  const row = await trx
    .selectFrom('performance_series')
    .select('id')
    .where('area_id', '=', key.areaId)
    .where('measure_id', '=', key.id)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

function exceptions(trx: Trx, areaId: number) {
  return trx
    .selectFrom('performance_exception as e')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'e.area_id').onRef('r.id', '=', 'e.id'))
    .selectAll('e')
    .select(['r.title', 'r.state', 'r.reference'])
    .select(
      sql<boolean>`r.publication <> 'unpublished'
        or exists (select from link l where l.to_area = e.area_id and l.to_id = e.id)`.as('kept'),
    )
    .where('e.area_id', '=', areaId)
}

export async function exceptionsOfSeries(
  trx: Trx,
  areaId: number,
  seriesIds: readonly number[],
): Promise<HeldException[]> {
  return exceptions(trx, areaId)
    .where(sql<boolean>`e.series_id = any (${[...seriesIds]}::int[])`)
    .orderBy('e.completed_period', 'desc')
    .execute()
}

/** Exceptions by their ids; those not visible are left out. */
export async function findExceptions(trx: Trx, areaId: number, ids: readonly string[]): Promise<HeldException[]> {
  return ids.length === 0 ? [] : exceptions(trx, areaId).where('e.id', 'in', ids).execute()
}

export async function exceptionsOfMeasure(trx: Trx, key: RecordKey): Promise<HeldException[]> {
  return exceptions(trx, key.areaId).where('e.measure_id', '=', key.id).orderBy('e.completed_period', 'desc').execute()
}

/** What was loaded, where it has been applied. */
export async function findImport(trx: Trx, key: RecordKey): Promise<Selectable<ImportTable> | undefined> {
  return trx
    .selectFrom('performance_import as i')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'i.area_id').onRef('r.id', '=', 'i.id'))
    .selectAll('i')
    .where('i.area_id', '=', key.areaId)
    .where('i.id', '=', key.id)
    .executeTakeFirst()
}
