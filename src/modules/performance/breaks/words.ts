import type { BreakCause } from '../tables.ts'
import { periodInWords, periodText } from '../period.ts'
import type { Measure } from '../measure.ts'
import type { HeldBreak } from './breaks-queries.ts'

export const causes = ['recording', 'definition', 'system', 'operating-model', 'other'] as const satisfies BreakCause[]

/** Why figures are not what they were before. */
export const causeWords: Record<BreakCause, { word: string; hint: string }> = {
  recording: { word: 'How it is recorded', hint: 'A counting rule, an inspection of recording, a reclassification.' },
  definition: { word: 'What is counted', hint: 'The definition of the measure changed on that day.' },
  system: { word: 'A new system', hint: 'Figures come out of another system than before.' },
  'operating-model': { word: 'How the work is done', hint: 'A new operating model or a change of duties.' },
  other: { word: 'Another cause', hint: 'Said in the reason.' },
}

/** A break as the pages and the published measure tell it; plain JSON, without the name of whoever entered it. */
export interface BreakFact {
  /** The first period after it, in its one spelling and in words. */
  period: string
  words: string
  /** The part of the measure that it concerns, or '' for all of it. */
  breakdown: string
  cause: string
  reason: string
  /** Whether new limits begin there. */
  rebases: boolean
}

/** The breaks of a measure in order of time, for its page and for what is published of it. Pure. */
export function breakFacts({ frequency }: Pick<Measure, 'frequency'>, breaks: readonly HeldBreak[]): BreakFact[] {
  return breaks.map(each => ({
    period: periodText({ frequency, start: each.from }),
    words: periodInWords({ frequency, start: each.from }),
    breakdown: each.breakdown ?? '',
    cause: causeWords[each.cause].word,
    reason: each.reason,
    rebases: each.rebases,
  }))
}
