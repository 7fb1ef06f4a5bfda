import type { Generated, GeneratedAlways } from 'kysely'
import type { Direction, Judgement, Polarity } from './analysis/readings.ts'
import type { Basis, ChartChoice, Kind, Unit } from './measure.ts'
import type { Frequency } from './period.ts'

export interface MeasureTable {
  area_id: number
  id: string
  unit: Unit
  kind: Kind
  polarity: Polarity
  frequency: Frequency
  decimals: number
  numerator: string | null
  denominator: string | null
  definition: string
  source: string
  per: number | null
  basis: Basis | null
  target: number | null
  band_low: number | null
  band_high: number | null
  chart: ChartChoice
  seasonal: boolean
  settling: number
  disclosure: number | null
  shift_points: number
  trend_points: number
  near_rule: 'nhs' | 'we' | 'off'
  screening: boolean
  rules_since: Temporal.PlainDate
}

export interface SeriesTable {
  id: GeneratedAlways<number>
  area_id: number
  measure_id: string
  breakdown: Generated<string>
  source: Generated<string>
}

/** Whether the parts of a dimension add up to the whole, may each be chosen beside others, or neither. */
export type Adding = 'to-the-whole' | 'several-answers' | 'not'

export interface DimensionTable {
  area_id: number
  measure_id: string
  name: string
  adding: Adding
}

export interface BreakdownTable {
  area_id: number
  measure_id: string
  name: string
  dimension: string
  parent: string | null
}

export type BreakCause = 'recording' | 'definition' | 'system' | 'operating-model' | 'other'

export interface BreakTable {
  area_id: number
  id: string
  measure_id: string
  breakdown: string | null
  from_period: Temporal.PlainDate
  cause: BreakCause
  reason: string
  rebases: boolean
  entered_by: string
  entered_at: Temporal.Instant
}

export interface ReadingTable {
  series_id: number
  area_id: number
  measure_id: string
  latest_period: Temporal.PlainDate | null
  latest_value: number | null
  latest_status: number | null
  previous_value: number | null
  year_before_value: number | null
  points: number
  method: string
  strength: string
  centre: number | null
  lower: number | null
  upper: number | null
  standing: 'good' | 'bad' | 'neutral' | 'usual' | 'silent'
  says: string
  recent: (number | null)[]
}

export interface ImportTable {
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
}

export interface ObservationTable {
  series_id: number
  import_number: number
  period_start: Temporal.PlainDate
  as_at: Temporal.PlainDate | null
  value: number | null
  numerator: number | null
  denominator: number | null
  revision: number
  status: number
  mark: string | null
}

/** What the rules call a signal. */
export type Rule = 'beyond' | 'shift' | 'trend' | 'near'

/** What the figures say of an exception; people do not change it. */
export type Standing = 'new' | 'continuing' | 'ended' | 'lapsed'

/** What people did with it last. */
export type Life = 'raised' | 'explained' | 'accepted' | 'watched' | 'resolved'

/** What it asks for: to be noted, to be explained, or to be considered for a formal challenge. */
export type Level = 'note' | 'explain' | 'escalate'

export interface ExceptionTable {
  area_id: number
  id: string
  measure_id: string
  series_id: number
  rule: Rule
  direction: Direction
  judged: Judgement
  first_period: Temporal.PlainDate
  completed_period: Temporal.PlainDate
  last_period: Temporal.PlainDate
  revision: number
  value: number
  text: string
  standing: Standing
  life: Life
  level: Level
  worse: boolean
  loads_since: number
  explained: boolean
  then_value: number | null
  then_level: Level | null
  watch_day: Temporal.PlainDate | null
  watch_period: Temporal.PlainDate | null
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    performance_measure: MeasureTable
    performance_series: SeriesTable
    performance_dimension: DimensionTable
    performance_breakdown: BreakdownTable
    performance_break: BreakTable
    performance_reading: ReadingTable
    performance_import: ImportTable
    performance_observation: ObservationTable
    performance_exception: ExceptionTable
  }
}
