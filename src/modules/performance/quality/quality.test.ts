import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../../platform/access/viewer.ts'
import { quotationsInHtml, quotedHtml } from '../../../platform/web/quotations.ts'
import type { Answer, WorkspaceContext } from '../../../platform/web/route.ts'
import { declareKinds } from '../../../record/kinds.ts'
import { link, linkedTo } from '../../../record/links.ts'
import { createRecord, findRecord } from '../../../record/records.ts'
import { answerRecord } from '../../../record/public-pages.ts'
import { publishedRecord } from '../../../record/published.ts'
import { publishRecord } from '../../../record/publish.ts'
import { noteModule } from '../../../record/testing-kind.ts'
import { pageHtml, pageText } from '../../../record/testing-pages.ts'
import { testNow, testWorld, type TestWorld } from '../../../record/testing.ts'
import { describeBreakdowns, describeDimension, performance as performanceModule, publishMeasure } from '../index.ts'
import { fileInMemory } from '../import/csv-file.ts'
import { loadObservations } from '../import/load-observations.ts'
import { type NewMeasure, setUpMeasure } from '../measures/set-up-measure.ts'
import { enterClaim, figureQuotations, findContradictions, findContradictionsOfSeries, noteAsked } from './index.ts'

const officers: NewMeasure = {
  ...{ areaId: 1, title: 'Community support officers', unit: 'count', kind: 'stock', polarity: 'neutral' },
  ...{ frequency: 'year', definition: 'Posts.', source: 'The force', reference: 'M-2026-01' },
}
const detected: NewMeasure = {
  ...{ areaId: 1, title: 'Burglaries detected', unit: 'percent', kind: 'proportion', polarity: 'increase' },
  ...{ frequency: 'year', definition: 'Share.', source: 'The force', reference: 'M-2026-02' },
}

const figures = `measure,breakdown,period,value,denominator,source
M-2026-01,,2016/17,105,,Year in numbers
M-2026-01,,2016/17,108,,Establishment table
M-2026-01,,2017/18,82,,Year in numbers
M-2026-01,,2017/18,82,,Establishment table
M-2026-02,Priority,2016/17,15.3,400,
M-2026-02,Priority,2017/18,22.2,400,
M-2026-02,Rest,2016/17,14.2,900,
M-2026-02,Rest,2017/18,18.0,900,
M-2026-02,Outside,2016/17,10.3,2000,
M-2026-02,Outside,2017/18,18.2,2000,
`

/** A question and a text of another module, as far as links to them go. */
const otherModule = {
  ...noteModule,
  kinds: noteModule.kinds.flatMap(kind => [
    { ...kind, kind: 'question', prefix: 'Q', relations: { 'asks-about': ['data-query', 'claim'] } },
    { ...kind, kind: 'note', relations: { quotes: ['measure'] } },
  ]),
}

describe('The quality of figures', () => {
  let world: TestWorld
  let lead: Viewer

  before(async () => {
    declareKinds([performanceModule, otherModule])
    world = await testWorld()
    lead = world.viewer(world.office, 'policy-lead')
    await world.as(lead, async (trx, context) => {
      for (const measure of [officers, detected]) {
        const record = await setUpMeasure(trx, context, measure)
        if (measure !== detected) continue
        await describeDimension(trx, context, record, 'Place', 'not')
        const names = ['Priority', 'Rest', 'Outside']
        await describeBreakdowns(trx, context, record, names, { dimension: 'Place', parent: null })
      }
    })
    await load(figures)
  })
  after(() => world.close())

  const load = (text: string, more: Partial<WorkspaceContext> = {}) =>
    world.as(
      lead,
      async (trx, context) => {
        const file = fileInMemory('figures.csv', Buffer.from(text))
        const report = await loadObservations(trx, context, file, { areaId: 1, dryRun: false })
        assert.deepEqual(report.faults, [])
        return findContradictionsOfSeries(trx, context, 1, report.series)
      },
      more,
    )

  type More = Partial<Pick<WorkspaceContext, 'params' | 'query' | 'fields'>>
  function visit(method: 'GET' | 'POST', path: string, more: More = {}, viewer = lead): Promise<Answer> {
    const route = performanceModule.workspace.find(each => each.method === method && each.path === path)
    assert.ok(route, path)
    return world.as(viewer, async (_trx, context) => route.handler(context), more)
  }
  const held = () =>
    world.as(lead, trx =>
      trx
        .selectFrom('record')
        .innerJoin('performance_data_query as q', 'q.id', 'record.id')
        .select(['record.id', 'record.state', 'record.version', 'q.verdict', 'q.sentence'])
        .orderBy('record.reference')
        .execute(),
    )
  const only = async () => {
    const [first, ...more] = await held()
    assert.ok(first !== undefined && more.length === 0)
    return first
  }

  it('a load finds what contradicts itself once, and looking again finds nothing new', async () => {
    const { verdict, sentence } = await only()
    assert.equal(verdict, 'conflict')
    assert.match(sentence, /the year 2016\/17: 108 in “Establishment table”, 105 in “Year in numbers”/)
    const again = await world.as(lead, (trx, context) => findContradictions(trx, context, 1))
    assert.deepEqual(again, { found: 0, changed: 0, lapsed: 0, claims: 0 })
  })
  it('its page has both figures side by side, the rule, and what would settle it', async () => {
    const { id } = await only()
    assert.match(pageText(await visit('GET', '/performance/data-queries')), /1 data query, 1 found/)
    const text = pageText(await visit('GET', '/performance/data-queries/:id', { params: { id } }))
    assert.match(text, /Establishment table 108 .*Year in numbers 105/)
    assert.match(text, /has two values from two sources.*Say which of the figures is right/)
    assert.match(pageText(await visit('GET', '/performance/data-queries/rules')), /do not add up to 100%/)
  })
  it('neither force nor panel sees the office’s', async () => {
    const { id } = await only()
    for (const other of [world.viewer(world.force, 'chief-constable'), world.viewer(world.panel, 'panel-clerk')]) {
      assert.equal((await visit('GET', '/performance/data-queries/:id', { params: { id } }, other)).type, 'not-found')
      assert.match(pageText(await visit('GET', '/performance/data-queries', {}, other)), /None has been found/)
    }
  })
  it('a question that is put moves it on, and it is explained in words', async () => {
    const { id } = await only()
    await world.as(lead, async (trx, context) => {
      const question = await createRecord(trx, context, {
        areaId: 1,
        kind: 'question',
        title: 'Which?',
        state: 'asked',
      })
      await link(trx, context, question, 'asks-about', { areaId: 1, id, kind: 'data-query' })
      await noteAsked(trx, context, question)
    })
    const asked = await only()
    assert.equal(asked.state, 'asked')
    const params = { id }
    const faulty = await visit('POST', '/performance/data-queries/:id/explain', { params, fields: { version: '1' } })
    assert.match(pageText(faulty), /Say why both figures stand/)
    const fields = { explanation: 'One counts posts & vacancies.', version: String(asked.version) }
    assert.equal((await visit('POST', '/performance/data-queries/:id/explain', { params, fields })).type, 'redirect')
    assert.match(
      pageText(await visit('GET', '/performance/data-queries/:id', { params })),
      /Explained.*One counts posts &amp; vacancies/,
    )
  })
  it('it is put right by figures alone', async () => {
    const { id, version } = await only()
    const mark = (seen: number) =>
      visit('POST', '/performance/data-queries/:id/put-right', { params: { id }, fields: { version: String(seen) } })
    assert.match(pageText(await mark(version)), /The figures still say so/)
    const later = { now: testNow.add({ hours: 30 }) }
    const row = 'measure,period,value,source\nM-2026-01,2016/17,108,Year in numbers\n'
    assert.deepEqual(await load(row, later), { found: 0, changed: 0, lapsed: 1, claims: 0 })
    const lapsed = await only()
    assert.equal(lapsed.state, 'not-borne-out')
    assert.equal((await mark(lapsed.version)).type, 'redirect')
    assert.equal((await only()).state, 'put-right')
    const back = 'measure,period,value,source\nM-2026-01,2016/17,107,Year in numbers\n'
    assert.deepEqual(await load(back), { found: 0, changed: 1, lapsed: 0, claims: 0 })
    assert.equal((await only()).state, 'found')
  })

  describe('Claims', () => {
    let claim = ''
    const fields = {
      sort: 'larger-change',
      title: 'Burglary detections rose more there than in the rest',
      paper: 'Panel agenda',
      place: 'Item 10, 8.2',
      lines: 'subject: M-2026-02 "Priority" 2016/17 to 2017/18\nagainst: M-2026-02 "Rest" 2016/17 to 2017/18',
      comment: '',
    }
    const last = (answer: Answer) => (answer.type === 'redirect' ? (answer.to.split('/').at(-1) ?? '') : '')

    it('are asked for by sort, with what is wrong said by the field', async () => {
      assert.match(pageText(await visit('GET', '/performance/claims/new')), /A larger change than elsewhere/)
      const form = await visit('GET', '/performance/claims/new', { query: { sort: 'larger-change' } })
      assert.match(pageText(form), /what is said to have changed more, before and after/)
      const lines = 'subject: M-2026-02 "Nowhere" 2016/17 to 2017/18\nagainst: 14.2% to 18.0%'
      const faulty = await visit('POST', '/performance/claims/new', { fields: { ...fields, lines } })
      assert.match(pageText(faulty), /has no breakdown “Nowhere”\. It has: Outside, Priority, Rest/)
      assert.match(pageHtml(faulty), /subject: M-2026-02 &quot;Nowhere&quot;/)
      const untold = await visit('POST', '/performance/claims/new', { fields: { ...fields, lines: 'subjekt: 1' } })
      assert.match(pageText(untold), /Line 1: begin with one of “subject:”/)
    })
    it('bound to figures are held against every comparison there is', async () => {
      claim = last(await visit('POST', '/performance/claims/new', { fields }))
      const text = pageText(await visit('GET', '/performance/claims/:id', { params: { id: claim } }))
      assert.match(text, /Open to question.*A comparison is left out/)
      assert.match(text, /Priority \+6\.9; Rest \+3\.8\. Not named: Outside \+7\.9/)
      const other = world.viewer(world.panel, 'panel-clerk')
      assert.equal((await visit('GET', '/performance/claims/:id', { params: { id: claim } }, other)).type, 'not-found')
    })
    it('are checked again when figures are revised', async () => {
      const row = 'measure,breakdown,period,value\nM-2026-02,Outside,2017/18,15.0\n'
      assert.equal((await load(row)).claims, 1)
      const text = pageText(await visit('GET', '/performance/claims/:id', { params: { id: claim } }))
      assert.match(text, /Borne out/)
    })
    it('are changed and withdrawn', async () => {
      const params = { id: claim }
      const form = pageHtml(await visit('GET', '/performance/claims/:id/edit', { params }))
      const version = /name="version" value="(\d+)"/.exec(form)?.[1] ?? ''
      const lines = 'subject: 15.3% to 22.2%\nagainst: 14.2% to 28.0%'
      await visit('POST', '/performance/claims/:id/edit', { params, fields: { ...fields, lines, version } })
      const page = await visit('GET', '/performance/claims/:id', { params })
      assert.match(pageText(page), /Contradicted/)
      const stale = await visit('POST', '/performance/claims/:id/edit', {
        params,
        fields: { ...fields, lines, version },
      })
      assert.match(pageText(stale), /Somebody else changed this meanwhile/)
      const now = await world.as(lead, trx => findRecord(trx, { areaId: 1, id: claim }))
      await visit('POST', '/performance/claims/:id/withdraw', { params, fields: { version: String(now?.version) } })
      assert.match(pageText(await visit('GET', '/performance/claims/:id', { params })), /Withdrawn/)
    })
  })

  describe('Quoted figures', () => {
    const text = 'There were {figure M-2026-01 2017/18 from "Year in numbers"} officers.'
    const bound = 'There were {figure M-2026-01 2017/18 from "Year in numbers" = 82} officers.'
    const resolve = (body: string) =>
      world.as(lead, (trx, context) => figureQuotations.resolve(trx, context, { body, other: 'x' }))

    it('are given the figure when the text is saved, and tied to their measure', async () => {
      const tied = await world.as(lead, async (trx, context) => {
        const { fields, faults } = await figureQuotations.resolve(trx, context, { body: text })
        assert.deepEqual([fields, faults], [{ body: bound }, []])
        return createRecord(trx, context, { areaId: 1, kind: 'note', title: 'A text', state: 'draft' })
      })
      const measures = await world.as(lead, trx => linkedTo(trx, tied, 'quotes'))
      assert.equal(measures.length, 1)
    })
    it('that lead to no figure, or never were, are said by their field and kept', async () => {
      const unknown = await resolve('{figure M-2026-09 2017/18} and {figure M-2026-01 2017/18}')
      assert.match(unknown.faults.map(each => `${each.field} ${each.message}`).join(), /body .*no measure M-2026-09/)
      assert.match(unknown.faults.at(1)?.message ?? '', /several sources/)
      assert.equal(unknown.fields['body'], '{figure M-2026-09 2017/18} and {figure M-2026-01 2017/18}')
      const never = await resolve(bound.replace('82', '90'))
      assert.match(never.faults[0]?.message ?? '', /has never been 90/)
    })
    const html = `<p>${bound.replaceAll('"', '&quot;')}</p>`
    const inWorkspace = (viewer: Viewer) =>
      world.as(viewer, async (trx, context) =>
        quotedHtml(html, await figureQuotations.forViewer(trx, context, quotationsInHtml(html))),
      )
    const inPublic = async () => {
      const context = { db: world.database.public, area: { ...world.area, banner: null, asAt: null } }
      const asOf = testNow.add({ hours: 100 })
      return quotedHtml(html, await figureQuotations.forPublic({ ...context, asOf }, quotationsInHtml(html)))
    }
    it('say when they have been revised: here at once, to others once it is published', async () => {
      assert.match(await inWorkspace(lead), /<a [^>]*measures[^>]*>82<\/a><\/span> officers/)
      const revised = 'measure,period,value,source,as_at\nM-2026-01,2017/18,84,Year in numbers,2026-05-03\n'
      await load(revised)
      assert.match(await inWorkspace(lead), /82<\/a> <span[^>]*>\(revised to 84 on 3 May 2026\)/)
      const panel = world.viewer(world.panel, 'panel-member')
      assert.match(await inWorkspace(panel), /<span class="peelian-quoted">82<\/span> officers/)
      assert.match(await inPublic(), /<span class="peelian-quoted">82<\/span> officers/)
      await world.as(lead, async (trx, context) => {
        const [measure] = await trx.selectFrom('record').select('id').where('reference', '=', 'M-2026-01').execute()
        await publishMeasure(trx, context, { areaId: 1, id: measure?.id ?? '' })
      })
      assert.match(
        await inPublic(),
        /href="\/testshire\/performance\/[^"]*">82<\/a> <span[^>]*>\(revised to 84 on 3 May 2026\)/,
      )
      assert.match(await inWorkspace(panel), /\(revised to 84 on 3 May 2026\)/)
    })
    it('the aid for quoting offers text to paste', async () => {
      const [measure] = await world.as(lead, trx =>
        trx.selectFrom('record').select('id').where('reference', '=', 'M-2026-01').execute(),
      )
      const page = pageHtml(await visit('GET', '/performance/quote', { query: { measure: measure?.id } }))
      assert.match(page, /\{figure M-2026-01 2017\/18 from &quot;Year in numbers&quot;\}/)
    })
  })

  it('a published data query shows both figures; one that rests on what is withheld is never published', async () => {
    const { id } = (await held()).find(each => each.state === 'found') ?? (await only())
    const key = { areaId: 1, id }
    const page = await world.as(lead, async (trx, context) => {
      await publishRecord(trx, context, key)
      return null
    })
    assert.equal(page, null)
    const context = {
      ...{ db: world.database.public, now: testNow, asOf: testNow.add({ hours: 100 }), params: {}, query: {} },
      ...{
        area: { ...world.area, banner: null, asAt: null },
        baseUrl: '',
        today: Temporal.PlainDate.from('2026-03-11'),
      },
    }
    const answer = await answerRecord(context, await publishedRecord(context.db, 1, id, context.asOf))
    assert.match(pageText(answer), /Year in numbers 107/)
    const withheld =
      'measure,period,value,source\nM-2026-01,2015/16,[c],Year in numbers\nM-2026-01,2015/16,61,Establishment table\n'
    await load(withheld)
    const hidden = (await held()).find(each => each.verdict === 'withheld-and-printed')
    assert.ok(hidden)
    const publishing = performanceModule.kinds.find(kind => kind.kind === 'data-query')?.publishing
    const reasons = await world.as(lead, async trx => {
      const record = await findRecord(trx, { areaId: 1, id: hidden.id })
      return record === null ? [] : ((await publishing?.obstacles?.(trx, record)) ?? [])
    })
    assert.match(reasons.join(), /rests on a figure that is withheld/)
  })
  it('a claim read in a historical area is entered like any other, in words of our own', async () => {
    const state = await world.as(lead, async (trx, context) => {
      const record = await enterClaim(trx, context, {
        ...{ areaId: 1, title: 'Crime fell significantly', paper: 'Annual report', place: '8.7', sort: 'significant' },
        lines: 'said: fell\nsubject: 10,448 to 9,295',
      })
      return record.state
    })
    assert.equal(state, 'questioned')
  })
})
