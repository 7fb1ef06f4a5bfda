import { dayInWords, dayOf, momentInWords } from './days.ts'
import { startingDay, yearInWords } from './facts.ts'
import type { ClockFacts } from './facts.ts'
import { cameTwice } from './hours.ts'
import { isInForce, isLawIn } from './in-force.ts'
import type { ClockBasis, Measure } from './measure.ts'
import { countsBackwards, countsWorkingDays, startingFact } from './rule.ts'
import type { ClockRule } from './rule.ts'
import { howCounted } from './working-count.ts'
import { whatWasLeftOut } from './working-left-out.ts'

/**
 * The working of a clock in whole sentences: the rule, the starting event, how it counts, each day left out and why,
 * the end, and then whatever is not certain, not law or not checked.
 */
export function workingOf(rule: ClockRule, facts: ClockFacts, measured: Measure, basis: ClockBasis): readonly string[] {
  const calendar = basis.calendars[rule.calendar]
  return [
    rule.sentence,
    ...started(rule, facts),
    ...howCounted(rule, facts, measured, basis),
    ...whatWasLeftOut(rule, facts, measured, calendar),
    ...howItEnds(rule, measured),
    ...whatIsUncertain(rule, measured, basis),
    ...whetherLaw(rule, facts, measured),
    ...howWellKnown(rule, facts),
    ...(rule.note === undefined ? [] : [rule.note]),
  ]
}

/** The end in sentences: that it moved to a working day, the last day, and the day to plan by. */
export function howItEnds(rule: ClockRule, measured: Measure): readonly string[] {
  return [...rolled(measured), ...ended(rule, measured)]
}

function started(rule: ClockRule, facts: ClockFacts): readonly string[] {
  const sentences: string[] = []
  if (facts.from !== undefined) {
    const day = dayInWords(startingDay(facts.from))
    const moment = facts.from instanceof Temporal.PlainDateTime ? momentInWords(facts.from) : day
    const verb = countsBackwards(rule) ? 'counts back from' : 'starts from'
    sentences.push(`The clock ${verb} ${rule.arithmetic.count === 'hours-after' ? moment : day}: ${rule.trigger}.`)
    if (rule.arithmetic.count === 'hours-after' && cameTwice(facts.from)) {
      sentences.push('That time came twice, because the clocks went back; the first of the two is taken.')
    }
  }
  if (facts.year !== undefined) sentences.push(`The year asked for is ${yearInWords(facts.year)}.`)
  return sentences
}

function rolled(measured: Measure): readonly string[] {
  const { unrolled, due } = measured
  if (unrolled === null || due === null || unrolled === due) return []
  return [`${dayInWords(dayOf(unrolled))} is no working day, so the end moves to the next one that is.`]
}

function ended(rule: ClockRule, measured: Measure): readonly string[] {
  if (measured.stoppedSince !== null) {
    return [
      `The clock has stood still since ${dayInWords(measured.stoppedSince)}, so no day can be given until it runs again.`,
    ]
  }
  if (measured.dueAt !== null) return [`It ends at ${momentInWords(measured.dueAt)}.`]
  if (measured.due === null) return noDay(rule)
  const day = dayInWords(dayOf(measured.due))
  return [lastDayInWords(rule, day), ...planByInWords(measured)]
}

function lastDayInWords(rule: ClockRule, day: string): string {
  if (rule.lastDay === 'open-until') return `It runs until the end of ${day}.`
  if (rule.lastDay === 'wait-until') return `It is over at the end of ${day}, and not before.`
  return `The last day is ${day}.`
}

function planByInWords(measured: Measure): readonly string[] {
  if (measured.planBy === null || measured.planBy === measured.due) return []
  const day = dayInWords(dayOf(measured.planBy))
  return [`That is no working day, and the date does not move: plan by ${day}, the last working day before it.`]
}

function noDay(rule: ClockRule): readonly string[] {
  if (startingFact(rule) === 'members') return []
  if (startingFact(rule) === 'year') return ['The rule names no date for that year.']
  if (rule.arithmetic.count === 'planning-period-end') return ['No ordinary election after that day is known.']
  return ['The law sets no number of days, and no length has been set here, so there is no day to keep.']
}

/** What the date rests on that nobody knows yet: bank holidays to come, an election. */
export function whatIsUncertain(rule: ClockRule, measured: Measure, basis: ClockBasis): readonly string[] {
  if (!measured.uncertain) return []
  if (rule.arithmetic.count === 'planning-period-end') {
    return ['This is uncertain: that election is the one the present law leads to, and the law may change.']
  }
  const named = countsWorkingDays(rule) || measured.unrolled !== null
  const { title, knownFrom, knownUntil } = basis.calendars[named ? rule.calendar : 'EW']
  const known = `Bank holidays of ${title} are known from ${dayInWords(knownFrom)} to ${dayInWords(knownUntil)} only`
  return [
    named
      ? `This is uncertain: ${known.replace(/^B/, 'b')}. Beyond that only weekends are left out.`
      : `The date itself is certain, the working day to plan by is not: ${known.replace(/^B/, 'b')}.`,
  ]
}

/** Whether it was law then and there, where that is not plain. */
export function whetherLaw(rule: ClockRule, facts: ClockFacts, measured: Measure): readonly string[] {
  const { commencement, from } = rule.inForce
  if (rule.status === 'local') return []
  if (!isLawIn(rule, facts)) return [`This is the law of ${rule.jurisdiction === 'wales' ? 'Wales' : 'England'} alone.`]
  if (commencement === 'not-commenced') return ['It is not known to be in force; the date is given for information.']
  if (commencement === 'unknown')
    return ['Since when this is law is not recorded here; it is taken as always in force.']
  if (isInForce(rule, facts, measured) || from === null) return []
  return [`It was not yet law then: it is in force from ${dayInWords(Temporal.PlainDate.from(from))}.`]
}

function howWellKnown(rule: ClockRule, facts: ClockFacts): readonly string[] {
  const sentences: string[] = []
  if (facts.length !== undefined && rule.setting !== undefined) {
    sentences.push(`The length was set here (${rule.setting.title}); it is not law.`)
  } else if (!rule.lawful && rule.status !== 'local') {
    sentences.push("No law sets this length: it is the software's own default, which a body may change.")
  }
  if (rule.status === 'local') sentences.push('This is a convention, not law; a body may set its own.')
  if (rule.status === 'background')
    sentences.push('This rule has not been checked against the law: check before relying on it.')
  if (rule.status === 'secondary') sentences.push("This rule was read in a secondary page, not in the law's own text.")
  return sentences
}
