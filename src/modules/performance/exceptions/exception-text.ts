import type { ControlChart, PointLimits } from '../analysis/control-chart.ts'
import { signalBits } from '../analysis/process-control.ts'
import { judge } from '../analysis/readings.ts'
import { segmentAt } from '../analysis/xmr-chart.ts'
import { figureText, lineText } from '../figures.ts'
import { drawnLimits, type Measure } from '../measure.ts'
import { type Frequency, frequencyWords, periodInWords } from '../period.ts'
import type { SeriesData } from '../series-data.ts'
import { periodsOfYear } from './choose-chart.ts'
import { type Episode, signalOf } from './episodes.ts'
import type { BreakAt } from './exceptions.ts'
import {
  asAtSentence,
  breakSentences,
  comparisons,
  fill,
  headlines,
  judgementSentences,
  ranges,
  rangeSentences,
  revisedSentence,
  seasonSentence,
  sentences,
  statusWords,
  withinSentences,
} from './texts.ts'

/** A series that was read, with everything its sentences speak of. */
export interface Told {
  measure: Measure
  /** What it is called. */
  series: string
  data: SeriesData
  chart: ControlChart
  breaks: readonly BreakAt[]
}

/** The one line by which an exception is known in lists. */
export function exceptionHeadline(told: Told, episode: Episode): string {
  const template = headlines[comparisons[told.chart.method]][episode.rule][episode.direction]
  return fill(template, wordsOf(told, episode))
}

/** An exception in plain words, with the numbers by which a reader can check it. */
export function exceptionText(told: Told, episode: Episode): string {
  const { measure, chart, data, breaks } = told
  const { rule, direction } = episode
  const words = wordsOf(told, episode)
  const figure = data.figures[episode.last]
  const judged = judge(measure.polarity, direction)
  return [
    fill(sentences[comparisons[chart.method]][rule][direction], words),
    ...withinTexts(told, episode),
    fill(rangeSentences[hasOneRange(chart) ? 'same' : 'differs'], words),
    ...breaks.filter(each => concerns(each, chart, episode)).map(each => breakText(data, each)),
    judgementSentences[judged][direction],
    ...(hidesSeason(measure.frequency, data) ? [seasonSentence] : []),
    ...(figure?.asAt ? [fill(asAtSentence, words)] : []),
    ...((figure?.revision ?? 1) > 1 ? [fill(revisedSentence, words)] : []),
  ].join(' ')
}

/** A break that began the limits an exception is read by, or that lies within its run. */
function concerns(each: BreakAt, chart: ControlChart, episode: Episode): boolean {
  if (each.rebases) return each.at === segmentAt(chart, episode.first).start
  return each.at > episode.first && each.at <= episode.last
}

/** A break in a sentence: from when, and why. */
export function breakText(data: SeriesData, { at, rebases, reason }: BreakAt): string {
  const period = data.periods[at]
  const words = { period: period === undefined ? '' : periodInWords(period), reason: reason.replace(/\.$/, '') }
  return fill(breakSentences[rebases ? 'rebased' : 'marked'], words)
}

/** What figures beyond or near a limit are part of, and how many of them there are. */
function withinTexts(told: Told, { rule, direction, first, last, within }: Episode): string[] {
  if (within === undefined) return []
  const { chart, data, measure } = told
  const bit = signalBits[signalOf(rule, direction)]
  const count = chart.signals.subarray(first, last + 1).reduce((sum, bits) => sum + Number((bits & bit) !== 0), 0)
  const period = data.periods[first]
  const since = period === undefined ? '' : periodInWords(period)
  const { several } = frequencyWords[measure.frequency]
  return [
    ...(rule === 'beyond' && count > 1
      ? [fill(withinSentences.several, { several, since, count: String(count) })]
      : []),
    fill(withinSentences.part, { headline: exceptionHeadline({ ...told, series: withinSentences.these }, within) }),
  ]
}

/** Whether one usual range holds for all periods of a stretch. */
export function hasOneRange({ method }: Pick<ControlChart, 'method'>): boolean {
  return method === 'xmr' || method === 'poisson'
}

/** Whether a yearly rise and fall could pass for a signal: two whole years of figures are needed to tell. */
function hidesSeason(frequency: Frequency, data: SeriesData): boolean {
  return frequency !== 'year' && data.periods.length < 2 * periodsOfYear[frequency]
}

const nothing: PointLimits = { centre: Number.NaN, lower: Number.NaN, upper: Number.NaN }

function wordsOf({ measure, series, data, chart }: Told, episode: Episode) {
  const { first, last, direction, rule } = episode
  const limits = chart.limitsAt(last) ?? nothing
  const segment = segmentAt(chart, last)
  const figure = data.figures[last]
  const { one, several } = frequencyWords[measure.frequency]
  const count = last - first + 1
  const inWords = (index: number) => periodInWords(data.periods[index] ?? { frequency: 'day', start: noDay })
  const valueAt = (index: number) => figureText(data.figures[index]?.value ?? Number.NaN, measure)
  return {
    ...{ series, one, count: String(count), periods: count === 1 && rule !== 'near' ? one : several },
    ...{ period: inWords(last), from: inWords(first), value: valueAt(last), first: valueAt(first) },
    before: valueAt(last - periodsOfYear[measure.frequency]),
    judged: lineText(chart.judged[last] ?? Number.NaN, measure),
    judgedFirst: lineText(chart.judged[first] ?? Number.NaN, measure),
    limit: limitText(measure, chart, direction === 'high' ? limits.upper : limits.lower),
    centre: lineText(limits.centre, measure),
    ...{ points: String(segment.points), status: statusWords[segment.status] },
    range: rangeInWords(measure, chart, limits),
    asAt: figure?.asAt ? periodInWords({ frequency: 'day', start: figure.asAt }) : '',
    revision: String(figure?.revision ?? 1),
  }
}

const noDay = Temporal.PlainDate.from('1900-01-01')

/** A limit in print; the exact limits of counts are counts themselves. */
function limitText(measure: Measure, { method }: Pick<ControlChart, 'method'>, limit: number): string {
  return method === 'poisson' ? figureText(limit, { ...measure, decimals: 0 }) : lineText(limit, measure)
}

/** The usual range in words: a limit that no figure can reach is not spoken of. */
export function rangeInWords(measure: Measure, chart: Pick<ControlChart, 'method'>, limits: PointLimits): string {
  const { lower, upper } = drawnLimits(measure, limits)
  const text = (limit: number) => limitText(measure, chart, limit)
  if (lower === null && upper === null) return ranges.any
  if (lower === null) return fill(ranges.upTo, { upper: text(upper ?? 0) })
  if (upper === null) return fill(ranges.from, { lower: text(lower) })
  return fill(ranges.both, { lower: text(lower), upper: text(upper) })
}
