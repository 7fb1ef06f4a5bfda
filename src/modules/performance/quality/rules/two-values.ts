import { periodText } from '../../period.ts'
import type { Figure } from '../../series-data.ts'
import {
  byPeriod,
  called,
  type FigureNamed,
  type Finding,
  finding,
  isWithheld,
  named,
  otherPeriods,
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
    [...Map.groupBy(series, each => each.breakdown).values()].flatMap(found => compare(measure, found)),
}

interface Apart {
  verdict: Verdict
  period: string
  figures: readonly [QualitySeries, Figure][]
}

/** All sources of one breakdown: one finding for each way in which any two of them are apart. */
function compare(measure: QualityMeasure, series: readonly QualitySeries[]): Finding[] {
  const apart = pairsOf(series).flatMap(([one, other]) => comparePair(measure, one, other))
  return [...Map.groupBy(apart, each => each.verdict)].map(([verdict, found]) => findingOf(measure, verdict, found))
}

function pairsOf(series: readonly QualitySeries[]): [QualitySeries, QualitySeries][] {
  const sorted = [...series].sort((a, b) => a.source.localeCompare(b.source, 'en-GB'))
  return sorted.flatMap((one, i) => sorted.slice(i + 1).map((other): [QualitySeries, QualitySeries] => [one, other]))
}

function comparePair(measure: QualityMeasure, one: QualitySeries, other: QualitySeries): Apart[] {
  const steps = [stepIn(one), stepIn(other)] as const
  const others = byPeriod(other)
  return one.figures.flatMap((figure): Apart[] => {
    const period = periodText(figure.period)
    const beside = others.get(period)
    if (beside === undefined) return []
    const verdict = verdictOn(measure, one, other, figure, beside, steps)
    if (verdict === null) return []
    return [
      {
        verdict,
        period,
        figures: [
          [one, figure],
          [other, beside],
        ],
      },
    ]
  })
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

function findingOf(measure: QualityMeasure, verdict: Verdict, found: readonly Apart[]): Finding {
  const periods = [...Map.groupBy(found, each => each.period)]
    .sort(([, [a]], [, [b]]) => startOf(b) - startOf(a))
    .map(([, each]) => [...new Map(each.flatMap(({ figures }) => figures)).entries()])
  const figures = periods.flatMap(each => each.map(([series, figure]) => named(measure, series, figure)))
  const latest = figures.slice(0, periods[0]?.length ?? 0)
  const breakdown = found[0]?.figures[0]?.[0].breakdown ?? ''
  const withheld = verdict === 'withheld-and-printed'
  const said = withheld ? 'withheld in one source and printed in another' : valuesInWords(latest)
  const sentence = `${called(measure, breakdown)}, ${latest[0]?.periodWords ?? ''}: ${said}.${otherPeriods(periods.length)}`
  return finding(name, verdict, measure, [breakdown], sentence, figures, withheld)
}

const startOf = (apart: Apart | undefined): number =>
  apart?.figures[0]?.[1].period.start.toZonedDateTime('UTC').epochMilliseconds ?? 0

function valuesInWords(figures: readonly FigureNamed[]): string {
  const shared = sharedPaper(figures.map(each => each.source))
  return figures.map(({ text, source }) => `${text} in “${source.slice(shared)}”`).join(', ')
}

/** Places in one paper are told by their places alone: the paper's name stands with the figures. */
function sharedPaper(sources: readonly string[]): number {
  const [first = ''] = sources
  const end = first.lastIndexOf(': ') + 2
  return end > 2 && sources.every(each => each.startsWith(first.slice(0, end))) ? end : 0
}
