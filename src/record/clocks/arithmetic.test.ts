import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import * as arithmetic from './arithmetic.ts'
import { addHoliday, isWorkingDay } from './calendar.ts'
import { dayNumber, dayOf } from './days.ts'
import { loadCalendars } from './load-data.ts'

const calendars = loadCalendars()
const day = (text: string): number => dayNumber(Temporal.PlainDate.from(text))
const text = (number: number): string => dayOf(number).toString()

test('the day itself is day 1, or the day after is', () => {
  assert.equal(text(arithmetic.beginningWith(day('2025-10-10'), 56)), '2025-12-04')
  assert.equal(text(arithmetic.startingDayAfter(day('2025-04-01'), 28)), '2025-04-29')
})

test('days of a gap are left out, and a gap that the lengthening runs into is left out as well', () => {
  const gaps = [
    { first: day('2026-01-07'), last: day('2026-01-08') },
    { first: day('2026-01-12'), last: day('2026-01-12') },
  ]
  assert.equal(text(arithmetic.beginningWith(day('2026-01-05'), 7, gaps)), '2026-01-14')
})

test('a gap already running at the start leaves out only what lies in the period', () => {
  const gap = [{ first: day('2024-05-02'), last: day('2024-05-08') }]
  assert.equal(text(arithmetic.weeksBeginningWith(day('2024-05-06'), 3, gap)), '2024-05-29')
})

test('a month with no such date ends on its last day', () => {
  assert.equal(text(arithmetic.monthsBeginningWith(day('2025-01-31'), 1)), '2025-02-28')
  assert.equal(text(arithmetic.monthsBeginningWith(day('2025-10-15'), 1)), '2025-11-14')
  assert.equal(text(arithmetic.correspondingDate(day('2024-02-29'), 12)), '2025-02-28')
})

test('a period that begins on Christmas Eve counts it and leaves out what follows', () => {
  const { EW } = calendars
  assert.equal(text(arithmetic.nthWorkingDayBeginningWith(EW, day('2025-12-24'), 2)), '2025-12-29')
  assert.equal(text(arithmetic.nthWorkingDayAfter(EW, day('2025-12-24'), 1)), '2025-12-29')
})

test('the end of the month or quarter that holds a day', () => {
  assert.equal(text(arithmetic.periodEnd(day('2024-02-10'), 'month')), '2024-02-29')
  assert.equal(text(arithmetic.periodEnd(day('2026-10-01'), 'quarter')), '2026-12-31')
})

const anyDay = fc.integer({ min: day('2014-01-01'), max: day('2027-10-01') })
const length = fc.integer({ min: 1, max: 60 })
const gap = fc.tuple(anyDay, fc.integer({ min: 0, max: 40 })).map(([first, more]) => ({ first, last: first + more }))

/** The slow way: walk the days one by one. */
function walk(start: number, count: number, counts: (day: number) => boolean): number {
  let seen = 0
  for (let at = start; ; at++) if (counts(at) && ++seen === count) return at
}

test('counting by index agrees with walking day by day, gap and all', () => {
  fc.assert(
    fc.property(anyDay, length, gap, (start, days, left) => {
      const calendar = calendars['UK-any']
      const inGap = (at: number): boolean => at >= left.first && at <= left.last
      assert.equal(
        arithmetic.nthWorkingDayAfter(calendar, start, days, [left]),
        walk(start + 1, days, at => isWorkingDay(calendar, at) && !inGap(at)),
      )
      assert.equal(
        arithmetic.beginningWith(start, days, [left]),
        walk(start, days, at => !inGap(at)),
      )
    }),
  )
})

test('a count of working days never ends on a day the calendar leaves out', () => {
  fc.assert(
    fc.property(anyDay, length, (start, days) => {
      const { EW } = calendars
      for (const end of [
        arithmetic.nthWorkingDayAfter(EW, start, days),
        arithmetic.nthWorkingDayBeginningWith(EW, start, days),
        arithmetic.nthWorkingDayBefore(EW, start, days),
        arithmetic.clearWorkingDays(EW, start, days),
        arithmetic.rollForward(EW, start),
      ]) {
        assert.ok(isWorkingDay(EW, end))
      }
    }),
  )
})

test('one more holiday never brings a forward count earlier, nor a backward count later', () => {
  fc.assert(
    fc.property(anyDay, length, anyDay, (start, days, off) => {
      const { EW } = calendars
      fc.pre(isWorkingDay(calendars['UK-any'], off))
      const more = addHoliday(calendars, { date: dayOf(off), name: 'Proclaimed', where: 'England and Wales' }).EW
      assert.ok(arithmetic.nthWorkingDayAfter(more, start, days) >= arithmetic.nthWorkingDayAfter(EW, start, days))
      assert.ok(arithmetic.rollForward(more, start) >= arithmetic.rollForward(EW, start))
      assert.ok(arithmetic.clearWorkingDays(more, start, days) <= arithmetic.clearWorkingDays(EW, start, days))
    }),
    { numRuns: 40 },
  )
})

test('there are always the clear days between publication and meeting, and one day later there are not', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 10 }), (meeting, days) => {
      const { EW } = calendars
      const clear = (published: number): number => {
        let count = 0
        for (let at = published + 1; at < meeting; at++) if (isWorkingDay(EW, at)) count++
        return count
      }
      const published = arithmetic.clearWorkingDays(EW, meeting, days)
      assert.equal(clear(published), days)
      assert.equal(clear(arithmetic.nthWorkingDayAfter(EW, published, 1)), days - 1)
    }),
  )
})
