import { dateOfDay } from '../import/cells.ts'
import { type Frequency, periodsBetween } from '../period.ts'

/** The figures of one series, one a period without a gap, as process control reads them; NaN where missing. */
export interface StreamedSeries {
  seriesId: number
  /** Days from 1 January 2000 to the first and the last period's start. */
  firstDay: number
  lastDay: number
  /** A view into a buffer that is used again for the next series: read it at once, or copy it. */
  values: Float64Array
  /** Of the latest period that has a row. */
  lastStatus: number
}

/** Days from one period's start to the next one's, at least and at most: within them no period was left out. */
const steps: Record<Frequency, readonly [number, number]> = {
  day: [1, 1],
  week: [7, 7],
  month: [28, 31],
  quarter: [90, 92],
  year: [365, 366],
}

/** The bytes before the first row: signature, flags, length of the extension. */
const headerBytes = 19
/** Number of columns; four lengths; series, day, value, status. */
const mostRowBytes = 2 + 4 * 4 + 4 + 4 + 8 + 2

/**
 * Reads rows of PostgreSQL's binary COPY, `(series_id, period_start, value, status)` in order of series, period and
 * revision, into one array a series. Nothing is made for a row: thirty-five million of them pass through here.
 * https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format".
 */
export class FigureStream {
  readonly #frequencyOf: (seriesId: number) => Frequency
  readonly #take: (series: StreamedSeries) => void
  #rest: Buffer = Buffer.alloc(0)
  #headerRead = false
  #values = new Float64Array(512)
  #length = 0
  #series = -1
  #firstDay = 0
  #day = 0
  #status = 0
  #least = 0
  #most = 0

  /**
   * @param frequencyOf how often a series is measured
   * @param take is given each series when its last row was read
   */
  constructor(frequencyOf: (seriesId: number) => Frequency, take: (series: StreamedSeries) => void) {
    this.#frequencyOf = frequencyOf
    this.#take = take
  }

  /** Rows may be cut anywhere between two chunks. */
  read(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let at = this.#headerRead ? 0 : headerBytes
    if (bytes.length < at) return this.#keep(bytes, 0)
    this.#headerRead = true
    while (bytes.length - at >= mostRowBytes) at = this.#row(bytes, at)
    this.#keep(bytes, at)
  }

  /** Reads what is left and hands over the last series. */
  end(): void {
    const bytes = this.#rest
    for (let at = 0; bytes.length - at > 2;) at = this.#row(bytes, at)
    this.#handOver()
  }

  #keep(bytes: Buffer, at: number): void {
    this.#rest = bytes.subarray(at)
  }

  #row(bytes: Buffer, at: number): number {
    if (bytes.readInt16BE(at) === -1) return bytes.length
    const series = bytes.readInt32BE(at + 6)
    const day = bytes.readInt32BE(at + 14)
    const missing = bytes.readInt32BE(at + 18) === -1
    const value = missing ? Number.NaN : bytes.readDoubleBE(at + 22)
    const next = at + (missing ? 22 : 30)
    if (series !== this.#series) this.#begin(series, day)
    this.#put(day, value)
    this.#status = bytes.readInt16BE(next + 4)
    return next + 6
  }

  #begin(series: number, day: number): void {
    this.#handOver()
    this.#series = series
    this.#firstDay = this.#day = day
    this.#length = 1
    const [least, most] = steps[this.#frequencyOf(series)]
    this.#least = least
    this.#most = most
  }

  /** A later revision of the same period takes the place of the earlier one; periods left out stand as missing. */
  #put(day: number, value: number): void {
    const step = day - this.#day
    if (step !== 0) {
      const gap = step >= this.#least && step <= this.#most ? 1 : this.#periods(day)
      const end = this.#length + gap
      if (end > this.#values.length) this.#grow(end)
      this.#values.fill(Number.NaN, this.#length, end)
      this.#length = end
      this.#day = day
    }
    this.#values[this.#length - 1] = value
  }

  #periods(day: number): number {
    const frequency = this.#frequencyOf(this.#series)
    const period = (start: number) => ({ frequency, start: dateOfDay(start) })
    return periodsBetween(period(this.#day), period(day))
  }

  #grow(least: number): void {
    const wider = new Float64Array(Math.max(least, 2 * this.#values.length))
    wider.set(this.#values.subarray(0, this.#length))
    this.#values = wider
  }

  #handOver(): void {
    if (this.#length === 0) return
    this.#take({
      seriesId: this.#series,
      firstDay: this.#firstDay,
      lastDay: this.#day,
      values: this.#values.subarray(0, this.#length),
      lastStatus: this.#status,
    })
    this.#length = 0
  }
}
