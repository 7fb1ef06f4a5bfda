import { controlOption } from './chart-options.ts'
import { drawn, keyOf, named } from './chart-svg.ts'
import { escapeHtml } from './web/html.ts'

export interface ControlChartPoint {
  label: string
  /** null for a missing period: the line is broken there. */
  value: number | null
  /** Names of the signals at this point; any makes it stand out. */
  signals: readonly string[]
  /** A figure that may still change: drawn hollow. */
  provisional?: boolean
}

/** The average and the limits at one point; a limit is null where it is not drawn. */
export interface PointLimits {
  centre: number
  lower: number | null
  upper: number | null
}

export interface ControlChart {
  /** What the chart shows, in words; also its name to a screen reader. */
  title: string
  points: readonly ControlChartPoint[]
  centre: number | null
  lower: number | null
  upper: number | null
  /** False while there are too few points for limits: only the line is drawn. */
  limitsDrawn: boolean
  /** Limits that differ from point to point (shares of differing numbers, small counts, new limits after a break). */
  limits?: readonly (PointLimits | null)[]
  unit: string
  /** Positions in `points` at which the process was begun anew; limits are broken there and a line stands before each. */
  breaks?: readonly number[]
  /** The figures with the season taken out, one a point: a second, broken line. Limits are those of the figures. */
  adjusted?: readonly (number | null)[]
  target?: number | null
  /** Where the figures are wanted; either end may be open. */
  band?: { low: number | null; high: number | null } | null
  /** Other lines to compare with, thin and broken each in its own way; at most four are told apart. */
  comparators?: readonly { name: string; values: readonly (number | null)[] }[]
}

const size = { width: 640, height: 360 }

/**
 * A process-control chart as SVG: the same input gives the same bytes, and nothing in it needs inline styles.
 * It can be read in black and white: ordinary points are circles, provisional ones hollow, signals larger diamonds,
 * the centre an unbroken line, limits broken ones. Where each point stands is written beside it (`data-points`), for
 * the script that tells a point under the pointer.
 */
export async function controlChart(chart: ControlChart): Promise<string> {
  const places = chart.points.map(({ value }, at): [number, number | null] => [at, value])
  const picture = await drawn(controlOption(chart), size, places)
  return named(picture.svg, chart.title, description(chart), keyOf(chart), picture.places)
}

/** The chart in a sentence or two, for those who do not see it. */
function description(chart: ControlChart): string {
  const { points, unit } = chart
  const number = (value: number): string => value.toLocaleString('en-GB', { maximumFractionDigits: 1 })
  const standing = points.filter(({ signals }) => signals.length > 0).map(({ label }) => label)
  const last = lastLimits(chart)
  const limits =
    last !== null && last.lower !== null && last.upper !== null
      ? ` Average ${number(last.centre)}, usual range ${number(last.lower)} to ${number(last.upper)} ${unit}.`
      : ''
  const breaks = (chart.breaks ?? []).flatMap(at => points[at]?.label ?? [])
  const anew = breaks.length === 0 ? '' : ` Begun anew: ${breaks.join(', ')}.`
  const provisional = points.filter(point => point.provisional === true).map(({ label }) => label)
  const unsure = provisional.length === 0 ? '' : ` Provisional: ${provisional.join(', ')}.`
  const signals = standing.length === 0 ? '' : ` Out of the ordinary: ${standing.join(', ')}.`
  const span = `${points.length} points, from ${points[0]?.label ?? ''} to ${points.at(-1)?.label ?? ''}.`
  return `${span}${limits}${anew}${unsure}${signals}`
}

function lastLimits({ limitsDrawn, limits, centre, lower, upper }: ControlChart): PointLimits | null {
  if (!limitsDrawn) return null
  if (limits !== undefined) return limits.findLast(each => each !== null) ?? null
  return centre === null ? null : { centre, lower, upper }
}

/** What a small line shows besides its figures. */
export interface SparklineParts {
  /** The usual range at the latest figure: a grey band behind the line. */
  range?: { lower: number | null; upper: number | null } | null
  /** Whether the latest figure is out of the ordinary: then it is a diamond, else a circle. */
  signal?: boolean
}

const spark = { width: 160, height: 40, margin: 6 }

/**
 * A small line without axes, for a row of figures; the last point is marked. Missing values break the line. Drawn here
 * and not by the library, so that a page may hold hundreds: some microseconds each.
 */
export function sparkline(title: string, values: readonly (number | null)[], parts: SparklineParts = {}): string {
  const { range = null } = parts
  const held = values.filter(value => value !== null)
  const scale = sparkScale(values.length, [...held, ...[range?.lower, range?.upper].filter(each => each != null)])
  const key = keyOf({ title, values, parts })
  const shapes =
    held.length === 0 ? '' : `${sparkBand(range, scale)}${sparkLine(values, scale)}${sparkEnd(values, scale, parts)}`
  return (
    `<svg role="img" aria-labelledby="t${key}" xmlns="http://www.w3.org/2000/svg" width="${spark.width}" ` +
    `height="${spark.height}" viewBox="0 0 ${spark.width} ${spark.height}">` +
    `<title id="t${key}">${escapeHtml(title)}</title>${shapes}</svg>`
  )
}

interface SparkScale {
  x: (at: number) => number
  y: (value: number) => number
}

const tenth = (value: number): number => Math.round(value * 10) / 10

function sparkScale(length: number, numbers: readonly number[]): SparkScale {
  const low = numbers.reduce((least, each) => Math.min(least, each), Infinity)
  const high = numbers.reduce((most, each) => Math.max(most, each), -Infinity)
  const inner = { width: spark.width - 2 * spark.margin, height: spark.height - 2 * spark.margin }
  const step = length > 1 ? inner.width / (length - 1) : 0
  return {
    x: at => tenth(length > 1 ? spark.margin + at * step : spark.width / 2),
    y: value =>
      tenth(
        high > low ? spark.height - spark.margin - (inner.height * (value - low)) / (high - low) : spark.height / 2,
      ),
  }
}

function sparkBand(range: SparklineParts['range'], { y }: SparkScale): string {
  if (range == null || (range.lower === null && range.upper === null)) return ''
  const top = range.upper === null ? 0 : y(range.upper)
  const bottom = range.lower === null ? spark.height : y(range.lower)
  return `<rect x="0" y="${top}" width="${spark.width}" height="${tenth(bottom - top)}" fill="#e8e8e8"></rect>`
}

/** Runs of figures as lines; a figure between two missing ones as a dot, which a line of one point would not show. */
function sparkLine(values: readonly (number | null)[], { x, y }: SparkScale): string {
  const runs: { at: number; value: number }[][] = [[]]
  for (const [at, value] of values.entries()) {
    if (value === null) runs.push([])
    else runs.at(-1)?.push({ at, value })
  }
  return runs
    .filter(run => run.length > 0)
    .map(run => {
      const [first] = run
      if (run.length === 1 && first !== undefined)
        return `<circle cx="${x(first.at)}" cy="${y(first.value)}" r="1.5" fill="#0b0c0c"></circle>`
      const path = run.map(({ at, value }) => `${x(at)} ${y(value)}`).join('L')
      return `<path d="M${path}" fill="none" stroke="#0b0c0c" stroke-width="2" stroke-linejoin="round"></path>`
    })
    .join('')
}

function sparkEnd(values: readonly (number | null)[], { x, y }: SparkScale, { signal }: SparklineParts): string {
  const last = values.findLastIndex(value => value !== null)
  const [cx, cy] = [x(last), y(values[last] ?? 0)]
  return signal === true
    ? `<path d="M${cx} ${tenth(cy - 6)}l6 6l-6 6l-6 -6z" fill="#ca3535"></path>`
    : `<circle cx="${cx}" cy="${cy}" r="3.5" fill="#0b0c0c"></circle>`
}
