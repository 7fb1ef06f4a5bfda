/**
 * Exact decimal arithmetic for figures in print: sums, averages and shares as a person with a pencil gets them, rounded
 * half up (half away from zero for figures below it). In binary 84.225 lies below itself and prints as 84.22.
 */
import type { RoundingVerdict } from './change.ts'

/** A decimal number: units of 10 to the power of -places. */
export interface Decimal {
  units: bigint
  places: number
}

/**
 * A number as it was written: "84.2", 84.2, "1,250" or 1e-7.
 *
 * @throws RangeError for what is not a number
 */
export function decimal(written: string | number): Decimal {
  const text = String(written).replaceAll(',', '').trim()
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text)
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? []
  if (match === null || whole + fraction === '') throw new RangeError(`“${text}” is not a number.`)
  const units = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`)
  const places = fraction.length - Number(exponent)
  return places >= 0 ? { units, places } : { units: units * 10n ** BigInt(-places), places: 0 }
}

/** The exact sum. */
export function sumOf(numbers: readonly (string | number)[]): Decimal {
  const decimals = numbers.map(decimal)
  const places = Math.max(0, ...decimals.map(each => each.places))
  return { units: decimals.reduce((sum, each) => sum + inPlaces(each, places), 0n), places }
}

const inPlaces = ({ units, places }: Decimal, wanted: number): bigint => units * 10n ** BigInt(wanted - places)

/** A decimal divided by another, rounded half up to so many places, as text. `divisor` is not 0. */
export function quotientText(dividend: Decimal, divisor: Decimal, places: number): string {
  const above = dividend.units * 10n ** BigInt(divisor.places + places)
  const below = divisor.units * 10n ** BigInt(dividend.places)
  const [over, under] = [above < 0n ? -above : above, below < 0n ? -below : below]
  const rounded = (2n * over + under) / (2n * under)
  return textOf({ units: above < 0n === below < 0n ? rounded : -rounded, places })
}

/** Digits with as many places as the decimal has. */
export function textOf({ units, places }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0')
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
  return units < 0n ? `-${text}` : text
}

/** Half up to so many places. */
export function roundedText(number: string | number, places: number): string {
  return quotientText(decimal(number), decimal(1), places)
}

/** The plain mean of numbers, rounded half up. For percentages this is right only where all rest on equally many. */
export function meanText(numbers: readonly (string | number)[], places: number): string {
  return quotientText(sumOf(numbers), decimal(numbers.length), places)
}

/**
 * The average of percentages that rest on different numbers: 100 x sum of numerators / sum of denominators, rounded
 * half up; null where there is nothing to divide by.
 */
export function pooledPercentText(
  parts: readonly { numerator: number; denominator: number }[],
  places: number,
): string | null {
  const below = sumOf(parts.map(each => each.denominator))
  const above = sumOf(parts.map(each => each.numerator))
  return below.units === 0n ? null : quotientText({ ...above, units: above.units * 100n }, below, places)
}

/** Whether a printed mean is that of the printed numbers: exactly, rounded to its own last digit, or not at all. */
export function verdictOnMean(numbers: readonly (string | number)[], stated: string): RoundingVerdict {
  const given = decimal(stated)
  const sum = sumOf(numbers)
  const places = Math.max(given.places, sum.places)
  const count = BigInt(numbers.length)
  const off = inPlaces(sum, places) - count * inPlaces(given, places)
  if (off === 0n) return 'exact'
  // Half of the last digit stated, times as many numbers as the mean is made of.
  const twice = 2n * (off < 0n ? -off : off)
  return twice <= count * 10n ** BigInt(places - given.places) ? 'consistent-with-rounding' : 'inconsistent'
}
