import { positionWords } from '../../analysis/comparison.ts'
import { percentagePoints } from '../../analysis/change.ts'
import { figureText } from '../../figures.ts'
import { byName } from '../lines.ts'
import { type Compared, type CompareChoices, groupOn, inPeriod } from './compared.ts'
import type { ForceComparison, NoComparison } from './force-comparison.ts'
import type { LocalComparison } from './local-comparison.ts'

/** Why there is no comparison with similar forces; then what those who keep the figures can do about it. */
const silences: Record<NoComparison, readonly [why: string, advice?: string]> = {
  'no-group': [
    'No most similar group is entered, so there is no comparison with similar forces.',
    'An administrator of the office can enter it, with the day from which each force belongs to it.',
  ],
  'nobody-then': [
    'No force is entered in the most similar group on the day chosen, so there is no comparison.',
    'Choose another day, or ask an administrator to enter who was in the group then.',
  ],
  'no-own-name': [
    'It is not said which of the police areas is the force itself, so there is no comparison.',
    'An administrator can say so with the most similar group.',
  ],
  'no-own-figure': ['The force itself has no figure for this period, so there is nothing to compare.'],
  'too-few': ['Fewer than three similar forces have a figure for this period: too few to tell how far they lie apart.'],
  'plain-numbers': [
    'These are plain numbers, of parts that differ in size: they are shown side by side, and nothing is made of the difference. A measure given per head, or as a share, can be compared.',
  ],
}

/** @param advised whether what can be done is said too: to those inside, not to the public */
export const whyInWords = (why: NoComparison, advised: boolean): string =>
  silences[why].slice(0, advised ? 2 : 1).join(' ')

type Measured = Compared['measure']

/** A mean or limit with one digit more than the figures have. */
const fine = (value: number, measure: Measured): string =>
  figureText(value, { unit: measure.unit, decimals: measure.decimals + 1 })

/** What the comparison with similar forces comes to, sentence by sentence. */
export function forceSentences(
  compared: Compared,
  choices: CompareChoices,
  found: ForceComparison,
  advised: boolean,
): string[] {
  const { comparison } = found
  if (comparison === null) return found.why === null ? [] : [whyInWords(found.why, advised)]
  const { measure } = compared
  const own = found.rows.find(({ place }) => place === 'own')?.figure?.value ?? 0
  const { mean, pooled, lower, upper, rank, of, position } = comparison
  return [
    `${found.ownName} had ${figureText(own, measure)} ${inPeriod(choices.period)}, ${positionWords[position]}: ${fine(lower, measure)} to ${fine(upper, measure)}.`,
    `Counted from the lowest, it is number ${String(rank)} of ${String(of)}.`,
    `The mean of the ${String(of - 1)} others is ${fine(mean, measure)}. ${differenceSentence(own, comparison, measure)}`,
    ...(pooled === null
      ? []
      : [
          `All ${String(of - 1)} taken as one area had ${fine(pooled, measure)}: everything counted, divided by everything it is counted out of.`,
        ]),
    ...missingSentence(found),
  ]
}

function differenceSentence(
  own: number,
  { mean, differencePercent }: NonNullable<ForceComparison['comparison']>,
  measure: Measured,
) {
  const points = percentagePoints(mean, own)
  const way = points < 0 ? 'below' : 'above'
  if (points === 0) return 'The force is at that mean.'
  if (measure.unit === 'percent' || measure.unit === 'points') {
    return `The force is ${figureText(Math.abs(points), { unit: 'points', decimals: measure.decimals + 1 })} ${way} it.`
  }
  if (differencePercent === null) return `The force is ${fine(Math.abs(points), measure)} ${way} it.`
  const percent = figureText(Math.abs(differencePercent), { unit: 'percent', decimals: 1 })
  return `The force is ${percent} ${way} it.`
}

function missingSentence({ missing }: ForceComparison): string[] {
  return missing.length === 0 ? [] : [`No figure is held for ${listed(missing)}, who belong to the group too.`]
}

/** How the range is worked out, for whoever wants to check it. */
export function forceFormula({ comparison }: ForceComparison): string[] {
  if (comparison === null) return []
  const others = String(comparison.of - 1)
  return [
    `The range is the mean of the ${others} other forces of the group, plus and minus 1.96 times their standard deviation (${comparison.deviation.toLocaleString('en-GB', { maximumSignificantDigits: 3 })}); the force itself is not among them.`,
    `With ${others} others that spread is itself uncertain. A force outside the range is worth a question; no more is claimed, and nothing here is called significant.`,
  ]
}

/** Which group was compared with, as at which day, and where its membership is written. */
export function groupSentence({ group }: Compared, { groupOn: day }: CompareChoices): string | null {
  if (group === null) return null
  const names = groupOn(group, day)
  if (names.length === 0) return null
  const sources = [...new Set(group.members.filter(({ name }) => names.includes(name)).map(({ source }) => source))]
  return `${listed(names)}. Source: ${sources.sort(byName).join('; ')}.`
}

/** What the funnel of local areas comes to. */
export function localSentences(compared: Compared, found: LocalComparison, noun: string): string[] {
  const { why, centre, rows } = found
  if (why === 'plain-numbers') return [whyInWords('plain-numbers', false)]
  if (why === 'no-denominators' || centre === null) {
    return [
      `What the figures are counted out of is not held for these ${noun}, so it cannot be told how far chance alone would part them.`,
    ]
  }
  const inside = rows.filter(({ inFunnel }) => inFunnel !== null)
  const far = inside.filter(({ inFunnel }) => inFunnel?.place === 'beyond-998')
  const left = rows.filter(({ inFunnel }) => inFunnel === null).map(({ name }) => name)
  return [
    `All ${String(inside.length)} ${noun} taken together had ${fine(centre, compared.measure)}.`,
    ...far.map(
      ({ name, inFunnel }) =>
        `${name} is ${inFunnel?.high === true ? 'above' : 'below'} what chance explains for its size.`,
    ),
    ...(far.length === 0 ? [`None of the ${noun} is further from that than chance explains for its size.`] : []),
    ...(left.length === 0 ? [] : [`Left out, because their figures are missing or hidden: ${listed(left)}.`]),
  ]
}

export function localFormula({ measure }: Compared, { why, phi }: LocalComparison): string[] {
  if (why !== null) return []
  const share = measure.unit === 'percent'
  return [
    share
      ? 'The limits are the rate of all areas together, c, plus and minus z times the square root of c (1 - c) / n, n being what an area is counted out of; z is 1.96 for 95% and 3.09 for 99.8%. Where fewer than ten are expected they are exact (binomial).'
      : 'The limits are the rate of all areas together, c, plus and minus z times the square root of c / n, n being what an area is counted out of; z is 1.96 for 95% and 3.09 for 99.8%. Where fewer than ten events are expected they are exact (Poisson).',
    'Where chance alone is at work, one in twenty lies beyond the inner limits and one in five hundred beyond the outer.',
    ...(phi === null
      ? [
          'Size is not all that differs: a town centre has more crime than its residents explain. Whatever lies beyond the limits is worth a question, not a verdict.',
        ]
      : [
          `They differ ${phi.toLocaleString('en-GB', { maximumFractionDigits: 1 })} times as much as chance explains, so the limits are wider by the square root of that.`,
        ]),
  ]
}

/** "Cheshire, Derbyshire and Kent" */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}
