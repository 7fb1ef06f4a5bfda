import assert from 'node:assert/strict'
import test from 'node:test'
import { findRule } from './find-rule.ts'
import { freshness } from './freshness.ts'
import type { FreshnessFacts } from './freshness.ts'
import { loadCalendars, loadRules } from './load-data.ts'
import { itemOfContract, isSpendingPublished } from './publication-thresholds.ts'

const rules = loadRules()
const calendars = loadCalendars()
const date = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const on = (id: string, facts: FreshnessFacts, today: string): string =>
  freshness(findRule(rules, id), facts, date(today), calendars).state

test('spending of October, last published for September, is amber in November and red after 30 days', () => {
  const facts = { publishedThrough: date('2026-09-30') }
  assert.equal(on('SIO-3G', facts, '2026-10-31'), 'not-due')
  assert.equal(on('SIO-3G', facts, '2026-11-01'), 'due-soon')
  assert.equal(on('SIO-3G', facts, '2026-11-21'), 'due-soon')
  assert.equal(on('SIO-3G', facts, '2026-11-30'), 'due-soon')
  assert.equal(on('SIO-3G', facts, '2026-12-01'), 'overdue')
})

test('a quarter unpublished is amber until 30 days after its end', () => {
  const facts = { publishedThrough: date('2026-06-30') }
  assert.equal(on('SIO-3H', facts, '2026-10-30'), 'due-soon')
  assert.equal(on('SIO-3H', facts, '2026-10-31'), 'overdue')
})

test('the year before is due by 30 June, the year ahead before 1 April', () => {
  const through = { publishedThrough: date('2025-03-31') }
  assert.equal(on('SIO-1F', through, '2026-03-31'), 'not-due')
  assert.equal(on('SIO-1F', through, '2026-06-30'), 'due-soon')
  assert.equal(on('SIO-1F', through, '2026-07-01'), 'overdue')
  assert.equal(on('SIO-3A', { publishedYear: 2026 }, '2027-02-28'), 'not-due')
  assert.equal(on('SIO-3A', { publishedYear: 2026 }, '2027-03-31'), 'due-soon')
  assert.equal(on('SIO-3A', { publishedYear: 2026 }, '2027-04-01'), 'overdue')
})

test('reviews run 6 or 12 months from the last', () => {
  const facts = { lastReviewed: date('2024-05-02') }
  assert.equal(on('SIO-2A', facts, '2024-11-02'), 'due-soon')
  assert.equal(on('SIO-2A', facts, '2024-11-03'), 'overdue')
  assert.equal(on('SIO-1A', facts, '2024-11-03'), 'not-due')
  assert.equal(on('SIO-1A', facts, '2025-05-03'), 'overdue')
})

test('what became available is amber after 5 working days and red after 28', () => {
  const facts = { waitingSince: date('2026-04-02') }
  assert.equal(on('SIO-4B', facts, '2026-04-13'), 'not-due')
  assert.equal(on('SIO-4B', facts, '2026-04-14'), 'due-soon')
  assert.equal(on('SIO-4B', facts, '2026-04-30'), 'due-soon')
  assert.equal(on('SIO-4B', facts, '2026-05-01'), 'overdue')
  assert.equal(on('SIO-4B', { waitingSince: null }, '2026-05-01'), 'not-due')
})

test('within one month beginning with the inspection report', () => {
  const facts = { trigger: date('2025-01-31') }
  assert.equal(on('SIO-7B', facts, '2025-02-28'), 'due-soon')
  assert.equal(on('SIO-7B', facts, '2025-03-01'), 'overdue')
  assert.equal(on('SIO-7B', { ...facts, publishedOn: date('2025-03-01') }, '2025-04-01'), 'kept-late')
})

test('an item withheld by the one whose view it is does not apply; by another it is judged as before', () => {
  const waitingSince = date('2026-01-05')
  const by = (decidedBy: string): FreshnessFacts => ({ waitingSince, withheld: { ground: 'safety', decidedBy } })
  const withheld = freshness(findRule(rules, 'SIO-4B'), by('chief-constable'), date('2026-05-01'), calendars)
  assert.equal(withheld.state, 'not-applicable')
  assert.match(withheld.reason ?? '', /chief officer's view .* safety \(article 2\(2\)\)/)
  assert.equal(on('SIO-4B', by('commissioner'), '2026-05-01'), 'overdue')
})

test('without evidence the state is not known', () => {
  for (const id of ['SIO-3G', 'SIO-3H', 'SIO-1F', 'SIO-3A', 'SIO-1A', 'SIO-4B', 'SIO-7B']) {
    assert.equal(on(id, {}, '2026-05-01'), 'not-known', id)
  }
})

test('a penny over the amount decides', () => {
  assert.deepEqual([itemOfContract(1_000_000), itemOfContract(1_000_001)], ['SIO-4D', 'SIO-4B'])
  assert.deepEqual([isSpendingPublished(50_000), isSpendingPublished(50_001)], [false, true])
})
