import type { Figure } from '../../series-data.ts'
import { called, finding, named, numberText, otherPeriods, type QualityMeasure, type Rule } from '../finding.ts'
import { finestStep, roundsTo, verdictOnShare } from '../precision.ts'

const name = 'share-arithmetic'

/** A share or rate that is not what its numerator and denominator come to: 190 of 1,526 printed as 13.6%. */
export const shareArithmetic: Rule = {
  name,
  inWords: 'A share or rate is not what its numerator and denominator come to.',
  find: ({ measure, series }) =>
    series.flatMap(each => {
      const step = finestStep(each.figures.flatMap(({ value }) => (value === null ? [] : [value])))
      const found = each.figures.filter(figure => isOff(measure, figure, step))
      const last = found.at(-1)
      if (last === undefined) return []
      const share = shareOf(measure, last) ?? 0
      const counts = `${whole(last.numerator)} of ${whole(last.denominator)}`
      const rate = measure.unit === 'rate' && measure.per !== null ? ` for each ${whole(measure.per)}` : ''
      const figures = found.toReversed().map(figure => named(measure, each, figure))
      const comesTo = numberText({ ...measure, decimals: 0 }, Math.round(share * 100) / 100)
      const sentence =
        `${called(measure, each.breakdown)}, ${figures[0]?.periodWords ?? ''}: ${counts} is ` +
        `${comesTo}${rate}; “${figures[0]?.source ?? ''}” prints ` +
        `${figures[0]?.text ?? ''}.${otherPeriods(found.length)}`
      return [finding(name, 'inconsistent', measure, [each.breakdown, each.source], sentence, figures)]
    }),
}

const whole = (value: number | null): string => (value ?? 0).toLocaleString('en-GB')

function shareOf({ unit, per }: QualityMeasure, { numerator, denominator }: Figure): number | null {
  if (numerator === null || denominator === null || denominator === 0) return null
  return ((unit === 'percent' ? 100 : (per ?? 1)) * numerator) / denominator
}

function isOff(measure: QualityMeasure, figure: Figure, step: number): boolean {
  const { value, numerator, denominator } = figure
  const share = shareOf(measure, figure)
  if (value === null || numerator === null || denominator === null || share === null) return false
  if (measure.unit === 'percent' && measure.kind === 'proportion') {
    return verdictOnShare(numerator, denominator, value, step) === 'inconsistent'
  }
  return measure.kind === 'rate' && !roundsTo(share, value, step)
}
