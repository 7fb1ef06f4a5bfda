import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { StaleRecord } from '../../../platform/refusals.ts'
import { publishRecord } from '../../../record/publish.ts'
import { findRecord } from '../../../record/records.ts'
import { findReceived } from '../../../record/release.ts'
import { takeUp } from '../agenda/considered.ts'
import { attendanceOf, itemsOf } from '../agenda/queries.ts'
import {
  addItem,
  addMeeting,
  cancelMeeting,
  moveItem,
  moveMeeting,
  publishAgenda,
  sendAgenda,
  withdrawItem,
} from '../index.ts'
import { testNow } from '../../../record/testing.ts'
import { ask, day, makeCast, noon, planMeeting, visit, visitPublic } from '../testing.ts'
import type { Cast } from '../testing.ts'

const awkward = `O'Neill "Jo" <script>alert(1)</script> & سارة 👮`

describe('a meeting', () => {
  let cast: Cast
  before(async () => {
    cast = await makeCast()
  })
  after(() => cast.close())

  const publish = (meeting: { areaId: number; id: string }, note?: string) =>
    cast.world.as(cast.clerk, (trx, act) => publishAgenda(trx, act, meeting, null, note))
  const head = (meeting: { areaId: number; id: string }) => cast.world.as(cast.clerk, trx => findRecord(trx, meeting))
  const eventOf = async (id: string, now = testNow) => {
    const calendar = await visitPublic(cast, '/meetings.ics', now)
    return calendar.html.split('BEGIN:VEVENT').find(event => event.includes(`UID:${id}`)) ?? ''
  }

  it('is of the office alone until its agenda is sent, and then of whoever it went to as it was sent', async () => {
    const { meeting } = await planMeeting(cast, '2026-04-01')
    const force = () => cast.world.as(cast.liaison, trx => findReceived(trx, cast.world.force.id, meeting))
    assert.equal((await visit(cast, cast.liaison, 'GET', `/workspace/meetings/${meeting.id}`)).status, 404)
    await cast.world.as(cast.clerk, (trx, act) => sendAgenda(trx, act, meeting))
    assert.ok(await force())
    await cast.world.as(cast.clerk, (trx, act) => addItem(trx, act, meeting, { title: 'A late thought' }))
    assert.doesNotMatch(JSON.stringify(await force()), /A late thought/)
    const opened = await visit(cast, cast.liaison, 'GET', `/workspace/meetings/${meeting.id}`)
    assert.equal(opened.to, `/workspace/meetings/received/${meeting.id}`)
    assert.equal((await visit(cast, cast.liaison, 'GET', opened.to)).status, 200)
    assert.equal((await visitPublic(cast, '/meetings/2026-04-01-governance-and-performance-board')).status, 404)
  })

  it('names on its agenda only what its readers may know of', async () => {
    const { meeting, open } = await planMeeting(cast, '2026-04-02')
    const draft = await ask(cast, 'A question nobody was sent')
    const known = await ask(cast, 'A question that is public')
    await cast.world.as(cast.clerk, async (trx, act) => {
      await takeUp(trx, act, meeting, open, draft)
      await takeUp(trx, act, meeting, open, known)
      await publishRecord(trx, act, known)
    })
    await publish(meeting)
    const page = await visitPublic(cast, '/meetings/2026-04-02-governance-and-performance-board')
    assert.match(page.html, /A question that is public/)
    assert.doesNotMatch(page.html, new RegExp(draft.reference))
    const received = await cast.world.as(cast.liaison, trx => findReceived(trx, cast.world.force.id, meeting))
    assert.doesNotMatch(JSON.stringify(received), /nobody was sent/)
  })

  it('keeps its event when it moves or is cancelled, with a rising number', async () => {
    const { meeting } = await planMeeting(cast, '2026-05-05')
    await publish(meeting)
    const first = await eventOf(meeting.id)
    assert.match(first, /SEQUENCE:0/)
    assert.match(first, /DTSTART:20260505T090000Z/, 'ten o’clock in London in summer')
    const version = (await head(meeting))?.version ?? 0
    const to = { date: day('2026-05-06'), starts: '11:00', place: 'Room 2' }
    const later = noon('2026-03-12')
    await cast.world.as(cast.clerk, (trx, act) => moveMeeting(trx, act, meeting, version, to), { now: later })
    const moved = await eventOf(meeting.id, later)
    assert.match(moved, /SEQUENCE:1/)
    assert.match(moved, /DTSTART:20260506T100000Z/)
    assert.match(moved, /STATUS:CONFIRMED/)
    const old = await visitPublic(cast, '/meetings/2026-05-05-governance-and-performance-board', later)
    assert.equal(old.to, '/testshire/meetings/2026-05-06-governance-and-performance-board')
    const received = await cast.world.as(cast.liaison, trx => findReceived(trx, cast.world.force.id, meeting))
    assert.equal(received?.dated.toString(), '2026-05-06')

    const now = (await head(meeting))?.version ?? 0
    await assert.rejects(
      cast.world.as(cast.clerk, (trx, act) => cancelMeeting(trx, act, meeting, version, 'Illness')),
      StaleRecord,
    )
    const still = noon('2026-03-13')
    await cast.world.as(cast.clerk, (trx, act) => cancelMeeting(trx, act, meeting, now, 'Illness'), { now: still })
    const cancelled = await eventOf(meeting.id, still)
    assert.match(cancelled, /SEQUENCE:2/)
    assert.match(cancelled, /STATUS:CANCELLED/)
    assert.match(
      (await visitPublic(cast, '/meetings/2026-05-06-governance-and-performance-board', still)).html,
      /Illness/,
    )
  })

  it('changed by two people shows both places', async () => {
    const { meeting } = await planMeeting(cast, '2026-05-12')
    const path = `/workspace/meetings/${meeting.id}/change`
    const change = (version: number, place: string) =>
      visit(cast, cast.clerk, 'POST', path, {
        version: String(version),
        'date-day': '12',
        'date-month': '5',
        'date-year': '2026',
        place,
      })
    const version = (await head(meeting))?.version ?? 0
    assert.equal((await change(version, 'The library')).status, 303)
    const late = await change(version, 'The town hall')
    assert.equal(late.status, 409)
    assert.match(late.html, /The library/)
    assert.match(late.html, /The town hall/)
  })

  it('keeps the numbers that others have read: what is withdrawn then stays as a tombstone', async () => {
    const { meeting, open, withheld } = await planMeeting(cast, '2026-06-01')
    const gone = await cast.world.as(cast.clerk, (trx, act) => addItem(trx, act, meeting, { title: 'Second thoughts' }))
    await cast.world.as(cast.clerk, (trx, act) => withdrawItem(trx, act, meeting, gone, 1, 'Not needed'))
    const items = () => cast.world.as(cast.clerk, trx => itemsOf(trx, meeting))
    assert.ok(!(await items()).some(item => item.id === gone), 'nobody had seen it')
    await publish(meeting)
    const before = (await items()).find(item => item.id === open)
    await cast.world.as(cast.clerk, (trx, act) =>
      withdrawItem(trx, act, meeting, open, before?.version ?? 0, 'Put off'),
    )
    await publish(meeting, 'One item was put off.')
    const page = await visitPublic(cast, '/meetings/2026-06-01-governance-and-performance-board')
    assert.match(page.html, /withdrawn: <bdi>Put off/)
    assert.match(page.html, /One item was put off\./)
    assert.equal((await items()).find(item => item.id === withheld)?.number, '3')
  })

  it('puts other business last and moves items by one place', async () => {
    const meeting = await cast.world.as(cast.clerk, async (trx, act) => {
      const made = await addMeeting(trx, act, { areaId: 1, bodyId: cast.board.id, date: day('2026-06-02') })
      await addItem(trx, act, made, { title: 'Any other business', kind: 'other-business' })
      await addItem(trx, act, made, { title: 'Performance' })
      await addItem(trx, act, made, { title: 'Finance' })
      return made
    })
    const titles = async () => (await cast.world.as(cast.clerk, trx => itemsOf(trx, meeting))).map(item => item.title)
    assert.deepEqual(await titles(), ['Performance', 'Finance', 'Any other business'])
    const [, finance] = await cast.world.as(cast.clerk, trx => itemsOf(trx, meeting))
    await cast.world.as(cast.clerk, (trx, act) => moveItem(trx, act, meeting, finance?.id ?? '', 'up'))
    assert.deepEqual(await titles(), ['Finance', 'Performance', 'Any other business'])
  })

  it('is scheduled, put together and attended from its pages, whatever is typed', async () => {
    const scheduled = await visit(cast, cast.clerk, 'POST', '/workspace/meetings/new', {
      body: cast.board.id,
      'date-day': '1',
      'date-month': '7',
      'date-year': '2026',
      starts: '9.30',
      place: awkward,
      'online-link': 'https://example.org/live',
      'open-to-public': 'yes',
    })
    assert.equal(scheduled.status, 303)
    const path = scheduled.to
    const added = await visit(cast, cast.clerk, 'POST', `${path}/items/new`, {
      title: awkward,
      kind: 'ordinary',
      marking: 'article-2-2',
      limb: 'c',
      'decided-by': awkward,
      'neutral-title': awkward,
    })
    assert.equal(added.status, 303)
    const noted = await visit(cast, cast.clerk, 'POST', `${path}/attendance`, {
      label: awkward,
      presence: 'attended',
      initials: 'JO',
    })
    assert.equal(noted.status, 303)
    const pages = ['', '/items/new', '/attendance', '/change', '/cancel', '/agenda']
    for (const page of pages) {
      const { status, html } = await visit(cast, cast.clerk, 'GET', `${path}${page}`)
      assert.equal(status, 200, page)
      assert.doesNotMatch(html, /<script>alert/, page)
    }
    assert.match((await visit(cast, cast.clerk, 'GET', path)).html, /09:30/)
    const published = await visit(cast, cast.clerk, 'POST', `${path}/agenda`, {
      version: String((await head({ areaId: 1, id: path.split('/').at(-1) ?? '' }))?.version),
    })
    assert.equal(published.status, 303)
    const seen = await visitPublic(cast, '/meetings/2026-07-01-governance-and-performance-board')
    assert.doesNotMatch(seen.html, /<script>alert/)
    assert.match(seen.html, /This item is not public/)
    assert.equal((await visitPublic(cast, '/meetings')).status, 200)
    assert.match((await visitPublic(cast, '/')).html, /Next meeting/)
  })

  it('asks again for what is missing, and keeps what was typed', async () => {
    const back = await visit(cast, cast.clerk, 'POST', '/workspace/meetings/new', {
      place: 'The town hall',
      starts: 'noon',
    })
    assert.equal(back.status, 422)
    assert.match(back.html, /The town hall/)
    assert.match(back.html, /Choose the body that meets/)
    assert.match(back.html, /Enter the time like 10:00/)
    const { meeting, open } = await planMeeting(cast, '2026-07-02')
    const path = `/workspace/meetings/${meeting.id}`
    const ground = await visit(cast, cast.clerk, 'POST', `${path}/items/${open}/marking`, {
      version: '1',
      marking: 'article-2-2',
      limb: 'c',
    })
    assert.equal(ground.status, 422)
    assert.match(ground.html, /Say who decided/)
    const wrong = await visit(cast, cast.clerk, 'POST', `${path}/items/${open}/marking`, {
      version: '1',
      marking: 'schedule-12a',
      paragraphs: '3',
      'public-interest': 'x',
    })
    assert.equal(wrong.status, 422)
    assert.match(wrong.html, /not under Schedule 12A/)
    const nobody = await visit(cast, cast.clerk, 'POST', `${path}/attendance`, { presence: 'attended' })
    assert.match(nobody.html, /Choose somebody from the list/)
  })

  it('notes everyone who usually attends in one step', async () => {
    const { meeting } = await planMeeting(cast, '2026-07-03')
    await visit(cast, cast.clerk, 'POST', `/workspace/meetings/${meeting.id}/attendance/all`)
    const rows = await cast.world.as(cast.clerk, trx => attendanceOf(trx, meeting))
    const people = rows.map(row => row.person_id)
    assert.ok(people.includes(cast.commissioner.personId) && people.includes(cast.chief.personId))
    await visit(cast, cast.clerk, 'POST', `/workspace/meetings/${meeting.id}/attendance/remove`, {
      row: rows[0]?.id ?? '',
    })
    assert.equal((await cast.world.as(cast.clerk, trx => attendanceOf(trx, meeting))).length, rows.length - 1)
  })

  it('of another organisation, and an address that names none, are not there', async () => {
    const { meeting } = await planMeeting(cast, '2026-07-04')
    assert.equal((await visit(cast, cast.panelClerk, 'GET', `/workspace/meetings/${meeting.id}`)).status, 404)
    assert.equal((await visit(cast, cast.clerk, 'GET', '/workspace/meetings/not-an-identity')).status, 404)
    assert.equal((await visit(cast, cast.clerk, 'GET', '/workspace/meetings/minutes/not-an-identity')).status, 404)
  })
})
