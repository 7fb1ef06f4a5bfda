import type { Direction, Judgement } from '../analysis/readings.ts'
import type { LimitsStatus } from '../analysis/xmr-chart.ts'
import type { Rule } from '../tables.ts'

/*
 * What exceptions say, as templates. {series} names measure and breakdown; figures come with their unit. Words such as
 * "significant" are left out: they would need a test.
 */

/** The one line by which an exception is known in lists. */
export const headlines: Record<Rule, Record<Direction, string>> = {
  beyond: {
    high: '{series}: above its usual range in {period}',
    low: '{series}: below its usual range in {period}',
  },
  shift: {
    high: '{series}: {count} {periods} in a row above the average',
    low: '{series}: {count} {periods} in a row below the average',
  },
  trend: {
    high: '{series}: rising over {count} {periods}',
    low: '{series}: falling over {count} {periods}',
  },
  near: {
    high: '{series}: two of three {periods} near the top of its usual range, to {period}',
    low: '{series}: two of three {periods} near the bottom of its usual range, to {period}',
  },
}

/** What happened, with the numbers. */
export const sentences: Record<Rule, Record<Direction, string>> = {
  beyond: {
    high: '{series}, {period}: {value}, above the upper limit of {limit}.',
    low: '{series}, {period}: {value}, below the lower limit of {limit}.',
  },
  shift: {
    high: '{series}: {count} {periods} in a row above the average of {centre}, from {from} to {period}, the latest {value}.',
    low: '{series}: {count} {periods} in a row below the average of {centre}, from {from} to {period}, the latest {value}.',
  },
  trend: {
    high: '{series}: {count} {periods} in a row, each after the first higher than the one before, from {first} in {from} to {value} in {period}.',
    low: '{series}: {count} {periods} in a row, each after the first lower than the one before, from {first} in {from} to {value} in {period}.',
  },
  near: {
    high: '{series}: at least two of three {periods} up to {period} lie in the top third of the usual range, the latest {value}.',
    low: '{series}: at least two of three {periods} up to {period} lie in the bottom third of the usual range, the latest {value}.',
  },
}

/** What the usual range is and how firmly it is known. */
export const rangeSentence =
  'The usual range is {range}, around an average of {centre}; it rests on {points} figures ({status}).'

export const ranges = {
  both: '{lower} to {upper}',
  upTo: 'up to {upper}',
  from: '{lower} and above',
  any: 'any figure that is possible',
} as const

export const statusWords: Record<LimitsStatus, string> = {
  none: 'too few for a range',
  trial: 'a trial range, to be read with care',
  usable: 'a usable range',
  firm: 'a firm range',
}

/** Said of short series that a season may move. */
export const seasonSentence =
  'The figures cover less than two years, so a rise or fall that comes with the season cannot be told from another.'

/** What the direction means for this measure. */
export const judgementSentences: Record<Judgement, Record<Direction, string>> = {
  good: { high: 'Higher is better here.', low: 'Lower is better here.' },
  bad: { high: 'Lower is better here.', low: 'Higher is better here.' },
  neutral: {
    high: 'Neither way is good in itself: ask whether it is understood.',
    low: 'Neither way is good in itself: ask whether it is understood.',
  },
}

export const judgementWords: Record<Judgement, string> = {
  good: 'For the better',
  bad: 'For the worse',
  neutral: 'Neither better nor worse',
}

export const asAtSentence = 'Figures as at {asAt}.'
export const revisedSentence = 'The figure has been revised; this is revision {revision}.'

/** Why the rules say nothing of a series. */
export const silences = {
  none: 'There are no figures yet.',
  few: 'There are {points} figures, and the rules need six before they say anything: with fewer, any change may be chance.',
  single: 'There are six figures or more, but no two of them follow one another, so no usual range can be worked out.',
} as const

/** What a chart shows when no rule is met at its latest figure. */
export const chartTitles = {
  usual: '{series} in {period} was within its usual range',
  plain: '{series}, {from} to {period}',
  one: '{series}, {period}',
} as const

/** Puts words into a template; a name without a word is a fault in the code. */
export function fill(template: string, words: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const word = words[name]
    if (word === undefined) throw new Error(`No word for {${name}}`)
    return word
  })
}
