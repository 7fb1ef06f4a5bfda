import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { presenceAt, quorumAt, quorumInWords, quorumNeeded } from './quorum.ts'
import type { Movement, QuorumRule, Sitter } from './quorum.ts'

const item = (position: number) => ({ id: `item-${String(position)}`, position })
const sitter = (made: Partial<Sitter> = {}): Sitter => ({
  id: 'somebody',
  votes: true,
  attended: true,
  movements: [],
  outOf: new Set(),
  ...made,
})
const number = (members: number): QuorumRule => ({ kind: 'number', members, words: null })
const third: QuorumRule = { kind: 'fraction', numerator: 1, denominator: 3, least: 3, words: null }

describe('how many must be present', () => {
  const table: [QuorumRule | null, number | null, number | null][] = [
    [null, 12, null],
    [number(4), null, 4],
    [third, 12, 4],
    [third, 13, 5],
    [third, 6, 3],
    [third, null, null],
    [{ ...third, least: null }, 1, 1],
  ]
  for (const [rule, inPost, needed] of table) {
    it(`${quorumInWords(rule)}, ${String(inPost)} in post: ${String(needed)}`, () => {
      assert.equal(quorumNeeded(rule, inPost), needed)
    })
  }
})

describe('who is in the room at an item', () => {
  const arrivedAt2: Movement = { direction: 'arrived', position: 2 }
  const leftAt4: Movement = { direction: 'left', position: 4 }
  const table: [string, Partial<Sitter>, string[]][] = [
    ['stayed throughout', {}, ['in', 'in', 'in', 'in', 'in', 'in']],
    ['sent apologies', { attended: false }, ['out', 'out', 'out', 'out', 'out', 'out']],
    ['came before the third item', { movements: [arrivedAt2] }, ['out', 'out', 'in', 'in', 'in', 'in']],
    ['went before the fifth', { movements: [leftAt4] }, ['in', 'in', 'in', 'in', 'out', 'out']],
    ['came and went', { movements: [arrivedAt2, leftAt4] }, ['out', 'out', 'in', 'in', 'out', 'out']],
    [
      'went and came back',
      {
        movements: [
          { direction: 'left', position: 1 },
          { direction: 'arrived', position: 3 },
        ],
      },
      ['in', 'out', 'out', 'in', 'in', 'in'],
    ],
    ['left for an interest in the second', { outOf: new Set(['item-1']) }, ['in', 'out', 'in', 'in', 'in', 'in']],
    [
      'came at a time nobody placed',
      { movements: [{ direction: 'arrived', position: null }] },
      ['not-known', 'not-known', 'not-known', 'not-known', 'not-known', 'not-known'],
    ],
  ]
  for (const [words, made, expected] of table) {
    it(words, () => {
      assert.deepEqual(
        expected.map((_, at) => presenceAt(sitter(made), item(at))),
        expected,
      )
    })
  }
})

describe('a quorum', () => {
  it('is known only where the fewest are enough or the most are not', () => {
    const here = sitter()
    const perhaps = sitter({ movements: [{ direction: 'left', position: null }] })
    const stateOf = (sitters: readonly Sitter[], members: number) =>
      quorumAt(number(members), null, sitters, item(0)).state
    assert.equal(stateOf([here, here, perhaps], 2), 'met')
    assert.equal(stateOf([here, here, perhaps], 3), 'not-known')
    assert.equal(stateOf([here, here, perhaps], 4), 'not-met')
    assert.equal(quorumAt(null, 10, [here], item(0)).state, 'not-known')
  })

  it('does not count officers', () => {
    assert.equal(quorumAt(number(1), null, [sitter({ votes: false })], item(0)).state, 'not-met')
  })

  const anybody = fc.record({
    votes: fc.boolean(),
    attended: fc.boolean(),
    movements: fc.array(
      fc.record({
        direction: fc.constantFrom('arrived' as const, 'left' as const),
        position: fc.option(fc.nat({ max: 5 }), { nil: null }),
      }),
      { maxLength: 3 },
    ),
    out: fc.boolean(),
  })
  it('is never lost when one more member comes in, and never won when one goes out', () => {
    fc.assert(
      fc.property(
        fc.array(anybody, { maxLength: 8 }),
        fc.integer({ min: 1, max: 8 }),
        fc.nat({ max: 5 }),
        (some, n, at) => {
          const sitters = some.map(({ out, ...made }) =>
            sitter({ ...made, outOf: new Set(out ? [`item-${String(at)}`] : []) }),
          )
          const state = (all: readonly Sitter[]) => quorumAt(number(n), null, all, item(at)).state
          const rank = { 'not-met': 0, 'not-known': 1, met: 2 }
          assert.ok(rank[state([...sitters, sitter()])] >= rank[state(sitters)])
          const gone = sitters.map(each => ({ ...each, outOf: new Set([`item-${String(at)}`]) }))
          assert.equal(state(gone), 'not-met')
        },
      ),
    )
  })

  it('by a fraction grows with the members in post and never falls below the least', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), (a, b) => {
        const [few, many] = [Math.min(a, b), Math.max(a, b)]
        const [less, more] = [quorumNeeded(third, few) ?? 0, quorumNeeded(third, many) ?? 0]
        assert.ok(less <= more && less >= 3)
        assert.ok(more * 3 >= many)
      }),
    )
  })
})
