/**
 * How exactly figures were printed, and what that allows to be said when two are held against one another.
 * Three verdicts and not two, as performance.md A7 asks: exact, consistent with rounding, apart.
 */

/** Nothing that is printed differs by so little: what binary fractions leave behind. */
const slack = (size: number): number => 1e-9 * Math.max(1, Math.abs(size))

/** Digits after the point in the shortest way to write a number: 2 of 84.25. */
export function decimalsOf(value: number): number {
  const text = String(value)
  const exponent = /e-(\d+)$/.exec(text)
  const digits = (text.split('e')[0] ?? '').split('.')[1]?.length ?? 0
  return exponent === null ? digits : digits + Number(exponent[1])
}

/** Zeros at the end that may stand for rounding: thousands from ten thousand on, a tenth of a million from a million on. */
const mostZeros = (size: number): number => (size >= 1e9 ? 8 : size >= 1e6 ? 5 : size >= 1e4 ? 3 : 0)

/**
 * The last digit that a figure was given to: 0.1 of 85.3, 1 of 105, 100,000 of 11,700,000. A count below ten thousand
 * is taken to be exact.
 */
export function stepOf(value: number): number {
  const decimals = decimalsOf(value)
  if (decimals > 0) return 10 ** -decimals
  const zeros = /0*$/.exec(String(Math.abs(value)))?.[0].length ?? 0
  return value === 0 ? 1 : 10 ** Math.min(zeros, mostZeros(Math.abs(value)))
}

/** The finest of several figures that were printed together: 85.0 beside 85.3 was given to a tenth. */
export function finestStep(values: readonly number[]): number {
  return values.length === 0 ? 1 : Math.min(...values.map(stepOf))
}

export type Agreement = 'exact' | 'consistent-with-rounding' | 'apart'

/** Whether two figures can be the same one, printed more and less exactly. */
export function agreement(a: number, stepOfA: number, b: number, stepOfB: number): Agreement {
  const off = Math.abs(a - b)
  if (off <= slack(a)) return 'exact'
  const coarser = Math.max(stepOfA, stepOfB)
  const rounded = coarser > Math.min(stepOfA, stepOfB) && off <= coarser / 2 + slack(a)
  return rounded ? 'consistent-with-rounding' : 'apart'
}

/** Whether a value, rounded to the digits of what is stated, is what is stated; a tie may go either way. */
export function roundsTo(value: number, stated: number, step = stepOf(stated)): boolean {
  return Math.abs(value - stated) <= step / 2 + slack(stated)
}

/** The sum on decimal digits: 0.1 and 0.2 make 0.3. */
export function sumOf(values: readonly number[]): number {
  const scale = 10 ** Math.max(0, ...values.map(decimalsOf))
  return values.reduce((sum, value) => sum + Math.round(value * scale), 0) / scale
}

/** Half of the last digit, by which a printed figure may be off; a whole number of things or pounds is exact. */
export function halfDigit(step: number, counted: boolean): number {
  return counted && step <= 1 && Number.isInteger(step) ? 0 : step / 2
}

export type SumVerdict = 'exact' | 'consistent-with-rounding' | 'inconsistent-beyond-rounding'

/**
 * Whether parts add up to what is stated.
 *
 * @param counted true for whole things and pounds, which are not rounded
 */
export function verdictOnSum(parts: readonly number[], stated: number, counted: boolean): SumVerdict {
  const off = Math.abs(sumOf(parts) - stated)
  if (off <= slack(stated)) return 'exact'
  const partsOff = parts.length * halfDigit(finestStep(parts), counted)
  const allowed = partsOff + halfDigit(stepOf(stated), counted)
  return off <= allowed + slack(stated) ? 'consistent-with-rounding' : 'inconsistent-beyond-rounding'
}

export type ShareVerdict = 'exact' | 'consistent-with-rounding' | 'inconsistent'

/** Whether a percentage is the share that a part has of a whole: 190 of 1,526 is 12.5%. */
export function verdictOnShare(part: number, whole: number, stated: number, step = stepOf(stated)): ShareVerdict {
  if (whole === 0) return 'inconsistent'
  if (roundsTo((100 * part) / whole, stated, step)) return 'exact'
  const offPart = halfDigit(stepOf(part), true)
  const offWhole = halfDigit(stepOf(whole), true)
  const least = (100 * (part - offPart)) / (whole + offWhole)
  const most = (100 * (part + offPart)) / Math.max(whole - offWhole, Number.MIN_VALUE)
  const within = stated >= least - step / 2 - slack(stated) && stated <= most + step / 2 + slack(stated)
  return within ? 'consistent-with-rounding' : 'inconsistent'
}

/**
 * Whether a figure is the mean of others. One that is given to more digits than its parts was worked out from the
 * parts as printed, so that their own rounding excuses nothing: 84.25 is not the mean of 85.3, 85.0, 84.3 and 82.3.
 */
export function verdictOnMean(parts: readonly number[], stated: number): ShareVerdict {
  const mean = sumOf(parts) / parts.length
  const step = stepOf(stated)
  if (roundsTo(mean, stated, step)) return 'exact'
  const printed = finestStep(parts)
  return step >= printed && Math.abs(mean - stated) <= step / 2 + printed / 2 + slack(stated)
    ? 'consistent-with-rounding'
    : 'inconsistent'
}

/**
 * By which power of ten two figures differ and by nothing else worth speaking of: 3 for 97,268 and 97.268.
 *
 * @param within how far from the power itself: 1.05 for within 5%
 * @returns null where they do not
 */
export function tenfold(a: number, b: number, within: number): number | null {
  if (a === 0 || b === 0 || Math.sign(a) !== Math.sign(b)) return null
  const power = Math.log10(a / b)
  const nearest = Math.round(power)
  return Math.abs(nearest) >= 2 && Math.abs(power - nearest) <= Math.log10(within) ? nearest : null
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
