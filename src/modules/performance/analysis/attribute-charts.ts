/**
 * Charts of counts, of shares of a known number (p) and of counts by exposure (u): limits that chance alone explains.
 * Sources: Shewhart's p and u charts as in Montgomery, "Introduction to Statistical Quality Control"; Laney (2002) for
 * widening them where periods vary by more than chance; exact limits of small counts, see `poisson.ts`.
 */
import type { PointLimits, SegmentReader } from './control-chart.ts'
import { poissonAtMost, poissonLimits } from './poisson.ts'
import { type ChartRules, fewestPoints, limitFactor, markSignals, signalBits } from './process-control.ts'
import { binomialAtMost, binomialLimits } from './proportions.ts'
import { limitsStatus } from './xmr-chart.ts'

/** Below so many expected events the formula of three standard deviations fails, and exact limits take its place. */
export const smallCount = 10
/** From so many expected events on, variation between periods can be told from chance. */
const enoughToTell = 20
const sigmaDivisor = 1.128

/** Events and what they are out of, one a period; NaN where missing. A count by itself is out of 1. */
export interface CountsBySize {
  counts: Float64Array
  sizes: Float64Array
}

export interface AttributeLaw {
  /** A share of a known number, or events of which any number may happen. */
  law: 'binomial' | 'poisson'
  /** Exact limits at every period, or only where fewer than ten are expected. */
  exact: 'always' | 'small'
  /** Whether limits are widened by how much periods vary beyond chance. */
  widen: boolean
  /** What a ratio is multiplied by in print: 100 for per cent, 1,000 for a rate per 1,000. */
  scale: number
}

/**
 * Reads counts by chance limits: centre = all events / all sizes; limits centre +- 3 sigma, where sigma is
 * sqrt(c (1 - c) / n) of a share and sqrt(c / n) of a rate, n the size at each period; exact where few are expected.
 */
export function attributeReader(given: CountsBySize, rules: ChartRules, law: AttributeLaw): SegmentReader {
  return (start, end, signals) => {
    const totals = totalsOf(given, start, end)
    const centre = totals.events / totals.size
    const meanSize = totals.size / totals.points
    const status = limitsStatus({ points: totals.points, movingRange: totals.points > 1 ? 0 : Number.NaN })
    const widened = law.widen && centre * meanSize >= enoughToTell ? wideningOf(given, start, end, centre, law.law) : 1
    const at = limitsBySize(given.sizes, centre, widened, law)
    const run = runLengths(rules.shift, centre, meanSize, law.law)
    if (totals.points >= fewestPoints) mark({ given, start, end, at, run, rules, law }, signals)
    return { points: totals.points, status, movingRange: Number.NaN, run, widened, at }
  }
}

const isThere = ({ counts, sizes }: CountsBySize, i: number): boolean => !Number.isNaN(counts[i]! / sizes[i]!)

function totalsOf(given: CountsBySize, start: number, end: number) {
  const totals = { points: 0, events: 0, size: 0 }
  for (let i = start; i < end; i++) {
    if (!isThere(given, i)) continue
    totals.points++
    totals.events += given.counts[i]!
    totals.size += given.sizes[i]!
  }
  return totals
}

const deviation = (centre: number, size: number, law: AttributeLaw['law']): number =>
  Math.sqrt((law === 'binomial' ? centre * (1 - centre) : centre) / size)

/** Laney's factor: the mean moving range of the standardised figures / 1.128; limits are never narrowed by it. */
function wideningOf(
  { counts, sizes }: CountsBySize,
  start: number,
  end: number,
  centre: number,
  law: AttributeLaw['law'],
): number {
  let ranges = 0
  let counted = 0
  let previous = Number.NaN
  for (let i = start; i < end; i++) {
    const score = (counts[i]! / sizes[i]! - centre) / deviation(centre, sizes[i]!, law)
    if (!Number.isNaN(score - previous)) {
      ranges += Math.abs(score - previous)
      counted++
    }
    previous = score
  }
  return counted === 0 ? 1 : Math.max(1, ranges / counted / sigmaDivisor)
}

function limitsBySize(sizes: Float64Array, centre: number, widened: number, law: AttributeLaw) {
  const known = new Map<number, PointLimits>()
  return (index: number): PointLimits => {
    const size = sizes[index] ?? Number.NaN
    const before = known.get(size)
    if (before !== undefined) return before
    const limits = limitsAtSize(centre, size, widened, law)
    known.set(size, limits)
    return limits
  }
}

function limitsAtSize(centre: number, size: number, widened: number, law: AttributeLaw): PointLimits {
  const { scale } = law
  if (!(size > 0)) return { centre: Number.NaN, lower: Number.NaN, upper: Number.NaN }
  if (isExact(centre, size, law)) {
    const exact = law.law === 'poisson' ? poissonLimits(centre * size) : binomialLimits(size, centre)
    return { centre: centre * scale, lower: (exact.below / size) * scale, upper: (exact.above / size) * scale }
  }
  const reach = 3 * widened * deviation(centre, size, law.law)
  return { centre: centre * scale, lower: (centre - reach) * scale, upper: (centre + reach) * scale }
}

function isExact(centre: number, size: number, { law, exact }: AttributeLaw): boolean {
  if (exact === 'always') return true
  return centre * size < smallCount || (law === 'binomial' && (1 - centre) * size < smallCount)
}

/**
 * How many in a row make a shift where few are expected: chance then falls unevenly on the two sides of the average,
 * so that a month without any is nothing rare. A run must be as unlikely as the rule's own length of tossed coins.
 */
function runLengths(shift: number, centre: number, size: number, law: AttributeLaw['law']) {
  const expected = centre * size
  if (!(expected < smallCount)) return { high: shift, low: shift }
  const atMost = (count: number) =>
    law === 'poisson' ? poissonAtMost(count, expected) : binomialAtMost(count, Math.round(size), centre)
  const length = (chance: number) => (chance <= 0.5 ? shift : Math.ceil((shift * Math.log(0.5)) / Math.log(chance)))
  return { high: length(1 - atMost(Math.floor(expected))), low: length(atMost(Math.ceil(expected) - 1)) }
}

interface Marking {
  given: CountsBySize
  start: number
  end: number
  at: (index: number) => PointLimits
  run: { high: number; low: number }
  rules: ChartRules
  law: AttributeLaw
}

const trendBits = signalBits['trend-up'] | signalBits['trend-down']
const shiftBits = signalBits['shift-high'] | signalBits['shift-low']

/** Limits and nearness are read from the figures' distance in limits; trends from the figures as they are. */
function mark({ given, start, end, at, run, rules, law }: Marking, signals: Uint8Array): void {
  const { counts, sizes } = given
  const ratios = counts.map((count, i) => (count / sizes[i]!) * law.scale)
  const scores = ratios.map((ratio, i) => (i < start || i >= end ? Number.NaN : scoreOf(ratio, at(i), law, given, i)))
  const limits = { points: 0, centre: 0, movingRange: 3 / limitFactor, ...outward }
  const steps = new Uint8Array(signals.length)
  markSignals(scores, start, end, rules, { limits, signals })
  markSignals(ratios, start, end, rules, { limits, signals: steps })
  for (let i = start; i < end; i++) signals[i] = (signals[i]! & ~trendBits & ~shiftBits) | (steps[i]! & trendBits)
  markRuns(scores, start, end, run.high, 1, signals)
  markRuns(scores, start, end, run.low, -1, signals)
}

const outward = { lower: -3, upper: 3, nearLower: -2, nearUpper: 2, movingRangeLimit: Number.NaN }
/** Numbers this close, relative to their size, are the same decimal. */
const onTheLine = 1e-11

/** 3 lies on a limit, 2 begins the outer third; with exact limits a figure is beyond or merely above or below. */
function scoreOf(ratio: number, limits: PointLimits, law: AttributeLaw, { sizes }: CountsBySize, i: number): number {
  const distance = ratio - limits.centre
  if (Number.isNaN(distance)) return Number.NaN
  const slack = onTheLine * Math.abs(limits.centre)
  if (Math.abs(distance) <= slack) return 0
  const side = Math.sign(distance)
  const limit = side > 0 ? limits.upper : limits.lower
  if (side * (ratio - limit) > slack) return 4 * side
  if (isExact(limits.centre / law.scale, sizes[i]!, law)) return side
  return Math.max(-3, Math.min(3, (3 * distance) / Math.abs(limit - limits.centre)))
}

function markRuns(scores: Float64Array, start: number, end: number, length: number, side: 1 | -1, signals: Uint8Array) {
  const bit = side === 1 ? signalBits['shift-high'] : signalBits['shift-low']
  let run = 0
  for (let i = start; i < end; i++) {
    run = scores[i]! * side > 0 ? run + 1 : 0
    if (run < length) continue
    for (let j = run === length ? i - length + 1 : i; j <= i; j++) signals[j] = signals[j]! | bit
  }
}
