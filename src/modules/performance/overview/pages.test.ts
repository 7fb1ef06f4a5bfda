import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { KyselyPlugin } from 'kysely'
import type { Viewer } from '../../../platform/access/viewer.ts'
import type { Trx } from '../../../platform/database/tables.ts'
import type { Answer, PublicContext, WorkspaceContext } from '../../../platform/web/route.ts'
import { createTemplates } from '../../../platform/web/templates.ts'
import { createRecord } from '../../../record/records.ts'
import { declareKinds } from '../../../record/kinds.ts'
import { testNow, testSite, testWorld, type TestWorld } from '../../../record/testing.ts'
import { raiseExceptions } from '../exceptions/raise-exceptions.ts'
import { fileInMemory } from '../import/csv-file.ts'
import { loadObservations } from '../import/load-observations.ts'
import { performance as performanceModule } from '../index.ts'
import { describeBreakdowns, describeDimension } from '../measures/breakdowns/describe-breakdowns.ts'
import { publishMeasure } from '../measures/publish-measure.ts'
import { type NewMeasure, setUpMeasure } from '../measures/set-up-measure.ts'
import { findSimilarGroup } from './similar-group/similar-queries.ts'

const months = Array.from(
  { length: 24 },
  (_, i) => `${String(2024 + Math.floor(i / 12))}-${String((i % 12) + 1).padStart(2, '0')}`,
)
const steady = (level: number) => months.map((_, i) => level + [0, 4, -2, 3, -1, 2][i % 6]!)
const forces = ['Testshire', 'Ashland', 'Beckshire', 'Coldshire', 'Dunshire']

const measures: Record<string, Partial<NewMeasure>> = {
  Robbery: { kind: 'count', unit: 'count' },
  'Crime per head': { kind: 'rate', unit: 'rate', per: 1000, denominator: 'People, mid-2024', numerator: 'Crimes' },
  'Calls <b>answered</b>': { kind: 'proportion', unit: 'percent', polarity: 'increase' },
}

describe('The pages that show many figures at once', () => {
  let world: TestWorld
  let lead: Viewer
  let force: Viewer
  const ids = new Map<string, string>()
  const templates = createTemplates()

  before(async () => {
    declareKinds([performanceModule])
    world = await testWorld()
    lead = world.viewer(world.office, 'policy-lead')
    force = world.viewer(world.force, 'administrator')
    await world.as(lead, fill)
    await world.as(force, async (trx, context) => {
      await setUpMeasure(trx, context, newMeasure('Secret of the force', {}))
    })
  })
  after(() => world.close())

  const newMeasure = (title: string, more: Partial<NewMeasure>): NewMeasure => ({
    ...{ areaId: 1, title, unit: 'count', kind: 'count', polarity: 'decrease', frequency: 'month' },
    ...{ definition: `What ${title} is.`, source: 'The force' },
    ...more,
  })

  async function fill(trx: Trx, context: WorkspaceContext): Promise<void> {
    for (const [title, more] of Object.entries(measures)) {
      ids.set(title, (await setUpMeasure(trx, context, newMeasure(title, more))).id)
    }
    const crime = { areaId: 1, id: ids.get('Crime per head') ?? '' }
    await describeDimension(trx, context, crime, 'Police area', 'not')
    await describeBreakdowns(trx, context, crime, forces, { dimension: 'Police area', parent: null })
    for (const [title, names] of [
      ['Crime per head', ['Rugby', 'Warwick']],
      ['Robbery', ['Rugby', 'Warwick']],
    ] as const) {
      const key = { areaId: 1, id: ids.get(title) ?? '' }
      await describeDimension(trx, context, key, 'District', 'not')
      await describeBreakdowns(trx, context, key, names, { dimension: 'District', parent: null })
    }
    const report = await loadObservations(trx, context, fileInMemory('figures.csv', Buffer.from(csv())), {
      areaId: 1,
      dryRun: false,
      doubts: 'none',
    })
    assert.deepEqual(report.faults, [])
    await raiseExceptions(trx, context, 1, report.series)
  }

  /** Robbery jumps in the whole area and in Rugby; the rest is steady. */
  function csv(): string {
    const rows = months.flatMap((month, i) => {
      const jump = i === 23 ? 100 : 0
      const level = (base: number) => String((steady(base)[i] ?? 0) + jump)
      const usual = (base: number) => String(steady(base)[i] ?? 0)
      const rate = (name: string, base: number) =>
        `Crime per head,${month},${String((steady(base)[i] ?? 0) / 10)},${name},${usual(base)},10000`
      return [
        `Robbery,${month},${level(120)},,,`,
        `Robbery,${month},${level(60)},Rugby,,`,
        `Robbery,${month},${usual(60)},Warwick,,`,
        `Calls <b>answered</b>,${month},${usual(85)},,,`,
        rate('', 70),
        ...['Rugby', 'Warwick'].map((name, at) => rate(name, 70 + at * 400)),
        ...forces.map((name, at) => rate(name, 70 + at * 5)),
      ]
    })
    return ['measure,period,value,breakdown,numerator,denominator', ...rows].join('\n')
  }

  type More = Partial<Pick<WorkspaceContext, 'params' | 'query' | 'fields'>>
  function visit(path: string, more: More = {}, by = lead, method: 'GET' | 'POST' = 'GET'): Promise<Answer> {
    const route = performanceModule.workspace.find(each => each.method === method && each.path === path)
    assert.ok(route, path)
    return world.as(by, async (_trx, context) => route.handler(context), more)
  }
  function html(answer: Answer, side: 'workspace' | 'public' = 'workspace'): string {
    assert.ok(answer.type === 'page', answer.type)
    const page = templates.render(answer.view, answer.model, testSite(side))
    return page.slice(page.indexOf('<main'), page.indexOf('</main>'))
  }
  const text = (page: string) =>
    page
      .replaceAll(/<\/?bdi>/g, '')
      .replaceAll(/<svg[\s\S]*?<\/svg>/g, '')
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
  const oneHeading = (page: string) => assert.equal(page.match(/<h1/g)?.length, 1)

  it('the dashboard counts, puts exceptional measures first, and names the parts that stand out', async () => {
    const page = html(await visit('/performance'))
    oneHeading(page)
    assert.match(text(page), /3 measures, 1 out of the ordinary: 1 for the worse/)
    assert.ok(page.indexOf('>Robbery<') < page.indexOf('>Crime per head<') || text(page).indexOf('Robbery') >= 0)
    assert.match(text(page), /Robbery.*Out of the ordinary, for the worse.*222.*December 2025/)
    assert.match(text(page), /Out of the ordinary by district, 1 of 2: Rugby/)
    assert.doesNotMatch(page, /<b>answered/)
    assert.match(page, /&lt;b&gt;answered/)
  })
  it('its filters leave what they say, in rows, table and downloads alike', async () => {
    const query = { standing: 'bad', view: 'table' }
    const page = html(await visit('/performance', { query }))
    assert.match(page, /<table/)
    assert.match(text(page), /Robbery/)
    assert.doesNotMatch(text(page).replace(/Filter.*Apply filters/, ''), /Crime per head/)
    const csvAnswer = await visit('/performance.csv', { query })
    assert.ok(csvAnswer.type === 'content')
    assert.equal(String(csvAnswer.body).trim().split('\r\n').length, 2)
    assert.match(String(csvAnswer.body), /Robbery,M-2026-01,,,2025-12-01,222,count/)
    const json = await visit('/performance.json', { query: { words: 'calls' } })
    assert.ok(json.type === 'content')
    const body = JSON.parse(String(json.body)) as { measures: { measure: string; recent: number[] }[] }
    assert.deepEqual([body.measures.length, body.measures[0]?.recent.length], [1, 24])
    assert.match(
      text(html(await visit('/performance', { query: { words: 'zebra' } }))),
      /Nothing matches these filters/,
    )
  })
  it('shows one part in place of the whole area', async () => {
    const page = text(html(await visit('/performance', { query: { part: 'District: Warwick' } })))
    assert.match(page, /2 measures, none out of the ordinary, District: Warwick/)
    assert.doesNotMatch(page.replace(/.*Apply filters/, ''), /Calls/)
  })
  it('asks the database as often for many measures as for few', async () => {
    let asked = 0
    const counting: KyselyPlugin = {
      transformQuery: ({ node }) => (asked++, node),
      transformResult: async ({ result }) => result,
    }
    const count = async (viewer: Viewer) => {
      asked = 0
      const route = performanceModule.workspace.find(({ path }) => path === '/performance')
      await world.as(viewer, async (trx, context) => route?.handler({ ...context, trx: trx.withPlugin(counting) }))
      return asked
    }
    assert.equal(await count(force), await count(lead))
    assert.ok((await count(lead)) <= 3)
  })
  it('areas are listed by dimension, other police areas last, and each has its page', async () => {
    const list = html(await visit('/performance/areas'))
    oneHeading(list)
    assert.match(
      text(list),
      /District Rugby 2 measures, 1 out of the ordinary Warwick 2 measures, none .*Police area Ashland/,
    )
    const params = { dimension: 'district', part: 'rugby' }
    const page = html(await visit('/performance/areas/:dimension/:part', { params }))
    oneHeading(page)
    assert.match(text(page), /Rugby 2 measures, 1 out of the ordinary/)
    const file = await visit('/performance/areas/:dimension/:part', { params: { ...params, part: 'rugby.csv' } })
    assert.ok(file.type === 'content' && /Robbery,.*District: Rugby/.test(String(file.body)))
    const nowhere = { params: { dimension: 'district', part: 'nowhere' } }
    assert.equal((await visit('/performance/areas/:dimension/:part', nowhere)).type, 'not-found')
  })

  const compare = (query: Record<string, string> = {}, by = lead) =>
    visit('/performance/measures/:id/compare', { params: { id: ids.get('Crime per head') ?? '' }, query }, by)

  it('without a group there is no comparison with similar forces, and the page says what can be done', async () => {
    assert.match(text(html(await visit('/performance/compare'))), /Crime per head District.*Police area/)
    const page = html(await compare())
    oneHeading(page)
    assert.match(text(page), /No most similar group is entered.*An administrator of the office can enter it/)
    assert.match(text(html(await visit('/performance/similar-forces'))), /Begin a group/)
  })

  const form = (path: string, fields: WorkspaceContext['fields'], params: Record<string, string> = {}) =>
    visit(path, { fields, params }, lead, 'POST')
  const version = async () => String((await world.as(lead, trx => findSimilarGroup(trx, 1)))?.record.version ?? '')
  const from = { 'from-day': '1', 'from-month': '4', 'from-year': '2024', source: 'iQuanta' }
  const similar = '/performance/similar-forces'

  it('a group is entered by forms that keep what was typed and say what is wrong', async () => {
    assert.match(
      text(html(await form(`${similar}/own`, { own: 'Testshrie' }))),
      /called “Testshrie”\. Did you mean Testshire\?/,
    )
    assert.equal((await form(`${similar}/own`, { own: 'Testshire' })).type, 'redirect')
    const empty = html(await form(`${similar}/new`, { version: await version(), source: 'A letter' }))
    assert.match(text(empty), /Choose the forces that belong to the group/)
    assert.match(text(empty), /first day in the group/)
    assert.match(empty, /value="A letter"/)
    const unknown = await form(`${similar}/new`, { ...from, version: await version(), names: ['Atlantis'] })
    assert.match(text(html(unknown)), /No measure here has figures of a police area called “Atlantis”/)
    const backwards = { ...from, 'to-day': '1', 'to-month': '3', 'to-year': '2024', names: ['Ashland'] }
    const wrong = html(await form(`${similar}/new`, { ...backwards, version: await version() }))
    assert.match(text(wrong), /The last day must be the first day or later/)
    assert.match(wrong, /value="Ashland" checked/)
    const names = forces.slice(1)
    assert.equal((await form(`${similar}/new`, { ...from, version: await version(), names })).type, 'redirect')
    const again = await form(`${similar}/new`, { ...from, version: await version(), names: ['Ashland'] })
    assert.match(text(html(again)), /Ashland is in the group since 1 April 2024: the two must not overlap/)
  })
  it('its members and history are shown, and a form made from an older version is refused', async () => {
    const page = html(await visit(similar))
    oneHeading(page)
    assert.match(text(page), /Ashland 1 April 2024 It lasts iQuanta.*Forces entered/)
    const names = ['Ashland']
    const stale = await form(`${similar}/new`, {
      ...from,
      'from-year': '2010',
      'to-day': '1',
      'to-month': '1',
      'to-year': '2011',
      version: '1',
      names,
    })
    assert.match(text(html(stale)), /Somebody else changed the group meanwhile/)
  })
  it('figures are then compared with those of the group as at the day asked for', async () => {
    const page = html(await compare())
    assert.match(text(page), /Testshire had 7\.2 in December 2025, within the range of similar forces/)
    assert.match(text(page), /number 1 of 5/)
    assert.match(text(page), /Out of: People, mid-2024/)
    assert.match(text(page), /The group as at 31 December 2025 Ashland, Beckshire, Coldshire and Dunshire/)
    assert.match(page, /data-nearest="both"/)
    assert.match(
      text(html(await compare({ group: '2020-01-01' }))),
      /No force is entered in the most similar group on the day/,
    )
    const faulty = await compare({ group: '1/1/2020' })
    assert.match(text(html(faulty)), /Write the day as year, month and day/)
    assert.match(html(faulty), /value="1\/1\/2020"/)
    const params = { id: ids.get('Crime per head') ?? '' }
    const file = await visit('/performance/measures/:id/compare.csv', { params })
    assert.ok(file.type === 'content' && /Crime per head,2025-12,Ashland,7\.7,77,10000/.test(String(file.body)))
  })
  it('districts are compared by a funnel', async () => {
    const page = html(await compare({ dimension: 'District' }))
    assert.match(text(page), /by district: 2 of 2 areas differ more than chance explains in December 2025/)
    assert.match(text(page), /Warwick is above what chance explains/)
  })
  it('a membership is ended, and one entered by mistake is taken out', async () => {
    const group = await world.as(lead, trx => findSimilarGroup(trx, 1))
    const [ashland, beckshire] = group?.members ?? []
    const ended = { ...from, 'to-day': '31', 'to-month': '3', 'to-year': '2025', version: await version() }
    const params = { id: ashland?.id ?? '' }
    assert.match(html(await visit(`${similar}/:id`, { params })), /value="iQuanta"/)
    assert.equal((await form(`${similar}/:id`, ended, params)).type, 'redirect')
    const removed = await form(`${similar}/:id/remove`, { version: await version() }, { id: beckshire?.id ?? '' })
    assert.equal(removed.type, 'redirect')
    const page = text(html(await visit(similar)))
    assert.match(page, /Ashland not in the group today.*31 March 2025/)
    assert.match(page, /Taken out, entered by mistake.*Beckshire/)
    assert.match(text(html(await compare())), /too few to tell how far they lie apart/)
    assert.match(text(html(await compare({ period: '2025-03-01' }))), /Testshire had .* in March 2025/)
  })

  it('no organisation sees the measures, areas, comparisons or group of another', async () => {
    for (const path of ['/performance', '/performance/areas', '/performance/compare', similar]) {
      assert.doesNotMatch(html(await visit(path)), /Secret of the force/)
      assert.doesNotMatch(html(await visit(path, {}, force)), /Robbery|Crime per head|Rugby|Ashland/)
    }
    assert.equal((await compare({}, force)).type, 'not-found')
    assert.equal(
      (await visit('/performance/areas/:dimension/:part', { params: { dimension: 'district', part: 'rugby' } }, force))
        .type,
      'not-found',
    )
    assert.doesNotMatch(JSON.stringify(await visit('/performance.json', {}, force)), /Robbery/)
    const group = await world.as(lead, trx => findSimilarGroup(trx, 1))
    const params = { id: group?.members[0]?.id ?? '' }
    assert.equal((await visit(`${similar}/:id`, { params }, force)).type, 'not-found')
    assert.equal((await visit(`${similar}/:id`, { params, fields: from }, force, 'POST')).type, 'not-found')
  })

  describe('for the public', () => {
    const open = (path: string, more: Partial<PublicContext> = {}): Promise<Answer> => {
      const route = performanceModule.public.find(each => each.path === path)
      assert.ok(route, path)
      const area = { id: 1, slug: 'testshire', name: 'Testshire', banner: null, historical: false, asAt: null }
      const asOf = testNow.add({ seconds: 1 })
      const context = { db: world.database.public, area, now: testNow, today: testSite('public').today, asOf }
      const answer = route.handler({ ...context, params: {}, query: {}, baseUrl: 'https://example.org', ...more })
      return Promise.resolve(answer)
    }
    const slug = { slug: 'crime-per-head' }

    it('nothing is there before it is published', async () => {
      assert.match(html(await open('/performance'), 'public'), /No measures have been published yet/)
      assert.match(html(await open('/performance/areas'), 'public'), /No published measure is broken down/)
      assert.equal((await open('/performance/:slug/compare', { params: slug })).type, 'not-found')
    })
    it('then only what was published is, with the group as it was held at publication', async () => {
      await world.as(lead, async (trx, context) => {
        await publishMeasure(trx, context, { areaId: 1, id: ids.get('Crime per head') ?? '' })
      })
      const page = html(await open('/performance'), 'public')
      oneHeading(page)
      assert.match(text(page), /1 measure, none out of the ordinary/)
      assert.doesNotMatch(page, /Robbery|Calls/)
      assert.match(page, /<svg role="img"/)
      const areas = html(await open('/performance/areas'), 'public')
      assert.doesNotMatch(areas, /Ashland/, 'other police areas are compared with, and have no page here')
      const params = { dimension: 'district', part: 'rugby' }
      assert.match(
        text(html(await open('/performance/areas/:dimension/:part', { params }), 'public')),
        /Rugby 1 measure/,
      )
      const query = { period: '2025-03-01' }
      const compared = () => open('/performance/:slug/compare', { params: slug, query })
      const before = text(html(await compared(), 'public'))
      assert.match(before, /The group as at 31 March 2025 Ashland, Coldshire and Dunshire/)
      await world.as(lead, async (trx, context) => {
        await createRecord(trx, context, { areaId: 1, kind: 'measure', title: 'Later', state: 'in-use' })
      })
      assert.equal(
        (await form(`${similar}/new`, { ...from, version: await version(), names: ['Beckshire'] })).type,
        'redirect',
      )
      assert.equal(text(html(await compared(), 'public')), before)
      assert.doesNotMatch(html(await open('/performance'), 'public'), /Later/)
    })
    it('a measure does not take the address of these pages', async () => {
      const areas = await world.as(lead, (trx, context) => setUpMeasure(trx, context, newMeasure('Areas', {})))
      const publish = world.as(lead, (trx, context) => publishMeasure(trx, context, { areaId: 1, id: areas.id }))
      await assert.rejects(publish, /Give the measure a longer title/)
    })
    it('the lists and the comparison come as CSV and JSON', async () => {
      const csvAnswer = await open('/performance.csv')
      assert.ok(csvAnswer.type === 'content' && /Crime per head,M-2026-02/.test(String(csvAnswer.body)))
      const json = await open('/performance/:slug/compare.json', { params: slug, query: { period: '2025-03-01' } })
      assert.ok(json.type === 'content')
      const body = JSON.parse(String(json.body)) as { rows: { area: string }[]; formula: string[] }
      assert.ok(body.rows.length >= 4)
      assert.ok(body.formula.length > 0)
    })
  })
})
