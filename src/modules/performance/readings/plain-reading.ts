import { analyseSeries, emptyLimits, fewestPoints, type SeriesOutput } from '../analysis/process-control.ts'
import { smallCount } from '../analysis/attribute-charts.ts'
import { limitsStatus } from '../analysis/xmr-chart.ts'
import { periodsOfYear } from '../exceptions/choose-chart.ts'
import { chartTitle } from '../exceptions/exceptions.ts'
import { dateOfDay } from '../import/cells.ts'
import type { Measure } from '../measure.ts'
import type { Series } from '../queries.ts'
import type { ReadingTable } from '../tables.ts'
import type { StreamedSeries } from './figure-stream.ts'
import { finite, recentPeriods } from './reading-row.ts'

/** One output for every series that is read: nothing is made for a series in which nothing stands out. */
export class PlainReader {
  #out: SeriesOutput = { limits: emptyLimits(), signals: new Uint8Array(512) }

  /**
   * Reads a series of plain counts or sums of money by process control. Most series of a country have nothing to tell;
   * this finds those out without making an object for each figure.
   *
   * @returns its row, or null where something may have to be told: then it is read in full
   */
  read(measure: Measure, series: Series, streamed: StreamedSeries): ReadingTable | null {
    const { values } = streamed
    if (values.length > this.#out.signals.length) this.#out.signals = new Uint8Array(2 * values.length)
    analyseSeries(values, 0, values.length, { ...measure.rules, baseline: null }, this.#out)
    const { limits, signals } = this.#out
    if (limits.points < fewestPoints || !(limits.centre >= smallCount)) return null
    for (let i = Math.max(0, values.length - periodsOfYear[measure.frequency]); i < values.length; i++) {
      if (signals[i] !== 0) return null
    }
    return this.#row(measure, series, streamed)
  }

  #row(
    measure: Measure,
    series: Series,
    { values, firstDay, lastDay, lastStatus }: StreamedSeries,
  ): ReadingTable | null {
    const at = values.length - 1
    const { limits } = this.#out
    if (Number.isNaN(values[at])) return null
    const valueAt = (index: number) => finite(values[index])
    const [first, last] = [dateOfDay(firstDay), dateOfDay(lastDay)]
    const period = (start: Temporal.PlainDate) => ({ frequency: measure.frequency, start })
    const data = { periods: [period(first), period(last)], figures: [], values: values.subarray(at) }
    const says = chartTitle(measure, series.breakdown, series.source, data, { read: true, exceptions: [] })
    return {
      ...{ series_id: series.id, area_id: series.area_id, measure_id: series.measure_id },
      ...{ latest_period: last, latest_value: valueAt(at), latest_status: lastStatus },
      ...{ previous_value: valueAt(at - 1), year_before_value: valueAt(at - periodsOfYear[measure.frequency]) },
      ...{ points: limits.points, method: 'xmr', strength: limitsStatus(limits) },
      ...{ centre: limits.centre, lower: limits.lower, upper: limits.upper },
      standing: 'usual',
      says,
      recent: Array.from(values.subarray(-recentPeriods), finite),
    }
  }
}
