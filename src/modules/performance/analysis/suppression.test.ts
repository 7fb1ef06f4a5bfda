import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type CountTable, suppress, suppressRelated, type Suppression, workedOut } from './suppression.ts'
import { vector } from './testing.ts'

type Grid = readonly (readonly number[])[]
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
const columnSums = (cells: Grid) => (cells[0] ?? []).map((_, c) => sum(cells.map(row => row[c] ?? 0)))

/**
 * Whether somebody who sees everything that is shown finds another table that fits, in which a cell differs: tries one
 * more and one fewer of every hidden cell.
 */
function fitsOtherwise(cells: Grid, hidden: Suppression, row: number, column: number): boolean {
  const places = cells.flatMap((each, r) => each.flatMap((_, c) => (hidden.cells[r]?.[c] ? [[r, c] as const] : [])))
  const zeroHidden = places.some(([r, c]) => cells[r]?.[c] === 0)
  const changed = cells.map(each => [...each])
  const fits = () =>
    cells.every((each, r) => hidden.rowTotals[r] || sum(each) === sum(changed[r] ?? [])) &&
    columnSums(cells).every((total, c) => hidden.columnTotals[c] || total === columnSums(changed)[c]) &&
    (hidden.total || sum(cells.flat()) === sum(changed.flat())) &&
    changed[row]?.[column] !== cells[row]?.[column]
  const tries = (at: number): boolean => {
    const place = places[at]
    if (place === undefined) return fits()
    const [r, c] = place
    const value = cells[r]?.[c] ?? 0
    return [0, 1, -1].some(step => {
      if (value + step < (zeroHidden ? 0 : 1)) return false
      changed[r]![c] = value + step
      return tries(at + 1)
    })
  }
  return tries(0)
}

const count = fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 60 }))
const tableOf = (rows: number, columns: number) =>
  fc.array(fc.array(count, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows })
const tables = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 3 })).chain(size => tableOf(...size))

function assertProtected(cells: Grid, hidden: Suppression) {
  for (const [r, row] of cells.entries()) {
    for (const [c, value] of row.entries()) {
      if (value >= 1 && value < 5) assert.ok(hidden.cells[r]?.[c], `${String(value)} is shown`)
      if (hidden.cells[r]?.[c]) assert.ok(fitsOtherwise(cells, hidden, r, c), `${String(r)},${String(c)} is worked out`)
    }
  }
}

describe('Small numbers about people', () => {
  it('suppress-01: one small cell of a published total takes the next smallest with it', () => {
    type Input = { cells: Record<string, number>; threshold: number }
    const { expected, input } = vector<{ hidden: string[] }, Input>('suppress-01')
    const names = Object.keys(input.cells)
    const known = { rows: true, columns: true, all: true }
    const totals = { rows: true, columns: false, all: false }
    const hidden = suppress({ cells: [Object.values(input.cells)], totals, known }, input.threshold)
    assert.deepEqual(
      names.filter((_, c) => hidden.cells[0]?.[c]),
      expected.hidden,
    )
    assert.ok(hidden.safe)
  })
  it('zeros stay, and a table without small numbers is shown whole', () => {
    const { cells, safe } = suppress({
      cells: [
        [0, 5, 9],
        [0, 0, 12],
      ],
    })
    assert.deepEqual(
      [cells, safe],
      [
        [
          [false, false, false],
          [false, false, false],
        ],
        true,
      ],
    )
  })
  it('what is missing is neither hidden nor shown to be zero', () => {
    const { cells } = suppress({ cells: [[null, 2, 9, 10]], totals: { rows: true, columns: false, all: false } })
    assert.deepEqual(cells[0], [false, true, true, false])
  })
  it('two small ones that can only be one and one are not left alone', () => {
    const hidden = suppress({ cells: [[1, 1, 30, 40]], known: { rows: true, columns: false, all: false } })
    assert.ok((hidden.cells[0]?.filter(Boolean).length ?? 0) > 2)
  })
  it('nobody who knows every total that is shown can work out a hidden cell', () => {
    fc.assert(
      fc.property(tables, cells => {
        const hidden = suppress({ cells })
        assert.ok(hidden.safe)
        assertProtected(cells, hidden)
        assert.deepEqual(workedOut({ cells }, hidden), [])
      }),
      { numRuns: 300 },
    )
  })
  it('says so where totals that are known already cannot be kept from giving a cell away', () => {
    const known = { rows: true, columns: true, all: true }
    assert.equal(suppress({ cells: [[3], [20]], known }).safe, false)
    fc.assert(
      fc.property(tables, cells => {
        const hidden = suppress({ cells, known })
        if (hidden.safe) assertProtected(cells, hidden)
        else assert.ok(workedOut({ cells, known }, hidden).length > 0)
      }),
      { numRuns: 200 },
    )
  })
  it('finds what hiding too little gives away', () => {
    const table: CountTable = { cells: [[3, 19, 8]] }
    const hidden = {
      cells: [[true, false, false]],
      rowTotals: [false],
      columnTotals: [true, false, false],
      total: false,
    }
    assert.deepEqual(workedOut(table, hidden), [
      [0, 0],
      [1, 0],
    ])
  })
  it('a total hidden in one table is given back by no other', () => {
    // By age and by group: in the second month there are three people in all.
    const byAge = {
      cells: [
        [10, 2, 20],
        [15, 1, 9],
      ],
    }
    const byGroup = {
      cells: [
        [20, 3, 14],
        [5, 0, 15],
      ],
    }
    const [age, group] = suppressRelated([byAge, byGroup])
    assert.ok(age && group && age.safe && group.safe)
    assert.deepEqual(age.columnTotals, group.columnTotals)
    assert.equal(age.columnTotals.filter(Boolean).length, 2)
    for (const [table, hidden] of [
      [byAge, age],
      [byGroup, group],
    ] as const) {
      for (const [c, away] of hidden.columnTotals.entries()) {
        if (away) assert.ok(hidden.cells.every(row => row[c]))
      }
      assertProtected(table.cells, hidden)
    }
  })
})
