import { londonDate } from '../../platform/time.ts'
import type { Jurisdiction } from './rule.ts'

/** A stretch in which the clock stood still: from the day it was asked to the day it was answered. */
export interface Pause {
  from: Temporal.PlainDate
  /** Null while the answer is still waited for. */
  to: Temporal.PlainDate | null
}

/** Days that do not count, both ends included. */
export interface LeftOut {
  from: Temporal.PlainDate
  to: Temporal.PlainDate
  /** Why, in words that follow "left out:". */
  why?: string
}

/** A calendar year (2026) or a financial year (2026/27 is `{ kind: 'financial', year: 2026 }`). */
export interface ClockYear {
  kind: 'calendar' | 'financial'
  year: number
}

/** An ordinary election of commissioners; one to come is not certain while the law may change. */
export interface OrdinaryElection {
  date: Temporal.PlainDate
  certain: boolean
}

/** What is known of one clock. Which facts are needed follows from the rule. */
export interface ClockFacts {
  /** The trigger: a day, a London date-time, or an instant. */
  from?: Temporal.PlainDate | Temporal.PlainDateTime | Temporal.Instant | undefined
  year?: ClockYear | undefined
  /** Members in post. */
  members?: number | undefined
  paused?: readonly Pause[] | undefined
  leftOut?: readonly LeftOut[] | undefined
  /** The ground of the rule's extension holds. */
  extended?: boolean | undefined
  /** The length an area or body has set, in the unit of the rule's setting. */
  length?: number | undefined
  /** England where not given. */
  jurisdiction?: Jurisdiction | undefined
}

/** The London day on which a clock starts. */
export function startingDay(from: NonNullable<ClockFacts['from']>): Temporal.PlainDate {
  if (from instanceof Temporal.PlainDate) return from
  return from instanceof Temporal.Instant ? londonDate(from) : from.toPlainDate()
}

/** "2026" or "2026/27" */
export function yearInWords(year: ClockYear): string {
  if (year.kind === 'calendar') return String(year.year)
  return `${year.year}/${String((year.year + 1) % 100).padStart(2, '0')}`
}
