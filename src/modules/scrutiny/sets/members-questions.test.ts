import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { clocksOf } from '../../../record/clock-rows.ts'
import { declareKinds } from '../../../record/kinds.ts'
import { linkedFrom } from '../../../record/links.ts'
import { workOf } from '../../../record/my-work.ts'
import { findRecord } from '../../../record/records.ts'
import { findReceived } from '../../../record/release.ts'
import type { Viewer } from '../../../platform/access/viewer.ts'
import { followUp } from '../../follow-up/index.ts'
import { questionBody } from '../bodies.ts'
import { publishQuestion } from '../index.ts'
import { findQuestions } from '../questions/queries.ts'
import type { Question } from '../questions/queries.ts'
import { answerAtMeetingObstacles, sayObstacles } from '../said/rules.ts'
import { idIn, makeCast, sendForm, versionIn, visit, visitPublic } from '../testing.ts'
import type { Cast } from '../testing.ts'
import { findWholeSet } from './put-set.ts'

describe('the questions of a panel’s members to the commissioner', () => {
  let cast: Cast
  let set = ''
  before(async () => {
    cast = await makeCast()
    declareKinds([followUp])
  })
  after(() => cast.close())

  const path = () => `/workspace/scrutiny/question-sets/${set}`
  const questions = (): Promise<readonly Question[]> =>
    cast.world.as(cast.panelClerk, async trx => {
      const found = await findWholeSet(trx, { areaId: 1, id: set }, cast.world.panel.id)
      return found?.questions ?? []
    })
  const number = async (wanted: number): Promise<Question> => {
    const found = (await questions()).find(each => each.row.set_number === wanted)
    assert.ok(found)
    return found
  }
  const add = (viewer: Viewer, more: Record<string, string>) =>
    visit(cast, viewer, 'POST', path(), {
      fields: {
        'question-title': 'A title',
        text: 'What do you do about it?',
        answerer: cast.parties.commissioner.personId ?? '',
        'asked-for': 'meeting',
        'meeting-title': 'Panel of 11 March 2026',
        'meeting-date-day': '11',
        'meeting-date-month': '3',
        'meeting-date-year': '2026',
        ...more,
      },
    })
  const say = (question: Question, more: Record<string, string>) =>
    sendForm(cast, cast.panelClerk, `/workspace/scrutiny/questions/${question.head.id}/said`, {
      kind: 'answer',
      says: 'The dogs are counted each week.',
      by: 'Neil Archer, Chief Executive',
      'on-day': '11',
      'on-month': '3',
      'on-year': '2026',
      ...more,
    })
  const sentTo = (viewer: Viewer, question: Question) =>
    cast.world.as(viewer, trx => findReceived(trx, viewer.organisation.id, question.head))
  const owed = async (viewer: Viewer, question: Question) => {
    const work = await cast.world.as(viewer, trx => workOf(trx, viewer))
    return work.some(item => item.id === question.head.id && item.received)
  }

  it('are drafted by the clerk in the names of the members who ask them, numbered in one set', async () => {
    const begun = await visit(cast, cast.panelClerk, 'POST', '/workspace/scrutiny/question-sets', {
      fields: { title: 'Questions on the annual report', 'tied-to': 'Annual report 2025' },
    })
    set = idIn(begun.to)
    const members = [cast.member, cast.otherMember].map(member => member.personId ?? '')
    for (let at = 1; at <= 13; at += 1) {
      const seen = await add(cast.panelClerk, {
        asker: members[at % 2] ?? '',
        'question-title': `Question ${String(at)}`,
      })
      assert.equal(seen.status, 303, seen.html)
    }
    const all = await questions()
    assert.deepEqual(
      all.map(each => each.row.set_number),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
    )
    assert.deepEqual(
      all.slice(0, 2).map(each => each.row.asker_name),
      ['Finn Stowe, Panel member', 'Eve Rowntree, Panel member'],
    )
    const page = await visit(cast, cast.panelClerk, 'GET', path())
    assert.match(page.html, /Add number 14/)
    assert.match(page.html, /Panel of 11 March 2026/, 'the next begins like the last')
  })

  it('a member drafts in the member’s own name alone', async () => {
    const form = await visit(cast, cast.member, 'GET', '/workspace/scrutiny/questions/new')
    assert.doesNotMatch(form.html, /Finn Stowe/)
    const other = await add(cast.member, { asker: cast.otherMember.personId ?? '' })
    assert.equal(other.status, 422)
    assert.match(other.html, /href="#asker">Choose who asks/)
  })

  it('are nobody else’s while they are drafts', async () => {
    const { head } = await number(1)
    for (const viewer of [cast.lead, cast.commissioner, cast.liaison]) {
      assert.equal((await visit(cast, viewer, 'GET', path())).status, 404)
      const seen = await cast.world.as(viewer, trx => findQuestions(trx, 1, [head.id]))
      assert.deepEqual(seen, [])
    }
  })

  it('are put together, all or none, as they were read', async () => {
    const opened = await visit(cast, cast.panelClerk, 'GET', `${path()}/put`)
    const seen = /name="seen" value="([^"]+)"/.exec(opened.html)?.[1] ?? ''
    const second = await number(2)
    const edit = `/workspace/scrutiny/questions/${second.head.id}/edit`
    const form = await visit(cast, cast.panelClerk, 'GET', edit)
    await visit(cast, cast.panelClerk, 'POST', edit, {
      fields: {
        version: versionIn(form.html),
        title: 'Question 2, sharper',
        text: 'What exactly do you do about it?',
        form: 'question',
        answerer: cast.parties.commissioner.personId ?? '',
        'asked-for': 'both',
        'meeting-title': 'Panel of 11 March 2026',
        'meeting-date-day': '11',
        'meeting-date-month': '3',
        'meeting-date-year': '2026',
        set,
      },
    })
    const stale = await visit(cast, cast.panelClerk, 'POST', `${path()}/put`, { fields: { seen } })
    assert.equal(stale.status, 422)
    assert.match(stale.html, /were changed after you opened/)
    assert.ok((await questions()).every(each => each.facts.state === 'draft'))
    const again = await visit(cast, cast.panelClerk, 'GET', `${path()}/put`)
    assert.match(again.html, /What exactly do you do about it/)
    const fresh = /name="seen" value="([^"]+)"/.exec(again.html)?.[1] ?? ''
    const done = await visit(cast, cast.panelClerk, 'POST', `${path()}/put`, { fields: { seen: fresh } })
    assert.equal(done.status, 303, done.html)
    assert.match(done.notice, /13 questions are put/)
    assert.ok((await questions()).every(each => each.facts.state === 'put'))
    assert.equal(await owed(cast.lead, await number(13)), true)
  })

  it('one that is answered at the meeting is recorded with who answered, and is owed no more', async () => {
    const question = await number(1)
    const seen = await say(question, { standing: 'whole' })
    assert.equal(seen.status, 303, seen.html)
    const now = await number(1)
    assert.equal(now.facts.state, 'answered')
    assert.equal(now.head.due, null)
    const clocks = await cast.world.as(cast.panelClerk, trx => clocksOf(trx, now.head))
    assert.ok(clocks.every(clock => clock.state === 'stopped'))
    const body = questionBody.parse((await sentTo(cast.lead, now))?.body)
    assert.equal(body.said[0]?.by, 'Neil Archer, Chief Executive')
    assert.equal(await owed(cast.lead, now), false)
    const list = await visit(cast, cast.lead, 'GET', '/workspace/scrutiny/to-answer')
    assert.match(list.html, /13 sent to you, 12 awaiting an answer/)
    const page = await visit(cast, cast.lead, 'GET', `/workspace/scrutiny/received/questions/${now.head.id}`)
    assert.match(page.html, /Answer at the meeting[\s\S]*The dogs are counted each week/)
    assert.equal(await sentTo(cast.liaison, now), null, 'the force learns nothing of it')
    assert.equal((await say(now, { standing: 'whole' })).status, 422, 'once')
  })

  it('one that is not answered there is answered in writing, from the day of the meeting', async () => {
    const question = await number(2)
    await say(question, { standing: 'in-writing', says: 'It will be looked into.' })
    const now = await number(2)
    assert.equal(now.facts.state, 'put')
    assert.deepEqual(now.head.due, { kind: 'date', date: Temporal.PlainDate.from('2026-03-25') })
    assert.equal(await owed(cast.lead, now), true)
  })

  it('one answered in part stays due, with what was said so far', async () => {
    const question = await number(3)
    const before_ = question.head.due
    await say(question, { standing: 'part' })
    const now = await number(3)
    assert.equal(now.facts.state, 'part-answered')
    assert.deepEqual(now.head.due, before_)
    assert.equal(questionBody.parse((await sentTo(cast.lead, now))?.body).said.length, 1)
  })

  it('a supplementary is recorded with its answer, and an undertaking becomes an action of the office', async () => {
    const question = await number(1)
    const bare = await say(question, { kind: 'supplementary', asked: '' })
    assert.equal(bare.status, 422)
    assert.match(bare.html, /href="#asked"/)
    await say(question, { kind: 'supplementary', asked: 'And the cats?', says: 'Not yet.' })
    const undertaken = await say(await number(1), {
      kind: 'undertaking',
      says: 'The chief constable will be asked to count the cats too. It takes a month.',
      by: 'Ada Okoro, Police and Crime Commissioner',
      'due-day': '30',
      'due-month': '4',
      'due-year': '2026',
    })
    assert.equal(undertaken.status, 303, undertaken.html)
    const [action] = await cast.world.as(cast.lead, trx => linkedFrom(trx, question.head, 'raised-by'))
    assert.ok(action)
    const record = await cast.world.as(cast.lead, trx => findRecord(trx, action))
    assert.equal(record?.title, 'The chief constable will be asked to count the cats too')
    assert.equal(record.owner?.organisationId, cast.world.office.id)
    assert.deepEqual([...record.holders].sort(), [cast.world.office.id, cast.world.panel.id].sort())
    assert.equal(record.due?.kind === 'date' ? record.due.date.toString() : '', '2026-04-30')
    assert.equal(await cast.world.as(cast.liaison, trx => findRecord(trx, action)), null)
  })

  it('published, it shows set, number, answer, supplementary and undertaking', async () => {
    const { head } = await number(1)
    await cast.world.as(cast.panelClerk, (trx, act) =>
      publishQuestion(trx, act, head, { answers: [], attachments: [], judgement: false }),
    )
    const page = await visitPublic(cast, `/testshire/questions/${head.reference.toLowerCase()}`)
    assert.match(page.html, /Number 1 of/)
    assert.match(page.html, /Answer at the meeting[\s\S]*dogs[\s\S]*And the cats\?[\s\S]*Undertaking/)
    assert.doesNotMatch(page.html, /There is no answer yet/)
    await say(await number(1), { kind: 'supplementary', asked: 'And the geese?', says: 'Neither.' })
    const later = await visitPublic(cast, `/testshire/questions/${head.reference.toLowerCase()}`)
    assert.match(later.html, /And the geese/)
  })

  it('are recorded by clerk or chair, not by a member, and not before the day', async () => {
    const question = await number(4)
    const address = `/workspace/scrutiny/questions/${question.head.id}/said`
    assert.equal((await visit(cast, cast.member, 'GET', address)).status, 403)
    assert.equal((await visit(cast, cast.boardClerk, 'GET', address)).status, 404)
    const early = await say(question, { standing: 'whole', 'on-day': '12' })
    assert.equal(early.status, 422)
    assert.match(early.html, /has not come yet/)
  })

  it('the office’s own question to the chief constable runs by its clock', async () => {
    const form = {
      title: 'To the chief',
      text: 'Why?',
      form: 'question',
      answerer: cast.parties.chief.personId ?? '',
      'asked-for': 'writing',
    }
    const drafted = await visit(cast, cast.commissioner, 'POST', '/workspace/scrutiny/questions', { fields: form })
    const own = `/workspace/scrutiny/questions/${idIn(drafted.to)}`
    await sendForm(cast, cast.commissioner, `${own}/put`)
    const key = { areaId: 1, id: idIn(drafted.to) }
    const [clock] = await cast.world.as(cast.commissioner, trx => clocksOf(trx, key))
    assert.equal(clock?.rule.id, 'QUESTION-CC')
  })
})

describe('what may be recorded of a question', () => {
  it('nothing before it is put or once it is withdrawn', () => {
    for (const state of ['draft', 'ready', 'withdrawn'] as const) assert.equal(sayObstacles({ state }).length, 1)
    for (const state of ['put', 'part-answered', 'answered', 'judged'] as const)
      assert.equal(sayObstacles({ state }).length, 0)
  })

  it('an answer while one is waited for, and in writing only where none was begun', () => {
    assert.deepEqual(answerAtMeetingObstacles({ state: 'put' }, 'in-writing'), [])
    assert.equal(answerAtMeetingObstacles({ state: 'part-answered' }, 'in-writing').length, 1)
    assert.deepEqual(answerAtMeetingObstacles({ state: 'part-answered' }, 'whole'), [])
    assert.equal(answerAtMeetingObstacles({ state: 'answered' }, 'whole').length, 1)
  })
})
