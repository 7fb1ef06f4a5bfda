import {
  called,
  type Finding,
  finding,
  named,
  otherPeriods,
  type QualityMeasure,
  type QualitySeries,
  type Rule,
} from '../finding.ts'
import type { Figure } from '../../series-data.ts'
import { medianOf } from '../precision.ts'

const name = 'magnitude'

/** More than the whole country spends on its police in a year: no area's money is that much. */
const mostMoney = 20_000_000_000

/** A sudden change of unit: a share given as 0.85 among figures like 85, thousands among millions, 97,268 million. */
export const magnitude: Rule = {
  name,
  inWords:
    'A figure is about a hundred, a thousand or a million times as large, or as small, as those beside it, or an ' +
    'amount of money that no area has.',
  find: ({ measure, series }) =>
    series.flatMap(each => {
      const odd = measure.unit === 'percent' ? fractions(measure, each) : outOfSize(measure, each)
      return odd.length === 0 ? [] : [findingOf(measure, each, odd)]
    }),
}

const valued = ({ figures }: QualitySeries) =>
  figures.flatMap(figure => (figure.value === null || figure.value === 0 ? [] : [{ figure, value: figure.value }]))

/** Shares given as fractions of one among shares given in per cent: about a hundred times apart. */
function fractions({ kind }: QualityMeasure, series: QualitySeries): Figure[] {
  if (kind !== 'proportion') return []
  const small = valued(series).filter(({ value }) => value > 0 && value <= 1)
  const large = valued(series).filter(({ value }) => value > 1)
  if (small.length === 0 || large.length === 0) return []
  const apart = medianOf(large.map(each => each.value)) / medianOf(small.map(each => each.value))
  return apart >= 50 && apart <= 200 ? (small.length <= large.length ? small : large).map(each => each.figure) : []
}

/** How far the others may lie apart from one another for one that lies a thousand times further to be odd. */
const mostSpread = 10

function outOfSize({ unit, kind }: QualityMeasure, series: QualitySeries): Figure[] {
  if (kind === 'change' || kind === 'grade' || kind === 'cumulative') return []
  const all = valued(series)
  const huge = unit === 'money' ? all.filter(({ value }) => Math.abs(value) >= mostMoney) : []
  const usual = medianOf(all.map(({ value }) => Math.abs(value)))
  const odd = all.filter(({ value }) => isOdd(Math.abs(value), usual))
  const sizes = all.filter(each => !odd.includes(each)).map(({ value }) => Math.abs(value))
  const alike = sizes.length >= 2 && Math.max(...sizes) <= mostSpread * Math.min(...sizes)
  return [...new Set([...huge, ...(alike ? odd : [])])].map(each => each.figure)
}

/** A count that falls to a few is news and no change of unit; a fraction of one thing is neither. */
function isOdd(size: number, usual: number): boolean {
  const power = Math.log10(size / usual)
  const nearest = Math.round(power / 3) * 3
  if (nearest === 0 || (nearest < 0 && size >= 1 && usual < 10_000)) return false
  return Math.abs(power - nearest) <= Math.log10(2)
}

function findingOf(measure: QualityMeasure, series: QualitySeries, odd: readonly Figure[]): Finding {
  const figures = odd.toReversed().map(figure => named(measure, series, figure))
  const rest = valued(series).filter(({ figure }) => !odd.includes(figure))
  const beside = rest.slice(-3).map(({ figure }) => named(measure, series, figure))
  const [first] = figures
  const like =
    beside.length === 0 ? '' : ` Others are like ${beside.at(-1)?.text ?? ''} (${beside.at(-1)?.periodWords ?? ''}).`
  const sentence =
    `${called(measure, series.breakdown)}, ${first?.periodWords ?? ''}: ${first?.text ?? ''} in ` +
    `“${first?.source ?? ''}” is not of the size it should be.${like}${otherPeriods(odd.length)}`
  const where = [series.breakdown, series.source]
  return finding(name, 'implausible-magnitude', measure, where, sentence, [...figures.slice(0, 12), ...beside])
}
