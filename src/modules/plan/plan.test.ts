import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../platform/access/viewer.ts'
import type { Answer, PublicContext, WorkspaceContext } from '../../platform/web/route.ts'
import type { SiteModel } from '../../platform/web/templates.ts'
import { createTemplates } from '../../platform/web/templates.ts'
import type { KindDescription } from '../../record/description.ts'
import { declareKinds } from '../../record/kinds.ts'
import { link } from '../../record/links.ts'
import { publicRecord } from '../../record/public-pages.ts'
import { publishRecord } from '../../record/publish.ts'
import { createRecord, findRecord } from '../../record/records.ts'
import { testNow, testSite, testWorld } from '../../record/testing.ts'
import type { TestWorld } from '../../record/testing.ts'
import {
  addObjective,
  addPlan,
  findObjective,
  objectivesOf,
  plan,
  plansOf,
  publishPlan,
  recordProgress,
} from './index.ts'
import { objectiveKind, planKind } from './kinds.ts'

/** Something that serves an objective, as measures do. */
const measureKind: KindDescription = {
  ...planKind,
  ...{ kind: 'measure', word: 'measure', plural: 'measures', prefix: 'M', publicPath: 'performance' },
  relations: { serves: ['objective'] },
  snapshot: () => Promise.resolve({ body: {}, summary: '', searchText: '' }),
}
declareKinds([plan, { ...plan, kinds: [measureKind] }])

const areaId = 1
const today = Temporal.PlainDate.from('2026-03-11')
const site = testSite('workspace')

describe('A police and crime plan', () => {
  let world: TestWorld
  let lead: Viewer
  const templates = createTemplates()
  before(async () => {
    world = await testWorld()
    lead = world.viewer(world.office, 'policy-lead')
  })
  after(() => world.close())

  type More = Partial<Pick<WorkspaceContext, 'params' | 'query' | 'fields'>>
  function visit(method: 'GET' | 'POST', path: string, more: More = {}, viewer = lead): Promise<Answer> {
    const route = plan.workspace.find(each => each.method === method && each.path === `/plan${path}`)
    assert.ok(route, path)
    return world.as(viewer, async (_trx, context) => route.handler(context), more)
  }
  function html(answer: Answer, side: SiteModel['side'] = 'workspace'): string {
    assert.equal(answer.type, 'page')
    const csrfToken = side === 'public' ? null : 'token'
    return answer.type === 'page' ? templates.render(answer.view, answer.model, { ...site, side, csrfToken }) : ''
  }
  function refused(answer: Answer, status = 422): string {
    assert.equal(answer.type === 'page' && answer.status, status)
    return html(answer)
  }
  function target(answer: Answer): string {
    assert.equal(answer.type, 'redirect', answer.type === 'page' ? html(answer) : '')
    return answer.type === 'redirect' ? answer.to : ''
  }
  const publicContext = (slug = ''): PublicContext => ({
    db: world.database.public,
    area: { id: areaId, slug: 'testshire', name: 'Testshire', banner: null, historical: false, asAt: null },
    ...{ now: testNow, today, asOf: testNow, params: { slug }, query: {}, baseUrl: 'http://localhost' },
  })
  async function publicPlan(): Promise<string> {
    const [home] = plan.public
    assert.ok(home)
    return html(await home.handler(publicContext()), 'public')
  }
  const idOf = (address: string) => address.split('/').at(-1) ?? ''
  const fields = {
    title: 'Police and Crime Plan 2025 to 2029',
    first: '2025',
    last: '2029',
    vision: 'Safer <b>streets</b>',
  }
  let first = ''
  let objective = ''

  it('empty pages say what would be here', async () => {
    assert.match(html(await visit('GET', '')), /No objectives are here yet/)
    assert.match(html(await visit('GET', '/plans')), /No plans are here yet/)
    assert.match(await publicPlan(), /No current plan is published/)
  })

  it('is added by the form, and what is wrong is said', async () => {
    assert.match(html(await visit('GET', '/plans/new')), /First year/)
    const faulty = refused(await visit('POST', '/plans/new', { fields: { ...fields, title: '', first: 'soon' } }))
    assert.match(faulty, /Enter the title of the plan[\s\S]*Enter the first year as four figures/)
    const backwards = refused(await visit('POST', '/plans/new', { fields: { ...fields, last: '2024' } }))
    assert.match(backwards, /must not end before it begins/)
    first = idOf(target(await visit('POST', '/plans/new', { fields })))
    const page = html(await visit('GET', '/plans/:id', { params: { id: first } }))
    assert.match(page, /Being prepared[\s\S]*2025 to 2029[\s\S]*Safer &lt;b&gt;streets&lt;\/b&gt;/)
    assert.match(page, /Not yet possible: Make this the current plan[\s\S]*It has no objectives yet/)
  })

  it('gets objectives, each number once', async () => {
    const params = { id: first }
    assert.match(html(await visit('GET', '/plans/:id/objectives/new', { params })), /name="number"[^>]*value="1"/)
    const typed = { number: '1', title: 'Cut burglary', aim: 'Fewer homes broken into' }
    target(await visit('POST', '/plans/:id/objectives/new', { params, fields: typed }))
    const twice = refused(await visit('POST', '/plans/:id/objectives/new', { params, fields: typed }))
    assert.match(twice, /This plan has an objective 1 already/)
    const [made] = await world.as(lead, trx => objectivesOf(trx, areaId))
    objective = made?.id ?? ''
    assert.equal(made?.planTitle, fields.title)
    assert.match(html(await visit('GET', '')), /Cut burglary[\s\S]*Objective 1[\s\S]*Nothing has been said yet/)
  })

  it('is nobody’s promise while it is being prepared', async () => {
    const params = { id: first }
    await assert.rejects(
      world.as(lead, (trx, act) => publishPlan(trx, act, { areaId, id: first })),
      /still being prepared/,
    )
    assert.match(html(await visit('GET', '/plans/:id/publish', { params })), /cannot be published yet/)
    assert.match(html(await visit('GET', '/plans/:id/current', { params })), /There is no current plan now/)
    target(await visit('POST', '/plans/:id/current', { params }))
    assert.equal((await world.as(lead, trx => findObjective(trx, { areaId, id: objective })))?.state, 'current')
  })

  it('says how an objective goes; what was said before stays', async () => {
    const params = { id: objective }
    const page = html(await visit('GET', '/objectives/:id/progress', { params }))
    assert.match(page, /name="dated-day"[^>]*value="11"/)
    const day = (date: string) => ({ 'dated-day': date, 'dated-month': '3', 'dated-year': '2026' })
    const said = { word: 'on-its-way', sentence: 'Burglary fell by a tenth', ...day('9') }
    assert.match(
      refused(await visit('POST', '/objectives/:id/progress', { params, fields: { ...said, ...day('12') } })),
      /already come/,
    )
    target(await visit('POST', '/objectives/:id/progress', { params, fields: said }))
    await world.as(lead, async (trx, act) => {
      const key = { areaId, id: objective }
      const dated = Temporal.PlainDate.from('2025-12-01')
      await recordProgress(trx, act, key, { word: 'not-known', sentence: 'No figures came', dated }, today)
      assert.equal((await findObjective(trx, key))?.progress?.word, 'on-its-way')
    })
    const shown = html(await visit('GET', '/objectives/:id', { params }))
    assert.match(shown, /9 March 2026: On its way[\s\S]*1 December 2025: Not known[\s\S]*No figures came/)
  })

  it('is published with its objectives, and counts what is tied to them', async () => {
    const params = { id: first }
    assert.match(
      html(await visit('GET', '/plans/:id/publish', { params })),
      /What the public will see[\s\S]*Cut burglary/,
    )
    target(await visit('POST', '/plans/:id/publish', { params }))
    assert.match(await publicPlan(), /On its way: Burglary fell by a tenth[\s\S]*No figures or questions are tied/)
    await world.as(lead, async (trx, act) => {
      const made = { areaId, kind: 'measure', title: 'Burglary', state: 'current' }
      const measure = await createRecord(trx, act, made)
      const hidden = await createRecord(trx, act, made)
      const to = { areaId, id: objective, kind: 'objective' }
      await link(trx, act, measure, 'serves', to)
      await link(trx, act, hidden, 'serves', to)
      await publishRecord(trx, act, measure)
    })
    assert.match(await publicPlan(), /Cut burglary[\s\S]*1 measure</)
    const record = await world.as(lead, trx => findRecord(trx, { areaId, id: objective }))
    const slug = record?.reference.toLowerCase() ?? ''
    const own = html(await publicRecord(publicContext(slug), objectiveKind), 'public')
    assert.match(own, /Objective 1 of[\s\S]*Fewer homes broken into[\s\S]*9 March 2026: On its way/)
  })

  it('gives way to the next, and stays readable among the past', async () => {
    const next = await world.as(lead, async (trx, act) => {
      const made = await addPlan(trx, act, { areaId, title: 'The next plan', firstYear: 2029, issuedOn: today })
      await addObjective(trx, act, { areaId, planId: made.id, number: 1, title: 'Answer sooner' })
      return made
    })
    const page = html(await visit('GET', '/plans/:id/current', { params: { id: next.id } }))
    assert.match(page, /become past:[\s\S]*Police and Crime Plan 2025 to 2029/)
    target(await visit('POST', '/plans/:id/current', { params: { id: next.id } }))
    const states = (await world.as(lead, trx => plansOf(trx, areaId))).map(each => `${each.title}: ${each.state}`)
    assert.deepEqual(states, ['The next plan: current', 'Police and Crime Plan 2025 to 2029: past'])
    assert.deepEqual(
      (await world.as(lead, trx => objectivesOf(trx, areaId, { state: 'past' }))).map(each => each.id),
      [objective],
    )
    await world.as(lead, (trx, act) => publishPlan(trx, act, next))
    const shown = await publicPlan()
    assert.match(shown, /The next plan[\s\S]*Answer sooner[\s\S]*Past plans[\s\S]*Police and Crime Plan 2025 to 2029/)
    assert.doesNotMatch(shown, /Cut burglary/)
  })

  it('a form that somebody else overtook shows both', async () => {
    const params = { id: objective }
    const old = { number: '1', title: 'Cut burglary by half', aim: 'Mine', version: '1' }
    assert.match(
      refused(await visit('POST', '/objectives/:id/change', { params, fields: old }), 409),
      /Fewer homes[\s\S]*Mine/,
    )
    const page = html(await visit('GET', '/objectives/:id/change', { params }))
    const version = /name="version" value="(\d+)"/.exec(page)?.[1] ?? ''
    target(await visit('POST', '/objectives/:id/change', { params, fields: { ...old, version } }))
    const late = { ...fields, title: 'Renamed', version: '1' }
    assert.match(
      refused(await visit('POST', '/plans/:id/change', { params: { id: first }, fields: late }), 409),
      /Renamed/,
    )
    assert.match(html(await visit('GET', '/plans/:id/change', { params: { id: first } })), /value="2029"/)
  })

  it('is not there for the force, nor under an address that is none', async () => {
    const force = world.viewer(world.force, 'administrator')
    assert.equal((await visit('GET', '/plans/:id', { params: { id: first } }, force)).type, 'not-found')
    assert.equal((await visit('GET', '/objectives/:id', { params: { id: objective } }, force)).type, 'not-found')
    assert.equal((await visit('GET', '/plans/:id', { params: { id: 'x' } })).type, 'not-found')
  })
})
