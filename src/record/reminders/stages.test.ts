import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { dayOf } from '../clocks/days.ts'
import { addHoliday, loadCalendars } from '../clocks/index.ts'
import { dailyMessage, gatherDuties, toldKey } from './daily-message.ts'
import type { Duty } from './daily-message.ts'
import { isMessageDay, lastDayBeforeNextMessage, stageReached } from './stages.ts'
import type { StageTrack } from './stages.ts'

const calendars = loadCalendars()
const calendar = calendars.EW
const day = (text: string) => Temporal.PlainDate.from(text)
const own: StageTrack = { kind: 'own', daysBefore: 7 }
const nextDay: StageTrack = { kind: 'escalated', afterDays: 1 }

describe('the stages of a deadline', () => {
  const cases: [due: string, today: string, track: StageTrack, stage: string | null, why: string][] = [
    ['2026-03-18', '2026-03-10', own, null, 'eight days before'],
    ['2026-03-18', '2026-03-11', own, 'before', 'seven days before'],
    ['2026-03-18', '2026-03-17', own, 'before', 'still the same stage the day before'],
    ['2026-03-18', '2026-03-18', own, 'on', 'the day'],
    ['2026-03-18', '2026-03-19', own, 'after-0', 'the first working day after'],
    ['2026-03-18', '2026-03-25', own, 'after-0', 'six days later'],
    ['2026-03-18', '2026-03-26', own, 'after-1', 'a week later'],
    ['2026-03-18', '2026-03-19', nextDay, null, 'whoever it goes on to is told after the owner'],
    ['2026-03-18', '2026-03-20', nextDay, 'escalated-0', 'a working day after the first reminder'],
    ['2026-03-18', '2026-03-27', nextDay, 'escalated-1', 'and each week'],
    ['2026-03-18', '2026-03-23', { kind: 'escalated', afterDays: 3 }, null, 'two working days after it'],
    ['2026-03-18', '2026-03-24', { kind: 'escalated', afterDays: 3 }, 'escalated-0', 'three'],
    // A Saturday: seven days before is a Saturday too, so both are told on Fridays.
    ['2026-03-21', '2026-03-13', own, 'before', 'the Friday before the Saturday a week before'],
    ['2026-03-21', '2026-03-20', own, 'on', 'the last working day before'],
    ['2026-03-21', '2026-03-21', own, null, 'nobody is written to on a Saturday'],
    ['2026-03-21', '2026-03-23', own, 'after-0', 'the Monday after'],
    // Easter 2026: Good Friday is 3 April, Easter Monday 6 April.
    ['2026-04-04', '2026-04-01', own, 'before', 'the Wednesday of Holy Week'],
    ['2026-04-04', '2026-04-02', own, 'on', 'Maundy Thursday, for Easter Saturday'],
    ['2026-04-04', '2026-04-03', own, null, 'Good Friday'],
    ['2026-04-04', '2026-04-06', own, null, 'Easter Monday'],
    ['2026-04-04', '2026-04-07', own, 'after-0', 'the Tuesday after Easter'],
    ['2026-04-04', '2026-04-08', nextDay, 'escalated-0', 'the Wednesday'],
    // Christmas 2026: Friday, and Monday 28 December for Boxing Day, a Saturday.
    ['2026-12-25', '2026-12-24', own, 'on', 'Christmas Eve, for Christmas Day'],
    ['2026-12-25', '2026-12-28', own, null, 'the substitute for Boxing Day'],
    ['2026-12-25', '2026-12-29', own, 'after-0', 'the first working day after Christmas'],
    ['2026-12-31', '2027-01-04', own, 'after-0', 'New Year 2027 is a Friday'],
    ['2026-12-18', '2026-12-21', own, 'after-0', 'the Monday'],
    ['2026-12-18', '2026-12-29', own, 'after-1', 'a week after it is the substitute: told the day after'],
    // The clocks change on Sunday 29 March and Sunday 25 October 2026.
    ['2026-03-29', '2026-03-27', own, 'on', 'the Friday before the short Sunday'],
    ['2026-03-29', '2026-03-30', own, 'after-0', 'the Monday after it'],
    ['2026-10-25', '2026-10-23', own, 'on', 'the Friday before the long Sunday'],
    ['2026-10-25', '2026-10-26', own, 'after-0', 'the Monday after it'],
    ['2026-03-18', '2026-03-17', { kind: 'own', daysBefore: 0 }, null, 'nothing before where nobody wants it'],
    ['1026-03-18', '2026-03-18', own, 'after-2932', 'a year typed wrongly is overdue, not a fault'],
  ]
  for (const [due, today, track, stage, why] of cases) {
    it(`due ${due}, on ${today}: ${stage ?? 'nothing'} (${why})`, () => {
      assert.equal(stageReached(calendar, day(due), day(today), track), stage)
    })
  }

  it('knows a bank holiday that was added', () => {
    const { EW } = addHoliday(calendars, { date: day('2026-03-18'), name: 'A day', where: 'England and Wales' })
    assert.equal(stageReached(EW, day('2026-03-18'), day('2026-03-17'), own), 'on')
    assert.equal(stageReached(EW, day('2026-03-18'), day('2026-03-18'), own), null)
  })

  it('counts what is due until the next working day as not to wait', () => {
    assert.deepEqual(lastDayBeforeNextMessage(calendar, day('2026-04-02')), day('2026-04-06'))
    assert.deepEqual(lastDayBeforeNextMessage(calendar, day('2026-04-08')), day('2026-04-08'))
  })
})

const days = fc.integer({ min: 19_000, max: 21_500 }).map(dayOf)
const tracks: fc.Arbitrary<StageTrack> = fc.oneof(
  fc.record({ kind: fc.constant('own' as const), daysBefore: fc.nat(60) }),
  fc.record({ kind: fc.constant('escalated' as const), afterDays: fc.integer({ min: 1, max: 60 }) }),
)

function duty(due: Temporal.PlainDate, track: StageTrack): Duty {
  const concern = track.kind === 'own' ? { ...track, tellBefore: true } : track
  return { areaId: 1, clockId: 'clock', due, calendar, concern }
}

/** What is told over a stretch of days on some of which the program did not run. */
function toldOver(due: Temporal.PlainDate, track: StageTrack, runs: readonly boolean[]) {
  const told = new Set<string>()
  const stages: { stage: string; on: Temporal.PlainDate }[] = []
  for (const [at, ran] of runs.entries()) {
    const today = due.subtract({ days: 70 }).add({ days: at })
    const message = ran ? dailyMessage([duty(due, track)], today, told) : null
    for (const { duty: each, stage } of message?.tells ?? []) {
      stages.push({ stage, on: today })
      told.add(toldKey(each, stage))
    }
  }
  return stages
}

describe('over any days on which the program ran or did not', () => {
  const runs = fc.array(fc.boolean(), { minLength: 150, maxLength: 150 })

  it('nobody is written to at a weekend or on a bank holiday', () => {
    fc.assert(
      fc.property(days, tracks, runs, (due, track, ran) => {
        for (const { on } of toldOver(due, track, ran)) assert.ok(isMessageDay(calendar, on), on.toString())
      }),
    )
  })

  it('no stage is told twice, and none before one that comes earlier', () => {
    const place = (stage: string) => {
      const number = Number(stage.split('-')[1] ?? 0)
      return stage === 'before' ? -2 : stage === 'on' ? -1 : number
    }
    fc.assert(
      fc.property(days, tracks, runs, (due, track, ran) => {
        const places = toldOver(due, track, ran).map(({ stage }) => place(stage))
        assert.deepEqual(
          places,
          [...new Set(places)].toSorted((a, b) => a - b),
        )
      }),
    )
  })

  it('every stage is told once where it ran each day', () => {
    fc.assert(
      fc.property(days, tracks, (due, track) => {
        const stages = toldOver(
          due,
          track,
          Array.from({ length: 150 }, () => true),
        ).map(({ stage }) => stage)
        const weeks = stages.filter(stage => stage.includes('-')).length
        const name = track.kind === 'own' ? 'after' : 'escalated'
        const before = track.kind === 'own' ? [...(track.daysBefore > 0 ? ['before'] : []), 'on'] : []
        const expected = [...before, ...Array.from({ length: weeks }, (_, week) => `${name}-${week}`)]
        // Where the first stage and the day share a working day, the day alone is told.
        assert.ok(
          [expected, expected.filter(stage => stage !== 'before')].some(each => each.join() === stages.join()),
          stages.join(),
        )
        assert.ok(track.kind === 'escalated' || weeks >= 10)
      }),
    )
  })

  it('a stage that was reached while it stood still is told on the next day it runs', () => {
    fc.assert(
      fc.property(days, tracks, runs, (due, track, ran) => {
        const stages = toldOver(due, track, ran)
        const last = ran.findLastIndex((run, at) => run && isMessageDay(calendar, due.subtract({ days: 70 - at })))
        const reached = last === -1 ? null : stageReached(calendar, due, due.subtract({ days: 70 - last }), track)
        assert.equal(stages.at(-1)?.stage ?? null, reached)
      }),
    )
  })
})

describe('the message of a day', () => {
  const today = day('2026-03-13')
  const of = (due: string, concern: Duty['concern'] = { kind: 'own', daysBefore: 7, tellBefore: true }): Duty => ({
    ...duty(day(due), own),
    clockId: due,
    concern,
  })

  it('comes only where something reached a stage, and then gathers everything', () => {
    const duties = [of('2026-03-02'), of('2026-03-14'), of('2026-03-19'), of('2026-04-30')]
    const told = new Set(
      duties.slice(0, 3).flatMap(each => ['before', 'on', 'after-0', 'after-1'].map(stage => toldKey(each, stage))),
    )
    assert.equal(dailyMessage(duties, today, told), null)
    const more = of('2026-03-20')
    const message = dailyMessage([...duties, more], today, told)
    assert.deepEqual(
      message?.tells.map(({ duty: { clockId }, stage }) => [clockId, stage]),
      [['2026-03-20', 'before']],
    )
    const headings = Object.entries(message?.groups ?? {}).map(([heading, found]) => [
      heading,
      found.map(({ clockId }) => clockId),
    ])
    assert.deepEqual(Object.fromEntries(headings), {
      escalated: [],
      overdue: ['2026-03-02'],
      today: ['2026-03-14'],
      soon: ['2026-03-19', '2026-03-20'],
    })
  })

  it('never holds what it tells outside every heading', () => {
    fc.assert(
      fc.property(days, days, tracks, (due, now, track) => {
        const message = dailyMessage([duty(due, track)], now, new Set())
        if (message === null) return
        assert.equal(Object.values(message.groups).flat().length, 1)
      }),
    )
  })

  it('leaves out what comes before for whoever does not want it, and never what is overdue', () => {
    const quiet = { kind: 'own', daysBefore: 7, tellBefore: false } as const
    assert.equal(dailyMessage([of('2026-03-18', quiet)], today, new Set()), null)
    assert.ok(dailyMessage([of('2026-03-13', quiet)], today, new Set()))
    assert.ok(dailyMessage([of('2026-03-12', quiet)], today, new Set()))
  })

  it('tells a deadline that moved anew', () => {
    const told = new Set([toldKey(of('2026-03-17'), 'before')])
    const moved = { ...of('2026-03-18'), clockId: '2026-03-17' }
    assert.equal(dailyMessage([of('2026-03-17')], today, told), null)
    assert.ok(dailyMessage([moved], today, told))
  })

  it('puts what went on to somebody under its own heading', () => {
    const groups = gatherDuties([of('2026-03-09', { kind: 'escalated', afterDays: 1 })], today)
    assert.equal(groups.escalated.length, 1)
    assert.equal(groups.overdue.length, 0)
  })
})
