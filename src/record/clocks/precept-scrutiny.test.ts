import assert from 'node:assert/strict'
import test from 'node:test'
import { loadCalendars } from './load-data.ts'
import { earliestMeeting, isVetoCarried, papersInTime, preceptOutcome } from './precept-scrutiny.ts'

const { EW } = loadCalendars()
const date = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)

test('a veto needs two-thirds of the members in post, not of those present', () => {
  assert.equal(isVetoCarried(12, 7), false)
  assert.equal(isVetoCarried(12, 8), true)
})

test('a veto reported a day late does not count', () => {
  const due = date('2027-02-08')
  const report = (sent: string, veto: boolean): string =>
    preceptOutcome(due, { sent: date(sent), veto }, date('2027-03-01'))
  assert.equal(report('2027-02-09', true), 'scrutiny-ended-proposed-may-issue')
  assert.equal(report('2027-02-08', true), 'revised-precept-owed')
  assert.equal(report('2027-02-08', false), 'scrutiny-ended-proposed-may-issue')
  assert.equal(preceptOutcome(due, null, date('2027-02-08')), 'report-awaited')
  assert.equal(preceptOutcome(due, null, date('2027-02-09')), 'scrutiny-ended-proposed-may-issue')
})

test('papers published on 1 February 2027 are too late for a meeting on the 8th', () => {
  assert.equal(earliestMeeting(date('2027-02-01'), 5, EW).toString(), '2027-02-09')
  const answer = papersInTime(date('2027-02-01'), date('2027-02-08'), 5, EW)
  assert.deepEqual([answer.publishBy.toString(), answer.inTime], ['2027-01-29', false])
})

test('a proposal that arrives on Friday 30 January 2026 cannot be taken on Friday 6 February', () => {
  const answer = papersInTime(date('2026-01-30'), date('2026-02-06'), 5, EW)
  assert.deepEqual([answer.publishBy.toString(), answer.inTime], ['2026-01-29', false])
  assert.equal(papersInTime(date('2026-01-29'), date('2026-02-06'), 5, EW).inTime, true)
})
