import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { RecordHead } from '../../../record/record.ts'
import { day, makeCast, planMeeting, visit, visitPublic } from '../testing.ts'
import type { Cast } from '../testing.ts'
import { findReview } from './queries.ts'
import { adoptReview, startReview, stepOn, writeReview } from './reviews.ts'
import { adoptingObstacles, steppingObstacles } from './rules.ts'
import type { ReviewFacts } from './rules.ts'

describe('the steps of a task and finish review', () => {
  const facts: ReviewFacts = { state: 'scoping', bodyId: 'b', sessions: 0, findings: null, recommendations: null }

  it('needs evidence before findings, and findings before its report', () => {
    assert.deepEqual(steppingObstacles(facts), [])
    assert.equal(steppingObstacles({ ...facts, state: 'evidence' }).length, 1)
    assert.deepEqual(steppingObstacles({ ...facts, state: 'evidence', sessions: 1 }), [])
    assert.equal(steppingObstacles({ ...facts, state: 'findings' }).length, 2)
    assert.deepEqual(steppingObstacles({ ...facts, state: 'findings', findings: 'f', recommendations: 'None' }), [])
    assert.equal(steppingObstacles({ ...facts, state: 'adopted' }).length, 1)
  })

  it('is adopted by the body that set it up, at a meeting that was held', () => {
    const reported = { ...facts, state: 'reported' as const }
    const held = { bodyId: 'b', date: day('2026-03-10'), state: 'held' }
    assert.deepEqual(adoptingObstacles(reported, held, day('2026-03-11')), [])
    assert.equal(adoptingObstacles(reported, { ...held, bodyId: 'other' }, day('2026-03-11')).length, 1)
    assert.equal(adoptingObstacles(reported, held, day('2026-03-09')).length, 1)
    assert.equal(adoptingObstacles(facts, held, day('2026-03-11')).length, 1)
  })
})

describe('a task and finish review', () => {
  let cast: Cast
  let review: RecordHead
  before(async () => {
    cast = await makeCast()
    const made = {
      areaId: 1,
      bodyId: cast.board.id,
      title: 'Victims’ services',
      scope: 'Whether support reaches them.',
    }
    review = await cast.world.as(cast.clerk, (trx, act) => startReview(trx, act, made))
  })
  after(() => cast.close())

  const path = () => `/workspace/meetings/reviews/${review.id}`
  const find = () => cast.world.as(cast.clerk, trx => findReview(trx, review))
  const step = () => cast.world.as(cast.clerk, (trx, act) => stepOn(trx, act, review, null))

  it('hears evidence by category, and keeps its notes to itself', async () => {
    await step()
    const sent = await visit(cast, cast.clerk, 'POST', `${path()}/session`, {
      'held-day': '3',
      'held-month': '3',
      'held-year': '2026',
      subject: 'Support after hate crime',
      witnesses:
        'Hate crime: a support organisation\r\nYoung victims: a charity: its north office\r\nThe county council',
      notes: 'Confidentialword',
    })
    assert.equal(sent.status, 303)
    const found = await find()
    assert.deepEqual(
      found?.sessions[0]?.witnesses.map(each => [each.category, each.witness]),
      [
        ['Hate crime', 'a support organisation'],
        ['Other', 'The county council'],
        ['Young victims', 'a charity: its north office'],
      ],
    )
  })

  it('publishes scope and evidence, but its findings only once they are reported', async () => {
    const texts = {
      scope: 'Whether support reaches them.',
      survey: 'Sent to all',
      surveyAnswers: 12,
      findings: 'Findingword',
      recommendations: 'None',
    }
    await step()
    await cast.world.as(cast.clerk, (trx, act) => writeReview(trx, act, review, null, texts))
    const publish = () => visit(cast, cast.clerk, 'POST', `/workspace/records/${review.id}/publish`)
    await publish()
    const address = `/reviews/${review.reference.toLowerCase()}`
    const early = await visitPublic(cast, address)
    assert.match(early.html, /a support organisation/)
    assert.doesNotMatch(early.html, /Findingword|Confidentialword/)
    await step()
    await publish()
    assert.match((await visitPublic(cast, address)).html, /Findingword/)
    assert.doesNotMatch((await visitPublic(cast, address)).html, /Confidentialword/)
  })

  it('is the body’s own once a meeting of it adopts the report', async () => {
    const { meeting } = await planMeeting(cast)
    const adopt = (today: string) =>
      cast.world.as(cast.clerk, (trx, act) => adoptReview(trx, act, review, null, meeting, day(today)))
    await assert.rejects(adopt('2026-03-09'), /has not been held yet/)
    await adopt('2026-03-11')
    assert.equal((await find())?.facts.state, 'adopted')
  })

  it('is nobody else’s to see or to change', async () => {
    assert.equal((await visit(cast, cast.panelClerk, 'GET', path())).status, 404)
    assert.equal((await visit(cast, cast.panelClerk, 'POST', `${path()}/step`)).status, 404)
  })
})
