import type { Measure, Unit } from './measure.ts'

/** What was printed instead of a figure, kept as it stood; '' is an empty cell. */
export const missingMarks = ['', '-', '*', 'n/a', '[x]', '[u]', '[c]', '[z]', '[u1]'] as const
export type MissingMark = (typeof missingMarks)[number]

const markWords: Record<MissingMark, string> = {
  '': 'no figure',
  '-': '-',
  '*': '*',
  'n/a': 'n/a',
  '[x]': '[x]',
  '[u]': '[u]',
  '[c]': '[c]',
  '[z]': '[z]',
  '[u1]': '[u1]',
}

/** What a table prints where a figure is missing. */
export function markInWords(mark: string | null): string {
  const known = missingMarks.find(each => each === mark)
  return known === undefined ? 'no figure' : markWords[known]
}

type Printed = Pick<Measure, 'unit' | 'decimals'>

/** 10,765; 84.2%; £1,250. Rounds half away from zero, on the decimal digits and not on their binary neighbours. */
export function figureText(value: number, { unit, decimals }: Printed): string {
  return withUnit(rounded(value, decimals), unit)
}

/** A mean or limit, to one decimal more than the measure's own figures. */
export function lineText(value: number, { unit, decimals }: Printed): string {
  return withUnit(rounded(value, decimals + 1), unit)
}

/** Making a format takes longer than a thousand uses of it. */
const formats = new Map<number, Intl.NumberFormat>()

function formatWith(decimals: number): Intl.NumberFormat {
  const known = formats.get(decimals)
  if (known !== undefined) return known
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals } as const
  const made = new Intl.NumberFormat('en-GB', { ...options, roundingMode: 'halfExpand' })
  formats.set(decimals, made)
  return made
}

function rounded(value: number, decimals: number): string {
  const text = formatWith(decimals).format(value)
  return /^-[0.,]+$/.test(text) ? text.slice(1) : text
}

function withUnit(text: string, unit: Unit): string {
  if (unit === 'percent') return `${text}%`
  if (unit === 'points') return text === '1' ? '1 percentage point' : `${text} percentage points`
  if (unit !== 'money') return text
  return text.startsWith('-') ? `-£${text.slice(1)}` : `£${text}`
}

/** The share of 100 that a numerator has of its denominator, or null where it has none. */
export function percentOf(numerator: number, denominator: number): number | null {
  return denominator > 0 ? (100 * numerator) / denominator : null
}
