import type { Figure } from '../../series-data.ts'
import { called, finding, named, otherPeriods, type QualityMeasure, type Rule } from '../finding.ts'

const name = 'percent-range'

/** A share outside 0 to 100, or a fall of more than all there was. */
export const percentRange: Rule = {
  name,
  inWords: 'A share is below 0% or above 100%, or something fell by more than 100%.',
  find: ({ measure, series }) =>
    series.flatMap(each => {
      const found = each.figures.filter(figure => isImpossible(measure, figure))
      const last = found.at(-1)
      if (last === undefined) return []
      const figures = found.toReversed().map(figure => named(measure, each, figure))
      const [first] = figures
      const sentence =
        `${called(measure, each.breakdown)}, ${first?.periodWords ?? ''}: ${first?.text ?? ''} ` +
        `in “${first?.source ?? ''}” is not a possible percentage.${otherPeriods(found.length)}`
      return [finding(name, 'impossible-percentage', measure, [each.breakdown, each.source], sentence, figures)]
    }),
}

function isImpossible({ unit, kind }: QualityMeasure, { value }: Figure): boolean {
  if (value === null || unit !== 'percent') return false
  return kind === 'change' ? value < -100 : kind === 'proportion' && (value < 0 || value > 100)
}
