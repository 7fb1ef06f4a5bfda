import { controlChart } from '../../../platform/charts.ts'
import type { CellModel, ChartModel } from '../../../platform/web/patterns.ts'
import { signalsOf } from '../analysis/process-control.ts'
import { assuranceOf, combinedReading, variationOf } from '../analysis/readings.ts'
import { limitsStatus, segmentAt, type XmrChart } from '../analysis/xmr-chart.ts'
import { chartTitle, type FoundException, rangeInWords, type Reading, readSeries } from '../exceptions/exceptions.ts'
import { fill, statusWords } from '../exceptions/texts.ts'
import { figureText, lineText, markInWords } from '../figures.ts'
import { drawnLimits, isDrawn, type Measure } from '../measure.ts'
import { periodInWords, periodText } from '../period.ts'
import type { Series } from '../queries.ts'
import { type Figure, layOut, type SeriesData, seriesTitle } from '../series-data.ts'
import { assuranceWords, combinedWords, rulesWords, signalWords } from './words.ts'

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
}

/** A series as its page shows it, in plain JSON. */
export interface SeriesView {
  title: string
  breakdown: string
  source: string
  /** Null where the kind of figure is not drawn, or there are none. */
  chart: ChartModel | null
  /** What the rules say, sentence by sentence. */
  says: readonly string[]
  exceptions: readonly Pick<FoundException, 'headline' | 'text' | 'judged' | 'state'>[]
  limits: { points: number; status: string; centre: number; lower: number; upper: number; movingRange: number } | null
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
 */
export async function viewSeries(measure: Measure, series: Series, figures: readonly Figure[]): Promise<SeriesView> {
  const data = layOut(figures)
  const { breakdown, source } = series
  const reading = readSeries(measure, breakdown, source, data)
  const told = reading.read ? reading.exceptions.filter(each => each.told) : []
  const last = data.figures.findLast(figure => figure?.value != null) ?? null
  return {
    title: seriesTitle(measure, breakdown, source),
    breakdown,
    source,
    chart: await chartOf(measure, series, data, reading),
    says: sayings(measure, data, reading),
    exceptions: told.map(({ headline, text, judged, state }) => ({ headline, text, judged, state })),
    limits: limitsOf(reading),
    figures: data.periods.map((_period, i) => figureData(data, reading.chart, i)),
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
  const { limits } = segmentAt(reading.chart, reading.chart.values.length)
  const { points, centre, lower, upper, movingRange } = limits
  return { points, status: limitsStatus(limits), centre, lower, upper, movingRange }
}

/** What the rules say in words: why they are silent, or the range and what it means for a target. */
function sayings(measure: Measure, data: SeriesData, reading: Reading): string[] {
  if (!reading.read) return [reading.reason]
  const { chart } = reading
  const { limits } = segmentAt(chart, chart.values.length)
  const range = fill(rulesWords.range, {
    range: rangeInWords(measure, limits),
    centre: lineText(limits.centre, measure),
    points: String(limits.points),
    status: statusWords[limitsStatus(limits)],
  })
  const smallCounts = measure.kind === 'count' && limits.centre < 10
  return [
    range,
    ...(smallCounts ? [rulesWords.smallCounts] : []),
    ...targetSayings(measure, data, chart),
    fill(rulesWords.settings, {
      shift: String(measure.rules.shift),
      trend: String(measure.rules.trend),
      near: rulesWords.near[measure.rules.near],
    }),
  ]
}

function targetSayings(measure: Measure, data: SeriesData, chart: XmrChart): string[] {
  const { limits } = segmentAt(chart, chart.values.length)
  const assurance = assuranceOf(limits, measure.target, measure.polarity)
  if (measure.target === null || assurance === null) return []
  const latest = data.values.findLastIndex(value => !Number.isNaN(value))
  const variation = variationOf(chart.signals[latest] ?? 0, measure.polarity)
  const target = figureText(measure.target, measure)
  return [fill(assuranceWords[assurance], { target }), combinedWords[combinedReading(variation, assurance)]]
}

function figureData(data: SeriesData, chart: XmrChart | null, i: number): FigureData {
  const figure = data.figures[i] ?? null
  const period = data.periods[i]
  if (period === undefined) throw new Error(`The series has no period ${String(i)}`)
  return {
    period: periodText(period),
    words: periodInWords(period),
    value: figure?.value ?? null,
    mark: figure === null ? null : figure.mark,
    numerator: figure?.numerator ?? null,
    denominator: figure?.denominator ?? null,
    status: figure?.status ?? 'not-stated',
    asAt: figure?.asAt?.toString() ?? null,
    revision: figure?.revision ?? 0,
    signals: signalsOf(chart?.signals[i] ?? 0),
  }
}

async function chartOf(
  measure: Measure,
  series: Series,
  data: SeriesData,
  reading: Reading,
): Promise<ChartModel | null> {
  if (data.periods.length === 0 || !isDrawn(measure.kind)) return null
  const title = chartTitle(measure, series.breakdown, series.source, data, reading)
  const asAt = data.figures.findLast(figure => figure !== null)?.asAt ?? null
  return {
    title,
    tableOpen: true,
    svg: await draw(measure, title, data, reading),
    table: tableOf(measure, series, data, reading.chart),
    source: series.source === '' ? measure.source : series.source,
    asAt,
  }
}

function draw(measure: Measure, title: string, data: SeriesData, reading: Reading): Promise<string> {
  const segment = reading.read ? segmentAt(reading.chart, data.values.length) : null
  const drawn = segment === null ? null : drawnLimits(measure, segment.limits)
  return controlChart({
    title,
    points: data.periods.map((period, i) => ({
      label: periodText(period),
      value: data.figures[i]?.value ?? null,
      signals: reading.read ? signalsOf(reading.chart.signals[i] ?? 0) : [],
    })),
    centre: segment?.limits.centre ?? null,
    lower: drawn?.lower ?? null,
    upper: drawn?.upper ?? null,
    limitsDrawn: segment !== null,
    unit: rulesWords.axis[measure.unit],
  })
}

function tableOf(measure: Measure, series: Series, data: SeriesData, chart: XmrChart | null): ChartModel['table'] {
  const counted = data.figures.some(figure => figure?.denominator != null)
  const stated = data.figures.some(figure => statusText(figure) !== '')
  return {
    caption: seriesTitle(measure, series.breakdown, series.source),
    columns: [
      { heading: rulesWords.columns.period },
      { heading: rulesWords.columns.value, numeric: true },
      ...(counted ? [{ heading: rulesWords.columns.denominator, numeric: true }] : []),
      ...(stated ? [{ heading: rulesWords.columns.status }] : []),
      { heading: rulesWords.columns.signals },
    ],
    rows: data.periods.map((period, i) => ({
      cells: [
        { type: 'text', text: periodInWords(period) },
        valueCell(measure, data.figures[i] ?? null),
        ...(counted ? [numberCell(data.figures[i]?.denominator ?? null)] : []),
        ...(stated ? [{ type: 'text' as const, text: statusText(data.figures[i] ?? null) }] : []),
        {
          type: 'text',
          text: signalsOf(chart?.signals[i] ?? 0)
            .map(name => signalWords[name])
            .join(', '),
        },
      ],
    })),
  }
}

function valueCell(measure: Measure, figure: Figure | null): CellModel {
  const text = figure?.value == null ? markInWords(figure?.mark ?? null) : figureText(figure.value, measure)
  return { type: 'text', text }
}

const numberCell = (value: number | null): CellModel => ({ type: 'number', value, mark: '' })

function statusText(figure: Figure | null): string {
  if (figure === null) return ''
  const revised = figure.revision > 1 ? fill(rulesWords.revised, { revision: String(figure.revision) }) : ''
  const stated = figure.status === 'not-stated' ? '' : figure.status
  return [stated, revised].filter(part => part !== '').join(', ')
}
