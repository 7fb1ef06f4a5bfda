import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { visit } from '../testing.ts'
import type { RecordHead } from '../../../record/record.ts'
import { sceneOf } from './testing-scene.ts'
import { makeStage } from './testing.ts'
import type { Stage } from './testing.ts'

describe('a question from the public and its meeting', () => {
  let stage: Stage
  let meeting: RecordHead
  before(async () => {
    stage = await makeStage()
    await stage.setRules({ whoMayAsk: null })
    meeting = await stage.meeting('2026-03-20')
  })
  after(() => stage.close())
  const { clerk, again, asked, pathOf, deed, accepted } = sceneOf(
    () => stage,
    () => meeting,
  )

  it('without a meeting waits for one to be named; a planned one that nobody outside knows of is not told before', async () => {
    const planned = await stage.meeting('2026-04-09', false)
    const form = await stage.site.inject({ url: '/testshire/public-questions/ask' })
    assert.doesNotMatch(form.body, /2026-04-09/)
    const question = await asked({ meeting: 'next', text: 'When is the next?' })
    assert.equal(question.row.meeting_id, null)
    assert.equal(question.head.due?.kind, 'condition')
    assert.match((await stage.mails()).at(-1)?.text ?? '', /told the date of the meeting/)
    assert.equal((await deed(question, 'accept', { title: 'x', wishes: 'read-out' })).status, 422)
    const seen = await deed(question, 'meeting', { meeting: planned.id })
    assert.equal(seen.status, 303, seen.html)
    const now = await again(question)
    assert.equal(now.row.ask_by?.toString(), '2026-04-02', 'Good Friday and Easter Monday are left out')
    assert.equal(now.head.state, 'received')
    assert.match((await stage.mails()).at(-1)?.text ?? '', /9 April 2026/)
  })

  it('follows its meeting to another day: dated again, its asker told, the late one now in time', async () => {
    const third = await stage.meeting('2026-03-13')
    const late = await asked({ meeting: third.id, text: 'Late for the thirteenth' }, { now: '2026-03-11T10:00:00Z' })
    assert.equal(late.head.state, 'late')
    const before_ = (await stage.mails()).length
    await stage.change(third, { dated: Temporal.PlainDate.from('2026-03-27') })
    const moved = await again(late)
    assert.equal(moved.head.state, 'received')
    assert.equal(moved.row.meeting_date?.toString(), '2026-03-27')
    assert.equal(moved.row.ask_by?.toString(), '2026-03-24')
    assert.deepEqual(moved.head.due, {
      kind: 'meeting',
      meeting: third.id,
      date: Temporal.PlainDate.from('2026-03-27'),
    })
    const mails = (await stage.mails()).slice(before_)
    assert.equal(mails.length, 1)
    assert.match(mails[0]?.text ?? '', /27 March 2026[\s\S]*came in time/)
    await stage.change(third, { dated: Temporal.PlainDate.from('2026-03-12') })
    assert.equal((await again(late)).head.state, 'received', 'in time for the day that was announced')
  })

  it('whose meeting is cancelled waits for another, and keeps its place in no list', async () => {
    const lost = await stage.meeting('2026-05-08')
    const question = await accepted({ meeting: lost.id, text: 'To be carried over' })
    await stage.change(lost, { state: 'cancelled' })
    const now = await again(question)
    assert.equal(now.head.state, 'accepted')
    assert.equal(now.row.meeting_id, null)
    assert.equal(now.row.place, null)
    assert.equal(now.head.due?.kind, 'condition')
    assert.match((await stage.mails()).at(-1)?.text ?? '', /is cancelled[\s\S]*Your question stays/)
    const form = await stage.site.inject({ url: '/testshire/public-questions/ask' })
    assert.doesNotMatch(form.body, /2026-05-08/)
    await deed(now, 'meeting', { meeting: meeting.id })
    assert.ok((await again(question)).row.place !== null)
  })

  it('accepted ones are put in an order that the clerk can change', async () => {
    const other = await stage.meeting('2026-06-12')
    const first = await accepted({ meeting: other.id, text: 'First' })
    const second = await accepted({ meeting: other.id, text: 'Second' })
    assert.deepEqual([first.row.place, second.row.place], [1, 2])
    await visit(stage.cast, clerk(), 'POST', `${pathOf(second)}/earlier`, {
      fields: { version: String(second.head.version) },
    })
    assert.deepEqual([(await again(first)).row.place, (await again(second)).row.place], [2, 1])
    const list = await visit(stage.cast, clerk(), 'GET', `/workspace/scrutiny/public-questions/meetings/${other.id}`)
    assert.match(list.html, /2 accepted of 2 received/)
  })
})
