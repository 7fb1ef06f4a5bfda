import { controlChart } from '../../../platform/charts.ts'
import type { ChartModel } from '../../../platform/web/patterns.ts'
import type { ChartMethod } from '../analysis/control-chart.ts'
import { signalsOf } from '../analysis/process-control.ts'
import { segmentAt } from '../analysis/xmr-chart.ts'
import { latestJudged } from '../exceptions/episodes.ts'
import {
  chartTitle,
  type FoundException,
  type Reading,
  readSeries,
  type SeriesBreak,
} from '../exceptions/exceptions.ts'
import { figureText } from '../figures.ts'
import { isDrawn, type Measure } from '../measure.ts'
import { periodInWords, periodText } from '../period.ts'
import type { Series } from '../queries.ts'
import { type Figure, layOut, type SeriesData, seriesTitle } from '../series-data.ts'
import { drawing } from './series-chart.ts'
import { sayings, summaryOf } from './series-says.ts'
import { tableOf } from './series-table.ts'

/** One figure as data: what the CSV, the JSON and the snapshot hold. */
export interface FigureData {
  period: string
  words: string
  value: number | null
  mark: string | null
  numerator: number | null
  denominator: number | null
  status: string
  asAt: string | null
  revision: number
  signals: readonly string[]
  /** The usual range of this figure, not clamped; null where there is none. */
  centre: number | null
  lower: number | null
  upper: number | null
  /** The figure with the season taken out, where it was. */
  adjusted: number | null
}

/** A break in a series, in plain JSON. */
export interface BreakData {
  period: string
  words: string
  rebases: boolean
  reason: string
}

/** A series as its page shows it, in plain JSON. */
export interface SeriesView {
  title: string
  breakdown: string
  source: string
  /** Null where the kind of figure is not drawn, or there are none. */
  chart: ChartModel | null
  /** The chart in a few sentences, for those who read it as text. */
  summary: string
  /** What the rules say, sentence by sentence. */
  says: readonly string[]
  exceptions: readonly Pick<FoundException, 'headline' | 'text' | 'judged' | 'state'>[]
  /** The usual range at the latest figure that was judged. */
  limits: {
    method: ChartMethod
    points: number
    status: string
    centre: number
    lower: number
    upper: number
    movingRange: number | null
  } | null
  breaks: readonly BreakData[]
  figures: readonly FigureData[]
  /** The latest figure with its unit, or ''. */
  latest: string
  latestPeriod: string
  /** Whether a signal stands at the latest figure. */
  standing: 'good' | 'bad' | 'neutral' | 'usual' | 'silent'
}

/**
 * A series as read by the rules and drawn: pure but for the drawing. Everything in it is plain JSON, so that it can be
 * frozen as it is.
 *
 * @param breaks those that concern this series
 * @param drawn false where the picture is not looked at: its chart has the table and no picture, as drawing takes longer
 *   than all the rest
 */
export async function viewSeries(
  measure: Measure,
  series: Series,
  figures: readonly Figure[],
  breaks: readonly SeriesBreak[] = [],
  drawn = true,
): Promise<SeriesView> {
  const data = layOut(figures)
  const { breakdown, source } = series
  const reading = readSeries(measure, breakdown, source, data, breaks)
  const told = reading.exceptions.filter(each => each.told)
  const last = data.figures.findLast(figure => figure?.value != null) ?? null
  const breaksHere = reading.breaks.map(({ at, rebases, reason }) => ({ ...periodNames(data, at), rebases, reason }))
  const held = data.periods.map((_period, i) => figureData(data, reading, i))
  return {
    title: seriesTitle(measure, breakdown, source),
    breakdown,
    source,
    chart: await chartOf(measure, series, data, reading, { breaks: breaksHere, figures: held, drawn }),
    summary: summaryOf(measure, data, reading),
    says: sayings(measure, data, reading),
    exceptions: told.map(({ headline, text, judged, state }) => ({ headline, text, judged, state })),
    limits: limitsOf(reading),
    breaks: breaksHere,
    figures: held,
    latest: last?.value == null ? '' : figureText(last.value, measure),
    latestPeriod: last === null ? '' : periodInWords(last.period),
    standing: standingOf(reading, told),
  }
}

function standingOf(reading: Reading, told: readonly FoundException[]): SeriesView['standing'] {
  if (!reading.read) return 'silent'
  const now = told.filter(each => each.state !== 'ended')
  const judged = (['bad', 'good', 'neutral'] as const).find(each => now.some(({ judged }) => judged === each))
  return judged ?? 'usual'
}

function limitsOf(reading: Reading): SeriesView['limits'] {
  if (!reading.read) return null
  const { chart } = reading
  const at = latestJudged(chart)
  const limits = chart.limitsAt(at)
  if (limits === null) return null
  const { points, status, movingRange } = segmentAt(chart, at)
  const { centre, lower, upper } = limits
  return { method: chart.method, points, status, centre, lower, upper, movingRange: orNull(movingRange) }
}

const orNull = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value)

function periodNames(data: SeriesData, i: number): { period: string; words: string } {
  const period = data.periods[i]
  if (period === undefined) throw new Error(`The series has no period ${String(i)}`)
  return { period: periodText(period), words: periodInWords(period) }
}

function figureData(data: SeriesData, { chart }: Reading, i: number): FigureData {
  const figure = data.figures[i] ?? null
  const { centre = null, lower = null, upper = null } = chart?.limitsAt(i) ?? {}
  return {
    ...periodNames(data, i),
    value: figure?.value ?? null,
    mark: figure === null ? null : figure.mark,
    numerator: figure?.numerator ?? null,
    denominator: figure?.denominator ?? null,
    status: figure?.status ?? 'not-stated',
    asAt: figure?.asAt?.toString() ?? null,
    revision: figure?.revision ?? 0,
    signals: signalsOf(chart?.signals[i] ?? 0),
    ...{ centre, lower, upper },
    adjusted: chart?.method === 'season-adjusted' ? orNull(chart.judged[i]) : null,
  }
}

async function chartOf(
  measure: Measure,
  series: Series,
  data: SeriesData,
  reading: Reading,
  shown: Pick<SeriesView, 'breaks' | 'figures'> & { drawn: boolean },
): Promise<ChartModel | null> {
  const last = data.periods.length - 1
  if (last < 0 || !isDrawn(measure.kind)) return null
  const title = chartTitle(measure, series.breakdown, series.source, data, reading)
  return {
    title,
    tableOpen: true,
    svg: shown.drawn ? await controlChart(drawing(measure, shown, title, { first: 0, last })) : '',
    table: tableOf(measure, seriesTitle(measure, series.breakdown, series.source), data, reading),
    source: series.source === '' ? measure.source : series.source,
    asAt: data.figures.findLast(figure => figure !== null)?.asAt ?? null,
  }
}
