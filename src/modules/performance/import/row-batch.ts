/** Rows of a file as columns of numbers, so that a million of them make no million objects. */
export interface RowBatch {
  length: number
  line: Int32Array
  /** Number of the series within this file; see `FileSeries`. */
  series: Int32Array
  /** First day of the period, in days from 1 January 2000. */
  day: Int32Array
  /** NaN where there is none; then `mark` says what stood there. */
  value: Float64Array
  numerator: Float64Array
  denominator: Float64Array
  /** Place in the list of missing marks; meaningless where there is a value. */
  mark: Uint8Array
  /** Place in the list of statuses. */
  status: Uint8Array
  /** In days from 1 January 2000; `noDay` where the file does not say. */
  asAt: Int32Array
}

export const noDay = -0x80000000
export const batchSize = 32_768

export function newBatch(): RowBatch {
  return {
    length: 0,
    line: new Int32Array(batchSize),
    series: new Int32Array(batchSize),
    day: new Int32Array(batchSize),
    value: new Float64Array(batchSize),
    numerator: new Float64Array(batchSize),
    denominator: new Float64Array(batchSize),
    mark: new Uint8Array(batchSize),
    status: new Uint8Array(batchSize),
    asAt: new Int32Array(batchSize),
  }
}
