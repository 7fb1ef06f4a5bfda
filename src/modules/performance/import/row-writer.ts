import type { Trx } from '../../../platform/database/tables.ts'
import { periodInWords } from '../period.ts'
import { missingMarks } from '../figures.ts'
import { dateOfDay, dayNumber } from './cells.ts'
import type { FileSeries, RowChecker } from './check-rows.ts'
import { CopyRows } from './copy-rows.ts'
import { addSeries, copyIn, type HeldObservation, type HeldSeries, latestOf } from './queries.ts'
import { noDay, type RowBatch } from './row-batch.ts'
import { cellWords } from './row-faults.ts'

/** A figure that differs from the one held, for the preview. */
export interface ChangedFigure {
  measure: FileSeries['measure']
  breakdown: string
  period: string
  /** Null where there was, or is, no figure. */
  before: number | null
  after: number | null
}

/** Changed figures kept for the preview; all are counted. */
const changesKept = 200
const firstOfSeries = (measureId: string, breakdown: string, source: string) =>
  `${measureId} ${breakdown}\u0000${source}`

/**
 * Compares batches of checked rows with what is held and writes those that are new or changed, one batch at a time on
 * the transaction's connection, while the caller goes on reading.
 */
export class RowWriter {
  added = 0
  changed = 0
  unchanged = 0
  readonly changes: ChangedFigure[] = []
  readonly touched = new Set<number>()
  /** Null for a dry run, in which nothing is written. */
  readonly importNumber: number | null
  readonly #trx: Trx
  readonly #areaId: number
  readonly #held: ReadonlyMap<string, number>
  /** By the file's number of a series: the database's number, and whether it may hold figures from before. */
  readonly #ids: number[] = []
  readonly #old: boolean[] = []
  readonly #dates = new Map<number, string>()
  #running: Promise<void> = Promise.resolve()

  constructor(trx: Trx, areaId: number, held: readonly HeldSeries[], importNumber: number | null) {
    this.#trx = trx
    this.#areaId = areaId
    this.importNumber = importNumber
    this.#held = new Map(held.map(each => [firstOfSeries(each.measureId, each.breakdown, each.source), each.id]))
  }

  /** Takes batches in; waits only until those before are written. Once there is a fault nothing more is written. */
  async take(checker: RowChecker, batches: readonly RowBatch[]): Promise<void> {
    for (const batch of batches) {
      await this.#running
      if (checker.faultCount > 0) return
      this.#running = this.#write(checker, batch)
      // A failure is thrown by the await above or by `settle`; until then it must not count as unhandled.
      this.#running.catch(() => undefined)
    }
  }

  /** Waits until everything taken in is written. */
  async settle(): Promise<void> {
    await this.#running
  }

  async #write(checker: RowChecker, batch: RowBatch): Promise<void> {
    await this.#knowSeries(checker.series)
    const held = await this.#compare(checker, batch)
    if (this.importNumber === null) return this.#countOnly(batch, held)
    const copy = new CopyRows(this.importNumber, batch.length)
    for (let row = 0; row < batch.length; row++) {
      const before = held.get(row)
      if (!this.#counts(batch, row, before)) continue
      const id = this.#ids[batch.series[row]!] ?? 0
      this.touched.add(id)
      copy.add(batch, row, id, (before?.revision ?? 0) + 1)
    }
    if (copy.rows > 0) await copyIn(this.#trx, copy.finish())
  }

  #countOnly(batch: RowBatch, held: ReadonlyMap<number, HeldObservation>): void {
    for (let row = 0; row < batch.length; row++) this.#counts(batch, row, held.get(row))
  }

  /** Counts a row as added, changed or unchanged; true if it is to be written. */
  #counts(batch: RowBatch, row: number, before: HeldObservation | undefined): boolean {
    if (before === undefined) this.added++
    else if (differs(batch, row, before)) this.changed++
    else this.unchanged++
    return before === undefined || differs(batch, row, before)
  }

  /** Finds or makes the series that the file has named since the batch before. */
  async #knowSeries(series: readonly FileSeries[]): Promise<void> {
    const unknown: FileSeries[] = []
    for (let number = this.#ids.length; number < series.length; number++) {
      const each = series[number]!
      const id = this.#held.get(firstOfSeries(each.measure.id, each.breakdown, each.source))
      this.#old.push(id !== undefined)
      this.#ids.push(id ?? 0)
      if (id === undefined) unknown.push(each)
    }
    if (unknown.length === 0 || this.importNumber === null) return
    const made = await addSeries(
      this.#trx,
      this.#areaId,
      unknown.map(each => ({ measureId: each.measure.id, breakdown: each.breakdown, source: each.source })),
    )
    for (const [i, each] of unknown.entries()) this.#ids[each.number] = made[i] ?? 0
  }

  /** What is held of the rows of a batch, by row; an older figure than the one held is a fault. */
  async #compare(checker: RowChecker, batch: RowBatch): Promise<Map<number, HeldObservation>> {
    const wanted = { at: [] as number[], series: [] as number[], start: [] as string[] }
    for (let row = 0; row < batch.length; row++) {
      const number = batch.series[row]!
      if (this.#old[number] !== true) continue
      wanted.at.push(row)
      wanted.series.push(this.#ids[number] ?? 0)
      wanted.start.push(this.#dateText(batch.day[row]!))
    }
    const held = wanted.at.length === 0 ? [] : await latestOf(this.#trx, wanted)
    for (const each of held) if (differs(batch, each.at, each)) this.#lookAtChange(checker, batch, each)
    return new Map(held.map(each => [each.at, each]))
  }

  #lookAtChange(checker: RowChecker, batch: RowBatch, held: HeldObservation): void {
    const series = checker.series[batch.series[held.at]!]!
    const start = dateOfDay(batch.day[held.at]!)
    const period = periodInWords({ frequency: series.measure.frequency, start })
    const asAt = batch.asAt[held.at]!
    if (held.as_at !== null && asAt !== noDay && asAt < dayNumber(held.as_at)) {
      const words = cellWords.older(period, held.as_at.toString(), dateOfDay(asAt).toString())
      checker.fault(batch.line[held.at]!, 'as_at', words)
    }
    if (this.changes.length >= changesKept) return
    const after = batch.value[held.at]!
    const { measure, breakdown } = series
    this.changes.push({ measure, breakdown, period, before: held.value, after: Number.isNaN(after) ? null : after })
  }

  #dateText(day: number): string {
    let text = this.#dates.get(day)
    if (text === undefined) this.#dates.set(day, (text = dateOfDay(day).toString()))
    return text
  }
}

/**
 * Whether a row says something else than what is held. A file that leaves out status, numerator or denominator says
 * nothing about them; another as-at date alone is not another figure.
 */
function differs(batch: RowBatch, row: number, held: HeldObservation): boolean {
  const value = batch.value[row]!
  const missing = Number.isNaN(value)
  if (missing !== (held.value === null)) return true
  if (missing ? held.mark !== missingMarks[batch.mark[row]!] : value !== held.value) return true
  if (batch.status[row]! !== 0 && batch.status[row] !== held.status) return true
  return saysOther(batch.numerator[row]!, held.numerator) || saysOther(batch.denominator[row]!, held.denominator)
}

function saysOther(said: number, held: number | null): boolean {
  return !Number.isNaN(said) && said !== held
}
