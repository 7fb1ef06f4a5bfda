import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  currentFaults,
  nextNumber,
  objectiveFaults,
  planFaults,
  progressFaults,
  publishingFaults,
  yearsInWords,
} from './rules.ts'

describe('The rules of plans', () => {
  const years: [number | null, number | null, boolean, string | null][] = [
    [2016, 2021, true, '2016 to 2021'],
    [2021, 2016, false, '2021 to 2016'],
    [2026, 2026, true, '2026'],
    [2016, null, true, 'from 2016'],
    [null, 2021, true, 'until 2021'],
    [null, null, true, null],
  ]
  for (const [first, last, right, words] of years) {
    it(`years ${first ?? 'not known'} and ${last ?? 'not known'} ${right ? 'may be' : 'may not be'}`, () => {
      assert.equal(planFaults({ firstYear: first, lastYear: last }).length === 0, right)
      assert.equal(yearsInWords(first, last), words)
    })
  }

  it('a number stands once in a plan, and the next is one more than the highest', () => {
    assert.match(objectiveFaults(2, [1, 2]).join(), /an objective 2 already/)
    assert.deepEqual(objectiveFaults(3, [1, 2]), [])
    assert.equal(nextNumber([1, 4]), 5)
    assert.equal(nextNumber([]), 1)
  })

  it('a word on progress speaks of a day that has come', () => {
    const today = Temporal.PlainDate.from('2026-03-11')
    assert.deepEqual(progressFaults(today, today), [])
    assert.match(progressFaults(today.add({ days: 1 }), today).join(), /already come/)
  })

  it('a plan becomes current once it promises something, and only then may be published', () => {
    assert.match(currentFaults({ state: 'draft' }, 0).join(), /no objectives/)
    assert.deepEqual(currentFaults({ state: 'past' }, 2), [])
    assert.match(currentFaults({ state: 'current' }, 2).join(), /already/)
    assert.match(publishingFaults({ state: 'draft' }).join(), /still being prepared/)
    assert.deepEqual(publishingFaults({ state: 'past' }), [])
  })
})
