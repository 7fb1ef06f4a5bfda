import { missingMarks } from '../figures.ts'
import { noDay, type RowBatch } from './row-batch.ts'

/*
 * PostgreSQL's binary COPY: a signature, then for each row the number of its columns and each column as its length in
 * bytes (-1 for null) and its bytes, then -1. https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format".
 * The server then parses no text, which is most of what COPY does with a CSV file.
 */
const signature = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const columns = 10
/** The number of columns, ten lengths, and the widest values. */
const widestRow = 2 + columns * 4 + 4 + 4 + 4 + 4 + 8 + 8 + 8 + 2 + 2 + 8

/** Writes one row after the other into a buffer that `finish` hands over. */
export class CopyRows {
  readonly #importNumber: number
  #bytes: Buffer
  #at: number
  #rows = 0

  constructor(importNumber: number, most: number) {
    this.#importNumber = importNumber
    this.#bytes = Buffer.allocUnsafe(signature.length + most * widestRow + 2)
    this.#at = signature.copy(this.#bytes)
  }

  get rows(): number {
    return this.#rows
  }

  /** @param seriesId the series as the database numbers it */
  add(batch: RowBatch, row: number, seriesId: number, revision: number): void {
    this.#rows++
    this.#at = this.#bytes.writeInt16BE(columns, this.#at)
    this.#whole(seriesId)
    this.#whole(this.#importNumber)
    this.#whole(batch.day[row]!)
    const asAt = batch.asAt[row]!
    if (asAt === noDay) this.#null()
    else this.#whole(asAt)
    this.#number(batch.value[row]!)
    this.#number(batch.numerator[row]!)
    this.#number(batch.denominator[row]!)
    this.#small(revision)
    this.#small(batch.status[row]!)
    this.#mark(Number.isNaN(batch.value[row]!) ? missingMarks[batch.mark[row]!] : undefined)
  }

  finish(): Buffer {
    this.#at = this.#bytes.writeInt16BE(-1, this.#at)
    return this.#bytes.subarray(0, this.#at)
  }

  #null(): void {
    this.#at = this.#bytes.writeInt32BE(-1, this.#at)
  }

  #whole(value: number): void {
    this.#at = this.#bytes.writeInt32BE(value, this.#bytes.writeInt32BE(4, this.#at))
  }

  #small(value: number): void {
    this.#at = this.#bytes.writeInt16BE(value, this.#bytes.writeInt32BE(2, this.#at))
  }

  #number(value: number): void {
    if (Number.isNaN(value)) this.#null()
    else this.#at = this.#bytes.writeDoubleBE(value, this.#bytes.writeInt32BE(8, this.#at))
  }

  #mark(mark: string | undefined): void {
    if (mark === undefined) return this.#null()
    this.#at = this.#bytes.writeInt32BE(mark.length, this.#at)
    this.#at += this.#bytes.write(mark, this.#at, 'latin1')
  }
}
