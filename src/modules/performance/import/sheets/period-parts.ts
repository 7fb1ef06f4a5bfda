/*
 * The parts of which offices put periods together: months, quarters, years, weeks and days in the spellings that are
 * met. Text comes tidied: small letters, plain hyphens, single spaces. Each gives the first day, or undefined where
 * the text is something else. Two digits are a year of this century.
 */

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const name =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const year = "'?((?:19|20)?\\d\\d)"
const financial = '(?:fy ?)?((?:19|20)?\\d\\d)[-/]((?:19|20)?\\d\\d)'
const pattern = (text: string) => new RegExp(`^${text}$`)

const monthNumber = (text: string) => months.indexOf(text.slice(0, 3)) + 1
const fullYear = (text: string) => (text.length === 2 ? 2000 + Number(text) : Number(text))

/** The year in which a financial year begins: 2017-18, 2017/2018, 17/18. */
function financialFrom(first: string, second: string): number | undefined {
  const from = fullYear(first)
  return Number(second.slice(-2)) === (from + 1) % 100 ? from : undefined
}

const day = (y: number, m: number, d: number) =>
  m >= 1 && m <= 12 && d >= 1 && d <= new Temporal.PlainYearMonth(y, m).daysInMonth
    ? new Temporal.PlainDate(y, m, d)
    : null

/** Jun-17, June 2017, 2017 June, 2017-06, 06/2017, 201706; June 2017/18 (of that financial year). */
export function readMonth(text: string): Temporal.PlainDate | undefined {
  const named = pattern(`${name}[- /]?${year}`).exec(text)
  if (named !== null) return monthOf(fullYear(named[2] ?? ''), monthNumber(named[1] ?? ''))
  const after = pattern(`((?:19|20)\\d\\d)[- /]?${name}`).exec(text)
  if (after !== null) return monthOf(Number(after[1]), monthNumber(after[2] ?? ''))
  const numbered = /^((?:19|20)\d\d)[-/]?(0[1-9]|1[0-2])$/.exec(text)
  if (numbered !== null) return monthOf(Number(numbered[1]), Number(numbered[2]))
  const slashed = /^(0?[1-9]|1[0-2])[-/]((?:19|20)\d\d)$/.exec(text)
  if (slashed !== null) return monthOf(Number(slashed[2]), Number(slashed[1]))
  return monthOfFinancialYear(text)
}

function monthOf(y: number, m: number): Temporal.PlainDate | undefined {
  return m === 0 ? undefined : new Temporal.PlainDate(y, m, 1)
}

function monthOfFinancialYear(text: string): Temporal.PlainDate | undefined {
  const before = pattern(`${name} ${financial}`).exec(text)
  const after = pattern(`${financial} ${name}`).exec(text)
  const [month, first, second] =
    before === null ? [after?.[3], after?.[1], after?.[2]] : [before[1], before[2], before[3]]
  if (month === undefined || first === undefined || second === undefined) return undefined
  const from = financialFrom(first, second)
  const number = monthNumber(month)
  return from === undefined ? undefined : new Temporal.PlainDate(number < 4 ? from + 1 : from, number, 1)
}

/**
 * Q1 2017/18, 2017-18 Q1, quarter 1 2017/18, Apr-Jun 2017, April to June 2017; Q1 2017 once `calendar` or `financial`
 * is written after it, and `ask` before.
 */
export function readQuarter(text: string): Temporal.PlainDate | 'ask' | undefined {
  return quarterOfFinancialYear(text) ?? quarterOfMonths(text) ?? quarterOfYear(text)
}

const quarter = '(?:q|qtr|quarter)[- ]?([1-4])'

function quarterOfFinancialYear(text: string): Temporal.PlainDate | undefined {
  const before = pattern(`${quarter}[- ]?${financial}`).exec(text)
  const after = pattern(`${financial}[- ]?${quarter}`).exec(text)
  const [number, first, second] =
    before === null ? [after?.[3], after?.[1], after?.[2]] : [before[1], before[2], before[3]]
  if (number === undefined || first === undefined || second === undefined) return undefined
  const from = financialFrom(first, second)
  return from === undefined ? undefined : new Temporal.PlainDate(from, 4, 1).add({ months: 3 * (Number(number) - 1) })
}

/** The months' names say which quarter it is; the year is that of the last month unless both carry one. */
function quarterOfMonths(text: string): Temporal.PlainDate | undefined {
  const found = pattern(`(?:${quarter}:? )?${name}(?: ?${year})?(?:-| to )${name}[- ]?${year}`).exec(text)
  if (found === null) return undefined
  const [, , from = '', fromYear, to = '', toYear = ''] = found
  const start = new Temporal.PlainDate(fullYear(toYear), monthNumber(to), 1).subtract({ months: 2 })
  if (start.month !== monthNumber(from) || (start.month - 1) % 3 !== 0) return undefined
  return fromYear === undefined || fullYear(fromYear) === start.year ? start : undefined
}

function quarterOfYear(text: string): Temporal.PlainDate | 'ask' | undefined {
  const before = pattern(`${quarter}[- ]?${year}(?: (calendar|financial))?`).exec(text)
  const after = pattern(`${year}[- ]?${quarter}(?: (calendar|financial))?`).exec(text)
  const [number, written, which] =
    before === null ? [after?.[2], after?.[1], after?.[3]] : [before[1], before[2], before[3]]
  if (number === undefined || written === undefined) return undefined
  if (which === undefined) return 'ask'
  const start = new Temporal.PlainDate(fullYear(written), which === 'calendar' ? 1 : 4, 1)
  return start.add({ months: 3 * (Number(number) - 1) })
}

/** 2017/18, 2017-18, 2017/2018, FY17/18. */
export function readYear(text: string): Temporal.PlainDate | undefined {
  const found = pattern(financial).exec(text)
  const from = found === null ? undefined : financialFrom(found[1] ?? '', found[2] ?? '')
  return from === undefined ? undefined : new Temporal.PlainDate(from, 4, 1)
}

/** 2017-W31, week 31 2017, wk 31 2017. */
export function readWeek(text: string): Temporal.PlainDate | undefined {
  const found = /^((?:19|20)\d\d)[- ]?w(?:k|eek)? ?(\d\d?)$/.exec(text)
  const turned = /^w(?:k|eek)? ?(\d\d?)[- /]((?:19|20)\d\d)$/.exec(text)
  const [y, week] = found === null ? [Number(turned?.[2]), Number(turned?.[1])] : [Number(found[1]), Number(found[2])]
  if (Number.isNaN(y) || Number.isNaN(week)) return undefined
  const fourth = new Temporal.PlainDate(y, 1, 4)
  const start = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: week - 1 })
  return week >= 1 && start.yearOfWeek === y ? start : undefined
}

/** A day that can be read one way only, or by the order of day and month. */
export interface DayReading {
  certain: Temporal.PlainDate | null
  dayFirst: Temporal.PlainDate | null
  monthFirst: Temporal.PlainDate | null
}

/** 2017-04-03, 3 April 2017, 3-Apr-17; 03/04/2017 by what was said of the order. */
export function readDay(text: string): DayReading | undefined {
  const iso = /^(\d{4})-(\d\d)-(\d\d)(?:t.*)?$/.exec(text)
  const named = pattern(`(\\d\\d?)(?:st|nd|rd|th)?[- ]${name}[- ]${year}`).exec(text)
  const numbered = /^(\d\d?)[./-](\d\d?)[./-]((?:19|20)?\d\d)$/.exec(text)
  const certain = (date: Temporal.PlainDate | null): DayReading | undefined =>
    date === null ? undefined : { certain: date, dayFirst: date, monthFirst: date }
  if (iso !== null) return certain(day(Number(iso[1]), Number(iso[2]), Number(iso[3])))
  if (named !== null) return certain(day(fullYear(named[3] ?? ''), monthNumber(named[2] ?? ''), Number(named[1])))
  if (numbered === null) return undefined
  const [a, b, y] = [Number(numbered[1]), Number(numbered[2]), fullYear(numbered[3] ?? '')]
  const [dayFirst, monthFirst] = [day(y, b, a), day(y, a, b)]
  return dayFirst === null && monthFirst === null ? undefined : { certain: null, dayFirst, monthFirst }
}
