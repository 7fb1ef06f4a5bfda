import { financialYearOf, monthsBeginningWith, nthWorkingDayAfter, periodEnd, startingDayAfter } from './arithmetic.ts'
import type { Calendars } from './calendar.ts'
import { dateInWords, dayNumber, dayOf } from './days.ts'
import { yearInWords } from './facts.ts'
import type { ClockRule } from './rule.ts'
import type { ClockStanding } from './states.ts'

/**
 * The grounds on which an item of the Specified Information Order need not be published (article 2(2)), and whose
 * decision each is: the first three are the chief officer's view.
 */
const withholdingGrounds = {
  'national-security': 'chief-constable',
  safety: 'chief-constable',
  'crime-and-justice': 'chief-constable',
  prohibited: 'chief-executive',
} as const
type WithholdingGround = keyof typeof withholdingGrounds

/** What is known of the publication of one item. Which facts matter follows from the rule's `freshness`. */
export interface FreshnessFacts {
  /** `month`, `quarter`, `year`: the last day of the latest period published, or null if none was. */
  publishedThrough?: Temporal.PlainDate | null
  /** `month`, `quarter`, `year`: the day from which the duty ran for this body, where nothing was published yet. */
  since?: Temporal.PlainDate
  /** `year-ahead`: the year in which the latest financial year published begins (2027 for 2027/28), or null. */
  publishedYear?: number | null
  /** `review`: the day it was last published or reviewed. */
  lastReviewed?: Temporal.PlainDate | null
  /** `event`: the day the oldest thing not yet published became available; null when nothing waits. */
  waitingSince?: Temporal.PlainDate | null
  /** `one-month`: the day the inspectorate or the IOPC published, and the day we did. */
  trigger?: Temporal.PlainDate | null
  publishedOn?: Temporal.PlainDate | null
  /** Withheld under article 2(2): the ground, and the role of who decided. */
  withheld?: { ground: WithholdingGround; decidedBy: string }
}

/** How fresh an item is, with the last day that is still in time. */
export interface Freshness extends ClockStanding {
  due: Temporal.PlainDate | null
}

/** Days the product allows; none of them is law. */
const allowedAfterPeriod = 30
const availableWorkingDays = 5
const availableDays = 28

/**
 * How fresh a published item is on a day: not-due (green), due-soon (amber), overdue (red), not-applicable (withheld,
 * with its ground) or not-known. Where the Order says "as soon as practicable" the days are the product's own.
 *
 * @param rule a rule of the publication scheme, with a `freshness`
 */
export function freshness(
  rule: ClockRule,
  facts: FreshnessFacts,
  today: Temporal.PlainDate,
  calendars: Calendars,
): Freshness {
  const withheld = withheldStanding(facts.withheld)
  if (withheld !== null) return withheld
  switch (rule.freshness) {
    case 'month':
    case 'quarter':
      return periodic(rule.freshness, facts, today)
    case 'year':
      return yearly(facts, today)
    case 'year-ahead':
      return yearAhead(facts, today)
    case 'review':
      return reviewed(rule, facts, today)
    case 'event':
      return waiting(facts, today, calendars)
    case 'one-month':
      return withinAMonth(facts, today)
    case undefined:
      return notKnown('This rule is not on the publication scheme.')
  }
}

function withheldStanding(withheld: FreshnessFacts['withheld']): Freshness | null {
  if (withheld === undefined || withholdingGrounds[withheld.ground] !== withheld.decidedBy) return null
  const ground = groundWords[withheld.ground]
  return { state: 'not-applicable', reason: `Withheld: ${ground} (article 2(2)).`, days: null, due: null }
}

const groundWords: Readonly<Record<WithholdingGround, string>> = {
  'national-security': "in the chief officer's view publication would be against the interests of national security",
  safety: "in the chief officer's view publication might jeopardise someone's safety",
  'crime-and-justice': "in the chief officer's view publication might prejudice crime prevention or justice",
  prohibited: 'publication is prohibited by an enactment',
}

/** The oldest period that ended and is not published decides; 30 days after its end it is overdue. */
function periodic(period: 'month' | 'quarter', facts: FreshnessFacts, today: Temporal.PlainDate): Freshness {
  const next = nextUnpublished(period, facts)
  if (next === null) return notKnown('Nothing published is known.')
  const due = dayOf(startingDayAfter(dayNumber(next), allowedAfterPeriod))
  return duringAndAfter(
    next.add({ days: 1 }),
    due,
    today,
    `The ${period} to be published ended on ${dateInWords(next)}.`,
  )
}

function nextUnpublished(period: 'month' | 'quarter', facts: FreshnessFacts): Temporal.PlainDate | null {
  const first = facts.publishedThrough ? facts.publishedThrough.add({ days: 1 }) : facts.since
  return first === undefined ? null : dayOf(periodEnd(dayNumber(first), period))
}

/** Each financial year after it ends; overdue after 30 June. */
function yearly(facts: FreshnessFacts, today: Temporal.PlainDate): Freshness {
  const first = facts.publishedThrough ? facts.publishedThrough.add({ days: 1 }) : facts.since
  if (first === undefined) return notKnown('Nothing published is known.')
  const begins = financialYearOf(first)
  const words = yearInWords({ kind: 'financial', year: begins })
  const ended = new Temporal.PlainDate(begins + 1, 4, 1)
  return duringAndAfter(ended, ended.with({ month: 6, day: 30 }), today, `The year to be published is ${words}.`)
}

/** Before the financial year begins: overdue on 1 April, due soon through March. */
function yearAhead(facts: FreshnessFacts, today: Temporal.PlainDate): Freshness {
  if (facts.publishedYear === undefined) return notKnown('Nothing published is known.')
  const wanted = facts.publishedYear === null ? financialYearOf(today) : facts.publishedYear + 1
  const words = yearInWords({ kind: 'financial', year: wanted })
  const due = new Temporal.PlainDate(wanted, 3, 31)
  return duringAndAfter(due.with({ day: 1 }), due, today, `The year to be published is ${words}.`)
}

/** Overdue once 6 or 12 months have passed since the last review; due soon in the month before. */
function reviewed(rule: ClockRule, facts: FreshnessFacts, today: Temporal.PlainDate): Freshness {
  if (!facts.lastReviewed) return notKnown('No review is known.')
  const months = 'length' in rule.arithmetic ? (rule.arithmetic.length ?? 12) : 12
  const due = facts.lastReviewed.add({ months })
  return duringAndAfter(
    due.subtract({ months: 1 }),
    due,
    today,
    `It was last reviewed on ${dateInWords(facts.lastReviewed)}.`,
  )
}

/** Amber after 5 working days, overdue after 28 days. */
function waiting(facts: FreshnessFacts, today: Temporal.PlainDate, calendars: Calendars): Freshness {
  if (facts.waitingSince === undefined) return notKnown('Whether anything waits is not known.')
  if (facts.waitingSince === null)
    return { state: 'not-due', reason: 'Nothing waits to be published.', days: null, due: null }
  const since = dayNumber(facts.waitingSince)
  const amber = dayOf(nthWorkingDayAfter(calendars.EW, since, availableWorkingDays) + 1)
  const due = dayOf(startingDayAfter(since, availableDays))
  return duringAndAfter(amber, due, today, `The oldest has waited since ${dateInWords(facts.waitingSince)}.`)
}

/** Within one month beginning with the publication it follows. */
function withinAMonth(facts: FreshnessFacts, today: Temporal.PlainDate): Freshness {
  if (!facts.trigger) return notKnown('No publication to follow is known.')
  const due = dayOf(monthsBeginningWith(dayNumber(facts.trigger), 1))
  if (facts.publishedOn) {
    const late = Temporal.PlainDate.compare(facts.publishedOn, due) > 0
    return { state: late ? 'kept-late' : 'kept', reason: null, days: daysLeft(facts.publishedOn, due), due }
  }
  return duringAndAfter(facts.trigger, due, today, `What it follows was published on ${dateInWords(facts.trigger)}.`)
}

/** Green before `amber`, amber from it to the due day, red after. */
function duringAndAfter(
  amber: Temporal.PlainDate,
  due: Temporal.PlainDate,
  today: Temporal.PlainDate,
  reason: string,
): Freshness {
  const days = daysLeft(today, due)
  if (days < 0) return { state: 'overdue', reason, days, due }
  return { state: Temporal.PlainDate.compare(today, amber) < 0 ? 'not-due' : 'due-soon', reason, days, due }
}

function daysLeft(from: Temporal.PlainDate, due: Temporal.PlainDate): number {
  return from.until(due, { largestUnit: 'day' }).days
}

function notKnown(reason: string): Freshness {
  return { state: 'not-known', reason, days: null, due: null }
}
