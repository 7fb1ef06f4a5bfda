import { longDate } from '../platform/time.ts'
import type { StateModel, TagColour } from '../platform/web/patterns.ts'
import type { ClockRule, ClockStanding, ClockState } from './clocks/index.ts'
import { clockStateWords } from './clocks/index.ts'

const colours: Readonly<Record<ClockState, TagColour>> = {
  'not-due': 'blue',
  'due-soon': 'yellow',
  'due-today': 'orange',
  overdue: 'red',
  kept: 'green',
  'kept-late': 'magenta',
  'not-applicable': 'grey',
  'not-known': 'grey',
}

/** The state of a clock as a tag: always a word. */
export function clockStateModel(state: ClockState): StateModel {
  return { word: clockStateWords[state], colour: colours[state] }
}

/** How well a rule is known, in words. */
export const statusWords: Readonly<Record<ClockRule['status'], string>> = {
  verified: 'Read in the law itself',
  secondary: 'Read in a secondary page, not in the law itself',
  background: 'Not checked against the law: check before relying on it',
  local: 'A local convention, not law',
}

/** Who set the length that was counted, in words. */
export const lengthWords = {
  law: 'The law',
  agreed: 'Agreed for this one, in place of the rule',
  set: 'Set here, in place of the usual length; it is not law',
  convention: 'A convention; a body may set its own',
  none: 'Nobody: no number of days is set',
  product: "The software's own default: the law gives no number of days",
} as const
export type LengthSource = keyof typeof lengthWords

/** Who set the length of a rule, as long as no body has set its own. */
export function lengthSourceOf({ arithmetic, status, lawful }: ClockRule): LengthSource {
  if (arithmetic.count === 'none' || ('length' in arithmetic && arithmetic.length === null)) return 'none'
  if (status === 'local') return 'convention'
  return lawful ? 'law' : 'product'
}

/**
 * How a clock stands, in a sentence: "Kept on 3 March 2026, 2 days before its last day."
 *
 * @param stoppedOn the day the duty was done
 */
export function standingWords(standing: ClockStanding, stoppedOn: Temporal.PlainDate | null): string {
  const { state, reason, days } = standing
  switch (state) {
    case 'kept':
    case 'kept-late':
      return stoppedOn === null ? (reason ?? 'Kept.') : keptWords(stoppedOn, days)
    case 'overdue':
      return days === null ? 'Its time has run out.' : sentence(`${countDays(-days)} late, and not done yet`, reason)
    case 'due-today':
      return sentence('It is due today', reason)
    case 'due-soon':
    case 'not-due':
      return days === null ? (reason ?? 'No day is set.') : sentence(`${countDays(days)} left`, reason)
    case 'not-applicable':
    case 'not-known':
      return reason === null || reason === '' ? 'No reason is recorded.' : reason
  }
}

function keptWords(on: Temporal.PlainDate, days: number | null): string {
  const kept = `Kept on ${longDate(on)}`
  if (days === null) return `${kept}.`
  if (days === 0) return `${kept}, its last day.`
  return days > 0 ? `${kept}, ${countDays(days)} before its last day.` : `${kept}, ${countDays(-days)} late.`
}

function sentence(words: string, reason: string | null): string {
  return reason === null ? `${words}.` : `${words}. ${reason}`
}

function countDays(days: number): string {
  return `${days.toLocaleString('en-GB')} ${days === 1 ? 'day' : 'days'}`
}
