import type { Measure } from '../measure.ts'
import { nextPeriod, parsePeriod, type Period } from '../period.ts'
import { type Figure, layOut, type SeriesData } from '../series-data.ts'

/** A measure for tests: a monthly count of which fewer are better, read as is usual. */
export const sampleMeasure: Measure = {
  areaId: 1,
  id: 'm',
  reference: 'M-2025-01',
  title: 'Recorded crime',
  unit: 'count',
  kind: 'count',
  polarity: 'decrease',
  frequency: 'month',
  decimals: 0,
  numerator: null,
  denominator: null,
  definition: '',
  source: '',
  per: null,
  basis: null,
  target: null,
  bandLow: null,
  bandHigh: null,
  chart: 'auto',
  seasonal: false,
  settling: 0,
  disclosure: null,
  rules: { shift: 7, trend: 7, near: 'nhs', screening: false },
  rulesSince: Temporal.PlainDate.from('2020-01-01'),
}

/** One figure a period from a first one on; a null is a period for which none was given. */
export function seriesFrom(
  first: string,
  values: readonly (number | null)[],
  parts: readonly { numerator: number; denominator: number }[] = [],
): SeriesData {
  let period = parsePeriod(first) as Period
  const figures = values.map((value, i) => {
    const { numerator = null, denominator = null } = parts[i] ?? {}
    const figure: Figure = {
      period,
      value,
      mark: null,
      numerator,
      denominator,
      status: 'final',
      asAt: null,
      revision: 1,
    }
    period = nextPeriod(period)
    return figure
  })
  return layOut(figures.filter(figure => figure.value !== null))
}
