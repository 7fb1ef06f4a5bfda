import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { workedOut } from '../analysis/suppression.ts'
import { type Counts, hiddenCounts, type Sum } from './hidden-counts.ts'

const districts: Sum = { whole: '', parts: ['North', 'South', 'East'] }
const towns: Sum = { whole: 'North', parts: ['Ash', 'Elm'] }
const ages: Sum = { whole: '', parts: ['Young', 'Old'] }
const tree = [districts, towns, ages]

/** Counts that add up, from those of the smallest parts. */
function counts([ash, elm, south, east, young]: readonly number[]): Counts {
  const [a = 0, e = 0, s = 0, t = 0] = [ash, elm, south, east]
  const all = a + e + s + t
  const y = Math.min(young ?? 0, all)
  return new Map(Object.entries({ '': all, North: a + e, Ash: a, Elm: e, South: s, East: t, Young: y, Old: all - y }))
}

/** Every value that a reader of what is shown can think of for each hidden count, up to a bound; by trying them all. */
function possible(sums: readonly Sum[], held: Counts, hidden: ReadonlySet<string>): Map<string, Set<number>> {
  const names = [...hidden]
  const zero = names.some(name => held.get(name) === 0)
  const found = new Map(names.map(name => [name, new Set<number>()]))
  const most = Math.max(...held.values()) + 2
  const guess = new Map(held)
  const holds = () =>
    sums.every(({ whole, parts }) => guess.get(whole) === parts.reduce((sum, part) => sum + (guess.get(part) ?? 0), 0))
  const tryAll = (at: number): void => {
    const name = names[at]
    if (name === undefined) {
      if (holds()) for (const each of names) found.get(each)?.add(guess.get(each) ?? 0)
      return
    }
    for (let value = zero ? 0 : 1; value <= most; value++) {
      guess.set(name, value)
      tryAll(at + 1)
    }
  }
  tryAll(0)
  return found
}

describe('Counts of people that are not shown', () => {
  it('are the small ones and the next smallest in each sum, and zeros stay', () => {
    const held = counts([3, 20, 9, 30, 25])
    assert.deepEqual([...hiddenCounts(tree, [held], 5)].sort(), ['Ash', 'Elm'])
    assert.deepEqual([...hiddenCounts([districts], [counts([9, 0, 3, 30, 0])], 5)].sort(), ['North', 'South'])
    assert.deepEqual([...hiddenCounts([], [counts([9, 9, 3, 30, 0])], 5)], ['South'])
    assert.deepEqual([...hiddenCounts([districts], [counts([10, 10, 0, 30, 0])], 5)], [])
  })

  it('are nothing where nothing is small', () => {
    assert.equal(hiddenCounts(tree, [counts([10, 20, 9, 30, 25])], 5).size, 0)
  })

  it('cannot be worked out by trying every number that fits what is shown', () => {
    const few = fc.tuple(...Array.from({ length: 5 }, () => fc.integer({ min: 0, max: 5 })))
    fc.assert(
      fc.property(few, fc.integer({ min: 2, max: 4 }), (parts, threshold) => {
        const held = counts(parts)
        const hidden = hiddenCounts(tree, [held], threshold)
        for (const [name, value] of held) if (value > 0 && value < threshold) assert.ok(hidden.has(name))
        if (hidden.size > 5) return
        for (const [name, values] of possible(tree, held, hidden)) assert.ok(values.size > 1, name)
      }),
      { numRuns: 150 },
    )
  })

  it('cannot be worked out by the other method either, in a table of one dimension', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 2, maxLength: 6 }), parts => {
        const named = parts.map((value, i) => [`part ${String(i)}`, value] as const)
        const held: Counts = new Map([['', parts.reduce((sum, each) => sum + each)], ...named])
        const hidden = hiddenCounts([{ whole: '', parts: named.map(([name]) => name) }], [held], 5)
        const table = { cells: parts.map(value => [value]), totals: { rows: false, columns: true, all: false } }
        const cells = named.map(([name]) => [hidden.has(name)])
        const rowTotals = named.map(() => false)
        assert.deepEqual(workedOut(table, { cells, rowTotals, columnTotals: [hidden.has('')], total: false }), [])
      }),
    )
  })

  it('stay hidden when they are revised, so that two versions do not tell them', () => {
    const first = counts([10, 20, 3, 30, 25])
    const later = counts([10, 20, 8, 30, 25])
    const before = hiddenCounts(tree, [first], 5)
    assert.deepEqual([...before].sort(), ['East', 'South'])
    for (const name of before) assert.ok(hiddenCounts(tree, [first, later], 5).has(name), name)
  })

  it('are not hidden behind a count that an earlier version showed', () => {
    const first = counts([10, 20, 8, 30, 25])
    const later = counts([10, 20, 3, 31, 25])
    const hidden = hiddenCounts([districts], [first, later], 5)
    assert.ok(hidden.has('South') && hidden.has('East'), [...hidden].join())
  })

  it('that came in another file than their total are protected all the same', () => {
    const all = counts([10, 20, 3, 30, 25])
    const without = new Map([...all].filter(([name]) => name !== 'South'))
    const hidden = hiddenCounts([districts], [without, all], 5)
    assert.equal(hidden.size, 2)
    assert.ok(hidden.has('South'))
  })

  it('are looked for among the parts of a part that has no figure', () => {
    const all = new Map([...counts([3, 20, 9, 30, 25])].filter(([name]) => name !== 'North'))
    const hidden = hiddenCounts([districts, towns], [all], 5)
    assert.deepEqual([...hidden].sort(), ['Ash', 'South'])
  })
})
