import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../platform/access/viewer.ts'
import { Refusal, StaleRecord } from '../../platform/refusals.ts'
import { readFile } from '../../record/files.ts'
import { historyOf } from '../../record/history.ts'
import { workOf } from '../../record/my-work.ts'
import type { RecordKey } from '../../record/record.ts'
import { registerQuery, workspaceRegister } from '../../record/register.ts'
import { listReceived } from '../../record/release.ts'
import { searchWorkspace } from '../../record/search.ts'
import {
  answerInWriting,
  attachToAnswer,
  draftQuestion,
  giveAnswer,
  openQuestions,
  prepareAnswer,
  putQuestion,
  questionsForMeeting,
  recordJudgement,
  takeToMeeting,
  withdrawQuestion,
} from './index.ts'
import type { QuestionDraft } from './index.ts'
import { reviseJudgement } from './judgements/judge.ts'
import { findJudgement } from './judgements/queries.ts'
import { changeDraft } from './questions/draft.ts'
import { findQuestion } from './questions/queries.ts'
import { said, storyOf } from './testing-story.ts'
import { makeCast } from './testing.ts'
import type { Cast } from './testing.ts'

describe('a question', () => {
  let cast: Cast
  before(async () => {
    cast = await makeCast()
  })
  after(() => cast.close())
  const { answered, answersTo, as, draft, give, head, prepare, put, received, trail, words } = storyOf(() => cast)

  const clockStates = async (key: RecordKey) => {
    const clocks = await as(cast.lead, trx =>
      trx.selectFrom('clock').select('state').where('record_id', '=', key.id).execute(),
    )
    return clocks.map(clock => clock.state)
  }

  it('in draft does not exist for the force or the panel: not as a record, in a register, a trail or a search', async () => {
    const drafted = await draft({ title: 'Walrus sightings' })
    for (const viewer of [cast.liaison, cast.chief, cast.panelClerk]) {
      assert.equal(await head(viewer, drafted), null)
      const { organisation } = viewer
      assert.equal(await trail(viewer, drafted), null)
      const register = await as(viewer, trx =>
        workspaceRegister(trx, organisation.id, 1, 'question', registerQuery({})),
      )
      assert.ok(register.rows.every(row => row.id !== drafted.id))
      assert.deepEqual(await as(viewer, trx => searchWorkspace(trx, viewer, 'walrus')), [])
      assert.deepEqual(
        await as(viewer, trx => listReceived(trx, organisation.id, { areaId: 1, ids: [drafted.id] })),
        [],
      )
      assert.equal(await as(viewer, trx => findQuestion(trx, drafted)), null)
      assert.deepEqual(await as(viewer, trx => historyOf(trx, drafted)), [])
    }
    assert.equal((await as(cast.lead, trx => searchWorkspace(trx, cast.lead, 'walrus'))).length, 1)
  })

  it('is put by whoever may, is then the force’s to answer in ten working days, and cannot be changed', async () => {
    const drafted = await draft()
    await assert.rejects(
      as(cast.lead, (trx, act) => putQuestion(trx, act, drafted, null)),
      Refusal,
    )
    assert.equal((await head(cast.lead, drafted))?.state, 'draft')
    const put = await as(cast.commissioner, (trx, act) => putQuestion(trx, act, drafted, drafted.version))
    assert.equal(put.state, 'put')
    assert.ok(put.due?.kind === 'date')
    assert.equal(put.due.date.toString(), '2026-03-25', '11 March 2026 and ten working days')
    const sent = await received(cast.liaison, put)
    assert.equal(sent?.title, 'Why shoplifting rose in January')
    assert.equal(sent?.dueDate?.toString(), '2026-03-25')
    assert.equal(await received(cast.panelClerk, put), null)
    await assert.rejects(
      as(cast.lead, (trx, act) => changeDraft(trx, act, put, put.version, words())),
      Refusal,
    )
  })

  it('is due at the meeting it is put for, and in writing from the day of the meeting if not answered there', async () => {
    const date = Temporal.PlainDate.from('2026-03-20')
    const question = await put({ askedFor: 'meeting', meeting: { id: null, title: 'Board of 20 March', date } })
    assert.ok(question.due?.kind === 'date')
    assert.equal(question.due.date.toString(), '2026-03-20')
    await as(cast.boardClerk, (trx, act) => answerInWriting(trx, act, question, date))
    const now = await head(cast.lead, question)
    assert.ok(now?.due?.kind === 'date')
    assert.equal(now.due.date.toString(), '2026-04-07', 'Good Friday and Easter Monday are left out')
    const sent = await received(cast.liaison, question)
    assert.equal(sent?.dueDate?.toString(), '2026-04-07')
  })

  it('is taken to a meeting by its record, and is found there', async () => {
    const meeting = {
      id: '0192d3c0-0000-7000-8000-000000000001',
      title: 'Board',
      date: Temporal.PlainDate.from('2026-04-01'),
    }
    const question = await put()
    await as(cast.boardClerk, (trx, act) => takeToMeeting(trx, act, question, meeting))
    const found = await as(cast.boardClerk, trx => questionsForMeeting(trx, meeting.id))
    assert.deepEqual(
      found.map(each => each.head.id),
      [question.id],
    )
    assert.deepEqual(await as(cast.liaison, trx => questionsForMeeting(trx, meeting.id)), [])
    const open = await as(cast.boardClerk, trx => openQuestions(trx, 1))
    assert.ok(open.some(each => each.head.id === question.id))
    assert.ok(open.every(each => each.head.state !== 'draft'))
  })

  it('changed meanwhile is not overwritten', async () => {
    const drafted = await draft()
    const change = (title: string) =>
      as(cast.lead, (trx, act) => changeDraft(trx, act, drafted, drafted.version, words({ title })))
    await change('Second')
    await assert.rejects(change('Third'), StaleRecord)
    await assert.rejects(
      as(cast.commissioner, (trx, act) => putQuestion(trx, act, drafted, drafted.version)),
      StaleRecord,
    )
    const now = await as(cast.lead, trx => findQuestion(trx, drafted))
    assert.equal(now?.head.title, 'Second')
    assert.equal(now?.row.put_on, null)
  })

  it('belongs to a set in which every question has its own number', async () => {
    const dated = Temporal.PlainDate.from('2026-03-01')
    const first = await draft({ set: { title: 'Quarter 3', tiedTo: 'Performance report', dated } })
    const set = (await as(cast.lead, trx => findQuestion(trx, first)))?.set
    assert.ok(set)
    const second = await draft({ set: { id: set.id } })
    const found = await as(cast.lead, trx => findQuestion(trx, second))
    assert.equal(found?.row.set_number, 2)
    assert.deepEqual(await as(cast.liaison, trx => trx.selectFrom('scrutiny_set').selectAll().execute()), [])
  })

  it('withdrawn with its reason is told to whoever was asked, and no answer is taken any more', async () => {
    const question = await put()
    const begun = await prepare(question)
    await as(cast.commissioner, (trx, act) =>
      withdrawQuestion(trx, act, question, question.version, 'Answered in the report'),
    )
    const sent = await received(cast.liaison, question)
    assert.equal(sent?.state, 'withdrawn')
    assert.match(JSON.stringify(sent?.body), /Answered in the report/)
    await assert.rejects(give(begun), /withdrawn/)
    assert.deepEqual(await clockStates(question), ['stopped'])
  })

  describe('and its answer', () => {
    it('is nothing to the asker while it is being prepared, files and trail included', async () => {
      const question = await put()
      const answer = await prepare(question, { text: 'Capybara' })
      const upload = { field: 'attachment', fileName: 'a.txt', mediaType: 'text/plain', bytes: Buffer.from('Ocelot') }
      await as(cast.liaison, (trx, act) => attachToAnswer(trx, act, answer, { upload }, 'Ocelots by town'))
      const [attachment] = await as(cast.liaison, trx =>
        trx.selectFrom('attachment').select('file_id').where('record_id', '=', answer.id).execute(),
      )
      const fileId = attachment?.file_id ?? ''
      const { office } = cast.world
      assert.equal(await head(cast.commissioner, answer), null)
      assert.deepEqual(await as(cast.lead, trx => searchWorkspace(trx, cast.lead, 'capybara')), [])
      const chain = await trail(cast.lead, question)
      assert.deepEqual(chain?.consequences, [])
      assert.equal(chain?.self.gaps[0]?.awaited, 'answer')
      assert.equal(await as(cast.lead, trx => readFile(trx, office.id, fileId)), null)
      assert.deepEqual(await answersTo(cast.lead, question), [])
      await give(answer)
      const file = await as(cast.lead, trx => readFile(trx, office.id, fileId))
      assert.equal(file?.bytes.toString(), 'Ocelot')
      assert.equal(await as(cast.panelClerk, trx => readFile(trx, cast.world.panel.id, fileId)), null)
    })

    it('is given by the chief and never by the liaison, and moves the question on for its asker', async () => {
      const question = await put()
      const answer = await prepare(question)
      await assert.rejects(
        as(cast.liaison, (trx, act) => giveAnswer(trx, act, answer, null)),
        Refusal,
      )
      assert.ok(answer.due?.kind === 'date')
      assert.equal(answer.due.date.toString(), '2026-03-25', 'due when the question is')
      await give(answer)
      const now = await head(cast.lead, question)
      assert.deepEqual(await clockStates(question), ['stopped'])
      assert.equal(now?.state, 'answered')
      assert.equal(now.due, null)
      const answers = await answersTo(cast.lead, question)
      assert.equal(answers[0]?.body.text, said.text)
      assert.equal(answers[0].body.by, 'Bronagh Lyle, Chief Constable')
      const work = await as(cast.commissioner, trx => workOf(trx, cast.commissioner))
      assert.ok(
        work.some(item => item.id === question.id),
        'the judgement is now owed',
      )
    })

    it('in another officer’s name is given by that officer or the chief', async () => {
      const question = await put()
      const answer = await prepare(question, { giver: cast.parties.officer })
      await assert.rejects(
        as(cast.otherOfficer, (trx, act) => giveAnswer(trx, act, answer, null)),
        Refusal,
      )
      await as(cast.officer, (trx, act) => giveAnswer(trx, act, answer, null))
      assert.equal((await head(cast.lead, question))?.state, 'answered')
    })

    it('in part leaves the question open and its due as it was', async () => {
      const question = await put()
      const replyBy = Temporal.PlainDate.from('2026-05-01')
      await give(await prepare(question, { part: true, replyBy }))
      const now = await head(cast.lead, question)
      assert.equal(now?.state, 'part-answered')
      assert.ok(now.due?.kind === 'date')
      assert.equal(now.due.date.toString(), '2026-03-25')
      await give(await prepare(question))
      assert.equal((await head(cast.lead, question))?.state, 'answered')
    })

    it('is corrected by a later answer, and is to be judged anew', async () => {
      const { question, answer } = await answered()
      const judge = (outcome: 'assured' | 'not-assured') =>
        as(cast.commissioner, (trx, act) => recordJudgement(trx, act, question, { outcome, reason: 'Because.' }))
      await judge('assured')
      await assert.rejects(judge('not-assured'), /Revise/)
      await assert.rejects(prepare(question), /correct/)
      await give(await prepare(question, { text: 'It was three chains.' }, answer.id))
      assert.equal((await head(cast.chief, answer))?.state, 'corrected')
      assert.equal((await head(cast.lead, question))?.state, 'answered')
      const answers = await answersTo(cast.lead, question)
      assert.equal(answers.at(-1)?.body.corrects, answer.reference)
      await judge('not-assured')
      assert.equal((await head(cast.lead, question))?.state, 'judged')
    })
  })

  describe('judged', () => {
    it('is judged by its asker with a reason, and whoever answered learns of it', async () => {
      const { question } = await answered()
      const draft = { outcome: 'partly-assured', reason: 'No figure for the county.' } as const
      await assert.rejects(
        as(cast.lead, (trx, act) => recordJudgement(trx, act, question, draft)),
        Refusal,
      )
      await assert.rejects(
        as(cast.chief, (trx, act) => recordJudgement(trx, act, question, draft)),
        Refusal,
      )
      const judgement = await as(cast.commissioner, (trx, act) => recordJudgement(trx, act, question, draft))
      assert.equal((await head(cast.lead, question))?.state, 'judged')
      const sent = await received(cast.liaison, judgement)
      assert.match(JSON.stringify(sent?.body), /No figure for the county/)
    })

    it('keeps every wording when it is revised', async () => {
      const { question } = await answered()
      const judgement = await as(cast.commissioner, (trx, act) =>
        recordJudgement(trx, act, question, { outcome: 'assured', reason: 'First.' }),
      )
      await as(cast.commissioner, (trx, act) =>
        reviseJudgement(
          trx,
          act,
          judgement,
          judgement.version,
          { outcome: 'not-assured', reason: 'Second.', why: 'New figures' },
          true,
        ),
      )
      const now = await as(cast.lead, trx => findJudgement(trx, judgement))
      assert.equal(now?.head.state, 'not-assured')
      assert.deepEqual([now.stands.reason, now.earlier[0]?.reason], ['Second.', 'First.'])
      const sent = await received(cast.liaison, judgement)
      assert.match(JSON.stringify(sent?.body), /New figures/)
    })

    it('does not judge an answer in part', async () => {
      const question = await put()
      await give(await prepare(question, { part: true }))
      await assert.rejects(
        as(cast.commissioner, (trx, act) => recordJudgement(trx, act, question, { outcome: 'assured', reason: 'x' })),
        /in whole/,
      )
    })
  })
})

describe('a question of a panel member, a tasking or a supplementary', () => {
  let cast: Cast
  before(async () => {
    cast = await makeCast()
  })
  after(() => cast.close())
  const { answered, as, draft, head, prepare, received, trail, words } = storyOf(() => cast)

  const own = (more: Partial<QuestionDraft> = {}) =>
    draft(
      {
        title: 'What the commissioner does about road deaths',
        asker: cast.parties.member,
        answerer: cast.parties.commissioner,
        ...more,
      },
      cast.member,
    )

  it('is put by the member, answered by the commissioner, and judged by whether it answers what was asked', async () => {
    const drafted = await own()
    assert.match(drafted.reference, /^PQ-2026-/)
    assert.equal(await head(cast.commissioner, drafted), null, 'the office knows nothing of it')
    await assert.rejects(
      as(cast.otherMember, (trx, act) => putQuestion(trx, act, drafted, null)),
      /own questions/,
    )
    const question = await as(cast.member, (trx, act) => putQuestion(trx, act, drafted, null))
    assert.ok(await received(cast.lead, question))
    assert.equal(await received(cast.liaison, question), null)
    const answer = await as(cast.lead, (trx, act) =>
      prepareAnswer(trx, act, question, { ...said, giver: cast.parties.commissioner }),
    )
    assert.equal(await head(cast.member, answer), null)
    await as(cast.commissioner, (trx, act) => giveAnswer(trx, act, answer, null))
    const judge = (outcome: 'assured' | 'partly-answers') =>
      as(cast.member, (trx, act) => recordJudgement(trx, act, question, { outcome, reason: 'Half of it.' }))
    await assert.rejects(judge('assured'), /what was asked/)
    await judge('partly-answers')
    assert.equal((await head(cast.member, question))?.state, 'judged')
  })

  it('may become a tasking of the chief constable, which the panel sees once it is public', async () => {
    const drafted = await own()
    const question = await as(cast.member, (trx, act) => putQuestion(trx, act, drafted, null))
    const cause = { ...question, relation: 'tasked-by' } as const
    const tasking = await as(cast.lead, (trx, act) => draftQuestion(trx, act, 1, words({ form: 'tasking' }), [cause]))
    await as(cast.commissioner, (trx, act) => putQuestion(trx, act, tasking, null))
    const seen = async (viewer: Viewer, of: RecordKey) => {
      const chain = await trail(viewer, of)
      return [...(chain?.causes ?? []), ...(chain?.consequences ?? [])].map(step => step.id)
    }
    assert.deepEqual(await seen(cast.lead, tasking), [question.id])
    assert.deepEqual(await seen(cast.member, question), [])
    assert.deepEqual(await seen(cast.liaison, tasking), [])
  })

  it('has supplementaries with their own asker, answer and state', async () => {
    const { question } = await answered()
    const cause = { ...question, relation: 'asks-about' } as const
    const supplementary = await as(cast.lead, (trx, act) =>
      draftQuestion(trx, act, 1, words({ title: 'And in the county?', answerer: cast.parties.officer }), [cause]),
    )
    assert.equal((await head(cast.lead, supplementary))?.state, 'draft')
    assert.equal((await head(cast.lead, question))?.state, 'answered')
    await as(cast.commissioner, (trx, act) => putQuestion(trx, act, supplementary, null))
    const answer = await prepare(supplementary, { giver: cast.parties.officer })
    await as(cast.officer, (trx, act) => giveAnswer(trx, act, answer, null))
    assert.equal((await head(cast.lead, supplementary))?.state, 'answered')
    const chain = await trail(cast.lead, supplementary)
    assert.deepEqual(
      chain?.causes.map(step => step.id),
      [question.id],
    )
  })
})
