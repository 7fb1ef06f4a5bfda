import { pooledRate } from '../analysis/comparison.ts'
import type { ControlChart } from '../analysis/control-chart.ts'
import { assuranceOf, combinedReading, variationOf } from '../analysis/readings.ts'
import { segmentAt } from '../analysis/xmr-chart.ts'
import { breakText, hasOneRange, rangeInWords } from '../exceptions/exception-text.ts'
import type { Reading } from '../exceptions/exceptions.ts'
import { latestJudged } from '../exceptions/episodes.ts'
import { fill, methodSentences, rangeSentences, readingSentences, statusWords, summaries } from '../exceptions/texts.ts'
import { figureText, lineText } from '../figures.ts'
import type { Measure } from '../measure.ts'
import { frequencyWords, periodInWords } from '../period.ts'
import type { SeriesData } from '../series-data.ts'
import { assuranceWords, combinedWords, rulesWords } from './words.ts'

type ReadReading = Extract<Reading, { read: true }>

/**
 * What the rules say of a series in sentences: why they are silent, or the usual range, how it was worked out, where
 * limits begin anew, and what it all means for a target.
 */
export function sayings(measure: Measure, data: SeriesData, reading: Reading): string[] {
  const breaks = reading.breaks.map(each => breakText(data, each))
  if (!reading.read) return [reading.reason, ...breaks]
  return [
    ...rangeSaying(measure, data, reading),
    ...methodSayings(measure, data, reading),
    ...settlingSaying(measure, data),
    ...breaks,
    ...targetSayings(measure, reading.chart),
    settingsSaying(measure, reading),
  ]
}

function rangeSaying(measure: Measure, data: SeriesData, { chart }: ReadReading): string[] {
  const at = latestJudged(chart)
  const [limits, period] = [chart.limitsAt(at), data.periods[at]]
  if (limits === null || period === undefined) return []
  const { points, status } = segmentAt(chart, at)
  const words = {
    ...{ period: periodInWords(period), one: frequencyWords[measure.frequency].one, points: String(points) },
    ...{ range: rangeInWords(measure, chart, limits), centre: lineText(limits.centre, measure) },
    status: statusWords[status],
  }
  return [fill(rangeSentences[hasOneRange(chart) ? 'same' : 'differs'], words)]
}

function methodSayings(measure: Measure, data: SeriesData, { chart, why }: ReadReading): string[] {
  const { one, several } = frequencyWords[measure.frequency]
  const { widened, run } = segmentAt(chart, data.values.length)
  return [
    fill(methodSentences[why], { one, several }),
    ...(chart.method === 'season-adjusted' ? [adjustedSaying(measure, data, chart)] : []),
    ...(widened > 1.05 ? [fill(readingSentences.widened, { one, factor: widened.toFixed(1) })] : []),
    ...(isUneven(chart)
      ? [fill(readingSentences.runs, { several, low: String(run.low), high: String(run.high) })]
      : []),
  ]
}

function adjustedSaying(measure: Measure, data: SeriesData, chart: ControlChart): string {
  const at = latestJudged(chart)
  const period = data.periods[at]
  return fill(readingSentences.adjusted, {
    period: period === undefined ? '' : periodInWords(period),
    value: figureText(data.values[at] ?? Number.NaN, measure),
    adjusted: lineText(chart.judged[at] ?? Number.NaN, measure),
  })
}

function settlingSaying({ settling, frequency }: Measure, data: SeriesData): string[] {
  const count = Math.min(settling, data.periods.length)
  if (count === 0) return []
  const { one, several } = frequencyWords[frequency]
  const template = count === 1 ? readingSentences.settlingOne : readingSentences.settling
  return [fill(template, { one, several, count: String(count) })]
}

function targetSayings(measure: Measure, chart: ControlChart): string[] {
  const at = latestJudged(chart)
  const limits = chart.limitsAt(at)
  if (limits === null || measure.target === null) return []
  const { points } = segmentAt(chart, at)
  const assurance = assuranceOf({ ...limits, points }, measure.target, measure.polarity)
  if (assurance === null) return []
  const variation = variationOf(chart.signals[at] ?? 0, measure.polarity)
  const target = figureText(measure.target, measure)
  return [fill(assuranceWords[assurance], { target }), combinedWords[combinedReading(variation, assurance)]]
}

function settingsSaying({ rules }: Measure, { chart }: ReadReading): string {
  const template = isUneven(chart) ? rulesWords.settingsOfTrend : rulesWords.settings
  return fill(template, {
    shift: String(rules.shift),
    trend: String(rules.trend),
    near: rulesWords.near[chart.method === 'poisson' ? 'off' : rules.near],
  })
}

/** Whether runs above and below the average have lengths of their own. */
function isUneven({ segments, rules }: ControlChart): boolean {
  const run = segments.at(-1)?.run
  return run !== undefined && (run.high !== rules.shift || run.low !== rules.shift)
}

/**
 * What a chart shows, for those who read it as text: how many figures from when to when, the lowest, the highest, the
 * latest and their average, and whether something stands out.
 */
export function summaryOf(measure: Measure, data: SeriesData, reading: Reading): string {
  const present = [...data.values.keys()].filter(i => !Number.isNaN(data.values[i]))
  const missing = data.values.length - present.length
  const words = summaryWords(measure, data, present)
  if (words === null) return summaries.none
  const figures = words.mean === '' ? summaries.severalWithoutMean : summaries.several
  return [
    fill(present.length === 1 ? summaries.one : figures, words),
    ...(missing === 0 ? [] : [fill(missing === 1 ? summaries.missingOne : summaries.missing, words)]),
    ...standingTexts(reading),
  ].join(' ')
}

function summaryWords(measure: Measure, data: SeriesData, present: readonly number[]) {
  const [first, latest] = [present[0], present.at(-1)]
  if (first === undefined || latest === undefined) return null
  const at = (i: number) => data.values[i] ?? Number.NaN
  const period = (i: number) => periodInWords(data.periods[i] ?? { frequency: 'day', start: noDay })
  const lowest = present.reduce((least, i) => (at(i) < at(least) ? i : least))
  const highest = present.reduce((most, i) => (at(i) > at(most) ? i : most))
  const mean = meanOf(measure, data)
  return {
    ...frequencyWords[measure.frequency],
    ...{ count: String(present.length), missing: String(data.values.length - present.length) },
    ...{ first: period(first), period: period(latest), latest: figureText(at(latest), measure) },
    ...{ lowest: figureText(at(lowest), measure), lowestPeriod: period(lowest) },
    ...{ highest: figureText(at(highest), measure), highestPeriod: period(highest) },
    mean: mean === null ? '' : lineText(mean, measure),
  }
}

/** Shares and rates are averaged by what they are made of: without that, there is no average of them. */
function meanOf({ kind, unit, per }: Measure, { figures }: SeriesData): number | null {
  const present = figures.filter(figure => figure?.value != null)
  if (kind === 'proportion' || kind === 'rate') {
    const scale = unit === 'percent' ? 100 : (per ?? 1)
    return pooledRate(
      present.map(figure => figure ?? {}),
      scale,
    )
  }
  return present.reduce((sum, figure) => sum + (figure?.value ?? 0), 0) / present.length
}

const noDay = Temporal.PlainDate.from('1900-01-01')

function standingTexts(reading: Reading): string[] {
  if (!reading.read) return []
  const now = reading.exceptions.filter(each => each.told && each.state !== 'ended')
  return now.length === 0 ? [summaries.usual] : now.map(({ headline }) => `${headline}.`)
}
