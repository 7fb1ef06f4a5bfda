import type { ChartMethod } from '../analysis/control-chart.ts'
import type { Direction, Judgement } from '../analysis/readings.ts'
import type { LimitsStatus } from '../analysis/xmr-chart.ts'
import type { Rule } from '../tables.ts'
import type { Why } from './choose-chart.ts'

/*
 * What exceptions say, as templates. {series} names measure and breakdown; figures come with their unit. Words such as
 * "significant" are left out: they would need a test.
 */

type ByRule = Record<Rule, Record<Direction, string>>

/** How a figure is compared: with an average of all, with its time of year, or with the year before. */
export type Comparison = 'average' | 'season' | 'year-before'
export const comparisons: Record<ChartMethod, Comparison> = {
  xmr: 'average',
  poisson: 'average',
  p: 'average',
  u: 'average',
  'season-adjusted': 'season',
  'year-on-year': 'year-before',
}

const plainHeadlines: ByRule = {
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

/** The one line by which an exception is known in lists. */
export const headlines: Record<Comparison, ByRule> = {
  average: plainHeadlines,
  season: {
    ...plainHeadlines,
    shift: {
      high: '{series}: {count} {periods} in a row above what is usual for the time of year',
      low: '{series}: {count} {periods} in a row below what is usual for the time of year',
    },
    trend: {
      high: '{series}: rising over {count} {periods}, the season taken out',
      low: '{series}: falling over {count} {periods}, the season taken out',
    },
  },
  'year-before': {
    ...plainHeadlines,
    shift: {
      high: '{series}: {count} {periods} in a row above what the year before leads to expect',
      low: '{series}: {count} {periods} in a row below what the year before leads to expect',
    },
    trend: {
      high: '{series}: rising against the year before over {count} {periods}',
      low: '{series}: falling against the year before over {count} {periods}',
    },
  },
}

/** What happened, with the numbers. */
export const sentences: Record<Comparison, ByRule> = {
  average: {
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
  },
  season: {
    beyond: {
      high: '{series}, {period}: {value}, above the upper limit of {limit} for that time of year.',
      low: '{series}, {period}: {value}, below the lower limit of {limit} for that time of year.',
    },
    shift: {
      high: '{series}: {count} {periods} in a row above what is usual for the time of year, from {from} to {period}, the latest {value} where {centre} is usual.',
      low: '{series}: {count} {periods} in a row below what is usual for the time of year, from {from} to {period}, the latest {value} where {centre} is usual.',
    },
    trend: {
      high: '{series}: with the season taken out {count} {periods} in a row, each after the first higher than the one before, from {judgedFirst} in {from} to {judged} in {period}; as counted, {first} and {value}.',
      low: '{series}: with the season taken out {count} {periods} in a row, each after the first lower than the one before, from {judgedFirst} in {from} to {judged} in {period}; as counted, {first} and {value}.',
    },
    near: {
      high: '{series}: at least two of three {periods} up to {period} lie in the top third of the usual range for the time of year, the latest {value}.',
      low: '{series}: at least two of three {periods} up to {period} lie in the bottom third of the usual range for the time of year, the latest {value}.',
    },
  },
  'year-before': {
    beyond: {
      high: '{series}, {period}: {value}, against {before} a year before; after that, up to {limit} is usual.',
      low: '{series}, {period}: {value}, against {before} a year before; after that, {limit} or more is usual.',
    },
    shift: {
      high: '{series}: {count} {periods} in a row above what the year before leads to expect, from {from} to {period}, the latest {value} where {centre} was to be expected after {before} a year before.',
      low: '{series}: {count} {periods} in a row below what the year before leads to expect, from {from} to {period}, the latest {value} where {centre} was to be expected after {before} a year before.',
    },
    trend: {
      high: '{series}: the difference from the year before has risen {count} {periods} in a row, from {judgedFirst} in {from} to {judged} in {period}; the latest {value}, against {before} a year before.',
      low: '{series}: the difference from the year before has fallen {count} {periods} in a row, from {judgedFirst} in {from} to {judged} in {period}; the latest {value}, against {before} a year before.',
    },
    near: {
      high: '{series}: at least two of three {periods} up to {period} lie in the top third of what the year before leads to expect, the latest {value} against {before} a year before.',
      low: '{series}: at least two of three {periods} up to {period} lie in the bottom third of what the year before leads to expect, the latest {value} against {before} a year before.',
    },
  },
}

/** What the usual range is and how firmly it is known: one for all periods, or that of the latest. */
export const rangeSentences = {
  same: 'The usual range is {range}, around an average of {centre}; it rests on {points} figures ({status}).',
  differs:
    'The usual range in {period} is {range}, around {centre}; it differs from one {one} to the next, and rests on {points} figures ({status}).',
} as const

/** Said of figures beyond or near a limit that came within a shift or trend. */
export const withinSentences = {
  several: '{count} {several} since {since} lie beyond that limit.',
  part: 'It is part of something longer: {headline}.',
  these: 'the figures',
} as const

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

/** Breaks in what is counted. */
export const breakSentences = {
  rebased: 'Limits begin anew in {period}: {reason}.',
  marked: 'In {period} something changed, and the limits go on: {reason}.',
} as const

/** How the usual range was worked out, in words. */
export const methodSentences: Record<Why, string> = {
  individuals:
    'Read as single figures (an XmR chart): the usual range reaches 2.66 times the average change from one {one} to the next on either side of the average.',
  'similar-shares':
    'Every figure rests on 1,000 or more, and on about equally many, so they are read as single figures (an XmR chart): the usual range reaches 2.66 times the average change from one {one} to the next on either side of the average.',
  'small-counts':
    'The counts are small, fewer than ten a {one} on average, so the usual range is the exact one for events that come by chance alone (Poisson): outside it lie fewer than 3 {several} in 1,000.',
  chosen:
    'Read, as was chosen for this measure, by the exact range for events that come by chance alone (Poisson): outside it lie fewer than 3 {several} in 1,000.',
  shares:
    'Read as shares of a known number (a p chart): the usual range is what chance gives when so many are asked, three standard deviations on either side of the average, and wider where fewer were.',
  exposure:
    'Read by what each figure is out of (a u chart): the usual range is what chance gives, three standard deviations on either side of the average, and wider where there is less to count among.',
  season:
    'These figures follow the year, so each is judged with the season taken out: divided by what is usual for its {one}, worked out from whole years by the ratio to the average of the year around it.',
  'short-season':
    'These figures follow the year, and there are not yet three whole years of them without a gap or break. Each is judged by its difference from the same {one} of the year before.',
  'not-counts':
    'Exact limits of small counts were chosen, but the figures are not all whole numbers; they are read as single figures (an XmR chart).',
  'no-sizes':
    'Limits by what each figure is out of were chosen, but not every figure says what it is out of, or agrees with it; they are read as single figures (an XmR chart).',
}

/** What else is to be known of how a series was read. */
export const readingSentences = {
  widened:
    'The figures vary more from one {one} to the next than chance alone explains, so the range was made {factor} times as wide.',
  runs: 'With so few, chance alone puts many {several} on one side of the average: {low} in a row below it make a shift, or {high} above it.',
  adjusted: 'In {period} the figure was {value}; with the season taken out it was {adjusted}.',
  settlingOne: 'The latest {one} is too early to judge: what becomes of recent cases is still coming in.',
  settling: 'The latest {count} {several} are too early to judge: what becomes of recent cases is still coming in.',
} as const

/** Why the rules say nothing of a series. */
export const silences = {
  none: 'There are no figures yet.',
  few: 'There are {points} figures, and the rules need six before they say anything: with fewer, any change may be chance.',
  single: 'There are six figures or more, but no two of them follow one another, so no usual range can be worked out.',
  sinceBreak:
    'Since {period} there are {points} figures to judge by, and the rules need six before they say anything. Limits began anew: {reason}.',
  compared:
    'These figures follow the year, and {points} of them can be compared with the same {one} of the year before; the rules need six.',
  unread: 'This measure is shown without a usual range, as its entry says.',
  'short-season':
    'These figures follow the year, and there are fewer than two years of them ({points} of the {needed} {several} needed). A rise or fall that comes with the season cannot be told from another, so nothing is raised.',
} as const

/** A chart in a few sentences. */
export const summaries = {
  none: 'There are no figures yet.',
  one: 'One figure: {latest} in {period}.',
  several:
    '{count} figures, from {first} to {period}. The lowest is {lowest} ({lowestPeriod}), the highest {highest} ({highestPeriod}), the average {mean}. The latest is {latest}.',
  severalWithoutMean:
    '{count} figures, from {first} to {period}. The lowest is {lowest} ({lowestPeriod}), the highest {highest} ({highestPeriod}). The latest is {latest}.',
  missingOne: 'One {one} has no figure.',
  missing: '{missing} {several} have no figure.',
  usual: 'The latest figure that was judged lies within its usual range.',
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
