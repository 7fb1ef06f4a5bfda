import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { clocksOf } from '../../../record/clock-rows.ts'
import { day, makeCast, planMeeting } from '../testing.ts'
import type { Cast } from '../testing.ts'
import { requestPaper, withdrawRequest } from './request-paper.ts'

describe('the deadline of a paper that was asked for', () => {
  let cast: Cast
  before(async () => {
    cast = await makeCast()
  })
  after(() => cast.close())

  it('is owed by whoever was asked, on the day that was named, until the request is taken back', async () => {
    const { world, clerk, liaison, panelClerk } = cast
    const { meeting, open } = await planMeeting(cast, '2026-04-14')
    const asked = { meeting, itemId: open, title: 'Figures', covers: 'What changed', role: 'liaison' }
    const request = await world.as(clerk, (trx, act) =>
      requestPaper(trx, act, { ...asked, organisationId: world.force.id, due: day('2026-04-01') }),
    )
    const [owed] = await world.as(liaison, trx => clocksOf(trx, request))
    assert.deepEqual(
      [owed?.rule.id, owed?.due?.toString(), owed?.organisationId, owed?.owner.role],
      ['PAPER', '2026-04-01', world.force.id, 'liaison'],
    )
    assert.deepEqual(await world.as(panelClerk, trx => clocksOf(trx, request)), [], 'nobody else sees it')
    await world.as(clerk, (trx, act) => withdrawRequest(trx, act, request, request.version, 'Not needed'))
    const [gone] = await world.as(liaison, trx => clocksOf(trx, request))
    assert.deepEqual([gone?.state, gone?.cancelledWhy], ['cancelled', 'Not needed'])
  })
})
