import { dueOf } from './compute-clock.ts'
import { dayOf } from './days.ts'
import type { ClockFacts } from './facts.ts'
import { measure } from './measure.ts'
import type { ClockBasis } from './measure.ts'
import type { ClockRule } from './rule.ts'

type Due = Temporal.PlainDate | Temporal.PlainDateTime | null

/** One running clock as re-dating needs it: its rule and facts, and the days it has now. */
export interface DatedClock<Id> {
  id: Id
  rule: ClockRule
  facts: ClockFacts
  due: Due
  planBy: Temporal.PlainDate | null
}

/** A clock whose day, or day to plan by, moved: the old ones go into the history. */
export interface MovedClock<Id> {
  id: Id
  was: { due: Due; planBy: Temporal.PlainDate | null }
  due: Due
  planBy: Temporal.PlainDate | null
  uncertain: boolean
}

/**
 * Dates running clocks again, after a holiday was proclaimed or withdrawn, and gives those whose days moved.
 *
 * @param clocks the running clocks with the days each has now
 * @param basis the calendars as they are now
 * @throws ClockFault where a clock's facts do not suit its rule
 */
export function redate<Id>(clocks: Iterable<DatedClock<Id>>, basis: ClockBasis): readonly MovedClock<Id>[] {
  const moved: MovedClock<Id>[] = []
  for (const { id, rule, facts, due, planBy } of clocks) {
    const [measured] = measure(rule, facts, basis)
    if (measured === undefined) continue
    const now = { due: dueOf(measured), planBy: measured.planBy === null ? null : dayOf(measured.planBy) }
    if (sameDay(now.due, due) && sameDay(now.planBy, planBy)) continue
    moved.push({ id, was: { due, planBy }, ...now, uncertain: measured.uncertain })
  }
  return moved
}

function sameDay(one: Due, other: Due): boolean {
  if (one instanceof Temporal.PlainDate && other instanceof Temporal.PlainDate) return one.equals(other)
  return String(one) === String(other)
}
