import { sql } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { BreakCause, ReadingTable } from '../tables.ts'
import type { Measure } from '../measure.ts'

type ReadingColumns = Pick<
  ReadingTable,
  | 'latest_period'
  | 'latest_value'
  | 'latest_status'
  | 'year_before_value'
  | 'standing'
  | 'says'
  | 'recent'
  | 'lower'
  | 'upper'
>

/** A measure with how the series asked for was last read; every column of the reading is null where it was not. */
export type HeldLine = Pick<Measure, 'unit' | 'kind' | 'polarity' | 'frequency' | 'decimals'> & {
  [Column in keyof ReadingColumns]: ReadingColumns[Column] | null
} & {
  id: string
  reference: string
  title: string
  /** Whether the measure has figures of this breakdown at all. */
  has_series: boolean
  objective_id: string | null
  objective_title: string | null
  objective_reference: string | null
  /** A break between the figure of a year before and the latest: the two cannot be compared. */
  broken_from: Temporal.PlainDate | null
  broken_cause: BreakCause | null
}

/**
 * Every measure in use that the transaction's organisations hold, with its objective, the reading of one breakdown
 * and the last break within the year. One statement, however many measures, breakdowns and areas are held.
 *
 * @param breakdown '' for the whole area; of several sources the measure's own speaks
 */
export async function heldLines(trx: Trx, areaId: number, breakdown: string): Promise<HeldLine[]> {
  const { rows } = await sql<HeldLine>`
    select r.id, r.reference, r.title, m.unit, m.kind, m.polarity, m.frequency, m.decimals,
      s.id is not null as has_series,
      o.id as objective_id, o.title as objective_title, o.reference as objective_reference,
      t.latest_period, t.latest_value, t.latest_status, t.year_before_value, t.standing, t.says, t.recent, t.lower, t.upper,
      b.from_period as broken_from, b.cause as broken_cause
    from record r
    join performance_measure m on m.area_id = r.area_id and m.id = r.id
    left join lateral (
      select l.to_id from link l
      where l.from_area = r.area_id and l.from_id = r.id and l.relation = 'measures'
      order by l.made_at, l.to_id limit 1) l on true
    left join record o on o.area_id = r.area_id and o.id = l.to_id
    left join lateral (
      select s.id from performance_series s
      where s.area_id = r.area_id and s.measure_id = r.id and s.breakdown = ${breakdown}
      order by s.source <> '', s.source limit 1) s on true
    left join performance_reading t on t.series_id = s.id
    left join lateral (
      select b.from_period, b.cause from performance_break b
      where b.area_id = r.area_id and b.measure_id = r.id and (b.breakdown is null or b.breakdown = ${breakdown})
        and b.from_period <= t.latest_period and b.from_period > t.latest_period - interval '1 year'
      order by b.from_period desc limit 1) b on true
    where r.area_id = ${areaId} and r.kind = 'measure' and r.state = 'in-use'`.execute(trx)
  return rows
}

/** The parts of a measure of one dimension: how many there are, and which stand out of the ordinary. */
export interface HeldParts {
  measure_id: string
  dimension: string
  parts: number
  /** By name, at most as many as a sentence can hold. */
  out: readonly string[]
  out_count: number
}

/** For each measure and dimension, how many parts there are and which are out of the ordinary. One statement. */
export async function heldParts(trx: Trx, areaId: number, unspoken: string): Promise<HeldParts[]> {
  const { rows } = await sql<HeldParts>`
    select s.measure_id, coalesce(b.dimension, '') as dimension, count(distinct s.breakdown)::int as parts,
      count(distinct s.breakdown) filter (where t.standing in ('bad', 'good', 'neutral'))::int as out_count,
      coalesce((array_agg(distinct s.breakdown) filter (where t.standing in ('bad', 'good', 'neutral')))[1:3], '{}')
        as out
    from record r
    join performance_series s on s.area_id = r.area_id and s.measure_id = r.id and s.breakdown <> ''
    left join performance_reading t on t.series_id = s.id
    left join performance_breakdown b
      on b.area_id = s.area_id and b.measure_id = s.measure_id and b.name = s.breakdown
    where r.area_id = ${areaId} and r.kind = 'measure' and r.state = 'in-use'
      and coalesce(b.dimension, '') <> ${unspoken}
    group by 1, 2`.execute(trx)
  return rows
}

/** A breakdown that some measure has figures of, with how its measures stand. */
export interface HeldPart {
  dimension: string
  name: string
  measures: number
  out_count: number
}

/** Every breakdown of the measures held, by dimension: '' where the dictionary lists none. One statement. */
export async function heldBreakdowns(trx: Trx, areaId: number): Promise<HeldPart[]> {
  const { rows } = await sql<HeldPart>`
    select coalesce(b.dimension, '') as dimension, s.breakdown as name,
      count(distinct s.measure_id)::int as measures,
      count(distinct s.measure_id) filter (where t.standing in ('bad', 'good', 'neutral'))::int as out_count
    from record r
    join performance_series s on s.area_id = r.area_id and s.measure_id = r.id and s.breakdown <> ''
    left join performance_reading t on t.series_id = s.id
    left join performance_breakdown b
      on b.area_id = s.area_id and b.measure_id = s.measure_id and b.name = s.breakdown
    where r.area_id = ${areaId} and r.kind = 'measure' and r.state = 'in-use'
    group by 1, 2
    order by lower(coalesce(b.dimension, '')) collate "C", lower(s.breakdown) collate "C"`.execute(trx)
  return rows
}
