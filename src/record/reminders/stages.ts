import {
  firstDay,
  isWorkingDay,
  workingDay,
  workingDayOnOrAfter,
  workingDayOnOrBefore,
  workingDaysUpTo,
} from '../clocks/calendar.ts'
import type { Calendar } from '../clocks/calendar.ts'
import { dayNumber } from '../clocks/days.ts'
import type { DayNumber } from '../clocks/days.ts'

/**
 * A stage of a deadline at which somebody is told: some days before, on the day, on the first working day after it and
 * each week from then on. Whoever it goes on to is told some working days later, and each week from then on.
 */
export type Stage = 'before' | 'on' | `after-${number}` | `escalated-${number}`

/** Whose stages are asked for: those of who owes, or of whoever an overdue deadline goes on to. */
export type StageTrack =
  /** `daysBefore` is counted in days of the calendar; 0 leaves the first stage out. */
  | { kind: 'own'; daysBefore: number }
  /** `afterDays`: working days after the first working day on which it is overdue. */
  | { kind: 'escalated'; afterDays: number }

const week = 7

/**
 * The stage a deadline has reached on a day, the latest if several were passed; null before the first, and on every day
 * that is not a working day: nobody is written to then. What falls on such a day is told on the working day before it
 * where it is still to come, and on the one after it where it has passed.
 */
export function stageReached(
  calendar: Calendar,
  due: Temporal.PlainDate,
  today: Temporal.PlainDate,
  track: StageTrack,
): Stage | null {
  // Days are counted from 1970: what was due before that is overdue all the same.
  const on = Math.max(dayNumber(due), firstDay + 1)
  const now = dayNumber(today)
  if (!isWorkingDay(calendar, now)) return null
  const overdue = firstWorkingDayAfter(calendar, on)
  if (track.kind === 'escalated') {
    const from = workingDay(calendar, workingDaysUpTo(calendar, overdue) + track.afterDays)
    return now < from ? null : `escalated-${weeksSince(from, now)}`
  }
  if (now >= overdue) return `after-${weeksSince(overdue, now)}`
  if (now >= workingDayOnOrBefore(calendar, on)) return 'on'
  const told = track.daysBefore > 0 && now >= workingDayOnOrBefore(calendar, on - track.daysBefore)
  return told ? 'before' : null
}

/** The last day before the next working day: what is due until then cannot wait for the next message. */
export function lastDayBeforeNextMessage(calendar: Calendar, today: Temporal.PlainDate): Temporal.PlainDate {
  const now = dayNumber(today)
  return today.add({ days: firstWorkingDayAfter(calendar, now) - now - 1 })
}

/** Whether anybody is written to on a day at all. */
export function isMessageDay(calendar: Calendar, day: Temporal.PlainDate): boolean {
  return isWorkingDay(calendar, dayNumber(day))
}

function firstWorkingDayAfter(calendar: Calendar, day: DayNumber): DayNumber {
  return workingDayOnOrAfter(calendar, day + 1)
}

/** Since both are working days, what a week ends on a holiday is told on the working day after it by itself. */
function weeksSince(from: DayNumber, now: DayNumber): number {
  return Math.floor((now - from) / week)
}
