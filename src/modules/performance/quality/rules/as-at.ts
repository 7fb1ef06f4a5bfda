import { longDate } from '../../../../platform/time.ts'
import type { Figure } from '../../series-data.ts'
import { called, finding, named, otherPeriods, type QualityMeasure, type Rule } from '../finding.ts'

const name = 'as-at'

/** A figure that is said to be known before its period began. */
export const asAtBefore: Rule = {
  name,
  inWords: 'A figure is given as at a day before its period began.',
  find: ({ measure, series }) =>
    series.flatMap(each => {
      const found = each.figures.filter(figure => isBefore(measure, figure))
      const last = found.at(-1)
      if (last?.asAt == null) return []
      const figures = found.toReversed().map(figure => named(measure, each, figure))
      const sentence =
        `${called(measure, each.breakdown)}, ${figures[0]?.periodWords ?? ''}: the figure is as at ` +
        `${longDate(last.asAt)}, before its period began.${otherPeriods(found.length)}`
      return [finding(name, 'period-conflict', measure, [each.breakdown, each.source], sentence, figures)]
    }),
}

/** Budgets and what is planned are known beforehand. */
function isBefore({ kind }: QualityMeasure, { value, asAt, period }: Figure): boolean {
  if (kind === 'money' || kind === 'change' || kind === 'stock') return false
  return value !== null && asAt !== null && Temporal.PlainDate.compare(asAt, period.start) < 0
}
