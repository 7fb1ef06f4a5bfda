import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Role, Viewer } from '../../../platform/access/viewer.ts'
import { startClock, stopClock } from '../../../record/clock-store.ts'
import { clocksOf } from '../../../record/clock-rows.ts'
import { historyOf } from '../../../record/history.ts'
import { declareKinds } from '../../../record/kinds.ts'
import type { RecordHead } from '../../../record/record.ts'
import { createRecord, findRecord } from '../../../record/records.ts'
import { noteModule } from '../../../record/testing-kind.ts'
import { testWorld } from '../../../record/testing.ts'
import type { TestWorld } from '../../../record/testing.ts'
import { addAppointment, addPerson, endAppointment, organisations, serveArea } from '../index.ts'
import { settleHandOvers } from './hand-over.ts'

declareKinds([organisations, noteModule])

const areaId = 1
const day = (text: string) => Temporal.PlainDate.from(text)

describe('Handing over', () => {
  let world: TestWorld
  let office: Viewer
  let force: Viewer
  before(async () => {
    world = await testWorld()
    office = world.viewer(world.office, 'administrator')
    force = world.viewer(world.force, 'administrator')
    await world.as(office, async trx => {
      for (const each of [world.office, world.force]) await serveArea(trx, each.id, areaId)
    })
  })
  after(() => world.close())

  const appoint = (viewer: Viewer, name: string, title: string, started: string, role: Role = 'policy-lead') =>
    world.as(viewer, async (trx, act) => {
      const { personId } = await addPerson(trx, act, { areaId, name, publicName: name })
      const post = { areaId, organisationId: viewer.organisation.id, personId, role, title, started }
      return { personId, id: (await addAppointment(trx, act, post)).id }
    })
  /** A note that somebody owns, with a deadline of theirs and one that they have kept. */
  const work = (viewer: Viewer, personId: string, state = 'asked', role: Role = 'policy-lead') =>
    world.as(viewer, async (trx, act) => {
      const owner = { organisationId: viewer.organisation.id, personId, role }
      const made = await createRecord(trx, act, { areaId, kind: 'note', title: 'A note', state, owner })
      await startClock(trx, act, made, 'REC-REPLY', { from: day('2026-03-11') }, { personId, role })
      await stopClock(trx, act, made, 'REC-REPLY', 'done')
      await startClock(trx, act, made, 'QUESTION-CC', { from: day('2026-03-11') }, { personId, role })
      return made
    })
  const owners = (viewer: Viewer, record: RecordHead) =>
    world.as(viewer, async trx => {
      const clocks = await clocksOf(trx, record)
      const of = (rule: string) => clocks.find(clock => clock.rule.id === rule)?.owner.personId ?? null
      const head = await findRecord(trx, record)
      return { running: of('QUESTION-CC'), kept: of('REC-REPLY'), record: head?.owner ?? null }
    })

  it('ending an appointment hands open work to the successor named, and its history says so', async () => {
    const ada = await appoint(office, 'Ada Leaves', 'Lead on drugs', '2024-01-01')
    const ben = await appoint(office, 'Ben Follows', 'Another post', '2020-01-01')
    const note = await work(office, ada.personId)
    const done = await work(office, ada.personId, 'done')
    await world.as(office, (trx, act) =>
      endAppointment(trx, act, { id: ada.id, ended: '2026-03-10', successor: ben.personId }),
    )
    const after = await owners(office, note)
    assert.equal(after.running, ben.personId)
    assert.equal(after.kept, ada.personId, 'what is over keeps the name it had')
    assert.deepEqual(after.record, { organisationId: world.office.id, personId: ben.personId, role: 'policy-lead' })
    assert.equal((await owners(office, done)).record?.personId, ada.personId)
    const history = await world.as(office, trx => historyOf(trx, note))
    const told = history.filter(line => /handed-over$/.test(line.kind))
    assert.deepEqual(told.map(line => line.kind).toSorted(), ['note.clock-handed-over', 'note.handed-over'])
    assert.match(JSON.stringify(told), /The appointment as Lead on drugs has ended/)
  })

  it('without a successor the role alone owns it', async () => {
    const cal = await appoint(office, 'Cal Alone', 'Treasurer', '2024-01-01', 'chief-finance-officer')
    const note = await work(office, cal.personId, 'asked', 'chief-finance-officer')
    await world.as(office, (trx, act) => endAppointment(trx, act, { id: cal.id, ended: '2026-03-10' }))
    const after = await owners(office, note)
    assert.deepEqual(after.record, { organisationId: world.office.id, role: 'chief-finance-officer' })
    assert.equal(after.running, null)
  })

  it('an end that lies ahead waits for its day, and the daily work then moves it', async () => {
    const dee = await appoint(force, 'Dee Ahead', 'Liaison lead', '2024-01-01')
    const note = await work(force, dee.personId)
    await world.as(force, (trx, act) => endAppointment(trx, act, { id: dee.id, ended: '2026-03-20' }))
    assert.equal((await owners(force, note)).running, dee.personId)
    const settle = (today: string) =>
      world.as(force, (trx, act) => settleHandOvers(trx, act, areaId, day(today)), {
        now: Temporal.Instant.from(`${today}T05:00:00Z`),
      })
    assert.equal(await settle('2026-03-20'), 0)
    assert.equal(await settle('2026-03-21'), 2)
    const after = await owners(force, note)
    assert.equal(after.running, null)
    assert.deepEqual(after.record, { organisationId: world.force.id, role: 'policy-lead' })
    assert.equal(await settle('2026-03-22'), 0, 'once is enough')
  })

  it('what another organisation owns is left alone', async () => {
    const eve = await appoint(force, 'Eve Two Desks', 'Desk of the force', '2024-01-01')
    const there = await work(force, eve.personId)
    const here = await world.as(office, async (trx, act) => {
      const post = { areaId, organisationId: world.office.id, personId: eve.personId, role: 'policy-lead' as const }
      return addAppointment(trx, act, { ...post, title: 'Desk of the office', started: '2024-01-01' })
    })
    await world.as(office, (trx, act) => endAppointment(trx, act, { id: here.id, ended: '2026-03-01' }))
    assert.equal((await owners(force, there)).running, eve.personId)
  })
})
