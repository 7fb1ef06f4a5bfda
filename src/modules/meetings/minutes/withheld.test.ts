import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { publishRecord } from '../../../record/publish.ts'
import { linkedTo } from '../../../record/links.ts'
import type { RecordHead } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import { findReceived } from '../../../record/release.ts'
import { takeUp } from '../agenda/considered.ts'
import {
  addItem,
  addMeeting,
  addOutcome,
  agreeMinutes,
  circulateMinutes,
  markItem,
  publishAgenda,
  publishMinutes,
  signMinutes,
  startMinutes,
  writeMinute,
} from '../index.ts'
import { ask, day, makeCast, noteAttendance, planMeeting, visit, visitPublic, withheldGround } from '../testing.ts'
import type { BoardMeeting, Cast } from '../testing.ts'

const planted = 'Zanzibarquux'

describe('a withheld item', () => {
  let cast: Cast
  let planned: BoardMeeting
  let question: RecordHead
  let published: RecordHead
  let minutes: RecordHead
  let action: RecordHead

  before(async () => {
    cast = await makeCast()
    const { world, clerk, board } = cast
    planned = await planMeeting(cast, '2026-03-10', `${planted} patrols`)
    await noteAttendance(cast, planned.meeting)
    question = await ask(cast, `What of ${planted}?`)
    published = await ask(cast, 'An open question that is considered behind closed doors')
    await world.as(clerk, async (trx, act) => {
      await publishRecord(trx, act, published)
      await takeUp(trx, act, planned.meeting, planned.withheld, question)
      await takeUp(trx, act, planned.meeting, planned.withheld, published)
      await publishAgenda(trx, act, planned.meeting, null)
      minutes = await startMinutes(trx, act, planned.meeting, act.today)
      await writeMinute(trx, act, minutes, planned.withheld, { text: `${planted} was described.`, version: 0 })
      await writeMinute(trx, act, minutes, planned.open, { text: 'The figures were discussed.', version: 0 })
      const lead = { words: 'BL' }
      await addOutcome(trx, act, minutes, planned.withheld, {
        form: 'action',
        text: `Watch ${planted}.`,
        lead,
        about: null,
      })
      const [raised] = await circulateMinutes(trx, act, minutes, null)
      action = (await findRecord(trx, raised?.action ?? minutes)) ?? minutes
      const correction = { text: `${planted} was described fully.`, version: 1, why: `${planted} was misspelt` }
      await writeMinute(trx, act, minutes, planned.withheld, correction)
      const next = await addMeeting(trx, act, { areaId: 1, bodyId: board.id, date: day('2026-03-11') })
      await addItem(trx, act, next, { title: 'Minutes of the last meeting', kind: 'minutes' })
      await agreeMinutes(trx, act, minutes, null, next)
    })
    await world.as(cast.commissioner, (trx, act) => signMinutes(trx, act, minutes, null))
    await world.as(cast.chief, (trx, act) => signMinutes(trx, act, minutes, null))
    await world.as(clerk, (trx, act) => publishMinutes(trx, act, minutes, null))
  })
  after(() => cast.close())

  it('leaves no word anywhere in what is published', async () => {
    const { rows } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables where table_schema = 'published'`.execute(
      cast.world.database.owner,
    )
    assert.ok(rows.length > 5, 'the tables were found')
    for (const { name } of rows) {
      const found = await sql<{ n: number }>`
        select count(*)::int as n from published.${sql.raw(`"${name}"`)} t
        where t::text ilike ${`%${planted}%`}`.execute(cast.world.database.owner)
      assert.equal(found.rows[0]?.n, 0, `in published.${name}`)
    }
  })

  it('leaves no word in any public page, search, feed, CSV, JSON or calendar', async () => {
    const slug = '2026-03-10-governance-and-performance-board'
    const addresses = [
      ...['/', '/meetings', `/meetings/${slug}`, '/meetings.ics', '/meetings.csv', '/meetings.json', '/meetings.atom'],
      ...[`/minutes/${slug}`, '/minutes', '/minutes.json', '/actions', '/actions.json', '/questions.json'],
      `/records/${planned.meeting.id}/trail`,
    ]
    for (const address of addresses) {
      const { status, html } = await visitPublic(cast, address)
      assert.equal(status, 200, address)
      assert.doesNotMatch(html, new RegExp(planted, 'i'), address)
    }
    assert.doesNotMatch((await visitPublic(cast, `/search?q=${planted}`)).html, /patrols|described/)
    const slugInHits = new RegExp(`/testshire/minutes/${slug}`)
    assert.match((await visitPublic(cast, '/search?q=figures')).html, slugInHits, 'open words are found')
  })

  it('shows its number, neutral title and ground in its place, once', async () => {
    const page = await visitPublic(cast, '/meetings/2026-03-10-governance-and-performance-board')
    assert.match(page.html, /Operational matter/)
    assert.match(page.html, /article 2\(2\)\(c\)/)
    const gaps = await cast.world.database.public
      .selectFrom('published.gap')
      .select(['position', 'title', 'ground'])
      .execute()
    assert.equal(gaps.length, 1, 'counted with the meeting, not again with its minutes')
    assert.deepEqual([gaps[0]?.position, gaps[0]?.title], ['Item 3', 'Operational matter'])
  })

  it('ties the meeting to nothing that was considered under it, though that is published itself', async () => {
    const edges = await cast.world.database.public
      .selectFrom('published.link')
      .select('to_id')
      .where('from_id', '=', planned.meeting.id)
      .execute()
    assert.ok(!edges.some(edge => edge.to_id === published.id))
    const tied = await cast.world.as(cast.clerk, trx => linkedTo(trx, planned.meeting, 'considers'))
    assert.deepEqual(tied, [])
    const inside = await visit(
      cast,
      cast.clerk,
      'GET',
      `/workspace/meetings/${planned.meeting.id}/items/${planned.withheld}`,
    )
    assert.match(inside.html, /An open question that is considered/)
  })

  it('keeps what was raised under it from ever being published', async () => {
    const now = await cast.world.as(cast.clerk, trx => findRecord(trx, action))
    assert.equal(now?.kind, 'action')
    assert.equal(now?.publication, 'unpublished')
    assert.equal(now?.classification, 'withheld')
    await assert.rejects(
      cast.world.as(cast.clerk, (trx, act) => publishRecord(trx, act, action)),
      /not open/,
    )
    assert.ok(await cast.world.as(cast.liaison, trx => findRecord(trx, action)), 'whoever leads has it')
  })

  it('is sent in full to the side that holds the board, and as a notice to whoever attends', async () => {
    const { world } = cast
    const force = await world.as(cast.liaison, trx => findReceived(trx, world.force.id, planned.meeting))
    assert.match(JSON.stringify(force?.body), new RegExp(planted))
    const panel = await world.as(cast.panelClerk, trx => findReceived(trx, world.panel.id, planned.meeting))
    assert.ok(panel)
    assert.doesNotMatch(JSON.stringify(panel), new RegExp(planted))
    const circulated = await world.as(cast.panelClerk, trx => findReceived(trx, world.panel.id, minutes))
    assert.ok(circulated)
    assert.doesNotMatch(JSON.stringify(circulated), new RegExp(planted))
    for (const address of [
      `/workspace/meetings/received/${planned.meeting.id}`,
      `/workspace/meetings/minutes/received/${minutes.id}`,
    ]) {
      const seen = await visit(cast, cast.panelClerk, 'GET', address)
      assert.equal(seen.status, 200)
      assert.doesNotMatch(seen.html, new RegExp(planted))
      assert.match(seen.html, /Operational matter/)
    }
  })

  it('that was open until now loses its ties and takes its actions with it', async () => {
    const { world, clerk } = cast
    const other = await planMeeting(cast, '2026-03-02')
    await world.as(clerk, async (trx, act) => {
      await takeUp(trx, act, other.meeting, other.open, published)
      await publishAgenda(trx, act, other.meeting, null)
    })
    const edges = () =>
      cast.world.database.public
        .selectFrom('published.link')
        .select('to_id')
        .where('from_id', '=', other.meeting.id)
        .execute()
    assert.ok((await edges()).some(edge => edge.to_id === published.id))
    await world.as(clerk, (trx, act) => markItem(trx, act, other.meeting, other.open, 2, withheldGround))
    assert.ok(!(await edges()).some(edge => edge.to_id === published.id))
    await world.as(clerk, (trx, act) => markItem(trx, act, other.meeting, other.open, 3, null))
    const tied = await world.as(clerk, trx => linkedTo(trx, other.meeting, 'considers'))
    assert.deepEqual(
      tied.map(each => each.id),
      [published.id],
    )
  })
})
