import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { clockRules } from '../clock-basis.ts'
import type { JudgedAt } from '../clock-models.ts'
import { standingOf } from '../clock-rows.ts'
import type { RunningClock } from '../clock-rows.ts'
import { dueSoonDays } from '../clocks/index.ts'

/** How urgent what is owed is, the most urgent first. */
export const urgencies = ['overdue', 'today', 'soon', 'later', 'no-day', 'paused', 'period'] as const
export type Urgency = (typeof urgencies)[number]

/** The urgencies as headings. */
export const urgencyWords: Readonly<Record<Urgency, string>> = {
  overdue: 'Overdue',
  today: 'Due today',
  soon: `Due in the next ${String(dueSoonDays)} days`,
  later: 'Later',
  'no-day': 'No day is set',
  paused: 'Paused',
  period: 'Periods that run',
}

/** Whether the clocks of an urgency have a day to be put in order by. */
export function hasDays(urgency: Urgency): boolean | 'some' {
  if (urgency === 'no-day' || urgency === 'paused') return false
  return urgency === 'period' ? 'some' : true
}

/**
 * How urgent a clock is on a day; null where nothing is owed: it does not run, was not law, or is a period that is over
 * or, in a historical area, past its last paper.
 */
export function urgencyOf(clock: RunningClock, { now, asAt }: JudgedAt): Urgency | null {
  if ((clock.state !== 'running' && clock.state !== 'paused') || !clock.inForce) return null
  if (clock.state === 'paused') return 'paused'
  const { state } = standingOf(clock, now, asAt)
  if (clock.rule.lastDay !== 'do-by') return state === 'not-due' ? 'period' : null
  if (clock.due === null) return 'no-day'
  switch (state) {
    case 'overdue':
      return 'overdue'
    case 'due-today':
      return 'today'
    case 'due-soon':
      return 'soon'
    case 'not-due':
      return 'later'
    default:
      return null
  }
}

/** The rules that something stays open or waits by: nobody is late with them. */
function periodRules(): string[] {
  return [...clockRules().values()].filter(rule => rule.lastDay !== 'do-by').map(rule => rule.id)
}

/** The day by which clocks are judged, and the moment where hours count. */
function dayAndMoment({ now, asAt }: JudgedAt): { day: Temporal.PlainDate; moment: Temporal.PlainDateTime } {
  const moment = now instanceof Temporal.PlainDate ? now.toPlainDateTime() : now
  const day = moment.toPlainDate()
  return asAt === null || Temporal.PlainDate.compare(day, asAt) <= 0
    ? { day, moment }
    : { day: asAt, moment: asAt.toPlainDateTime({ hour: 23, minute: 59 }) }
}

/** The same as `urgencyOf`, as a condition on the columns of the clock table. */
export function isUrgent(urgency: Urgency | null, judged: JudgedAt): RawBuilder<boolean> {
  const { day, moment } = dayAndMoment(judged)
  const soon = day.add({ days: dueSoonDays })
  const over = sql`(due < ${day}::date or due_at < ${moment}::timestamp)`
  const still = judged.asAt === null ? sql`false` : over
  const period = sql`rule = any (${periodRules()}::text[])`
  const owed = sql`state = 'running' and in_force and not ${period}`
  switch (urgency) {
    case null:
      return sql`in_force and state in ('running', 'paused')
        and (state = 'paused' or not (coalesce(${over}, false) and (${period} or ${still})))`
    case 'overdue':
      return judged.asAt === null ? sql`${owed} and due <= ${day}::date and ${over}` : sql`false`
    case 'today':
      return sql`${owed} and due = ${day}::date and not coalesce(due_at < ${moment}::timestamp, false)`
    case 'soon':
      return sql`${owed} and due > ${day}::date and due <= ${soon}::date`
    case 'later':
      return sql`${owed} and due > ${soon}::date`
    case 'no-day':
      return sql`${owed} and due is null`
    case 'paused':
      return sql`state = 'paused' and in_force`
    case 'period':
      return sql`state = 'running' and in_force and ${period} and not coalesce(${over}, false)`
  }
}
