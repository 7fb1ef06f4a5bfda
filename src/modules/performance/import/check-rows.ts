import { figureText, percentOf } from '../figures.ts'
import type { Measure } from '../measure.ts'
import { frequencyWords, parsePeriod, type Period, periodInWords } from '../period.ts'
import { dayNumber, missingMark, readNumber, readStatus } from './cells.ts'
import { type Columns, readHeader } from './columns.ts'
import type { Samples } from './doubts.ts'
import { FirstSeen } from './first-seen.ts'
import { MeasuresByName } from './measures-by-name.ts'
import { batchSize, newBatch, noDay, type RowBatch } from './row-batch.ts'
import { cellWords, type RowFault } from './row-faults.ts'

export type KnownMeasure = Pick<
  Measure,
  'id' | 'reference' | 'title' | 'unit' | 'kind' | 'frequency' | 'decimals' | 'source'
>

/** A measure, breakdown and source met in the file; `number` is its place among those of the file. */
export interface FileSeries {
  number: number
  measure: KnownMeasure
  breakdown: string
  source: string
}

/** Kept of the faults of a file; all are counted. */
const faultsKept = 100_000
const longestText = 200
const shortestPeriod = '2017/18'.length

/**
 * Checks the rows of a file one by one and keeps the good ones as columns of numbers. Pure: knows the measures it is
 * given and nothing else. The first row it is given is the header.
 */
export class RowChecker {
  readonly faults: RowFault[] = []
  readonly series: FileSeries[] = []
  /** Rows below the header. */
  rows = 0
  /** Rows that say again, word for word, what an earlier row said. */
  repeated = 0
  faultCount = 0
  /** Where given: gets the first figures of each series, for a look at whether they can be right. */
  readonly samples: Samples | undefined
  readonly #measures: MeasuresByName
  readonly #seen = new FirstSeen()
  readonly #periods = new Map<string, Period | { fault: string }>()
  readonly #days = new Map<string, number>()
  readonly #dayNumbers = new WeakMap<Period, number>()
  readonly #seriesNumbers = new Map<KnownMeasure, Map<string, number>>()
  #columns: Columns | undefined
  #headerFaulty = false
  #batch = newBatch()
  #full: RowBatch[] = []

  constructor(measures: readonly KnownMeasure[], samples?: Samples) {
    this.#measures = new MeasuresByName(measures)
    this.samples = samples
  }

  /** The good rows so far, in batches; those handed out are not handed out again. */
  takeFull(): RowBatch[] {
    const full = this.#full
    this.#full = []
    return full
  }

  /** What is left when the file has ended. */
  takeRest(): RowBatch[] {
    const rest = [...this.takeFull(), this.#batch]
    this.#batch = newBatch()
    return rest.filter(batch => batch.length > 0)
  }

  fault(line: number, column: string, message: string): void {
    this.faultCount++
    if (this.faults.length < faultsKept) this.faults.push({ line, column, message })
  }

  /** One row of the file, in the order of the lines. */
  row(cells: readonly string[], line: number): void {
    if (this.#columns === undefined) return this.#header(cells, line)
    this.rows++
    if (this.#headerFaulty) return
    if (cells.length !== this.#columns.count) {
      return this.fault(line, '', cellWords.tooFewCells(cells.length, this.#columns.count))
    }
    const before = this.faultCount
    this.#check(cells, line, this.#columns, before)
  }

  #header(cells: readonly string[], line: number): void {
    const { columns, faults } = readHeader(cells, line)
    this.#columns = columns
    this.#headerFaulty = faults.length > 0
    for (const { column, message } of faults) this.fault(line, column, message)
  }

  #check(cells: readonly string[], line: number, columns: Columns, before: number): void {
    const swapped = swappedPair(cells, columns)
    if (swapped !== null) return this.fault(line, 'value', cellWords.swapped(...swapped))
    const measure = this.#measure(cells[columns.measure] ?? '', line)
    const period = this.#period(cells[columns.period] ?? '', line, measure)
    const batch = this.#batch
    const at = batch.length
    const mark = this.#value(cells[columns.value] ?? '', line, batch, at)
    batch.numerator[at] = this.#optionalNumber(cells, columns.numerator, 'numerator', line)
    batch.denominator[at] = this.#optionalNumber(cells, columns.denominator, 'denominator', line)
    batch.status[at] = columns.status === -1 ? 0 : this.#status(cells[columns.status] ?? '', line)
    batch.asAt[at] = columns.as_at === -1 ? noDay : this.#asAt(cells[columns.as_at] ?? '', line)
    const breakdown = columns.breakdown === -1 ? '' : this.#text(cells[columns.breakdown] ?? '', 'breakdown', line)
    const source = columns.source === -1 ? '' : this.#text(cells[columns.source] ?? '', 'source', line)
    if (measure === undefined || period === undefined) return
    if (columns.unit !== -1) this.#unit(cells[columns.unit] ?? '', measure, line)
    this.#share(measure, batch, at, line)
    if (this.faultCount > before) return
    batch.mark[at] = mark
    batch.line[at] = line
    // The measure's own source, written out, is no other series.
    const series = this.#seriesOf(measure, breakdown, source === measure.source ? '' : source)
    batch.series[at] = series
    batch.day[at] = this.#dayOf(period)
    if (!this.#isFirst(batch, at, period)) return
    this.samples?.add(series, batch.value[at]!, line)
    this.#keep()
  }

  #keep(): void {
    if (++this.#batch.length < batchSize) return
    this.#full.push(this.#batch)
    this.#batch = newBatch()
  }

  #measure(text: string, line: number): KnownMeasure | undefined {
    const found = this.#measures.find(text)
    if (typeof found !== 'string') return found
    this.fault(line, 'measure', text.startsWith('=') ? cellWords.formula(text) : found)
    return undefined
  }

  #period(text: string, line: number, measure: KnownMeasure | undefined): Period | undefined {
    let period = this.#periods.get(text)
    if (period === undefined) {
      period = text.startsWith('=') ? { fault: cellWords.formula(text) } : parsePeriod(text)
      if (this.#periods.size < 50_000) this.#periods.set(text, period)
    }
    if ('fault' in period) {
      this.fault(line, 'period', period.fault)
      return undefined
    }
    if (measure !== undefined && period.frequency !== measure.frequency) {
      const { adverb, example } = frequencyWords[measure.frequency]
      this.fault(line, 'period', cellWords.wrongFrequency(measure.title, adverb, example))
      return undefined
    }
    return period
  }

  #dayOf(period: Period): number {
    let day = this.#dayNumbers.get(period)
    if (day === undefined) this.#dayNumbers.set(period, (day = dayNumber(period.start)))
    return day
  }

  #value(cell: string, line: number, batch: RowBatch, at: number): number {
    const text = cell.trim()
    const mark = missingMark(text)
    batch.value[at] = mark === undefined ? this.#number(text, 'value', line) : Number.NaN
    return mark ?? 0
  }

  #optionalNumber(cells: readonly string[], column: number, name: string, line: number): number {
    const text = column === -1 ? '' : (cells[column] ?? '').trim()
    return missingMark(text) === undefined ? this.#number(text, name, line) : Number.NaN
  }

  #number(text: string, column: string, line: number): number {
    const value = readNumber(text)
    if (typeof value === 'number') return value
    this.fault(line, column, text.startsWith('=') ? cellWords.formula(text) : cellWords[value](text))
    return Number.NaN
  }

  #status(cell: string, line: number): number {
    const status = readStatus(cell.trim())
    if (status === undefined) this.fault(line, 'status', cellWords.status(cell))
    return status ?? 0
  }

  #asAt(cell: string, line: number): number {
    const text = cell.trim()
    if (text === '') return noDay
    let day = this.#days.get(text)
    if (day === undefined) {
      const period = parsePeriod(text)
      if ('fault' in period || period.frequency !== 'day') {
        this.fault(line, 'as_at', cellWords.asAt(text))
        return noDay
      }
      day = dayNumber(period.start)
      this.#days.set(text, day)
    }
    return day
  }

  #text(cell: string, column: string, line: number): string {
    const text = cell.trim()
    if (text.startsWith('=')) this.fault(line, column, cellWords.formula(text))
    if (text.length > longestText) this.fault(line, column, cellWords.tooLong)
    return text
  }

  #unit(cell: string, measure: KnownMeasure, line: number): void {
    const written = cell.trim().toLowerCase()
    if (written === '' || written === measure.unit) return
    this.fault(line, 'unit', cellWords.unit(cell.trim(), measure.title, measure.unit))
  }

  /** A share in per cent lies between 0 and 100, and a fraction of its parts (0.85) is a change of unit. */
  #share(measure: KnownMeasure, batch: RowBatch, at: number, line: number): void {
    const value = batch.value[at]!
    if (measure.kind !== 'proportion' || measure.unit !== 'percent' || Number.isNaN(value)) return
    const text = String(value)
    if (value < 0 || value > 100) return this.fault(line, 'value', cellWords.notAPercentage(text, measure.title))
    const share = percentOf(batch.numerator[at]!, batch.denominator[at]!)
    if (share === null || Number.isNaN(share) || Math.abs(share / 100 - value) > 0.01 || Math.abs(share - value) < 0.5)
      return
    this.fault(line, 'value', cellWords.notTheShare(text, figureText(share, { unit: 'count', decimals: 1 })))
  }

  #seriesOf(measure: KnownMeasure, breakdown: string, source: string): number {
    let known = this.#seriesNumbers.get(measure)
    if (known === undefined) this.#seriesNumbers.set(measure, (known = new Map<string, number>()))
    // Most files name no source, and joining two strings a million times takes as long as all the rest of the row.
    const key = source === '' ? breakdown : `${breakdown}\u0000${source}`
    let number = known.get(key)
    if (number === undefined) {
      number = this.series.length
      this.series.push({ number, measure, breakdown, source })
      known.set(key, number)
    }
    return number
  }

  /** Whether a period is met for the first time in its series; the same figure again is let pass, another is not. */
  #isFirst(batch: RowBatch, at: number, period: Period): boolean {
    const [series, day, line, value] = [batch.series[at]!, batch.day[at]!, batch.line[at]!, batch.value[at]!]
    const place = this.#seen.find(series, day)
    if (this.#seen.isNew(place)) {
      this.#seen.fill(place, series, day, line, value)
      return true
    }
    const first = this.#seen.valueAt(place)
    if (Object.is(first, value)) this.repeated++
    else {
      const words = cellWords.twice(
        periodInWords(period),
        this.#seen.lineAt(place),
        plainFigure(first),
        plainFigure(value),
      )
      this.fault(line, 'period', words)
    }
    return false
  }
}

/** The cells of period and value where each is what the other should be; null where they are not. */
function swappedPair(cells: readonly string[], columns: Columns): readonly [string, string] | null {
  const value = (cells[columns.value] ?? '').trim()
  // Nearly every value is shorter than any period.
  if (value.length < shortestPeriod || 'fault' in parsePeriod(value)) return null
  const period = (cells[columns.period] ?? '').trim()
  return typeof readNumber(period) === 'number' && 'fault' in parsePeriod(period) ? [period, value] : null
}

/** A figure with all its digits, however many the measure prints. */
function plainFigure(value: number): string {
  return Number.isNaN(value) ? 'no figure' : String(value)
}
