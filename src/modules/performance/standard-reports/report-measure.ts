import type { ChartModel } from '../../../platform/web/patterns.ts'
import { markInWords } from '../figures.ts'
import type { Measure } from '../measure.ts'
import type { Adding } from '../tables.ts'

/** A figure as a report prints it. */
export interface ReportFigure {
  /** As `parsePeriod` reads it. */
  period: string
  words: string
  value: number | null
  mark: string | null
  numerator: number | null
  denominator: number | null
  status: string
  asAt: string | null
}

/** Into what a measure is broken down, the parts in reading order. */
export interface ReportDimension {
  name: string
  adding: Adding
  parts: readonly string[]
}

/** What of a measure its report needs besides figures: plain JSON, frozen with what is published. */
export type ReportMeasureFacts = Pick<
  Measure,
  'unit' | 'kind' | 'decimals' | 'basis' | 'per' | 'frequency' | 'definition' | 'source' | 'disclosure'
> & { dimensions: readonly ReportDimension[] }

/** A measure as it stands in a line: the same in the workspace, from the figures held, and in public, from a snapshot. */
export interface ReportMeasure {
  title: string
  reference: string
  href: string
  facts: ReportMeasureFacts
  /** The figures of each breakdown in order of time, '' for the whole. */
  series: ReadonlyMap<string, readonly ReportFigure[]>
  /** The whole over time; null where there is too little to draw. */
  chart: ChartModel | null
  /** In the workspace true figures stand; then those that the public is not shown are told. */
  inside: boolean
}

/** What stands where the figures of a part end: nothing was given for it. */
export const noFigure: ReportFigure = {
  ...{ period: '', words: '', value: null, mark: null, numerator: null, denominator: null },
  ...{ status: 'not-stated', asAt: null },
}

/** The figure of a breakdown for a period; one with no value where there is none. */
export function figureAt({ series }: ReportMeasure, breakdown: string, period: string): ReportFigure {
  return series.get(breakdown)?.find(figure => figure.period === period) ?? noFigure
}

/** The last period for which any breakdown has a figure, hidden or not; null where there is none. */
export function latestFigure({ series }: ReportMeasure): ReportFigure | null {
  const last = [...series.values()].flatMap(figures => figures.findLast(isGiven) ?? [])
  return last.reduce<ReportFigure | null>(
    (best, each) => (best === null || each.period > best.period ? each : best),
    null,
  )
}

const isGiven = ({ value, mark }: ReportFigure) => value !== null || markInWords(mark) === '[c]'

/** Whether the public is not shown a figure that stands here. */
export function isSmall({ facts, inside }: ReportMeasure, { value }: ReportFigure): boolean {
  const counted = facts.unit === 'count' && facts.kind === 'count'
  return inside && counted && facts.disclosure !== null && value !== null && value > 0 && value < facts.disclosure
}

/** How many periods a chart of a report goes back: two years of months and the one before. */
const chartPeriods = 25

/** The part of a series that its chart shows. */
export function latestPart(length: number): { first: number; last: number } {
  return { first: Math.max(0, length - chartPeriods), last: length - 1 }
}
