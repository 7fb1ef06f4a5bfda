import { percentagePoints, percentChange, percentChangeOfCounts, smallBase } from '../analysis/change.ts'
import { figureText } from '../figures.ts'
import type { Measure } from '../measure.ts'

/** What of a measure decides how a change of its figures is told. */
export type ChangedMeasure = Pick<Measure, 'unit' | 'kind' | 'decimals'>

/** How a figure stands beside the one of a year before. */
export interface YearChange {
  /** Higher, lower, or the same as far as the printed digits tell. */
  direction: 'higher' | 'lower' | 'same'
  /** `percentage points` for shares, `per cent` where a percentage may be given, else the plain difference. */
  unit: 'percentage points' | 'per cent' | 'difference'
  /** Without its sign. */
  amount: number
  /** In words: "4.5 percentage points higher than a year before". */
  text: string
}

/** Kinds whose figures differ from a year before by nothing that could be told: a grade, or itself a change. */
const untold: readonly Measure['kind'][] = ['grade', 'change']

/**
 * The change on the year before in the unit that the measure allows: percentage points for percentages, never per
 * cent of them; for counts per cent, but for fewer than 50 in either year the plain difference, as a percentage of a
 * small number misleads. Sources: performance.md A7 and A10; ONS, table C3, year ending December 2024.
 *
 * @returns null where one of the two is missing or the kind of figure has no such change
 */
export function yearChange(measure: ChangedMeasure, latest: number | null, before: number | null): YearChange | null {
  if (latest === null || before === null || untold.includes(measure.kind)) return null
  if (measure.unit === 'percent' || measure.unit === 'points') return pointsChange(measure, latest, before)
  const counts = measure.unit === 'count'
  const percent = counts ? percentChangeOfCounts(before, latest) : percentChange(before, latest)
  if (percent === null || before < 0) return differenceChange(measure, latest, before)
  const amount = Math.abs(percent)
  const printed = digits(amount, 1)
  if (latest === before) return same(`the same as a year before`, 'per cent')
  const size = Number(printed) === 0 ? 'less than 0.1%' : `${printed}%`
  return told(percent, amount, 'per cent', `${size} ${percent > 0 ? higherWord(measure) : lowerWord(measure)}`)
}

function pointsChange(measure: ChangedMeasure, latest: number, before: number): YearChange {
  const points = percentagePoints(before, latest)
  const printed = figureText(Math.abs(points), { unit: 'points', decimals: measure.decimals })
  if (/^0(\.0*)? /.test(printed)) return same('the same as a year before', 'percentage points')
  return told(points, Math.abs(points), 'percentage points', `${printed} ${points > 0 ? 'higher' : 'lower'}`)
}

function differenceChange(measure: ChangedMeasure, latest: number, before: number): YearChange {
  const difference = latest - before
  if (difference === 0) return same('the same as a year before', 'difference')
  const printed = figureText(Math.abs(difference), measure)
  const small = measure.unit === 'count' && Math.min(latest, before) < smallBase
  const word = difference > 0 ? higherWord(measure) : lowerWord(measure)
  const why = small ? '; too few for a percentage' : ''
  return told(difference, Math.abs(difference), 'difference', `${printed} ${word}`, why)
}

const higherWord = ({ unit }: ChangedMeasure) => (unit === 'count' || unit === 'money' ? 'more' : 'higher')
const lowerWord = ({ unit }: ChangedMeasure) => (unit === 'count' ? 'fewer' : unit === 'money' ? 'less' : 'lower')

function told(signed: number, amount: number, unit: YearChange['unit'], size: string, why = ''): YearChange {
  return { direction: signed > 0 ? 'higher' : 'lower', unit, amount, text: `${size} than a year before${why}` }
}

function same(text: string, unit: YearChange['unit']): YearChange {
  return { direction: 'same', unit, amount: 0, text }
}

function digits(value: number, decimals: number): string {
  return figureText(value, { unit: 'rate', decimals }).replaceAll(',', '')
}
