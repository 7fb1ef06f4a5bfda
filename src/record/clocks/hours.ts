import { london } from '../../platform/time.ts'
import { ClockFault } from './clock-fault.ts'
import { momentInWords } from './days.ts'
import type { ClockFacts } from './facts.ts'

/**
 * The moment a number of clock hours later, in London (UK GDPR art 33: 72 hours). Hours run on through the nights on
 * which the clocks change, so the time of day may differ by one.
 *
 * @throws ClockFault for a time that the clocks skipped in spring
 */
export function hoursAfter(from: NonNullable<ClockFacts['from']>, hours: number): Temporal.PlainDateTime {
  return londonMoment(from).add({ hours }).toPlainDateTime()
}

/** True for a time that came twice, on the night the clocks went back; the first of the two is then counted from. */
export function cameTwice(from: NonNullable<ClockFacts['from']>): boolean {
  if (!(from instanceof Temporal.PlainDateTime)) return false
  const first = from.toZonedDateTime(london, { disambiguation: 'earlier' })
  return !first.equals(from.toZonedDateTime(london, { disambiguation: 'later' }))
}

function londonMoment(from: NonNullable<ClockFacts['from']>): Temporal.ZonedDateTime {
  if (from instanceof Temporal.Instant) return from.toZonedDateTimeISO(london)
  if (from instanceof Temporal.PlainDate) return from.toZonedDateTime(london)
  const moment = from.toZonedDateTime(london, { disambiguation: 'earlier' })
  if (moment.toPlainDateTime().equals(from)) return moment
  throw new ClockFault('from', `There was no ${momentInWords(from)}: the clocks went forward by an hour in that night.`)
}
