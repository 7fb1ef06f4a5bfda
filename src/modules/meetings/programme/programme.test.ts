import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { findRecord } from '../../../record/records.ts'
import { moveMeeting, withdrawItem, writeMinute } from '../index.ts'
import { circulateMinutes, deferItem, publishAgenda, startMinutes } from '../index.ts'
import { itemsOf } from '../agenda/queries.ts'
import { day, makeCast, noon, planMeeting, visit, visitPublic } from '../testing.ts'
import type { Cast } from '../testing.ts'
import { addProgrammeItem, placeOnAgenda, scheduleItem } from './programme-items.ts'
import { findProgrammeItem, movesOf } from './queries.ts'
import { isDeferral, nextInWords, placingObstacles, schedulingObstacles } from './rules.ts'
import type { NextReport, ProgrammeFacts } from './rules.ts'
import { placeStandingItems } from './standing-items.ts'

const next = (date: string | null, words: string | null = null): NextReport => ({
  meeting: null,
  date: date === null ? null : day(date),
  words,
})

describe('when an item of the work programme comes next', () => {
  const cases: [NextReport, NextReport, boolean][] = [
    [next('2026-03-10'), next('2026-04-10'), true],
    [next('2026-03-10'), next(null, 'To be confirmed'), true],
    [next('2026-03-10'), next('2026-03-01'), false],
    [next(null), next('2026-04-10'), false],
    [next('2026-03-10'), next('2026-03-10', 'in the afternoon'), false],
  ]
  for (const [was, becomes, deferred] of cases) {
    it(`${nextInWords(was)} to ${nextInWords(becomes)}: ${deferred ? 'put off' : 'not put off'}`, () => {
      assert.equal(isDeferral(was, becomes), deferred)
    })
  }

  it('is put off with a reason only, and goes on the agenda of its own body only', () => {
    const facts: ProgrammeFacts = { state: 'programmed', form: 'report', bodyId: 'b', next: next('2026-03-10') }
    assert.equal(schedulingObstacles(facts, next('2026-05-10'), null).length, 1)
    assert.deepEqual(schedulingObstacles(facts, next('2026-05-10'), 'The report is not ready'), [])
    assert.deepEqual(placingObstacles(facts, { bodyId: 'b', state: 'planned' }), [])
    assert.equal(placingObstacles(facts, { bodyId: 'other', state: 'planned' }).length, 1)
    assert.equal(placingObstacles({ ...facts, form: 'briefing-note' }, { bodyId: 'b', state: 'planned' }).length, 1)
    assert.equal(placingObstacles({ ...facts, state: 'reported' }, { bodyId: 'b', state: 'held' }).length, 2)
  })
})

describe('the work programme of a body', () => {
  let cast: Cast
  before(async () => {
    cast = await makeCast()
  })
  after(() => cast.close())

  const add = (title: string, more: Partial<Parameters<typeof addProgrammeItem>[2]> = {}) =>
    cast.world.as(cast.clerk, (trx, act) =>
      addProgrammeItem(trx, act, {
        areaId: 1,
        bodyId: cast.board.id,
        form: 'report',
        title,
        covers: 'What was done and what is planned.',
        lead: 'Head of Policy',
        ...more,
      }),
    )
  const find = (id: string) => cast.world.as(cast.clerk, trx => findProgrammeItem(trx, { areaId: 1, id }))

  it('takes an item to the agenda and through the minutes without typing it again', async () => {
    const record = await add('Rural crime')
    const { meeting } = await planMeeting(cast)
    await cast.world.as(cast.clerk, (trx, act) => placeOnAgenda(trx, act, record, null, meeting))
    const [placed] = (await cast.world.as(cast.clerk, trx => itemsOf(trx, meeting))).filter(
      item => item.title === 'Rural crime',
    )
    assert.equal(placed?.lead, 'Head of Policy')
    assert.equal((await find(record.id))?.facts.state, 'on-agenda')
    const minutes = await cast.world.as(cast.clerk, (trx, act) => startMinutes(trx, act, meeting, act.today))
    await cast.world.as(cast.clerk, async (trx, act) => {
      await writeMinute(trx, act, minutes, placed?.id ?? '', { text: 'Noted.', version: 0 })
      await circulateMinutes(trx, act, minutes, null)
    })
    const item = await find(record.id)
    assert.deepEqual([item?.facts.state, item?.row.last_date?.toString()], ['reported', '2026-03-10'])
  })

  it('keeps a standing item for the next meeting, and puts it on each agenda once', async () => {
    const record = await add('Complaints', { standing: true })
    const { meeting } = await planMeeting(cast, '2026-04-14')
    const place = () => cast.world.as(cast.clerk, (trx, act) => placeStandingItems(trx, act, meeting, cast.board.id))
    assert.equal(await place(), 1)
    assert.equal(await place(), 0)
    const later = { now: noon('2026-04-14') }
    const minutes = await cast.world.as(cast.clerk, (trx, act) => startMinutes(trx, act, meeting, act.today), later)
    const [item] = (await cast.world.as(cast.clerk, trx => itemsOf(trx, meeting))).filter(
      each => each.title === 'Complaints',
    )
    await cast.world.as(cast.clerk, async (trx, act) => {
      await writeMinute(trx, act, minutes, item?.id ?? '', { text: 'None.', version: 0 })
      await circulateMinutes(trx, act, minutes, null)
    })
    const after = await find(record.id)
    assert.deepEqual([after?.facts.state, after?.row.last_date?.toString()], ['programmed', '2026-04-14'])
    assert.equal(after?.row.next_date, null)
  })

  it('keeps each time an item was put off, and why', async () => {
    const record = await add('Domestic abuse', { next: next('2026-05-12') })
    const put = (to: NextReport, why: string | null) =>
      cast.world.as(cast.clerk, (trx, act) => scheduleItem(trx, act, record, null, to, why))
    await assert.rejects(put(next('2026-07-14'), null), /Say why it is put off/)
    await put(next('2026-07-14'), 'The inspection has not reported')
    await put(next(null, 'To be confirmed'), 'It reports in autumn')
    const moves = await cast.world.as(cast.clerk, trx => movesOf(trx, 1, [record.id]))
    assert.deepEqual(
      moves.map(each => [each.was, each.became, each.why]),
      [
        ['12 May 2026', '14 July 2026', 'The inspection has not reported'],
        ['14 July 2026', 'To be confirmed', 'It reports in autumn'],
      ],
    )
  })

  it('puts what was withdrawn from an agenda back on the programme, with the reason', async () => {
    const record = await add('Cyber crime')
    const { meeting } = await planMeeting(cast, '2026-06-09')
    const item = await cast.world.as(cast.clerk, (trx, act) => placeOnAgenda(trx, act, record, null, meeting))
    const minutes = await cast.world.as(cast.clerk, (trx, act) => startMinutes(trx, act, meeting, act.today), {
      now: noon('2026-06-09'),
    })
    await cast.world.as(cast.clerk, async (trx, act) => {
      const items = await itemsOf(trx, meeting)
      const version = items.find(each => each.id === item)?.version ?? 1
      await withdrawItem(trx, act, meeting, item, version, 'The officer was called away')
      await writeMinute(trx, act, minutes, items[1]?.id ?? '', { text: 'Noted.', version: 0 })
      await circulateMinutes(trx, act, minutes, null)
    })
    const [move] = await cast.world.as(cast.clerk, trx => movesOf(trx, 1, [record.id]))
    assert.equal((await find(record.id))?.facts.state, 'programmed')
    assert.match(move?.why ?? '', /called away/)
  })

  it('is shown and published in the layout that panels print, and nobody else sees it before', async () => {
    await add('Briefing on fleet', { form: 'briefing-note', title: 'Fleet', requestedOn: day('2026-02-02') })
    const page = await visit(cast, cast.clerk, 'GET', `/workspace/meetings/programme?body=${cast.board.id}`)
    assert.match(page.html, /What the report is to cover/)
    assert.match(page.html, /2 February 2026/)
    assert.doesNotMatch((await visit(cast, cast.liaison, 'GET', '/workspace/meetings/programme')).html, /Fleet/)
    assert.doesNotMatch((await visitPublic(cast, '/work-programme')).html, /Fleet/)
    await visit(cast, cast.clerk, 'POST', '/workspace/meetings/programme/publish', { body: cast.board.id })
    const shown = await visitPublic(cast, '/work-programme')
    assert.match(shown.html, /Fleet/)
    assert.match(shown.html, /Domestic abuse/)
  })

  it('answers bad input beside the field and keeps what was typed', async () => {
    const back = await visit(cast, cast.clerk, 'POST', '/workspace/meetings/programme/new', {
      body: cast.board.id,
      title: 'Custody',
      'next-day': '31',
      'next-month': '4',
      'next-year': '2026',
    })
    assert.equal(back.status, 422)
    assert.match(back.html, /value="Custody"/)
    assert.match(back.html, /Say what it is to cover/)
  })

  it('plans a year of meetings at once, all or none', async () => {
    const send = (dates: string) =>
      visit(cast, cast.clerk, 'POST', '/workspace/meetings/forward', {
        body: cast.board.id,
        dates,
        starts: '10.00',
        places: 'Shire Hall\r\nTown Hall',
      })
    const bad = await send('1 September 2026\r\n31 September 2026')
    assert.equal(bad.status, 422)
    assert.match(bad.html, /Line 2/)
    assert.equal((await send('1 September 2026\r\n1 October 2026\r\n3 November 2026')).status, 303)
    const page = await visit(cast, cast.clerk, 'GET', '/workspace/meetings/forward')
    assert.match(page.html, /1 October 2026[\s\S]*Town Hall[\s\S]*3 November 2026[\s\S]*Shire Hall/)
    assert.match((await send('1 October 2026')).html, /meets already on 2026-10-01/)
  })

  it('follows an item that is put off to a later meeting, and is reported there and not here', async () => {
    const record = await add('Transport')
    const { meeting } = await planMeeting(cast, '2027-01-12')
    const later = await planMeeting(cast, '2027-02-09')
    await cast.world.as(cast.clerk, async (trx, act) => {
      const item = await placeOnAgenda(trx, act, record, null, meeting)
      // Announced, so that the item stays on this agenda as a tombstone.
      await publishAgenda(trx, act, meeting, (await findRecord(trx, meeting))?.version ?? 1)
      await deferItem(trx, act, meeting, item, { version: null, to: later.meeting, why: 'No time was left' })
    })
    const item = await find(record.id)
    assert.deepEqual([item?.facts.state, item?.facts.next.meeting?.id], ['on-agenda', later.meeting.id])
    const [move] = await cast.world.as(cast.clerk, trx => movesOf(trx, 1, [record.id]))
    assert.match(move?.why ?? '', /No time was left/)
    const held = { now: noon('2027-01-12') }
    const minutes = await cast.world.as(cast.clerk, (trx, act) => startMinutes(trx, act, meeting, act.today), held)
    await cast.world.as(cast.clerk, async (trx, act) => {
      const [first] = await itemsOf(trx, meeting)
      await writeMinute(trx, act, minutes, first?.id ?? '', { text: 'Agreed.', version: 0 })
      await circulateMinutes(trx, act, minutes, null)
    })
    assert.equal((await find(record.id))?.facts.state, 'on-agenda')
  })

  it('follows a meeting that moves', async () => {
    const record = await add('Estates')
    const { meeting } = await planMeeting(cast, '2026-12-01')
    await cast.world.as(cast.clerk, (trx, act) => placeOnAgenda(trx, act, record, null, meeting))
    await cast.world.as(cast.clerk, async (trx, act) => {
      const head = await findRecord(trx, meeting)
      await moveMeeting(trx, act, meeting, head?.version ?? 1, { date: day('2026-12-08') })
    })
    assert.equal((await find(record.id))?.facts.next.meeting?.date.toString(), '2026-12-08')
  })
})
