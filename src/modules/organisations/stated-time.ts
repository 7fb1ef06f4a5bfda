import { longDate } from '../../platform/time.ts'

/**
 * A time as a paper gives it, no more exact than it was printed: a day `2016-05-12`, a month `2017-08`, a year `2016`,
 * or a financial year `2017/18` (1 April to 31 March).
 */
export type StatedTime = string

/** The first and the last day that a stated time may mean. */
export interface Span {
  first: Temporal.PlainDate
  last: Temporal.PlainDate
}

const pattern = /^(?<year>[12]\d{3})(?:-(?<month>0[1-9]|1[0-2])(?:-(?<day>[0-3]\d))?|\/(?<next>\d\d))?$/

/** Whether some text is a stated time; 30 February and 2017/19 are not. */
export function isStatedTime(text: string): boolean {
  return readSpan(text) !== null
}

/**
 * The days that a stated time may mean.
 *
 * @throws RangeError for text that is no stated time
 */
export function spanOf(stated: StatedTime): Span {
  const span = readSpan(stated)
  if (span === null) throw new RangeError(`"${stated}" is not a day, a month, a year or a financial year`)
  return span
}

function readSpan(text: string): Span | null {
  const parts = pattern.exec(text)?.groups
  if (parts === undefined) return null
  const year = Number(parts['year'])
  if (parts['next'] !== undefined) return financialYear(year, Number(parts['next']))
  if (parts['month'] === undefined) return wholeMonths(year, 1, 12)
  const month = Number(parts['month'])
  if (parts['day'] === undefined) return wholeMonths(year, month, month)
  const day = Number(parts['day'])
  if (day < 1 || day > Temporal.PlainYearMonth.from({ year, month }).daysInMonth) return null
  const only = Temporal.PlainDate.from({ year, month, day })
  return { first: only, last: only }
}

function financialYear(year: number, next: number): Span | null {
  if ((year + 1) % 100 !== next) return null
  return {
    first: Temporal.PlainDate.from({ year, month: 4, day: 1 }),
    last: Temporal.PlainDate.from({ year: year + 1, month: 3, day: 31 }),
  }
}

function wholeMonths(year: number, from: number, to: number): Span {
  const last = Temporal.PlainYearMonth.from({ year, month: to })
  return {
    first: Temporal.PlainDate.from({ year, month: from, day: 1 }),
    last: last.toPlainDate({ day: last.daysInMonth }),
  }
}

/** A stated time in words: `12 May 2016`, `August 2017`, `2016`, `2017/18`. */
export function statedWords(stated: StatedTime): string {
  if (/^\d{4}-\d\d-\d\d$/.test(stated)) return longDate(spanOf(stated).first)
  if (!/^\d{4}-\d\d$/.test(stated)) return stated
  return spanOf(stated).first.toLocaleString('en-GB', { month: 'long', year: 'numeric' })
}
