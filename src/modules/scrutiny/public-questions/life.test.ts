import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { historyOf } from '../../../record/history.ts'
import { clocksOf } from '../../../record/clock-rows.ts'
import { linkedTo } from '../../../record/links.ts'
import { publishRecord } from '../../../record/publish.ts'
import { findReceived } from '../../../record/release.ts'
import { searchWorkspace } from '../../../record/search.ts'
import { visit } from '../testing.ts'
import { eraseOldAskers } from './erase.ts'
import type { RecordHead } from '../../../record/record.ts'
import { sceneOf } from './testing-scene.ts'
import { makeStage, typed } from './testing.ts'
import type { Stage } from './testing.ts'

describe('a question from the public', () => {
  let stage: Stage
  let meeting: RecordHead
  before(async () => {
    stage = await makeStage()
    await stage.setRules({ whoMayAsk: null })
    meeting = await stage.meeting('2026-03-20')
  })
  after(() => stage.close())
  const { program, clerk, carry, again, asked, pathOf, deed, accepted } = sceneOf(
    () => stage,
    () => meeting,
  )

  it('refused, its asker is told the ground and why', async () => {
    const question = await asked({ text: 'A case of mine' })
    assert.equal((await deed(question, 'refuse', { ground: 'Because', why: 'x' })).status, 422)
    const ground = 'It is about an individual case, for which there is another way'
    await deed(question, 'refuse', { ground, why: 'Write to the professional standards department.' })
    assert.equal((await again(question)).head.state, 'refused')
    const mail = (await stage.mails()).at(-1)
    assert.match(mail?.text ?? '', /individual case[\s\S]*professional standards/)
  })

  it('removed as spam, what it said is nowhere any more, and why it was removed is', async () => {
    const question = await asked({ text: 'Buy gadgetronics', name: 'Spam Sender', email: 'spam@gadgetronics.example' })
    const seen = await deed(question, 'remove', { reason: 'An advertisement' })
    assert.equal(seen.status, 303, seen.html)
    const { head, row, asker } = await again(question)
    assert.equal(head.state, 'removed')
    assert.equal(row.text, null)
    assert.equal(asker, null)
    const history = await stage.cast.world.as(clerk(), trx => historyOf(trx, head))
    assert.ok(history.some(line => line.payload?.['why'] === 'An advertisement'))
    assert.ok(!JSON.stringify(history).includes('gadgetronics'))
    assert.deepEqual(await stage.cast.world.as(clerk(), trx => searchWorkspace(trx, clerk(), 'gadgetronics')), [])
    const page = await visit(stage.cast, clerk(), 'GET', pathOf(question))
    assert.doesNotMatch(page.html, /gadgetronics|Spam Sender/)
    const sentAgain = await stage.ask({
      meeting: meeting.id,
      text: 'Buy gadgetronics',
      name: 'Spam Sender',
      email: 'spam@gadgetronics.example',
    })
    assert.equal(sentAgain.status, 200)
    assert.equal(await carry(), 0)
  })

  it('is not removed once it was accepted', async () => {
    const question = await accepted({ text: 'It stays' })
    assert.equal((await deed(question, 'remove', { reason: 'x' })).status, 422)
  })

  it('accepted, is with whoever answers, who reads the question and never the asker', async () => {
    const question = await accepted({ text: 'What is spent on lamps?' })
    const { lead, liaison } = stage.cast
    const sent = await stage.cast.world.as(lead, trx => findReceived(trx, lead.organisation.id, question.head))
    assert.equal(sent?.title, 'Noise')
    assert.doesNotMatch(JSON.stringify(sent), /quillfeather/i)
    assert.equal(
      await stage.cast.world.as(liaison, trx => findReceived(trx, liaison.organisation.id, question.head)),
      null,
    )
    const page = await visit(
      stage.cast,
      lead,
      'GET',
      `/workspace/scrutiny/received/public-questions/${question.head.id}`,
    )
    assert.match(page.html, /What is spent on lamps/)
    assert.doesNotMatch(page.html, /quillfeather/i)
  })

  it('put and answered at the meeting, with a supplementary, is published without a name', async () => {
    const question = await accepted({ text: 'Who mends the fence at Heron Bridge?' })
    const early = await deed(question, 'put', { how: 'read-out', answered: 'now', answer: 'We do.', by: 'Ada Okoro' })
    assert.equal(early.status, 422)
    const now = Temporal.Instant.from('2026-03-20T15:00:00Z')
    const put = { how: 'read-out', answered: 'now', answer: 'We do, from May.', by: 'Ada Okoro, Commissioner' }
    const done = await visit(stage.cast, clerk(), 'POST', `${pathOf(question)}/put`, {
      fields: { ...put, version: String(question.head.version) },
      now,
    })
    assert.equal(done.status, 303, done.html)
    const answered = await again(question)
    assert.equal(answered.head.state, 'answered')
    assert.equal(answered.head.due, null)
    assert.deepEqual(await stage.cast.world.as(clerk(), trx => linkedTo(trx, question.head, 'asked-at')), [
      { areaId: 1, id: meeting.id },
    ])
    await deed(answered, 'supplementary', { text: 'And the gate?', answer: 'That too.', by: 'Ada Okoro' })
    const more = await deed(await again(question), 'supplementary', {
      text: 'And the wall?',
      answer: '',
      by: '',
    })
    assert.equal(more.status, 422, 'one supplementary is allowed')
    await stage.cast.world.as(clerk(), (trx, act) => publishRecord(trx, act, question.head))
    const page = await stage.site.inject({
      url: `/testshire/public-questions/${question.head.reference.toLowerCase()}`,
    })
    assert.equal(page.statusCode, 200)
    assert.match(page.body, /a resident[\s\S]*Heron Bridge[\s\S]*We do, from May[\s\S]*And the gate/)
  })

  it('with an answer in writing to follow runs by the clock of the commissioner from the day of the meeting', async () => {
    const question = await accepted({ text: 'How many lamps are out?', 'show-name': 'yes', name: 'Open Name' })
    await stage.cast.world.as(clerk(), (trx, act) => publishRecord(trx, act, question.head))
    const now = Temporal.Instant.from('2026-03-20T15:00:00Z')
    const fields = { how: 'in-person', answered: 'writing', version: String(question.head.version) }
    await visit(stage.cast, clerk(), 'POST', `${pathOf(question)}/put`, { fields, now })
    const put = await again(question)
    assert.equal(put.head.state, 'to-be-answered')
    assert.deepEqual(
      put.head.due,
      { kind: 'date', date: Temporal.PlainDate.from('2026-04-07') },
      'ten working days over Easter',
    )
    const answer = { answer: 'Nineteen.', by: 'Ada Okoro', 'on-day': '25', 'on-month': '3', 'on-year': '2026' }
    const done = await visit(stage.cast, clerk(), 'POST', `${pathOf(put)}/answer`, {
      fields: { ...answer, version: String(put.head.version) },
      now: Temporal.Instant.from('2026-03-25T15:00:00Z'),
    })
    assert.equal(done.status, 303, done.html)
    const clocks = await stage.cast.world.as(clerk(), trx => clocksOf(trx, put.head))
    assert.equal(clocks.find(clock => clock.rule.id === 'QUESTION-PCC')?.state, 'stopped')
    assert.match((await stage.mails()).at(-1)?.text ?? '', /Nineteen/)
    const address = `/public-questions/${question.head.reference.toLowerCase()}`
    const page = await stage.open(address, '2026-03-26T10:00:00Z')
    assert.match(page.html, /Open Name[\s\S]*Nineteen/, 'the published page follows by itself')
  })

  it('with HTML and script in it is text on every page', async () => {
    const question = await asked({ text: '<script>alert(1)</script> <b>bold</b>' })
    const page = await visit(stage.cast, clerk(), 'GET', pathOf(question))
    assert.doesNotMatch(page.html, /<script>alert/)
    assert.match(page.html, /&lt;script&gt;alert/)
  })

  it('two clerks at once do not undo one another', async () => {
    const question = await asked({ text: 'Two of us' })
    const fields = { title: 'x', wishes: 'read-out', version: String(question.head.version) }
    await visit(stage.cast, clerk(), 'POST', `${pathOf(question)}/accept`, { fields })
    const second = await visit(stage.cast, clerk(), 'POST', `${pathOf(question)}/refuse`, {
      fields: { ground: 'It is not about the business of this body', why: 'x', version: fields.version },
    })
    assert.equal(second.status, 422)
    assert.match(second.html, /decided already/)
  })

  it('its asker is erased by hand once it is ended, and by itself when the body’s time is over', async () => {
    const open = await asked({ text: 'Still open' })
    assert.equal((await deed(open, 'erase', { reason: 'x' })).status, 422)
    const byHand = await asked({ text: 'To be withdrawn', 'show-name': 'yes' })
    await deed(byHand, 'withdraw', { reason: 'They wrote so.' })
    await deed(await again(byHand), 'erase', { reason: 'They asked for it.' })
    const erased = await again(byHand)
    assert.equal(erased.asker, null)
    assert.equal(erased.row.shown_name, null)
    assert.equal(erased.row.receipt, 'erased')
    const ended = await asked({ text: 'To grow old' })
    await deed(ended, 'withdraw', { reason: 'They wrote so.' })
    const endedOn = (await again(ended)).row.ended_on
    assert.equal(endedOn?.toString(), '2026-03-11')
    assert.ok((await eraseOldAskers(program(), Temporal.Instant.from('2027-03-10T12:00:00Z'))) >= 0)
    assert.notEqual((await again(ended)).asker, null)
    assert.ok((await eraseOldAskers(program(), Temporal.Instant.from('2027-03-11T12:00:00Z'))) > 0)
    assert.equal((await again(ended)).asker, null)
    assert.notEqual((await again(open)).asker, null, 'an open one keeps its asker')
  })

  it('leaves no way to reach its asker in anything that is published, fed, downloaded, sent, mailed to others or logged', async () => {
    const secrets = /zebedee|quillfeather|resident\.example|spam@|Spam Sender/i
    const published = [
      'published.snapshot',
      'published.entry',
      'published.gap',
      'published.public_question_rule',
      'workspace.sent',
      'workspace.event_payload',
      'workspace.record',
      'workspace.clock',
    ]
    for (const table of published) {
      const { rows } = await sql<{
        all: string
      }>`select coalesce(string_agg(t::text, ' '), '') as all from ${sql.raw(table)} t`.execute(
        stage.cast.world.database.owner,
      )
      assert.doesNotMatch(rows[0]?.all ?? '', secrets, table)
    }
    for (const end of ['', '.csv', '.json', '.atom']) {
      const answer = await stage.site.inject({ url: `/testshire/public-questions${end}` })
      assert.equal(answer.statusCode, 200, end)
      assert.match(answer.body, /Noise/)
      assert.doesNotMatch(answer.body, secrets, end)
    }
    assert.doesNotMatch(stage.logged.join('\n'), secrets)
    for (const mail of await stage.mails()) assert.doesNotMatch(mail.text, /quillfeather|zebedee/i)
    const mailedTo = new Set((await stage.mails()).map(mail => mail.to.toLowerCase()))
    assert.deepEqual([...mailedTo].sort(), ['spam@gadgetronics.example', typed.email].sort())
  })
})
