import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { computeClocks } from './compute-clock.ts'
import { explainClocks } from './explain.ts'
import type { ClockFacts } from './facts.ts'
import { findRule } from './find-rule.ts'
import { loadCalendars, loadElections, loadRules } from './load-data.ts'
import { countsBackwards, countsWorkingDays, startingFact } from './rule.ts'

const rules = loadRules()
const basis = { calendars: loadCalendars(), elections: loadElections() }
const date = (text: string) => Temporal.PlainDate.from(text)
const explain = (id: string, facts: ClockFacts) => {
  const [explained] = explainClocks(findRule(rules, id), facts, basis)
  assert.ok(explained)
  return explained
}
const rows = (id: string, facts: ClockFacts) =>
  explain(id, facts).leftOut.map(
    ({ on, until, why }) => `${on.toString()}${until ? `..${until.toString()}` : ''} ${why}`,
  )

test('each weekend and each bank holiday is a row of its own, in order', () => {
  assert.deepEqual(rows('QUESTION-TIME', { from: date('2026-04-09') }), [
    '2026-04-03 Good Friday (England and Wales)',
    '2026-04-04..2026-04-05 a weekend',
    '2026-04-06 Easter Monday (England and Wales)',
  ])
})

test('a pause, and days left out with their reason, are rows', () => {
  const paused = [{ from: date('2026-03-16'), to: date('2026-03-26') }]
  assert.deepEqual(rows('SAR-PAUSE', { from: date('2026-03-10'), paused }), [
    '2026-03-16..2026-03-25 the clock stood still',
  ])
  const leftOut = [{ from: date('2024-05-02'), to: date('2024-05-08'), why: 'the time after the election' }]
  assert.deepEqual(rows('HEAR-STAFF', { from: date('2024-04-25'), leftOut }), [
    '2024-05-02..2024-05-08 the time after the election',
  ])
  const sameDay = [{ from: date('2026-03-16'), to: date('2026-03-16') }]
  assert.deepEqual(rows('SAR-PAUSE', { from: date('2026-03-10'), paused: sameDay }), [])
})

test('fees leave out the day of payment too', () => {
  const paused = [{ from: date('2026-02-09'), to: date('2026-02-20') }]
  assert.ok(
    rows('FOI-FEE', { from: date('2026-02-02'), paused }).includes('2026-02-09..2026-02-20 the clock stood still'),
  )
})

test('a period of calendar days leaves nothing out and says so by an empty list', () => {
  const explained = explain('DPI-REG', { from: date('2015-05-07') })
  assert.deepEqual(explained.leftOut, [])
  assert.equal(explained.due?.toString(), '2015-06-03')
  assert.equal(explained.started?.what, 'the day the person became a member')
})

test('an end that moved, and one that rests on holidays not yet known, say so', () => {
  assert.match(
    explain('SAR-1M', { from: date('2026-01-31') }).ended.join(' '),
    /Saturday 28 February 2026 is no working/,
  )
  assert.match(explain('FOI-20', { from: date('2027-12-20') }).uncertain.join(' '), /This is uncertain/)
  assert.deepEqual(explain('FOI-20', { from: date('2026-05-22') }).uncertain, [])
})

test('the moment of a count of hours is kept', () => {
  const from = Temporal.PlainDateTime.from('2026-03-27T10:00')
  assert.equal(explain('BREACH-72H', { from }).started?.on.toString(), '2026-03-27T10:00:00')
})

const counted = [...rules.values()].filter(rule => startingFact(rule) === 'from' && rule.needsPause !== true)
const someDay = fc.integer({ min: 0, max: 4000 }).map(days => date('2014-01-01').add({ days }))

test('law: the explanation ends on the day that is computed, and no day it leaves out was counted', () => {
  fc.assert(
    fc.property(fc.constantFrom(...counted), someDay, (rule, from) => {
      const [explained] = explainClocks(rule, { from }, basis)
      const [result] = computeClocks(rule, { from }, basis)
      assert.equal(String(explained?.due), String(result?.due))
      if (!countsWorkingDays(rule) || !(result?.due instanceof Temporal.PlainDate)) return
      const [first, last] = countsBackwards(rule) ? [result.due, from] : [from, result.due]
      const daysOff = (explained?.leftOut ?? []).reduce(
        (sum, { on, until }) => sum + 1 + (until === null ? 0 : on.until(until).days),
        0,
      )
      const between = first.until(last).days
      const worked = 'length' in rule.arithmetic ? (rule.arithmetic.length ?? 0) : 0
      const ends = rule.arithmetic.count === 'clear-working-days-before' ? 1 : 0
      const own = rule.arithmetic.count === 'working-days-beginning-with' ? -1 : 0
      assert.equal(between, worked + daysOff + ends + own, `${rule.id} from ${from.toString()}`)
    }),
    { numRuns: 400 },
  )
})
