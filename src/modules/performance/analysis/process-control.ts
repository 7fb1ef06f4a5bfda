/**
 * Process control for individual figures: the XmR chart and its rules for special causes.
 *
 * Sources: Wheeler, "Understanding Variation", for the constants (2.66 = 3 / 1.128, 3.267 for moving ranges);
 * NHS England's "Making Data Count" and its R package NHSRplotthedots (050b07d) for the rules and their defaults.
 */

/** How the rules are set for one measure. A change of rules carries a date, so that old reports keep theirs. */
export interface ChartRules {
  /** Points in a row on one side of the mean that make a shift; 2 to 30. */
  shift: number
  /** Points in a row that each rise, or each fall, that make a trend, both ends counted; 3 to 30. */
  trend: number
  /** Two of three points near a limit: as NHS England reads it, as Western Electric does, or not at all. */
  near: 'nhs' | 'we' | 'off'
  /** Leave out once the moving ranges at or above their own limit before the limits are computed. */
  screening: boolean
  /** How many periods at the start of a segment the limits rest on; null for all of them. */
  baseline: number | null
}

export const defaultRules: ChartRules = { shift: 7, trend: 7, near: 'nhs', screening: false, baseline: null }

/** The least number of points for which limits are drawn and rules speak. */
export const fewestPoints = 6

/** Each signal a point may carry, as a bit of one byte. */
export const signalBits = {
  'beyond-high': 1,
  'beyond-low': 2,
  'shift-high': 4,
  'shift-low': 8,
  'trend-up': 16,
  'trend-down': 32,
  'near-high': 64,
  'near-low': 128,
} as const
const beyondHigh = signalBits['beyond-high']
const beyondLow = signalBits['beyond-low']
export type Signal = keyof typeof signalBits
export const signalNames = Object.keys(signalBits) as readonly Signal[]

/** What one segment between rebase points comes to. All numbers are NaN where there is nothing to compute from. */
export interface Limits {
  /** Figures that are there; missing periods are not counted. */
  points: number
  /** Mean of the figures. */
  centre: number
  /** Mean of the moving ranges. */
  movingRange: number
  /** Natural process limits, never clamped: a count's lower limit may lie below 0. */
  lower: number
  upper: number
  /** Two thirds of the way from the mean to each limit. */
  nearLower: number
  nearUpper: number
  movingRangeLimit: number
}

/** Where `analyseSeries` writes, so that many series are analysed without a single allocation. */
export interface SeriesOutput {
  limits: Limits
  /** One byte a point, at the same index as its value: the sum of its `signalBits`. */
  signals: Uint8Array
}

/** 3 / 1.128: from a mean moving range to a limit. */
export const limitFactor = 2.66
const movingRangeFactor = 3.267
const sigmaDivisor = 1.128
/** Figures are decimals held in binary: a figure this close to a line, relative to its size, lies on the line. */
const onTheLine = 1e-11

export function emptyLimits(): Limits {
  const nothing = Number.NaN
  return {
    points: 0,
    centre: nothing,
    movingRange: nothing,
    lower: nothing,
    upper: nothing,
    nearLower: nothing,
    nearUpper: nothing,
    movingRangeLimit: nothing,
  }
}

/** Sigma for display only: mean moving range / 1.128. */
export function sigma(limits: Limits): number {
  return limits.movingRange / sigmaDivisor
}

/** Throws a RangeError with a sentence when a rule setting cannot be used. */
export function checkRules(rules: ChartRules): void {
  const whole = (value: number, least: number) => Number.isInteger(value) && value >= least && value <= 30
  if (!whole(rules.shift, 2)) throw new RangeError('A shift is a whole number of points from 2 to 30.')
  if (!whole(rules.trend, 3)) throw new RangeError('A trend is a whole number of points from 3 to 30.')
  if (rules.baseline !== null && (!Number.isInteger(rules.baseline) || rules.baseline < 1)) {
    throw new RangeError('A baseline is a whole number of periods, at least 1.')
  }
}

/**
 * Limits and signals of one segment, `values[start]` up to but not including `values[end]`.
 * A missing period is NaN: it has no moving range to either neighbour and ends every run. Comparisons are strict.
 * Below six points, or without any moving range, limits are still computed but no point carries a signal.
 *
 * @param rules already checked by `checkRules`
 * @param out receives the limits and one signal byte for each index of the segment; nothing is allocated
 */
export function analyseSeries(
  values: Float64Array,
  start: number,
  end: number,
  rules: ChartRules,
  out: SeriesOutput,
): void {
  out.signals.fill(0, start, end)
  computeLimits(values, start, end, rules, out.limits)
  const { points, movingRange } = out.limits
  if (points >= fewestPoints && !Number.isNaN(movingRange)) markSignals(values, start, end, rules, out)
}

function computeLimits(values: Float64Array, start: number, end: number, rules: ChartRules, limits: Limits): void {
  const stop = rules.baseline === null ? end : Math.min(end, start + rules.baseline)
  if (!sumUnbroken(values, start, stop, limits)) sumWithGaps(values, start, stop, limits)
  if (stop < end) limits.points = countPresent(values, start, end)
  if (rules.screening) screenMovingRanges(values, start, stop, limits)
  placeLimits(limits)
}

/**
 * Mean and mean moving range where no period is missing; false if one is, which shows in the sum being NaN.
 * Summing distances from the first figure keeps a constant series exactly constant.
 */
function sumUnbroken(values: Float64Array, start: number, end: number, limits: Limits): boolean {
  if (start >= end) return false
  const origin = values[start]!
  let sum = 0
  let ranges = 0
  let previous = origin
  for (let i = start + 1; i < end; i++) {
    const value = values[i]!
    sum += value - origin
    ranges += Math.abs(value - previous)
    previous = value
  }
  limits.points = end - start
  limits.centre = origin + sum / limits.points
  limits.movingRange = ranges / (limits.points - 1)
  return !Number.isNaN(limits.centre)
}

function sumWithGaps(values: Float64Array, start: number, end: number, limits: Limits): void {
  let origin = Number.NaN
  let counted = 0
  let sum = 0
  let ranges = 0
  let rangesCounted = 0
  let previous = Number.NaN
  for (let i = start; i < end; i++) {
    const value = values[i]!
    if (!Number.isNaN(value)) {
      if (counted === 0) origin = value
      counted++
      sum += value - origin
      if (!Number.isNaN(previous)) {
        ranges += Math.abs(value - previous)
        rangesCounted++
      }
    }
    previous = value
  }
  limits.points = counted
  limits.centre = origin + sum / counted
  limits.movingRange = ranges / rangesCounted
}

function countPresent(values: Float64Array, start: number, end: number): number {
  let present = 0
  for (let i = start; i < end; i++) if (!Number.isNaN(values[i]!)) present++
  return present
}

function screenMovingRanges(values: Float64Array, start: number, end: number, limits: Limits): void {
  const most = movingRangeFactor * limits.movingRange
  let ranges = 0
  let counted = 0
  for (let i = start + 1; i < end; i++) {
    const range = Math.abs(values[i]! - values[i - 1]!)
    if (range < most) {
      ranges += range
      counted++
    }
  }
  if (counted > 0) limits.movingRange = ranges / counted
}

function placeLimits(limits: Limits): void {
  const reach = limitFactor * limits.movingRange
  limits.upper = limits.centre + reach
  limits.lower = limits.centre - reach
  limits.nearUpper = limits.centre + (2 / 3) * reach
  limits.nearLower = limits.centre - (2 / 3) * reach
  limits.movingRangeLimit = movingRangeFactor * limits.movingRange
}

/**
 * Marks every point that a rule names, by the limits already in `out`. Each history below is a row of bits, the newest
 * lowest, so that the loop has no branch that depends on the figures unless a rule may just have been met. A history of
 * zeros only says that no figure lay above (or rose): whether all lay below (or fell) is looked at then. Missing
 * periods compare false with everything.
 */
export function markSignals(
  values: Float64Array,
  start: number,
  end: number,
  rules: ChartRules,
  out: SeriesOutput,
): void {
  const { centre, movingRange } = out.limits
  const { signals } = out
  const slack = onTheLine * (Math.abs(centre) + movingRange)
  const high = centre + slack
  const low = centre - slack
  const reach = limitFactor * movingRange + slack
  const third = (2 / 3) * limitFactor * movingRange + slack
  const shiftMask = 2 ** rules.shift - 1
  const trendMask = 2 ** (rules.trend - 1) - 1
  let above = 0
  let rising = 0
  let outer = 0
  let previous = Number.NaN
  for (let i = start; i < end; i++) {
    const value = values[i]!
    const distance = Math.abs(value - centre)
    above = (above << 1) | +(value > high)
    rising = (rising << 1) | +(value > previous)
    outer = (outer << 1) | +(distance > third)
    previous = value
    // One more than all ones is 0, one more than all zeros is 1.
    const side = (above + 1) & shiftMask
    if (side < 2) {
      if (side === 0) markRun(signals, i, rules.shift, signalBits['shift-high'])
      else markLowRun(values, start, i, rules.shift, low, signals)
    }
    const steps = (rising + 1) & trendMask
    if (steps < 2) {
      if (steps === 0) markRun(signals, i, rules.trend, signalBits['trend-up'])
      else markFallingRun(values, start, i, rules.trend, signals)
    }
    if (distance > reach) signals[i] = signals[i]! | (value > centre ? beyondHigh : beyondLow)
    const lastThree = outer & 7
    // Not a power of two: at least two of the last three points lie in an outer third.
    if ((lastThree & (lastThree - 1)) !== 0) markNear(values, start, i, rules.near, slack, out)
  }
}

/** All points of a run carry its signal, not only the one that completed it. */
function markRun(signals: Uint8Array, last: number, length: number, bit: number): void {
  if ((signals[last - 1]! & bit) !== 0) signals[last] = signals[last]! | bit
  else for (let i = last; i > last - length; i--) signals[i] = signals[i]! | bit
}

function markLowRun(
  values: Float64Array,
  start: number,
  last: number,
  length: number,
  low: number,
  signals: Uint8Array,
): void {
  const first = last - length + 1
  if (first < start) return
  for (let i = last; i >= first; i--) if (!(values[i]! < low)) return
  markRun(signals, last, length, signalBits['shift-low'])
}

function markFallingRun(values: Float64Array, start: number, last: number, length: number, signals: Uint8Array): void {
  const first = last - length + 1
  if (first < start) return
  for (let i = last; i > first; i--) if (!(values[i]! < values[i - 1]!)) return
  markRun(signals, last, length, signalBits['trend-down'])
}

/**
 * The near rule on the three points that end at `last`, at least two of which lie in an outer third. As NHS England
 * reads it all three lie on one side and a point beyond the limit is not near it; as Western Electric does the third
 * may lie anywhere. Only the points near the limit carry the signal.
 */
function markNear(
  values: Float64Array,
  start: number,
  last: number,
  reading: ChartRules['near'],
  slack: number,
  out: SeriesOutput,
): void {
  if (reading === 'off' || last - start < 2) return
  const { centre } = out.limits
  const first = values[last - 2]! - centre
  const second = values[last - 1]! - centre
  const third = values[last]! - centre
  if (Number.isNaN(first + second + third)) return
  const nhs = reading === 'nhs'
  const high = +(first > slack) + +(second > slack) + +(third > slack)
  const low = +(first < -slack) + +(second < -slack) + +(third < -slack)
  if (high === 3 || (!nhs && high >= 2)) markOuter(values, last, 1, nhs, slack, out)
  if (low === 3 || (!nhs && low >= 2)) markOuter(values, last, -1, nhs, slack, out)
}

function markOuter(
  values: Float64Array,
  last: number,
  side: 1 | -1,
  nhs: boolean,
  slack: number,
  { limits, signals }: SeriesOutput,
): void {
  const reach = limitFactor * limits.movingRange
  const third = (2 / 3) * reach + slack
  const most = nhs ? reach + slack : Infinity
  let counted = 0
  for (let i = last - 2; i <= last; i++) {
    const distance = side * (values[i]! - limits.centre)
    counted += +(distance > third && distance <= most)
  }
  if (counted < 2) return
  const bit = side === 1 ? signalBits['near-high'] : signalBits['near-low']
  for (let i = last - 2; i <= last; i++) {
    const distance = side * (values[i]! - limits.centre)
    if (distance > third && distance <= most) signals[i] = signals[i]! | bit
  }
}

/** The names of a point's signals, in the order of `signalBits`. */
export function signalsOf(bits: number): Signal[] {
  return signalNames.filter(name => (bits & signalBits[name]) !== 0)
}
