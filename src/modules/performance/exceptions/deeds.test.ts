import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../../platform/access/viewer.ts'
import { StaleRecord } from '../../../platform/refusals.ts'
import type { ModuleDescription } from '../../../record/description.ts'
import { declareKinds } from '../../../record/kinds.ts'
import { link } from '../../../record/links.ts'
import { publicRecord } from '../../../record/public-pages.ts'
import { publishRecord } from '../../../record/publish.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import { releaseTo } from '../../../record/release.ts'
import { testNow, testWorld, type TestWorld } from '../../../record/testing.ts'
import { pageHtml, pageText } from '../../../record/testing-pages.ts'
import { performance as performanceModule } from '../index.ts'
import { exceptionKind } from '../kinds.ts'
import { publishMeasure } from '../measures/publish-measure.ts'
import { setUpMeasure } from '../measures/set-up-measure.ts'
import { exceptionsOfMeasure } from '../queries.ts'
import { loadMonths, steadyYear, visit } from '../testing.ts'
import { explainByAnswer } from './asked.ts'
import { endWatches } from './end-watches.ts'

/** Stands in for the module of questions and answers, of which this one knows only the links. */
const asking: ModuleDescription = {
  name: 'asking',
  kinds: [
    { kind: 'question', prefix: 'Q', relations: { 'asks-about': ['exception'] } },
    { kind: 'answer', prefix: 'A', relations: { answers: ['question'] } },
    { kind: 'assurance', prefix: 'J', relations: { judges: ['question'] } },
  ].map(each => ({
    ...{ ...each, word: each.kind, plural: `${each.kind}s`, publicStates: ['given'] },
    states: { given: { word: 'Given', colour: 'green' as const, open: false } },
    workspacePath: (id: string) => `/workspace/${each.kind}s/${id}`,
    publicPath: `${each.kind}s`,
    snapshot: async () => ({
      body: { text: 'A counting error was put right.', by: 'Chief Constable', on: null, part: false, ground: null },
      summary: 'Assured: it was a counting error',
      searchText: '',
    }),
    ...{ publicView: 'none.njk', events: {} },
  })),
  permissions: {},
  workspace: [],
  public: [],
}

describe('The life of an exception', () => {
  let world: TestWorld
  let lead: Viewer
  let commissioner: Viewer
  let constable: Viewer
  let measureId = ''
  let id = ''
  const values: number[] = [...steadyYear, 150]
  const path = '/performance/exceptions/:id'

  before(async () => {
    declareKinds([performanceModule, asking])
    world = await testWorld()
    lead = world.viewer(world.office, 'policy-lead')
    commissioner = world.viewer(world.office, 'commissioner')
    constable = world.viewer(world.force, 'chief-constable')
    await world.as(lead, async (trx, context) => {
      const made = await setUpMeasure(trx, context, {
        ...{ areaId: 1, title: 'Robbery', unit: 'count', kind: 'count', polarity: 'decrease', frequency: 'month' },
        ...{ definition: 'Robberies recorded.', source: 'The force' },
      })
      measureId = made.id
      await loadMonths(trx, context, 'Robbery', values)
    })
    id = (await beyond()).id
  })
  after(() => world.close())

  const key = () => ({ areaId: 1, id })
  const params = () => ({ id })
  async function beyond() {
    const found = await world.as(lead, trx => exceptionsOfMeasure(trx, { areaId: 1, id: measureId }))
    const [high, ...others] = found.filter(({ rule, direction }) => rule === 'beyond' && direction === 'high')
    assert.ok(high)
    assert.deepEqual(others, [])
    return high
  }
  const open = (viewer: Viewer) => visit(world, viewer, 'GET', path, { params: params() })
  const load = (value: number) => {
    values.push(value)
    return world.as(lead, (trx, context) => loadMonths(trx, context, 'Robbery', values))
  }
  async function submit(viewer: Viewer, deed: string, fields: Record<string, string>) {
    const form = await visit(world, viewer, 'GET', `${path}/${deed}`, { params: params() })
    const version = /name="version" value="(\d+)"/.exec(pageHtml(form))?.[1] ?? ''
    return visit(world, viewer, 'POST', `${path}/${deed}`, { params: params(), fields: { version, ...fields } })
  }
  const done = async (viewer: Viewer, deed: string, fields: Record<string, string>) => {
    const answer = await submit(viewer, deed, fields)
    assert.equal(answer.type, 'redirect', answer.type === 'page' ? pageText(answer) : '')
  }
  const publicText = async () => {
    const { reference } = await beyond()
    const area = { id: 1, slug: 'testshire', name: 'Testshire', banner: null, historical: false, asAt: null }
    const context = {
      db: world.database.public,
      area,
      now: testNow,
      today: testNow.toZonedDateTimeISO('UTC').toPlainDate(),
    }
    const answer = await publicRecord(
      {
        ...context,
        asOf: testNow.add({ seconds: 1 }),
        params: { slug: reference.toLowerCase() },
        query: {},
        baseUrl: '',
      },
      exceptionKind,
    )
    return answer.type === 'page' ? JSON.stringify(answer.model) : answer.type
  }

  it('is raised; what cannot be done yet says why', async () => {
    const text = pageText(await open(commissioner))
    assert.match(text, /What the figures say New/)
    assert.match(text, /What was done Raised/)
    assert.match(text, /Not yet possible: Accept the explanation No explanation has been recorded since it was raised/)
    assert.match(pageText(await open(lead)), /This is for whoever answers for the organisation/)
    assert.doesNotMatch(text, /End the watch|Take it up again/)
  })
  it('nobody of another organisation sees it or does anything with it', async () => {
    assert.equal((await open(constable)).type, 'not-found')
    for (const deed of ['explain', 'accept', 'watch']) {
      const answer = await visit(world, constable, 'POST', `${path}/${deed}`, { params: params(), fields: {} })
      assert.equal(answer.type, 'not-found')
    }
    assert.match(pageText(await visit(world, constable, 'GET', '/performance/exceptions')), /0 exceptions/)
  })
  it('an explanation that lacks something comes back with what was typed', async () => {
    const answer = await submit(lead, 'explain', {
      ...{ source: 'typed', words: 'A football match', saidBy: '' },
      ...{ 'saidOn-day': '1', 'saidOn-month': '1', 'saidOn-year': '2099' },
    })
    assert.match(pageText(answer), /There is a problem Enter who gave it/)
    assert.match(pageHtml(answer), /A football match/)
    const later = await submit(lead, 'explain', {
      ...{ source: 'typed', words: 'A football match', saidBy: 'Superintendent Green' },
      ...{ 'saidOn-day': '1', 'saidOn-month': '1', 'saidOn-year': '2099' },
    })
    assert.match(pageText(later), /must be today or earlier/)
  })
  it('is watched until the figures of a month, and returns when it still stands then', async () => {
    const early = await submit(lead, 'watch', { until: 'period', period: '2025-12', reason: 'Christmas' })
    assert.match(pageText(early), /The figures of December 2025 are there already/)
    assert.match(pageText(await submit(lead, 'watch', { until: 'day', reason: 'x' })), /Enter the day/)
    await done(lead, 'watch', { until: 'period', period: '2026-02', reason: 'The market moved' })
    assert.match(pageText(await open(lead)), /Watched until the figures of February 2026/)
    await load(151)
    assert.deepEqual([(await beyond()).life, (await beyond()).standing], ['raised', 'continuing'])
    assert.match(pageText(await open(lead)), /Watch ended until the figures of February 2026/)
  })
  it('is watched until a day, and the night after it is raised again', async () => {
    const days = { 'day-day': '20', 'day-month': '3', 'day-year': '2026' }
    await done(lead, 'watch', { until: 'day', ...days, reason: 'A review is under way' })
    const at = (moment: string) =>
      world.as(lead, (trx, context) => endWatches(trx, { ...context, now: Temporal.Instant.from(moment) }, 1))
    assert.equal(await at('2026-03-20T12:00:00Z'), 0)
    assert.equal((await beyond()).state, 'watched')
    assert.equal(await at('2026-03-21T02:00:00Z'), 1)
    assert.equal((await beyond()).state, 'continuing')
  })
  it('is explained by the answer to a question about it, which its page shows with the judgement', async () => {
    const question = await world.as(lead, async (trx, act) => {
      const made = await createRecord(trx, act, { areaId: 1, kind: 'question', title: 'Why 150?', state: 'given' })
      await link(trx, act, made, 'asks-about', { ...key(), kind: 'exception' })
      return made
    })
    await world.as(constable, async (trx, act) => {
      const answer = await createRecord(trx, act, { areaId: 1, kind: 'answer', title: 'Why 150?', state: 'given' })
      await link(trx, act, answer, 'answers', question)
      await releaseTo(trx, act, answer, [world.office.id])
    })
    await world.as(lead, async (trx, act) => {
      await explainByAnswer(trx, act, world.office.id, question)
      const judged = await createRecord(trx, act, { areaId: 1, kind: 'assurance', title: 'Judged', state: 'given' })
      await link(trx, act, judged, 'judges', question)
    })
    assert.equal((await beyond()).state, 'explained')
    const text = pageText(await open(lead))
    assert.match(text, /Explanation A counting error was put right\. By Chief Constable/)
    assert.match(text, /What was asked about it Why 150\?/)
    assert.match(text, /Judged: Assured: it was a counting error/)
  })
  it('a form that was opened before somebody else changed it is refused, and kept', async () => {
    const before = (await open(commissioner)).type
    assert.equal(before, 'page')
    const form = await visit(world, commissioner, 'GET', `${path}/not-accept`, { params: params() })
    const version = /name="version" value="(\d+)"/.exec(pageHtml(form))?.[1] ?? ''
    await world.as(lead, (trx, act) => changeRecord(trx, act, key(), null, {}, { kind: 'retold' }))
    const fields = { version, reason: 'It says nothing of the second month' }
    const answer = await visit(world, commissioner, 'POST', `${path}/not-accept`, { params: params(), fields })
    assert.match(pageText(answer), /It was changed after you opened this page/)
    assert.match(pageHtml(answer), /It says nothing of the second month/)
    await assert.rejects(
      world.as(lead, (trx, act) => changeRecord(trx, act, key(), Number(version), {}, { kind: 'retold' })),
      StaleRecord,
    )
  })
  it('what goes on after its explanation says so, keeps its identity, and is one to escalate', async () => {
    await load(149)
    assert.deepEqual(
      [(await beyond()).state, (await beyond()).level, (await beyond()).worse],
      ['explained', 'explain', false],
    )
    await load(149)
    const second = await beyond()
    assert.deepEqual([second.id, second.state, second.level, second.worse], [id, 'explained', 'escalate', true])
    const text = pageText(await open(commissioner))
    assert.match(text, /It has gone on for 2 loads of figures since it was explained/)
    assert.match(text, /Consider a formal challenge: this is for the worse/)
  })
  it('the explanation is accepted: nothing more is asked', async () => {
    await done(commissioner, 'accept', { reason: '' })
    const accepted = await beyond()
    assert.deepEqual([accepted.state, accepted.level, accepted.worse], ['accepted', 'explain', false])
    await load(149)
    assert.deepEqual([(await beyond()).state, (await beyond()).worse], ['accepted', false])
    await load(170)
    assert.deepEqual([(await beyond()).state, (await beyond()).worse, (await beyond()).id], ['accepted', true, id])
  })
  it('is published; the explanation only when its answer is public', async () => {
    await world.as(lead, (trx, act) => publishMeasure(trx, act, { areaId: 1, id: measureId }))
    assert.match(await publicText(), /Explanation accepted/)
    assert.doesNotMatch(await publicText(), /counting error/)
    await world.as(constable, async (trx, act) => {
      const { id: answer } = await trx
        .selectFrom('record')
        .select('id')
        .where('kind', '=', 'answer')
        .executeTakeFirstOrThrow()
      await publishRecord(trx, act, { areaId: 1, id: answer })
    })
    await world.as(lead, (trx, act) => publishRecord(trx, act, key()))
    assert.match(await publicText(), /counting error/)
  })
  it('is closed with a reason, taken up again, and explained in words that stay inside', async () => {
    assert.match(pageText(await submit(commissioner, 'resolve', { reason: '' })), /Say why/)
    await done(commissioner, 'resolve', { reason: 'The scheme ended' })
    assert.equal((await beyond()).state, 'resolved')
    await done(commissioner, 'take-up-again', { reason: 'It did not' })
    assert.equal((await beyond()).state, 'continuing')
    await done(lead, 'explain', {
      ...{ source: 'typed', words: 'Told in confidence', saidBy: 'Superintendent Green' },
      ...{ 'saidOn-day': '1', 'saidOn-month': '3', 'saidOn-year': '2026' },
    })
    await world.as(lead, (trx, act) => publishRecord(trx, act, key()))
    assert.doesNotMatch(await publicText(), /in confidence/)
    assert.match(pageText(await open(lead)), /Told in confidence[\s\S]*It is not for the public/)
  })
  it('the register shows what the figures say and what was done, and filters by both', async () => {
    const register = async (query: Record<string, string>) =>
      pageText(await visit(world, lead, 'GET', '/performance/exceptions', { query }))
    assert.match(
      await register({ standing: 'stands', done: 'explained', judged: 'bad' }),
      /Robbery: above[\s\S]*Explained/,
    )
    assert.doesNotMatch(await register({ done: 'accepted' }), /Robbery: above/)
    assert.match(await register({ standing: 'lapsed', done: 'accepted' }), /Nothing matches these filters/)
    assert.match(await register({ after: 'nonsense', standing: 'nonsense' }), /Robbery: above/)
  })
  it('clears, which resolves it whatever was done', async () => {
    await load(100)
    const over = await beyond()
    assert.deepEqual([over.standing, over.state, over.life], ['ended', 'ended', 'explained'])
    const text = pageText(await open(commissioner))
    assert.match(text, /What the figures say Over/)
    assert.match(text, /What was done Resolved/)
    assert.doesNotMatch(text, /Watch it|Close it/)
  })
})
