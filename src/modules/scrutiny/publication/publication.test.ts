import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  atAddress,
  publishedFile,
  publishedRecord,
  searchPublished,
  withheldByGround,
} from '../../../record/published.ts'
import { testNow } from '../../../record/testing.ts'
import { attachToAnswer, giveAnswer, recordJudgement, withdrawQuestion } from '../index.ts'
import { reviseJudgement } from '../judgements/judge.ts'
import { storyOf } from '../testing-story.ts'
import { makeCast } from '../testing.ts'
import type { Cast } from '../testing.ts'
import { takeDownAnswer } from './publish-question.ts'

describe('a published question', () => {
  let cast: Cast
  before(async () => {
    cast = await makeCast()
  })
  after(() => cast.close())
  const { answered, as, draft, give, prepare, publicState, publish, put } = storyOf(() => cast)

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
    assert.match(JSON.stringify(given.body), /"publication":"not-yet"/)
    assert.match(JSON.stringify(given.body), /"judgement":"not-yet-judged"/)
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

  it('says that it was withdrawn, and why', async () => {
    const question = await put()
    await publish(question)
    await as(cast.commissioner, (trx, act) =>
      withdrawQuestion(trx, act, question, question.version, 'Asked in Parliament'),
    )
    const { state, body } = await publicState(question)
    assert.equal(state, 'withdrawn')
    assert.match(JSON.stringify(body), /Asked in Parliament/)
  })

  it('with those attachments that were chosen; a withheld one leaves its ground and nothing else', async () => {
    const question = await put()
    const answer = await prepare(question)
    const attach = (title: string, text: string) =>
      as(cast.liaison, (trx, act) => {
        const upload = {
          field: 'attachment',
          fileName: `${title}.txt`,
          mediaType: 'text/plain',
          bytes: Buffer.from(text),
        }
        return attachToAnswer(trx, act, answer, { upload }, title)
      })
    const [chosen, left, withheld] = [
      await attach('Chosen', 'c'),
      await attach('Left', 'l'),
      await attach('Informants', 'i'),
    ]
    const files = await as(cast.liaison, trx =>
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
    const gaps = await open()
      .selectFrom('published.gap')
      .select(['position', 'title', 'ground'])
      .where('record_id', '=', answer.id)
      .execute()
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
    const judgement = await as(cast.commissioner, (trx, act) =>
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
