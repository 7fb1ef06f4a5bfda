import { longDate } from '../../platform/time.ts'

/** A day as data and as it is printed, in what is frozen. */
export interface Said {
  date: string
  words: string
}

export function sayDate(date: Temporal.PlainDate): Said
export function sayDate(date: Temporal.PlainDate | null): Said | null
export function sayDate(date: Temporal.PlainDate | null): Said | null {
  return date === null ? null : { date: date.toString(), words: longDate(date) }
}
