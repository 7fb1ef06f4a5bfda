import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../../platform/access/viewer.ts'
import type { Answer, PublicContext, WorkspaceContext } from '../../../platform/web/route.ts'
import { createTemplates } from '../../../platform/web/templates.ts'
import { clocksOf } from '../../../record/clock-rows.ts'
import { declareKinds } from '../../../record/kinds.ts'
import { publicRecord } from '../../../record/public-pages.ts'
import { publishRecord } from '../../../record/publish.ts'
import type { RecordHead } from '../../../record/record.ts'
import { testNow, testSite, testWorld } from '../../../record/testing.ts'
import type { TestWorld } from '../../../record/testing.ts'
import { bodyKind } from '../bodies/kind.ts'
import { addBody, addMembership, addPerson, endMembership, organisations, serveArea } from '../index.ts'
import { selectInterests } from './queries.ts'

declareKinds([organisations])

const areaId = 1
const typedDay = (date: string) => {
  const [year = '', month = '', day = ''] = date.split('-')
  return { 'on-day': day, 'on-month': month, 'on-year': year }
}

describe('Registering of interests', () => {
  let world: TestWorld
  let clerk: Viewer
  let officer: Viewer
  let panel: RecordHead
  const templates = createTemplates()
  before(async () => {
    world = await testWorld()
    clerk = world.viewer(world.panel, 'panel-clerk')
    officer = world.viewer(world.office, 'administrator')
    panel = await world.as(clerk, async (trx, act) => {
      await serveArea(trx, world.panel.id, areaId)
      const interestsRegister = 'https://council.example/register'
      return addBody(trx, act, { areaId, name: 'Testshire Panel', form: 'panel', interestsRegister })
    })
  })
  after(() => world.close())

  /** Somebody who became a member on a day. */
  const join = (name: string, started: string) =>
    world.as(clerk, async (trx, act) => {
      const { personId, record } = await addPerson(trx, act, { areaId, name, publicName: name })
      const seat = { areaId, bodyId: panel.id, personId, capacity: 'member' as const, started }
      const { id } = await addMembership(trx, act, seat)
      const [interest] = await selectInterests(trx, areaId, { membershipId: id })
      return { personId, record, membershipId: id, interestId: interest?.id ?? '' }
    })
  const clockOf = async (personId: string) =>
    (await world.as(clerk, trx => clocksOf(trx, panel))).find(clock => clock.owner.personId === personId)
  function visit(method: 'GET' | 'POST', path: string, more: Partial<WorkspaceContext>, viewer = clerk) {
    const route = organisations.workspace.find(each => each.method === method && each.path === `/organisations${path}`)
    assert.ok(route, path)
    return world.as(viewer, async (_trx, context) => route.handler(context), more)
  }
  function html(answer: Answer, side: 'workspace' | 'public' = 'workspace'): string {
    assert.equal(answer.type, 'page')
    return answer.type === 'page' ? templates.render(answer.view, answer.model, testSite(side)) : ''
  }
  const text = (page: string) => page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
  const bodyPage = async () => text(html(await visit('GET', '/bodies/:id', { params: { id: panel.id } })))
  const register = '/interests/:id/registered'

  it('begins with the membership: 28 days, of which that day is the first', async () => {
    const { personId, record } = await join('Ada New', '2026-03-02')
    const clock = await clockOf(personId)
    assert.equal(clock?.rule.id, 'DPI-REG')
    assert.equal(clock.due?.toString(), '2026-03-29')
    assert.equal(clock.setsDue, false)
    assert.match(await bodyPage(), /Ada New Register interests as a new member 29 March 2026 .*18 days left Not due/)
    const person = text(html(await visit('GET', '/people/:id', { params: { id: record.id } })))
    assert.match(person, /Register interests as a new member 29 March 2026/)
  })

  it('the clerk records the day it was done: kept, or kept late, with the way to the register', async () => {
    const early = await join('Ben Early', '2026-03-02')
    const form = html(await visit('GET', register, { params: { id: early.interestId } }))
    assert.match(form, /value="https:\/\/council\.example\/register"/, "the body's own register is offered")
    const fields = { ...typedDay('2026-03-09'), register: 'https://council.example/register/ben' }
    const done = await visit('POST', register, { params: { id: early.interestId }, fields })
    assert.equal(done.type, 'redirect')
    assert.match(await bodyPage(), /Ben Early .*Kept on 9 March 2026, 20 days before its last day/)
    const late = await join('Cal Late', '2026-01-05')
    await visit('POST', register, { params: { id: late.interestId }, fields: typedDay('2026-02-10') })
    assert.match(await bodyPage(), /Cal Late .*Kept on 10 February 2026, 9 days late/)
    assert.equal((await clockOf(late.personId))?.outcome, 'registered')
  })

  it('what cannot be is answered by the field or in a sentence, and what was typed is kept', async () => {
    const { interestId } = await join('Dee Wrong', '2026-03-02')
    const post = async (fields: Record<string, string>) => {
      const answer = await visit('POST', register, { params: { id: interestId }, fields })
      assert.equal(answer.type === 'page' && answer.status, 422)
      return html(answer)
    }
    assert.match(await post({ ...typedDay('2026-02-30'), register: '' }), /value="30"/)
    assert.match(await post({ ...typedDay('2026-03-01'), register: '' }), /cannot have been done before/)
    assert.match(await post({ ...typedDay('2026-03-12'), register: '' }), /today or on an earlier day/)
    const address = await post({ ...typedDay('2026-03-09'), register: 'javascript:alert(1)' })
    assert.match(address, /Enter a web address that begins with https/)
    assert.match(address, /value="javascript:alert\(1\)"/)
    await visit('POST', register, { params: { id: interestId }, fields: typedDay('2026-03-09') })
    assert.match(await post(typedDay('2026-03-10')), /does not run any more/)
  })

  it('a disclosure at a meeting begins its own 28 days', async () => {
    const { membershipId, personId } = await join('Eve Discloses', '2025-06-02')
    const path = '/memberships/:id/disclosure'
    html(await visit('GET', path, { params: { id: membershipId } }))
    await visit('POST', path, { params: { id: membershipId }, fields: typedDay('2026-03-10') })
    const clocks = (await world.as(clerk, trx => clocksOf(trx, panel))).filter(each => each.owner.personId === personId)
    const disclosed = clocks.find(clock => clock.rule.id === 'DPI-MEET')
    assert.equal(disclosed?.due?.toString(), '2026-04-06')
    const later = await visit('POST', path, { params: { id: membershipId }, fields: typedDay('2026-03-20') })
    assert.match(html(later), /is still to come/)
    const [interest] = await world.as(clerk, trx => selectInterests(trx, areaId, { personId }))
    await visit('POST', register, { params: { id: interest?.id ?? '' }, fields: typedDay('2026-03-11') })
    const after = (await world.as(clerk, trx => clocksOf(trx, panel))).filter(each => each.owner.personId === personId)
    const states = Object.fromEntries(after.map(clock => [clock.rule.id, clock.state]))
    assert.deepEqual(states, { 'DPI-MEET': 'stopped', 'DPI-REG': 'running' }, 'each is stopped by itself')
  })

  it('a membership that ends first cancels it with the reason', async () => {
    const { membershipId, personId } = await join('Fay Leaves', '2026-03-02')
    await world.as(clerk, (trx, act) => endMembership(trx, act, { areaId, id: membershipId, ended: '2026-03-10' }))
    const clock = await clockOf(personId)
    assert.equal(clock?.state, 'cancelled')
    assert.match(clock.cancelledWhy ?? '', /The membership ended on 10 March 2026, before/)
    assert.match(await bodyPage(), /Fay Leaves .*The membership ended on 10 March 2026/)
  })

  it('the office sees nothing of it, and the public the way to the register alone', async () => {
    const { interestId, membershipId } = await join('Gil Secret', '2025-03-02')
    assert.equal((await visit('GET', register, { params: { id: interestId } }, officer)).type, 'not-found')
    const stolen = { params: { id: interestId }, fields: typedDay('2026-03-09') }
    assert.equal((await visit('POST', register, stolen, officer)).type, 'not-found')
    const path = '/memberships/:id/disclosure'
    assert.equal((await visit('POST', path, { ...stolen, params: { id: membershipId } }, officer)).type, 'not-found')
    const { address } = await world.as(clerk, (trx, act) => publishRecord(trx, act, panel))
    const context: PublicContext = {
      db: world.database.public,
      area: { id: 1, slug: 'testshire', name: 'Testshire', banner: null, historical: false, asAt: null },
      ...{ now: testNow, today: Temporal.PlainDate.from('2026-03-11'), asOf: testNow, query: {}, baseUrl: '' },
      params: { slug: address.split('/')[1] ?? '' },
    }
    const open = html(await publicRecord(context, bodyKind), 'public')
    assert.match(open, /href="https:\/\/council\.example\/register"/)
    assert.doesNotMatch(open, /DPI|Interests to register|deadline|overdue|\/register\/ben/i)
    const { clocks } = await world.database.public
      .selectFrom('published.entry')
      .select('clocks')
      .where('record_id', '=', panel.id)
      .executeTakeFirstOrThrow()
    assert.deepEqual(clocks, [])
  })
})
