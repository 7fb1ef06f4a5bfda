import { london } from '../../platform/time.ts'
import { ClockFault } from './clock-fault.ts'
import { dayOf } from './days.ts'
import { startingDay } from './facts.ts'
import type { ClockFacts } from './facts.ts'
import { isInForce } from './in-force.ts'
import { measure } from './measure.ts'
import type { ClockBasis, Measure } from './measure.ts'
import type { ClockRule } from './rule.ts'
import { workingOf } from './working.ts'

/** One clock worked out, with the working in sentences. */
export interface ClockResult {
  /** The rule's identifier. */
  rule: string
  /** The trigger: a day, or a London date-time where hours count; null where a year or a number is given. */
  from: Temporal.PlainDate | Temporal.PlainDateTime | null
  /** The last lawful day (whole, London), or the moment where hours count. Null where no length exists. */
  due: Temporal.PlainDate | Temporal.PlainDateTime | null
  /** The last working day on or before a due date that weekends and bank holidays do not move. */
  planBy: Temporal.PlainDate | null
  /** Votes needed (the veto alone). */
  votes: number | null
  /** False where the length is the product's own default or a local convention. */
  lawful: boolean
  /** False where the rule was not law on the day, or not law in that part of the country. */
  inForce: boolean
  /** True where the date rests on bank holidays or an election not yet known. */
  uncertain: boolean
  /** The working: the rule, the start, what was left out and why, the end, and what is not certain. */
  working: readonly string[]
  /** The law with its section. */
  source: string
}

/**
 * Works out one clock.
 *
 * @param rule one rule of data/clock-rules
 * @param facts the trigger and whatever pauses, extends or shortens the count
 * @param basis calendars and elections
 * @throws ClockFault naming the fact that is missing or wrong, or where a plain year holds several dates
 */
export function computeClock(rule: ClockRule, facts: ClockFacts, basis: ClockBasis): ClockResult {
  const [result, another] = computeClocks(rule, facts, basis)
  if (result === undefined || another !== undefined) {
    throw new ClockFault('year', `${rule.id} has several dates in that year: give the financial year, like 2025/26.`)
  }
  return result
}

/** The same, with every date where a plain year holds several (accounts of two years published in one). */
export function computeClocks(rule: ClockRule, facts: ClockFacts, basis: ClockBasis): readonly ClockResult[] {
  return measure(rule, facts, basis).map(measured => resultOf(rule, facts, measured, basis))
}

function resultOf(rule: ClockRule, facts: ClockFacts, measured: Measure, basis: ClockBasis): ClockResult {
  return {
    rule: rule.id,
    from: startOf(facts, measured),
    due: dueOf(measured),
    planBy: measured.planBy === null ? null : dayOf(measured.planBy),
    votes: measured.votes,
    lawful: rule.lawful && facts.length === undefined,
    inForce: isInForce(rule, facts, measured),
    uncertain: measured.uncertain,
    working: workingOf(rule, facts, measured, basis),
    source: rule.source,
  }
}

function startOf(facts: ClockFacts, measured: Measure): ClockResult['from'] {
  if (facts.from === undefined) return null
  if (measured.dueAt === null) return startingDay(facts.from)
  return facts.from instanceof Temporal.Instant ? facts.from.toZonedDateTimeISO(london).toPlainDateTime() : facts.from
}

/** The due day or moment of a measure. */
export function dueOf(measured: Measure): ClockResult['due'] {
  return measured.dueAt ?? (measured.due === null ? null : dayOf(measured.due))
}
