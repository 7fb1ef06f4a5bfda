import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { clockRules } from '../clock-basis.ts'
import { findRule } from '../clocks/index.ts'
import { clockDeeds, deedObstacles } from './deed-rules.ts'
import type { ClockActor, ClockDeed } from './deed-rules.ts'

const holder: ClockActor = { manages: true, holds: true, owes: false, historical: false }
const ower: ClockActor = { manages: true, holds: false, owes: true, historical: false }
const clock = (rule: string, more: object = {}) => ({
  rule: findRule(clockRules(), rule),
  state: 'running' as const,
  agreed: false,
  facts: {},
  ...more,
})
const offered = (of: ReturnType<typeof clock>, actor: ClockActor): ClockDeed[] =>
  clockDeeds.filter(deed => deedObstacles(deed, of, actor) !== null)

describe('what may be done with a clock', () => {
  const table: [string, ReturnType<typeof clock>, ClockActor, ClockDeed[]][] = [
    ['whoever holds the record decides about the count', clock('FOI-20'), holder, ['pause', 'leave-out', 'cancel']],
    ['whoever owes says who does it', clock('FOI-20'), ower, ['hand-over']],
    [
      'both, where one does both',
      clock('QUESTION-CC'),
      { ...holder, owes: true },
      ['pause', 'leave-out', 'cancel', 'hand-over'],
    ],
    ['only a rule with an extension is extended', clock('EIR-20'), holder, ['pause', 'extend', 'leave-out', 'cancel']],
    ['a paused clock runs again', clock('FOI-20', { state: 'paused' }), holder, ['resume', 'leave-out', 'cancel']],
    ['what counts back from a meeting is never paused', clock('AGENDA-E'), holder, ['cancel']],
    ['hours are never paused', clock('BREACH-72H'), holder, ['cancel']],
    ['a stopped clock is over', clock('FOI-20', { state: 'stopped' }), { ...holder, owes: true }, []],
    ['a cancelled clock is over', clock('FOI-20', { state: 'cancelled' }), { ...holder, owes: true }, []],
    ['a role that only reads', clock('FOI-20'), { ...holder, owes: true, manages: false }, []],
    ['a historical area', clock('FOI-20'), { ...holder, owes: true, historical: true }, []],
    ['somebody else', clock('FOI-20'), { ...holder, holds: false }, []],
  ]
  for (const [what, of, actor, expected] of table) {
    it(`${what}: ${expected.join(', ') || 'nothing'}`, () => assert.deepEqual(offered(of, actor), expected))
  }

  it('is not yet possible, with the reason, where a day was agreed or it is extended already', () => {
    assert.match(deedObstacles('pause', clock('FOI-20', { agreed: true }), holder)?.join() ?? '', /agreed/)
    assert.match(
      deedObstacles('extend', clock('EIR-20', { facts: { extended: true } }), holder)?.join() ?? '',
      /already/,
    )
    assert.deepEqual(deedObstacles('extend', clock('EIR-20'), holder), [])
    assert.deepEqual(deedObstacles('cancel', clock('FOI-20', { agreed: true }), holder), [])
  })
})
