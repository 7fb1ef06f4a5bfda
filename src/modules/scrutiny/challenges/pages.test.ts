import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { idIn, makeCast, sendForm, visit, visitPublic } from '../testing.ts'
import type { Cast } from '../testing.ts'

describe('the pages of a formal challenge', () => {
  let cast: Cast
  let answerer: string
  before(async () => {
    cast = await makeCast()
    answerer = cast.parties.chief.personId ?? ''
  })
  after(() => cast.close())

  it('carry a formal challenge on several subjects from its draft to its published reply', async () => {
    const fields = {
      title: 'Formal challenge on three subjects',
      answerer,
      letter: 'I write under section 1(7).',
      'subject-1': 'Recorded crime',
      'asks-1': 'Why does it rise?',
      'subject-2': 'Officer sickness',
    }
    const missing = await visit(cast, cast.lead, 'POST', '/workspace/scrutiny/challenges', {
      fields: { ...fields, 'asks-3': 'And this?' },
    })
    assert.equal(missing.status, 422)
    assert.match(missing.html, /Enter subject 3/)
    const letter = {
      field: 'attachment',
      fileName: 'letter.pdf',
      mediaType: 'application/pdf',
      bytes: Buffer.from('%PDF'),
    }
    const made = await visit(cast, cast.lead, 'POST', '/workspace/scrutiny/challenges', { fields, uploads: [letter] })
    assert.equal(made.status, 303, made.html)
    const id = idIn(made.to)
    assert.equal((await visit(cast, cast.liaison, 'GET', `/workspace/scrutiny/challenges/${id}`)).status, 404)
    assert.match((await visit(cast, cast.lead, 'GET', made.to)).html, /letter\.pdf/)
    const edit = `/workspace/scrutiny/challenges/${id}/edit`
    assert.equal((await sendForm(cast, cast.lead, edit, { ...fields, 'subject-3': 'Road safety' })).status, 303)
    assert.equal((await visit(cast, cast.lead, 'GET', `/workspace/scrutiny/challenges/${id}/send`)).status, 403)
    assert.equal((await sendForm(cast, cast.commissioner, `/workspace/scrutiny/challenges/${id}/send`)).status, 303)
    const received = await visit(cast, cast.liaison, 'GET', `/workspace/scrutiny/received/challenges/${id}`)
    assert.match(received.html, /Road safety/)
    const reply = await visit(cast, cast.liaison, 'POST', `/workspace/scrutiny/received/challenges/${id}/answer`, {
      fields: { text: 'On each subject in turn.', giver: answerer, how: 'writing' },
    })
    assert.equal(reply.status, 303, reply.html)
    const answered = idIn(reply.to)
    await sendForm(cast, cast.chief, `/workspace/scrutiny/answers/${answered}/give`, { publish: 'yes' })
    await sendForm(cast, cast.commissioner, `/workspace/scrutiny/challenges/${id}/judge`, {
      outcome: 'not-assured',
      reason: 'Two of three.',
    })
    const page = await visit(cast, cast.commissioner, 'GET', `/workspace/scrutiny/challenges/${id}`)
    assert.match(page.html, /Replied and judged/)
    const published = await visit(cast, cast.boardClerk, 'POST', `/workspace/scrutiny/challenges/${id}/publish`, {
      fields: { answers: answered, judgement: 'yes' },
    })
    assert.equal(published.status, 303, published.html)
    const address = published.notice.replace('Published at ', '')
    const seen = await visitPublic(cast, address)
    assert.match(seen.html, /Officer sickness/)
    assert.match(seen.html, /On each subject in turn/)
    assert.match(seen.html, /Two of three/)
    assert.doesNotMatch(seen.html, /letter\.pdf/, 'the letter was not chosen')
    const choose = await visit(cast, cast.boardClerk, 'GET', `/workspace/scrutiny/challenges/${id}/publish`)
    const chosen = /name="letters" type="checkbox" value="([0-9a-f-]+)"/.exec(choose.html)?.[1] ?? ''
    const choice = { answers: answered, judgement: 'yes', letters: chosen }
    await visit(cast, cast.boardClerk, 'POST', `/workspace/scrutiny/challenges/${id}/publish`, { fields: choice })
    assert.match((await visitPublic(cast, address)).html, /letter\.pdf/)
  })

  it('note a reply that is known of and not held', async () => {
    const made = await visit(cast, cast.lead, 'POST', '/workspace/scrutiny/challenges', {
      fields: { title: 'Letter', answerer, letter: 'Dear', 'subject-1': 'Crime' },
    })
    const id = idIn(made.to)
    await sendForm(cast, cast.commissioner, `/workspace/scrutiny/challenges/${id}/send`)
    const noted = await visit(cast, cast.commissioner, 'POST', `/workspace/scrutiny/challenges/${id}/reply-not-held`, {
      fields: { note: 'The annual report mentions it.' },
    })
    assert.equal(noted.status, 303)
    const page = await visit(cast, cast.lead, 'GET', `/workspace/scrutiny/challenges/${id}`)
    assert.match(page.html, /A reply is known of and is not held/)
  })
})
