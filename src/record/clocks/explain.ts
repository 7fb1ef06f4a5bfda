import { london } from '../../platform/time.ts'
import { dueOf } from './compute-clock.ts'
import type { ClockResult } from './compute-clock.ts'
import { startingDay } from './facts.ts'
import type { ClockFacts } from './facts.ts'
import { measure } from './measure.ts'
import type { ClockBasis, Measure } from './measure.ts'
import type { ClockRule } from './rule.ts'
import { howCounted } from './working-count.ts'
import { daysLeftOut } from './working-left-out.ts'
import type { DaysLeftOut } from './working-left-out.ts'
import { howItEnds, whatIsUncertain, whetherLaw } from './working.ts'

/** The working of a clock in its parts, for a page that shows each under its heading. */
export interface Explanation {
  /** The starting event, with its day or London moment; null where a year or a number is given. */
  started: { what: string; on: Temporal.PlainDate | Temporal.PlainDateTime } | null
  /** How the days are counted, and why it was extended. */
  counted: readonly string[]
  leftOut: readonly DaysLeftOut[]
  /** The last day, that it moved, and the day to plan by. */
  ended: readonly string[]
  due: ClockResult['due']
  uncertain: readonly string[]
  /** Whether it was law then and there, and what else a reader should know. */
  notes: readonly string[]
}

/**
 * Explains a clock part by part: the same count as `computeClocks`, with one explanation for each date.
 *
 * @throws ClockFault where the facts do not make a clock of the rule
 */
export function explainClocks(rule: ClockRule, facts: ClockFacts, basis: ClockBasis): readonly Explanation[] {
  return measure(rule, facts, basis).map(measured => explanationOf(rule, facts, measured, basis))
}

function explanationOf(rule: ClockRule, facts: ClockFacts, measured: Measure, basis: ClockBasis): Explanation {
  return {
    started: startOf(rule, facts),
    counted: howCounted(rule, facts, measured, basis),
    leftOut: daysLeftOut(rule, facts, measured, basis.calendars[rule.calendar]),
    ended: howItEnds(rule, measured),
    due: dueOf(measured),
    uncertain: whatIsUncertain(rule, measured, basis),
    notes: [...whetherLaw(rule, facts, measured), ...(rule.note === undefined ? [] : [rule.note])],
  }
}

function startOf(rule: ClockRule, { from }: ClockFacts): Explanation['started'] {
  if (from === undefined) return null
  if (rule.arithmetic.count !== 'hours-after') return { what: rule.trigger, on: startingDay(from) }
  return {
    what: rule.trigger,
    on: from instanceof Temporal.Instant ? from.toZonedDateTimeISO(london).toPlainDateTime() : from,
  }
}
