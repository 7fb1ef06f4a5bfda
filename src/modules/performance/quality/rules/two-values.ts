import { periodText } from '../../period.ts'
import type { Figure } from '../../series-data.ts'
import {
  byPeriod,
  called,
  type Finding,
  finding,
  isWithheld,
  named,
  otherPeriods,
  printed,
  type QualityMeasure,
  type QualitySeries,
  type Rule,
  sourceOf,
} from '../finding.ts'
import { definitionsIn } from '../kindred.ts'
import { agreement, finestStep, tenfold } from '../precision.ts'
import type { Verdict } from '../verdicts.ts'

const name = 'two-values'

/** The same measure, breakdown and period with two values from two sources (performance.md C: 105 and 108). */
export const twoValues: Rule = {
  name,
  inWords: 'One measure, breakdown and period has two values from two sources that are not one value rounded.',
  find: ({ measure, series }) =>
    [...Map.groupBy(series, each => each.breakdown).values()].flatMap(found =>
      pairsOf(found).flatMap(([one, other]) => comparePair(measure, one, other)),
    ),
}

function pairsOf(series: readonly QualitySeries[]): [QualitySeries, QualitySeries][] {
  const sorted = [...series].sort((a, b) => a.source.localeCompare(b.source, 'en-GB'))
  return sorted.flatMap((one, i) => sorted.slice(i + 1).map((other): [QualitySeries, QualitySeries] => [one, other]))
}

interface Apart {
  verdict: Verdict
  one: Figure
  other: Figure
}

function comparePair(measure: QualityMeasure, one: QualitySeries, other: QualitySeries): Finding[] {
  const steps = [stepIn(one), stepIn(other)] as const
  const others = byPeriod(other)
  const apart = one.figures.flatMap((figure): Apart[] => {
    const beside = others.get(periodText(figure.period))
    if (beside === undefined) return []
    const verdict = verdictOn(measure, one, other, figure, beside, steps)
    return verdict === null ? [] : [{ verdict, one: figure, other: beside }]
  })
  return [...Map.groupBy(apart, each => each.verdict)].map(([verdict, found]) =>
    findingOf(measure, one, other, verdict, found),
  )
}

function stepIn(series: QualitySeries): number {
  return finestStep(series.figures.flatMap(({ value }) => (value === null ? [] : [value])))
}

function verdictOn(
  measure: QualityMeasure,
  one: QualitySeries,
  other: QualitySeries,
  figure: Figure,
  beside: Figure,
  [step, stepBeside]: readonly [number, number],
): Verdict | null {
  if (figure.value === null || beside.value === null) {
    const known = figure.value !== null || beside.value !== null
    return known && (isWithheld(figure) || isWithheld(beside)) ? 'withheld-and-printed' : null
  }
  if (agreement(figure.value, step, beside.value, stepBeside) !== 'apart') return null
  if (tenfold(figure.value, beside.value, 1.05) !== null) return 'implausible-magnitude'
  if (labelledApart(sourceOf(measure, one.source), sourceOf(measure, other.source))) return 'different-definitions'
  return otherDay(figure, beside) ? 'different-vintages' : 'conflict'
}

/**
 * Whether the names of two sources say that they mean two things. What a budget is at the time, one of them may leave
 * unsaid; that people are counted by posts or by heads, both must say.
 */
function labelledApart(one: string, other: string): boolean {
  const [a, b] = [definitionsIn(one), definitionsIn(other)]
  if (a.has('budget') || b.has('budget')) return a.get('budget') !== b.get('budget')
  return (['people', 'extent'] as const).some(
    family => a.has(family) && b.has(family) && a.get(family) !== b.get(family),
  )
}

/** Figures as at two days may differ because late records came in between. */
function otherDay(one: Figure, other: Figure): boolean {
  if (one.asAt !== null && other.asAt !== null) return !one.asAt.equals(other.asAt)
  return (one.status === 'provisional') !== (other.status === 'provisional')
}

function findingOf(
  measure: QualityMeasure,
  one: QualitySeries,
  other: QualitySeries,
  verdict: Verdict,
  found: readonly Apart[],
): Finding {
  const last = found.at(-1)
  const figures = found.toReversed().flatMap(each => [named(measure, one, each.one), named(measure, other, each.other)])
  const [first, second] = figures
  const told = last === undefined || first === undefined || second === undefined ? '' : sentenceOf(last, first, second)
  const sentence = `${called(measure, one.breakdown)}, ${told}${otherPeriods(found.length)}`
  const where = [one.breakdown, one.source, other.source]
  return finding(name, verdict, measure, where, sentence, figures, verdict === 'withheld-and-printed')

  function sentenceOf({ one: a, other: b }: Apart, x: typeof first & object, y: typeof second & object): string {
    if (verdict === 'withheld-and-printed') return `${x.periodWords}: withheld in one source and printed in another.`
    return `${x.periodWords}: ${printed(measure, a)} in “${x.source}”, ${printed(measure, b)} in “${y.source}”.`
  }
}
