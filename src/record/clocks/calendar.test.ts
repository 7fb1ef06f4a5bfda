import assert from 'node:assert/strict'
import test from 'node:test'
import { addHoliday, isWorkingDay, removeHoliday, workingDayOnOrBefore } from './calendar.ts'
import { dayNumber, dayOf } from './days.ts'
import { loadCalendars } from './load-data.ts'

const calendars = loadCalendars()
const date = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const works = (id: 'EW' | 'UK-any', text: string, among = calendars): boolean =>
  isWorkingDay(among[id], dayNumber(date(text)))

test('every bank holiday of 2014 to 2027 is known, and those of Scotland and Northern Ireland count for requests', () => {
  const of = (id: 'EW' | 'UK-any'): number => calendars[id].holidays.filter(({ date }) => date.year >= 2014).length
  assert.equal(of('EW'), 115)
  assert.equal(of('UK-any'), 115 + 71)
  assert.deepEqual([works('EW', '2026-06-15'), works('UK-any', '2026-06-15')], [true, false])
  assert.deepEqual([works('EW', '2022-09-19'), works('UK-any', '2022-09-19')], [false, false])
})

test('a calendar says from when to when it is known, and where it comes from', () => {
  assert.equal(calendars.EW.knownUntil.toString(), '2027-12-31')
  assert.match(calendars['UK-any'].source, /s\.10\(6\)/)
})

test('a holiday taken in England and Wales enters both calendars, one of Scotland only the other', () => {
  const both = addHoliday(calendars, { date: date('2026-07-20'), name: 'Proclaimed', where: 'England and Wales' })
  assert.deepEqual([works('EW', '2026-07-20', both), works('UK-any', '2026-07-20', both)], [false, false])
  const one = addHoliday(calendars, { date: date('2026-07-20'), name: 'Proclaimed', where: 'Scotland' })
  assert.deepEqual([works('EW', '2026-07-20', one), works('UK-any', '2026-07-20', one)], [true, false])
  assert.ok(works('EW', '2026-07-20'), 'the calendar given is left as it was')
})

test('a day of Scotland may become one of England and Wales too', () => {
  const both = addHoliday(calendars, { date: date('2026-06-15'), name: 'Proclaimed', where: 'England and Wales' })
  assert.ok(!works('EW', '2026-06-15', both))
  assert.equal(both['UK-any'].holidays.filter(holiday => holiday.date.equals(date('2026-06-15'))).length, 1)
})

test('adding and taking away again gives the same working days; what is not there cannot be taken away', () => {
  const day = date('2026-07-20')
  const again = removeHoliday(addHoliday(calendars, { date: day, name: 'Proclaimed', where: 'Scotland' }), day)
  assert.deepEqual(again['UK-any'].workingDays, calendars['UK-any'].workingDays)
  assert.throws(() => removeHoliday(calendars, day), /20 July 2026 is not a bank holiday/)
  const christmas = { date: date('2026-12-25'), name: 'Again', where: 'England and Wales' }
  assert.throws(() => addHoliday(calendars, christmas), /a bank holiday already: Christmas Day/)
})

test('the last working day before Easter Monday is Maundy Thursday', () => {
  const found = workingDayOnOrBefore(calendars.EW, dayNumber(date('2026-04-06')))
  assert.equal(dayOf(found).toString(), '2026-04-02')
})
