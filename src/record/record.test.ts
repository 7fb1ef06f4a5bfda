import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { inTransaction } from '../platform/database/transaction.ts'
import { Refusal, StaleRecord } from '../platform/refusals.ts'
import type { Viewer } from '../platform/access/viewer.ts'
import { actingFor } from './acting-for.ts'
import { declareKinds } from './kinds.ts'
import { erasePayload, historyOf, verifyHistory } from './history.ts'
import { link } from './links.ts'
import { publishRecord, supersede, takeDown } from './publish.ts'
import { atAddress, newestEntries, searchPublished, withheldByGround } from './published.ts'
import type { RecordHead } from './record.ts'
import { changeRecord, createRecord, findRecord } from './records.ts'
import { findReceived, listReceived, releaseTo } from './release.ts'
import { publicCounts, publicRegister, registerQuery, workspaceCounts, workspaceRegister } from './register.ts'
import { searchWorkspace } from './search.ts'
import { testNow, testWorld } from './testing.ts'
import type { TestWorld } from './testing.ts'
import { publicTrail, trailOf, workspaceTrail } from './trail.ts'
import { noteModule } from './testing-kind.ts'

declareKinds([noteModule])

describe('a record', () => {
  let world: TestWorld
  let officer: Viewer
  let liaison: Viewer
  let clerk: Viewer
  before(async () => {
    world = await testWorld()
    officer = world.viewer(world.office, 'policy-lead')
    liaison = world.viewer(world.force, 'liaison')
    clerk = world.viewer(world.panel, 'panel-clerk')
  })
  after(() => world.close())

  const note = (viewer: Viewer, title: string, more: object = {}): Promise<RecordHead> =>
    world.as(viewer, (trx, act) => createRecord(trx, act, { areaId: 1, kind: 'note', title, state: 'draft', ...more }))

  it('is visible to the organisation that holds it and to no other', async () => {
    const made = await note(officer, 'A draft of the office')
    assert.equal((await world.as(officer, trx => findRecord(trx, made)))?.title, 'A draft of the office')
    assert.equal(await world.as(liaison, trx => findRecord(trx, made)), null)
    assert.equal(await world.as(clerk, trx => findRecord(trx, made)), null)
    const scope = null
    const rows = await inTransaction(world.database.program, scope, trx =>
      trx.selectFrom('record').selectAll().execute(),
    )
    assert.deepEqual(rows, [])
  })

  it('cannot be written into by an organisation that does not hold it', async () => {
    const made = await note(officer, 'Mine')
    await assert.rejects(
      world.as(liaison, (trx, act) => changeRecord(trx, act, made, null, { title: 'Theirs' }, { kind: 'changed' })),
      Refusal,
    )
    await assert.rejects(note(liaison, 'Planted', { holders: [world.office.id] }))
  })

  it('counts its references for each kind of organisation apart', async () => {
    const first = await note(clerk, 'The panel counts for itself')
    assert.equal(first.reference, 'PN-2026-01')
  })

  it('refuses a change made from an older version and keeps what is there', async () => {
    const made = await note(officer, 'First')
    const change = (title: string) =>
      world.as(officer, (trx, act) => changeRecord(trx, act, made, made.version, { title }, { kind: 'changed' }))
    await change('Second')
    await assert.rejects(change('Third'), StaleRecord)
    assert.equal((await world.as(officer, trx => findRecord(trx, made)))?.title, 'Second')
  })

  it('is released as a frozen version that later changes do not touch', async () => {
    const made = await note(officer, 'To be sent')
    await world.as(officer, (trx, act) => releaseTo(trx, act, made, [world.force.id]))
    await world.as(officer, (trx, act) =>
      changeRecord(trx, act, made, null, { title: 'Since changed' }, { kind: 'changed' }),
    )
    const received = await world.as(liaison, trx => findReceived(trx, world.force.id, made))
    assert.equal(received?.title, 'To be sent')
    assert.equal(await world.as(clerk, trx => findReceived(trx, world.force.id, made)), null)
    const asGiver = await world.as(officer, trx => findReceived(trx, world.office.id, made))
    assert.equal(asGiver, null, 'whoever released it has not received it')
    const listed = await world.as(liaison, trx => listReceived(trx, world.force.id, { areaId: 1 }))
    assert.ok(listed.some(each => each.recordId === made.id))
    await assert.rejects(
      world.as(officer, trx => trx.updateTable('sent').set({ title: 'Rewritten' }).execute()),
      /permission denied/,
    )
  })

  it('is found by search only by those who may see it', async () => {
    await note(officer, 'Quarterly hedgehog census')
    assert.equal((await world.as(officer, trx => searchWorkspace(trx, officer, 'hedgehog'))).length, 1)
    assert.equal((await world.as(liaison, trx => searchWorkspace(trx, liaison, 'hedgehog'))).length, 0)
  })

  it('stays out of the public side until it is published, and then is there with its state', async () => {
    const made = await note(officer, 'Lantern repairs')
    const open = world.database.public
    assert.deepEqual(await searchPublished(open, [1], 'lantern', testNow), [])
    const { address } = await world.as(officer, (trx, act) => publishRecord(trx, act, made))
    const at = await atAddress(open, 1, address, testNow)
    assert.equal(at.found, 'record')
    assert.equal((await searchPublished(open, [1], 'lantern', testNow)).length, 1)
    const later = testNow.add({ hours: 1 })
    await world.as(
      officer,
      (trx, act) => changeRecord(trx, act, made, null, { state: 'done', title: 'Secret title' }, { kind: 'changed' }),
      { now: later },
    )
    const after = await atAddress(open, 1, address, later)
    assert.ok(after.found === 'record')
    assert.equal(after.entry.state, 'done')
    assert.equal(after.entry.title, 'Lantern repairs', 'content changes only by publishing')
    const before = await atAddress(open, 1, address, testNow)
    assert.ok(before.found === 'record')
    assert.equal(before.entry.state, 'draft', 'as it stood then')
  })

  it('is not published while it is withheld', async () => {
    const ground = { code: 'article-2-2', limb: 'c', decidedBy: 'Chief constable' } as const
    const made = await note(officer, 'Covert', { classification: 'withheld', ground })
    await assert.rejects(
      world.as(officer, (trx, act) => publishRecord(trx, act, made)),
      /article 2\(2\)\(c\)/,
    )
  })

  it('leaves a gap with its ground and nothing of its content', async () => {
    const made = await note(officer, 'With a gap', { searchText: 'zanzibar' })
    await world.as(officer, (trx, act) => publishRecord(trx, act, made))
    const grounds = await withheldByGround(world.database.public, 1)
    assert.deepEqual(
      grounds.map(({ ground }) => ground),
      ['A ground'],
    )
  })

  it('is taken down with everything that was published of it, and its address says so', async () => {
    const made = await note(officer, 'To vanish')
    const { address } = await world.as(officer, (trx, act) => publishRecord(trx, act, made))
    await world.as(officer, (trx, act) => takeDown(trx, act, made, 'A court order'), {
      now: testNow.add({ minutes: 1 }),
    })
    for (const moment of [testNow, testNow.add({ hours: 2 })]) {
      const at = await atAddress(world.database.public, 1, address, moment)
      assert.ok(at.found === 'taken-down')
      assert.equal(at.reason, 'A court order')
    }
    const all = await sql<{ text: string }>`
      select (select string_agg(e::text, ' ') from published.entry e)
        || (select string_agg(s::text, ' ') from published.snapshot s) as text`.execute(world.database.public)
    assert.doesNotMatch(all.rows[0]?.text ?? '', /vanish/)
  })

  it('leaves the registers when superseded and stays readable as of an earlier day', async () => {
    const made = await note(officer, 'Old wording')
    const { address } = await world.as(officer, (trx, act) => publishRecord(trx, act, made))
    const later = testNow.add({ hours: 1 })
    await world.as(officer, (trx, act) => supersede(trx, act, made, 'Replaced'), { now: later })
    assert.equal((await atAddress(world.database.public, 1, address, testNow)).found, 'record')
    assert.equal((await atAddress(world.database.public, 1, address, later)).found, 'nothing')
  })

  it('shows its trail to each side as far as that side may see, with what is missing', async () => {
    const cause = await note(officer, 'Cause')
    const effect = await note(officer, 'Effect', { state: 'asked' })
    await world.as(officer, (trx, act) => link(trx, act, effect, 'follows', cause))
    const trail = await world.as(officer, trx => trailOf(workspaceTrail(trx, world.office.id), cause))
    assert.deepEqual(
      trail?.consequences.map(step => step.title),
      ['Effect'],
    )
    assert.deepEqual(
      trail?.consequences[0]?.gaps.map(gap => gap.awaited),
      ['reply'],
    )
    assert.equal(await world.as(liaison, trx => trailOf(workspaceTrail(trx, world.force.id), cause)), null)
    await world.as(officer, (trx, act) => publishRecord(trx, act, cause))
    const open = await trailOf(publicTrail(world.database.public, testNow), cause)
    assert.deepEqual(open?.consequences, [], 'an edge is public once both its ends are')
    await world.as(officer, (trx, act) => publishRecord(trx, act, effect))
    const whole = await trailOf(publicTrail(world.database.public, testNow), cause)
    assert.equal(whole?.consequences.length, 1)
  })

  it('can be moved on by what another organisation releases to it, and both histories tell', async () => {
    const mine = await note(officer, 'Waiting')
    await world.as(liaison, async (trx, act) => {
      await actingFor(trx, [world.office.id], () =>
        changeRecord(trx, act, mine, null, { state: 'done' }, { kind: 'changed', why: 'The answer came' }),
      )
      assert.equal(await findRecord(trx, mine), null, 'only for the length of the release')
    })
    const history = await world.as(officer, trx => historyOf(trx, mine))
    assert.equal(history[0]?.payload?.['why'], 'The answer came')
  })

  it('refuses a link its kind does not declare', async () => {
    const one = await note(officer, 'One')
    const two = await note(officer, 'Two')
    await assert.rejects(
      world.as(officer, (trx, act) => link(trx, act, one, 'answers', two)),
      /may not be tied/,
    )
  })

  it('is listed in pages that lead forwards and back to the same rows', async () => {
    const world2 = await testWorld()
    const viewer = world2.viewer(world2.office, 'policy-lead')
    await world2.as(viewer, async (trx, act) => {
      for (let n = 0; n < 7; n += 1) {
        await createRecord(trx, act, { areaId: 1, kind: 'note', title: `Note ${String(n)}`, state: 'draft' })
      }
    })
    const read = (query: Record<string, string>) =>
      world2.as(viewer, trx => workspaceRegister(trx, world2.office.id, 1, 'note', registerQuery(query, 3)))
    const first = await read({ sort: 'title' })
    assert.deepEqual(
      first.rows.map(row => row.title),
      ['Note 0', 'Note 1', 'Note 2'],
    )
    assert.equal(first.previous, null)
    const second = await read({ sort: 'title', after: first.next ?? '' })
    assert.deepEqual(
      second.rows.map(row => row.title),
      ['Note 3', 'Note 4', 'Note 5'],
    )
    const back = await read({ sort: 'title', before: second.previous ?? '' })
    assert.deepEqual(back.rows, first.rows)
    const last = await read({ sort: 'title', after: second.next ?? '' })
    assert.equal(last.next, null)
    const descending = await read({ sort: '-title' })
    assert.equal(descending.rows[0]?.title, 'Note 6')
    const counts = await world2.as(viewer, trx => workspaceCounts(trx, world2.office.id, 1, 'note'))
    assert.equal(counts.get('draft'), 7)
    await world2.close()
  })

  it('has public registers and counts that follow publication and change of state', async () => {
    const entries = await newestEntries(world.database.public, [1], ['note'], testNow.add({ hours: 3 }), 100)
    const register = await publicRegister(world.database.public, [1], 'note', null, registerQuery({}, 100))
    assert.equal(register.rows.length, entries.length)
    const counts = await publicCounts(world.database.public, [1], 'note')
    assert.equal(
      [...counts.values()].reduce((a, b) => a + b, 0),
      entries.length,
    )
  })

  it('keeps a history that holds, tells who and why, and shows when it was tampered with', async () => {
    const made = await note(officer, 'With a past')
    await world.as(officer, (trx, act) =>
      changeRecord(trx, act, made, null, { title: 'With a new name' }, { kind: 'changed', why: 'It was misspelt' }),
    )
    const history = await world.as(officer, trx => historyOf(trx, made))
    assert.equal(history[0]?.payload?.['why'], 'It was misspelt')
    assert.equal(history[0].payload['who'], officer.name)
    const everyone = [world.office.id, world.force.id, world.panel.id]
    const verify = (against?: string) =>
      inTransaction(world.database.program, everyone, trx => verifyHistory(trx, against))
    const whole = await verify()
    assert.deepEqual(whole.broken, [])
    assert.ok(whole.events > 10)
    assert.equal((await verify('00'.repeat(32))).broken.length, 1)
    await world.as(officer, (trx, act) => erasePayload(trx, act, 1, 2, 'the retention rule'))
    const erased = await verify()
    assert.deepEqual(erased.broken, [])
    assert.equal(erased.erased, 1)
    await sql`update workspace.event set kind = 'note.forged' where seq = 3`.execute(world.database.owner)
    assert.equal((await verify()).broken[0]?.seq, 3)
  })

  it('of a historical area cannot be changed', async () => {
    const other = await testWorld()
    await sql`update workspace.area set historical = true`.execute(other.database.owner)
    const viewer = other.viewer(other.office, 'policy-lead')
    await assert.rejects(
      other.as(viewer, (trx, act) => createRecord(trx, act, { areaId: 1, kind: 'note', title: 'No', state: 'draft' })),
      /historical/,
    )
    await other.close()
  })
})

describe('the public login', () => {
  let world: TestWorld
  before(async () => {
    world = await testWorld()
  })
  after(() => world.close())

  const tries = [
    'select * from workspace.record',
    'select * from workspace.event_payload',
    'select * from workspace.sent',
    'select * from auth."user"',
    'set role peelian_program',
    "select set_config('role', 'peelian_program', false)",
    'set session authorization peelian_owner',
    "insert into published.entry_count values (1, 'x', 'y', 1)",
    'update published.area set name = name',
    'select * from intake.message',
    'create table public.mine (a int)',
    'create temporary table mine (a int)',
    "copy (select 1) to program 'true'",
    "select pg_read_file('/etc/passwd')",
  ]
  for (const attempt of tries) {
    it(`cannot: ${attempt}`, async () => {
      await assert.rejects(sql.raw(attempt).execute(world.database.public), /permission denied|must be|denied/)
    })
  }

  it('may leave a message at the intake', async () => {
    await sql`insert into intake.message (id, area_id, kind, body)
      values (gen_random_uuid(), 1, 'question', '{}')`.execute(world.database.public)
  })
})
