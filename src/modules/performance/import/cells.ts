import { missingMarks } from '../figures.ts'

/** Why a cell cannot be read as a figure. */
export type NumberFault = 'separators' | 'percent' | 'pounds' | 'not-a-number' | 'too-large'

const plainNumber = /^-?(?:\d+\.?\d*|\.\d+)$/
const separated = /^-?£?\d{1,3}(?:[,\u00a0 ]\d{3})+(?:\.\d+)?%?$/

/** Beyond this a binary number no longer holds every whole number. */
const largest = Number.MAX_SAFE_INTEGER

/**
 * Reads a figure written plainly: digits, a point, a minus sign. Thousands separators are refused and not taken out,
 * because 1,234 is one thousand in one country and one and a bit in another.
 */
export function readNumber(text: string): number | NumberFault {
  if (plainNumber.test(text)) {
    const value = Number(text)
    return Math.abs(value) > largest ? 'too-large' : value
  }
  if (separated.test(text)) return 'separators'
  if (/^-?[\d.,]+ ?%$/.test(text)) return 'percent'
  if (/^-?£[\d.,]+$|^£-?[\d.,]+$/.test(text)) return 'pounds'
  return 'not-a-number'
}

const zero = 48
const nine = 57
const markNumbers = new Map<string, number>(missingMarks.map((mark, i) => [mark, i]))

/** The place of a missing mark in the list of marks, or undefined if the cell is none: `-`, `*`, n/a, blank, `[x]`. */
export function missingMark(text: string): number | undefined {
  // Nearly every cell begins with a digit, and no mark does.
  const first = text.charCodeAt(0)
  if (first >= zero && first <= nine) return undefined
  return markNumbers.get(text) ?? markNumbers.get(text.toLowerCase())
}

/** Statuses of an observation, in the order in which they are stored; the first is for a file that does not say. */
export const statuses = ['not-stated', 'provisional', 'revised', 'final', 'withdrawn'] as const
export type Status = (typeof statuses)[number]

/** The number of a status as stored, or undefined if the word is not one. */
export function readStatus(text: string): number | undefined {
  if (text === '') return 0
  const found = statuses.indexOf(text.toLowerCase() as Status)
  return found > 0 ? found : undefined
}

/** Days from 1 January 2000, as PostgreSQL counts them in its binary form, to a day. */
export function dayNumber(date: Temporal.PlainDate): number {
  return epoch.until(date).days
}

export function dateOfDay(day: number): Temporal.PlainDate {
  return epoch.add({ days: day })
}

const epoch = new Temporal.PlainDate(2000, 1, 1)
