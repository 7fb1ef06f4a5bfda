import { dayNumber } from './days.ts'
import type { ClockFacts } from './facts.ts'
import type { Measure } from './measure.ts'
import { startingFact } from './rule.ts'
import type { ClockRule } from './rule.ts'

/**
 * Whether the rule was law: on the day of the trigger, or, where statute names the date itself, on that date. A rule
 * whose commencement is not recorded is taken as always in force. A 2014 record is so never judged by a duty of 2021.
 */
export function isInForce(rule: ClockRule, facts: ClockFacts, measured: Measure): boolean {
  const { commencement, from, until } = rule.inForce
  if (commencement === 'not-commenced' || !isLawIn(rule, facts)) return false
  const day = judgedOn(rule, measured)
  if (day === null) return true
  const begun = from === null || dayNumber(Temporal.PlainDate.from(from)) <= day
  return begun && (until === null || day <= dayNumber(Temporal.PlainDate.from(until)))
}

/** Whether the rule is law in the part of the country the clock runs in. */
export function isLawIn(rule: ClockRule, facts: ClockFacts): boolean {
  return rule.jurisdiction === undefined || facts.jurisdiction === undefined || rule.jurisdiction === facts.jurisdiction
}

/** Dates named by statute are judged on that date: the plan of November 2012 was due in March 2013. */
function judgedOn(rule: ClockRule, measured: Measure): number | null {
  const named = startingFact(rule) === 'year' || rule.arithmetic.count === 'financial-year-end'
  return named ? measured.due : measured.start
}
