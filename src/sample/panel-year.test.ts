import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { testDatabase } from '../platform/database/testing.ts'
import type { TestDatabase } from '../platform/database/testing.ts'
import { loadChosen } from './index.ts'
import { publishedText } from './testing.ts'

/** A Wednesday in the middle of a month. */
const now = Temporal.Instant.from('2026-03-11T10:00:00Z')

/** The areas of one set, loaded alone; what is asked of them goes past the row policies, as the owner. */
async function loadedAlone(area: string): Promise<TestDatabase> {
  const database = await testDatabase()
  await loadChosen(database.program, [area], now)
  return database
}

describe('the panel of Warwickshire in 2014', () => {
  let database: TestDatabase

  before(async () => {
    database = await loadedAlone('warwickshire')
  })
  after(() => database.close())

  it('has each row of its log with its state as printed and what the row shows', async () => {
    const { rows } = await sql<{ printed: string; shows: string; state: string; n: number }>`
      select i.printed_state as printed, i.row_shows as shows, r.state, count(*)::int as n
      from workspace.follow_up_item i join workspace.record r on r.area_id = i.area_id and r.id = i.record_id
      where i.printed_state is not null group by 1, 2, 3 order by 1, 2`.execute(database.owner)
    assert.deepEqual(
      rows.map(({ printed, shows, state, n }) => [printed, shows, state, n]),
      [
        ['COMPELTED', 'answered-something-else', 'reported', 1],
        ['COMPLETED', 'answered-something-else', 'reported', 1],
        ['COMPLETED', 'done-with-date', 'reported', 7],
        ['COMPLETED', 'for-a-reviewer', 'reported', 1],
        ['COMPLETED', 'only-arranged', 'reported', 4],
        ['COMPLETED', 'part-done', 'reported', 2],
        ['No state is printed', 'only-arranged', 'open', 2],
      ],
    )
  })

  it('gives the day of what a row shows as done, and closes nothing', async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from workspace.follow_up_item
      where (row_shows = 'done-with-date') <> (row_shows_on is not null)`.execute(database.owner)
    assert.equal(rows[0]?.n, 0)
    const closed = await sql<{ n: number }>`select count(*)::int as n from workspace.follow_up_closure`.execute(
      database.owner,
    )
    assert.equal(closed.rows[0]?.n, 0)
  })

  it('has the thirteen questions of July as one numbered set', async () => {
    const { rows } = await sql<{ set: string; numbers: number[]; meetings: number }>`
      select set_id as set, array_agg(set_number order by set_number) as numbers,
        count(distinct meeting_date)::int as meetings
      from workspace.scrutiny_question group by set_id`.execute(database.owner)
    assert.deepEqual(
      rows.map(({ numbers, meetings }) => [numbers, meetings]),
      [[[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], 1]],
    )
  })

  it('leaves two requests of the working group on no list, and no other line of its minutes', async () => {
    const { rows } = await sql<{ meeting: string; text: string }>`
      select r.title as meeting, o.text from workspace.meetings_outcome o
      join workspace.meetings_minutes m on m.area_id = o.area_id and m.record_id = o.minutes_id
      join workspace.record r on r.area_id = m.area_id and r.id = m.meeting_id
      where o.action_id is null and o.form = 'request' order by o.text`.execute(database.owner)
    assert.deepEqual(rows, [
      { meeting: 'Budget Working Group, 19 August 2014', text: 'An update on the E-CINS system.' },
      {
        meeting: 'Budget Working Group, 19 August 2014',
        text: 'Staffing of the Safer Neighbourhood Teams, with number and length of vacant posts.',
      },
    ])
  })

  it('says of notice that it is not known, and of planned meetings nothing to the public', async () => {
    const clocks = await sql<{ state: string; why: string }>`
      select state, not_known_why as why from workspace.clock where rule = 'AGENDA-E' order by why`.execute(
      database.owner,
    )
    assert.deepEqual(
      clocks.rows.map(({ state, why }) => [state, why]),
      [
        ['not-known', 'The agenda does not show the day on which it was published.'],
        ['not-known', 'The agenda of this meeting is not held.'],
      ],
    )
    const planned = await sql<{ n: number; published: number }>`
      select count(*)::int as n, count(*) filter (where publication <> 'unpublished')::int as published
      from workspace.record where kind = 'meeting' and state = 'planned'`.execute(database.owner)
    assert.deepEqual(planned.rows, [{ n: 10, published: 0 }])
  })

  it('keeps who sat for whom, who declared what, and what was resolved', async () => {
    const seats = await sql<{ label: string; for: string }>`
      select label, substitute_for as for from workspace.meetings_attendance where as_substitute order by label`.execute(
      database.owner,
    )
    assert.deepEqual(seats.rows, [
      { label: 'Councillor Dave Parsons', for: 'Peter Morson' },
      { label: 'Councillor Richard Chattaway', for: 'June Tandy' },
    ])
    const counts = await sql<{ declared: number; resolved: number }>`
      select (select count(*)::int from workspace.meetings_declaration) as declared,
        (select count(*)::int from workspace.meetings_resolution) as resolved`.execute(database.owner)
    assert.deepEqual(counts.rows, [{ declared: 1, resolved: 12 }])
  })
})

describe('the panel year of Ardenshire', () => {
  let database: TestDatabase

  before(async () => {
    database = await loadedAlone('ardenshire')
  })
  after(() => database.close())

  it('has a recommendation that awaits its reply and one that has it, a request and an action', async () => {
    const { rows } = await sql<{ kind: string; state: string }>`
      select r.kind, r.state from workspace.record r join workspace.follow_up_item i
        on i.area_id = r.area_id and i.record_id = r.id
      where i.raised_by_words like 'Ardenshire Police and Crime Panel%' order by 1, 2`.execute(database.owner)
    assert.deepEqual(
      rows.map(({ kind, state }) => `${kind} ${state}`),
      ['action open', 'information-request open', 'recommendation open', 'recommendation replied'],
    )
  })

  it('has papers for the next meeting: one awaited, one to be placed, one placed', async () => {
    const { rows } = await sql<{ kind: string; state: string }>`
      select kind, state from workspace.record where kind in ('paper', 'paper-request') order by 1, 2`.execute(
      database.owner,
    )
    assert.deepEqual(
      rows.map(({ kind, state }) => `${kind} ${state}`),
      ['paper placed', 'paper sent', 'paper-request asked', 'paper-request received'],
    )
  })

  it('has an agenda to come with one item withheld, of which the public has nothing yet', async () => {
    const { rows } = await sql<{ state: string; publication: string; items: number; exempt: number }>`
      select r.state, r.publication, count(*)::int as items,
        count(*) filter (where i.classification = 'exempt')::int as exempt
      from workspace.record r join workspace.meetings_item i on i.area_id = r.area_id and i.meeting_id = r.id
      where r.kind = 'meeting' and r.state = 'planned' group by 1, 2`.execute(database.owner)
    assert.deepEqual(rows, [{ state: 'planned', publication: 'unpublished', items: 7, exempt: 1 }])
  })

  it('has a question from the public that only the clerk reads', async () => {
    const received = await sql<{ state: string }>`
      select state from workspace.record where kind = 'public-question'`.execute(database.owner)
    assert.deepEqual(received.rows, [{ state: 'received' }])
    for (const { table, text } of await publishedText(database.owner)) {
      assert.doesNotMatch(text, /Ottoline|call from a village/, table)
    }
  })

  it('keeps why an item of the work programme was put off', async () => {
    const { rows } = await sql<{ why: string }>`select why from workspace.meetings_programme_move`.execute(
      database.owner,
    )
    assert.deepEqual(rows, [{ why: 'The strategy is out for consultation until next month.' }])
  })
})
