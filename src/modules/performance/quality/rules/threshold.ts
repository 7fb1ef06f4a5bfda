import { figureText } from '../../figures.ts'
import type { Figure } from '../../series-data.ts'
import { called, finding, named, numberText, type QualityMeasure, type Rule } from '../finding.ts'

const name = 'threshold'

/** A figure that lies on one side of its target or band and is printed as lying on it: 0.97 printed 1.0 of "under 1". */
export const threshold: Rule = {
  name,
  inWords: 'A figure on one side of its target or band is printed, rounded, as if it lay on it.',
  find: ({ measure, series }) =>
    series.flatMap(each => {
      const last = each.figures.findLast(figure => figure.value !== null)
      const line = last === undefined ? undefined : lines(measure).find(target => isRoundedOnto(measure, last, target))
      if (last === undefined || line === undefined) return []
      const told = named(measure, each, last)
      const exact = Math.round((exactOf(measure, last) ?? 0) * 10_000) / 10_000
      const sentence =
        `${called(measure, each.breakdown)}, ${told.periodWords}: ${numberText(measure, exact)} is printed as ` +
        `${figureText(exact, measure)}, which is the ${numberText(measure, line)} it is measured by.`
      return [finding(name, 'show-more-decimals', measure, [each.breakdown, each.source], sentence, [told])]
    }),
}

const lines = ({ target, bandLow, bandHigh }: QualityMeasure): number[] =>
  [target, bandLow, bandHigh].filter(each => each !== null)

function exactOf({ unit, kind }: QualityMeasure, { value, numerator, denominator }: Figure): number | null {
  const share = unit === 'percent' && kind === 'proportion' && numerator !== null && denominator !== null
  return share && denominator > 0 ? (100 * numerator) / denominator : value
}

function isRoundedOnto(measure: QualityMeasure, figure: Figure, line: number): boolean {
  const exact = exactOf(measure, figure)
  return exact !== null && exact !== line && figureText(exact, measure) === figureText(line, { ...measure })
}
