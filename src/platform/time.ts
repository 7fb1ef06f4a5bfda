/** The time zone of every date in Peelian. */
export const london = 'Europe/London'

/** The calendar day in London at an instant. */
export function londonDate(instant: Temporal.Instant): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(london).toPlainDate()
}

/** 6 December 2022 */
export function longDate(date: Temporal.PlainDate): string {
  return date.toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
}
