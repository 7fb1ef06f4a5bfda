import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { endSeat } from '../../platform/access/seats.ts'
import { inTransaction } from '../../platform/database/transaction.ts'
import { clocksOf } from '../clock-rows.ts'
import { stopClock } from '../clock-store.ts'
import { declareKinds } from '../kinds.ts'
import { changeCalendar } from '../redate-clocks.ts'
import { noteModule } from '../testing-kind.ts'
import { testNow, testWorld } from '../testing.ts'
import type { TestWorld } from '../testing.ts'
import { endFeed, feedPath, feedRoute, feedSince, makeFeed } from './calendar-feed.ts'
import { owe, seat } from './testing.ts'
import type { TestUser } from './testing.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

describe('the calendar of one’s own deadlines', () => {
  let world: TestWorld
  let lead: TestUser
  let liaison: TestUser

  before(async () => {
    declareKinds([noteModule])
    world = await testWorld()
    lead = await seat(world, 'lead', [
      { organisation: world.office, role: 'policy-lead' },
      { organisation: world.panel, role: 'legal-adviser' },
    ])
    liaison = await seat(world, 'liaison', [{ organisation: world.force, role: 'liaison' }])
  })
  after(() => world.close())

  const inside = <T>(fn: Parameters<typeof inTransaction<T>>[2]) => inTransaction(world.database.program, null, fn)
  const office = () => world.viewer(world.office, 'administrator')

  /** What a calendar program gets at an address, or null. */
  async function read(token: string, today = '2026-03-11'): Promise<string | null> {
    const now = day(today).toZonedDateTime({ timeZone: 'UTC', plainTime: '10:00' }).toInstant()
    const file = feedPath(token).replace('/workspace/calendar/', '')
    const { program: db } = world.database
    const baseUrl = 'https://policing.example.org'
    const answer = await feedRoute.handler({ db, now, today: day(today), params: { file }, baseUrl })
    return answer.type === 'content' ? String(answer.body).replaceAll('\r\n ', '') : null
  }

  /** The lines of the event that stands for a clock. */
  const eventLines = (calendar: string | null, clock: string) =>
    calendar
      ?.split('BEGIN:VEVENT')
      .find(event => event.includes(`UID:${clock}@`))
      ?.split('\r\n') ?? []

  it('is opened by its secret alone, which is kept nowhere, can be renewed and ended', async () => {
    const token = await inside(trx => makeFeed(trx, lead.id, testNow))
    assert.equal(Buffer.from(token, 'base64url').length, 32)
    assert.ok(await read(token))
    assert.equal(await read(`${token.slice(0, -1)}_`), null)
    assert.equal(await read("'; drop table"), null)
    const { rows } = await sql<{ row: string }>`select f::text as row from workspace.calendar_feed f`.execute(
      world.database.owner,
    )
    assert.ok(!rows.some(({ row }) => row.includes(token)))
    const renewed = await inside(trx => makeFeed(trx, lead.id, testNow))
    assert.equal(await read(token), null, 'the old address ends')
    assert.ok(await read(renewed))
    await inside(trx => endFeed(trx, lead.id))
    assert.equal(await read(renewed), null)
    assert.equal(await inside(trx => feedSince(trx, lead.id)), null)
  })

  it('holds the deadlines of all one’s seats, and nobody else’s', async () => {
    const token = await inside(trx => makeFeed(trx, lead.id, testNow))
    await owe(world, world.office, 'Mine in the office', { rule: 'ACTION', from: '2026-03-02' })
    await owe(world, world.office, 'The chief’s', {
      rule: 'ACTION',
      from: '2026-03-02',
      owner: { role: 'chief-executive' },
    })
    await owe(world, world.panel, 'Mine in the panel', {
      rule: 'ACTION',
      from: '2026-03-02',
      owner: { role: 'legal-adviser' },
    })
    const calendar = (await read(token)) ?? ''
    assert.match(calendar, /Mine in the office/)
    assert.match(calendar, /Mine in the panel/)
    // Nobody is chief executive here, so what is theirs falls to the administrators, and lead is none.
    assert.doesNotMatch(calendar, /The chief/)
    const other = await inside(trx => makeFeed(trx, liaison.id, testNow))
    assert.doesNotMatch((await read(other)) ?? '', /Mine/)
  })

  it('changes in place: the same name, a higher number, and cancelled for sixty days once it is done', async () => {
    const token = await inside(trx => makeFeed(trx, lead.id, testNow))
    const owner = { role: 'policy-lead' }
    const record = await owe(world, world.office, 'A letter', { rule: 'CORR-ACK', from: '2026-03-11', owner })
    const clock = await world.as(office(), async trx => (await clocksOf(trx, record))[0]?.id ?? '')
    const first = eventLines(await read(token), clock)
    for (const line of ['DTSTART;VALUE=DATE:20260316', 'SEQUENCE:0', 'STATUS:CONFIRMED', 'TRANSP:TRANSPARENT']) {
      assert.ok(first.includes(line), `${line} in ${first.join('\n')}`)
    }
    assert.ok(first.some(line => line === 'LAST-MODIFIED:20260311T100000Z'))
    assert.ok(
      first.some(line => /^DESCRIPTION:.*notes/.test(line)),
      'the rule and the link',
    )
    const holiday = { date: day('2026-03-13'), name: 'A day', whereTaken: 'England and Wales', source: 'x' }
    await world.as(office(), (trx, context) => changeCalendar(trx, context, 1, { ...holiday, change: 'added' }))
    const moved = eventLines(await read(token), clock)
    assert.ok(moved.includes('DTSTART;VALUE=DATE:20260317'), moved.join('\n'))
    assert.ok(moved.includes('SEQUENCE:1'))
    await world.as(office(), (trx, context) => stopClock(trx, context, record, 'CORR-ACK', 'acknowledged'))
    const stopped = eventLines(await read(token), clock)
    assert.ok(stopped.includes('STATUS:CANCELLED') && stopped.includes('SEQUENCE:2'), stopped.join('\n'))
    assert.notEqual(eventLines(await read(token, '2026-05-09'), clock).length, 0)
    assert.equal(eventLines(await read(token, '2026-05-12'), clock).length, 0, 'gone after sixty days')
  })

  it('gives a deadline of hours as a moment', async () => {
    const token = await inside(trx => makeFeed(trx, lead.id, testNow))
    const record = await owe(world, world.office, 'A breach', { rule: 'ACTION', from: '2026-03-11' })
    await sql`update workspace.clock set due = '2026-07-06', due_at = '2026-07-06T10:00' where record_id = ${record.id}`.execute(
      world.database.owner,
    )
    assert.match((await read(token)) ?? '', /DTSTART:20260706T090000Z/)
  })

  it('names what is not open, or was not released, without its title', async () => {
    const token = await inside(trx => makeFeed(trx, lead.id, testNow))
    const ground = { code: 'confidential', reason: 'an informant' } as const
    const secret = { classification: 'confidential' as const, ground }
    const record = await owe(world, world.office, 'The informant', { rule: 'ACTION', from: '2026-03-02' }, secret)
    const calendar = (await read(token)) ?? ''
    assert.doesNotMatch(calendar, /informant/)
    assert.ok(calendar.includes(record.reference))
    const owner = { organisationId: world.force.id, role: 'liaison' }
    const draft = await owe(world, world.office, 'A secret draft', { rule: 'QUESTION-CC', from: '2026-03-02', owner })
    const other = await inside(trx => makeFeed(trx, liaison.id, testNow))
    const theirs = (await read(other)) ?? ''
    assert.match(theirs, /Answer a question to the chief constable/)
    assert.doesNotMatch(theirs, /secret draft/)
    assert.ok(!theirs.includes(draft.reference))
  })

  it('is the same to the letter until something changes', async () => {
    const token = await inside(trx => makeFeed(trx, lead.id, testNow))
    assert.equal(await read(token), await read(token))
  })

  it('ends with the last seat', async () => {
    const token = await inside(trx => makeFeed(trx, liaison.id, testNow))
    assert.ok(await read(token))
    await inside(async trx => {
      const place = { organisationId: world.force.id, areaId: 1 }
      const [row] = await trx.selectFrom('seat').select('id').where('user_id', '=', liaison.id).execute()
      await endSeat(trx, row?.id ?? '', place, day('2026-03-11'))
    })
    assert.equal(await read(token), null)
    await sql`delete from auth."user" where id = ${liaison.id}`.execute(world.database.owner)
    assert.equal(await inside(trx => feedSince(trx, liaison.id)), null, 'and with the user')
  })
})
