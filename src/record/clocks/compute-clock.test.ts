import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { addHoliday, isWorkingDay } from './calendar.ts'
import { ClockFault } from './clock-fault.ts'
import { computeClock, computeClocks } from './compute-clock.ts'
import type { ClockResult } from './compute-clock.ts'
import { dayNumber, dayOf } from './days.ts'
import type { ClockFacts } from './facts.ts'
import { findRule } from './find-rule.ts'
import { loadCalendars, loadElections, loadRules } from './load-data.ts'
import { countsBackwards, countsWorkingDays, startingFact } from './rule.ts'

const rules = loadRules()
const basis = { calendars: loadCalendars(), elections: loadElections() }
const date = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const clock = (id: string, facts: ClockFacts): ClockResult => computeClock(findRule(rules, id), facts, basis)
const due = (id: string, facts: ClockFacts): string => String(clock(id, facts).due)

/** Expects facts to be refused, naming the fact, in these words. */
function refused(id: string, facts: ClockFacts, fact: string, words: RegExp): void {
  assert.throws(
    () => clock(id, facts),
    (thrown: unknown) => thrown instanceof ClockFault && thrown.fact === fact && words.test(thrown.message),
  )
}

test('the working says the rule, the start, each day left out and why, and the end', () => {
  const working = clock('FOI-20', { from: date('2026-05-22') }).working.join('\n')
  assert.match(working, /starts from Friday 22 May 2026: the day the request was received/)
  assert.match(working, /20 working days are counted/)
  assert.match(working, /left out: 23, 24, 30 and 31 May 2026; 6, 7, 13, 14, 20 and 21 June 2026/)
  assert.match(working, /Monday 25 May 2026 is left out: Spring bank holiday \(England and Wales\)/)
  assert.match(working, /Monday 15 June 2026 is left out: World Cup bank holiday, by proclamation \(Scotland\)/)
  assert.match(working, /The last day is Tuesday 23 June 2026/)
})

test('the working of a month that rolls names only the days it rolled over', () => {
  const { working } = clock('SAR-1M', { from: date('2026-03-03') })
  assert.ok(working.includes('Friday 3 April 2026 is no working day, so the end moves to the next one that is.'))
  assert.ok(working.includes('Monday 6 April 2026 is left out: Easter Monday (England and Wales).'))
  assert.ok(!working.some(sentence => sentence.includes('March 2026 is left out')))
})

test('the working counts an agenda back from its meeting', () => {
  const working = clock('AGENDA-E', { from: date('2019-04-23') }).working.join('\n')
  assert.match(working, /counts back from Tuesday 23 April 2019: the day of the meeting/)
  assert.match(working, /Friday 19 April 2019 is left out: Good Friday/)
})

test('the working of a pause says from when to when, and how many days', () => {
  const facts = { from: date('2026-03-10'), paused: [{ from: date('2026-03-16'), to: date('2026-03-26') }] }
  const { working } = clock('SAR-PAUSE', facts)
  assert.ok(
    working.includes('Monday 16 March 2026 to Wednesday 25 March 2026 (10 days) are left out: the clock stood still.'),
  )
})

test('a fixed date on a Sunday stays, with the working day to plan by', () => {
  const result = clock('R3', { year: { kind: 'financial', year: 2026 } })
  assert.deepEqual([String(result.due), String(result.planBy)], ['2026-02-01', '2026-01-30'])
  assert.ok(result.working.some(sentence => /the date does not move: plan by Friday 30 January 2026/.test(sentence)))
})

test('before 1 March is 28 February, or 29', () => {
  assert.equal(due('R8', { year: { kind: 'calendar', year: 2027 } }), '2027-02-28')
  assert.equal(due('R8', { year: { kind: 'calendar', year: 2028 } }), '2028-02-29')
})

test('a plain year gives every date that falls in it, a year without dates none', () => {
  const rule = findRule(rules, 'ACCOUNTS')
  const in2027 = computeClocks(rule, { year: { kind: 'calendar', year: 2027 } }, basis)
  assert.deepEqual(
    in2027.map(result => String(result.due)),
    ['2027-01-31', '2027-11-30'],
  )
  const none = clock('ACCOUNTS', { year: { kind: 'financial', year: 2019 } })
  assert.equal(none.due, null)
  assert.ok(none.working.includes('The rule names no date for that year.'))
})

test('draft accounts were due in May until 2024, then in June', () => {
  assert.equal(due('DRAFT-ACC', { year: { kind: 'financial', year: 2023 } }), '2024-05-31')
  assert.equal(due('DRAFT-ACC', { year: { kind: 'financial', year: 2024 } }), '2025-06-30')
  assert.equal(due('DRAFT-ACC', { from: date('2025-03-31') }), '2025-06-30')
})

test('beyond the known calendar a count of working days is uncertain, in words; calendar days are not', () => {
  const late = clock('FOI-20', { from: date('2027-12-20') })
  assert.equal(late.uncertain, true)
  assert.ok(late.working.some(sentence => /uncertain: bank holidays .* to Friday 31 December 2027 only/.test(sentence)))
  assert.equal(clock('FOI-20', { from: date('2027-11-01') }).uncertain, false)
  assert.equal(clock('HMICFRS-56', { from: date('2028-03-01') }).uncertain, false)
  assert.equal(clock('FOI-20', { from: date('2013-06-03') }).uncertain, true)
  assert.equal(clock('AGENDA-E', { from: date('2028-01-05') }).uncertain, true)
  assert.equal(clock('AGENDA-E', { from: date('2028-01-01') }).uncertain, false)
})

test('a rule begun before it was law still has its day, and says since when it is law', () => {
  const early = clock('DPC-30', { from: date('2026-06-18') })
  assert.deepEqual([early.inForce, String(early.due)], [false, '2026-07-17'])
  assert.ok(early.working.some(sentence => /not yet law then: it is in force from Friday 19 June 2026/.test(sentence)))
  assert.equal(clock('DPC-30', { from: date('2026-06-19') }).inForce, true)
  assert.equal(clock('VC-56', { from: date('2030-01-01') }).inForce, false)
})

test('a rule of one country is not law in the other, and lengths may differ', () => {
  const meeting = date('2014-09-26')
  assert.equal(clock('AGENDA-E', { from: meeting, jurisdiction: 'wales' }).inForce, false)
  assert.equal(clock('AGENDA-W', { from: meeting, jurisdiction: 'wales' }).inForce, true)
  assert.equal(due('BGPAPERS', { from: meeting }), '2018-09-25')
  assert.equal(due('BGPAPERS', { from: meeting, jurisdiction: 'wales' }), '2020-09-25')
})

test('a local convention takes the length a body set, and a duty without a number has no day until one is set', () => {
  assert.equal(due('CORR-ACK', { from: date('2026-11-02'), length: 5 }), '2026-11-09')
  const asked = { from: date('2026-11-02') }
  assert.equal(clock('PCP-INFO', asked).due, null)
  assert.deepEqual([clock('PCP-INFO', asked).lawful, clock('PCP-INFO', { ...asked, length: 10 }).lawful], [true, false])
  assert.equal(due('PCP-INFO', { ...asked, length: 10 }), '2026-11-12')
  refused('FOI-20', { ...asked, length: 10 }, 'length', /not a setting: Freedom of Information Act 2000/)
  refused('CORR-ACK', { ...asked, length: 0 }, 'length', /whole number of 1 or more/)
})

test('hours run through the nights on which the clocks change', () => {
  const moment = (text: string): Temporal.PlainDateTime => Temporal.PlainDateTime.from(text)
  assert.equal(due('BREACH-72H', { from: moment('2026-03-27T10:00') }), '2026-03-30T11:00:00')
  assert.equal(due('BREACH-72H', { from: moment('2026-10-24T10:00') }), '2026-10-27T09:00:00')
  const twice = clock('BREACH-72H', { from: moment('2026-10-25T01:30') })
  assert.equal(String(twice.due), '2026-10-28T00:30:00')
  assert.ok(twice.working.some(sentence => sentence.startsWith('That time came twice')))
  const second = Temporal.Instant.from('2026-10-25T01:30:00Z')
  assert.equal(due('BREACH-72H', { from: second }), '2026-10-28T01:30:00')
  refused('BREACH-72H', { from: moment('2026-03-29T01:30') }, 'from', /There was no 01:30 on Sunday 29 March 2026/)
  refused('BREACH-72H', { from: date('2026-03-29') }, 'from', /needs a date and a time/)
})

test('a request at 23:59 is received on that day', () => {
  assert.equal(due('FOI-20', { from: Temporal.PlainDateTime.from('2026-05-22T23:59') }), '2026-06-23')
  assert.equal(
    due('FOI-20', { from: Temporal.Instant.from('2026-05-22T23:30:00Z') }),
    due('FOI-20', { from: date('2026-05-23') }),
  )
})

test('a planning period ends with the financial year of the next election, uncertain where that may not be held', () => {
  assert.equal(due('PLAN-PERIOD', { from: date('2016-05-06') }), '2022-03-31')
  const next = clock('PLAN-PERIOD', { from: date('2025-01-10') })
  assert.deepEqual([String(next.due), next.uncertain], ['2029-03-31', true])
  const beyond = clock('PLAN-PERIOD', { from: date('2029-01-10') })
  assert.deepEqual([beyond.due, beyond.uncertain], [null, true])
})

test('missing facts are named', () => {
  refused('FOI-20', {}, 'from', /FOI-20 needs a date: the day the request was received/)
  refused('R3', {}, 'year', /R3 needs a year/)
  refused('VETO', {}, 'members', /VETO needs the number of members in post/)
  refused('VETO', { members: 0 }, 'members', /whole number/)
  refused('FOI-FEE', { from: date('2026-02-02') }, 'paused', /needs the days on which the count stopped/)
})

test('facts a rule cannot use are refused, not passed over', () => {
  const from = date('2026-02-02')
  const paused = [{ from: date('2026-02-03'), to: date('2026-02-05') }]
  refused('FOI-20', { from, members: 3 }, 'members', /does not take/)
  refused('FOI-20', { from, year: { kind: 'calendar', year: 2026 } }, 'year', /together/)
  refused('FOI-20', { from, extended: true }, 'extended', /Nothing extends FOI-20/)
  refused('AGENDA-E', { from, paused }, 'paused', /counts back from the day of the meeting/)
  refused('R3', { year: { kind: 'calendar', year: 2026 }, paused }, 'paused', /its day is fixed/)
  refused('FOI-20', { from: date('1926-02-02') }, 'from', /1970 to 2099/)
})

test('pauses that end before they start, overlap, come too early or follow an open one are refused in words', () => {
  const from = date('2026-03-10')
  const pause = (a: string, b: string | null): { from: Temporal.PlainDate; to: Temporal.PlainDate | null } => ({
    from: date(a),
    to: b === null ? null : date(b),
  })
  const tried = (...paused: ReturnType<typeof pause>[]): ClockFacts => ({ from, paused })
  refused('SAR-PAUSE', tried(pause('2026-03-16', '2026-03-12')), 'paused', /ends on 12 March 2026, before it starts/)
  refused('SAR-PAUSE', tried(pause('2026-03-01', '2026-03-12')), 'paused', /before the clock does on 10 March 2026/)
  const overlapping = tried(pause('2026-03-14', '2026-03-20'), pause('2026-03-12', '2026-03-16'))
  refused('SAR-PAUSE', overlapping, 'paused', /Two pauses overlap/)
  refused('SAR-PAUSE', tried(pause('2026-03-12', null), pause('2026-03-20', '2026-03-21')), 'paused', /has not ended/)
  const touching = tried(pause('2026-03-12', '2026-03-16'), pause('2026-03-16', '2026-03-20'))
  assert.equal(due('SAR-PAUSE', touching), due('SAR-PAUSE', tried(pause('2026-03-12', '2026-03-20'))))
})

test('a pause that has not ended leaves no day to keep, and the working says since when', () => {
  const held = clock('FOI-20', { from: date('2026-03-10'), paused: [{ from: date('2026-03-16'), to: null }] })
  assert.equal(held.due, null)
  assert.ok(held.working.some(sentence => /stood still since Monday 16 March 2026/.test(sentence)))
})

const forward = [...rules.values()].filter(rule => startingFact(rule) === 'from' && !countsBackwards(rule))
const anyDay = fc.integer({ min: dayNumber(date('2014-01-01')), max: dayNumber(date('2027-06-01')) }).map(dayOf)
const dayOfDue = (result: ClockResult): number | null =>
  result.due instanceof Temporal.PlainDate ? dayNumber(result.due) : null

test('where a rule counts working days, its day is never one that the calendar leaves out', () => {
  const working = [...rules.values()].filter(countsWorkingDays)
  assert.ok(working.length > 15)
  fc.assert(
    fc.property(fc.constantFrom(...working), anyDay, (rule, from) => {
      const paused = rule.needsPause ? [{ from, to: from }] : []
      const day = dayOfDue(computeClock(rule, { from, paused }, basis))
      assert.ok(day !== null && isWorkingDay(basis.calendars[rule.calendar], day))
    }),
  )
})

test('a holiday more never brings a day forward', () => {
  fc.assert(
    fc.property(fc.constantFrom(...forward), anyDay, fc.integer({ min: 0, max: 90 }), (rule, from, after) => {
      const holiday = { date: from.add({ days: after }), name: 'Proclaimed', where: 'England and Wales' }
      fc.pre(isWorkingDay(basis.calendars['UK-any'], dayNumber(holiday.date)))
      const facts = { from, paused: rule.needsPause ? [{ from, to: from }] : [] }
      const more = { ...basis, calendars: addHoliday(basis.calendars, holiday) }
      const before = dayOfDue(computeClock(rule, facts, basis))
      const now = dayOfDue(computeClock(rule, facts, more))
      assert.ok((now ?? 0) >= (before ?? 0))
    }),
    { numRuns: 60 },
  )
})

test('a pause that ends on the day it starts changes nothing, save for fees, where the law leaves that day out', () => {
  const pausable = forward.filter(
    rule => !['same-day', 'financial-year-end', 'planning-period-end'].includes(rule.arithmetic.count),
  )
  fc.assert(
    fc.property(fc.constantFrom(...pausable), anyDay, fc.nat(60), (rule, from, after) => {
      fc.pre(!rule.needsPause)
      const at = from.add({ days: after })
      const paused = [{ from: at, to: at }]
      assert.equal(dayOfDue(computeClock(rule, { from, paused }, basis)), dayOfDue(computeClock(rule, { from }, basis)))
    }),
  )
  const received = date('2026-02-02')
  const sameDay = [{ from: date('2026-02-09'), to: date('2026-02-09') }]
  assert.equal(due('FOI-FEE', { from: received, paused: sameDay }), '2026-03-03')
})
