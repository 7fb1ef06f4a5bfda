import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { inTransaction } from '../../../../platform/database/transaction.ts'
import { clocksOf } from '../../../../record/clock-rows.ts'
import { workOf } from '../../../../record/my-work.ts'
import { searchWorkspace } from '../../../../record/search.ts'
import { visit } from '../../testing.ts'
import { findPublicQuestion } from '../queries.ts'
import type { RecordHead } from '../../../../record/record.ts'
import { sceneOf } from '../testing-scene.ts'
import { makeStage, panelName, typed } from '../testing.ts'
import type { Stage } from '../testing.ts'

describe('asking a question in public', () => {
  let stage: Stage
  let meeting: RecordHead
  before(async () => {
    stage = await makeStage()
    await stage.setRules({ whoMayAsk: null })
    meeting = await stage.meeting('2026-03-20')
  })
  after(() => stage.close())
  const { program, clerk, carry, waiting, questions, newest, again, asked, pathOf, deed } = sceneOf(
    () => stage,
    () => meeting,
  )

  it('is asked without an account: the form says by when and how that is worked out', async () => {
    const form = await stage.site.inject({ url: '/testshire/public-questions/ask' })
    assert.equal(form.statusCode, 200)
    assert.match(form.body, /Ask by <strong>17 March 2026/)
    assert.match(form.body, /3 working days before it are counted back/)
    assert.match(form.body, /150 words at most/)
    assert.equal(form.headers['cache-control'], 'no-store')
    const register = await stage.site.inject({ url: '/testshire/public-questions' })
    assert.match(register.body, /href="\/testshire\/public-questions\/ask"/)
  })

  it('is told what is missing, keeps what was typed, and leaves nothing behind', async () => {
    const sent = await stage.ask({ meeting: meeting.id, text: '', name: 'Kept "Name" <b>' })
    assert.equal(sent.status, 422)
    assert.match(sent.html, /href="#text">Enter your question/)
    assert.match(sent.html, /value="Kept &quot;Name&quot; &lt;b&gt;"/)
    assert.equal(await waiting(), 0)
  })

  it('is refused without the token of its form', async () => {
    const sent = await stage.site.inject({
      method: 'POST',
      url: '/testshire/public-questions/ask',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...typed, meeting: meeting.id }).toString(),
    })
    assert.equal(sent.statusCode, 403)
    assert.equal(await waiting(), 0)
  })

  it('waits at the intake, where the public login can leave it and read nothing', async () => {
    const sent = await stage.ask({ meeting: meeting.id })
    assert.equal(sent.status, 200)
    assert.match(sent.html, /[2-9A-Z]{4}-[2-9A-Z]{4}/)
    assert.match(sent.html, /It came in time for the meeting of 20 March 2026/)
    assert.equal(await waiting(), 1)
    const own = stage.cast.world.database.public
    for (const statement of [
      'select * from intake.message',
      'update intake.message set area_id = 2',
      'delete from intake.message',
      'select * from workspace.scrutiny_public_question_asker',
      'select * from workspace.scrutiny_public_question',
      `insert into published.public_question_rule (area_id, body_id, body_name, rules) values (1, gen_random_uuid(), 'x', '{}')`,
    ]) {
      await assert.rejects(sql.raw(statement).execute(own), /permission denied/, statement)
    }
  })

  it('sent twice is one, and is carried once, into the panel’s part alone', async () => {
    const second = await stage.ask({ meeting: meeting.id, email: typed.email.toUpperCase() })
    assert.equal(second.status, 200)
    assert.equal(await waiting(), 1)
    assert.deepEqual((await Promise.all([carry(), carry()])).sort(), [0, 1])
    assert.equal(await waiting(), 0)
    assert.equal(await carry(), 0)
    await stage.ask({ meeting: meeting.id })
    assert.equal(await carry(), 0, 'sent again after it was carried')
    assert.equal((await questions()).length, 1)
    const { head, row, asker } = await newest()
    assert.equal(head.state, 'received')
    assert.match(head.reference, /^PQP-2026-/)
    assert.deepEqual(head.holders, [stage.cast.world.panel.id])
    assert.deepEqual(head.due, { kind: 'meeting', meeting: meeting.id, date: meeting.dated })
    assert.equal(row.ask_by?.toString(), '2026-03-17')
    assert.equal(row.shown_name, null)
    assert.equal(asker?.email?.toLowerCase(), typed.email)
    assert.match(second.html, new RegExp(row.receipt))
    for (const viewer of [stage.cast.lead, stage.cast.boardClerk, stage.cast.liaison]) {
      assert.equal(await stage.cast.world.as(viewer, trx => findPublicQuestion(trx, head)), null)
      assert.deepEqual(await stage.cast.world.as(viewer, trx => searchWorkspace(trx, viewer, 'walrus')), [])
      assert.equal((await visit(stage.cast, viewer, 'GET', pathOf(await newest()))).status, 404)
    }
  })

  it('lies with the clerk under My work, with the working of its notice', async () => {
    const { head } = await newest()
    const work = await stage.cast.world.as(clerk(), trx => workOf(trx, clerk()))
    assert.ok(work.some(item => item.id === head.id && item.ownerRole === 'panel-clerk'))
    const [clock] = await stage.cast.world.as(clerk(), trx => clocksOf(trx, head))
    assert.equal(clock?.rule.id, 'QUESTION-TIME')
    assert.equal(clock.state, 'stopped')
    assert.equal(clock.due?.toString(), '2026-03-17')
  })

  it('is confirmed by mail, which repeats nothing of what was typed', async () => {
    const [mail, ...more] = await stage.mails()
    assert.ok(mail)
    assert.equal(more.length, 0)
    const { row, head } = await newest()
    assert.equal(mail.to.toLowerCase(), typed.email)
    assert.match(mail.subject, new RegExp(row.receipt))
    assert.match(mail.text, new RegExp(head.reference))
    assert.match(mail.text, /the last day was 17 March 2026/)
    assert.doesNotMatch(mail.text, /Walrus|Quillfeather/)
  })

  it('shows its asker to whoever handles it, and to no other desk of the panel', async () => {
    const question = await newest()
    assert.match((await visit(stage.cast, clerk(), 'GET', pathOf(question))).html, /Quillfeather/)
    const seen = await visit(stage.cast, stage.cast.member, 'GET', pathOf(question))
    assert.equal(seen.status, 200)
    assert.doesNotMatch(seen.html, /quillfeather/i)
    assert.equal((await visit(stage.cast, stage.cast.member, 'GET', `${pathOf(question)}/accept`)).status, 403)
  })

  it('is late after the last moment, and is accepted by the chair with a reason alone', async () => {
    const now = '2026-03-18T00:00:00Z'
    const sent = await stage.ask({ meeting: meeting.id, text: 'Is it late?' }, { now })
    assert.match(sent.html, /The chair decides whether it is put/)
    await carry()
    const question = await newest()
    assert.equal(question.head.state, 'late')
    const [clock] = await stage.cast.world.as(clerk(), trx => clocksOf(trx, question.head))
    assert.equal(clock?.state, 'cancelled', 'no duty of the clerk’s was missed')
    const bare = await deed(question, 'accept', { title: 'Late', wishes: 'read-out' })
    assert.equal(bare.status, 422)
    assert.match(bare.html, /href="#late-why"/)
    await deed(question, 'accept', {
      title: 'Late',
      wishes: 'read-out',
      'late-why': 'It is about the fire of Tuesday.',
    })
    assert.equal((await again(question)).row.late_why, 'It is about the fire of Tuesday.')
  })

  it('is in time at 23:59 of the last day', async () => {
    const question = await asked({ text: 'Is it in time?' }, { now: '2026-03-17T23:59:59Z' })
    assert.equal(question.head.state, 'received')
  })

  it('what cannot be carried waits on, and the fault tells nothing of it', async () => {
    const body = JSON.stringify({ secret: 'Zanzibar' })
    await sql`insert into intake.message (id, area_id, kind, body)
      values ('00000000-0000-7000-8000-00000000000f', 1, 'public-question', ${body}::jsonb)`.execute(
      stage.cast.world.database.public,
    )
    await stage.ask({ meeting: meeting.id, text: 'After a bad one' })
    const fault = await carry().then(
      () => null,
      (thrown: unknown) => String(thrown),
    )
    assert.match(fault ?? '', /1 of the questions/)
    assert.doesNotMatch(fault ?? '', /Zanzibar/)
    assert.equal((await newest()).row.text, 'After a bad one')
    assert.equal(await waiting(), 1)
    await inTransaction(program(), null, trx => trx.deleteFrom('intake.message').execute())
  })

  it('twenty in a minute from one place are too many, and nothing is lost of the others', async () => {
    const form = await stage.site.inject({ url: '/testshire/public-questions/ask' })
    const cookie = form.cookies.find(({ name }) => name === 'peelian_form')?.value ?? ''
    const token = /name="_csrf" value="([^"]+)"/.exec(form.body)?.[1] ?? ''
    const answers = []
    for (let at = 0; at < 20; at += 1) {
      const fields = { ...typed, meeting: meeting.id, text: `Number ${String(at)}`, _csrf: token }
      const sent = await stage.site.inject({
        method: 'POST',
        url: '/testshire/public-questions/ask',
        remoteAddress: '10.9.9.9',
        headers: { cookie: `peelian_form=${cookie}`, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(fields).toString(),
      })
      answers.push(sent.statusCode)
    }
    assert.equal(answers.filter(status => status === 200).length, 10)
    assert.equal(answers.filter(status => status === 429).length, 10)
    assert.equal(await carry(), 10)
  })

  it('is not taken where the body takes none, and the page says so', async () => {
    await stage.setRules({ taking: false })
    const form = await stage.site.inject({ url: '/testshire/public-questions/ask' })
    assert.match(form.body, /No body of this area takes questions/)
    await stage.setRules({ taking: true, lateAtDiscretion: false })
    const late = await stage.ask({ meeting: meeting.id, text: 'Too late' }, { now: '2026-03-19T10:00:00Z' })
    assert.equal(late.status, 422)
    assert.match(late.html, /No more questions are taken for it/)
  })

  it('the rules of a body are set by its clerk and by nobody else', async () => {
    const path = `/workspace/scrutiny/public-questions/rules/${stage.body}`
    const form = await visit(stage.cast, clerk(), 'GET', path)
    assert.match(form.html, new RegExp(panelName))
    assert.equal((await visit(stage.cast, stage.cast.boardClerk, 'GET', path)).status, 404)
    assert.equal((await visit(stage.cast, stage.cast.member, 'GET', path)).status, 403)
    const stale = await visit(stage.cast, clerk(), 'POST', path, {
      fields: { notice: '4', unit: 'days', supplementaries: '0', grounds: 'a', 'keep-months': '6', version: '1' },
    })
    assert.equal(stale.status, 422)
    assert.match(stale.html, /Someone else changed these rules/)
  })
})
