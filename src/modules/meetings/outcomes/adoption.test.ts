import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { linkedTo } from '../../../record/links.ts'
import { issueItem, raiseItem, raisedByBodies } from '../../follow-up/index.ts'
import { addBody } from '../../organisations/index.ts'
import { heldMeeting, makeCast, planMeeting, visit } from '../testing.ts'
import type { Cast } from '../testing.ts'

describe('what a working group asks for', () => {
  let cast: Cast
  before(async () => {
    cast = await makeCast()
  })
  after(() => cast.close())

  it('is its own until the body adopts it at a meeting that was held', async () => {
    const { world, clerk } = cast
    const { group, request } = await world.as(clerk, async (trx, act) => {
      const holders = [world.office.id]
      const made = { areaId: 1, name: 'Budget Working Group', form: 'working-group' as const, holders, sides: [] }
      const group = await addBody(trx, act, made)
      const request = await raiseItem(trx, act, {
        kind: 'information-request',
        areaId: 1,
        title: 'Vacancies by team',
        asked: 'Vacancies by team and length',
        owner: null,
        leadWords: 'Treasurer',
        due: null,
        raisedByWords: 'Budget Working Group, 19 August 2025',
        raisedByBody: group.id,
      })
      await issueItem(trx, act, request)
      return { group, request }
    })
    const planned = await planMeeting(cast, '2026-05-12')
    const early = `/workspace/meetings/${planned.meeting.id}/adopt`
    const refused = await visit(cast, clerk, 'POST', early, { items: request.id })
    assert.equal(refused.status, 422)
    assert.match(refused.html, /has not been held yet/)

    const { meeting } = await heldMeeting(cast)
    const address = `/workspace/meetings/${meeting.id}/adopt`
    assert.match((await visit(cast, clerk, 'GET', address)).html, /Vacancies by team/)
    assert.equal((await visit(cast, clerk, 'POST', address, {})).status, 422, 'nothing chosen')
    assert.equal((await visit(cast, clerk, 'POST', address, { items: request.id })).status, 303)
    await world.as(clerk, async trx => {
      assert.deepEqual(await raisedByBodies(trx, 1, [group.id]), [])
      const [adopted] = await raisedByBodies(trx, 1, [cast.board.id])
      assert.equal(adopted?.title, 'Vacancies by team')
      assert.deepEqual(await linkedTo(trx, request, 'adopted-at'), [{ areaId: 1, id: meeting.id }])
    })
    assert.equal((await visit(cast, cast.panelClerk, 'GET', address)).status, 404, 'another organisation’s meeting')
  })
})
