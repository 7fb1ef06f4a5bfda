import { workingDay, workingDayOnOrAfter, workingDaysUpTo } from './calendar.ts'
import type { Calendar } from './calendar.ts'
import { dayNumber, dayOf } from './days.ts'
import type { DayNumber } from './days.ts'

/**
 * Days that a count leaves out, both ends included. Functions here take them in order and without overlap.
 */
export interface Gap {
  first: DayNumber
  last: DayNumber
}

/**
 * "n days beginning with the day": the day itself is day 1. For example 56 days beginning with publication
 * (Police Act 1996 s.55(5A)), 28 days beginning with becoming a member (Localism Act 2011 s.30(1)).
 */
export function beginningWith(start: DayNumber, days: number, gaps: readonly Gap[] = []): DayNumber {
  return lengthened(start, start + days - 1, gaps)
}

/**
 * "n days starting with the day after": the day itself does not count. For example 28 days to ask for a review
 * (SI 2020/2 reg 29).
 */
export function startingDayAfter(start: DayNumber, days: number, gaps: readonly Gap[] = []): DayNumber {
  return lengthened(start + 1, start + days, gaps)
}

/**
 * "n weeks beginning with the day", less any day inside a gap: confirmation hearings, where the time after an
 * ordinary election is left out (Police Reform and Social Responsibility Act 2011 Sch 1 paras 10 and 11).
 */
export function weeksBeginningWith(start: DayNumber, weeks: number, gaps: readonly Gap[] = []): DayNumber {
  return beginningWith(start, 7 * weeks, gaps)
}

/**
 * The nth working day following a day, which may itself be any day: day 1 is the first working day after it
 * (Freedom of Information Act 2000 s.10(1)).
 */
export function nthWorkingDayAfter(
  calendar: Calendar,
  start: DayNumber,
  days: number,
  gaps: readonly Gap[] = [],
): DayNumber {
  return nthWorkingDayBeginningWith(calendar, start + 1, days, gaps)
}

/**
 * The nth working day of a period that begins with a day; the day counts if it is a working day. For example the
 * standstill of 8 working days (Procurement Act 2023 s.51).
 */
export function nthWorkingDayBeginningWith(
  calendar: Calendar,
  start: DayNumber,
  days: number,
  gaps: readonly Gap[] = [],
): DayNumber {
  let ordinal = workingDaysUpTo(calendar, start - 1) + days
  for (const gap of gaps) {
    const first = Math.max(gap.first, start)
    if (first > gap.last || first > workingDay(calendar, ordinal)) continue
    ordinal += workingDaysUpTo(calendar, gap.last) - workingDaysUpTo(calendar, first - 1)
  }
  return workingDay(calendar, ordinal)
}

/** The nth working day before a day: notice of "at least n working days before" a meeting. */
export function nthWorkingDayBefore(calendar: Calendar, end: DayNumber, days: number): DayNumber {
  return workingDay(calendar, workingDaysUpTo(calendar, end - 1) - days + 1)
}

/**
 * The last working day that leaves n clear working days before a meeting; neither the day of publication nor that of
 * the meeting counts (Local Government Act 1972 s.100B(3), five days by SI 2002/715).
 */
export function clearWorkingDays(calendar: Calendar, meeting: DayNumber, days: number): DayNumber {
  return nthWorkingDayBefore(calendar, meeting, days + 1)
}

/**
 * "n months beginning with the day": ends the day before the corresponding date; where the last month has no such
 * date, on its last day (Specified Information Order 2011 paras 16A to 16C).
 */
export function monthsBeginningWith(start: DayNumber, months: number, gaps: readonly Gap[] = []): DayNumber {
  const from = dayOf(start)
  const corresponding = from.add({ months })
  const end = dayNumber(corresponding) - (corresponding.day === from.day ? 1 : 0)
  return lengthened(start, end, gaps)
}

/**
 * The corresponding date n months later, or the last day of a month that has no such date (UK GDPR art 12(3) as the
 * Information Commissioner reads it; yearly and half-yearly reviews).
 */
export function correspondingDate(start: DayNumber, months: number, gaps: readonly Gap[] = []): DayNumber {
  return lengthened(start, dayNumber(dayOf(start).add({ months })), gaps)
}

/** The day itself if it is a working day, otherwise the next one that is. Only the subject access month rolls. */
export function rollForward(calendar: Calendar, day: DayNumber): DayNumber {
  return workingDayOnOrAfter(calendar, day)
}

/** The last day of the month or quarter (of the calendar year) that holds a day. */
export function periodEnd(day: DayNumber, period: 'month' | 'quarter'): DayNumber {
  const date = dayOf(day)
  const month = period === 'month' ? date.month : Math.ceil(date.month / 3) * 3
  return dayNumber(Temporal.PlainDate.from({ year: date.year, month, day: 31 }))
}

/** The calendar year in which the financial year (1 April to 31 March) that holds a day begins. */
export function financialYearOf(date: Temporal.PlainDate): number {
  return date.month >= 4 ? date.year : date.year - 1
}

/** At least two-thirds of the members at the time (2011 Act Sch 5 para 4): the votes needed, rounded up. */
export function twoThirds(members: number): number {
  return Math.ceil((2 * members) / 3)
}

/** The end of a period put off by the days of each gap that fall within it. */
function lengthened(start: DayNumber, end: DayNumber, gaps: readonly Gap[]): DayNumber {
  let last = end
  for (const gap of gaps) {
    if (gap.last < start || gap.first > last) continue
    last += gap.last - Math.max(gap.first, start) + 1
  }
  return last
}
