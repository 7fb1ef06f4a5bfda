import { london } from '../../platform/time.ts'

/** Messages go out from seven in the morning, and not in the evening or at night, even after a standstill. */
const begins = Temporal.PlainTime.from('07:00')
const ends = Temporal.PlainTime.from('19:00')

/** Whether messages may go out at a moment: between seven and seven by the clocks of London. */
export function isSendingTime(now: Temporal.Instant): boolean {
  const time = now.toZonedDateTimeISO(london).toPlainTime()
  return Temporal.PlainTime.compare(time, begins) >= 0 && Temporal.PlainTime.compare(time, ends) < 0
}

/**
 * When messages are written next: at seven, or at once where the program was not running then.
 *
 * @param finished whether those of today are written already
 */
export function nextRun(now: Temporal.Instant, finished: boolean): Temporal.Instant {
  const here = now.toZonedDateTimeISO(london)
  const today = here.toPlainDate()
  const early = Temporal.PlainTime.compare(here.toPlainTime(), begins) < 0
  if (!early && !finished && isSendingTime(now)) return now
  const day = early && !finished ? today : today.add({ days: 1 })
  return day.toZonedDateTime({ timeZone: london, plainTime: begins }).toInstant()
}
