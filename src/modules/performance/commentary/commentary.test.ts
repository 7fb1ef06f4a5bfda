import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../../platform/access/viewer.ts'
import { declareKinds } from '../../../record/kinds.ts'
import { publicRecord } from '../../../record/public-pages.ts'
import { testNow, testWorld, type TestWorld } from '../../../record/testing.ts'
import { pageHtml, pageText } from '../../../record/testing-pages.ts'
import { serveArea } from '../../organisations/index.ts'
import { performance as performanceModule } from '../index.ts'
import { measureKind } from '../kinds.ts'
import { publishMeasure } from '../measures/publish-measure.ts'
import { setUpMeasure } from '../measures/set-up-measure.ts'
import { loadMonths, steadyYear, visit } from '../testing.ts'
import { commentariesOf } from './commentaries-of.ts'

describe('Commentary', () => {
  let world: TestWorld
  let lead: Viewer
  let liaison: Viewer
  let constable: Viewer
  let clerk: Viewer
  let measure = ''
  let id = ''
  const at = '/performance/commentary'

  before(async () => {
    declareKinds([performanceModule])
    world = await testWorld()
    lead = world.viewer(world.office, 'policy-lead')
    liaison = world.viewer(world.force, 'liaison')
    constable = world.viewer(world.force, 'chief-constable')
    clerk = world.viewer(world.panel, 'panel-clerk')
    measure = await world.as(lead, async (trx, context) => {
      for (const { id: each } of [world.office, world.force, world.panel]) await serveArea(trx, each, 1)
      const made = await setUpMeasure(trx, context, {
        ...{ areaId: 1, title: 'Shoplifting', unit: 'count', kind: 'count', polarity: 'decrease', frequency: 'month' },
        ...{ definition: 'Recorded.', source: 'The force' },
      })
      await loadMonths(trx, context, 'Shoplifting', steadyYear)
      return made.id
    })
  })
  after(() => world.close())

  const fields = { period: '2025-12', breakdown: '', author: 'Superintendent Green' }
  const send = async (
    viewer: Viewer,
    path: string,
    more: Record<string, string>,
    query: Record<string, string> = {},
  ) => {
    const params = path.includes(':id') ? { id } : {}
    const form = await visit(world, viewer, 'GET', path, { params, query })
    const version = /name="version" value="(\d+)"/.exec(form.type === 'page' ? pageHtml(form) : '')?.[1] ?? ''
    return visit(world, viewer, 'POST', path, { params, query, fields: { version, ...more } })
  }
  const lines = async (viewer: Viewer) =>
    (
      await world.as(viewer, trx =>
        commentariesOf(trx, viewer.organisation.id, { areaId: 1, id: measure, frequency: 'month' }),
      )
    ).map(each => [each.periodWords, each.text, each.state?.word ?? 'received'])
  const publish = () => world.as(lead, (trx, act) => publishMeasure(trx, act, { areaId: 1, id: measure }))
  async function publicPage() {
    const area = { id: 1, slug: 'testshire', name: 'Testshire', banner: null, historical: false, asAt: null }
    const answer = await publicRecord(
      {
        ...{ db: world.database.public, area, now: testNow, asOf: testNow.add({ seconds: 1 }), query: {}, baseUrl: '' },
        ...{ today: Temporal.PlainDate.from('2026-03-11'), params: { slug: 'shoplifting' } },
      },
      measureKind,
    )
    return answer.type === 'page' ? JSON.stringify(answer.model) : answer.type
  }

  it('the force cannot write about what it cannot read', async () => {
    const answer = await visit(world, liaison, 'GET', `${at}/new`)
    assert.match(pageText(answer), /There are no figures to write about yet/)
    const query = { measure }
    assert.equal((await visit(world, liaison, 'POST', `${at}/new`, { query, fields })).type, 'not-found')
  })
  it('writes about published figures; what is wrong is said and what was typed is kept', async () => {
    await publish()
    assert.match(pageText(await visit(world, liaison, 'GET', `${at}/new`)), /Shoplifting/)
    const faulty = await send(liaison, `${at}/new`, { ...fields, period: '2025', words: 'A new store' }, { measure })
    assert.match(pageText(faulty), /There is a problem/)
    assert.match(pageHtml(faulty), /A new store/)
    const done = await send(liaison, `${at}/new`, { ...fields, words: 'A new store', mayPublish: 'yes' }, { measure })
    assert.ok(done.type === 'redirect')
    id = done.to.split('/').at(-1) ?? ''
    const again = await send(liaison, `${at}/new`, { ...fields, words: 'Once more' }, { measure })
    assert.match(pageText(again), /has written about this period already/)
  })
  it('a draft is its writer’s alone, also when the measure is published', async () => {
    await publish()
    assert.deepEqual(await lines(liaison), [['December 2025', 'A new store', 'Draft']])
    assert.deepEqual(await lines(lead), [])
    for (const path of [`${at}/:id`, `${at}/:id/edit`, `${at}/received/:id`]) {
      assert.equal((await visit(world, lead, 'GET', path, { params: { id } })).type, 'not-found')
    }
    assert.doesNotMatch(pageText(await visit(world, lead, 'GET', at)), /Shoplifting/)
    assert.doesNotMatch(await publicPage(), /A new store/)
  })
  it('is released to the office by whoever signs, and to nobody else', async () => {
    const page = pageText(await visit(world, liaison, 'GET', `${at}/:id`, { params: { id } }))
    assert.match(page, /Not yet possible: Release it to others This is for whoever signs/)
    assert.match(pageText(await send(constable, `${at}/:id/release`, {})), /Choose at least one organisation/)
    assert.equal((await send(constable, `${at}/:id/release`, { to: world.office.id })).type, 'redirect')
    assert.deepEqual(await lines(lead), [['December 2025', 'A new store', 'received']])
    assert.deepEqual(await lines(clerk), [])
    assert.equal((await visit(world, clerk, 'GET', `${at}/received/:id`, { params: { id } })).type, 'not-found')
  })
  it('a changed wording is seen once it is released; the earlier one stays readable', async () => {
    const fields = { words: 'Two new stores', author: 'Superintendent Green', mayPublish: 'yes' }
    assert.equal((await send(liaison, `${at}/:id/edit`, fields)).type, 'redirect')
    assert.deepEqual(await lines(lead), [['December 2025', 'A new store', 'received']])
    await publish()
    assert.doesNotMatch(await publicPage(), /new store/, 'what was changed since is not published')
    await send(constable, `${at}/:id/release`, { to: world.office.id })
    const received = pageText(await visit(world, lead, 'GET', `${at}/received/:id`, { params: { id } }))
    assert.match(received, /Two new stores[\s\S]*Earlier wordings A new store/)
  })
  it('is published with the measure, the standing wording alone', async () => {
    await publish()
    const text = await publicPage()
    assert.match(text, /Two new stores/)
    assert.doesNotMatch(text, /A new store/)
    assert.match(text, /Superintendent Green/)
  })
  it('what its writer keeps from the public is not published', async () => {
    const query = { measure }
    const done = await send(lead, `${at}/new`, { ...fields, period: '2025-11', words: 'Between us' }, query)
    assert.ok(done.type === 'redirect')
    id = done.to.split('/').at(-1) ?? ''
    assert.equal((await send(lead, `${at}/:id/release`, { to: world.force.id })).type, 'redirect')
    await publish()
    assert.doesNotMatch(await publicPage(), /Between us/)
    assert.deepEqual(
      (await lines(liaison)).map(([period]) => period),
      ['December 2025', 'November 2025'],
    )
    const foreign = await visit(world, clerk, 'POST', `${at}/received/:id/publish`, { params: { id } })
    assert.equal(foreign.type, 'not-found')
  })
})
