import assert from 'node:assert/strict'
import test from 'node:test'
import { clockStanding } from './states.ts'
import type { ClockLife, ClockState } from './states.ts'

const date = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const running: ClockLife = {
  due: date('2026-06-23'),
  started: true,
  inForce: true,
  done: null,
  notApplicable: null,
  paused: false,
  lastDay: 'do-by',
  asAt: null,
  shownOpenOn: null,
}
const state = (life: Partial<ClockLife>, today: string): ClockState =>
  clockStanding({ ...running, ...life }, date(today)).state

test('a running clock comes due, is due on its day, and is overdue the day after', () => {
  assert.equal(state({}, '2026-06-15'), 'not-due')
  assert.equal(state({}, '2026-06-16'), 'due-soon')
  assert.equal(state({}, '2026-06-23'), 'due-today')
  assert.equal(state({}, '2026-06-24'), 'overdue')
  assert.equal(clockStanding(running, date('2026-07-05')).days, -12)
  assert.equal(clockStanding(running, date('2026-06-10'), 14).state, 'due-soon')
})

test('done on the day is kept, a day later kept late', () => {
  assert.equal(state({ done: date('2026-06-23') }, '2026-09-01'), 'kept')
  assert.equal(state({ done: date('2026-06-24') }, '2026-09-01'), 'kept-late')
  assert.equal(state({ done: date('2030-01-01'), due: null }, '2030-02-01'), 'kept')
})

test('what was not law is not judged, what does not apply says why, and no evidence is not known', () => {
  assert.equal(state({ inForce: false }, '2026-09-01'), 'not-applicable')
  const withdrawn = clockStanding({ ...running, notApplicable: 'The request was withdrawn.' }, date('2026-09-01'))
  assert.deepEqual([withdrawn.state, withdrawn.reason], ['not-applicable', 'The request was withdrawn.'])
  assert.equal(state({ started: false }, '2026-09-01'), 'not-known')
})

test('a clock that stands still, or has no day, is never overdue', () => {
  assert.equal(state({ paused: true }, '2027-01-01'), 'not-due')
  assert.equal(state({ due: null }, '2027-01-01'), 'not-due')
})

test('in a historical area the clock stands still at the last paper held, and a missing paper is no breach', () => {
  const asAt = date('2026-06-20')
  const still = clockStanding({ ...running, asAt }, date('2040-01-01'))
  assert.deepEqual([still.state, still.days, still.reason], ['due-soon', 3, 'No later paper is held.'])
  const passed = { ...running, asAt: date('2026-12-01') }
  const missing = clockStanding(passed, date('2040-01-01'))
  assert.deepEqual([missing.state, missing.reason], ['not-known', 'No later paper is held.'])
  assert.equal(clockStanding({ ...passed, shownOpenOn: date('2026-09-01') }, date('2040-01-01')).state, 'overdue')
})

test('what stays open or must wait is not overdue when its period is over', () => {
  assert.equal(state({ lastDay: 'open-until' }, '2026-06-23'), 'not-due')
  assert.equal(state({ lastDay: 'open-until' }, '2026-06-24'), 'kept')
})

test('where hours count, the hour decides', () => {
  const due = Temporal.PlainDateTime.from('2026-03-30T11:00')
  const at = (now: string): ClockState => clockStanding({ ...running, due }, Temporal.PlainDateTime.from(now)).state
  assert.equal(at('2026-03-30T11:00'), 'due-today')
  assert.equal(at('2026-03-30T11:01'), 'overdue')
})
