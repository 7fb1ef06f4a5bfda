import { bases, chartChoices, kinds, kindWords, polarityWords, units, unitWords } from '../measure.ts'
import type { Basis, ChartChoice } from '../measure.ts'
import { frequencies, frequencyWords } from '../period.ts'

/** How a chart is chosen, in words for whoever sets a measure up. */
export const chartWords: Record<ChartChoice, { word: string; hint: string }> = {
  auto: { word: 'Automatic', hint: 'Chosen from the kind of figure and from how large the numbers are.' },
  xmr: {
    word: 'Each figure and its jump from the last (XmR)',
    hint: 'Fits counts of about 20 and more, and most rates.',
  },
  poisson: { word: 'Limits for small counts', hint: 'Fits rare events: fewer than about 10 in each period.' },
  p: { word: 'Shares of differing numbers (p chart)', hint: 'Fits a survey whose number of answers changes.' },
  u: { word: 'Rates of differing numbers (u chart)', hint: 'Fits a rate when what it is given for changes much.' },
  none: { word: 'None', hint: 'The figures are drawn, and the rules say nothing of them.' },
}

/** What a stock of people counts. The three differ, and are never compared with one another. */
export const basisWords: Record<Basis, { word: string; hint: string }> = {
  establishment: { word: 'Posts (establishment)', hint: 'How many posts there should be, filled or not.' },
  'full-time-equivalent': { word: 'Working time (full-time equivalent)', hint: 'Two people at half time are one.' },
  headcount: { word: 'People (headcount)', hint: 'Two people at half time are two.' },
}

/** What the lists of the measure's form offer. */
export const offered = {
  units: units.map(value => ({ value, text: unitWords[value] })),
  kinds: kinds.map(value => ({ value, text: kindWords[value].word, hint: kindWords[value].hint })),
  polarities: (['increase', 'decrease', 'neutral'] as const).map(value => ({ value, text: polarityWords[value] })),
  frequencies: frequencies.map(value => ({
    value,
    text: capital(frequencyWords[value].adverb),
    hint: `Periods are written like ${frequencyWords[value].example}.`,
  })),
  charts: chartChoices.map(value => ({ value, text: chartWords[value].word, hint: chartWords[value].hint })),
  bases: [
    { value: '', text: 'It is no stock of people' },
    ...bases.map(value => ({ value, text: basisWords[value].word, hint: basisWords[value].hint })),
  ],
  seasonal: [
    { value: 'no', text: 'No' },
    {
      value: 'yes',
      text: 'Yes',
      hint: 'It is judged only with the season taken out, once there are two years of figures.',
    },
  ],
  near: [
    { value: 'nhs', text: 'All three on one side of the average, two near the limit (NHS England)' },
    { value: 'we', text: 'Two of three near or beyond the limit, the third anywhere (Western Electric)' },
    { value: 'off', text: 'Do not use this rule' },
  ],
  screening: [
    { value: 'no', text: 'No' },
    { value: 'yes', text: 'Yes', hint: 'Jumps too large to be chance do not widen the usual range.' },
  ],
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
