import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../platform/access/viewer.ts'
import type { Trx } from '../platform/database/tables.ts'
import {
  cancelClock,
  cancelDuty,
  extendClock,
  handOverClock,
  leaveOutDays,
  moveClockStart,
  pauseClock,
  resumeClock,
} from './clock-changes.ts'
import { standingOf } from './clock-rows.ts'
import type { RunningClock } from './clock-rows.ts'
import { stopClock } from './clock-store.ts'
import { historyOf } from './history.ts'
import { declareKinds } from './kinds.ts'
import { publishRecord } from './publish.ts'
import type { Act, RecordKey } from './record.ts'
import { changeRecord } from './records.ts'
import { clockStory, day } from './testing-clocks.ts'
import { testWorld } from './testing.ts'
import type { TestWorld } from './testing.ts'
import { noteModule } from './testing-kind.ts'

declareKinds([noteModule])

describe('a running clock', () => {
  let world: TestWorld
  let officer: Viewer
  let liaison: Viewer
  let clerk: Viewer
  const from = day('2026-03-02')
  before(async () => {
    world = await testWorld()
    officer = world.viewer(world.office, 'policy-lead')
    liaison = world.viewer(world.force, 'liaison')
    clerk = world.viewer(world.panel, 'panel-clerk')
  })
  after(() => world.close())
  const { start, clockOn, dueOf } = clockStory(() => world)

  const doing = (deed: (trx: Trx, act: Act) => Promise<unknown>, viewer = officer) => world.as(viewer, deed)
  const pause = (clock: RunningClock, on: string) =>
    doing((trx, act) => pauseClock(trx, act, clock, day(on), 'asked what is meant'))
  const resume = (clock: RunningClock, on: string) =>
    doing((trx, act) => resumeClock(trx, act, clock, day(on), 'they answered'))
  const moves = async (record: RecordKey, event: string) =>
    (await doingHistory(record))
      .filter(line => line.kind === `note.${event}`)
      .map(({ payload }) => [payload?.['was'], payload?.['now'], payload?.['why']])
  const doingHistory = (record: RecordKey) => world.as(officer, trx => historyOf(trx, record))

  it('stands still while it is paused, has no day, and runs again by as many working days', async () => {
    const { record, clock } = await start(officer, 'FOI-20', { from })
    assert.equal(clock.due?.toString(), '2026-03-31', 'St Patrick’s Day is left out')
    await pause(clock, '2026-03-05')
    const paused = await clockOn(officer, record)
    assert.equal(paused?.state, 'paused')
    assert.equal(paused.due, null)
    assert.equal(await dueOf(officer, record), null)
    assert.equal(standingOf(paused, day('2030-01-01'), null).state, 'not-due')
    await resume(clock, '2026-03-09')
    const running = await clockOn(officer, record)
    assert.equal(running?.state, 'running')
    assert.equal(running.due?.toString(), '2026-04-02', 'two working days later')
    assert.equal(await dueOf(officer, record), '2026-04-02')
    assert.match(running.working.join(' '), /Thursday 5 March 2026 to Sunday 8 March 2026 \(4 days\) are left out/)
    assert.deepEqual(await moves(record, 'clock-paused'), [['2026-03-31', null, 'asked what is meant']])
    assert.deepEqual(await moves(record, 'clock-resumed'), [[null, '2026-04-02', 'they answered']])
    assert.equal(running.sequence > clock.sequence, true, 'calendars take the newer')
  })

  it('is as it was where the pause ends on the day it began', async () => {
    const { record, clock } = await start(officer, 'FOI-20', { from })
    await pause(clock, '2026-03-05')
    await resume(clock, '2026-03-05')
    assert.equal((await clockOn(officer, record))?.due?.toString(), '2026-03-31')
  })

  it('refuses a pause that makes no sense, and stays as it was', async () => {
    const { record, clock } = await start(officer, 'FOI-20', { from })
    await assert.rejects(pause(clock, '2026-02-27'), /before the clock does on 2 March 2026/)
    await assert.rejects(pause(clock, '2026-03-12'), /from today or an earlier day/)
    await assert.rejects(resume(clock, '2026-03-10'), /not paused/)
    await pause(clock, '2026-03-05')
    await assert.rejects(pause(clock, '2026-03-06'), /paused already/)
    await assert.rejects(resume(clock, '2026-03-04'), /ends on 4 March 2026, before it starts on 5 March 2026/)
    await assert.rejects(resume(clock, '2026-03-12'), /from today or an earlier day/)
    await resume(clock, '2026-03-09')
    await assert.rejects(pause(clock, '2026-03-06'), /overlap/)
    assert.equal((await clockOn(officer, record))?.due?.toString(), '2026-04-02')
    const back = await start(officer, 'AGENDA-E', { from: day('2026-03-20') })
    await assert.rejects(pause(back.clock, '2026-03-20'), /cannot be paused/)
  })

  it('that is late already cannot be paused out of sight', async () => {
    const { record, clock } = await start(officer, 'QUESTION-PCC', { from: day('2026-02-02') })
    assert.equal(clock.due?.toString(), '2026-02-16')
    await assert.rejects(pause(clock, '2026-02-17'), /last day was 16 February 2026/)
    assert.equal((await clockOn(officer, record))?.state, 'running')
    await pause(clock, '2026-02-16')
    assert.equal((await clockOn(officer, record))?.state, 'paused')
  })

  it('whose pause never ends has no day, years later too', async () => {
    const { record, clock } = await start(officer, 'FOI-20', { from })
    await pause(clock, '2026-03-05')
    const paused = await clockOn(officer, record)
    assert.ok(paused)
    assert.equal(standingOf(paused, day('2035-01-01'), null).reason, 'The clock stands still.')
    assert.match(paused.working.join(' '), /has stood still since Thursday 5 March 2026/)
  })

  it('is extended with its ground, once, and only where its rule says so', async () => {
    const { record, clock } = await start(officer, 'EIR-20', { from })
    assert.equal(clock.due?.toString(), '2026-03-31', 'St Patrick’s Day is left out')
    await doing((trx, act) => extendClock(trx, act, clock, 'eleven thousand pages'))
    const extended = await clockOn(officer, record)
    assert.equal(extended?.due?.toString(), '2026-04-30')
    assert.equal(extended.extensionGround, 'eleven thousand pages')
    assert.equal(await dueOf(officer, record), '2026-04-30')
    await assert.rejects(
      doing((trx, act) => extendClock(trx, act, clock, 'once more')),
      /extended already/,
    )
    assert.deepEqual(await moves(record, 'clock-extended'), [['2026-03-31', '2026-04-30', 'eleven thousand pages']])
    const other = await start(officer, 'QUESTION-PCC', { from })
    await assert.rejects(
      doing((trx, act) => extendClock(trx, act, other.clock, 'we are busy')),
      /Nothing extends QUESTION-PCC/,
    )
    assert.equal((await clockOn(officer, other.record))?.extensionGround, null)
  })

  it('leaves out the days after an election', async () => {
    const { record, clock } = await start(officer, 'HEAR-CC', { from })
    assert.equal(clock.due?.toString(), '2026-03-22')
    const days = { from: day('2026-03-10'), to: day('2026-03-13'), why: 'the time after the election' }
    await doing((trx, act) => leaveOutDays(trx, act, clock, days))
    const later = await clockOn(officer, record)
    assert.equal(later?.due?.toString(), '2026-03-26')
    assert.match(later.working.join(' '), /the time after the election/)
    await assert.rejects(
      doing((trx, act) => leaveOutDays(trx, act, clock, days)),
      /overlap on 10 March 2026/,
    )
  })

  it('counts from the day its meeting moved to; one whose due was agreed stays', async () => {
    const { record } = await start(officer, 'AGENDA-E', { from: day('2026-04-24') })
    await doing((trx, act) => moveClockStart(trx, act, record, 'AGENDA-E', day('2026-05-08'), 'the meeting moved'))
    const moved = await clockOn(officer, record)
    assert.equal(moved?.startedOn?.toString(), '2026-05-08')
    assert.equal(moved.due?.toString(), '2026-04-29', 'the early May bank holiday lies between')
    assert.deepEqual(await moves(record, 'clock-moved'), [['2026-04-16', '2026-04-29', 'the meeting moved']])
    const agreed = await start(officer, 'QUESTION-PCC', { from }, { agreed: { kind: 'date', date: day('2026-04-30') } })
    await doing((trx, act) => moveClockStart(trx, act, agreed.record, 'QUESTION-PCC', day('2026-03-09'), 'moved'))
    assert.equal(await dueOf(officer, agreed.record), '2026-04-30')
    await assert.rejects(pause(agreed.clock, '2026-03-05'), /A date was agreed/)
  })

  it('keeps a condition as one: the day is when to look again', async () => {
    const { record, clock } = await start(officer, 'ACTION', { from })
    assert.equal(clock.due?.toString(), '2026-03-30')
    const due = { kind: 'condition', condition: 'once the review is over', lookAgain: day('2026-03-30') } as const
    await doing((trx, act) => changeRecord(trx, act, record, null, { due }, { kind: 'changed' }))
    assert.equal((await clockOn(officer, record))?.agreed, false, 'the same day')
    await pause(clock, '2026-03-05')
    await resume(clock, '2026-03-07')
    assert.equal(await dueOf(officer, record), 'condition 2026-04-01')
  })

  it('that is cancelled says why and takes its due with it; one that makes room for another leaves it', async () => {
    const given = await start(officer, 'QUESTION-PCC', { from })
    await doing((trx, act) => cancelDuty(trx, act, given.clock, 'the question was a duplicate'))
    const cancelled = await clockOn(officer, given.record)
    assert.ok(cancelled)
    const standing = standingOf(cancelled, day('2027-01-01'), null)
    assert.deepEqual([standing.state, standing.reason], ['not-applicable', 'the question was a duplicate'])
    assert.equal(await dueOf(officer, given.record), null)
    await assert.rejects(
      doing((trx, act) => cancelClock(trx, act, given.clock, 'again')),
      /does not run any more/,
    )
    const replaced = await start(officer, 'QUESTION-PCC', { from })
    await doing((trx, act) => cancelClock(trx, act, replaced.clock, 'another begins'))
    assert.equal(await dueOf(officer, replaced.record), '2026-03-16')
  })

  it('is handed to another owner, with the reason, and keeps its day', async () => {
    const { record, clock } = await start(officer, 'QUESTION-PCC', { from }, { owner: { role: 'chief-executive' } })
    await doing((trx, act) =>
      handOverClock(trx, act, clock, { role: 'policy-lead', personId: null }, 'the appointment ended'),
    )
    const now = await clockOn(officer, record)
    assert.deepEqual(now?.owner, { role: 'policy-lead', personId: null })
    assert.equal(now.due?.toString(), '2026-03-16')
    const [line] = (await doingHistory(record)).filter(each => each.kind === 'note.clock-handed-over')
    assert.deepEqual(line?.payload?.['from'], { role: 'chief-executive', personId: null })
  })

  it('that is stopped late stays late, and cannot be paused afterwards', async () => {
    const { record, clock } = await start(officer, 'QUESTION-PCC', { from: day('2026-02-02') })
    await doing((trx, act) => stopClock(trx, act, record, 'QUESTION-PCC', 'answered'))
    const stopped = await clockOn(officer, record)
    assert.ok(stopped)
    assert.deepEqual(standingOf(stopped, day('2026-03-11'), null), { state: 'kept-late', reason: null, days: -23 })
    await assert.rejects(pause(clock, '2026-02-10'), /does not run any more/)
  })

  it('is changed by nobody who neither holds the record nor owes', async () => {
    const owner = { organisationId: world.force.id, role: 'chief-constable' }
    const { clock } = await start(officer, 'QUESTION-CC', { from }, { owner })
    await assert.rejects(
      doing((trx, act) => pauseClock(trx, act, clock, day('2026-03-05'), 'mine'), clerk),
      /not there any more/,
    )
    await doing(
      (trx, act) => handOverClock(trx, act, clock, { role: 'chief-officer', personId: null }, 'a deputy takes it'),
      liaison,
    )
  })

  it('takes its public entry with it: due and working follow, and the day before stays readable', async () => {
    const { record, clock } = await start(officer, 'EIR-20', { from }, { title: 'A published note' })
    await world.as(officer, (trx, act) => publishRecord(trx, act, record))
    const later = Temporal.Instant.from('2026-03-11T12:00:00Z')
    await world.as(officer, (trx, act) => extendClock(trx, act, clock, 'eleven thousand pages'), { now: later })
    const entries = await world.database.public
      .selectFrom('published.entry')
      .select(['due_date', 'clocks'])
      .where('record_id', '=', record.id)
      .orderBy('valid_from')
      .execute()
    assert.deepEqual(
      entries.map(entry => [entry.due_date?.toString(), entry.clocks[0]?.due]),
      [
        ['2026-03-31', '2026-03-31'],
        ['2026-04-30', '2026-04-30'],
      ],
    )
  })
})
