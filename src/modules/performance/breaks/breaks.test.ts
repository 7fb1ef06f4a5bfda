import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../../platform/access/viewer.ts'
import { declareKinds } from '../../../record/kinds.ts'
import { testWorld, type TestWorld } from '../../../record/testing.ts'
import { pageHtml, pageText } from '../../../record/testing-pages.ts'
import { performance as performanceModule } from '../index.ts'
import { setUpMeasure } from '../measures/set-up-measure.ts'
import { exceptionsOfMeasure } from '../queries.ts'
import { loadMonths, steadyYear, visit } from '../testing.ts'
import { breaksFor, breaksOf, type HeldBreak } from './breaks-queries.ts'
import { breakFacts } from './words.ts'

const held: HeldBreak = {
  ...{ id: 'b', areaId: 1, measureId: 'm', breakdown: null, from: Temporal.PlainDate.from('2026-01-01') },
  ...{ cause: 'recording', reason: 'The counting rule changed.', rebases: true, enteredBy: 'Nadia' },
  enteredAt: Temporal.Instant.from('2026-03-01T10:00:00Z'),
}

describe('Which breaks concern a part', () => {
  it('those of all parts and its own', () => {
    const north = { ...held, id: 'n', breakdown: 'North' }
    assert.deepEqual(breaksFor([held, north], 'North'), [held, north])
    assert.deepEqual(breaksFor([held, north], ''), [held])
    assert.deepEqual(breaksFor(undefined, ''), [])
  })
  it('what is published of them names nobody', () => {
    const facts = breakFacts({ frequency: 'month' }, [held])
    assert.deepEqual(facts, [
      {
        ...{ period: '2026-01', words: 'January 2026', breakdown: '', cause: 'How it is recorded' },
        ...{ reason: 'The counting rule changed.', rebases: true },
      },
    ])
  })
})

describe('The pages of breaks', () => {
  let world: TestWorld
  let lead: Viewer
  let id = ''
  const raisedBy50 = steadyYear.map(value => value + 50)
  const path = '/performance/measures/:id/breaks'
  const fields = {
    ...{ from: '2026-01', breakdown: '', cause: 'recording', rebases: 'yes' },
    reason: 'From January 2026 attempts are counted too (counting rules, April edition).',
  }

  before(async () => {
    declareKinds([performanceModule])
    world = await testWorld()
    lead = world.viewer(world.office, 'policy-lead')
    id = await world.as(lead, async (trx, context) => {
      const made = await setUpMeasure(trx, context, {
        ...{ areaId: 1, title: 'Burglary', unit: 'count', kind: 'count', polarity: 'decrease', frequency: 'month' },
        ...{ definition: 'Burglaries recorded.', source: 'The force' },
      })
      await loadMonths(trx, context, 'Burglary', [...steadyYear, ...raisedBy50])
      return made.id
    })
  })
  after(() => world.close())

  const standing = async () =>
    (await world.as(lead, trx => exceptionsOfMeasure(trx, { areaId: 1, id }))).filter(each =>
      ['new', 'continuing'].includes(each.standing),
    )
  const breaks = async () =>
    (await world.as(lead, trx => breaksOf(trx, 1, [id]))).get(id)?.map(each => [each.from.toString(), each.cause]) ?? []
  async function send(at: string, more: Record<string, string>, extra: Record<string, string> = {}) {
    const form = await visit(world, lead, 'GET', at, { params: { id, ...extra } })
    const version = /name="version" value="(\d+)"/.exec(pageHtml(form))?.[1] ?? ''
    return visit(world, lead, 'POST', at, { params: { id, ...extra }, fields: { version, ...more } })
  }

  it('what is typed wrongly comes back with words beside the field', async () => {
    const answer = await send(`${path}/new`, { ...fields, from: 'Jan 2026', reason: 'Kept' })
    assert.match(pageText(answer), /write 2026-01/)
    assert.match(pageHtml(answer), /Kept/)
    assert.match(pageText(await send(`${path}/new`, { ...fields, from: '2026/27' })), /The figures come by month/)
    assert.match(pageText(await send(`${path}/new`, { ...fields, breakdown: 'Nowhere' })), /Choose one of the parts/)
    assert.deepEqual(await breaks(), [])
  })
  it('first shows old and new limits, and the concerns that it would clear', async () => {
    assert.ok((await standing()).length > 0)
    const text = pageText(await send(`${path}/new`, fields))
    assert.match(text, /The usual range at the latest figure/)
    assert.match(text, /must never be used to clear a concern/)
    assert.match(text, /These would no longer stand: Burglary: /)
    assert.deepEqual(await breaks(), [], 'nothing is saved yet')
  })
  it('is not saved over a concern without saying that the cause is known', async () => {
    const answer = await send(`${path}/new`, { ...fields, step: 'save' })
    assert.match(pageText(answer), /Tick this only if the cause is known/)
    assert.deepEqual(await breaks(), [])
  })
  it('is saved, the figures are read again, and the history says who and why', async () => {
    const saved = await send(`${path}/new`, { ...fields, step: 'save', sure: 'yes' })
    assert.equal(saved.type, 'redirect')
    assert.deepEqual(await breaks(), [['2026-01-01', 'recording']])
    assert.deepEqual(await standing(), [])
    const reading = await world.as(lead, trx =>
      trx.selectFrom('performance_reading').select('lower').where('measure_id', '=', id).executeTakeFirstOrThrow(),
    )
    assert.ok((reading.lower ?? 0) > 130, 'the range begins anew')
    const page = await visit(world, lead, 'GET', path, { params: { id } })
    assert.match(pageText(page), /From January 2026: How it is recorded[\s\S]*Entered by policy-lead of/)
    const measure = await visit(world, lead, 'GET', '/performance/measures/:id', { params: { id } })
    assert.match(pageText(measure), /A break in its figures was entered/)
  })
  it('is not entered twice', async () => {
    const again = await send(`${path}/new`, { ...fields, step: 'save', sure: 'yes' })
    assert.match(pageText(again), /There is a break at that period already/)
  })
  it('is changed, and taken back with a reason', async () => {
    const [one] = (await world.as(lead, trx => breaksOf(trx, 1, [id]))).get(id) ?? []
    const extra = { break: one?.id ?? '' }
    const form = pageHtml(await visit(world, lead, 'GET', `${path}/:break/edit`, { params: { id, ...extra } }))
    assert.match(form, /value="2026-01"[\s\S]*attempts are counted too/)
    await send(`${path}/:break/edit`, { ...fields, cause: 'definition', step: 'save', sure: 'yes' }, extra)
    assert.deepEqual(await breaks(), [['2026-01-01', 'definition']])
    assert.match(pageText(await send(`${path}/:break/take-back`, { reason: '' }, extra)), /Say why it is taken back/)
    const taken = await send(`${path}/:break/take-back`, { reason: 'The rule did not change after all' }, extra)
    assert.equal(taken.type, 'redirect')
    assert.deepEqual(await breaks(), [])
    assert.ok((await standing()).length > 0, 'what it cleared stands again')
  })
  it('nobody of another organisation sees them, and a break of another measure is not there', async () => {
    const outside = world.viewer(world.force, 'data-provider')
    assert.equal((await visit(world, outside, 'GET', path, { params: { id } })).type, 'not-found')
    const posted = await visit(world, outside, 'POST', `${path}/new`, {
      params: { id },
      fields: { ...fields, step: 'save' },
    })
    assert.equal(posted.type, 'not-found')
    const params = { id, break: '00000000-0000-7000-8000-000000000000' }
    assert.equal((await visit(world, lead, 'GET', `${path}/:break/edit`, { params })).type, 'not-found')
    assert.equal(
      (await visit(world, lead, 'GET', `${path}/:break/edit`, { params: { id, break: 'x' } })).type,
      'not-found',
    )
  })
})
