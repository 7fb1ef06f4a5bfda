import { percentagePoints, percentChange, smallBase } from '../analysis/change.ts'
import {
  type NotCompared,
  rollingYears,
  samePeriod,
  type TimesCompared,
  yearToDate,
} from '../analysis/times-of-year.ts'
import { periodsOfYear } from '../exceptions/choose-chart.ts'
import { figureText, percentOf } from '../figures.ts'
import type { Kind, Measure } from '../measure.ts'
import { frequencyWords, parsePeriod, type Period, periodEnd, periodInWords } from '../period.ts'
import type { FigureData } from './series-view.ts'

type Timed = Pick<Measure, 'unit' | 'kind' | 'decimals' | 'frequency'>

/** One comparison of the latest figure, or of the sum of the latest ones, with earlier ones; ready to print. */
export interface TimesLine {
  /** "Year to date". */
  what: string
  now: string
  /** "April to November 2025". */
  nowPeriod: string
  before: string
  beforePeriod: string
  /** In the measure's leading unit, the other beside it; or why nothing is compared. */
  change: string
}

const notCompared: Record<NotCompared, string> = {
  missing: 'Not compared: a figure is missing.',
  break: 'Not compared: the figures changed in between.',
  'no-year-before': 'Not compared: there are no earlier figures.',
}

/** Kinds whose figures can be added up over a year. */
const summed: readonly Kind[] = ['count', 'money']
/** Kinds of which no change says anything. */
const silent: readonly Kind[] = ['change', 'grade']

/**
 * The latest figure of a series beside the one before, that of a year before, the year to date and the last whole year,
 * each compared with as many periods a year earlier (performance.md A8). Shares are put together again from what they
 * are made of; rates are not added up at all. Pure.
 *
 * @param breaks indices across which figures are not compared
 */
export function timesOfYear(measure: Timed, figures: readonly FigureData[], breaks: readonly number[]): TimesLine[] {
  const at = figures.findLastIndex(figure => figure.value !== null)
  const period = at < 0 ? undefined : periodOf(figures[at])
  if (period === undefined || silent.includes(measure.kind)) return []
  const series: Timing = { measure, figures, breaks, at, year: periodsOfYear[measure.frequency] }
  const { one } = frequencyWords[measure.frequency]
  const cumulates = measure.kind === 'cumulative' || measure.kind === 'rolling'
  return [
    ...(cumulates ? [] : [line(series, `The ${one} before`, 1, 1)]),
    ...(series.year > 1 ? [line(series, `Same ${one} last year`, 1, series.year)] : []),
    ...sums(series, period),
  ]
}

interface Timing {
  measure: Timed
  figures: readonly FigureData[]
  breaks: readonly number[]
  at: number
  year: number
}

function periodOf(figure: FigureData | undefined): Period | undefined {
  const period = figure === undefined ? undefined : parsePeriod(figure.period)
  return period === undefined || 'fault' in period ? undefined : period
}

/** Sums of months and quarters; other periods do not begin with the year. */
function sums(series: Timing, latest: Period): TimesLine[] {
  const { measure, year } = series
  if (year !== 12 && year !== 4) return []
  if (!summed.includes(measure.kind) && !isMadeOf(series)) return []
  const place = Math.floor(((latest.start.month + 8) % 12) / (12 / year))
  return [line(series, 'Year to date', place + 1, year), line(series, 'Last 12 months', year, year)]
}

/** Whether every figure of a share says what it is made of. */
function isMadeOf({ measure, figures }: Timing): boolean {
  if (measure.kind !== 'proportion') return false
  return figures.every(
    ({ value, numerator, denominator }) => value === null || (numerator !== null && denominator !== null),
  )
}

/** `length` periods up to the latest, beside as many `back` periods earlier. */
function line(series: Timing, what: string, length: number, back: number): TimesLine {
  const { figures, at } = series
  const range = (last: number) => rangeWords(periodOf(figures[last - length + 1]), periodOf(figures[last]))
  const found = compare(series, length, back)
  const { measure } = series
  if (typeof found === 'string') {
    const now = length === 1 ? (figures[at]?.value ?? null) : null
    const print = now === null ? '' : figureText(now, measure)
    return { what, now: print, nowPeriod: range(at), before: '', beforePeriod: '', change: notCompared[found] }
  }
  return {
    ...{ what, now: figureText(found.now, measure), nowPeriod: range(at) },
    ...{ before: figureText(found.before, measure), beforePeriod: range(at - back) },
    change: changeInWords(measure, found.before, found.now),
  }
}

function compare(series: Timing, length: number, back: number): TimesCompared | NotCompared {
  if (length === 1) return timesOf(series, figure => figure.value, length, back)
  if (series.measure.kind !== 'proportion') return timesOf(series, figure => figure.value, length, back)
  const [counted, asked] = [
    timesOf(series, figure => figure.numerator, length, back),
    timesOf(series, figure => figure.denominator, length, back),
  ]
  if (typeof counted === 'string') return counted
  if (typeof asked === 'string') return asked
  const [now, before] = [percentOf(counted.now, asked.now), percentOf(counted.before, asked.before)]
  return now === null || before === null ? 'missing' : { now, before, periods: length }
}

function timesOf(
  { figures, breaks, at, year }: Timing,
  column: (figure: FigureData) => number | null,
  length: number,
  back: number,
): TimesCompared | NotCompared {
  const values = Float64Array.from(figures, figure => column(figure) ?? Number.NaN)
  if (length === 1) return samePeriod(values, at, back, breaks)
  if (length === year) return rollingYears(values, at, year, breaks)
  return yearToDate(values, at, length - 1, year, breaks)
}

/** "April to November 2025", from the first and the last period. */
function rangeWords(first: Period | undefined, last: Period | undefined): string {
  if (last === undefined) return ''
  if (first === undefined || first.start.equals(last.start)) return periodInWords(last)
  const month = (day: Temporal.PlainDate) => day.toLocaleString('en-GB', { month: 'long' })
  const end = periodEnd(last)
  const from = first.start.year === end.year ? month(first.start) : `${month(first.start)} ${String(first.start.year)}`
  return `${from} to ${month(end)} ${String(end.year)}`
}

/**
 * The change from one figure to another: of a percentage in percentage points, with per cent of it beside; of other
 * figures in per cent, with the difference beside. Of counts below 50 no percentage is given (performance.md A7, A10).
 */
export function changeInWords(measure: Pick<Measure, 'unit' | 'decimals'>, before: number, now: number): string {
  const difference = now - before
  const size = figureText(Math.abs(difference), {
    ...measure,
    unit: measure.unit === 'percent' ? 'points' : measure.unit,
  })
  if (difference === 0 || /^[£]?0(\.0+)?( |$)/.test(size)) return 'No change'
  const way = difference > 0 ? 'up' : 'down'
  const relative = relativeWords(measure, before, now)
  if (measure.unit === 'percent') {
    const points = Math.abs(percentagePoints(before, now))
    return `${way} ${figureText(points, { ...measure, unit: 'points' })}${relative === null ? '' : ` (${relative})`}`
  }
  if (measure.unit === 'points') return `${way} ${size}`
  if (measure.unit === 'count' && Math.min(before, now) < smallBase) return `${way} ${size}, too few for a percentage`
  return relative === null ? `${way} ${size}` : `${way} ${relative.replace(/ (more|less)$/, '')} (${size})`
}

function relativeWords(measure: Pick<Measure, 'unit'>, before: number, now: number): string | null {
  const percent = before > 0 ? percentChange(before, now) : null
  if (percent === null) return null
  const print = figureText(Math.abs(percent), { unit: 'percent', decimals: 1 })
  return measure.unit === 'percent' ? `${print} ${percent > 0 ? 'more' : 'less'}` : print
}
