import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { startClock } from '../../record/clock-store.ts'
import { clocksOf } from '../../record/clock-rows.ts'
import { declareKinds } from '../../record/kinds.ts'
import { recordLayer } from '../../record/index.ts'
import { createRecord } from '../../record/records.ts'
import { testNow, testWorld } from '../../record/testing.ts'
import type { TestWorld } from '../../record/testing.ts'
import { settleAreas } from './daily-job.ts'
import { addAppointment, addPerson, organisations } from './index.ts'

declareKinds([recordLayer, organisations])

describe('what settles each night', () => {
  let world: TestWorld
  before(async () => {
    world = await testWorld()
  })
  after(() => world.close())

  it('hands the deadlines of whoever left to the role, once, for every organisation', async () => {
    const clerk = world.viewer(world.office, 'administrator')
    const record = await world.as(clerk, async (trx, act) => {
      const { personId } = await addPerson(trx, act, { areaId: 1, name: 'Ada Okoro', publicName: 'Ada Okoro' })
      const post = { areaId: 1, organisationId: world.office.id, personId, role: 'policy-lead' as const }
      const term = { started: '2025-01-01', ended: '2026-03-10' }
      await addAppointment(trx, act, { ...post, title: 'Policy lead', ...term })
      const made = { areaId: 1, kind: 'body', title: 'A board', state: 'standing' }
      const record = await createRecord(trx, act, made)
      const owner = { role: 'policy-lead', personId }
      await startClock(trx, act, record, 'QUESTION-CC', { from: Temporal.PlainDate.from('2026-03-02') }, owner)
      return record
    })
    assert.ok((await settleAreas(world.database.program, testNow)) > 0)
    const [clock] = await world.as(clerk, trx => clocksOf(trx, record))
    assert.deepEqual(clock?.owner, { role: 'policy-lead', personId: null })
    assert.equal(await settleAreas(world.database.program, testNow), 0, 'a second run changes nothing')
  })
})
