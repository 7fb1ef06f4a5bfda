import assert from 'node:assert/strict'
import test from 'node:test'
import { addHoliday } from './calendar.ts'
import { computeClock } from './compute-clock.ts'
import { findRule } from './find-rule.ts'
import { loadCalendars, loadElections, loadRules } from './load-data.ts'
import { redate } from './redate.ts'
import type { DatedClock } from './redate.ts'

const rules = loadRules()
const basis = { calendars: loadCalendars(), elections: loadElections() }

function running(id: string, from: string): DatedClock<string> {
  const rule = findRule(rules, id)
  const facts = { from: Temporal.PlainDate.from(from) }
  const { due, planBy } = computeClock(rule, facts, basis)
  return { id: `${id} ${from}`, rule, facts, due, planBy }
}

test('a holiday proclaimed after the start moves the clocks that count it, with the old day kept beside the new', () => {
  const clocks = [
    running('FOI-20', '2026-07-01'),
    running('FOI-20', '2026-09-01'),
    running('CORR-ACK', '2026-07-17'),
    running('HMICFRS-56', '2026-07-01'),
    running('HMICFRS-56', '2026-05-26'),
    running('AGENDA-E', '2026-07-24'),
  ]
  const holiday = { date: Temporal.PlainDate.from('2026-07-20'), name: 'Proclaimed', where: 'England and Wales' }
  const moved = redate(clocks, { ...basis, calendars: addHoliday(basis.calendars, holiday) })
  assert.deepEqual(
    moved.map(({ id, was, due, planBy }) => [id, String(was.due), String(due), String(planBy)]),
    [
      ['FOI-20 2026-07-01', '2026-07-30', '2026-07-31', 'null'],
      ['CORR-ACK 2026-07-17', '2026-07-22', '2026-07-23', 'null'],
      ['HMICFRS-56 2026-05-26', '2026-07-20', '2026-07-20', '2026-07-17'],
      ['AGENDA-E 2026-07-24', '2026-07-16', '2026-07-15', 'null'],
    ],
  )
})

test('with the same calendars nothing moves', () => {
  assert.deepEqual(redate([running('FOI-20', '2026-07-01'), running('SAR-1M', '2026-01-31')], basis), [])
})
