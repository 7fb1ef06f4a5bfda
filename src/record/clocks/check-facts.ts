import type { Gap } from './arithmetic.ts'
import { firstDay, lastDay } from './calendar.ts'
import { ClockFault } from './clock-fault.ts'
import type { FactName } from './clock-fault.ts'
import { dateInWords, dayNumber } from './days.ts'
import { startingDay } from './facts.ts'
import type { ClockFacts, LeftOut, Pause } from './facts.ts'
import { countsBackwards, startingFact } from './rule.ts'
import type { ClockRule } from './rule.ts'

/**
 * Refuses facts that do not make a clock of this rule, in words that say which fact is meant.
 *
 * @throws ClockFault naming the fact that is missing, wrong or of no use to the rule
 */
export function checkFacts(rule: ClockRule, facts: ClockFacts): void {
  checkStart(rule, facts)
  checkUseless(rule, facts)
  checkRange(facts)
  checkPauses(rule, facts)
  checkLeftOut(rule, facts.leftOut ?? [])
  checkLength(rule, facts)
}

function checkStart(rule: ClockRule, facts: ClockFacts): void {
  const start = startingFact(rule)
  if (start === 'from' && facts.from === undefined) {
    throw new ClockFault('from', `${rule.id} needs a date: ${rule.trigger} (--from 2026-11-21).`)
  }
  if (start === 'moment' && (facts.from === undefined || facts.from instanceof Temporal.PlainDate)) {
    throw new ClockFault(
      'from',
      `${rule.id} counts hours, so it needs a date and a time: ${rule.trigger} (--from 2026-11-21T14:30).`,
    )
  }
  if (start === 'year' && facts.year === undefined && !(takesDayForYear(rule) && facts.from !== undefined)) {
    throw new ClockFault('year', `${rule.id} needs a year: ${rule.trigger} (--year 2026 or --year 2026/27).`)
  }
  if (start === 'members') checkMembers(rule, facts.members)
}

function checkMembers(rule: ClockRule, members: number | undefined): void {
  if (members === undefined) {
    throw new ClockFault('members', `${rule.id} needs ${rule.trigger} (--members 13).`)
  }
  if (!Number.isSafeInteger(members) || members < 1) {
    throw new ClockFault('members', 'The number of members must be a whole number of 1 or more.')
  }
}

/** Refuses what the rule cannot use, rather than leave it unread. */
function checkUseless(rule: ClockRule, facts: ClockFacts): void {
  const start = startingFact(rule)
  const useless = (fact: FactName, what: string): never => {
    throw new ClockFault(fact, `${rule.id} does not take ${what}: it counts from ${rule.trigger}.`)
  }
  const takesDay = start === 'from' || start === 'moment' || start === 'none' || takesDayForYear(rule)
  if (facts.from !== undefined && !takesDay) useless('from', 'a date')
  if (facts.from !== undefined && facts.year !== undefined) useless('year', 'a date and a year together')
  if (facts.year !== undefined && start !== 'year') useless('year', 'a year')
  if (facts.members !== undefined && start !== 'members') useless('members', 'a number of members')
}

/** True for rules on a financial year, which a day in that year may stand for. */
function takesDayForYear(rule: ClockRule): boolean {
  return rule.arithmetic.count === 'listed-dates' || (rule.arithmetic.count === 'fixed-date' && rule.arithmetic.orDay)
}

function checkRange(facts: ClockFacts): void {
  const year = facts.from === undefined ? undefined : startingDay(facts.from).year
  for (const given of [year, facts.year?.year]) {
    if (given !== undefined && (given < 1970 || given > 2099)) {
      throw new ClockFault('from', 'Days are counted from 1970 to 2099 only.')
    }
  }
}

function checkPauses(rule: ClockRule, facts: ClockFacts): void {
  const pauses = facts.paused ?? []
  if (pauses.length === 0) {
    if (!rule.needsPause) return
    throw new ClockFault(
      'paused',
      `${rule.id} needs the days on which the count stopped (--paused 2026-02-09..2026-02-20).`,
    )
  }
  if (!canLeaveOut(rule)) throw new ClockFault('paused', `${rule.id} cannot be paused: ${whyNotLeftOut(rule)}.`)
  for (const pause of pauses) checkPause(pause, facts.from)
  const ordered = [...pauses].sort((a, b) => Temporal.PlainDate.compare(a.from, b.from))
  ordered.forEach((pause, index) => checkNextPause(rule, pause, ordered[index + 1]))
}

function checkPause(pause: Pause, from: ClockFacts['from']): void {
  if (pause.to !== null && Temporal.PlainDate.compare(pause.to, pause.from) < 0) {
    throw new ClockFault(
      'paused',
      `The pause ends on ${dateInWords(pause.to)}, before it starts on ${dateInWords(pause.from)}.`,
    )
  }
  const start = from === undefined ? undefined : startingDay(from)
  if (start !== undefined && Temporal.PlainDate.compare(pause.from, start) < 0) {
    throw new ClockFault(
      'paused',
      `The pause starts on ${dateInWords(pause.from)}, before the clock does on ${dateInWords(start)}.`,
    )
  }
}

function checkNextPause(rule: ClockRule, pause: Pause, next: Pause | undefined): void {
  if (next === undefined) return
  if (pause.to === null) {
    throw new ClockFault(
      'paused',
      `The pause that starts on ${dateInWords(pause.from)} has not ended, so another cannot start on ${dateInWords(next.from)}.`,
    )
  }
  const order = Temporal.PlainDate.compare(next.from, pause.to)
  if (order < 0 || (order === 0 && rule.pauseLeavesOutLastDay)) {
    throw new ClockFault(
      'paused',
      `Two pauses overlap: one ends on ${dateInWords(pause.to)}, the next starts on ${dateInWords(next.from)}. Give them as one.`,
    )
  }
}

function checkLeftOut(rule: ClockRule, leftOut: readonly LeftOut[]): void {
  if (leftOut.length === 0) return
  if (!canLeaveOut(rule)) throw new ClockFault('left-out', `${rule.id} leaves no days out: ${whyNotLeftOut(rule)}.`)
  const ordered = [...leftOut].sort((a, b) => Temporal.PlainDate.compare(a.from, b.from))
  ordered.forEach((days, index) => {
    if (Temporal.PlainDate.compare(days.to, days.from) < 0) {
      throw new ClockFault(
        'left-out',
        `The days left out end on ${dateInWords(days.to)}, before they start on ${dateInWords(days.from)}.`,
      )
    }
    const next = ordered[index + 1]
    if (next !== undefined && Temporal.PlainDate.compare(next.from, days.to) <= 0) {
      throw new ClockFault('left-out', `Two stretches left out overlap on ${dateInWords(next.from)}. Give them as one.`)
    }
  })
}

/** Whether a rule can be paused and days be left out of it: both belong to periods that run forward from a day. */
export function canLeaveOut(rule: ClockRule): boolean {
  return startingFact(rule) === 'from' && !countsBackwards(rule) && !standsOnOneDay(rule)
}

function standsOnOneDay(rule: ClockRule): boolean {
  return ['same-day', 'financial-year-end', 'planning-period-end'].includes(rule.arithmetic.count)
}

function whyNotLeftOut(rule: ClockRule): string {
  if (countsBackwards(rule)) return `it counts back from ${rule.trigger}`
  if (rule.arithmetic.count === 'hours-after') return 'every hour of the clock counts'
  if (rule.arithmetic.count === 'two-thirds' || rule.arithmetic.count === 'none') return 'it counts no days'
  return 'its day is fixed'
}

function checkLength(rule: ClockRule, facts: ClockFacts): void {
  if (facts.extended && rule.extension === undefined) {
    throw new ClockFault('extended', `Nothing extends ${rule.id}. ${rule.sentence}`)
  }
  if (facts.length === undefined) return
  if (rule.setting === undefined) {
    throw new ClockFault('length', `The length of ${rule.id} is not a setting: ${rule.source} fixes it.`)
  }
  if (!Number.isSafeInteger(facts.length) || facts.length < 1 || facts.length > lastDay - firstDay) {
    throw new ClockFault('length', `The ${rule.setting.title} must be a whole number of 1 or more.`)
  }
}

/** The days a count leaves out, in order and without overlap; an open pause is not among them. */
export function gapsOf(rule: ClockRule, facts: ClockFacts): readonly Gap[] {
  const gaps: Gap[] = []
  for (const days of facts.leftOut ?? []) gaps.push({ first: dayNumber(days.from), last: dayNumber(days.to) })
  for (const pause of facts.paused ?? []) {
    if (pause.to === null) continue
    // The day a pause ends counts again, save for fees, where the law leaves out both ends.
    const last = dayNumber(pause.to) - (rule.pauseLeavesOutLastDay ? 0 : 1)
    if (last >= dayNumber(pause.from)) gaps.push({ first: dayNumber(pause.from), last })
  }
  return merged(gaps.sort((a, b) => a.first - b.first))
}

function merged(gaps: readonly Gap[]): readonly Gap[] {
  const result: Gap[] = []
  for (const gap of gaps) {
    const before = result.at(-1)
    if (before !== undefined && gap.first <= before.last) before.last = Math.max(before.last, gap.last)
    else result.push({ ...gap })
  }
  return result
}
