import type { ChartRules } from './analysis/process-control.ts'
import type { Polarity } from './analysis/readings.ts'
import type { Frequency } from './period.ts'

export const units = ['count', 'rate', 'percent', 'points', 'money'] as const
export type Unit = (typeof units)[number]

/** What kind of figure a measure is, which decides what may be said of it (performance.md A2). */
export const kinds = [
  'count',
  'proportion',
  'rate',
  'stock',
  'rolling',
  'cumulative',
  'change',
  'money',
  'grade',
] as const
export type Kind = (typeof kinds)[number]

/** How figures are read: see `analysis/`. */
export const chartChoices = ['auto', 'xmr', 'poisson', 'p', 'u', 'none'] as const
export type ChartChoice = (typeof chartChoices)[number]

/** What is counted of people: posts that there should be, working time that there is, or people. */
export const bases = ['establishment', 'full-time-equivalent', 'headcount'] as const
export type Basis = (typeof bases)[number]

/** What a measure is, apart from its figures and from what every record carries. */
export interface Measure {
  areaId: number
  id: string
  reference: string
  title: string
  unit: Unit
  kind: Kind
  polarity: Polarity
  frequency: Frequency
  /** Digits after the point when its figures are printed. */
  decimals: number
  /** What is counted and what it is divided by, in words, where there is such a thing. */
  numerator: string | null
  denominator: string | null
  definition: string
  source: string
  /** How many the rate is given for: 1,000 people. Null where it is no rate, or one of one. */
  per: number | null
  /** What a stock of people counts; the three are never compared with one another (performance.md A12). */
  basis: Basis | null
  target: number | null
  /** A band in which the figures are wanted, beside or instead of a target. */
  bandLow: number | null
  bandHigh: number | null
  /** Which chart its figures are read by; `auto` is decided from the kind and the figures (performance.md A2). */
  chart: ChartChoice
  /** Whether the figures follow the year; then they are read only with the season taken out. */
  seasonal: boolean
  /** How many of the latest periods are not judged, because outcomes of recent cases are still coming in. */
  settling: number
  /** Counts of people from 1 to one below this are never shown to the public; null where all may be. */
  disclosure: number | null
  rules: Pick<ChartRules, 'shift' | 'trend' | 'near' | 'screening'>
  /** The day from which these rules hold; what was published before keeps its own. */
  rulesSince: Temporal.PlainDate
}

/** Words of the choices, for forms and pages. */
export const unitWords: Record<Unit, string> = {
  count: 'A count',
  rate: 'A rate',
  percent: 'A percentage',
  points: 'Percentage points',
  money: 'Pounds',
}

export const kindWords: Record<Kind, { word: string; hint: string }> = {
  count: { word: 'Count', hint: 'How many in each period: crimes, calls, complaints.' },
  proportion: { word: 'Proportion', hint: 'A share of something, in per cent: satisfaction, detections.' },
  rate: { word: 'Rate', hint: 'Per 1,000 people, per officer.' },
  stock: { word: 'Stock', hint: 'How much there is on a day: officers in post, reserves.' },
  rolling: { word: 'Rolling total', hint: 'The last 12 months, given every month or quarter.' },
  cumulative: { word: 'Year to date', hint: 'Grows through the year and begins again.' },
  change: { word: 'Change', hint: 'Only the change on the year before is known.' },
  money: { word: 'Money', hint: 'Spent or received in each period.' },
  grade: { word: 'Grade', hint: 'An ordered category, such as an inspection grade.' },
}

export const polarityWords: Record<Polarity, string> = {
  increase: 'An increase is good',
  decrease: 'A decrease is good',
  neutral: 'Neither way is good in itself',
}

/** Why process control says nothing of a kind of figure; the kinds left out may be charted (performance.md A2). */
const refusedKinds: Partial<Record<Kind, string>> = {
  rolling: 'Each rolling total shares most of its months with the one before, so nearly every point would be flagged.',
  cumulative: 'A year-to-date figure grows by itself; compare it with the same point of the year before.',
  change: 'A change without the figures it was worked out from cannot be charted.',
  stock: 'A stock carries over from one period to the next; only what flows in and out of it can be charted.',
  grade: 'A grade is an ordered category, and no arithmetic can be done with it.',
}

/** Whether a kind of figure may be read by process control; null if so, else the reason in a sentence. */
export function refusalOfKind(kind: Kind): string | null {
  return refusedKinds[kind] ?? null
}

/** Whether its figures can be charted as a line at all; a grade is shown only in words. */
export function isDrawn(kind: Kind): boolean {
  return kind !== 'grade'
}

const noLowerThanZero: readonly Kind[] = ['count', 'proportion', 'rate']

/**
 * Limits as they are drawn and spoken of: null for a lower limit below 0, where no count, share or rate can fall, and
 * for an upper limit of a share above 100. Signals are always read from the limits before this.
 */
export function drawnLimits(
  measure: Pick<Measure, 'kind' | 'unit'>,
  limits: { lower: number; upper: number },
): { lower: number | null; upper: number | null } {
  const share = measure.kind === 'proportion' && measure.unit === 'percent'
  return {
    lower: limits.lower < 0 && noLowerThanZero.includes(measure.kind) ? null : limits.lower,
    upper: limits.upper > 100 && share ? null : limits.upper,
  }
}
