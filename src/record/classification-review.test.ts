import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../platform/access/viewer.ts'
import type { Answer } from '../platform/web/route.ts'
import { createTemplates } from '../platform/web/templates.ts'
import { doReviewed, showClassification } from './classification-pages.ts'
import { endReview, followClassification, reviewsOf } from './classification-review.ts'
import type { Ground } from './classification.ts'
import { clocksOf } from './clock-rows.ts'
import { declareKinds } from './kinds.ts'
import type { RecordHead } from './record.ts'
import { changeRecord, createRecord, findRecord, onClassified } from './records.ts'
import { noteModule } from './testing-kind.ts'
import { testSite, testWorld } from './testing.ts'
import type { TestWorld } from './testing.ts'
import { showDue } from './workspace-due.ts'

declareKinds([noteModule])
onClassified((trx, act, record, was) => followClassification(trx, act, record, was, record))

const ground: Ground = { code: 'article-2-2', limb: 'c', decidedBy: 'The chief officer' }
const withheld = { classification: 'withheld', ground } as const
const open = { classification: 'open', ground: null } as const

describe('The review of a classification', () => {
  let world: TestWorld
  let officer: Viewer
  let liaison: Viewer
  const templates = createTemplates()
  before(async () => {
    world = await testWorld()
    officer = world.viewer(world.office, 'policy-lead')
    liaison = world.viewer(world.force, 'liaison')
  })
  after(() => world.close())

  const make = (more: object = {}) =>
    world.as(officer, (trx, act) =>
      createRecord(trx, act, { areaId: 1, kind: 'note', title: 'Kept back', state: 'asked', ...more }),
    )
  const mark = (
    record: RecordHead,
    to: { classification: 'open' | 'withheld' | 'unresolved'; ground: Ground | null },
  ) => world.as(officer, (trx, act) => changeRecord(trx, act, record, null, to, { kind: 'classified' }))
  const clocks = (record: RecordHead, viewer = officer) =>
    world.as(viewer, async trx =>
      (await clocksOf(trx, record)).map(clock => [clock.state, clock.outcome ?? clock.cancelledWhy, String(clock.due)]),
    )
  const text = (answer: Answer) => {
    assert.equal(answer.type, 'page')
    const page = answer.type === 'page' ? templates.render(answer.view, answer.model, testSite('workspace')) : ''
    return page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
  }

  it('begins when something is made or marked as not open, and leaves the due of the record alone', async () => {
    const made = await make(withheld)
    assert.deepEqual(await clocks(made), [['running', null, '2027-03-11']])
    const marked = await mark(await make(), withheld)
    assert.deepEqual(await clocks(marked), [['running', null, '2027-03-11']])
    assert.equal((await world.as(officer, trx => findRecord(trx, marked)))?.due, null)
    assert.deepEqual(await clocks(await make()), [])
    assert.deepEqual(await clocks(marked, liaison), [], "nobody else's")
  })

  it('goes by the day that was given with the ground', async () => {
    const made = await make({ ...withheld, ground: { ...ground, reviewOn: '2026-09-01' } })
    assert.deepEqual(await clocks(made), [['running', null, '2026-09-01']])
  })

  it('ends when it is opened, and begins anew with another ground', async () => {
    const made = await make(withheld)
    await mark(made, { ...withheld, ground: { ...ground, limb: 'b' } })
    assert.deepEqual((await clocks(made)).map(([state, why]) => [state, why]).toSorted(), [
      ['running', null],
      ['stopped', 'marked anew'],
    ])
    await mark(made, open)
    assert.deepEqual((await clocks(made)).map(([state, why]) => [state, why]).toSorted(), [
      ['cancelled', 'It was opened.'],
      ['stopped', 'marked anew'],
    ])
    await mark(made, open)
    assert.equal((await clocks(made)).length, 2, 'marked the same again, nothing changes')
  })

  it('keeps the parts of a record apart', async () => {
    const made = await make()
    const parts = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']
    const [one = '', two = ''] = parts
    await world.as(officer, async (trx, act) => {
      for (const part of parts) await followClassification(trx, act, made, open, withheld, part)
      await followClassification(trx, act, made, withheld, open, one)
      assert.deepEqual(
        (await reviewsOf(trx, made)).map(review => review.part),
        [two],
      )
      await endReview(trx, act, made, two, 'The item was withdrawn.')
      assert.deepEqual(await reviewsOf(trx, made), [])
    })
  })

  it('is noted by whoever looked again: kept, and the next begins', async () => {
    const made = await make(withheld)
    const at = { params: { id: made.id } }
    assert.match(
      text(await world.as(officer, async (_trx, context) => showClassification(context), at)),
      /Not open|not open: Elected Local Policing Bodies[\s\S]*To be looked at again by 11 March 2027/,
    )
    assert.match(
      text(await world.as(officer, async (_trx, context) => showDue(context), at)),
      /Look at the classification again/,
    )
    const [review] = await world.as(officer, trx => reviewsOf(trx, made))
    const now = Temporal.Instant.from('2027-03-01T10:00:00Z')
    const fields = { clock: review?.clock.id ?? '' }
    const done = await world.as(officer, async (_trx, context) => doReviewed(context), { ...at, fields, now })
    assert.equal(done.type, 'redirect')
    assert.deepEqual((await clocks(made)).toSorted(), [
      ['running', null, '2028-03-01'],
      ['stopped', 'looked at again, stays', '2027-03-11'],
    ])
    const again = await world.as(officer, async (_trx, context) => doReviewed(context), { ...at, fields, now })
    assert.match(text(again), /This review does not run any more/)
    const stranger = await world.as(liaison, async (_trx, context) => doReviewed(context), { ...at, fields, now })
    assert.equal(stranger.type, 'not-found')
  })

  it('begins for nothing that is loaded from papers', async () => {
    const made = await world.as(officer, (trx, act) =>
      createRecord(
        trx,
        { ...act, loading: true },
        { areaId: 1, kind: 'note', title: 'Old', state: 'asked', ...withheld },
      ),
    )
    assert.deepEqual(await clocks(made), [])
  })
})
