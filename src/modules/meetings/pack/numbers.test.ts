import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { printedNumbers } from './numbers.ts'
import type { PagedPart } from './numbers.ts'

const part = (key: string, pages: number): PagedPart => ({ key, pages })
const asMap = (parts: readonly PagedPart[], numbers: readonly string[][]) =>
  new Map(parts.map((each, at) => [each.key, numbers[at] ?? []]))

const parts = fc.uniqueArray(fc.record({ key: fc.string({ minLength: 1 }), pages: fc.integer({ min: 1, max: 60 }) }), {
  selector: each => each.key,
  minLength: 1,
  maxLength: 12,
})

describe('the numbers printed in a pack', () => {
  it('count the pages of the first', () => {
    assert.deepEqual(printedNumbers([part('cover', 1), part('item', 3)], null), [['1'], ['2', '3', '4']])
  })

  it('give letters to what is added, after the page it follows', () => {
    const first = [part('cover', 1), part('item', 46), part('last', 2)]
    const before = asMap(first, printedNumbers(first, null))
    const added = [part('cover', 1), part('item', 46), part('supplement', 2), part('last', 3)]
    const numbers = printedNumbers(added, before)
    assert.deepEqual(numbers[2], ['47A', '47B'])
    assert.deepEqual(numbers[3], ['48', '49', '49A'])
    const again = printedNumbers(
      [part('cover', 1), part('item', 46), part('other', 1), part('supplement', 2), part('last', 1)],
      asMap(added, numbers),
    )
    assert.deepEqual(again.slice(2), [['47C'], ['47A', '47B'], ['48']])
  })

  it('stay with their pages whatever is added, and are never given twice', () => {
    fc.assert(
      fc.property(parts, parts, fc.array(fc.nat()), (first, more, places) => {
        const before = printedNumbers(first, null)
        const added = more.map(each => ({ ...each, key: `added ${each.key}` }))
        const all = [...first]
        for (const [at, each] of added.entries()) all.splice(1 + ((places[at] ?? 0) % all.length), 0, each)
        const after = printedNumbers(all, asMap(first, before))
        for (const [at, each] of first.entries()) {
          assert.deepEqual(after[all.findIndex(one => one.key === each.key)], before[at])
        }
        assert.equal(new Set(after.flat()).size, after.flat().length)
        assert.deepEqual(
          after.map(each => each.length),
          all.map(each => each.pages),
        )
      }),
    )
  })
})
