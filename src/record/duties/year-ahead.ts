import type { OrganisationKind } from '../../platform/access/viewer.ts'
import { dayOfDue } from '../clock-rows.ts'
import { ClockFault, computeClocks } from '../clocks/index.ts'
import type { ClockBasis, ClockFacts, ClockResult, ClockRule, ClockRules } from '../clocks/index.ts'
import { startingFact } from '../clocks/rule.ts'

/** A day of the year ahead that law or convention gives, whoever holds which records. */
export interface YearDate {
  day: Temporal.PlainDate
  /** The working day to plan by where the date itself does not move; null where it is the same. */
  planBy: Temporal.PlainDate | null
  title: string
  /** Null for an election, which is no duty. */
  rule: ClockRule | null
  /** The law with its section. */
  source: string
  working: readonly string[]
  uncertain: boolean
  /** Whether it is this organisation's to do; otherwise it waits for it. */
  own: boolean
}

/** What comes up every year without a day of its own. */
export interface YearlyRule {
  title: string
  rule: ClockRule
  when: string
}

export interface YearAhead {
  /** In order of their days. */
  dates: readonly YearDate[]
  /** "As soon as practicable", or so many months after the last time. */
  withoutDay: readonly YearlyRule[]
  /** What is owed after every month, said once instead of twelve times. */
  monthly: readonly YearlyRule[]
}

/** Whose duties an organisation of each kind keeps, as rules name their owners. */
const ownersOf: Readonly<Record<OrganisationKind, readonly string[]>> = {
  office: ['commissioner', 'chief-executive', 'chief-finance-officer', 'data-protection-officer', 'system'],
  force: ['chief-constable', 'named-chief-officer', 'chief-finance-officer'],
  panel: ['panel', 'panel-clerk', 'proper-officer', 'monitoring-officer'],
  council: ['panel', 'panel-clerk', 'proper-officer', 'monitoring-officer'],
  other: [],
}

/** The precept goes to and fro between office and panel: each has to know the other's days (SI 2012/2271 regs 3 to 8). */
const preceptRules: readonly string[] = ['R3', 'R4', 'R5', 'R6', 'R7', 'R8']

/** Listed under its item of the Specified Information Order (3(g)), and not once more. */
const listedElsewhere: readonly string[] = ['SPEND500']

/**
 * The twelve months ahead for an organisation of a kind: every day that law or convention gives by itself, worked out
 * by the engine; apart from them what comes up each year without a day.
 *
 * @param from the first month
 */
export function yearAhead(
  kind: OrganisationKind,
  from: Temporal.PlainYearMonth,
  rules: ClockRules,
  basis: ClockBasis,
): YearAhead {
  const window = {
    first: from.toPlainDate({ day: 1 }),
    last: from.add({ months: 12 }).toPlainDate({ day: 1 }).subtract({ days: 1 }),
  }
  const concerned = [...rules.values()].filter(rule => concerns(rule, kind) && !listedElsewhere.includes(rule.id))
  const dates = [
    ...electionsIn(window, basis),
    ...concerned.flatMap(rule => datesOf(rule, window, basis).map(result => toDate(rule, result, kind))),
  ]
  const own = concerned.filter(rule => isOwn(rule, kind))
  return {
    dates: dates.filter(({ day }) => lies(day, window)).sort((a, b) => Temporal.PlainDate.compare(a.day, b.day)),
    withoutDay: own.filter(comesUpYearly).map(rule => ({ title: titleOf(rule), rule, when: whenOf(rule) })),
    monthly: own.filter(isMonthly).map(rule => ({ title: titleOf(rule), rule, when: whenOf(rule) })),
  }
}

interface Window {
  first: Temporal.PlainDate
  last: Temporal.PlainDate
}

function lies(day: Temporal.PlainDate, { first, last }: Window): boolean {
  return Temporal.PlainDate.compare(first, day) <= 0 && Temporal.PlainDate.compare(day, last) <= 0
}

function isOwn(rule: ClockRule, kind: OrganisationKind): boolean {
  return ownersOf[kind].includes(rule.owner)
}

function concerns(rule: ClockRule, kind: OrganisationKind): boolean {
  const precept = preceptRules.includes(rule.id) && (kind === 'office' || kind === 'panel' || kind === 'council')
  return isOwn(rule, kind) || precept
}

/** Only what a date of the calendar, a year or an election starts: all else begins with an event nobody foresees. */
function datesOf(rule: ClockRule, window: Window, basis: ClockBasis): readonly ClockResult[] {
  const { count } = rule.arithmetic
  if (startingFact(rule) === 'year') {
    const years = new Set([window.first.year, window.last.year])
    return [...years].flatMap(year => inForce(rule, { year: { kind: 'calendar', year } }, basis))
  }
  if (count === 'financial-year-end' || count === 'planning-period-end') {
    return basis.elections.flatMap(({ date }) => inForce(rule, { from: date }, basis))
  }
  if (rule.arithmetic.count !== 'period-end' || rule.arithmetic.period !== 'quarter') return []
  return quarterStarts(window).flatMap(start => inForce(rule, { from: start }, basis))
}

/** A rule that was not law yet, or names no date for a year, gives none. */
function inForce(rule: ClockRule, facts: ClockFacts, basis: ClockBasis): readonly ClockResult[] {
  try {
    return computeClocks(rule, facts, basis).filter(result => result.inForce && result.due !== null)
  } catch (fault) {
    if (fault instanceof ClockFault) return []
    throw fault
  }
}

/** The quarters whose time to publish may fall in the window: the one before it, and those in it. */
function quarterStarts({ first }: Window): Temporal.PlainDate[] {
  const quarter = first.with({ day: 1, month: Math.floor((first.month - 1) / 3) * 3 + 1 })
  return [-2, -1, 0, 1, 2, 3, 4].map(step => quarter.add({ months: 3 * step }))
}

function toDate(rule: ClockRule, result: ClockResult, kind: OrganisationKind): YearDate {
  const day = dayOfDue(result.due)
  if (day === null) throw new Error(`${rule.id} was worked out without a day`)
  return {
    day,
    planBy: result.planBy === null || result.planBy.equals(day) ? null : result.planBy,
    title: titleOf(rule),
    rule,
    source: result.source,
    working: result.working,
    uncertain: result.uncertain,
    own: isOwn(rule, kind),
  }
}

function electionsIn(window: Window, { elections }: ClockBasis): YearDate[] {
  return elections
    .filter(({ date }) => lies(date, window))
    .map(({ date, certain }) => ({
      day: date,
      planBy: null,
      title: 'Ordinary election of police and crime commissioners',
      rule: null,
      source: 'Police Reform and Social Responsibility Act 2011 s.50',
      working: certain ? [] : ['This is uncertain: the present law leads to that day, and the law may change.'],
      uncertain: !certain,
      own: false,
    }))
}

/** Items of the publication scheme are named by what is published. */
function titleOf(rule: ClockRule): string {
  if (rule.freshness === undefined) return rule.title
  const what = rule.title.charAt(0).toLowerCase() + rule.title.slice(1)
  return rule.freshness === 'review' ? `Review what is published: ${what}` : `Publish ${what}`
}

function comesUpYearly(rule: ClockRule): boolean {
  return rule.yearly === true || rule.freshness === 'review'
}

function isMonthly({ arithmetic }: ClockRule): boolean {
  return arithmetic.count === 'period-end' && arithmetic.period === 'month'
}

function whenOf(rule: ClockRule): string {
  const { arithmetic } = rule
  if (arithmetic.count === 'period-end') return `Each month, in ${String(arithmetic.length)} days after it ends`
  if (arithmetic.count === 'months-after' && arithmetic.length !== null) {
    return `${String(arithmetic.length)} months after ${rule.trigger.replace(/^the day of /, '')}`
  }
  return 'As soon as practicable: the law names no day'
}
