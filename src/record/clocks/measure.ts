import {
  beginningWith,
  clearWorkingDays,
  correspondingDate,
  financialYearOf,
  monthsBeginningWith,
  nthWorkingDayAfter,
  nthWorkingDayBefore,
  nthWorkingDayBeginningWith,
  periodEnd,
  rollForward,
  startingDayAfter,
  twoThirds,
  weeksBeginningWith,
} from './arithmetic.ts'
import type { Gap } from './arithmetic.ts'
import { isKnown, workingDayOnOrBefore } from './calendar.ts'
import type { Calendar, Calendars } from './calendar.ts'
import { checkFacts, gapsOf } from './check-facts.ts'
import { dayNumber, dayOf } from './days.ts'
import type { DayNumber } from './days.ts'
import { startingDay } from './facts.ts'
import type { ClockFacts, OrdinaryElection } from './facts.ts'
import { datesOfYear } from './named-dates.ts'
import { countsBackwards, countsWorkingDays } from './rule.ts'
import type { ClockRule } from './rule.ts'
import { hoursAfter } from './hours.ts'

/** What all clocks are counted with: the calendars, and the elections that end a planning period. */
export interface ClockBasis {
  calendars: Calendars
  elections: readonly OrdinaryElection[]
}

/** The bare result of a count, from which the words are made. Days are day numbers. */
export interface Measure {
  start: DayNumber | null
  due: DayNumber | null
  /** The moment of a count of hours, in London. */
  dueAt: Temporal.PlainDateTime | null
  /** The last working day on or before a due date that does not roll. */
  planBy: DayNumber | null
  votes: number | null
  /** The length counted, in the rule's own unit. */
  length: number | null
  /** The end before it rolled to a working day. */
  unrolled: DayNumber | null
  /** The day from which the count runs, where it is not the start (the end of the month). */
  countedFrom: DayNumber | null
  gaps: readonly Gap[]
  /** The day since which an unended pause holds the clock. */
  stoppedSince: Temporal.PlainDate | null
  /** The due date, or the working day named before a fixed one, rests on bank holidays or elections not known. */
  uncertain: boolean
}

/**
 * Counts a clock without writing its working; quick enough to date a hundred thousand again after a new holiday.
 * A year that holds several dates (accounts) gives several measures.
 *
 * @throws ClockFault naming a fact that is missing or wrong
 */
export function measure(rule: ClockRule, facts: ClockFacts, basis: ClockBasis): readonly Measure[] {
  checkFacts(rule, facts)
  const base = { ...nothing, start: facts.from === undefined ? null : dayNumber(startingDay(facts.from)) }
  const { arithmetic } = rule
  switch (arithmetic.count) {
    case 'none':
      return [base]
    case 'two-thirds':
      return [{ ...base, votes: facts.members === undefined ? null : twoThirds(facts.members) }]
    case 'hours-after': {
      const dueAt = facts.from === undefined ? null : hoursAfter(facts.from, arithmetic.length)
      return [{ ...base, length: arithmetic.length, dueAt, due: dueAt && dayNumber(dueAt.toPlainDate()) }]
    }
    case 'fixed-date':
    case 'listed-dates':
      return namedDates(rule, facts, base, basis)
    default:
      return [counted(rule, facts, base, basis)]
  }
}

const nothing: Measure = {
  start: null,
  due: null,
  dueAt: null,
  planBy: null,
  votes: null,
  length: null,
  unrolled: null,
  countedFrom: null,
  gaps: [],
  stoppedSince: null,
  uncertain: false,
}

function namedDates(rule: ClockRule, facts: ClockFacts, base: Measure, basis: ClockBasis): readonly Measure[] {
  const day = facts.from === undefined ? undefined : startingDay(facts.from)
  const year = facts.year ?? (day && { kind: 'financial', year: financialYearOf(day) })
  const dates = year === undefined ? [] : datesOfYear(rule, year)
  if (dates.length === 0) return [base]
  return dates.map(date => fixed(base, dayNumber(date), basis.calendars.EW))
}

/** A date that statute fixes never rolls forward; the working day to plan by lies on or before it. */
function fixed(base: Measure, due: DayNumber, calendar: Calendar): Measure {
  const planBy = workingDayOnOrBefore(calendar, due)
  return { ...base, due, planBy, uncertain: base.uncertain || !isKnown(calendar, planBy, due) }
}

function counted(rule: ClockRule, facts: ClockFacts, base: Measure, basis: ClockBasis): Measure {
  const start = base.start
  const length = lengthOf(rule, facts)
  const open = facts.paused?.find(pause => pause.to === null)
  const known = { ...base, length, gaps: gapsOf(rule, facts), stoppedSince: open?.from ?? null }
  if (start === null || open !== undefined) return known
  const calendar = basis.calendars[rule.calendar]
  const { arithmetic } = rule
  switch (arithmetic.count) {
    case 'same-day':
      return { ...known, due: start }
    case 'financial-year-end':
      return fixed(known, endOfFinancialYear(start), basis.calendars.EW)
    case 'planning-period-end':
      return planningPeriod(known, start, basis)
    case 'period-end': {
      const countedFrom = periodEnd(start, arithmetic.period)
      const due = length === null ? null : startingDayAfter(countedFrom, length, known.gaps)
      return withPlanBy(rule, { ...known, countedFrom, due }, basis)
    }
    default:
      return length === null ? known : withPlanBy(rule, byLength(rule, calendar, known, start, length), basis)
  }
}

/** The length a clock runs: the area's own where one is set, the extension's or that of Wales, else the rule's. */
function lengthOf(rule: ClockRule, facts: ClockFacts): number | null {
  if (facts.extended && rule.extension !== undefined) return rule.extension.length
  if (facts.length !== undefined) return facts.length
  if (facts.jurisdiction === 'wales' && rule.lengthInWales !== undefined) return rule.lengthInWales
  return 'length' in rule.arithmetic ? rule.arithmetic.length : null
}

function byLength(rule: ClockRule, calendar: Calendar, known: Measure, start: DayNumber, length: number): Measure {
  const end = endOf(rule, calendar, start, length, known.gaps)
  const rolls = rule.arithmetic.count === 'months-after' && rule.arithmetic.roll
  if (!rolls)
    return { ...known, due: end, uncertain: countsWorkingDays(rule) && !spanKnown(rule, calendar, start, end) }
  const due = rollForward(calendar, end)
  return { ...known, unrolled: end, due, uncertain: !isKnown(calendar, end, due) }
}

/** The last day of a count by length: one primitive for each way of counting. */
function endOf(rule: ClockRule, calendar: Calendar, start: DayNumber, length: number, gaps: readonly Gap[]): DayNumber {
  switch (rule.arithmetic.count) {
    case 'days-beginning-with':
      return beginningWith(start, length, gaps)
    case 'days-after':
      return startingDayAfter(start, length, gaps)
    case 'weeks-beginning-with':
      return weeksBeginningWith(start, length, gaps)
    case 'months-beginning-with':
      return monthsBeginningWith(start, length, gaps)
    case 'months-after':
      return correspondingDate(start, length, gaps)
    case 'working-days-after':
      return nthWorkingDayAfter(calendar, start, length, gaps)
    case 'working-days-beginning-with':
      return nthWorkingDayBeginningWith(calendar, start, length, gaps)
    case 'working-days-before':
      return nthWorkingDayBefore(calendar, start, length)
    case 'clear-working-days-before':
      return clearWorkingDays(calendar, start, length)
    default:
      throw new Error(`${rule.id} does not count by a length`)
  }
}

/** Whether the calendar knows every day that was looked at; of the day counted from, only the side counted matters. */
function spanKnown(rule: ClockRule, calendar: Calendar, start: DayNumber, end: DayNumber): boolean {
  if (countsBackwards(rule)) return isKnown(calendar, end, start - 1)
  return isKnown(calendar, Math.min(end, start + 1), end)
}

/** A duty counted in calendar days may end on a Sunday: the working day to plan by, where bank holidays are known. */
function withPlanBy(rule: ClockRule, measured: Measure, basis: ClockBasis): Measure {
  const { start, due } = measured
  const calendar = basis.calendars.EW
  if (start === null || due === null || countsWorkingDays(rule) || rule.lastDay !== 'do-by') return measured
  const planBy = workingDayOnOrBefore(calendar, due)
  return planBy < start || !isKnown(calendar, planBy, due) ? measured : { ...measured, planBy }
}

/** 31 March of the financial year that holds the day. */
function endOfFinancialYear(day: DayNumber): DayNumber {
  return dayNumber(new Temporal.PlainDate(financialYearOf(dayOf(day)) + 1, 3, 31))
}

/**
 * The last day of the financial year of the next ordinary election (2011 Act s.7(7)). The day given is that election's
 * own, or the day the plan was issued.
 */
function planningPeriod(known: Measure, start: DayNumber, basis: ClockBasis): Measure {
  const next = basis.elections.find(election => dayNumber(election.date) >= start)
  if (next === undefined) return { ...known, uncertain: true }
  const countedFrom = dayNumber(next.date)
  return { ...known, countedFrom, due: endOfFinancialYear(countedFrom), uncertain: !next.certain }
}
