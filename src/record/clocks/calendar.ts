import { ClockFault } from './clock-fault.ts'
import { dateInWords, dayNumber, isWeekend } from './days.ts'
import type { DayNumber } from './days.ts'

/**
 * The two calendars in which working days are counted. `EW`: Monday to Friday less the bank holidays of England and
 * Wales, Good Friday and Christmas Day. `UK-any`: less every bank holiday of any part of the United Kingdom as well
 * (Freedom of Information Act 2000 s.10(6)).
 */
export type CalendarId = 'EW' | 'UK-any'

export interface Holiday {
  date: Temporal.PlainDate
  name: string
  /** The part of the kingdom that takes the day: England and Wales, Scotland, Northern Ireland. */
  where: string
}

/** What a calendar is made of, as kept in data/calendars. */
export interface CalendarDescription {
  id: CalendarId
  title: string
  source: string
  /** Outside these two days bank holidays are not known, only weekends. Both are included. */
  knownFrom: Temporal.PlainDate
  knownUntil: Temporal.PlainDate
  holidays: readonly Holiday[]
}

/** A calendar ready for counting; never changed, a new one is made. */
export interface Calendar extends CalendarDescription {
  readonly holidayOn: ReadonlyMap<DayNumber, Holiday>
  /** The working days in order. */
  readonly workingDays: Int32Array
  /** For each day from `firstDay`, how many working days lie on or before it. */
  readonly workedUpTo: Int32Array
}

export type Calendars = Readonly<Record<CalendarId, Calendar>>

/** The days that can be counted at all: 1970 to 2100. */
export const firstDay: DayNumber = 0
export const lastDay: DayNumber = dayNumber(new Temporal.PlainDate(2100, 12, 31))

/** Puts the working days of a calendar into an index, so that any count is two look-ups. */
export function makeCalendar(description: CalendarDescription): Calendar {
  const holidayOn = new Map(description.holidays.map(holiday => [dayNumber(holiday.date), holiday]))
  const workedUpTo = new Int32Array(lastDay - firstDay + 1)
  const workingDays = new Int32Array(lastDay - firstDay + 1)
  let worked = 0
  for (let day = firstDay; day <= lastDay; day++) {
    if (!isWeekend(day) && !holidayOn.has(day)) workingDays[worked++] = day
    workedUpTo[day - firstDay] = worked
  }
  return { ...description, holidayOn, workedUpTo, workingDays: workingDays.slice(0, worked) }
}

/** How many working days lie on or before this one, from the beginning of the index. */
export function workingDaysUpTo(calendar: Calendar, day: DayNumber): number {
  return calendar.workedUpTo[day - firstDay] ?? outOfReach()
}

/** The working day with this ordinal, counted from 1. */
export function workingDay(calendar: Calendar, ordinal: number): DayNumber {
  return calendar.workingDays[ordinal - 1] ?? outOfReach()
}

export function isWorkingDay(calendar: Calendar, day: DayNumber): boolean {
  return !isWeekend(day) && !calendar.holidayOn.has(day)
}

/** The last working day on or before a day: what to plan by where a date may not roll forward. */
export function workingDayOnOrBefore(calendar: Calendar, day: DayNumber): DayNumber {
  return workingDay(calendar, workingDaysUpTo(calendar, day))
}

/** The first working day on or after a day. */
export function workingDayOnOrAfter(calendar: Calendar, day: DayNumber): DayNumber {
  return workingDay(calendar, workingDaysUpTo(calendar, day - 1) + 1)
}

/** True when the bank holidays of every day from first to last are known. */
export function isKnown(calendar: Calendar, first: DayNumber, last: DayNumber): boolean {
  return first >= dayNumber(calendar.knownFrom) && last <= dayNumber(calendar.knownUntil)
}

/**
 * A new set of calendars with one more bank holiday. A day taken in England and Wales goes into both calendars, any
 * other only into that of the whole kingdom.
 *
 * @throws ClockFault where the day is a bank holiday already
 */
export function addHoliday(calendars: Calendars, holiday: Holiday): Calendars {
  const already = calendars['UK-any'].holidayOn.get(dayNumber(holiday.date))
  const inEnglandAndWales = holiday.where === 'England and Wales'
  if (already !== undefined && (!inEnglandAndWales || calendars.EW.holidayOn.has(dayNumber(holiday.date)))) {
    throw new ClockFault('holiday', `${dateInWords(holiday.date)} is a bank holiday already: ${already.name}.`)
  }
  return {
    EW: inEnglandAndWales ? withHoliday(calendars.EW, holiday) : calendars.EW,
    'UK-any': withHoliday(calendars['UK-any'], holiday),
  }
}

/**
 * A new set of calendars without a bank holiday, in both.
 *
 * @throws ClockFault where the day is no bank holiday
 */
export function removeHoliday(calendars: Calendars, date: Temporal.PlainDate): Calendars {
  if (!calendars['UK-any'].holidayOn.has(dayNumber(date))) {
    throw new ClockFault('holiday', `${dateInWords(date)} is not a bank holiday, so it cannot be taken away.`)
  }
  return { EW: withoutHoliday(calendars.EW, date), 'UK-any': withoutHoliday(calendars['UK-any'], date) }
}

function withHoliday(calendar: Calendar, holiday: Holiday): Calendar {
  const others = calendar.holidays.filter(other => !other.date.equals(holiday.date))
  const holidays = [...others, holiday].sort((a, b) => Temporal.PlainDate.compare(a.date, b.date))
  return makeCalendar({ ...calendar, holidays })
}

function withoutHoliday(calendar: Calendar, date: Temporal.PlainDate): Calendar {
  return makeCalendar({ ...calendar, holidays: calendar.holidays.filter(holiday => !holiday.date.equals(date)) })
}

function outOfReach(): never {
  throw new ClockFault('from', 'Days are counted from 1970 to 2100 only. Give a date that leads to a day between them.')
}
