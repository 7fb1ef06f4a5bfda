import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../platform/access/viewer.ts'
import type { Answer, PublicContext, WorkspaceContext } from '../../platform/web/route.ts'
import type { SiteModel } from '../../platform/web/templates.ts'
import { createTemplates } from '../../platform/web/templates.ts'
import { declareKinds } from '../../record/kinds.ts'
import { publicRecord } from '../../record/public-pages.ts'
import { testNow, testSite, testWorld, type TestWorld } from '../../record/testing.ts'
import { performance as performanceModule } from './index.ts'
import { exceptionKind } from './kinds.ts'

const site = testSite('workspace')

const measureFields = {
  title: 'Robbery "street" <b>& more</b>',
  definition: 'Robberies recorded in the month.',
  unit: 'count',
  kind: 'count',
  polarity: 'decrease',
  frequency: 'month',
  decimals: '0',
  numerator: '',
  denominator: '',
  source: 'The force',
  target: '',
  objective: '',
  shift: '7',
  trend: '7',
  near: 'nhs',
}

const values = [100, 104, 98, 102, 99, 103, 97, 101, 100, 104, 98, 150]
const figuresCsv = (list: readonly number[]) =>
  [
    'measure,period,value',
    ...list.map((value, i) => `M-2026-01,2025-${String(i + 1).padStart(2, '0')},${String(value)}`),
  ].join('\n')

describe('The pages of performance', () => {
  let world: TestWorld
  let lead: Viewer
  const templates = createTemplates()
  const measures = '/workspace/performance/measures/'

  before(async () => {
    declareKinds([performanceModule])
    world = await testWorld()
    lead = world.viewer(world.office, 'policy-lead')
  })
  after(() => world.close())

  type More = Partial<Pick<WorkspaceContext, 'params' | 'query' | 'fields' | 'uploads'>>
  function visit(method: 'GET' | 'POST', path: string, more: More = {}): Promise<Answer> {
    const route = performanceModule.workspace.find(each => each.method === method && each.path === path)
    assert.ok(route, path)
    return world.as(lead, async (_trx, context) => route.handler(context), more)
  }
  function html(answer: Answer, side: SiteModel['side'] = 'workspace'): string {
    assert.equal(answer.type, 'page')
    const csrfToken = side === 'public' ? null : 'token'
    return answer.type === 'page' ? templates.render(answer.view, answer.model, { ...site, side, csrfToken }) : ''
  }
  function target(answer: Answer): string {
    assert.equal(answer.type, 'redirect', answer.type === 'page' ? html(answer) : '')
    return answer.type === 'redirect' ? answer.to : ''
  }
  const upload = (content: string | Buffer, fileName = 'figures.csv') => [
    { field: 'file', fileName, mediaType: 'text/csv', bytes: Buffer.from(content) },
  ]
  const lastOf = (address: string) => address.split('/').at(-1) ?? ''
  let measure = ''
  let exception = ''

  it('an empty register says how measures get there', async () => {
    assert.match(html(await visit('GET', '/performance/measures')), /Measures appear here when they are set up/)
  })
  it('a measure is set up by the form, and what is wrong is said by the field', async () => {
    assert.match(html(await visit('GET', '/performance/measures/new')), /Which way is good\?/)
    const faulty = await visit('POST', '/performance/measures/new', {
      fields: { ...measureFields, title: '', target: 'ten' },
    })
    assert.match(html(faulty), /There is a problem[\s\S]*Enter what is measured[\s\S]*Enter the target as digits/)
    const unfit = await visit('POST', '/performance/measures/new', { fields: { ...measureFields, kind: 'proportion' } })
    assert.match(html(unfit), /A proportion is given in per cent/)
    const done = target(await visit('POST', '/performance/measures/new', { fields: measureFields }))
    assert.ok(done.startsWith(measures))
    measure = lastOf(done)
  })
  it('without figures the measure says so', async () => {
    const page = html(await visit('GET', '/performance/measures/:id', { params: { id: measure } }))
    assert.match(page, /There are no figures yet/)
    assert.match(page, /Robbery &quot;street&quot; &lt;b&gt;&amp; more&lt;\/b&gt;/)
  })
  it('a faulty file names its rows and keeps nothing', async () => {
    const page = html(
      await visit('POST', '/performance/imports/new', {
        uploads: upload('measure,period,value\nM-2026-01,Nov 2017,=1\n'),
      }),
    )
    assert.match(page, /2 things in the file need putting right/)
    assert.match(page, /write 2017-11/)
    assert.match(page, /begins with “=”/)
    const excel = html(
      await visit('POST', '/performance/imports/new', { uploads: upload(Buffer.from('PK\x03\x04', 'latin1')) }),
    )
    assert.match(excel, /may be damaged/)
    assert.match(html(await visit('POST', '/performance/imports/new')), /Choose a file, or paste a table/)
    assert.match(html(await visit('GET', '/performance/imports')), /Files appear here when figures are loaded/)
  })
  it('a good file is shown before it is applied, and applied once', async () => {
    const checked = target(await visit('POST', '/performance/imports/new', { uploads: upload(figuresCsv(values)) }))
    const params = { id: lastOf(checked) }
    const preview = html(await visit('GET', '/performance/imports/:id', { params }))
    assert.match(preview, /New figures[\s\S]*12[\s\S]*Load these figures/)
    assert.match(
      html(await visit('GET', '/performance/measures/:id', { params: { id: measure } })),
      /There are no figures yet/,
    )
    const applied = await visit('POST', '/performance/imports/:id/apply', { params })
    assert.equal(target(applied), '/workspace/performance/exceptions')
    assert.match(
      applied.type === 'redirect' ? (applied.notice ?? '') : '',
      /12 new figures, 0 changed, 1 exception raised/,
    )
    assert.match(html(await visit('GET', '/performance/imports/:id', { params })), /Loaded/)
    const again = target(await visit('POST', '/performance/imports/new', { uploads: upload(figuresCsv(values)) }))
    assert.match(
      html(await visit('GET', '/performance/imports/:id', { params: { id: lastOf(again) } })),
      /Every figure in this file is held already/,
    )
    assert.ok(target(await visit('POST', '/performance/imports/:id/drop', { params: { id: lastOf(again) } })))
  })
  it('a file that changes figures shows both', async () => {
    const changed = target(await visit('POST', '/performance/imports/new', { uploads: upload(figuresCsv([101])) }))
    const page = html(await visit('GET', '/performance/imports/:id', { params: { id: lastOf(changed) } }))
    assert.match(page, /January 2025[\s\S]*100[\s\S]*101/)
    await visit('POST', '/performance/imports/:id/apply', { params: { id: lastOf(changed) } })
  })
  it('the measure shows chart, table, rules, exception and revisions', async () => {
    const page = html(await visit('GET', '/performance/measures/:id', { params: { id: measure } }))
    assert.match(page, /<svg role="img"/)
    assert.match(page, /above its usual range in December 2025/)
    assert.match(page, /The usual range is/)
    assert.match(page, /Draft a question from this/)
    assert.match(page, /Revisions/)
    assert.doesNotMatch(page, /<b>& more/)
    exception = /performance\/exceptions\/([0-9a-f-]{36})/.exec(page)?.[1] ?? ''
    assert.ok(exception)
  })
  it('the unit cannot be changed once there are figures', async () => {
    const params = { id: measure }
    const form = html(await visit('GET', '/performance/measures/:id/edit', { params }))
    const version = /name="version" value="(\d+)"/.exec(form)?.[1] ?? ''
    const fields = { ...measureFields, version }
    const refused = await visit('POST', '/performance/measures/:id/edit', {
      params,
      fields: { ...fields, unit: 'rate' },
    })
    assert.match(html(refused), /Figures are held in this unit/)
    assert.ok(
      target(await visit('POST', '/performance/measures/:id/edit', { params, fields: { ...fields, shift: '8' } })),
    )
    assert.match(html(await visit('GET', '/performance/measures/:id', { params })), /A shift is 8 figures in a row/)
  })
  it('the exception says what happened, with its chart', async () => {
    const page = html(await visit('GET', '/performance/exceptions/:id', { params: { id: exception } }))
    assert.match(page, /150, above the upper limit of/)
    assert.match(page, /For the worse/)
    assert.match(page, /<svg role="img"/)
    assert.match(html(await visit('GET', '/performance/exceptions')), /1 exception/)
  })
  it('what is not there is not found', async () => {
    const params = { id: '00000000-0000-7000-8000-000000000000' }
    for (const path of ['/performance/measures/:id', '/performance/exceptions/:id', '/performance/imports/:id']) {
      assert.equal((await visit('GET', path, { params })).type, 'not-found')
    }
  })

  describe('for the public', () => {
    const area = { id: 1, slug: 'testshire', name: 'Testshire', banner: null, historical: false, asAt: null }
    const context = (more: Partial<PublicContext> = {}): PublicContext => ({
      db: world.database.public,
      area,
      now: testNow,
      today: site.today,
      asOf: testNow.add({ seconds: 1 }),
      params: {},
      query: {},
      baseUrl: 'https://example.org',
      ...more,
    })
    const open = async (path: string, params: Record<string, string> = {}) => {
      const route = performanceModule.public.find(each => each.path === path)
      assert.ok(route)
      return route.handler(context({ params }))
    }

    it('nothing is there before it is published', async () => {
      assert.match(html(await open('/performance'), 'public'), /No measures have been published yet/)
      assert.equal((await open('/performance/:slug', { slug: 'robbery-street-b-more-b' })).type, 'not-found')
    })
    it('a measure is published with its exceptions, and again', async () => {
      for (let i = 0; i < 2; i++) {
        const done = await visit('POST', '/performance/measures/:id/publish', { params: { id: measure } })
        assert.match(done.type === 'redirect' ? (done.notice ?? '') : '', /Published, with 1 exception/)
      }
    })
    it('the list shows it by objective, with what the rules say', async () => {
      const page = html(await open('/performance'), 'public')
      assert.match(page, /1 measure, 1 out of the ordinary/)
      assert.match(page, /Out of the ordinary, for the worse/)
      assert.match(page, /<svg role="img"/)
    })
    it('its page has chart, table and downloads, and no name of a file', async () => {
      const page = html(await open('/performance/:slug', { slug: 'robbery-street-b-more-b' }), 'public')
      assert.match(page, /<svg role="img"/)
      assert.match(page, /December 2025/)
      assert.match(page, /robbery-street-b-more-b\.csv/)
      assert.doesNotMatch(page, /figures\.csv/)
    })
    it('its figures come as CSV and JSON', async () => {
      const csv = await open('/performance/:slug', { slug: 'robbery-street-b-more-b.csv' })
      assert.ok(csv.type === 'content' && /2025-12,150,/.test(String(csv.body)))
      const json = await open('/performance/:slug', { slug: 'robbery-street-b-more-b.json' })
      assert.ok(json.type === 'content')
      const body = JSON.parse(String(json.body)) as { series: { figures: { value: number }[]; chart?: unknown }[] }
      assert.equal(body.series[0]?.figures.at(-1)?.value, 150)
      assert.equal(body.series[0]?.chart, undefined)
    })
    it('its exception has a page of its own', async () => {
      const { address } = await world.database.public
        .selectFrom('published.entry')
        .select('address')
        .where('kind', '=', 'exception')
        .executeTakeFirstOrThrow()
      const page = html(await publicRecord(context({ params: { slug: lastOf(address) } }), exceptionKind), 'public')
      assert.match(page, /150, above the upper limit of/)
    })
  })
})
