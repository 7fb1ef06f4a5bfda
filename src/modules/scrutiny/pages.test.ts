import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../platform/access/viewer.ts'
import type { FormFields } from '../../platform/web/route.ts'
import { publishRecord } from '../../record/publish.ts'
import { createRecord } from '../../record/records.ts'
import { permissions } from './permissions.ts'
import { scrutiny } from './index.ts'
import { idIn, makeCast, sendForm, versionIn, visit, visitPublic } from './testing.ts'
import type { Cast } from './testing.ts'

/** A name with everything in it that breaks pages. */
const awkward = `O'Brien "<b>x</b>" & ☂️ \u202Eشرطة`

describe('the pages of scrutiny', () => {
  let cast: Cast
  let answerer: string
  before(async () => {
    cast = await makeCast()
    answerer = cast.parties.chief.personId ?? ''
  })
  after(() => cast.close())

  const fields = (more: FormFields = {}): FormFields => ({
    title: 'Why shoplifting rose',
    text: 'What lies behind the rise?',
    why: 'It was above its usual range.',
    form: 'question',
    answerer,
    heads: ['a', 'f'],
    'asked-for': 'writing',
    ...more,
  })
  const draft = async (more: FormFields = {}, viewer: Viewer = cast.lead) => {
    const made = await visit(cast, viewer, 'POST', '/workspace/scrutiny/questions', { fields: fields(more) })
    assert.equal(made.status, 303, made.html)
    return idIn(made.to)
  }
  const send = (viewer: Viewer, address: string, more: FormFields = {}) => sendForm(cast, viewer, address, more)
  const put = async (more: FormFields = {}) => {
    const id = await draft(more)
    assert.equal((await send(cast.commissioner, `/workspace/scrutiny/questions/${id}/put`)).status, 303)
    return id
  }
  const answer = async (question: string, more: FormFields = {}, uploads: Parameters<typeof visit>[4] = {}) => {
    const made = await visit(cast, cast.liaison, 'POST', `/workspace/scrutiny/received/questions/${question}/answer`, {
      fields: { text: 'Two chains changed how they report.', giver: answerer, how: 'writing', ...more },
      ...uploads,
    })
    assert.equal(made.status, 303, made.html)
    return idIn(made.to)
  }

  it('ask for a permission on every route, and each is one that the module declares', () => {
    for (const route of scrutiny.workspace) assert.ok(route.permission in permissions, `${route.method} ${route.path}`)
  })

  it('begin a question from an exception with what the exception says, and keep the tie', async () => {
    const exception = await cast.world.as(cast.lead, (trx, act) =>
      createRecord(trx, act, { areaId: 1, kind: 'exception', title: 'Shoplifting', state: 'new' }),
    )
    const form = await visit(cast, cast.lead, 'GET', `/workspace/scrutiny/questions/new?from=${exception.id}`)
    assert.match(form.html, /Shoplifting in January was above its usual range/)
    assert.match(form.html, /Bronagh Lyle, Chief Constable/)
    const id = await draft({ from: exception.id })
    const page = await visit(cast, cast.lead, 'GET', `/workspace/scrutiny/questions/${id}`)
    assert.match(page.html, new RegExp(`/workspace/exceptions/${exception.id}`))
  })

  it('keep what was typed when something is missing, and change nothing', async () => {
    const typed = fields({
      title: '',
      'meeting-date-day': '31',
      'meeting-date-month': '2',
      'meeting-date-year': '2026',
    })
    const again = await visit(cast, cast.lead, 'POST', '/workspace/scrutiny/questions', { fields: typed })
    assert.equal(again.status, 422)
    assert.match(again.html, /There is a problem/)
    assert.match(again.html, /Enter a short title/)
    assert.match(again.html, /There is no 31 February 2026/)
    assert.match(again.html, /What lies behind the rise\?/)
    const list = await visit(cast, cast.lead, 'GET', '/workspace/scrutiny/questions')
    assert.doesNotMatch(list.html, /There is no 31 February/)
  })

  it('take nobody’s word for whom to ask: only a party that was offered', async () => {
    const made = await visit(cast, cast.lead, 'POST', '/workspace/scrutiny/questions', {
      fields: fields({ answerer: cast.parties.member.personId ?? '' }),
    })
    assert.equal(made.status, 422)
    assert.match(made.html, /Choose whom you ask/)
  })

  it('print quotes, HTML, emoji and right-to-left text as text', async () => {
    const id = await draft({ title: awkward, text: awkward, why: awkward })
    const page = await visit(cast, cast.lead, 'GET', `/workspace/scrutiny/questions/${id}`)
    assert.doesNotMatch(page.html, /<b>x<\/b>/)
    assert.match(page.html, /<bdi>O&#39;Brien &quot;&lt;b&gt;x&lt;\/b&gt;&quot; &amp; ☂️/)
    const edit = await visit(cast, cast.lead, 'GET', `/workspace/scrutiny/questions/${id}/edit`)
    assert.match(edit.html, /شرطة/)
    await send(cast.commissioner, `/workspace/scrutiny/questions/${id}/put`)
    await cast.world.as(cast.boardClerk, (trx, act) => publishRecord(trx, act, { areaId: 1, id }))
    const register = await visitPublic(cast, '/testshire/questions')
    assert.match(register.html, /O&#39;Brien &quot;&lt;b&gt;x/)
    assert.doesNotMatch(register.html, /<b>x<\/b>/)
  })

  it('show both texts when someone else changed the draft meanwhile', async () => {
    const id = await draft()
    const address = `/workspace/scrutiny/questions/${id}/edit`
    const opened = versionIn((await visit(cast, cast.lead, 'GET', address)).html)
    const edit = (text: string) =>
      visit(cast, cast.lead, 'POST', address, { fields: { ...fields({ text }), version: opened } })
    assert.equal((await edit('Theirs, written first')).status, 303)
    const stale = await edit('Mine, written second')
    assert.equal(stale.status, 409)
    assert.match(stale.html, /Theirs, written first/)
    assert.match(stale.html, /Mine, written second/)
    assert.match(stale.html, /policy-lead of Office of the Commissioner for Testshire changed this/)
    const kept = await visit(cast, cast.lead, 'POST', address, {
      fields: { ...fields({ text: 'Mine, written second' }), version: versionIn(stale.html) },
    })
    assert.equal(kept.status, 303, 'the form on that page saves')
  })

  it('let a question be read once more before it is put, and not be put as it no longer is', async () => {
    const id = await draft()
    const address = `/workspace/scrutiny/questions/${id}/put`
    const check = await visit(cast, cast.commissioner, 'GET', address)
    assert.match(check.html, /What lies behind the rise\?/)
    assert.match(check.html, /25 March 2026/)
    await send(cast.lead, `/workspace/scrutiny/questions/${id}/edit`, fields({ text: 'Changed since' }))
    const refused = await visit(cast, cast.commissioner, 'POST', address, {
      fields: { version: versionIn(check.html) },
    })
    assert.equal(refused.status, 422)
    assert.match(refused.html, /Changed since/)
    assert.equal((await send(cast.commissioner, address)).status, 303)
  })

  it('are not there for another organisation, and forbidden to another role', async () => {
    const id = await draft()
    for (const viewer of [cast.liaison, cast.chief, cast.panelClerk]) {
      assert.equal((await visit(cast, viewer, 'GET', `/workspace/scrutiny/questions/${id}`)).status, 404)
      assert.equal((await visit(cast, viewer, 'GET', `/workspace/scrutiny/received/questions/${id}`)).status, 404)
      assert.equal((await visit(cast, viewer, 'GET', `/workspace/records/${id}/trail`)).status, 404)
    }
    assert.equal((await visit(cast, cast.panelClerk, 'POST', `/workspace/scrutiny/questions/${id}/put`)).status, 404)
    assert.equal((await visit(cast, cast.lead, 'POST', `/workspace/scrutiny/questions/${id}/put`)).status, 403)
    assert.equal((await visit(cast, cast.lead, 'GET', '/workspace/scrutiny/questions/not-an-id')).status, 404)
  })

  it('lead a force from what it has to answer through to the given answer', async () => {
    const id = await put({ title: 'Ice-cream vans at night' })
    assert.equal((await visit(cast, cast.liaison, 'GET', '/workspace/scrutiny')).to, '/workspace/scrutiny/to-answer')
    const list = await visit(cast, cast.liaison, 'GET', '/workspace/scrutiny/to-answer')
    assert.match(list.html, /Ice-cream vans at night/)
    assert.match(list.html, /Not begun/)
    const question = await visit(cast, cast.liaison, 'GET', `/workspace/scrutiny/received/questions/${id}`)
    assert.match(question.html, /Start the answer/)
    const form = await visit(cast, cast.liaison, 'GET', `/workspace/scrutiny/received/questions/${id}/answer`)
    assert.match(form.html, /enctype="multipart\/form-data"/)
    const upload = { field: 'attachment', fileName: 'towns.csv', mediaType: 'text/csv', bytes: Buffer.from('town,n\n') }
    const answered = await answer(id, { 'attachment-title': 'Vans by town' }, { uploads: [upload] })
    const page = await visit(cast, cast.liaison, 'GET', `/workspace/scrutiny/answers/${answered}`)
    assert.match(page.html, /Vans by town/)
    assert.doesNotMatch(page.html, /Give this answer/)
    const asker = await visit(cast, cast.lead, 'GET', `/workspace/scrutiny/questions/${id}`)
    assert.match(asker.html, /No answer yet/)
    const handed = await visit(cast, cast.liaison, 'POST', `/workspace/scrutiny/answers/${answered}/ready`, {
      fields: { version: '1' },
    })
    assert.equal(handed.status, 303)
    const address = `/workspace/scrutiny/answers/${answered}/give`
    assert.equal((await visit(cast, cast.liaison, 'GET', address)).status, 403)
    const give = await visit(cast, cast.chief, 'GET', address)
    const attachment = /name="(attachment-[0-9a-f-]+)"/.exec(give.html)?.[1] ?? ''
    const unsaid = await visit(cast, cast.chief, 'POST', address, {
      fields: { version: versionIn(give.html), publish: 'no' },
    })
    assert.equal(unsaid.status, 422)
    assert.match(unsaid.html, /Choose the ground/)
    assert.match(unsaid.html, /Choose whether this attachment may be published/)
    const given = await send(cast.chief, address, { publish: 'yes', [attachment]: 'yes' })
    assert.equal(given.status, 303, given.html)
    const read = await visit(cast, cast.lead, 'GET', `/workspace/scrutiny/questions/${id}`)
    assert.match(read.html, /Two chains changed how they report/)
    assert.match(read.html, /Not yet judged/)
    const received = await visit(cast, cast.lead, 'GET', '/workspace/scrutiny/answers-received')
    assert.match(received.html, /Ice-cream vans at night/)
    const one = await visit(cast, cast.lead, 'GET', `/workspace/scrutiny/received/answers/${answered}`)
    assert.match(one.html, /Vans by town/)
    const correct = await visit(
      cast,
      cast.liaison,
      'GET',
      `/workspace/scrutiny/received/questions/${id}/answer?corrects=${answered}`,
    )
    assert.match(correct.html, /Correct FA-/)
  })

  it('say what is wrong with a file and keep the answer that was typed', async () => {
    const id = await put()
    const again = await visit(cast, cast.liaison, 'POST', `/workspace/scrutiny/received/questions/${id}/answer`, {
      fields: { text: 'A long answer', giver: answerer, how: 'writing', link: 'javascript:alert(1)' },
    })
    assert.equal(again.status, 422)
    assert.match(again.html, /A long answer/)
    assert.match(again.html, /begins with https/)
  })

  it('take a judgement with its reason, and publish piece by piece', async () => {
    const id = await put({ title: 'Tea at the station' })
    const given = await answer(id)
    await send(cast.chief, `/workspace/scrutiny/answers/${given}/give`, { publish: 'yes' })
    const judge = `/workspace/scrutiny/questions/${id}/judge`
    const bare = await visit(cast, cast.commissioner, 'POST', judge, { fields: { outcome: 'assured', reason: ' ' } })
    assert.equal(bare.status, 422)
    assert.match(bare.html, /Say why you come to this judgement/)
    await send(cast.commissioner, judge, { outcome: 'assured', reason: 'The pot is warm.' })
    const address = `/workspace/scrutiny/questions/${id}/publish`
    const choose = await visit(cast, cast.boardClerk, 'GET', address)
    assert.match(choose.html, /Publish this answer/)
    assert.match(choose.html, /Publish the judgement/)
    assert.equal((await visit(cast, cast.lead, 'GET', address)).status, 403)
    await visit(cast, cast.boardClerk, 'POST', address, { fields: {} })
    const slug = (await visitPublic(cast, '/testshire/questions')).html.match(
      /href="\/testshire\/(questions\/q-[^"]+)"[^>]*><bdi>Tea at/,
    )?.[1]
    const first = await visitPublic(cast, `/testshire/${slug ?? ''}`)
    assert.match(first.html, /It is not published yet/)
    assert.match(first.html, /Whoever asked has judged this answer. The judgement is not published yet/)
    assert.doesNotMatch(first.html, /Two chains|The pot is warm/)
    await visit(cast, cast.boardClerk, 'POST', address, { fields: { answers: given, judgement: 'yes' } })
    const second = await visitPublic(cast, `/testshire/${slug ?? ''}`)
    assert.match(second.html, /Two chains changed how they report/)
    assert.match(second.html, /The pot is warm/)
    assert.doesNotMatch(second.html, /not published yet/)
    const again = await visit(cast, cast.boardClerk, 'GET', address)
    assert.match(again.html, /This answer \(published already\)/)
  })

  it('show the public why it was asked, with the figure and its chart', async () => {
    const exception = await cast.world.as(cast.lead, (trx, act) =>
      createRecord(trx, act, { areaId: 1, kind: 'exception', title: 'Shoplifting, January', state: 'new' }),
    )
    const id = await put({ title: 'Charted', from: exception.id })
    const question = await cast.world.as(cast.boardClerk, async (trx, act) => {
      await publishRecord(trx, act, exception)
      return publishRecord(trx, act, { areaId: 1, id })
    })
    const page = await visitPublic(cast, `/testshire/${question.address}`)
    assert.match(page.html, /<svg role="img"><title>The chart<\/title><\/svg>/)
    assert.match(page.html, /There is no answer yet/)
    assert.match(page.html, /section 1\(8\)/)
    assert.match(page.html, /value for money/)
  })

  it('warn a panel of a question about the force, and let it be put', async () => {
    const commissioner = cast.parties.commissioner.personId ?? ''
    const text = 'How many officers are off sick?'
    const id = await draft({ text, answerer: commissioner }, cast.member)
    const page = await visit(cast, cast.member, 'GET', `/workspace/scrutiny/questions/${id}`)
    assert.match(page.html, /This reads as a question about the force/)
    assert.equal((await send(cast.member, `/workspace/scrutiny/questions/${id}/put`)).status, 303)
    const received = await visit(cast, cast.lead, 'GET', `/workspace/scrutiny/received/questions/${id}`)
    assert.match(received.html, /Task the chief constable/)
    const tasking = await visit(cast, cast.lead, 'GET', `/workspace/scrutiny/questions/new?from=${id}`)
    assert.match(tasking.html, /Eve Rowntree, Panel member asked \(PQ-2026-\d+\): How many officers/)
    const office = await draft({ text }, cast.lead)
    const own = await visit(cast, cast.lead, 'GET', `/workspace/scrutiny/questions/${office}`)
    assert.doesNotMatch(own.html, /This reads as a question about the force/)
  })

  it('withdraw with a reason', async () => {
    const id = await put()
    const address = `/workspace/scrutiny/questions/${id}/withdraw`
    assert.match((await send(cast.commissioner, address, { reason: '' })).html, /Say why the question is withdrawn/)
    assert.equal((await send(cast.commissioner, address, { reason: 'No longer needed' })).status, 303)
    const received = await visit(cast, cast.liaison, 'GET', `/workspace/scrutiny/received/questions/${id}`)
    assert.match(received.html, /No longer needed/)
    assert.doesNotMatch(received.html, /href="[^"]*\/answer"/)
  })

  it('lead from each register to the others of one’s organisation', async () => {
    const office = await visit(cast, cast.lead, 'GET', '/workspace/scrutiny/questions')
    for (const name of ['to-answer', 'answers-received', 'challenges']) {
      assert.match(office.html, new RegExp(`href="/workspace/scrutiny/${name}"`))
    }
    const force = await visit(cast, cast.liaison, 'GET', '/workspace/scrutiny/to-answer')
    assert.match(force.html, /href="\/workspace\/scrutiny\/answers"/)
    assert.doesNotMatch(force.html, /href="\/workspace\/scrutiny\/challenges"/)
  })

  it('open every register and empty one with what would be there', async () => {
    for (const viewer of [cast.lead, cast.liaison, cast.panelClerk]) {
      for (const name of ['questions', 'to-answer', 'answers', 'answers-received', 'challenges']) {
        const page = await visit(cast, viewer, 'GET', `/workspace/scrutiny/${name}`)
        assert.equal(page.status, 200, name)
      }
    }
    const empty = await visitPublic(cast, '/testshire/judgements?as-of=2020-01-01')
    assert.equal(empty.status, 200)
  })

  it('show a judgement to whoever answered, and its revision', async () => {
    const id = await put({ title: 'Revised' })
    const given = await answer(id)
    await send(cast.chief, `/workspace/scrutiny/answers/${given}/give`, { publish: 'yes' })
    await send(cast.commissioner, `/workspace/scrutiny/questions/${id}/judge`, {
      outcome: 'assured',
      reason: 'Early view.',
    })
    const question = await visit(cast, cast.commissioner, 'GET', `/workspace/scrutiny/questions/${id}`)
    const judgement = /\/workspace\/scrutiny\/judgements\/([0-9a-f-]+)/.exec(question.html)?.[1] ?? ''
    const revise = `/workspace/scrutiny/judgements/${judgement}/revise`
    const revised = await send(cast.commissioner, revise, {
      outcome: 'not-assured',
      reason: 'Late view.',
      why: 'More figures',
    })
    assert.equal(revised.status, 303, revised.html)
    const own = await visit(cast, cast.lead, 'GET', `/workspace/scrutiny/judgements/${judgement}`)
    assert.match(own.html, /Late view[\s\S]*Early view/)
    const theirs = await visit(cast, cast.chief, 'GET', `/workspace/scrutiny/received/judgements/${judgement}`)
    assert.match(theirs.html, /More figures/)
  })

  it('refuse an awkward identity as if nothing were there', async () => {
    const id = '%27%3B drop table record'
    assert.equal((await visit(cast, cast.lead, 'GET', `/workspace/scrutiny/questions/${id}`)).status, 404)
    assert.equal((await visit(cast, cast.chief, 'GET', `/workspace/scrutiny/answers/${id}`)).status, 404)
  })
})
