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
      order by l.made_at desc, l.to_id limit 1) l on true
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

/** The parts of one measure of one dimension. A part that has two sources stands twice. */
export interface HeldParts {
  measure_id: string
  /** '' where the dictionary lists none. */
  dimension: string
  names: readonly string[]
  /** Those that are out of the ordinary. */
  out: readonly string[]
}

/** For each measure in use and each dimension, its parts and which are out of the ordinary. One statement. */
export async function heldParts(trx: Trx, areaId: number): Promise<HeldParts[]> {
  const { rows } = await sql<HeldParts>`
    select s.measure_id, coalesce(b.dimension, '') as dimension, array_agg(s.breakdown) as names,
      coalesce(array_agg(s.breakdown) filter (where t.standing in ('bad', 'good', 'neutral')), '{}') as out
    from performance_series s
    join record r on r.area_id = s.area_id and r.id = s.measure_id and r.kind = 'measure' and r.state = 'in-use'
    left join performance_reading t on t.series_id = s.id
    left join performance_breakdown b
      on b.area_id = s.area_id and b.measure_id = s.measure_id and b.name = s.breakdown
    where s.area_id = ${areaId} and s.breakdown <> ''
    group by 1, 2`.execute(trx)
  return rows
}
