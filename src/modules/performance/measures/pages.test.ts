import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import type { Viewer } from '../../../platform/access/viewer.ts'
import type { Answer, PublicContext, WorkspaceContext } from '../../../platform/web/route.ts'
import { createTemplates } from '../../../platform/web/templates.ts'
import { declareKinds } from '../../../record/kinds.ts'
import { testNow, testSite, testWorld, type TestWorld } from '../../../record/testing.ts'
import { raiseExceptions } from '../exceptions/raise-exceptions.ts'
import { fileInMemory } from '../import/csv-file.ts'
import { loadObservations } from '../import/load-observations.ts'
import { performance as performanceModule } from '../index.ts'
import { findMeasures } from '../queries.ts'
import { describeBreakdowns, describeDimension } from './breakdowns/describe-breakdowns.ts'
import { changeMeasure, type NewMeasure, setUpMeasure } from './set-up-measure.ts'

const searches: NewMeasure = {
  ...{ areaId: 1, title: 'Searches', unit: 'count', kind: 'count', polarity: 'neutral', frequency: 'month' },
  ...{ definition: 'People searched in the month.', source: 'The force', disclosure: 100 },
}

/** Months from January 2025 on, as rows of a file. */
const rows = (breakdown: string, values: readonly (number | string)[]) =>
  values.map((value, i) => `Searches,2025-${String(i + 1).padStart(2, '0')},${String(value)},${breakdown}`)

/** The count that nobody outside may know, and what hides it. */
const secret = { before: 83, now: 89, beside: 557, month: '2025-07' }
const north = [1201, 1203, 1207, 1211, 1213, 1217, 1219, 1223, 1229, 1231]
const south = [501, 503, 509, 511, 513, 517, secret.before, 523, 529, 531]
const east = [541, 547, 549, 551, 553, 555, secret.beside, 559, 561, 563]
const added = (parts: readonly (readonly number[])[]) =>
  north.map((_value, i) => parts.reduce((sum, part) => sum + (part[i] ?? 0), 0))

/** Without where things stand in a drawing: those are numbers too, worked out from what is shown. */
const withoutPlaces = (text: string) => text.replaceAll(/<(path|text|g|clipPath|rect|svg)\b[^>]*>/g, '')

describe('The pages of a measure', () => {
  let world: TestWorld
  let lead: Viewer
  let measure = ''
  const templates = createTemplates()
  const area = { id: 1, slug: 'testshire', name: 'Testshire', banner: null, historical: false, asAt: null }

  before(async () => {
    declareKinds([performanceModule])
    world = await testWorld()
    lead = world.viewer(world.office, 'policy-lead')
    measure = await world.as(lead, async (trx, context) => (await setUpMeasure(trx, context, searches)).id)
    await load([
      ...rows('North', north),
      ...rows('South', south),
      ...rows('East', east),
      ...rows('', added([north, south, east])),
    ])
  })
  after(() => world.close())

  function load(lines: readonly string[]): Promise<void> {
    const file = fileInMemory('figures.csv', Buffer.from(['measure,period,value,breakdown', ...lines].join('\n')))
    return world.as(lead, async (trx, context) => {
      const report = await loadObservations(trx, context, file, { areaId: 1, dryRun: false, doubts: 'none' })
      assert.equal(report.faultCount, 0, JSON.stringify(report.faults))
      await raiseExceptions(trx, context, 1, report.series)
    })
  }
  type More = Partial<Pick<WorkspaceContext, 'params' | 'query' | 'fields'>>
  function visit(method: 'GET' | 'POST', path: string, more: More = {}, viewer = lead): Promise<Answer> {
    const route = performanceModule.workspace.find(each => each.method === method && each.path === path)
    assert.ok(route, path)
    const params = { id: measure, ...more.params }
    return world.as(viewer, async (_trx, context) => route.handler(context), { ...more, params })
  }
  const publish = () => visit('POST', '/performance/measures/:id/publish')
  function open(path: string, query: Record<string, string> = {}, slug = ''): Promise<Answer> {
    const route = performanceModule.public.find(each => each.path === path)
    assert.ok(route, path)
    const context: PublicContext = {
      ...{ db: world.database.public, area, now: testNow, today: testSite('public').today, params: { slug }, query },
      ...{ asOf: testNow.add({ seconds: 1 }), baseUrl: 'https://example.org' },
    }
    return Promise.resolve(route.handler(context))
  }
  function html(answer: Answer, side: 'workspace' | 'public' = 'workspace'): string {
    assert.equal(answer.type, 'page')
    const site = { ...testSite(side), csrfToken: side === 'public' ? null : 'token' }
    return answer.type === 'page' ? templates.render(answer.view, answer.model, site) : ''
  }
  const content = (answer: Answer): string => (answer.type === 'content' ? String(answer.body) : '')
  const of = '/performance/measures/:id'

  it('offers breakdowns that files brought, and takes their description in', async () => {
    assert.match(html(await visit('GET', `${of}/breakdowns`)), /Breakdowns that files brought[\s\S]*East[\s\S]*North/)
    const fields = { dimension: 'District', adding: 'to-the-whole' }
    assert.equal((await visit('POST', `${of}/breakdowns/dimension`, { fields })).type, 'redirect')
    const none = await visit('POST', `${of}/breakdowns/describe`, { fields: { into: 'District', within: '' } })
    assert.match(html(none), /Tick the breakdowns that belong together/)
    const names = ['North', 'South', 'East']
    const done = await visit('POST', `${of}/breakdowns/describe`, { fields: { names, into: 'District', within: '' } })
    assert.equal(done.type, 'redirect')
    assert.doesNotMatch(html(await visit('GET', `${of}/breakdowns`)), /Breakdowns that files brought/)
  })

  it('lets no breakdown be within itself, however far', async () => {
    await world.as(lead, async (trx, context) => {
      const key = { areaId: 1, id: measure }
      await describeDimension(trx, context, key, 'Crime type', 'not')
      await describeBreakdowns(trx, context, key, ['Burglary'], { dimension: 'Crime type', parent: null })
      await describeBreakdowns(trx, context, key, ['Of homes'], { dimension: 'Crime type', parent: 'Burglary' })
    })
    const fields = { name: 'Burglary', dimension: 'Crime type', parent: 'Of homes' }
    assert.match(html(await visit('POST', `${of}/breakdowns/part`, { fields })), /neither can be within the other/)
    const kept = html(
      await visit('POST', `${of}/breakdowns/part`, { fields: { ...fields, name: 'Shed', dimension: 'District' } }),
    )
    assert.match(kept, /belongs to “Crime type”[\s\S]*value="Shed"/)
  })

  it('shows one series, the others as rows, and what the address asks for', async () => {
    const whole = html(await visit('GET', of))
    assert.equal([...whole.matchAll(/data-points=/g)].length, 1, 'one large chart')
    assert.match(whole, /breakdown=North/)
    const part = html(await visit('GET', of, { query: { breakdown: 'South', from: '2025-06', to: '2025-08' } }))
    assert.match(part, /data-points="\S+ \S+ \S+"/)
    assert.match(part, new RegExp(`${String(secret.before)}[^<]*</bdi>[\\s\\S]{0,80}not shown to the public`))
    const odd = html(await visit('GET', of, { query: { from: '1999-01', 'as-of': '2025-02-31' } }))
    assert.match(odd, /no figures of “1999-01”/)
    assert.match(odd, /There is no day 2025-02-31/)
    assert.match(html(await visit('GET', of, { query: { shows: 'rolling' } })), /the last 12 months at each period/)
  })

  it('keeps from the public every count from which a small one could be worked out', async () => {
    assert.equal((await publish()).type, 'redirect')
    await load([
      `Searches,${secret.month},${String(secret.now)},South`,
      `Searches,${secret.month},${String((added([north, south, east])[6] ?? 0) + 6)},`,
    ])
    assert.equal((await publish()).type, 'redirect')
    const hidden = new RegExp(`\\b(${String(secret.before)}|${String(secret.now)}|${String(secret.beside)})\\b`)
    const { rows: kept } = await sql<{ bytes: string }>`
      select (to_jsonb(s) - '{record_id,sha256,area_id,published_at}'::text[])::text as bytes from published.snapshot s
      union all select (to_jsonb(e) - '{record_id,valid_from,valid_to,search}'::text[])::text || strip(e.search)::text
      from published.entry e`.execute(world.database.public)
    assert.ok(kept.length >= 2)
    for (const { bytes } of kept) assert.doesNotMatch(withoutPlaces(bytes), hidden)
    for (const file of ['searches.csv', 'searches.json'])
      assert.doesNotMatch(content(await open('/performance/:slug', {}, file)), hidden)
    const page = html(await open('/performance/:slug', { breakdown: 'South' }, 'searches'), 'public')
    assert.match(page, /\[c\]/)
    assert.match(page, /data-points="(\S+ ){6}\d+, /)
    const read = withoutPlaces(page)
    assert.doesNotMatch(read, hidden)
    assert.match(read, /Not compared: a figure is missing/)
  })

  it('leaves nothing that subtraction, or an average, brings back', async () => {
    const body = JSON.parse(content(await open('/performance/:slug', {}, 'searches.json'))) as {
      series: {
        breakdown: string
        limits: { centre: number } | null
        figures: { period: string; value: number | null }[]
      }[]
    }
    const series = (name: string) => body.series.find(each => each.breakdown === name)
    const value = (name: string, i: number) => series(name)?.figures[i]?.value ?? null
    for (let i = 0; i < north.length; i++) {
      const missing = ['North', 'South', 'East'].filter(name => value(name, i) === null)
      assert.ok(value('', i) === null || missing.length !== 1, `month ${String(i + 1)}`)
    }
    const shown = series('South')?.figures.flatMap(each => each.value ?? []) ?? []
    const mean = shown.reduce((sum, each) => sum + each, 0) / shown.length
    assert.ok(Math.abs((series('South')?.limits?.centre ?? 0) - mean) < 1e-9, 'the average is of what is shown')
    const { rows: exceptions } = await sql<{ title: string }>`
      select title from published.entry where kind = 'exception'`.execute(world.database.public)
    const { rows: held } = await world.as(lead, trx =>
      sql<{ title: string }>`select title from record where kind = 'exception'`.execute(trx),
    )
    assert.ok(
      held.some(({ title }) => title.includes('South')),
      'the small count is an exception inside',
    )
    assert.ok(!exceptions.some(({ title }) => /South|East/.test(title)))
  })

  it('shows the figures as they stood on a day', async () => {
    const steps = ['measure,period,value,as_at', 'Offences,2025-01,10,2025-02-01', 'Offences,2025-02,20,2025-03-01']
    const revised = ['measure,period,value,as_at', 'Offences,2025-01,12,2025-03-01']
    const id = await world.as(lead, async (trx, context) => {
      const made = await setUpMeasure(trx, context, { ...searches, disclosure: null, title: 'Offences' })
      for (const lines of [steps, revised]) {
        const file = fileInMemory('o.csv', Buffer.from(lines.join('\n')))
        await loadObservations(trx, context, file, { areaId: 1, dryRun: false, doubts: 'none' })
      }
      return made.id
    })
    const figures = async (query: Record<string, string>) => {
      const body = JSON.parse(content(await visit('GET', `${of}.json`, { params: { id }, query }))) as {
        series: { figures: { value: number }[] }[]
      }
      return body.series[0]?.figures.map(({ value }) => value) ?? []
    }
    assert.deepEqual(await figures({}), [12, 20])
    assert.deepEqual(await figures({ 'as-of': '2025-02-15' }), [10])
    assert.deepEqual(await figures({ 'as-of': '2025-03-01' }), [12, 20])
    assert.match(
      html(await visit('GET', of, { params: { id }, query: { 'as-of': '2024-01-01' } })),
      /No figures were known on that day/,
    )
  })

  it('changes only what a form shows, and says what does not fit beside its field', async () => {
    const form = html(await visit('GET', `${of}/edit`))
    const version = /name="version" value="(\d+)"/.exec(form)?.[1] ?? ''
    const { title, definition, unit, kind, polarity, frequency, source } = searches
    const fields = { title, definition, unit, kind, polarity, frequency, source, version }
    const wrong = {
      ...fields,
      bandLow: '10',
      bandHigh: '5',
      basis: 'headcount',
      disclosure: '5',
      unit: 'percent',
      seasonal: 'no',
    }
    const faulty = html(await visit('POST', `${of}/edit`, { fields: wrong }))
    for (const reason of [
      /lower end of the band lies above/,
      /A share, a rate or money counts nobody/,
      /bases of a stock/,
    ])
      assert.match(faulty, reason)
    assert.match(faulty, /value="10"/)
    assert.equal((await visit('POST', `${of}/edit`, { fields: { ...fields, title: 'Searches' } })).type, 'redirect')
    const [held] = await world.as(lead, trx => findMeasures(trx, 1, [measure]))
    assert.equal(held?.disclosure, 100)
    await world.as(lead, (trx, context) =>
      changeMeasure(trx, context, { areaId: 1, id: measure }, null, { ...searches, settling: 2 }),
    )
    const [changed] = await world.as(lead, trx => findMeasures(trx, 1, [measure]))
    assert.deepEqual([changed?.settling, changed?.rules.shift], [2, 7])
  })

  it('lists every measure with its definition, in the workspace and of what is published', async () => {
    assert.match(
      html(await visit('GET', '/performance/dictionary')),
      /People searched in the month[\s\S]*Broken down by/,
    )
    assert.match(content(await visit('GET', '/performance/dictionary.csv')), /Offences,People searched/)
    const page = html(await open('/measures'), 'public')
    assert.match(page, /People searched in the month/)
    assert.doesNotMatch(page, /Offences/)
    assert.match(content(await open('/measures.csv')), /Searches/)
  })

  it('are nobody else’s before they are released', async () => {
    for (const other of [world.viewer(world.force, 'liaison'), world.viewer(world.panel, 'panel-clerk')]) {
      for (const path of [of, `${of}.csv`, `${of}.json`, `${of}/edit`, `${of}/breakdowns`, `${of}/breakdowns/part`])
        assert.equal((await visit('GET', path, {}, other)).type, 'not-found', path)
      const fields = { dimension: 'Theirs', adding: 'not' }
      assert.equal((await visit('POST', `${of}/breakdowns/dimension`, { fields }, other)).type, 'not-found')
      assert.doesNotMatch(html(await visit('GET', '/performance/dictionary', {}, other)), /Searches/)
    }
  })
})
