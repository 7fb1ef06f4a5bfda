import type { Calendar } from './calendar.ts'
import { countInWords, dayInWords, dayOf } from './days.ts'
import type { ClockFacts } from './facts.ts'
import type { ClockBasis, Measure } from './measure.ts'
import type { ClockRule } from './rule.ts'

/** How the rule counts, in a sentence or two, with the length that was counted. */
export function howCounted(
  rule: ClockRule,
  facts: ClockFacts,
  measured: Measure,
  basis: ClockBasis,
): readonly string[] {
  const sentences = [...extension(rule, facts)]
  const { arithmetic } = rule
  if (arithmetic.count === 'two-thirds' && facts.members !== undefined) {
    return [`Two-thirds of ${countInWords(facts.members, 'member')}, rounded up, is ${measured.votes ?? 0}.`]
  }
  if (arithmetic.count === 'period-end' && measured.countedFrom !== null) {
    sentences.push(`The ${arithmetic.period} ends on ${dayInWords(dayOf(measured.countedFrom))}.`)
  }
  if (arithmetic.count === 'planning-period-end' && measured.countedFrom !== null) {
    sentences.push(`The next ordinary election is that of ${dayInWords(dayOf(measured.countedFrom))}.`)
  }
  if (arithmetic.count === 'fixed-date' && measured.due !== null) sentences.push('The date is fixed by law.')
  if (measured.length !== null) {
    sentences.push(sentenceOfCount(rule, measured.length, basis.calendars[rule.calendar]))
  }
  return sentences
}

function extension(rule: ClockRule, facts: ClockFacts): readonly string[] {
  if (!facts.extended || rule.extension === undefined) return []
  return [`It is extended because ${rule.extension.ground}.`]
}

function sentenceOfCount(rule: ClockRule, length: number, calendar: Calendar): string {
  const workingDays = `${countInWords(length, 'working day')}`
  const which = `Working days are Monday to Friday, less the bank holidays of ${calendar.title}.`
  const every = 'Weekends and bank holidays count.'
  switch (rule.arithmetic.count) {
    case 'days-beginning-with':
      return `${countInWords(length, 'day')} are counted; that day is day 1. ${every}`
    case 'weeks-beginning-with':
      return `${countInWords(length, 'week')} (${7 * length} days) are counted; that day is day 1. ${every}`
    case 'days-after':
    case 'period-end':
      return `${countInWords(length, 'day')} ${length === 1 ? 'is' : 'are'} counted; the day after is day 1. ${every}`
    case 'months-beginning-with':
      return `${countInWords(length, 'month')} beginning with that day: to the day before the same date, or the last day of a shorter month. ${every}`
    case 'months-after':
      return `${countInWords(length, 'month')}: to the same date, or the last day of a shorter month.`
    case 'working-days-after':
      return `Day 1 is the first working day after it; ${workingDays} ${length === 1 ? 'is' : 'are'} counted. ${which}`
    case 'working-days-beginning-with':
      return `That day is day 1 if it is a working day; ${workingDays} are counted. ${which}`
    case 'working-days-before':
      return `${workingDays} before it are counted back; it does not count itself. ${which}`
    case 'clear-working-days-before':
      return `${countInWords(length, 'clear working day')} lie between; neither end counts. ${which}`
    default:
      return `${countInWords(length, 'hour')} are counted, night and day.`
  }
}
