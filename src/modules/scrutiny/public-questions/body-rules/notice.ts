import { london } from '../../../../platform/time.ts'
import { computeClock, findRule } from '../../../../record/clocks/index.ts'
import type { ClockBasis, ClockRules } from '../../../../record/clocks/index.ts'

/** How long before a meeting a question must be asked, to be sure of being put: a body's own rule. */
export interface Notice {
  length: number
  unit: 'working-days' | 'days'
  /** Whether neither the day of asking nor that of the meeting counts. */
  clear: boolean
  /** London time on the last day (`12:00`); null where the whole day counts. */
  until: string | null
}

/** The last day on which a question is in time, and how it was found. */
export interface AskBy {
  day: Temporal.PlainDate
  /** The first moment that is too late. */
  before: Temporal.Instant
  /** The length as the clock QUESTION-TIME counts it. */
  counted: number
  /** The days counted, in sentences; empty where nothing is counted. */
  working: readonly string[]
}

/** The clock by which notice in working days is counted. */
export const noticeRule = 'QUESTION-TIME'

/**
 * The last day and moment for a question to a meeting. Pure.
 *
 * @param data the rules and calendars by which working days are counted
 */
export function askBy(
  notice: Notice,
  meeting: Temporal.PlainDate,
  data: { rules: ClockRules; basis: ClockBasis },
): AskBy {
  const counted = notice.length + (notice.clear ? 1 : 0)
  const { day, working } = lastDay(notice, meeting, counted, data)
  return { day, before: firstMomentAfter(day, notice.until), counted, working }
}

function lastDay(
  notice: Notice,
  meeting: Temporal.PlainDate,
  counted: number,
  { rules, basis }: { rules: ClockRules; basis: ClockBasis },
): { day: Temporal.PlainDate; working: readonly string[] } {
  if (notice.unit === 'days' || counted === 0) return { day: meeting.subtract({ days: counted }), working: [] }
  const rule = findRule(rules, noticeRule)
  const { due, working } = computeClock(rule, { from: meeting, length: counted }, basis)
  const day = due instanceof Temporal.PlainDateTime ? due.toPlainDate() : (due ?? meeting)
  return { day, working: working.filter(line => line !== rule.sentence && line !== rule.note) }
}

/** Midnight in London after the day; or the time set on it, which is itself still in time for its first second. */
function firstMomentAfter(day: Temporal.PlainDate, until: string | null): Temporal.Instant {
  const end =
    until === null
      ? day.add({ days: 1 }).toZonedDateTime({ timeZone: london })
      : day.toZonedDateTime({ timeZone: london, plainTime: until }).add({ seconds: 1 })
  return end.toInstant()
}

/** Whether a question came in after its last moment. */
export function isLate(received: Temporal.Instant, deadline: Pick<AskBy, 'before'>): boolean {
  return Temporal.Instant.compare(received, deadline.before) >= 0
}

/** "3 clear working days", "1 day" */
export function noticeInWords({ length, unit, clear }: Pick<Notice, 'length' | 'unit' | 'clear'>): string {
  const day = length === 1 ? 'day' : 'days'
  return [String(length), ...(clear ? ['clear'] : []), ...(unit === 'working-days' ? ['working'] : []), day].join(' ')
}
