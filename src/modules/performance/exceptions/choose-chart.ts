import {
  asJudged,
  type ChartBasis,
  controlChart,
  type ControlChart,
  individualsReader,
} from '../analysis/control-chart.ts'
import { attributeReader, type AttributeLaw, type CountsBySize, smallCount } from '../analysis/attribute-charts.ts'
import { type ChartRules, defaultRules } from '../analysis/process-control.ts'
import { seasonAdjusted, seasonalIndices, yearOnYear } from '../analysis/season.ts'
import { type Kind, type Measure, refusalOfKind } from '../measure.ts'
import type { Frequency } from '../period.ts'

/** The figures of a series in order of time, one a period, NaN where missing, with what each is a part of. */
export interface Columns {
  values: Float64Array
  /** Null where no figure has them. */
  numerators: Float64Array | null
  denominators: Float64Array | null
}

/** Why a series is read as it is: names of the sentences that say so. */
export type Why =
  | 'chosen'
  | 'individuals'
  | 'small-counts'
  | 'shares'
  | 'exposure'
  | 'similar-shares'
  | 'season'
  | 'short-season'
  | 'not-counts'
  | 'no-sizes'

/** A series that the rules may read, with its chart; or why they may not. */
export type Charted =
  | { chart: ControlChart; why: Why; indices: Float64Array | null }
  | { chart: null; refusal: 'kind' | 'unread' | 'short-season' }

/** What a measure says of how its figures are read. */
export type ReadBy = Pick<
  Measure,
  'kind' | 'unit' | 'per' | 'chart' | 'seasonal' | 'settling' | 'rules' | 'frequency' | 'decimals'
>

/** How many periods a year has; where they do not come out even, the nearest whole number. */
export const periodsOfYear: Record<Frequency, number> = { day: 365, week: 52, month: 12, quarter: 4, year: 1 }

/** Shares that rest on so many, and on about equally many, vary by more than who was asked. */
const manyAsked = 1000
const aboutEqual = 0.25

/** Why figures of a kind cannot be read by a chart, in a sentence; null if they can. */
export function refusalOfChart(chart: Measure['chart'], kind: Kind): string | null {
  if (chart === 'poisson' && kind !== 'count') return 'Only counts can be read by the exact limits of small counts.'
  if (chart === 'p' && kind !== 'proportion') return 'Only proportions can be read by a p chart.'
  if (chart === 'u' && kind !== 'rate') return 'Only rates can be read by a u chart.'
  return null
}

/**
 * Chooses how a series is read (performance.md A2 and A9) and reads it. Figures of the latest `settling` periods are
 * left out of limits and signals.
 *
 * @param breaks indices at which figures begin to be something else, in order of time
 */
export function chartSeries(measure: ReadBy, columns: Columns, breaks: readonly number[]): Charted {
  if (refusalOfKind(measure.kind) !== null) return { chart: null, refusal: 'kind' }
  if (measure.chart === 'none') return { chart: null, refusal: 'unread' }
  const rules = { ...defaultRules, ...measure.rules }
  const latest = columns.values.findLastIndex(value => !Number.isNaN(value))
  const judgedTo = Math.max(0, latest + 1 - measure.settling)
  const year = periodsOfYear[measure.frequency]
  if (measure.seasonal && year > 1) return seasonalChart(columns.values, year, rules, breaks, judgedTo)
  const { basis, why } = plainBasis(measure, columns, rules, breaks.at(-1) ?? 0, judgedTo)
  return { chart: controlChart(basis, breaks, judgedTo), why, indices: null }
}

function seasonalChart(
  values: Float64Array,
  year: number,
  rules: ChartRules,
  breaks: readonly number[],
  judgedTo: number,
): Charted {
  const known = values.subarray(0, judgedTo)
  if (known.filter(value => !Number.isNaN(value)).length < 2 * year) return { chart: null, refusal: 'short-season' }
  const indices = seasonalIndices(known, year, breaks)
  const basis = indices === null ? differences(values, year, rules, breaks) : adjusted(values, indices, rules)
  const why = indices === null ? 'short-season' : 'season'
  return { chart: controlChart(basis, breaks, judgedTo), why, indices }
}

function adjusted(values: Float64Array, indices: Float64Array, rules: ChartRules): ChartBasis {
  const judged = seasonAdjusted(values, indices)
  return {
    ...{ method: 'season-adjusted', values, judged, rules, read: individualsReader(judged, rules) },
    inFigures: (i, { centre, lower, upper }) => {
      const index = indices[i % indices.length] ?? Number.NaN
      return { centre: centre * index, lower: lower * index, upper: upper * index }
    },
  }
}

function differences(values: Float64Array, year: number, rules: ChartRules, breaks: readonly number[]): ChartBasis {
  const judged = yearOnYear(values, year, breaks)
  return {
    ...{ method: 'year-on-year', values, judged, rules, read: individualsReader(judged, rules) },
    inFigures: (i, { centre, lower, upper }) => {
      const before = Number.isNaN(judged[i] ?? Number.NaN) ? Number.NaN : (values[i - year] ?? Number.NaN)
      return { centre: before + centre, lower: before + lower, upper: before + upper }
    },
  }
}

interface Plain {
  basis: ChartBasis
  why: Why
}

/** The method for figures without a season, and why. */
function plainBasis(measure: ReadBy, columns: Columns, rules: ChartRules, since: number, judgedTo: number): Plain {
  const { chart, kind } = measure
  if (chart === 'xmr' || refusalOfChart(chart, kind) !== null) return individuals(columns.values, rules, 'individuals')
  if (kind === 'count') {
    const latest = columns.values.subarray(Math.min(since, judgedTo), judgedTo)
    return countBasis(columns.values, rules, chart, meanOf(latest) < smallCount)
  }
  return kind === 'proportion' || kind === 'rate'
    ? ratioBasis(measure, columns, rules)
    : individuals(columns.values, rules, 'individuals')
}

function individuals(values: Float64Array, rules: ChartRules, why: Why): Plain {
  const read = individualsReader(values, rules)
  return { basis: { method: 'xmr', values, judged: values, rules, read, inFigures: asJudged }, why }
}

function countBasis(values: Float64Array, rules: ChartRules, chart: Measure['chart'], isSmall: boolean): Plain {
  const chosen = chart === 'poisson'
  if (!areCounts(values)) return individuals(values, rules, chosen ? 'not-counts' : 'individuals')
  if (!chosen && !isSmall) return individuals(values, rules, 'individuals')
  const given = { counts: values, sizes: new Float64Array(values.length).fill(1) }
  const law: AttributeLaw = { law: 'poisson', exact: 'always', widen: false, scale: 1 }
  return { basis: attributes('poisson', values, given, rules, law), why: isSmall ? 'small-counts' : 'chosen' }
}

function ratioBasis(measure: ReadBy, columns: Columns, rules: ChartRules): Plain {
  const { values } = columns
  const isShare = measure.kind === 'proportion'
  const isAuto = measure.chart === 'auto'
  const given = countsBySize(measure, columns)
  if (given === null) return individuals(values, rules, isAuto ? 'individuals' : 'no-sizes')
  if (isShare && isAuto && areManyAndSimilar(given.sizes)) return individuals(values, rules, 'similar-shares')
  const law: AttributeLaw = {
    ...{ law: isShare ? 'binomial' : 'poisson', exact: 'small' },
    ...{ widen: isAuto, scale: scaleOf(measure) },
  }
  return { basis: attributes(isShare ? 'p' : 'u', values, given, rules, law), why: isShare ? 'shares' : 'exposure' }
}

function attributes(
  method: 'poisson' | 'p' | 'u',
  values: Float64Array,
  given: CountsBySize,
  rules: ChartRules,
  law: AttributeLaw,
): ChartBasis {
  const judged = given.counts.map((count, i) => (count / (given.sizes[i] ?? Number.NaN)) * law.scale)
  return { method, values, judged, rules, read: attributeReader(given, rules, law), inFigures: asJudged }
}

const scaleOf = ({ unit, per }: ReadBy): number => (unit === 'percent' ? 100 : (per ?? 1))

function areCounts(values: Float64Array): boolean {
  return values.every(value => Number.isNaN(value) || (Number.isInteger(value) && value >= 0))
}

function meanOf(values: Float64Array): number {
  let sum = 0
  let count = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    sum += value
    count++
  }
  return sum / count
}

/**
 * What each figure is made of, if every figure has it and it gives that figure: a percentage of 84.2 from 842 of 1,000.
 * Otherwise limits drawn from it would be those of something else.
 */
function countsBySize(measure: ReadBy, { values, numerators, denominators }: Columns): CountsBySize | null {
  if (numerators === null || denominators === null) return null
  const scale = scaleOf(measure)
  const lastDigit = 10 ** -measure.decimals
  const agrees = values.every((value, i) => {
    const [count, size] = [numerators[i] ?? Number.NaN, denominators[i] ?? Number.NaN]
    if (Number.isNaN(value)) return true
    const whole = Number.isInteger(count) && count >= 0 && size > 0
    if (!whole || (measure.kind === 'proportion' && (count > size || !Number.isInteger(size)))) return false
    const ratio = (count / size) * scale
    return Math.abs(ratio - value) <= Math.max(lastDigit, 0.005 * ratio)
  })
  if (!agrees) return null
  const where = (column: Float64Array) => column.map((each, i) => (Number.isNaN(values[i]) ? Number.NaN : each))
  return { counts: where(numerators), sizes: where(denominators) }
}

function areManyAndSimilar(sizes: Float64Array): boolean {
  const present = sizes.filter(size => !Number.isNaN(size))
  const mean = meanOf(present)
  return present.every(size => size >= manyAsked && Math.abs(size - mean) <= aboutEqual * mean)
}
