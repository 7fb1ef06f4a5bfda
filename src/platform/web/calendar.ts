import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator'

export interface CalendarEvent {
  /** Never changes for one meeting: its UUID. */
  id: string
  title: string
  /** A day, or a moment where the time is known. */
  start: Temporal.PlainDate | Temporal.ZonedDateTime
  end?: Temporal.PlainDate | Temporal.ZonedDateTime
  place: string | null
  /** Below the site's own address. */
  path: string
  description: string | null
  /** Raised with every change, so that calendars take the newer. */
  sequence: number
  status: 'confirmed' | 'tentative' | 'cancelled'
  /** When it was last changed. */
  stamp: Temporal.Instant
  /** It takes nobody's time: a deadline, beside which the day stays free. */
  free?: true
}

export const calendarType = 'text/calendar; charset=utf-8'

const statuses = {
  confirmed: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
} as const

/**
 * Meetings as an iCalendar file (RFC 5545). A cancelled one stays in it as cancelled, or calendars would keep it.
 *
 * @param baseUrl the site's own address, without a slash at the end
 */
export function writeCalendar(name: string, events: readonly CalendarEvent[], baseUrl: string): string {
  const calendar = ical({ name, prodId: { company: 'Peelian', product: 'Peelian', language: 'EN' } })
  calendar.method(ICalCalendarMethod.PUBLISH)
  const host = new URL(baseUrl).hostname
  for (const event of events) {
    calendar.createEvent({
      id: `${event.id}@${host}`,
      summary: event.title,
      start: universal(event.start),
      ...(event.end === undefined ? {} : { end: universal(event.end) }),
      allDay: event.start instanceof Temporal.PlainDate,
      location: event.place,
      description: event.description,
      url: baseUrl + event.path,
      sequence: event.sequence,
      status: statuses[event.status],
      stamp: event.stamp,
      lastModified: event.stamp,
      ...(event.free === true && { transparency: ICalEventTransparency.TRANSPARENT }),
    })
  }
  return calendar.toString()
}

/** Moments go out in universal time, which every calendar reads; days stay days. */
function universal(time: CalendarEvent['start']): Temporal.PlainDate | Temporal.Instant {
  return time instanceof Temporal.PlainDate ? time : time.toInstant()
}
