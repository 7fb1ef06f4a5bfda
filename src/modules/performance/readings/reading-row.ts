import { periodsOfYear } from '../exceptions/choose-chart.ts'
import { chartTitle, type Reading } from '../exceptions/exceptions.ts'
import { statuses } from '../import/cells.ts'
import type { Measure } from '../measure.ts'
import type { Series } from '../queries.ts'
import type { SeriesData } from '../series-data.ts'
import type { ReadingTable } from '../tables.ts'

/** How many of the latest figures a small line shows: two years of months. */
export const recentPeriods = 24

/**
 * How a series was read, as one row for the pages that show many: the latest figure beside the one before and the one
 * of a year before, the usual range, whether something stands out at the latest figure, and one sentence. Pure.
 */
export function readingRow(measure: Measure, series: Series, data: SeriesData, reading: Reading): ReadingTable {
  const at = data.figures.findLastIndex(figure => figure?.value != null)
  const latest = data.figures[at] ?? null
  const limits = reading.chart?.limitsAt(at) ?? null
  const valueAt = (index: number) => data.figures[index]?.value ?? null
  return {
    series_id: series.id,
    area_id: series.area_id,
    measure_id: series.measure_id,
    latest_period: latest === null ? null : latest.period.start,
    latest_value: latest?.value ?? null,
    latest_status: latest === null ? null : statuses.indexOf(latest.status as (typeof statuses)[number]),
    previous_value: valueAt(at - 1),
    year_before_value: valueAt(at - periodsOfYear[measure.frequency]),
    points: data.figures.filter(figure => figure?.value != null).length,
    method: reading.chart?.method ?? '',
    strength: reading.chart?.segments.at(-1)?.status ?? 'none',
    centre: finite(limits?.centre),
    lower: finite(limits?.lower),
    upper: finite(limits?.upper),
    standing: standingOf(reading),
    says: reading.read ? chartTitle(measure, series.breakdown, series.source, data, reading) : reading.reason,
    recent: data.figures.slice(-recentPeriods).map(figure => figure?.value ?? null),
  }
}

/** Null for what is no number: JSON and the table have none such. */
export const finite = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value

/** What stands at the latest figure, the worse before the better; nothing, where the rules are silent. */
export function standingOf(reading: Reading): ReadingTable['standing'] {
  if (!reading.read) return 'silent'
  const now = reading.exceptions.filter(each => each.told && each.state !== 'ended')
  return (['bad', 'good', 'neutral'] as const).find(each => now.some(({ judged }) => judged === each)) ?? 'usual'
}
