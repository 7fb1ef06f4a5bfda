import { longDate } from '../../platform/time.ts'

/** How often a measure is measured. A year is a financial year, from 1 April; a quarter is one of its quarters. */
export const frequencies = ['day', 'week', 'month', 'quarter', 'year'] as const
export type Frequency = (typeof frequencies)[number]

/** A stretch of time that figures belong to, named by its first day. Weeks are those of ISO 8601, from Monday. */
export interface Period {
  frequency: Frequency
  start: Temporal.PlainDate
}

/** What was written is not a period; with how to write it, where that can be said without guessing. */
export interface PeriodFault {
  fault: string
}

const firstMonthOfYear = 4
const spellings =
  'Write a month as 2017-11, a week as 2017-W31, a quarter as 2017/18 Q1, a financial year as 2017/18 and a day as 2017-11-30.'

/**
 * Reads the five spellings of a period: `2017-11`, `2017-W31`, `2017/18 Q1`, `2017/18` and `2017-11-30`.
 * No other is guessed at: it comes back with a suggestion.
 */
export function parsePeriod(text: string): Period | PeriodFault {
  const trimmed = text.trim()
  const period = parseMonth(trimmed) ?? parseDay(trimmed) ?? parseWeek(trimmed) ?? parseFinancial(trimmed)
  return period ?? { fault: suggestionFor(trimmed) }
}

function parseMonth(text: string): Period | undefined {
  const match = /^(\d{4})-(\d{2})$/.exec(text)
  const [year, month] = numbers(match)
  if (year === undefined || month === undefined || month < 1 || month > 12) return undefined
  return { frequency: 'month', start: new Temporal.PlainDate(year, month, 1) }
}

function parseDay(text: string): Period | undefined {
  const [year, month, day] = numbers(/^(\d{4})-(\d{2})-(\d{2})$/.exec(text))
  if (year === undefined || month === undefined || day === undefined || month < 1 || month > 12) return undefined
  if (day < 1 || day > new Temporal.PlainYearMonth(year, month).daysInMonth) return undefined
  return { frequency: 'day', start: new Temporal.PlainDate(year, month, day) }
}

function parseWeek(text: string): Period | undefined {
  const [year, week] = numbers(/^(\d{4})-W(\d{2})$/.exec(text))
  if (year === undefined || week === undefined || week < 1) return undefined
  const start = firstMonday(year).add({ weeks: week - 1 })
  return start.yearOfWeek === year ? { frequency: 'week', start } : undefined
}

/** The Monday of ISO week 1, the week that holds 4 January. */
function firstMonday(year: number): Temporal.PlainDate {
  const fourth = new Temporal.PlainDate(year, 1, 4)
  return fourth.subtract({ days: fourth.dayOfWeek - 1 })
}

function parseFinancial(text: string): Period | undefined {
  const match = /^(\d{4})\/(\d{2})(?: Q([1-4]))?$/.exec(text)
  const [year, second] = numbers(match)
  if (year === undefined || second !== (year + 1) % 100) return undefined
  const start = new Temporal.PlainDate(year, firstMonthOfYear, 1)
  const quarter = match?.[3]
  if (quarter === undefined) return { frequency: 'year', start }
  return { frequency: 'quarter', start: start.add({ months: 3 * (Number(quarter) - 1) }) }
}

function numbers(match: RegExpExecArray | null): number[] {
  return (match ?? []).slice(1).flatMap(part => (part === undefined ? [] : [Number(part)]))
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthNumber = (name: string) => monthNames.indexOf(name.slice(0, 3).toLowerCase()) + 1
const twoDigits = (n: number) => String(n).padStart(2, '0')
const financialYear = (first: number) => `${String(first)}/${twoDigits((first + 1) % 100)}`

/** Spellings that are met in papers and spreadsheets, and what to write instead; the first that fits is offered. */
const suggestions: readonly (readonly [RegExp, (...parts: string[]) => string | undefined])[] = [
  [/^([a-z]{3,9})[ -]+(\d{4})$/i, (name = '', year = '') => monthSpelling(year, monthNumber(name))],
  [/^(\d{4})[ -]+([a-z]{3,9})$/i, (year = '', name = '') => monthSpelling(year, monthNumber(name))],
  [/^(\d{1,2})[/-](\d{4})$/, (month = '', year = '') => monthSpelling(year, Number(month))],
  [
    /^(\d{4})[/-]?(0[1-9]|1[0-2])$/,
    (year = '', month = '') => consecutive(year, month) ?? monthSpelling(year, Number(month)),
  ],
  [/^(?:FY ?)?(\d{4})[/-](?:20)?(\d{2})$/i, (first = '', second = '') => consecutive(first, second)],
  [/^(?:FY ?)?(\d{4})[/-](?:20)?(\d{2}),? ?Q([1-4])$/i, (a = '', b = '', q = '') => quarterSpelling(a, b, q)],
  [/^Q([1-4]),? ?(?:FY ?)?(\d{4})[/-](?:20)?(\d{2})$/i, (q = '', a = '', b = '') => quarterSpelling(a, b, q)],
  [
    /^(?:(\d{4})[ -]?Q([1-4])|Q([1-4])[ -]?(\d{4}))$/i,
    (a = '', b = '', c = '', d = '') => eitherQuarter(a || d, b || c),
  ],
  [/^(\d{4})-?W(\d{1,2})$/i, (year = '', week = '') => weekSpelling(year, week)],
  [/^W(?:eek ?)?(\d{1,2})[ ,-]+(\d{4})$/i, (week = '', year = '') => weekSpelling(year, week)],
  [/^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/, (day = '', month = '', year = '') => daySpelling(year, Number(month), day)],
  [/^(\d{1,2}) ([a-z]{3,9}) (\d{4})$/i, (day = '', name = '', year = '') => daySpelling(year, monthNumber(name), day)],
  [/^(\d{4})$/, (year = '') => `${financialYear(Number(year))} for the financial year that begins in ${year}`],
]

function suggestionFor(text: string): string {
  if (text === '') return `There is no period. ${spellings}`
  for (const [pattern, write] of suggestions) {
    const match = pattern.exec(text)
    const written = match === null ? undefined : write(...match.slice(1).map(part => part ?? ''))
    if (written !== undefined) return `“${text}” is not how a period is written here: write ${written}.`
  }
  return `“${text}” is not a period. ${spellings}`
}

function monthSpelling(year: string, month: number): string | undefined {
  return month < 1 || month > 12 ? undefined : `${year}-${twoDigits(month)}`
}

function consecutive(first: string, second: string): string | undefined {
  return Number(second) === (Number(first) + 1) % 100 ? financialYear(Number(first)) : undefined
}

function quarterSpelling(first: string, second: string, quarter: string): string | undefined {
  const year = consecutive(first, second)
  return year === undefined ? undefined : `${year} Q${quarter}`
}

/** Q1 of 2017 may be January to March or April to June: both are offered, neither is taken. */
function eitherQuarter(year: string, quarter: string): string {
  const [first, q] = [Number(year), Number(quarter)]
  const calendar = q === 1 ? `${financialYear(first - 1)} Q4` : `${financialYear(first)} Q${String(q - 1)}`
  return `${financialYear(first)} Q${quarter} if it is a quarter of the financial year, ${calendar} if of the calendar year`
}

function weekSpelling(year: string, week: string): string | undefined {
  const text = `${year}-W${week.padStart(2, '0')}`
  return parseWeek(text) === undefined ? undefined : text
}

function daySpelling(year: string, month: number, day: string): string | undefined {
  const text = `${year}-${twoDigits(month)}-${day.padStart(2, '0')}`
  const parsed = parseDay(text)
  return parsed === undefined ? undefined : `${text} for ${periodInWords(parsed)}`
}

/** The one spelling of a period, which `parsePeriod` reads back. */
export function periodText({ frequency, start }: Period): string {
  const year = start.month < firstMonthOfYear ? start.year - 1 : start.year
  switch (frequency) {
    case 'day':
      return start.toString()
    case 'week':
      return `${String(start.yearOfWeek)}-W${twoDigits(start.weekOfYear ?? 0)}`
    case 'month':
      return start.toPlainYearMonth().toString()
    case 'quarter':
      return `${financialYear(year)} Q${String(Math.floor(((start.month + 12 - firstMonthOfYear) % 12) / 3) + 1)}`
    case 'year':
      return financialYear(year)
  }
}

const lengths: Record<Frequency, Temporal.DurationLike> = {
  day: { days: 1 },
  week: { weeks: 1 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
}

export function nextPeriod({ frequency, start }: Period): Period {
  return { frequency, start: start.add(lengths[frequency]) }
}

/** Its last day. */
export function periodEnd(period: Period): Temporal.PlainDate {
  return nextPeriod(period).start.subtract({ days: 1 })
}

/** In order of time; of two that begin on one day the shorter comes first. */
export function comparePeriods(a: Period, b: Period): number {
  const byStart = Temporal.PlainDate.compare(a.start, b.start)
  return byStart === 0 ? frequencies.indexOf(a.frequency) - frequencies.indexOf(b.frequency) : byStart
}

/** How many periods of one frequency lie from `earlier` to `later`; 0 for the same. */
export function periodsBetween(earlier: Period, later: Period): number {
  const months = (later.start.year - earlier.start.year) * 12 + later.start.month - earlier.start.month
  switch (earlier.frequency) {
    case 'day':
      return earlier.start.until(later.start).days
    case 'week':
      return earlier.start.until(later.start).days / 7
    case 'month':
      return months
    case 'quarter':
      return months / 3
    case 'year':
      return months / 12
  }
}

/** The months' names, made once: formatting a date takes far longer than looking one up. */
const monthWords = Array.from({ length: 12 }, (_, i) =>
  new Temporal.PlainDate(2000, i + 1, 1).toLocaleString('en-GB', { month: 'long' }),
)

/** November 2017; week 31 of 2017; April to June 2017; the year 2017/18; 30 November 2017. */
export function periodInWords(period: Period): string {
  const { frequency, start } = period
  const end = periodEnd(period)
  const month = (date: Temporal.PlainDate) => monthWords[date.month - 1] ?? ''
  switch (frequency) {
    case 'day':
      return longDate(start)
    case 'week':
      return `week ${String(start.weekOfYear)} of ${String(start.yearOfWeek)}`
    case 'month':
      return `${month(start)} ${String(start.year)}`
    case 'quarter':
      return `${month(start)} to ${month(end)} ${String(end.year)}`
    case 'year':
      return `the year ${periodText(period)}`
  }
}

/** How one and several periods of a frequency are spoken of. */
export const frequencyWords: Record<Frequency, { one: string; several: string; adverb: string; example: string }> = {
  day: { one: 'day', several: 'days', adverb: 'daily', example: '2017-11-30' },
  week: { one: 'week', several: 'weeks', adverb: 'weekly', example: '2017-W31' },
  month: { one: 'month', several: 'months', adverb: 'monthly', example: '2017-11' },
  quarter: { one: 'quarter', several: 'quarters', adverb: 'quarterly', example: '2017/18 Q1' },
  year: { one: 'year', several: 'years', adverb: 'yearly', example: '2017/18' },
}
