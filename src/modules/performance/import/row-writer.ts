import type { Trx } from '../../../platform/database/tables.ts'
import { periodInWords } from '../period.ts'
import { dateOfDay } from './cells.ts'
import type { FileSeries, RowChecker } from './check-rows.ts'
import { CopyRows } from './copy-rows.ts'
import { addSeries, copyIn, type HeldObservation, type HeldSeries, latestOf } from './queries.ts'
import { differs, isOlder } from './held-figure.ts'
import { placeOlder } from './older-figures.ts'
import type { RowBatch } from './row-batch.ts'

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
  /** Figures drawn up before those held, kept as earlier revisions of them. */
  older = 0
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

  /** The series of the file that are held, by their number in the file, with the database's number. */
  heldSeries(): { number: number; id: number }[] {
    return this.#ids.flatMap((id, number) => (this.#old[number] === true ? [{ number, id }] : []))
  }

  /** Waits until everything taken in is written. */
  async settle(): Promise<void> {
    await this.#running
  }

  async #write(checker: RowChecker, batch: RowBatch): Promise<void> {
    await this.#knowSeries(checker.series)
    const held = await this.#compare(batch, checker)
    const older = await this.#placeOlder(batch, held)
    if (this.importNumber === null) return this.#countOnly(batch, held, older)
    const copy = new CopyRows(this.importNumber, batch.length)
    for (const [row, revision] of older) {
      this.older++
      copy.add(batch, row, held.get(row)?.series_id ?? 0, revision)
    }
    for (let row = 0; row < batch.length; row++) {
      const before = held.get(row)
      if (older.has(row) || !this.#counts(batch, row, before)) continue
      const id = this.#ids[batch.series[row]!] ?? 0
      this.touched.add(id)
      copy.add(batch, row, id, (before?.revision ?? 0) + 1)
    }
    if (copy.rows > 0) await copyIn(this.#trx, copy.finish())
  }

  #countOnly(batch: RowBatch, held: ReadonlyMap<number, HeldObservation>, older: ReadonlyMap<number, number>): void {
    this.older += older.size
    for (let row = 0; row < batch.length; row++) if (!older.has(row)) this.#counts(batch, row, held.get(row))
  }

  /** The revisions that older figures become, by row: below what is held, wherever their day puts them. */
  async #placeOlder(batch: RowBatch, held: ReadonlyMap<number, HeldObservation>): Promise<Map<number, number>> {
    const rows = [...held.values()].filter(each => isOlder(batch, each.at, each))
    return rows.length === 0 ? new Map() : placeOlder(this.#trx, batch, rows, this.importNumber !== null)
  }

  /** Counts a row as added, changed or unchanged; true if it is to be written. */
  #counts(batch: RowBatch, row: number, before: HeldObservation | undefined): boolean {
    const differing = before === undefined || this.#differs(batch, row, before)
    if (before === undefined) this.added++
    else if (differing) this.changed++
    else this.unchanged++
    return differing
  }

  /** Whether a row becomes the latest revision: an older figure never does. */
  #differs(batch: RowBatch, row: number, held: HeldObservation): boolean {
    return differs(batch, row, held) && !isOlder(batch, row, held)
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

  /** What is held of the rows of a batch, by row. */
  async #compare(batch: RowBatch, checker: RowChecker): Promise<Map<number, HeldObservation>> {
    const wanted = { at: [] as number[], series: [] as number[], start: [] as string[] }
    for (let row = 0; row < batch.length; row++) {
      const number = batch.series[row]!
      if (this.#old[number] !== true) continue
      wanted.at.push(row)
      wanted.series.push(this.#ids[number] ?? 0)
      wanted.start.push(this.#dateText(batch.day[row]!))
    }
    const held = wanted.at.length === 0 ? [] : await latestOf(this.#trx, wanted)
    for (const each of held) if (this.#differs(batch, each.at, each)) this.#lookAtChange(checker, batch, each)
    return new Map(held.map(each => [each.at, each]))
  }

  #lookAtChange(checker: RowChecker, batch: RowBatch, held: HeldObservation): void {
    const series = checker.series[batch.series[held.at]!]!
    const start = dateOfDay(batch.day[held.at]!)
    const period = periodInWords({ frequency: series.measure.frequency, start })
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
