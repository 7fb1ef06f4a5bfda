import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { singleQuarters } from './single-quarters.ts'

describe('singleQuarters', () => {
  it('gives back the quarters that totals were made of, from any four that are known', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 8, maxLength: 40 })
    fc.assert(
      fc.property(counts, fc.nat(), (quarters, from) => {
        const total = (end: number) => quarters.slice(end - 3, end + 1).reduce((sum, n) => sum + n, 0)
        const totals = new Map(quarters.flatMap((_, i) => (i < 3 ? [] : [[i, total(i)] as const])))
        const first = from % (quarters.length - 3)
        const anchors = new Map([0, 1, 2, 3].map(i => [first + i, quarters[first + i] ?? 0]))
        const found = singleQuarters(totals, anchors)
        assert.deepEqual(
          quarters.map((_, i) => found.get(i)),
          quarters,
        )
      }),
    )
  })
  it('works nothing out without anchors, across a gap, or from noughts among negative totals', () => {
    const totals = new Map([
      [4, 20],
      [5, 22],
    ])
    assert.equal(singleQuarters(totals).size, 0)
    const anchors = new Map([0, 1, 2, 3].map(i => [i, 5]))
    const apart = singleQuarters(
      new Map([
        [3, 20],
        [5, 22],
      ]),
      anchors,
    )
    assert.deepEqual([...apart.keys()].sort(), [0, 1, 2, 3])
    assert.equal(
      singleQuarters(
        new Map([
          [4, 0],
          [5, -1],
        ]),
      ).size,
      0,
    )
  })
})
