import { clearWorkingDays, nthWorkingDayAfter, twoThirds } from './arithmetic.ts'
import { isWorkingDay } from './calendar.ts'
import type { Calendar } from './calendar.ts'
import { dayNumber, dayOf } from './days.ts'

/**
 * The panel's scrutiny of the precept (2011 Act Sch 5; SI 2012/2271 regs 3 to 8), where dates decide what follows.
 */

/** Whether a veto is carried: two-thirds of the members in post, however many are present (Sch 5 para 4). */
export function isVetoCarried(membersInPost: number, votesForVeto: number): boolean {
  return votesForVeto >= twoThirds(membersInPost)
}

type PreceptOutcome =
  /** The panel's report came late, or it did not veto: the proposed precept may be issued. */
  | 'scrutiny-ended-proposed-may-issue'
  /** The veto stands: a revised precept must be named by 15 February. */
  | 'revised-precept-owed'
  /** No report yet, and 8 February is not over. */
  | 'report-awaited'

/**
 * Where scrutiny of a proposed precept stands once the panel's report was sent, or its time has run out. A report sent
 * after 8 February does not count, whatever it says (reg 4).
 *
 * @param due the panel's last day (rule R4)
 */
export function preceptOutcome(
  due: Temporal.PlainDate,
  report: { sent: Temporal.PlainDate; veto: boolean } | null,
  today: Temporal.PlainDate,
): PreceptOutcome {
  if (report === null) {
    return Temporal.PlainDate.compare(today, due) > 0 ? 'scrutiny-ended-proposed-may-issue' : 'report-awaited'
  }
  const inTime = Temporal.PlainDate.compare(report.sent, due) <= 0
  return inTime && report.veto ? 'revised-precept-owed' : 'scrutiny-ended-proposed-may-issue'
}

/**
 * The earliest day on which a meeting may lawfully take a paper published on a day, with this many clear working days
 * between (rule AGENDA-E: 5).
 */
export function earliestMeeting(
  published: Temporal.PlainDate,
  clearDays: number,
  calendar: Calendar,
): Temporal.PlainDate {
  return dayOf(nthWorkingDayAfter(calendar, dayNumber(published), clearDays + 1))
}

/** The last day on which papers for a meeting may be published, and whether that day has passed when they arrive. */
export function papersInTime(
  arrived: Temporal.PlainDate,
  meeting: Temporal.PlainDate,
  clearDays: number,
  calendar: Calendar,
): { publishBy: Temporal.PlainDate; inTime: boolean } {
  const last = clearWorkingDays(calendar, dayNumber(meeting), clearDays)
  const day = dayNumber(arrived)
  const publishable = isWorkingDay(calendar, day) ? day : dayNumber(earliestMeeting(arrived, 0, calendar))
  return { publishBy: dayOf(last), inTime: publishable <= last }
}
