import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../../platform/access/viewer.ts'
import type { Answer, PublicContext, WorkspaceContext } from '../../../platform/web/route.ts'
import { createTemplates } from '../../../platform/web/templates.ts'
import { declareKinds } from '../../../record/kinds.ts'
import { testNow, testSite, testWorld, type TestWorld } from '../../../record/testing.ts'
import {
  describeBreakdowns,
  describeDimension,
  fileInMemory,
  loadObservations,
  performance as performanceModule,
  publishMeasure,
  setUpMeasure,
} from '../index.ts'

const searches = [
  'measure,period,value,breakdown',
  'Searches,2026-01,118,',
  'Searches,2026-01,3,Asian',
  'Searches,2026-01,24,Black',
  'Searches,2026-01,91,White',
].join('\n')

describe('The pages of the reports people know', () => {
  let world: TestWorld
  let office: Viewer
  let force: Viewer
  const ids: Record<string, string> = {}
  const templates = createTemplates()

  before(async () => {
    declareKinds([performanceModule])
    world = await testWorld()
    office = world.viewer(world.office, 'policy-lead', 'administrator')
    force = world.viewer(world.force, 'administrator')
    await world.as(office, async (trx, act) => {
      const shared = { areaId: world.area.id, unit: 'count', polarity: 'neutral', frequency: 'month' } as const
      const words = { definition: 'As counted.', source: 'The force' }
      const made = await setUpMeasure(trx, act, {
        ...shared,
        ...words,
        title: 'Searches',
        kind: 'count',
        disclosure: 5,
      })
      const posts = await setUpMeasure(trx, act, {
        ...shared,
        ...words,
        title: 'Heads',
        kind: 'stock',
        basis: 'headcount',
      })
      ids['searches'] = made.id
      ids['heads'] = posts.id
      await describeDimension(trx, act, made, 'Ethnic group', 'to-the-whole')
      await describeBreakdowns(trx, act, made, ['Asian', 'Black', 'White'], { dimension: 'Ethnic group', parent: null })
      const file = fileInMemory('searches.csv', Buffer.from(searches))
      const report = await loadObservations(trx, act, file, { areaId: world.area.id, dryRun: false })
      assert.equal(report.added, 4)
    })
  })
  after(() => world.close())

  function visit(
    viewer: Viewer,
    method: 'GET' | 'POST',
    path: string,
    more: Partial<Pick<WorkspaceContext, 'params' | 'fields'>> = {},
  ): Promise<Answer> {
    const route = performanceModule.workspace.find(each => each.method === method && each.path === path)
    assert.ok(route, path)
    return world.as(viewer, async (_trx, context) => route.handler(context), more)
  }
  async function publicly(path: string, params: Record<string, string> = {}): Promise<Answer> {
    const route = performanceModule.public.find(each => each.path === path)
    assert.ok(route, path)
    const area = { ...world.area, banner: null, asAt: null }
    const context = { db: world.database.public, area, now: testNow, asOf: testNow, params, query: {}, baseUrl: '' }
    const today = Temporal.PlainDate.from('2026-03-11')
    return route.handler({ ...context, today } satisfies PublicContext)
  }
  function html(answer: Answer, side: 'workspace' | 'public' = 'workspace'): string {
    assert.equal(answer.type, 'page')
    return answer.type === 'page' ? templates.render(answer.view, answer.model, testSite(side)) : ''
  }
  const body = (answer: Answer) => (answer.type === 'content' ? answer.body.toString() : '')

  const report = '/performance/reports/:name'
  const choose = '/performance/reports/:name/measures'
  const params = { name: 'stop-and-search' }

  it('say plainly that a line has no measure', async () => {
    assert.match(html(await visit(office, 'GET', report, { params })), /No measure is chosen for this line/)
    assert.match(html(await visit(office, 'GET', '/performance/reports')), /0 of 2 lines have a measure/)
    assert.equal((await visit(office, 'GET', report, { params: { name: 'morale' } })).type, 'not-found')
  })

  it('offer for a line only what fits it, and take nothing else', async () => {
    const asked = html(await visit(office, 'GET', choose, { params }))
    assert.match(asked, /Searches \(M-2026-01\)/)
    assert.doesNotMatch(asked, /Heads \(M-/)
    const unfit = await visit(office, 'POST', choose, { params, fields: { searches: ids['heads'] ?? '', found: '' } })
    assert.match(html(unfit), /“Heads” cannot stand here/)
    const done = await visit(office, 'POST', choose, { params, fields: { searches: ids['searches'] ?? '', found: '' } })
    assert.equal(done.type, 'redirect')
  })

  it('show inside the true numbers, and which of them the public is not shown', async () => {
    const shown = html(await visit(office, 'GET', report, { params }))
    assert.match(shown, /Searches by ethnic group, January 2026/)
    assert.match(shown, /Asian[\s\S]{0,400}>3<[\s\S]{0,80}hidden from the public/)
    assert.match(shown, /Share of 118/)
    assert.match(
      body(await visit(office, 'GET', report, { params: { name: 'stop-and-search.csv' } })),
      /,Asian,2026-01,3,/,
    )
  })

  it('keep the choice and the figures from another organisation', async () => {
    assert.match(html(await visit(force, 'GET', report, { params })), /No measure is chosen for this line/)
    const taken = await visit(force, 'POST', choose, { params, fields: { searches: ids['searches'] ?? '', found: '' } })
    assert.match(html(taken), /Choose a measure from the list/)
    assert.doesNotMatch(html(await visit(force, 'GET', choose, { params })), /Searches \(M-/)
  })

  it('show the public what is published, and no small number or a way to it', async () => {
    assert.match(html(await publicly(report, params), 'public'), /Nothing is published for this line yet/)
    await world.as(office, (trx, act) => publishMeasure(trx, act, { areaId: world.area.id, id: ids['searches'] ?? '' }))
    const shown = html(await publicly(report, params), 'public')
    assert.match(shown, /Searches by ethnic group, January 2026/)
    assert.match(shown, /91[\s\S]*77\.1%/)
    const csv = body(await publicly(report, { name: 'stop-and-search.csv' }))
    const values = csv.split('\r\n').flatMap(row => {
      const cells = row.split(',')
      return cells[7] === '2026-01' ? [[cells[6], cells[8], cells.at(-1)]] : []
    })
    // With the whole and White shown, Asian and Black could each be anything: neither can be worked out.
    assert.deepEqual(values.sort(), [
      ['', '118', ''],
      ['Asian', '', '[c]'],
      ['Black', '', '[c]'],
      ['White', '91', ''],
    ])
    assert.match(html(await publicly('/performance/reports'), 'public'), /Stop and search/)
    assert.doesNotMatch(html(await publicly('/performance/reports'), 'public'), /Sickness/)
  })
})
