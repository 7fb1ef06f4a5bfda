import { fewestPoints } from '../analysis/process-control.ts'
import { type Direction, judge, type Judgement } from '../analysis/readings.ts'
import { limitsStatus, segmentAt, type XmrChart, xmrChart } from '../analysis/xmr-chart.ts'
import { figureText, lineText } from '../figures.ts'
import { drawnLimits, type Measure, refusalOfKind } from '../measure.ts'
import { type Frequency, frequencyWords, type Period, periodInWords, periodsBetween } from '../period.ts'
import { type SeriesData, seriesTitle } from '../series-data.ts'
import type { Rule } from '../tables.ts'
import { type Episode, episodesIn, wasSeenThen } from './episodes.ts'
import {
  asAtSentence,
  chartTitles,
  fill,
  headlines,
  judgementSentences,
  ranges,
  rangeSentence,
  revisedSentence,
  seasonSentence,
  sentences,
  silences,
  statusWords,
} from './texts.ts'

/** A figure, or a run of them, that the rules say needs explaining, for good or bad. */
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
  headline: string
  /** In plain words, with the numbers. */
  text: string
}

/** What the rules say of a series: the exceptions, or why there can be none. */
export type Reading =
  | { read: true; chart: XmrChart; exceptions: readonly FoundException[] }
  | { read: false; chart: XmrChart | null; reason: string }

/** An episode that is over is told of for a year after its end; older ones stay on the chart. */
const toldFor: Record<Frequency, number> = { day: 365, week: 52, month: 12, quarter: 4, year: 1 }

/**
 * Reads a series by the rules, in the order of performance.md A13: does the kind of measure allow it, are there six
 * figures, which signals are there, which of them are new.
 *
 * @param data the latest revision of every period
 */
export function readSeries(measure: Measure, breakdown: string, source: string, data: SeriesData): Reading {
  const refusal = refusalOfKind(measure.kind)
  if (refusal !== null) return { read: false, chart: null, reason: refusal }
  const chart = xmrChart(data.values, measure.rules)
  const last = segmentAt(chart, data.values.length)
  if (limitsStatus(last.limits) === 'none') {
    const silence = { 0: silences.none }[last.limits.points] ?? silences.few
    const words = { points: String(last.limits.points) }
    const template = last.limits.points >= fewestPoints ? silences.single : silence
    return { read: false, chart, reason: fill(template, words) }
  }
  const series = seriesTitle(measure, breakdown, source)
  const exceptions = episodesIn(chart).map(episode => described(measure, series, data, chart, episode))
  return { read: true, chart, exceptions }
}

function isTold(chart: XmrChart, episode: Episode, data: SeriesData, frequency: Frequency): boolean {
  if (episode.state !== 'ended') return true
  const [last, latest] = [data.periods[episode.last], data.periods.at(-1)]
  if (last === undefined || latest === undefined) return false
  return periodsBetween(last, latest) < toldFor[frequency] && wasSeenThen(chart, episode)
}

function described(
  measure: Measure,
  series: string,
  data: SeriesData,
  chart: XmrChart,
  episode: Episode,
): FoundException {
  const { rule, direction, state } = episode
  const judged = judge(measure.polarity, direction)
  const words = wordsOf(measure, series, data, chart, episode)
  const figure = data.figures[episode.last]
  return {
    ...{ rule, direction, judged, state },
    told: isTold(chart, episode, data, measure.frequency),
    first: periodAt(data, episode.first),
    completed: periodAt(data, episode.completed),
    last: periodAt(data, episode.last),
    value: figure?.value ?? Number.NaN,
    revision: figure?.revision ?? 1,
    headline: fill(headlines[rule][direction], words),
    text: [
      fill(sentences[rule][direction], words),
      fill(rangeSentence, words),
      judgementSentences[judged][direction],
      ...(hidesSeason(measure.frequency, data) ? [seasonSentence] : []),
      ...(figure?.asAt ? [fill(asAtSentence, words)] : []),
      ...((figure?.revision ?? 1) > 1 ? [fill(revisedSentence, words)] : []),
    ].join(' '),
  }
}

/** Whether a yearly rise and fall could pass for a signal: two whole years of figures are needed to tell. */
function hidesSeason(frequency: Frequency, data: SeriesData): boolean {
  const twoYears = { day: 730, week: 104, month: 24, quarter: 8, year: 0 }
  return data.periods.length < twoYears[frequency]
}

function wordsOf(measure: Measure, series: string, data: SeriesData, chart: XmrChart, episode: Episode) {
  const { limits } = segmentAt(chart, episode.last)
  const figure = data.figures[episode.last]
  const { one, several } = frequencyWords[measure.frequency]
  const count = episode.last - episode.first + 1
  return {
    series,
    count: String(count),
    periods: count === 1 && episode.rule !== 'near' ? one : several,
    period: periodInWords(periodAt(data, episode.last)),
    from: periodInWords(periodAt(data, episode.first)),
    value: figureText(figure?.value ?? Number.NaN, measure),
    first: figureText(data.figures[episode.first]?.value ?? Number.NaN, measure),
    limit: lineText(episode.direction === 'high' ? limits.upper : limits.lower, measure),
    centre: lineText(limits.centre, measure),
    points: String(limits.points),
    status: statusWords[limitsStatus(limits)],
    range: rangeInWords(measure, limits),
    asAt: figure?.asAt ? periodInWords({ frequency: 'day', start: figure.asAt }) : '',
    revision: String(figure?.revision ?? 1),
  }
}

/** The usual range in words: a limit that no figure can reach is not spoken of. */
export function rangeInWords(measure: Measure, limits: { lower: number; upper: number }): string {
  const { lower, upper } = drawnLimits(measure, limits)
  if (lower === null && upper === null) return ranges.any
  if (lower === null) return fill(ranges.upTo, { upper: lineText(upper ?? 0, measure) })
  if (upper === null) return fill(ranges.from, { lower: lineText(lower, measure) })
  return fill(ranges.both, { lower: lineText(lower, measure), upper: lineText(upper, measure) })
}

function periodAt(data: SeriesData, index: number): Period {
  const period = data.periods[index]
  if (period === undefined) throw new Error(`The series has no period ${String(index)}`)
  return period
}

/**
 * The title of a series' chart, saying what it shows: the exception at its latest figure, that this lay within the
 * usual range, or, where the rules are silent, only what it is.
 */
export function chartTitle(
  measure: Measure,
  breakdown: string,
  source: string,
  data: SeriesData,
  reading: Reading,
): string {
  const series = seriesTitle(measure, breakdown, source)
  const [first, last] = [data.periods[0], data.periods.at(-1)]
  if (first === undefined || last === undefined) return series
  const words = { series, from: periodInWords(first), period: periodInWords(last) }
  if (!reading.read) return fill(data.periods.length === 1 ? chartTitles.one : chartTitles.plain, words)
  const now = reading.exceptions.filter(each => each.state !== 'ended').at(-1)
  if (now !== undefined) return now.headline
  return Number.isNaN(data.values.at(-1)) ? fill(chartTitles.plain, words) : fill(chartTitles.usual, words)
}
