import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import '../tables.ts'
import type { BreakTable } from '../tables.ts'
import type { KnownBreak, NamedBreakdown, OpenMeasure } from './figure-sheet.ts'

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    performance_open_measure: { area_id: number; organisation_id: string; key: string; measure_id: string }
  }
}

/** A measure that was set up for open data, by its key. */
export interface HeldOpenMeasure {
  key: string
  id: string
  reference: string
}

/** The measures of open data that an organisation has in an area. */
export async function openMeasuresOf(trx: Trx, areaId: number, organisationId: string): Promise<HeldOpenMeasure[]> {
  return trx
    .selectFrom('performance_open_measure as o')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'o.area_id').onRef('r.id', '=', 'o.measure_id'))
    .select(['o.key', 'o.measure_id as id', 'r.reference'])
    .where('o.area_id', '=', areaId)
    .where('o.organisation_id', '=', organisationId)
    .execute()
}

export async function keepOpenMeasure(
  trx: Trx,
  row: { area_id: number; organisation_id: string; key: string; measure_id: string },
): Promise<void> {
  await trx.insertInto('performance_open_measure').values(row).execute()
}

/** Adds the dimensions of a measure that it has not got yet. */
export async function addDimensions(trx: Trx, areaId: number, measureId: string, measure: OpenMeasure): Promise<void> {
  const rows = Object.entries(measure.dimensions).map(([name, adding]) => {
    return { area_id: areaId, measure_id: measureId, name, adding }
  })
  if (rows.length === 0) return
  await trx
    .insertInto('performance_dimension')
    .values(rows)
    .onConflict(conflict => conflict.columns(['area_id', 'measure_id', 'name']).doNothing())
    .execute()
}

/** Describes breakdowns that are not described yet; `measure` is the measure's id. */
export async function addBreakdowns(trx: Trx, areaId: number, breakdowns: readonly NamedBreakdown[]): Promise<void> {
  const column = (of: (each: NamedBreakdown) => string | null) => breakdowns.map(of)
  await sql`
    insert into performance_breakdown (area_id, measure_id, name, dimension, parent)
    select ${areaId}, * from unnest(${column(b => b.measure)}::uuid[], ${column(b => b.name)}::text[],
      ${column(b => b.dimension)}::text[], ${column(b => b.parent)}::text[])
    on conflict (area_id, measure_id, name) do nothing`.execute(trx)
}

/** Notes a break unless one is noted already at that period. */
export async function addBreak(
  trx: Trx,
  where: { areaId: number; measureId: string; breakdown: string | null },
  { from, cause, reason, rebases }: KnownBreak,
  by: Pick<BreakTable, 'entered_by' | 'entered_at'>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into performance_break
      (area_id, id, measure_id, breakdown, from_period, cause, reason, rebases, entered_by, entered_at)
    select ${where.areaId}, ${randomUUIDv7()}, ${where.measureId}, ${where.breakdown}, ${from}::date, ${cause},
      ${reason}, ${rebases}, ${by.entered_by}, ${by.entered_at.toString()}::timestamptz
    where not exists (
      select from performance_break b
      where b.area_id = ${where.areaId} and b.measure_id = ${where.measureId} and b.from_period = ${from}::date
        and b.breakdown is not distinct from ${where.breakdown} and b.reason = ${reason})
    returning id`.execute(trx)
  return rows.length > 0
}

/** When a file was loaded into an area with this content, by an organisation that the transaction acts for. */
export async function loadedBefore(trx: Trx, areaId: number, sha256: Buffer): Promise<Temporal.Instant | null> {
  const row = await trx
    .selectFrom('performance_import as i')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'i.area_id').onRef('r.id', '=', 'i.id'))
    .select('i.loaded_at')
    .where('i.area_id', '=', areaId)
    .where('i.sha256', '=', sha256)
    .orderBy('i.loaded_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.loaded_at ?? null
}

/** The series of an area's visible measures that stand under one of some breakdowns of a dimension, with the measure. */
export async function seriesNamed(
  trx: Trx,
  areaId: number,
  dimension: string,
  names: readonly string[],
): Promise<{ id: number; measureId: string; breakdown: string }[]> {
  return trx
    .selectFrom('performance_series as s')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 's.area_id').onRef('r.id', '=', 's.measure_id'))
    .innerJoin('performance_breakdown as b', join =>
      join
        .onRef('b.area_id', '=', 's.area_id')
        .onRef('b.measure_id', '=', 's.measure_id')
        .onRef('b.name', '=', 's.breakdown'),
    )
    .select(['s.id', 's.measure_id as measureId', 's.breakdown'])
    .where('s.area_id', '=', areaId)
    .where('b.dimension', '=', dimension)
    .where(sql<boolean>`s.breakdown = any (${[...names]}::text[])`)
    .execute()
}

/** The whole-area series of an area's visible measures that are broken down by a dimension. */
export async function wholeAreaSeries(
  trx: Trx,
  areaId: number,
  dimension: string,
): Promise<{ id: number; measureId: string }[]> {
  return trx
    .selectFrom('performance_series as s')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 's.area_id').onRef('r.id', '=', 's.measure_id'))
    .innerJoin('performance_dimension as d', join =>
      join.onRef('d.area_id', '=', 's.area_id').onRef('d.measure_id', '=', 's.measure_id'),
    )
    .select(['s.id', 's.measure_id as measureId'])
    .where('s.area_id', '=', areaId)
    .where('s.breakdown', '=', '')
    .where('d.name', '=', dimension)
    .execute()
}

/** Figures of the whole area of one visible measure, latest revision, by their first day. */
export async function wholeFigures(
  trx: Trx,
  areaId: number,
  name: string,
): Promise<{ frequency: string; figures: Map<string, number> } | null> {
  const measure = await trx
    .selectFrom('performance_measure as m')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'm.area_id').onRef('r.id', '=', 'm.id'))
    .select(['m.id', 'm.frequency'])
    .where('m.area_id', '=', areaId)
    .where(sql<boolean>`(lower(r.title) = lower(${name}) or lower(r.reference) = lower(${name}))`)
    .executeTakeFirst()
  if (measure === undefined) return null
  const { rows } = await sql<{ start: Temporal.PlainDate; value: number | null }>`
    select distinct on (o.period_start) o.period_start as start, o.value
    from performance_observation o join performance_series s on s.id = o.series_id
    where s.area_id = ${areaId} and s.measure_id = ${measure.id} and s.breakdown = '' and s.source = ''
    order by o.period_start, o.revision desc`.execute(trx)
  const figures = new Map(rows.flatMap(row => (row.value === null ? [] : [[row.start.toString(), row.value] as const])))
  return { frequency: measure.frequency, figures }
}
