/**
 * Figures by times of the year: year to date, rolling years, the same period a year before. Missing is missing, never
 * zero: a sum that lacks one figure is no sum. Source: performance.md A8.
 */

/** Why two times cannot be compared. */
export type NotCompared = 'missing' | 'break' | 'no-year-before'

/** Two figures for as many periods, and what changed from one to the other. */
export interface TimesCompared {
  now: number
  before: number
  /** How many periods each is the sum of. */
  periods: number
}

/** Sum of the figures from `first` to `last`; null where one is missing or lies outside the series. */
export function sumOver(values: Float64Array, first: number, last: number): number | null {
  if (first < 0 || last >= values.length || first > last) return null
  let sum = 0
  for (let i = first; i <= last; i++) sum += values[i]!
  return Number.isNaN(sum) ? null : sum
}

/** Whether figures begin to be something else after `first` and not after `last`. */
function isBroken(breaks: readonly number[], first: number, last: number): boolean {
  return breaks.some(at => at > first && at <= last)
}

function compared(
  values: Float64Array,
  first: number,
  last: number,
  year: number,
  breaks: readonly number[],
): TimesCompared | NotCompared {
  const now = sumOver(values, first, last)
  if (now === null) return 'missing'
  if (first - year < 0) return 'no-year-before'
  if (isBroken(breaks, first - year, last)) return 'break'
  const before = sumOver(values, first - year, last - year)
  return before === null ? 'missing' : { now, before, periods: last - first + 1 }
}

/**
 * The year to date against the same number of periods of the year before.
 *
 * @param at index of the latest period
 * @param place how many periods of its year came before that one: 0 for April, or April to June
 * @param year periods of a year: 12 for months
 * @param breaks indices across which figures are not compared
 */
export function yearToDate(
  values: Float64Array,
  at: number,
  place: number,
  year: number,
  breaks: readonly number[] = [],
): TimesCompared | NotCompared {
  return compared(values, at - place, at, year, breaks)
}

/** The same period of the year before: the same month, or the same quarter. */
export function samePeriod(
  values: Float64Array,
  at: number,
  year: number,
  breaks: readonly number[] = [],
): TimesCompared | NotCompared {
  return compared(values, at, at, year, breaks)
}

/** The last whole year of periods against the one before it. */
export function rollingYears(
  values: Float64Array,
  at: number,
  year: number,
  breaks: readonly number[] = [],
): TimesCompared | NotCompared {
  return compared(values, at - year + 1, at, year, breaks)
}

/** Rolling sums over one year, one a period: NaN until a whole year is there, and where one of its figures is missing. */
export function rollingSums(values: Float64Array, year: number): Float64Array {
  return values.map((_value, i) => sumOver(values, i - year + 1, i) ?? Number.NaN)
}

/**
 * Single periods from published rolling sums: x(t) = x(t - year) + R(t) - R(t - 1). The first `year` periods must be
 * known otherwise.
 *
 * @param rolling one a period, of the same periods as the answer; NaN where not published
 * @param anchors the periods 0 to year - 1, whose sum is `rolling[year - 1]`
 */
export function singlesFromRolling(rolling: Float64Array, anchors: Float64Array): Float64Array {
  const year = anchors.length
  const singles = new Float64Array(rolling.length).fill(Number.NaN)
  singles.set(anchors.subarray(0, rolling.length))
  for (let i = year; i < rolling.length; i++) singles[i] = singles[i - year]! + rolling[i]! - rolling[i - 1]!
  return singles
}
