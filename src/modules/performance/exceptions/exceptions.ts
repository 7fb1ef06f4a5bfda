import type { ControlChart } from '../analysis/control-chart.ts'
import { fewestPoints } from '../analysis/process-control.ts'
import { type Direction, judge, type Judgement } from '../analysis/readings.ts'
import { segmentAt } from '../analysis/xmr-chart.ts'
import { type Measure, refusalOfKind } from '../measure.ts'
import { type Frequency, frequencyWords, type Period, periodEnd, periodInWords, periodsBetween } from '../period.ts'
import { type SeriesData, seriesTitle } from '../series-data.ts'
import type { BreakCause, Rule } from '../tables.ts'
import { chartSeries, type Columns, periodsOfYear, type Why } from './choose-chart.ts'
import { type Episode, episodesIn, latestJudged, wasSeenThen } from './episodes.ts'
import { exceptionHeadline, exceptionText, type Told } from './exception-text.ts'
import { chartTitles, fill, silences } from './texts.ts'

/** A figure, or a run of figures, that the rules say needs explaining, for good or bad. */
export interface FoundException {
  rule: Rule
  direction: Direction
  judged: Judgement
  state: Episode['state']
  /** Whether it is raised as a record: all but what has been over for a year, or was never seen when it happened. */
  told: boolean
  first: Period
  completed: Period
  last: Period
  /** The latest figure of the episode and which revision of it this is. */
  value: number
  revision: number
  readonly headline: string
  /** In plain words, with the numbers. */
  readonly text: string
}

/** From a period on the figures of a series are not what they were before. */
export interface SeriesBreak {
  /** A day of the first period after the break. */
  from: Temporal.PlainDate
  /** Whether new limits begin there; else the limits go on and the break is only marked. */
  rebases: boolean
  cause: BreakCause
  reason: string
}

/** A break at its place in a series. */
export interface BreakAt extends SeriesBreak {
  at: number
}

/** What the rules say of a series: the exceptions, or why nothing can be said of it as it now stands. */
export type Reading =
  | { read: true; chart: ControlChart; exceptions: readonly FoundException[]; why: Why; breaks: readonly BreakAt[] }
  | {
      read: false
      /** Where the rules spoke earlier: before the limits last began anew. */
      chart: ControlChart | null
      exceptions: readonly FoundException[]
      reason: string
      breaks: readonly BreakAt[]
    }

/** An episode that is over is told of for a year after its end; older ones stay on the chart. */
const toldFor = periodsOfYear

/**
 * Reads a series by the rules, in the order of performance.md A13: does the kind of measure allow it, how is it to be
 * read, are there figures enough since limits last began anew, which signals are there, which of them are new.
 *
 * @param data the latest revision of every period
 * @param breaks those that concern this breakdown
 */
export function readSeries(
  measure: Measure,
  breakdown: string,
  source: string,
  data: SeriesData,
  breaks: readonly SeriesBreak[] = [],
): Reading {
  const placed = placeBreaks(data, breaks)
  const rebases = [...new Set(placed.filter(each => each.rebases).map(({ at }) => at))]
  const charted = chartSeries(measure, columnsOf(measure, data), rebases)
  if (charted.chart === null) {
    const reason = refusalInWords(charted.refusal, measure, data)
    return { read: false, chart: null, exceptions: [], reason, breaks: placed }
  }
  const { chart, why } = charted
  const series = seriesTitle(measure, breakdown, source)
  const exceptions = describe({ measure, series, data, chart, breaks: placed })
  const reason = silenceOf(measure, data, chart, placed)
  if (reason === null) return { read: true, chart, exceptions, why, breaks: placed }
  const spoke = chart.segments.some(({ status }) => status !== 'none')
  return { read: false, chart: spoke ? chart : null, exceptions, reason, breaks: placed }
}

/** Where breaks lie in a series; those before its first period and after its last have no place in it. */
function placeBreaks(data: SeriesData, breaks: readonly SeriesBreak[]): BreakAt[] {
  return breaks
    .map(each => ({
      ...each,
      at: data.periods.findIndex(period => Temporal.PlainDate.compare(periodEnd(period), each.from) >= 0),
    }))
    .filter(({ at }) => at > 0)
    .sort((a, b) => a.at - b.at)
}

function columnsOf({ kind }: Measure, { values, figures }: SeriesData): Columns {
  if (kind !== 'proportion' && kind !== 'rate') return { values, numerators: null, denominators: null }
  return {
    values,
    numerators: Float64Array.from(figures, figure => figure?.numerator ?? Number.NaN),
    denominators: Float64Array.from(figures, figure => figure?.denominator ?? Number.NaN),
  }
}

function countOf(data: SeriesData): number {
  return data.values.reduce((count, value) => count + Number(!Number.isNaN(value)), 0)
}

function refusalInWords(
  refusal: 'kind' | 'unread' | 'short-season',
  { kind, frequency }: Measure,
  data: SeriesData,
): string {
  if (refusal === 'kind') return refusalOfKind(kind) ?? ''
  const points = countOf(data)
  if (points === 0 && refusal === 'short-season') return silences.none
  const needed = String(2 * periodsOfYear[frequency])
  return fill(silences[refusal], { points: String(points), needed, several: frequencyWords[frequency].several })
}

/** Why nothing is said of a series as it now stands: too few figures, or too few since limits began anew. */
function silenceOf(
  { frequency }: Measure,
  data: SeriesData,
  chart: ControlChart,
  breaks: readonly BreakAt[],
): string | null {
  const last = segmentAt(chart, data.values.length)
  if (last.status !== 'none') return null
  const words = { points: String(last.points), one: frequencyWords[frequency].one }
  const began = breaks.findLast(each => each.rebases && each.at === last.start)
  const since = data.periods[last.start]
  if (last.points >= fewestPoints) return silences.single
  if (began !== undefined && since !== undefined) {
    return fill(silences.sinceBreak, { ...words, period: periodInWords(since), reason: withoutStop(began.reason) })
  }
  if (chart.method === 'year-on-year') return fill(silences.compared, words)
  return fill(last.points === 0 && countOf(data) === 0 ? silences.none : silences.few, words)
}

const withoutStop = (sentence: string): string => sentence.replace(/\.$/, '')

function describe(series: Told): FoundException[] {
  return episodesIn(series.chart).map(episode => found(series, episode))
}

function isTold(chart: ControlChart, episode: Episode, data: SeriesData, frequency: Frequency): boolean {
  if (episode.state !== 'ended') return true
  const [last, latest] = [data.periods[episode.last], data.periods[latestJudged(chart)]]
  if (last === undefined || latest === undefined) return false
  return periodsBetween(last, latest) < toldFor[frequency] && wasSeenThen(chart, episode)
}

/** Words are made when they are asked for: a re-analysis of a whole country reads few of them. */
function found(series: Told, episode: Episode): FoundException {
  const { rule, direction, state } = episode
  const { chart, data, measure } = series
  const figure = data.figures[episode.last]
  return {
    ...{ rule, direction, judged: judge(measure.polarity, direction), state },
    told: isTold(chart, episode, data, measure.frequency),
    first: periodAt(data, episode.first),
    completed: periodAt(data, episode.completed),
    last: periodAt(data, episode.last),
    value: figure?.value ?? Number.NaN,
    revision: figure?.revision ?? 1,
    get headline() {
      return exceptionHeadline(series, episode)
    },
    get text() {
      return exceptionText(series, episode)
    },
  }
}

function periodAt(data: SeriesData, index: number): Period {
  const period = data.periods[index]
  if (period === undefined) throw new Error(`The series has no period ${String(index)}`)
  return period
}

/**
 * The title of a series' chart, saying what it shows: the exception at its latest figure, that this lay within the
 * usual range, or, where the rules are silent, only what it is.
 *
 * @param reading without its chart where nothing was found in plain figures
 */
export function chartTitle(
  measure: Measure,
  breakdown: string,
  source: string,
  data: SeriesData,
  reading: Pick<Reading, 'read' | 'exceptions'> & { chart?: ControlChart | null },
): string {
  const series = seriesTitle(measure, breakdown, source)
  const [first, last] = [data.periods[0], data.periods.at(-1)]
  if (first === undefined || last === undefined) return series
  const plain = fill(data.periods.length === 1 ? chartTitles.one : chartTitles.plain, {
    ...{ series, from: periodInWords(first), period: periodInWords(last) },
  })
  if (!reading.read) return plain
  const now = reading.exceptions.filter(each => each.told && each.state !== 'ended').at(-1)
  if (now !== undefined) return now.headline
  const at = reading.chart == null ? data.values.length - 1 : reading.chart.judgedTo - 1
  const judged = reading.chart == null ? last : data.periods[at]
  const isJudged = judged !== undefined && !Number.isNaN(reading.chart?.judged[at] ?? data.values[at])
  return isJudged ? fill(chartTitles.usual, { series, period: periodInWords(judged) }) : plain
}
