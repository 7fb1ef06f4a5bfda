import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../platform/access/viewer.ts'
import { Refusal, StaleRecord } from '../../platform/refusals.ts'
import { historyOf } from '../../record/history.ts'
import { readFile } from '../../record/files.ts'
import { link } from '../../record/links.ts'
import { workOf } from '../../record/my-work.ts'
import { atAddress, publishedFile, publishedRecord, searchPublished, withheldByGround } from '../../record/published.ts'
import type { RecordHead, RecordKey } from '../../record/record.ts'
import { findRecord } from '../../record/records.ts'
import { findReceived, listReceived } from '../../record/release.ts'
import { searchWorkspace } from '../../record/search.ts'
import { registerQuery, workspaceRegister } from '../../record/register.ts'
import { testNow } from '../../record/testing.ts'
import { trailOf, workspaceTrail } from '../../record/trail.ts'
import { answersReceived } from './answers/received.ts'
import {
  answerInWriting,
  attachToAnswer,
  draftQuestion,
  giveAnswer,
  loadAnswer,
  loadChallenge,
  loadQuestion,
  openQuestions,
  prepareAnswer,
  publishQuestion,
  putQuestion,
  questionsForMeeting,
  recordJudgement,
  takeToMeeting,
  withdrawQuestion,
} from './index.ts'
import type { Consent, QuestionDraft } from './index.ts'
import { reviseJudgement } from './judgements/judge.ts'
import { findJudgement } from './judgements/queries.ts'
import { takeDownAnswer } from './publication/publish-question.ts'
import { changeDraft } from './questions/draft.ts'
import { findQuestion } from './questions/queries.ts'
import { makeCast } from './testing.ts'
import type { Cast } from './testing.ts'

describe('a question', () => {
  let cast: Cast
  before(async () => {
    cast = await makeCast()
  })
  after(() => cast.close())

  const words = (more: Partial<QuestionDraft> = {}): QuestionDraft => ({
    title: 'Why shoplifting rose in January',
    text: 'What lies behind the rise, and what are you doing about it?',
    why: 'Shoplifting in January was above its usual range.',
    form: 'question',
    heads: ['a', 'f'],
    askedFor: 'writing',
    meeting: null,
    asker: cast.parties.commissioner,
    answerer: cast.parties.chief,
    set: null,
    ...more,
  })
  const as = <T>(viewer: Viewer, deed: Parameters<Cast['world']['as']>[1], now = testNow) =>
    cast.world.as(viewer, deed, { now }) as Promise<T>
  const draft = (more: Partial<QuestionDraft> = {}, viewer = cast.lead) =>
    as<RecordHead>(viewer, (trx, act) => draftQuestion(trx, act, 1, words(more)))
  const put = async (more: Partial<QuestionDraft> = {}): Promise<RecordHead> => {
    const drafted = await draft(more)
    return as(cast.commissioner, (trx, act) => putQuestion(trx, act, drafted, null))
  }
  const said = { text: 'Two chains changed how they report.', how: 'writing', part: false, replyBy: null } as const
  const prepare = (on: RecordKey, more: object = {}, corrects: string | null = null) =>
    as<RecordHead>(cast.liaison, (trx, act) =>
      prepareAnswer(trx, act, on, { ...said, giver: cast.parties.chief, ...more }, corrects),
    )
  const give = (answer: RecordKey, consent?: Consent) =>
    as<RecordHead>(cast.chief, (trx, act) => giveAnswer(trx, act, answer, null, consent))
  const answered = async (more: Partial<QuestionDraft> = {}, consent?: Consent) => {
    const question = await put(more)
    const answer = await prepare(question)
    await give(answer, consent)
    return { question, answer }
  }
  const head = (viewer: Viewer, key: RecordKey) => as<RecordHead | null>(viewer, trx => findRecord(trx, key))
  const publicState = async (key: RecordKey, now = testNow) => {
    const at = await publishedRecord(cast.world.database.public, 1, key.id, now)
    assert.ok(at.found === 'record', `is ${at.found}`)
    return { state: at.entry.state, body: at.snapshot.body, version: at.snapshot.version }
  }
  const publish = (key: RecordKey, pieces: Partial<Parameters<typeof publishQuestion>[3]> = {}, now = testNow) =>
    as(
      cast.boardClerk,
      (trx, act) => publishQuestion(trx, act, key, { answers: [], attachments: [], judgement: false, ...pieces }),
      now,
    )

  it('in draft does not exist for the force or the panel: not as a record, in a register, a trail or a search', async () => {
    const drafted = await draft({ title: 'Walrus sightings' })
    for (const viewer of [cast.liaison, cast.chief, cast.panelClerk]) {
      assert.equal(await head(viewer, drafted), null)
      const { organisation } = viewer
      const trail = await as(viewer, trx => trailOf(workspaceTrail(trx, organisation.id), drafted))
      assert.equal(trail, null)
      const register = await as<{ rows: RecordHead[] }>(viewer, trx =>
        workspaceRegister(trx, organisation.id, 1, 'question', registerQuery({})),
      )
      assert.ok(register.rows.every(row => row.id !== drafted.id))
      assert.deepEqual(await as(viewer, trx => searchWorkspace(trx, viewer, 'walrus')), [])
      assert.deepEqual(await as(viewer, trx => listReceived(trx, organisation.id, { areaId: 1, ids: [drafted.id] })), [])
      assert.equal(await as(viewer, trx => findQuestion(trx, drafted)), null)
      assert.deepEqual(await as(viewer, trx => historyOf(trx, drafted)), [])
    }
    assert.equal((await as<unknown[]>(cast.lead, trx => searchWorkspace(trx, cast.lead, 'walrus'))).length, 1)
  })

  it('is put by whoever may, is then the force’s to answer in ten working days, and cannot be changed', async () => {
    const drafted = await draft()
    await assert.rejects(as(cast.lead, (trx, act) => putQuestion(trx, act, drafted, null)), Refusal)
    assert.equal((await head(cast.lead, drafted))?.state, 'draft')
    const put = await as<RecordHead>(cast.commissioner, (trx, act) => putQuestion(trx, act, drafted, drafted.version))
    assert.equal(put.state, 'put')
    assert.ok(put.due?.kind === 'date')
    assert.equal(put.due.date.toString(), '2026-03-25', '11 March 2026 and ten working days')
    const received = await as<Awaited<ReturnType<typeof findReceived>>>(cast.liaison, trx =>
      findReceived(trx, cast.world.force.id, put),
    )
    assert.equal(received?.title, 'Why shoplifting rose in January')
    assert.equal(received?.dueDate?.toString(), '2026-03-25')
    assert.equal(await as(cast.panelClerk, trx => findReceived(trx, cast.world.panel.id, put)), null)
    await assert.rejects(as(cast.lead, (trx, act) => changeDraft(trx, act, put, put.version, words())), Refusal)
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
    const received = await as<Awaited<ReturnType<typeof findReceived>>>(cast.liaison, trx =>
      findReceived(trx, cast.world.force.id, question),
    )
    assert.equal(received?.dueDate?.toString(), '2026-04-07')
  })

  it('is taken to a meeting by its record, and is found there', async () => {
    const meeting = { id: '0192d3c0-0000-7000-8000-000000000001', title: 'Board', date: Temporal.PlainDate.from('2026-04-01') }
    const question = await put()
    await as(cast.boardClerk, (trx, act) => takeToMeeting(trx, act, question, meeting))
    const found = await as<{ head: RecordHead; meetingId: string | null }[]>(cast.boardClerk, trx =>
      questionsForMeeting(trx, meeting.id),
    )
    assert.deepEqual(
      found.map(each => each.head.id),
      [question.id],
    )
    assert.deepEqual(await as(cast.liaison, trx => questionsForMeeting(trx, meeting.id)), [])
    const open = await as<{ head: RecordHead }[]>(cast.boardClerk, trx => openQuestions(trx, 1))
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
    const now = await as<Awaited<ReturnType<typeof findQuestion>>>(cast.lead, trx => findQuestion(trx, drafted))
    assert.equal(now?.head.title, 'Second')
    assert.equal(now?.row.put_on, null)
  })

  it('belongs to a set in which every question has its own number', async () => {
    const dated = Temporal.PlainDate.from('2026-03-01')
    const first = await draft({ set: { title: 'Quarter 3', tiedTo: 'Performance report', dated } })
    const set = (await as<Awaited<ReturnType<typeof findQuestion>>>(cast.lead, trx => findQuestion(trx, first)))?.set
    assert.ok(set)
    const second = await draft({ set: { id: set.id } })
    const found = await as<Awaited<ReturnType<typeof findQuestion>>>(cast.lead, trx => findQuestion(trx, second))
    assert.equal(found?.row.set_number, 2)
    assert.deepEqual(await as(cast.liaison, trx => trx.selectFrom('scrutiny_set').selectAll().execute()), [])
  })

  it('withdrawn with its reason is told to whoever was asked, and no answer is taken any more', async () => {
    const question = await put()
    const begun = await prepare(question)
    await as(cast.commissioner, (trx, act) => withdrawQuestion(trx, act, question, question.version, 'Answered in the report'))
    const received = await as<Awaited<ReturnType<typeof findReceived>>>(cast.liaison, trx =>
      findReceived(trx, cast.world.force.id, question),
    )
    assert.equal(received?.state, 'withdrawn')
    assert.match(JSON.stringify(received?.body), /Answered in the report/)
    await assert.rejects(give(begun), /withdrawn/)
    const clocks = await as<{ state: string }[]>(cast.lead, trx =>
      trx.selectFrom('clock').select('state').where('record_id', '=', question.id).execute(),
    )
    assert.deepEqual(
      clocks.map(clock => clock.state),
      ['stopped'],
    )
  })

  describe('and its answer', () => {
    it('is nothing to the asker while it is being prepared, files and trail included', async () => {
      const question = await put()
      const answer = await prepare(question, { text: 'Capybara' })
      const upload = { field: 'attachment', fileName: 'a.txt', mediaType: 'text/plain', bytes: Buffer.from('Ocelot') }
      await as(cast.liaison, (trx, act) => attachToAnswer(trx, act, answer, { upload }, 'Ocelots by town'))
      const [attachment] = await as<{ file_id: string }[]>(cast.liaison, trx =>
        trx.selectFrom('attachment').select('file_id').where('record_id', '=', answer.id).execute(),
      )
      const fileId = attachment?.file_id ?? ''
      const { office } = cast.world
      assert.equal(await head(cast.commissioner, answer), null)
      assert.deepEqual(await as(cast.lead, trx => searchWorkspace(trx, cast.lead, 'capybara')), [])
      const trail = await as<Awaited<ReturnType<typeof trailOf>>>(cast.lead, trx => trailOf(workspaceTrail(trx, office.id), question))
      assert.deepEqual(trail?.consequences, [])
      assert.equal(trail?.self.gaps[0]?.awaited, 'answer')
      assert.equal(await as(cast.lead, trx => readFile(trx, office.id, fileId)), null)
      assert.deepEqual(await as(cast.lead, trx => answersReceived(trx, office.id, question)), [])
      await give(answer)
      const file = await as<Awaited<ReturnType<typeof readFile>>>(cast.lead, trx => readFile(trx, office.id, fileId))
      assert.equal(file?.bytes.toString(), 'Ocelot')
      assert.equal(await as(cast.panelClerk, trx => readFile(trx, cast.world.panel.id, fileId)), null)
    })

    it('is given by the chief and never by the liaison, and moves the question on for its asker', async () => {
      const question = await put()
      const answer = await prepare(question)
      await assert.rejects(as(cast.liaison, (trx, act) => giveAnswer(trx, act, answer, null)), Refusal)
      await give(answer)
      const now = await head(cast.lead, question)
      assert.equal(now?.state, 'answered')
      assert.equal(now.due, null)
      const received = await as<Awaited<ReturnType<typeof answersReceived>>>(cast.lead, trx =>
        answersReceived(trx, cast.world.office.id, question),
      )
      assert.equal(received[0]?.body.text, said.text)
      assert.equal(received[0].body.by, 'Bronagh Lyle, Chief Constable')
      const work = await as<{ id: string }[]>(cast.commissioner, trx => workOf(trx, cast.commissioner))
      assert.ok(work.some(item => item.id === question.id), 'the judgement is now owed')
    })

    it('in another officer’s name is given by that officer or the chief', async () => {
      const question = await put()
      const answer = await prepare(question, { giver: cast.parties.officer })
      await assert.rejects(as(cast.otherOfficer, (trx, act) => giveAnswer(trx, act, answer, null)), Refusal)
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
      const received = await as<Awaited<ReturnType<typeof answersReceived>>>(cast.lead, trx =>
        answersReceived(trx, cast.world.office.id, question),
      )
      assert.equal(received.at(-1)?.body.corrects, answer.reference)
      await judge('not-assured')
      assert.equal((await head(cast.lead, question))?.state, 'judged')
    })
  })

  describe('judged', () => {
    it('is judged by its asker with a reason, and whoever answered learns of it', async () => {
      const { question } = await answered()
      const draft = { outcome: 'partly-assured', reason: 'No figure for the county.' } as const
      await assert.rejects(as(cast.lead, (trx, act) => recordJudgement(trx, act, question, draft)), Refusal)
      await assert.rejects(as(cast.chief, (trx, act) => recordJudgement(trx, act, question, draft)), Refusal)
      const judgement = await as<RecordHead>(cast.commissioner, (trx, act) => recordJudgement(trx, act, question, draft))
      assert.equal((await head(cast.lead, question))?.state, 'judged')
      const received = await as<Awaited<ReturnType<typeof findReceived>>>(cast.liaison, trx =>
        findReceived(trx, cast.world.force.id, judgement),
      )
      assert.match(JSON.stringify(received?.body), /No figure for the county/)
    })

    it('keeps every wording when it is revised', async () => {
      const { question } = await answered()
      const judgement = await as<RecordHead>(cast.commissioner, (trx, act) =>
        recordJudgement(trx, act, question, { outcome: 'assured', reason: 'First.' }),
      )
      await as(cast.commissioner, (trx, act) =>
        reviseJudgement(trx, act, judgement, judgement.version, { outcome: 'not-assured', reason: 'Second.', why: 'New figures' }, true),
      )
      const now = await as<Awaited<ReturnType<typeof findJudgement>>>(cast.lead, trx => findJudgement(trx, judgement))
      assert.equal(now?.head.state, 'not-assured')
      assert.deepEqual([now.stands.reason, now.earlier[0]?.reason], ['Second.', 'First.'])
      const received = await as<Awaited<ReturnType<typeof findReceived>>>(cast.liaison, trx =>
        findReceived(trx, cast.world.force.id, judgement),
      )
      assert.match(JSON.stringify(received?.body), /New figures/)
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

  describe('published', () => {
    const open = () => cast.world.database.public

    it('only once it is put', async () => {
      const drafted = await draft()
      await assert.rejects(publish(drafted), /not been put/)
      assert.equal((await publishedRecord(open(), 1, drafted.id, testNow)).found, 'nothing')
    })

    it('says at every step how it stands, without a word of what is not published', async () => {
      const question = await put({ title: 'Pangolin thefts' })
      await publish(question)
      assert.equal((await publicState(question)).state, 'put')
      const answer = await prepare(question, { text: 'Aardvark' })
      assert.doesNotMatch(JSON.stringify((await publicState(question)).body), /answers":\[\{/)
      await give(answer)
      const given = await publicState(question)
      assert.equal(given.state, 'answered')
      assert.match(JSON.stringify(given.body), /not-yet/)
      assert.doesNotMatch(JSON.stringify(given.body), /Aardvark/)
      assert.deepEqual(await searchPublished(open(), [1], 'aardvark', testNow), [])
      await as(cast.commissioner, (trx, act) =>
        recordJudgement(trx, act, question, { outcome: 'not-assured', reason: 'Numbat' }),
      )
      const judged = await publicState(question)
      assert.equal(judged.state, 'judged')
      assert.match(JSON.stringify(judged.body), /not-published/)
      assert.deepEqual(await searchPublished(open(), [1], 'numbat', testNow), [])
      await publish(question, { answers: [answer.id] })
      assert.equal((await searchPublished(open(), [1], 'aardvark', testNow)).length, 1)
      assert.deepEqual(await searchPublished(open(), [1], 'numbat', testNow), [], 'the judgement was not chosen')
      await publish(question, { answers: [answer.id], judgement: true })
      assert.equal((await searchPublished(open(), [1], 'numbat', testNow)).length, 1)
    })

    it('with those attachments that were chosen; a withheld one leaves its ground and nothing else', async () => {
      const question = await put()
      const answer = await prepare(question)
      const attach = (title: string, text: string) =>
        as<string>(cast.liaison, (trx, act) => {
          const upload = { field: 'attachment', fileName: `${title}.txt`, mediaType: 'text/plain', bytes: Buffer.from(text) }
          return attachToAnswer(trx, act, answer, { upload }, title)
        })
      const [chosen, left, withheld] = [await attach('Chosen', 'c'), await attach('Left', 'l'), await attach('Informants', 'i')]
      const files = await as<{ id: string; file_id: string | null }[]>(cast.liaison, trx =>
        trx.selectFrom('attachment').select(['id', 'file_id']).where('record_id', '=', answer.id).execute(),
      )
      const fileOf = (id: string) => files.find(file => file.id === id)?.file_id ?? ''
      await give(answer, { withheld: null, withheldAttachments: new Map([[withheld, 'c']]) })
      await assert.rejects(publish(question, { answers: [answer.id], attachments: [withheld] }), /may not be published/)
      await publish(question, { answers: [answer.id], attachments: [chosen] })
      const { body } = await publicState(answer)
      const text = JSON.stringify(body)
      assert.match(text, /Chosen/)
      assert.doesNotMatch(text, /Left|Informants/)
      assert.match(text, /"attachmentsToCome":1/)
      assert.equal((await publishedFile(open(), 1, fileOf(chosen)))?.bytes.toString(), 'c')
      assert.equal(await publishedFile(open(), 1, fileOf(left)), null)
      assert.equal(await publishedFile(open(), 1, fileOf(withheld)), null)
      const gaps = await open().selectFrom('published.gap').select(['position', 'title', 'ground']).where('record_id', '=', answer.id).execute()
      assert.deepEqual(
        gaps.map(gap => [gap.position, gap.title]),
        [['Attachment 3', null]],
      )
      assert.match(gaps[0]?.ground ?? '', /article 2\(2\)\(c\)/)
      await publish(question, { answers: [answer.id], attachments: [left] })
      const later = JSON.stringify((await publicState(answer)).body)
      assert.match(later, /Chosen.*Left/, 'what was published stays')
    })

    it('with a withheld answer says so at once, with the ground, and never what it said', async () => {
      const question = await put({ title: 'Covert vehicles' })
      await publish(question)
      const answer = await prepare(question, { text: 'Quokka' })
      await give(answer, { withheld: 'a', withheldAttachments: new Map() })
      const now = await publicState(question)
      assert.equal(now.state, 'withheld')
      assert.match(JSON.stringify(now.body), /national security/)
      assert.doesNotMatch(JSON.stringify(now.body), /Quokka/)
      await assert.rejects(publish(question, { answers: [answer.id] }), /may not be published/)
      assert.equal((await publishedRecord(open(), 1, answer.id, testNow)).found, 'nothing')
      assert.ok((await withheldByGround(open(), 1)).some(row => /national security/.test(row.ground)))
      await as(cast.commissioner, (trx, act) =>
        recordJudgement(trx, act, question, { outcome: 'assured', reason: 'I have read it.' }),
      )
      assert.equal((await publicState(question)).state, 'judged-withheld')
    })

    it('is revised in public with the reason beside it', async () => {
      const { question, answer } = await answered()
      const judgement = await as<RecordHead>(cast.commissioner, (trx, act) =>
        recordJudgement(trx, act, question, { outcome: 'assured', reason: 'First.' }),
      )
      await publish(question, { answers: [answer.id], judgement: true })
      const draft = { outcome: 'not-assured', reason: 'Second.', why: 'New figures' } as const
      const revise = (mayPublish: boolean) =>
        as(cast.commissioner, (trx, act) => reviseJudgement(trx, act, judgement, judgement.version, draft, mayPublish))
      await assert.rejects(revise(false), /publish/)
      await revise(true)
      const now = await publicState(judgement)
      assert.equal(now.state, 'not-assured')
      assert.match(JSON.stringify(now.body), /Second\..*First\./)
      assert.equal(now.version, 2)
    })

    it('can have its answer taken down: its words are destroyed and the question says that it is not published', async () => {
      const { question, answer } = await answered()
      await publish(question, { answers: [answer.id] })
      const later = testNow.add({ hours: 1 })
      await as(cast.boardClerk, (trx, act) => takeDownAnswer(trx, act, question, answer.id, 'Personal data'), later)
      const at = await atAddress(open(), 1, `answers/${answer.reference.toLowerCase()}`, later)
      assert.deepEqual([at.found, 'reason' in at && at.reason], ['taken-down', 'Personal data'])
      const { body } = await publicState(question, later)
      assert.match(JSON.stringify(body), /"publication":"not-yet"/)
    })

    it('shows what it was on an earlier day', async () => {
      const question = await put()
      await publish(question)
      const later = testNow.add({ hours: 48 })
      const answer = await prepare(question)
      await as(cast.chief, (trx, act) => giveAnswer(trx, act, answer, null), later)
      assert.equal((await publicState(question, testNow)).state, 'put')
      assert.equal((await publicState(question, later)).state, 'answered')
    })
  })

  describe('of a panel member', () => {
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
      await assert.rejects(as(cast.otherMember, (trx, act) => putQuestion(trx, act, drafted, null)), /own questions/)
      const question = await as<RecordHead>(cast.member, (trx, act) => putQuestion(trx, act, drafted, null))
      assert.ok(await as(cast.lead, trx => findReceived(trx, cast.world.office.id, question)))
      assert.equal(await as(cast.liaison, trx => findReceived(trx, cast.world.force.id, question)), null)
      const answer = await as<RecordHead>(cast.lead, (trx, act) =>
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
      const question = await as<RecordHead>(cast.member, (trx, act) => putQuestion(trx, act, drafted, null))
      const cause = { ...question, relation: 'tasked-by' } as const
      const tasking = await as<RecordHead>(cast.lead, (trx, act) =>
        draftQuestion(trx, act, 1, words({ form: 'tasking' }), [cause]),
      )
      await as(cast.commissioner, (trx, act) => putQuestion(trx, act, tasking, null))
      const { office, panel, force } = cast.world
      const seen = async (viewer: Viewer, organisation: string, of: RecordKey) => {
        const trail = await as<Awaited<ReturnType<typeof trailOf>>>(viewer, trx =>
          trailOf(workspaceTrail(trx, organisation), of),
        )
        return [...(trail?.causes ?? []), ...(trail?.consequences ?? [])].map(step => step.id)
      }
      assert.deepEqual(await seen(cast.lead, office.id, tasking), [question.id])
      assert.deepEqual(await seen(cast.member, panel.id, question), [])
      assert.deepEqual(await seen(cast.liaison, force.id, tasking), [])
    })

    it('has supplementaries with their own asker, answer and state', async () => {
      const { question } = await answered()
      const cause = { ...question, relation: 'asks-about' } as const
      const supplementary = await as<RecordHead>(cast.lead, (trx, act) =>
        draftQuestion(trx, act, 1, words({ title: 'And in the county?', answerer: cast.parties.officer }), [cause]),
      )
      assert.equal((await head(cast.lead, supplementary))?.state, 'draft')
      assert.equal((await head(cast.lead, question))?.state, 'answered')
      await as(cast.commissioner, (trx, act) => putQuestion(trx, act, supplementary, null))
      const answer = await prepare(supplementary, { giver: cast.parties.officer })
      await as(cast.officer, (trx, act) => giveAnswer(trx, act, answer, null))
      assert.equal((await head(cast.lead, supplementary))?.state, 'answered')
      const trail = await as<Awaited<ReturnType<typeof trailOf>>>(cast.lead, trx =>
        trailOf(workspaceTrail(trx, cast.world.office.id), supplementary),
      )
      assert.deepEqual(
        trail?.causes.map(step => step.id),
        [question.id],
      )
    })
  })

  describe('loaded from papers', () => {
    const on = Temporal.PlainDate.from('2014-07-18')
    const loading = (viewer: Viewer, deed: (trx: Parameters<typeof findRecord>[0], act: Viewer) => Promise<RecordHead>) =>
      cast.world.as(viewer, trx => deed(trx, viewer))

    it('stands where the last paper leaves it, starts no clock and tells nobody', async () => {
      const { set: _set, ...asked } = words({ title: 'Road deaths in 2014' })
      const recorded = [{ on: '18 July 2014', by: 'The commissioner', says: 'Gave a likely factor.', source: 'Minutes, item 3' }]
      const loaded = { ...asked, state: 'answered', putOn: on, recorded, source: 'Minutes of 18 July 2014, item 3' } as const
      const question = await loading(cast.panelClerk, (trx, viewer) =>
        loadQuestion(trx, { viewer, now: testNow, loading: true }, 1, { ...loaded, asker: cast.parties.member }),
      )
      assert.equal(question.dated.toString(), '2014-07-18')
      const clocks = await as<unknown[]>(cast.panelClerk, trx =>
        trx.selectFrom('clock').selectAll().where('record_id', '=', question.id).execute(),
      )
      assert.deepEqual(clocks, [])
      assert.equal(await as(cast.lead, trx => findReceived(trx, cast.world.office.id, question)), null)
      await as(cast.panelClerk, (trx, act) =>
        publishQuestion(trx, act, question, { answers: [], attachments: [], judgement: false }),
      )
      assert.match(JSON.stringify((await publicState(question)).body), /Gave a likely factor/)
    })

    it('brings answers and challenges as the papers print them', async () => {
      const question = await put()
      const answer = await cast.world.as(cast.chief, trx =>
        loadAnswer(trx, { viewer: cast.chief, now: testNow, loading: true }, {
          ...said,
          title: 'Answer of 2014',
          giver: cast.parties.chief,
          givenOn: on,
          source: 'Minutes',
          to: { areaId: 1, id: question.id, kind: 'question', askerOrganisation: cast.world.office.id },
        }),
      )
      const received = await as<Awaited<ReturnType<typeof answersReceived>>>(cast.lead, trx =>
        answersReceived(trx, cast.world.office.id, question),
      )
      assert.equal(received[0]?.id, answer.id)
      const challenge = await cast.world.as(cast.commissioner, trx =>
        loadChallenge(trx, { viewer: cast.commissioner, now: testNow, loading: true }, 1, {
          title: 'Formal challenge of November 2017',
          letter: '',
          subjects: [{ heading: 'Recorded crime', asks: null }, { heading: 'Officer sickness', asks: null }],
          asker: cast.parties.commissioner,
          answerer: cast.parties.chief,
          state: 'reply-not-held',
          dated: Temporal.PlainDate.from('2017-11-01'),
          sentOn: null,
          replyNote: 'The annual report says that the chief constable replied.',
          recorded: [],
          source: 'Annual report 2017/18, section 8.7',
        }),
      )
      await publish(challenge)
      const { state, body } = await publicState(challenge)
      assert.equal(state, 'reply-not-held')
      assert.match(JSON.stringify(body), /chief constable replied/)
    })

    it('cannot be tied to what it may not come of', async () => {
      const question = await put()
      await assert.rejects(as(cast.lead, (trx, act) => link(trx, act, question, 'answers', question)), /may not be tied/)
    })
  })
})
