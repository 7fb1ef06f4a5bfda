import { london } from '../platform/time.ts'
import type { RelativeDay } from './invented/facts.ts'

const days: readonly RelativeDay['day'][] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']

/** The day that a relative day means, counted from the Monday of the week that holds today. */
export function dayOf({ week, day }: RelativeDay, today: Temporal.PlainDate): Temporal.PlainDate {
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  return monday.add({ days: 7 * week + days.indexOf(day) })
}

/** The month that a relative month means: 0 holds today, -1 is the last whole one. */
export function monthOf(month: number, today: Temporal.PlainDate): Temporal.PlainYearMonth {
  return today.toPlainYearMonth().add({ months: month })
}

/** A time of day in London as a moment. */
export function momentOf(day: Temporal.PlainDate, time: string): Temporal.Instant {
  return day.toZonedDateTime({ timeZone: london, plainTime: Temporal.PlainTime.from(time) }).toInstant()
}
