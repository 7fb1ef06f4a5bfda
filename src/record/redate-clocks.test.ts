import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { Viewer } from '../platform/access/viewer.ts'
import { inTransaction } from '../platform/database/transaction.ts'
import { addArea } from './areas.ts'
import { pauseClock } from './clock-changes.ts'
import { calendarChanges } from './clock-basis.ts'
import { stopClock } from './clock-store.ts'
import { historyOf, verifyHistory } from './history.ts'
import { declareKinds } from './kinds.ts'
import { publishRecord } from './publish.ts'
import type { RecordKey } from './record.ts'
import { changeCalendar } from './redate-clocks.ts'
import { clockStory, day } from './testing-clocks.ts'
import { testWorld } from './testing.ts'
import type { TestWorld } from './testing.ts'
import { noteModule } from './testing-kind.ts'

declareKinds([noteModule])

describe('a bank holiday proclaimed after clocks have started', () => {
  let world: TestWorld
  let officer: Viewer
  let liaison: Viewer
  let clerk: Viewer
  const from = day('2026-03-02')
  before(async () => {
    world = await testWorld()
    officer = world.viewer(world.office, 'administrator')
    liaison = world.viewer(world.force, 'liaison')
    clerk = world.viewer(world.panel, 'panel-clerk')
  })
  after(() => world.close())
  const { start, clockOn, dueOf } = clockStory(() => world)

  const jubilee = { date: day('2026-03-13'), name: 'A jubilee', whereTaken: 'England and Wales', source: 'The Gazette' }
  const proclaim = (change: 'added' | 'removed', holiday: object = {}, areaId = 1) =>
    world.as(officer, (trx, act) => changeCalendar(trx, act, areaId, { ...jubilee, ...holiday, change }))
  const dayOf = async (viewer: Viewer, record: RecordKey) => (await clockOn(viewer, record))?.due?.toString()
  beforeEach(() =>
    inTransaction(world.database.program, [world.office.id, world.force.id, world.panel.id], async trx => {
      await trx.deleteFrom('calendar_change').execute()
      await trx.deleteFrom('clock').execute()
    }),
  )

  it('moves what counts across it, in every organisation, and nothing else', async () => {
    const office = await start(officer, 'QUESTION-PCC', { from })
    const force = await start(liaison, 'ACTION', { from })
    const panel = await start(clerk, 'QUESTION-PCC', { from: day('2026-03-06') })
    const before13 = await start(officer, 'QUESTION-PCC', { from: day('2026-02-20') })
    const after13 = await start(officer, 'QUESTION-PCC', { from: day('2026-03-13') })
    const notice = await start(clerk, 'AGENDA-E', { from: day('2026-03-20') })
    const agreed = await start(officer, 'QUESTION-PCC', { from }, { agreed: { kind: 'date', date: day('2026-03-31') } })
    const stopped = await start(officer, 'QUESTION-PCC', { from })
    await world.as(officer, (trx, act) => stopClock(trx, act, stopped.record, 'QUESTION-PCC', 'answered'))
    const moved = await proclaim('added')
    assert.equal(await dayOf(officer, office.record), '2026-03-17', 'was 16 March')
    assert.equal(await dueOf(officer, office.record), '2026-03-17', 'the record follows')
    assert.equal(await dayOf(clerk, panel.record), '2026-03-23', 'was 20 March')
    assert.equal(await dayOf(clerk, notice.record), '2026-03-11', 'counted backwards, a day earlier than 12 March')
    for (const [viewer, { record, clock }] of [
      [liaison, force],
      [officer, before13],
      [officer, after13],
      [officer, agreed],
      [officer, stopped],
    ] as const) {
      assert.equal(await dayOf(viewer, record), clock.due?.toString())
      assert.equal(
        (await clockOn(viewer, record))?.working.join(),
        clock.state === 'running' ? clock.working.join() : '',
      )
    }
    const ids = new Set(moved.map(({ clock }) => clock.id))
    assert.deepEqual(ids, new Set([office.clock.id, panel.clock.id, notice.clock.id]))
  })

  it('is told in the working and kept in the history with the day before', async () => {
    const { record, clock } = await start(officer, 'QUESTION-PCC', { from })
    await proclaim('added')
    const redated = await clockOn(officer, record)
    assert.match(redated?.working.join(' ') ?? '', /Friday 13 March 2026 is left out: A jubilee \(England and Wales\)/)
    assert.equal(redated?.sequence, clock.sequence + 1)
    const lines = await world.as(officer, trx => historyOf(trx, record))
    const line = lines.find(each => each.kind === 'note.clock-redated')
    assert.deepEqual(
      [line?.payload?.['clock'], line?.payload?.['was'], line?.payload?.['now']],
      [clock.id, '2026-03-16', '2026-03-17'],
    )
    assert.match(String(line?.payload?.['why']), /A jubilee/)
    const all = [world.office.id, world.force.id, world.panel.id]
    const verified = await inTransaction(world.database.program, all, trx => verifyHistory(trx))
    assert.deepEqual(verified.broken, [])
  })

  it('twice proclaimed is refused, and so is the withdrawal of a day that is none', async () => {
    await proclaim('added')
    await assert.rejects(
      proclaim('added', { name: 'The same again' }),
      /13 March 2026 is a bank holiday already: A jubilee/,
    )
    await assert.rejects(proclaim('removed', { date: day('2026-03-18') }), /is not a bank holiday/)
    const changes = await world.as(officer, trx => calendarChanges(trx, 1))
    assert.equal(changes.length, 1)
  })

  it('withdrawn again brings every day back', async () => {
    const { record, clock } = await start(officer, 'QUESTION-PCC', { from })
    await proclaim('added')
    assert.equal(await dayOf(officer, record), '2026-03-17')
    await proclaim('removed')
    const back = await clockOn(officer, record)
    assert.equal(back?.due?.toString(), '2026-03-16')
    assert.deepEqual(back.working, clock.working)
    assert.equal(await dueOf(officer, record), '2026-03-16')
  })

  it('of Scotland moves information requests alone', async () => {
    const request = await start(officer, 'FOI-20', { from })
    const question = await start(officer, 'QUESTION-PCC', { from })
    await proclaim('added', { whereTaken: 'Scotland' })
    assert.equal(await dayOf(officer, request.record), '2026-04-01')
    assert.equal(await dayOf(officer, question.record), '2026-03-16')
  })

  it('on a Saturday moves nothing', async () => {
    const { record } = await start(officer, 'QUESTION-PCC', { from })
    assert.deepEqual(await proclaim('added', { date: day('2026-03-14') }), [])
    assert.equal(await dayOf(officer, record), '2026-03-16')
  })

  it('moves the day to plan by of a date that itself does not move', async () => {
    const { record, clock } = await start(officer, 'HMICFRS-56', { from: day('2026-01-18') })
    assert.equal(clock.due?.toString(), '2026-03-14', 'a Saturday')
    assert.equal(clock.planBy?.toString(), '2026-03-13')
    await proclaim('added')
    const now = await clockOn(officer, record)
    assert.deepEqual([now?.due?.toString(), now?.planBy?.toString()], ['2026-03-14', '2026-03-12'])
  })

  it('leaves a paused clock without a day', async () => {
    const { record, clock } = await start(officer, 'QUESTION-PCC', { from })
    await world.as(officer, (trx, act) => pauseClock(trx, act, clock, day('2026-03-05'), 'asked'))
    await proclaim('added')
    assert.deepEqual([await dayOf(officer, record), (await clockOn(officer, record))?.state], [undefined, 'paused'])
  })

  it('of one area leaves the others alone; of all areas moves them all', async () => {
    await inTransaction(world.database.program, null, trx =>
      addArea(trx, {
        id: 2,
        slug: 'elsewhere',
        name: 'Elsewhere',
        kind: 'area',
        office_title: 'Police and Crime Commissioner',
        historical: false,
        demonstration: false,
        as_at: null,
        banner: null,
      }),
    )
    const { record } = await start(officer, 'QUESTION-PCC', { from })
    await proclaim('added', {}, 2)
    assert.equal(await dayOf(officer, record), '2026-03-16')
    await assert.rejects(proclaim('added', {}, 0), /already/)
    await proclaim('added', { date: day('2026-03-12') }, 0)
    assert.equal(await dayOf(officer, record), '2026-03-17')
  })

  it('takes published entries with it', async () => {
    const { record } = await start(officer, 'QUESTION-PCC', { from }, { title: 'A published note' })
    await world.as(officer, (trx, act) => publishRecord(trx, act, record))
    const later = { now: Temporal.Instant.from('2026-03-11T15:00:00Z') }
    await world.as(officer, (trx, act) => changeCalendar(trx, act, 1, { ...jubilee, change: 'added' }), later)
    const rows = await world.database.public
      .selectFrom('published.entry')
      .select(['due_date', 'clocks'])
      .where('record_id', '=', record.id)
      .orderBy('valid_from')
      .execute()
    assert.deepEqual(
      rows.map(row => row.due_date?.toString()),
      ['2026-03-16', '2026-03-17'],
    )
    assert.match(rows[1]?.clocks[0]?.working.join(' ') ?? '', /A jubilee/)
  })

  it('shows another organisation nothing of what it moved', async () => {
    const { record } = await start(officer, 'QUESTION-PCC', { from })
    await proclaim('added')
    assert.equal(await clockOn(clerk, record), undefined)
    assert.deepEqual(await world.as(clerk, trx => historyOf(trx, record)), [])
  })
})
