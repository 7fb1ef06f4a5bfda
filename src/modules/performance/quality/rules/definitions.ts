import type { Figure } from '../../series-data.ts'
import {
  byPeriod,
  called,
  type Finding,
  finding,
  type MeasureFigures,
  named,
  otherPeriods,
  type QualitySeries,
  type Rule,
} from '../finding.ts'
import { definitionsOf, isChange } from '../kindred.ts'
import { agreement, finestStep } from '../precision.ts'
import type { Verdict } from '../verdicts.ts'

const name = 'definitions'

/**
 * Two measures that go by one name but for the words of their definitions, with two values for one period: posts
 * beside full-time equivalents, the original budget beside the revised (performance.md A12). Neither is wrong; they
 * are never to be compared.
 */
export const definitions: Rule = {
  name,
  inWords: 'Two measures of one name, told apart by their definition or by nothing, have two values for one period.',
  find: subject =>
    subject.kindred
      .filter(other => subject.measure.id < other.measure.id && comparable(subject, other))
      .flatMap(other => compare(subject, other)),
}

function comparable({ measure }: MeasureFigures, { measure: other }: MeasureFigures): boolean {
  if (isChange(measure) || isChange(other)) return false
  return measure.unit === other.unit && measure.frequency === other.frequency
}

interface Apart {
  series: QualitySeries
  otherSeries: QualitySeries
  one: Figure
  other: Figure
}

function compare(one: MeasureFigures, other: MeasureFigures): Finding[] {
  const apart = one.series.flatMap(series =>
    other.series
      .filter(each => each.breakdown === series.breakdown)
      .flatMap(otherSeries => comparePair(series, otherSeries)),
  )
  const last = apart.at(-1)
  if (last === undefined) return []
  const verdict: Verdict = definedApart(one, other) ? 'different-definitions' : 'conflict-or-different-scope'
  const figures = apart
    .toReversed()
    .flatMap(each => [named(one.measure, each.series, each.one), named(other.measure, each.otherSeries, each.other)])
  const [a, b] = figures
  const where = a === undefined ? '' : `${called(one.measure, last.series.breakdown)}, ${a.periodWords}: ${a.text}. `
  const sentence = `${where}${other.measure.title}: ${b?.text ?? ''}.${otherPeriods(apart.length)}`
  return [finding(name, verdict, one.measure, [other.measure.id], sentence, figures)]
}

function comparePair(series: QualitySeries, otherSeries: QualitySeries): Apart[] {
  const values = (each: QualitySeries) => each.figures.flatMap(({ value }) => (value === null ? [] : [value]))
  const [step, otherStep] = [finestStep(values(series)), finestStep(values(otherSeries))]
  const others = byPeriod(otherSeries)
  return [...byPeriod(series)].flatMap(([period, one]): Apart[] => {
    const other = others.get(period)
    if (one.value === null || other?.value == null) return []
    if (agreement(one.value, step, other.value, otherStep) !== 'apart') return []
    return [{ series, otherSeries, one, other }]
  })
}

function definedApart({ measure }: MeasureFigures, { measure: other }: MeasureFigures): boolean {
  const [a, b] = [definitionsOf(measure), definitionsOf(other)]
  return (['people', 'budget', 'extent'] as const).some(family => a.get(family) !== b.get(family))
}
