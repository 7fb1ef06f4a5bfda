import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { FigureStream } from './figure-stream.ts'

type Row = readonly [series: number, day: number, value: number | null, status: number]

/** Rows as PostgreSQL sends them. */
function binary(rows: readonly Row[]): Buffer {
  const parts = [Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')]
  for (const [series, day, value, status] of rows) {
    const row = Buffer.alloc(value === null ? 28 : 36)
    row.writeInt16BE(4, 0)
    row.writeInt32BE(4, 2)
    row.writeInt32BE(series, 6)
    row.writeInt32BE(4, 10)
    row.writeInt32BE(day, 14)
    row.writeInt32BE(value === null ? -1 : 8, 18)
    if (value !== null) row.writeDoubleBE(value, 22)
    row.writeInt32BE(2, row.length - 6)
    row.writeInt16BE(status, row.length - 2)
    parts.push(row)
  }
  return Buffer.concat([...parts, Buffer.from([0xff, 0xff])])
}

function readBack(bytes: Buffer, chunk: number) {
  const found: { seriesId: number; values: number[]; firstDay: number; lastDay: number; lastStatus: number }[] = []
  const stream = new FigureStream(
    () => 'month',
    series => found.push({ ...series, values: [...series.values] }),
  )
  for (let at = 0; at < bytes.length; at += chunk) stream.read(bytes.subarray(at, at + chunk))
  stream.end()
  return found
}

/** 1 January 2000 and the first days of the months after it. */
const january = 0
const february = 31
const april = 91

describe('FigureStream', () => {
  it('lays figures out one a period, the latest revision last, periods left out as missing', () => {
    const rows: Row[] = [
      [7, january, 10, 0],
      [7, february, 20, 0],
      [7, february, 21, 2],
      [7, april, null, 1],
      [9, february, 5, 3],
    ]
    assert.deepEqual(readBack(binary(rows), 1000), [
      { seriesId: 7, values: [10, 21, Number.NaN, Number.NaN], firstDay: january, lastDay: april, lastStatus: 1 },
      { seriesId: 9, values: [5], firstDay: february, lastDay: february, lastStatus: 3 },
    ])
  })

  it('reads the same wherever the bytes are cut', () => {
    const day = fc
      .integer({ min: 0, max: 240 })
      .map(month => Math.round(Date.UTC(2000, month, 1) / 86_400_000) - 10_957)
    const row = fc.tuple(fc.integer({ min: 1, max: 3 }), day, fc.option(fc.integer(), { nil: null }), fc.constant(0))
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), fc.integer({ min: 1, max: 50 }), (unsorted, chunk) => {
        const rows = unsorted.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
        const bytes = binary(rows)
        assert.deepEqual(readBack(bytes, chunk), readBack(bytes, bytes.length))
        assert.equal(readBack(bytes, chunk).length, new Set(rows.map(([series]) => series)).size)
      }),
    )
  })

  it('gives nothing where there are no rows', () => {
    assert.deepEqual(readBack(binary([]), 5), [])
  })
})
