import type { Generated, GeneratedAlways } from 'kysely'
import type { Direction, Judgement, Polarity } from './analysis/readings.ts'
import type { Kind, Unit } from './measure.ts'
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
  target: number | null
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
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    performance_measure: MeasureTable
    performance_series: SeriesTable
    performance_import: ImportTable
    performance_observation: ObservationTable
    performance_exception: ExceptionTable
  }
}
