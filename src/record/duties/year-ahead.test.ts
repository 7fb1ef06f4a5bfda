import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { OrganisationKind } from '../../platform/access/viewer.ts'
import { loadCalendars, loadElections, loadRules } from '../clocks/index.ts'
import { yearAhead } from './year-ahead.ts'
import { monthsDrawn } from './year-drawn.ts'

const rules = loadRules()
const basis = { calendars: loadCalendars(), elections: loadElections() }
const month = (text: string) => Temporal.PlainYearMonth.from(text)
const year = (kind: OrganisationKind, from: string) => yearAhead(kind, month(from), rules, basis)
/** Days by rule; of an election the rule is said as `election`. */
const daysOf = (kind: OrganisationKind, from: string, ...wanted: string[]) =>
  year(kind, from)
    .dates.filter(({ rule }) => wanted.includes(rule?.id ?? 'election'))
    .map(({ rule, day }) => `${rule?.id ?? 'election'} ${day.toString()}`)

describe('the year ahead', () => {
  const precept = ['R3', 'R4', 'R5', 'R6', 'R7', 'R8']
  const table: [OrganisationKind, string, string[], string[]][] = [
    [
      'office',
      '2026-04',
      precept,
      ['R3 2027-02-01', 'R4 2027-02-08', 'R5 2027-02-15', 'R6 2027-02-22', 'R8 2027-02-28', 'R7 2027-03-01'],
    ],
    ['panel', '2027-02', ['R3', 'R8'], ['R3 2027-02-01', 'R8 2027-02-28']],
    ['office', '2027-03', ['R8'], ['R8 2028-02-29']],
    ['office', '2027-04', ['election', 'PLAN-ISSUE'], []],
    ['office', '2028-05', ['election', 'PLAN-ISSUE'], ['election 2028-05-04', 'PLAN-ISSUE 2029-03-31']],
    [
      'office',
      '2024-05',
      ['election', 'PLAN-ISSUE', 'PLAN-PERIOD'],
      ['election 2024-05-02', 'PLAN-ISSUE 2025-03-31', 'PLAN-PERIOD 2025-03-31'],
    ],
    ['office', '2026-01', ['ACCOUNTS', 'DRAFT-ACC'], ['ACCOUNTS 2026-02-27', 'DRAFT-ACC 2026-06-30']],
    ['force', '2026-01', ['ACCOUNTS', 'QUARTERLY', ...precept], ['ACCOUNTS 2026-02-27']],
    [
      'office',
      '2026-01',
      ['QUARTERLY'],
      ['QUARTERLY 2026-01-14', 'QUARTERLY 2026-04-14', 'QUARTERLY 2026-07-14', 'QUARTERLY 2026-10-14'],
    ],
    ['other', '2026-01', [...precept, 'ACCOUNTS', 'QUARTERLY'], []],
  ]
  for (const [kind, from, wanted, expected] of table) {
    it(`of ${kind} from ${from}: ${expected.join(', ') || `nothing of ${wanted.join(', ')}`}`, () => {
      assert.deepEqual(daysOf(kind, from, ...wanted), expected)
    })
  }

  it('begins with its first day and ends before its last month comes again', () => {
    const { dates } = year('office', '2026-02')
    assert.ok(dates.some(({ rule, day }) => rule?.id === 'R3' && day.toString() === '2026-02-01'))
    assert.ok(dates.every(({ day }) => day.toString() >= '2026-02-01' && day.toString() <= '2027-01-31'))
    const days = dates.map(({ day }) => day.toString())
    assert.deepEqual(days, [...days].sort())
  })

  it('says whose each day is: the precept goes to and fro', () => {
    const own = (kind: OrganisationKind) =>
      year(kind, '2026-04')
        .dates.filter(({ rule, own }) => own && precept.includes(rule?.id ?? ''))
        .map(({ rule }) => rule?.id)
    assert.deepEqual(own('office'), ['R3', 'R5', 'R8', 'R7'])
    assert.deepEqual(own('panel'), ['R4', 'R6'])
    assert.deepEqual(own('force'), [])
  })

  it('gives each day with its law and its working, and the working day to plan by where the date does not move', () => {
    const issue = year('office', '2026-04').dates.find(({ rule }) => rule?.id === 'R8')
    assert.equal(issue?.day.toString(), '2027-02-28', 'a Sunday')
    assert.equal(issue.planBy?.toString(), '2027-02-26')
    assert.match(issue.source, /SI 2012\/2271/)
    assert.ok(issue.working.some(line => line.includes('Sunday 28 February 2027')))
  })

  it('gives no day of a rule that was not law: the rules of the precept came with the commissioners', () => {
    assert.deepEqual(daysOf('office', '2011-04', ...precept), [])
    assert.equal(daysOf('office', '2012-04', ...precept).length, 6)
  })

  it('marks an election that the law may still move', () => {
    const [election] = year('panel', '2028-01').dates.filter(({ rule }) => rule === null)
    assert.equal(election?.uncertain, true)
    assert.equal(year('panel', '2024-01').dates.find(({ rule }) => rule === null)?.uncertain, false)
  })

  it('lists apart what has no day, and once what comes every month', () => {
    const { withoutDay, monthly } = year('office', '2026-04')
    const report = withoutDay.find(({ rule }) => rule.id === 'AR-SEND')
    assert.match(report?.when ?? '', /As soon as practicable/)
    assert.match(withoutDay.find(({ rule }) => rule.id === 'FMCP')?.when ?? '', /12 months after the last review/)
    assert.ok(withoutDay.some(({ rule }) => rule.id === 'PLAN-REVIEW'))
    assert.deepEqual(
      monthly.map(({ rule }) => rule.id),
      ['SIO-3F', 'SIO-3G'],
    )
    assert.deepEqual(
      year('panel', '2026-04').withoutDay.map(({ rule }) => rule.id),
      ['AR-MEETING'],
    )
  })
})

describe('the months as they are drawn', () => {
  it('begin their weeks on Monday and mark the days that have something on them', () => {
    const day = Temporal.PlainDate.from('2026-03-11')
    const months = monthsDrawn(month('2026-02'), [{ day, text: 'A duty', href: null, note: null }])
    assert.equal(months.length, 12)
    const [february, march] = months
    assert.deepEqual(february?.weeks[0], [null, null, null, null, null, null, { day: 1, marked: false }])
    assert.equal(february.weeks.flat().filter(each => each !== null).length, 28)
    assert.deepEqual(february.days, [])
    assert.equal(march?.title, 'March 2026')
    assert.deepEqual(
      march.weeks.flat().filter(each => each?.marked),
      [{ day: 11, marked: true }],
    )
    assert.equal(march.days[0]?.words, 'Wed 11')
    assert.equal(months[11]?.title, 'January 2027')
  })
})
