import { nextPeriod, type Period, periodsBetween } from './period.ts'
import type { Measure } from './measure.ts'

/** The latest revision of one figure. */
export interface Figure {
  period: Period
  /** Null where it is missing; then `mark` says what stood there. */
  value: number | null
  mark: string | null
  numerator: number | null
  denominator: number | null
  status: string
  asAt: Temporal.PlainDate | null
  revision: number
}

/** The figures of one series, one a period without a gap: periods nobody gave a figure for stand as missing. */
export interface SeriesData {
  periods: readonly Period[]
  figures: readonly (Figure | null)[]
  /** NaN where missing, as process control reads them. */
  values: Float64Array
}

/**
 * Lays figures out period by period from the first to the last, so that a period left out of every file still parts
 * the runs on both sides of it.
 *
 * @param figures in order of time, all of the measure's frequency
 */
export function layOut(figures: readonly Figure[]): SeriesData {
  const [first] = figures
  const last = figures.at(-1)
  if (first === undefined || last === undefined) return { periods: [], figures: [], values: new Float64Array() }
  const length = periodsBetween(first.period, last.period) + 1
  const laid = new Array<Figure | null>(length).fill(null)
  for (const figure of figures) laid[periodsBetween(first.period, figure.period)] = figure
  const periods = [first.period]
  // Working out the next period takes a hundred times as long as taking the one that is there.
  for (let i = 1; i < length; i++) periods.push(laid[i]?.period ?? nextPeriod(periods[i - 1] ?? first.period))
  return { periods, figures: laid, values: Float64Array.from(laid, figure => figure?.value ?? Number.NaN) }
}

/** What a series is called: the measure's title, with its breakdown and a source of its own where it has them. */
export function seriesTitle(measure: Pick<Measure, 'title'>, breakdown: string, source: string): string {
  const part = breakdown === '' ? measure.title : `${measure.title}, ${breakdown}`
  return source === '' ? part : `${part} (${source})`
}
