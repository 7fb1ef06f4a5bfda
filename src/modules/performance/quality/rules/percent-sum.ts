import { periodInWords, periodText } from '../../period.ts'
import {
  bySource,
  finding,
  type Finding,
  isComposition,
  isWithheld,
  named,
  numberText,
  otherPeriods,
  type QualityDimension,
  type QualityMeasure,
  type QualitySeries,
  type Rule,
  sourceOf,
  topsOf,
} from '../finding.ts'
import { finestStep, sumOf } from '../precision.ts'

const name = 'percent-sum'

/** Shares of one whole that do not add up to 100%; where several answers may be given they may add up to more. */
export const percentSum: Rule = {
  name,
  inWords: 'Shares of one whole do not add up to 100%, allowing for rounding and for what is withheld.',
  find(subject) {
    const { measure, series } = subject
    if (!isComposition(subject)) return []
    return [...bySource(series)].flatMap(([source, held]) =>
      measure.dimensions
        .filter(each => each.adding === 'to-the-whole')
        .flatMap(dimension => lookAt(measure, source, held, dimension)),
    )
  },
}

interface Sum {
  verdict: 'incomplete-breakdown' | 'more-than-the-whole'
  sum: number
  period: string
  words: string
}

function lookAt(
  measure: QualityMeasure,
  source: string,
  held: ReadonlyMap<string, QualitySeries>,
  dimension: QualityDimension,
): Finding[] {
  const parts = topsOf(dimension).flatMap(each => held.get(each) ?? [])
  const figures = parts.flatMap(series => series.figures.map(figure => ({ series, figure })))
  const byPeriod = Map.groupBy(figures, each => periodText(each.figure.period))
  const off = [...byPeriod].flatMap(([period, found]): Sum[] => {
    const values = found.flatMap(({ figure }) => (figure.value === null ? [] : [figure.value]))
    const hidden = found.some(({ figure }) => isWithheld(figure))
    if (values.length < 2) return []
    const sum = sumOf(values)
    const allowed = (values.length * finestStep(values)) / 2 + 1e-9
    const words = found[0] === undefined ? '' : periodInWords(found[0].figure.period)
    if (sum < 100 - allowed && !hidden) return [{ verdict: 'incomplete-breakdown', sum, period, words }]
    return sum > 100 + allowed ? [{ verdict: 'more-than-the-whole', sum, period, words }] : []
  })
  return [...Map.groupBy(off, each => each.verdict)].map(([verdict, sums]) => {
    const last = sums.toSorted((a, b) => a.period.localeCompare(b.period)).at(-1)
    const sentence =
      `${measure.title}, ${last?.words ?? ''}, in “${sourceOf(measure, source)}”: the shares by ${dimension.name} ` +
      `add up to ${numberText(measure, last?.sum ?? 0)}.${otherPeriods(sums.length)}`
    const told = (byPeriod.get(last?.period ?? '') ?? []).map(({ series, figure }) => named(measure, series, figure))
    return finding(name, verdict, measure, [dimension.name, source], sentence, told)
  })
}
