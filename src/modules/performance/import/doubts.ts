import { figureText } from '../figures.ts'
import type { FileSeries, KnownMeasure } from './check-rows.ts'
import type { RowFault } from './row-faults.ts'

/*
 * Figures that can be read but may not mean what they say: a percentage as 0.85 after years of 85, the figures of one
 * measure under another. They are never put right by themselves and never loaded in silence: a person looks and says
 * that they are right. The numbers below are our own choice, wide enough that no true figure of an office's series met
 * so far is asked about.
 */

/** What a series usually is: the middle of its latest figures that are held, by size, and how many those are. */
export interface Usual {
  count: number
  median: number
}

/** The first figures of a series in a file, with their lines. */
export interface Sample {
  values: number[]
  lines: number[]
}

const sampled = 12
/** Held figures from which a usual size can be told. */
const fewestHeld = 3
/** A figure of ten times, or a tenth of, the usual is asked about; a year to date may be twelve times its own April. */
const timesUsual = 10
const timesUsualOfYear = 25
/** Below this a tenth is no odd figure. */
const leastUsual = 20

/** The first figures of every series of a file. */
export class Samples {
  readonly bySeries = new Map<number, Sample>()

  add(series: number, value: number, line: number): void {
    if (Number.isNaN(value)) return
    const sample = this.bySeries.get(series)
    if (sample === undefined) this.bySeries.set(series, { values: [value], lines: [line] })
    else if (sample.values.length < sampled) {
      sample.values.push(value)
      sample.lines.push(line)
    }
  }
}

/**
 * Pure: what of a file looks odd, at most one sentence for each series, by its first figure that does.
 *
 * @param usual of the series that hold figures, by their number in the file
 */
export function doubtsOf(
  series: readonly FileSeries[],
  samples: Samples,
  usual: ReadonlyMap<number, Usual>,
): RowFault[] {
  const doubts: RowFault[] = []
  for (const each of series) {
    const sample = samples.bySeries.get(each.number)
    if (sample === undefined) continue
    const held = usual.get(each.number)
    const at = sample.values.findIndex(value => isOdd(each.measure, value, held, sample))
    const value = sample.values[at]
    if (value === undefined) continue
    const message = held === undefined ? words.fraction(nameOf(each)) : inWords(each, value, held, series, usual)
    doubts.push({ line: sample.lines[at] ?? 1, column: 'value', message })
  }
  return doubts.sort((a, b) => a.line - b.line)
}

function isOdd(measure: KnownMeasure, value: number, held: Usual | undefined, sample: Sample): boolean {
  if (held === undefined) return isShare(measure) && areFractions(sample.values)
  if (measure.unit === 'percent' && scaleOf(value, held) !== null) return true
  return held.count >= fewestHeld && isOfOtherSize(measure, value, held)
}

const isShare = ({ kind, unit }: KnownMeasure) => kind === 'proportion' && unit === 'percent'

/** All above 0 and below 1, though a share of a hundred was asked for. */
function areFractions(values: readonly number[]): boolean {
  return values.every(value => value >= 0 && value < 1) && values.some(value => value > 0)
}

/** Whether a percentage would fit what is held if it were a hundred times as much, or a hundredth. */
function scaleOf(value: number, { median }: Usual): 'of-1' | 'of-100' | null {
  const fits = (scaled: number) => scaled > median / 2.5 && scaled < median * 2.5
  if (value > 0 && value <= 1 && median >= 10 && fits(value * 100)) return 'of-1'
  if (value > 1 && median > 0 && median <= 1 && fits(value / 100)) return 'of-100'
  return null
}

function isOfOtherSize({ kind, unit }: KnownMeasure, value: number, { median }: Usual): boolean {
  if (kind === 'change' || kind === 'grade' || unit === 'percent' || unit === 'points') return false
  const times = kind === 'cumulative' ? timesUsualOfYear : timesUsual
  const size = Math.abs(value)
  if (median < leastUsual) return size >= leastUsual * times && size >= Math.max(median, 1) * 5 * times
  return size >= median * times || (size <= median / times && kind !== 'money')
}

function inWords(
  each: FileSeries,
  value: number,
  held: Usual,
  series: readonly FileSeries[],
  usual: ReadonlyMap<number, Usual>,
): string {
  const name = nameOf(each)
  const printed = { unit: each.measure.unit, decimals: Math.max(each.measure.decimals, 2) }
  const asHeld = figureText(held.median, { unit: each.measure.unit, decimals: each.measure.decimals })
  const scale = each.measure.unit === 'percent' ? scaleOf(value, held) : null
  if (scale !== null)
    return words.scale(name, String(value), asHeld, figureText(value * (scale === 'of-1' ? 100 : 0.01), printed))
  const other = series.find(candidate => candidate !== each && fitsAnother(each, candidate, value, usual))
  return words.size(name, String(value), asHeld, other === undefined ? null : nameOf(other))
}

/** Whether a figure would be usual under another measure that stands in the same file for the same part. */
function fitsAnother(each: FileSeries, other: FileSeries, value: number, usual: ReadonlyMap<number, Usual>): boolean {
  const median = usual.get(other.number)?.median ?? 0
  if (other.measure === each.measure || other.breakdown !== each.breakdown || median < leastUsual) return false
  return value > median / 1.5 && value < median * 1.5
}

function nameOf({ measure, breakdown }: FileSeries): string {
  return breakdown === '' ? `“${measure.title}”` : `“${measure.title}”, ${breakdown}`
}

const words = {
  scale: (name: string, value: string, held: string, meant: string) =>
    `${name} has ${value} here, and is held as about ${held}. Is ${meant} meant? Then write it so; if ${value}% is right, confirm it.`,
  fraction: (name: string) =>
    `Every percentage of ${name} here is below 1. A share of 0.85 is written 85; if less than one in a hundred is meant, confirm it.`,
  size: (name: string, value: string, held: string, other: string | null) => {
    const swapped = other === null ? '' : ` It would fit ${other}: have two columns changed places?`
    return `${name} has ${value} here, and is usually about ${held}.${swapped} Look at the file; if it is right, confirm it.`
  },
} as const
