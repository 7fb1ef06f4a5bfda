import {
  analyseSeries,
  type ChartRules,
  checkRules,
  defaultRules,
  emptyLimits,
  fewestPoints,
  type Limits,
} from './process-control.ts'

/** How far the limits can be trusted: below 6 points none, 6 to 11 trial, 12 to 19 usable, 20 and more firm. */
export type LimitsStatus = 'none' | 'trial' | 'usable' | 'firm'

/** A stretch of the series between two rebase points, with its own limits. */
export interface Segment {
  /** Index of its first period. */
  start: number
  /** Index after its last period. */
  end: number
  limits: Limits
  status: LimitsStatus
}

/** A whole series read by the rules: limits by segment, one signal byte a period. */
export interface XmrChart {
  /** One figure a period in order of time; a missing period is NaN. */
  values: Float64Array
  rules: ChartRules
  /** At least one, even of an empty series. */
  segments: readonly Segment[]
  /** Sum of the `signalBits` of each period. */
  signals: Uint8Array
}

/**
 * How experts differ on the fewest points (Wheeler 5 to 6, the NHS tool 12, the Health Care Data Guide 20 to 30) is
 * shown as a word instead of being decided.
 */
export function limitsStatus(limits: Pick<Limits, 'points' | 'movingRange'>): LimitsStatus {
  if (limits.points < fewestPoints || Number.isNaN(limits.movingRange)) return 'none'
  if (limits.points < 12) return 'trial'
  return limits.points < 20 ? 'usable' : 'firm'
}

/**
 * Reads a series as an XmR chart. No moving range and no run crosses a rebase point.
 *
 * @param values one a period, without leaving periods out; NaN where there is no figure
 * @param rules any left out take their defaults
 * @param rebase indices at which new limits begin
 * @throws RangeError if a rule or a rebase point cannot be used
 */
export function xmrChart(
  values: Float64Array,
  rules: Partial<ChartRules> = {},
  rebase: readonly number[] = [],
): XmrChart {
  const complete = { ...defaultRules, ...rules }
  checkRules(complete)
  const signals = new Uint8Array(values.length)
  const edges = [0, ...checkedRebase(rebase, values.length), values.length]
  const segments = edges.slice(1).map((end, i) => {
    const start = edges[i] ?? 0
    const limits = emptyLimits()
    analyseSeries(values, start, end, complete, { limits, signals })
    return { start, end, limits, status: limitsStatus(limits) }
  })
  return { values, rules: complete, segments, signals }
}

function checkedRebase(rebase: readonly number[], length: number): number[] {
  const ordered = [...new Set(rebase)].sort((a, b) => a - b)
  if (ordered.some(at => !Number.isInteger(at) || at <= 0 || at >= length)) {
    throw new RangeError('A rebase point lies after the first period and not after the last.')
  }
  return ordered
}

/** The segment in which a period lies; the last one for an index beyond the end. */
export function segmentAt<S extends { end: number }>(chart: { segments: readonly S[] }, index: number): S {
  const found = chart.segments.find(segment => index < segment.end) ?? chart.segments.at(-1)
  if (found === undefined) throw new Error('A chart has at least one segment')
  return found
}

/** |x(i) - x(i-1)| for each period of the series; null where either figure is missing or a segment begins. */
export function movingRanges(chart: XmrChart): (number | null)[] {
  const starts = new Set(chart.segments.map(segment => segment.start))
  return Array.from(chart.values, (value, i) => {
    const range = starts.has(i) ? Number.NaN : Math.abs(value - (chart.values[i - 1] ?? Number.NaN))
    return Number.isNaN(range) ? null : range
  })
}
