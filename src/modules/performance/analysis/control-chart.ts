import { analyseSeries, type ChartRules, checkRules, emptyLimits } from './process-control.ts'
import { limitsStatus, type LimitsStatus } from './xmr-chart.ts'

/** How the usual range of a series is worked out; see `exceptions/choose-chart.ts` for which is taken when. */
export const chartMethods = ['xmr', 'poisson', 'p', 'u', 'season-adjusted', 'year-on-year'] as const
export type ChartMethod = (typeof chartMethods)[number]

/** The usual range at one period, never clamped: the lower limit of a count may lie below 0. */
export interface PointLimits {
  centre: number
  lower: number
  upper: number
}

/** What one stretch of a series comes to, in the units of what was judged. */
export interface SegmentReading {
  /** Figures that are there and were judged. */
  points: number
  status: LimitsStatus
  /** Mean moving range; NaN where the limits do not rest on one. */
  movingRange: number
  /** Points in a row above, and below, the average that make a shift. */
  run: { high: number; low: number }
  /** By how much chance limits were widened for variation between periods; 1 where they were not. */
  widened: number
  at: (index: number) => PointLimits
}

/** Reads the stretch from `start` up to but not including `end`, and marks its signals in `signals`. */
export type SegmentReader = (start: number, end: number, signals: Uint8Array) => SegmentReading

/** A stretch between two points at which limits begin anew. */
export interface ControlSegment extends SegmentReading {
  start: number
  /** Index after its last period, judged or not. */
  end: number
}

/** What a chart is made of, before its segments are read. */
export interface ChartBasis {
  method: ChartMethod
  /** Figures as they were given, one a period; NaN where missing. */
  values: Float64Array
  /** What the rules are applied to: the figures, their exact ratios, or the figures without their season. */
  judged: Float64Array
  rules: ChartRules
  read: SegmentReader
  /** Limits of what was judged, as limits of the figure given for that period. */
  inFigures: (index: number, limits: PointLimits) => PointLimits
}

/** A whole series read by the rules, whatever the method. */
export interface ControlChart extends ChartBasis {
  /** At least one, even of an empty series. */
  segments: readonly ControlSegment[]
  /** Sum of the `signalBits` of each period. */
  signals: Uint8Array
  /** Index after the last period that was judged; later figures are too early. */
  judgedTo: number
  /** The usual range of the figure given for a period; null where there is none. */
  limitsAt: (index: number) => PointLimits | null
}

/**
 * Reads a series segment by segment. No moving range and no run crosses an index of `rebases`.
 *
 * @param rebases indices after the first period and not after the last, in order of time
 * @param judgedTo index after the last period to be judged
 */
export function controlChart(basis: ChartBasis, rebases: readonly number[], judgedTo: number): ControlChart {
  const { length } = basis.values
  checkRules(basis.rules)
  const signals = new Uint8Array(length)
  const edges = [0, ...rebases, length]
  const segments = edges.slice(1).map((end, i) => {
    const start = edges[i] ?? 0
    return { start, end, ...basis.read(start, Math.max(start, Math.min(end, judgedTo)), signals) }
  })
  const limitsAt = (index: number) => {
    const segment = segments.find(({ end }) => index < end) ?? segments.at(-1)
    if (segment === undefined || segment.status === 'none') return null
    const limits = basis.inFigures(index, segment.at(index))
    return Number.isNaN(limits.centre) ? null : limits
  }
  return { ...basis, segments, signals, judgedTo, limitsAt }
}

/** Limits that need no turning back: what was judged are the figures themselves. */
export const asJudged = (_index: number, limits: PointLimits): PointLimits => limits

/** Reads individual figures by their moving ranges (XmR): mean +- 2.66 x mean moving range. */
export function individualsReader(judged: Float64Array, rules: ChartRules): SegmentReader {
  return (start, end, signals) => {
    const limits = emptyLimits()
    analyseSeries(judged, start, end, rules, { limits, signals })
    const { points, movingRange } = limits
    const run = { high: rules.shift, low: rules.shift }
    return { points, status: limitsStatus(limits), movingRange, run, widened: 1, at: () => limits }
  }
}
