import { type ControlChart, controlChart } from '../../../platform/charts.ts'
import type { ChartModel } from '../../../platform/web/patterns.ts'
import { rollingSums } from '../analysis/times-of-year.ts'
import { periodsOfYear } from '../exceptions/choose-chart.ts'
import { figureText } from '../figures.ts'
import { drawnLimits, isDrawn, type Kind, type Measure } from '../measure.ts'
import type { FigureData, SeriesView } from './series-view.ts'
import { rulesWords } from './words.ts'

/** What of a measure its figures are printed and drawn by. */
export type PrintedMeasure = Pick<
  Measure,
  'unit' | 'kind' | 'frequency' | 'decimals' | 'polarity' | 'target' | 'bandLow' | 'bandHigh' | 'settling'
>

/** A chart as it is frozen: its picture is drawn when it is asked for, from the same figures. */
export type FrozenChart = Omit<ChartModel, 'svg' | 'asAt'> & { svg?: string; asAt: string | Temporal.PlainDate | null }

/** What of a series is shown: its figures, or their sums over a year at each period. */
export const showings = ['figures', 'rolling'] as const
export type Showing = (typeof showings)[number]

/** A longer table is opened by whoever wants it: two years of months are seen at a glance. */
const mostOpen = 24

/** Positions of the first and the last period to be shown. */
export interface Window {
  first: number
  last: number
}

const yearly: readonly Kind[] = ['count', 'money']

/** Whether sums over a year can be shown of it: counts and money by months or quarters. */
export function rolls({ kind, frequency }: Pick<Measure, 'kind' | 'frequency'>): boolean {
  return yearly.includes(kind) && (frequency === 'month' || frequency === 'quarter')
}

type Drawn = Pick<SeriesView, 'title' | 'breaks' | 'figures'> & { chart: FrozenChart | null }

/** The chart of a series with its table, cut to a window; null where it is not drawn. */
export async function chartOfSeries(
  measure: PrintedMeasure,
  series: Drawn,
  { first, last }: Window,
  showing: Showing,
): Promise<ChartModel | null> {
  const { chart, figures } = series
  if (chart === null || !isDrawn(measure.kind)) return null
  const asAt = typeof chart.asAt === 'string' ? Temporal.PlainDate.from(chart.asAt) : chart.asAt
  if (showing === 'rolling') return rollingChart(measure, series, { ...chart, asAt }, { first, last })
  const whole = first === 0 && last === figures.length - 1
  const table = { ...chart.table, rows: chart.table.rows.slice(first, last + 1) }
  const svg =
    whole && chart.svg !== undefined
      ? chart.svg
      : await controlChart(drawing(measure, series, chart.title, { first, last }))
  return { ...chart, asAt, table, svg, tableOpen: table.rows.length <= mostOpen }
}

/** What is drawn of a series in a window. */
export function drawing(
  measure: PrintedMeasure,
  series: Pick<Drawn, 'breaks' | 'figures'>,
  title: string,
  { first, last }: Window,
): ControlChart {
  const figures = series.figures.slice(first, last + 1)
  const settled = series.figures.findLastIndex(({ value }) => value !== null) - measure.settling
  const limits = figures.map(figure => limitsOf(measure, figure))
  const places = new Map(figures.map(({ period }, i) => [period, i]))
  return {
    title,
    points: figures.map(({ period, value, signals, status }, i) => ({
      ...{ label: period, value, signals },
      provisional: status === 'provisional' || first + i > settled,
    })),
    ...{ centre: null, lower: null, upper: null, limits, limitsDrawn: limits.some(each => each !== null) },
    breaks: series.breaks.flatMap(({ period }) => places.get(period) ?? []),
    ...(figures.some(({ adjusted }) => adjusted != null) && { adjusted: figures.map(({ adjusted }) => adjusted) }),
    target: measure.target,
    band: measure.bandLow == null && measure.bandHigh == null ? null : { low: measure.bandLow, high: measure.bandHigh },
    unit: rulesWords.axis[measure.unit],
  }
}

/** Figures frozen before limits were kept with each have none. */
function limitsOf(measure: PrintedMeasure, { centre, lower, upper }: Partial<FigureData>) {
  if (centre == null || lower == null || upper == null) return null
  return { centre, ...drawnLimits(measure, { lower, upper }) }
}

/** Sums over a year are drawn as a plain line: successive ones share most of their figures, so no rule may read them. */
async function rollingChart(
  measure: PrintedMeasure,
  series: Drawn,
  chart: Omit<ChartModel, 'svg'> & { svg?: string },
  { first, last }: Window,
): Promise<ChartModel> {
  const values = Float64Array.from(series.figures, ({ value }) => value ?? Number.NaN)
  const sums = [...rollingSums(values, periodsOfYear[measure.frequency])].slice(first, last + 1)
  const figures = series.figures.slice(first, last + 1)
  const title = `${series.title}: the last 12 months at each period`
  const known = (at: number) => (Number.isNaN(sums[at]) ? null : (sums[at] ?? null))
  const svg = await controlChart({
    title,
    points: figures.map(({ period }, i) => ({ label: period, value: known(i), signals: [] })),
    ...{ centre: null, lower: null, upper: null, limitsDrawn: false, unit: rulesWords.axis[measure.unit] },
  })
  return {
    ...{ title, svg, source: chart.source, asAt: chart.asAt },
    tableOpen: figures.length <= mostOpen,
    table: {
      caption: title,
      columns: [{ heading: rulesWords.columns.period }, { heading: 'Last 12 months', numeric: true }],
      rows: figures.map(({ words }, i) => {
        const value = known(i)
        const text = value === null ? 'no sum' : figureText(value, measure)
        return {
          cells: [
            { type: 'text', text: words },
            { type: 'text', text },
          ],
        }
      }),
    },
  }
}
