import assert from 'node:assert/strict'
import test from 'node:test'
import { wholeTerm } from '../terms.ts'
import { disclosureFaults, seatDuty } from './rules.ts'
import type { SeatFacts } from './rules.ts'

const seat = (more: Partial<SeatFacts> = {}): SeatFacts => ({
  form: 'panel',
  capacity: 'member',
  personId: 'p',
  term: wholeTerm({ started: '2026-03-11' }),
  ...more,
})
const testshire = { slug: 'testshire', historical: false }

const table: readonly [what: string, given: Parameters<typeof seatDuty>, rule: string | null][] = [
  ['a member of an English panel', [seat(), testshire], 'DPI-REG'],
  ['its chair', [seat({ capacity: 'chair' }), testshire], 'DPI-REG'],
  ['a co-opted member', [seat({ capacity: 'co-opted-independent' }), testshire], 'DPI-REG'],
  ['a member of a Welsh panel', [seat(), { slug: 'gwent', historical: false }], 'W-CODE'],
  ['somebody who only attends', [seat({ capacity: 'attending' }), testshire], null],
  ['a seat that goes with a role', [seat({ personId: null }), testshire], null],
  ['a member of a board', [seat({ form: 'board' }), testshire], null],
  ['a historical area', [seat(), { slug: 'testshire', historical: true }], null],
  ['a start known to the month', [seat({ term: wholeTerm({ started: '2026-03' }) }), testshire], null],
  ['a start that no paper gives', [seat({ term: wholeTerm({ shown: ['2026-03-11'] }) }), testshire], null],
  ['a seat that is over', [seat({ term: wholeTerm({ started: '2020-05-01', ended: '2024-05-01' }) }), testshire], null],
]
for (const [what, given, rule] of table) {
  test(`${what} ${rule === null ? 'begins no time to register' : `begins ${rule}`}`, () => {
    assert.equal(seatDuty(...given)?.rule ?? null, rule)
  })
}

test('a disclosure was made on a panel, in England, and not in the future', () => {
  const on = Temporal.PlainDate.from('2026-03-11')
  assert.deepEqual(disclosureFaults(seat(), testshire, on, on), [])
  assert.match(disclosureFaults(seat(), testshire, on.add({ days: 1 }), on).join(), /still to come/)
  assert.match(disclosureFaults(seat({ form: 'board' }), testshire, on, on).join(), /members of a panel/)
  assert.match(disclosureFaults(seat(), { slug: 'gwent', historical: false }, on, on).join(), /Wales/)
})
