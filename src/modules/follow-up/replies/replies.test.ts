import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../../platform/access/viewer.ts'
import { Refusal, StaleRecord } from '../../../platform/refusals.ts'
import { clocksOf } from '../../../record/clock-rows.ts'
import { publishRecord } from '../../../record/publish.ts'
import { atAddress } from '../../../record/published.ts'
import type { RecordHead } from '../../../record/record.ts'
import { testNow } from '../../../record/testing.ts'
import { workOf } from '../../../record/my-work.ts'
import { askAgain } from '../items/close.ts'
import { loadItem } from '../items/load.ts'
import { loadContent } from '../items/snapshot.ts'
import { changeReply, closeItem, cancelItem, prepareReply, recordReply, sendProgress, sendReply } from '../index.ts'
import type { ReplyDraft } from '../index.ts'
import { headOf, issue, makeCast } from '../testing.ts'
import type { Cast } from '../testing.ts'
import { findAsked } from './asked.ts'
import { findReply, ownRepliesTo } from './queries.ts'
import { prepareObstacles, sendObstacles } from './rules.ts'
import type { Limb } from './send.ts'

const accepted: ReplyDraft = {
  answer: 'accepted',
  reason: 'The end of year report will be an appendix.',
  doing: 'The appendix is being written.',
  doneBy: Temporal.PlainDate.from('2026-05-01'),
  inTheNameOf: 'The Police and Crime Commissioner',
}
const rejected: ReplyDraft = {
  ...accepted,
  answer: 'rejected',
  reason: 'It costs too much.',
  doing: null,
  doneBy: null,
}
const byChair = { decided: { way: 'chair' }, answersAsked: 'yes', reason: 'The appendix is there.' } as const

describe('whether a reply may be begun or sent', () => {
  const cases: [string, readonly string[], RegExp | null][] = [
    ['begun to what is owed', prepareObstacles({ state: 'open', drafting: false }), null],
    ['begun anew to what was replied to', prepareObstacles({ state: 'replied', drafting: false }), null],
    ['begun twice', prepareObstacles({ state: 'open', drafting: true }), /written already/],
    ['begun to what is closed', prepareObstacles({ state: 'closed', drafting: false }), /no reply is owed/],
    ['sent', sendObstacles('draft', 'open'), null],
    ['sent twice', sendObstacles('sent', 'replied'), /sent already/],
    ['sent to what was withdrawn meanwhile', sendObstacles('draft', 'cancelled'), /meanwhile/],
    ['sent to what was never received', sendObstacles('draft', undefined), /meanwhile/],
  ]
  for (const [name, reasons, expected] of cases) {
    it(name, () => {
      if (expected === null) assert.deepEqual(reasons, [])
      else assert.match(reasons.join(' '), expected)
    })
  }
})

describe('a recommendation and its reply', () => {
  let cast: Cast
  before(async () => {
    cast = await makeCast()
  })
  after(() => cast.close())

  const prepare = (recommendation: RecordHead, draft: ReplyDraft = accepted, by: Viewer = cast.chiefExecutive) =>
    cast.world.as(by, (trx, act) => prepareReply(trx, act, recommendation, draft))
  const send = (reply: RecordHead, by: Viewer = cast.commissioner, withheld: Limb | null = null) =>
    cast.world.as(by, (trx, act) => sendReply(trx, act, reply, reply.version, withheld))
  const replyTo = async (recommendation: RecordHead, draft: ReplyDraft = accepted, by: Viewer = cast.commissioner) =>
    send(await prepare(recommendation, draft, by), by)
  const load = (recommendation: RecordHead, by: Viewer = cast.panelClerk) =>
    cast.world.as(by, trx => loadItem(trx, recommendation))
  const close = async (recommendation: RecordHead, by: Viewer = cast.panelClerk) => {
    const { version = 0 } = (await headOf(cast, cast.panelClerk, recommendation.id)) ?? {}
    await cast.world.as(by, (trx, act) => closeItem(trx, act, recommendation, version, byChair))
  }
  const toBoth = () => ({
    addressedTo: [
      { organisationId: cast.world.office.id, words: cast.world.office.name },
      { organisationId: cast.world.force.id, words: cast.world.force.name },
    ],
  })

  it('is released to its addressee, who never gets the record itself, and a reply is owed in 28 days', async () => {
    const sent = await issue(cast)
    assert.ok(sent.due?.kind === 'date')
    assert.equal(sent.due.date.toString(), '2026-04-08')
    assert.equal(await headOf(cast, cast.commissioner, sent.id), null, 'the record stays with whoever raised it')
    const { office, force } = cast.world
    assert.equal(
      (await cast.world.as(cast.commissioner, trx => findAsked(trx, office.id, sent)))?.asked.asked,
      'That the performance section include greater detail regarding crime statistics.',
    )
    assert.equal(await cast.world.as(cast.liaison, trx => findAsked(trx, force.id, sent)), null)
    const work = await cast.world.as(cast.commissioner, trx => workOf(trx, cast.commissioner))
    assert.ok(work.some(item => item.id === sent.id && item.received))
  })

  it('is a draft of its writer alone until it is sent', async () => {
    const sent = await issue(cast)
    const reply = await prepare(sent)
    for (const stranger of [cast.panelClerk, cast.panelChair, cast.liaison]) {
      assert.equal(await headOf(cast, stranger, reply.id), null)
      assert.equal(await cast.world.as(stranger, trx => findReply(trx, reply)), null)
      assert.deepEqual(await cast.world.as(stranger, trx => ownRepliesTo(trx, sent)), [])
    }
    assert.deepEqual((await load(sent))?.replies, [])
    assert.equal((await load(sent))?.record.state, 'open')
  })

  it('once sent moves the recommendation on, stops the clock, and is due when it says it will be done', async () => {
    const sent = await issue(cast)
    await replyTo(sent)
    const loaded = await load(sent)
    assert.equal(loaded?.record.state, 'replied')
    assert.deepEqual(
      loaded.replies.map(({ body }) => [body.answer, body.reason]),
      [['accepted', accepted.reason]],
    )
    assert.ok(loaded.record.due?.kind === 'date')
    assert.equal(loaded.record.due.date.toString(), '2026-05-01')
    assert.equal(loaded.item.due_moves, 0, 'nothing that was agreed was moved')
    const clocks = await cast.world.as(cast.panelClerk, trx => clocksOf(trx, sent))
    assert.deepEqual(
      clocks.map(clock => [clock.rule.id, clock.state, clock.outcome]),
      [['REC-REPLY', 'stopped', 'replied']],
    )
  })

  it('is written once at a time, and changed only until it is sent', async () => {
    const sent = await issue(cast)
    const reply = await prepare(sent)
    await assert.rejects(prepare(sent), /written already/)
    const changed = await cast.world.as(cast.chiefExecutive, (trx, act) =>
      changeReply(trx, act, reply, reply.version, rejected),
    )
    const stale = cast.world.as(cast.chiefExecutive, (trx, act) =>
      changeReply(trx, act, reply, reply.version, accepted),
    )
    await assert.rejects(stale, StaleRecord)
    await assert.rejects(send(reply), StaleRecord, 'nobody sends what they have not read')
    await send(changed)
    assert.equal((await load(sent))?.replies[0]?.body.answer, 'rejected')
    const late = cast.world.as(cast.chiefExecutive, (trx, act) =>
      changeReply(trx, act, changed, changed.version + 1, accepted),
    )
    await assert.rejects(late, /It was sent/)
  })

  it('rejected and then changed stands in its later version, and the earlier stays on record', async () => {
    const sent = await issue(cast)
    await replyTo(sent, rejected)
    await replyTo(sent, accepted)
    const replies = (await load(sent))?.replies ?? []
    assert.deepEqual(
      replies.map(({ body, stands }) => [body.answer, stands]),
      [
        ['rejected', false],
        ['accepted', true],
      ],
    )
    const own = await cast.world.as(cast.commissioner, trx => ownRepliesTo(trx, sent))
    assert.deepEqual(
      own.map(({ head }) => head.state),
      ['replaced', 'sent'],
    )
  })

  it('to two organisations is replied to once both have, each by its own clock, and neither reads the other', async () => {
    const sent = await issue(cast, toBoth())
    await replyTo(sent, rejected)
    const half = await load(sent)
    assert.equal(half?.record.state, 'open')
    assert.deepEqual(half.facts.awaited, [cast.world.force.name])
    await assert.rejects(close(sent), new RegExp(`No reply has come yet from ${cast.world.force.name}`))
    const clocks = await cast.world.as(cast.panelClerk, trx => clocksOf(trx, sent))
    assert.deepEqual(clocks.map(clock => [clock.organisationId, clock.state]).sort(), [
      ...[
        [cast.world.office.id, 'stopped'],
        [cast.world.force.id, 'running'],
      ].sort(),
    ])
    const seen = await cast.world.as(cast.chief, trx => findAsked(trx, cast.world.force.id, sent))
    assert.doesNotMatch(JSON.stringify(seen), /costs too much/)
    await replyTo(sent, accepted, cast.chief)
    assert.equal((await load(sent))?.record.state, 'replied')
    const after = await cast.world.as(cast.commissioner, trx => findAsked(trx, cast.world.office.id, sent))
    assert.doesNotMatch(JSON.stringify(after), /appendix/)
  })

  it('is closed by nobody but the body that raised it, whose judgement its addressee is told', async () => {
    const sent = await issue(cast)
    await replyTo(sent)
    await assert.rejects(close(sent, cast.commissioner), Refusal)
    assert.equal((await load(sent))?.record.state, 'replied')
    await close(sent)
    const told = await cast.world.as(cast.commissioner, trx => findAsked(trx, cast.world.office.id, sent))
    assert.equal(told?.state, 'closed')
    assert.equal(told.asked.closure?.reason, byChair.reason)
    await assert.rejects(prepare(sent), /no reply is owed/)
  })

  it('withdrawn while a reply is written can no longer be replied to', async () => {
    const sent = await issue(cast)
    const reply = await prepare(sent)
    await cast.world.as(cast.panelClerk, (trx, act) => cancelItem(trx, act, sent, sent.version, 'Asked elsewhere.'))
    await assert.rejects(send(reply), /meanwhile/)
    assert.deepEqual((await load(sent))?.replies, [])
  })

  it('can be asked for once more, with a clock of its own, and what was replied stays', async () => {
    const sent = await issue(cast)
    const first = await replyTo(sent, { ...rejected, reason: 'No.' })
    const { version = 0 } = (await headOf(cast, cast.panelClerk, sent.id)) ?? {}
    await cast.world.as(cast.panelClerk, (trx, act) => askAgain(trx, act, sent, version, 'Why not?'))
    assert.equal((await load(sent))?.record.state, 'open')
    assert.equal((await headOf(cast, cast.commissioner, first.id))?.state, 'asked-again')
    await replyTo(sent)
    const loaded = await load(sent)
    assert.equal(loaded?.record.state, 'replied')
    assert.equal(loaded.replies.length, 2)
    assert.equal((await headOf(cast, cast.commissioner, first.id))?.state, 'replaced')
  })

  it('from a body outside is put on record by whoever asked, and says so', async () => {
    const sent = await issue(cast, {
      owner: null,
      leadWords: 'The council',
      addressedTo: [{ organisationId: null, words: 'Testshire County Council' }],
    })
    const [addressee] = (await load(sent))?.addressees ?? []
    const given = { ...accepted, addresseeId: addressee?.id ?? '', givenOn: Temporal.PlainDate.from('2026-03-10') }
    const byStranger = cast.world.as(cast.commissioner, (trx, act) => recordReply(trx, act, sent, given))
    await assert.rejects(byStranger, Refusal)
    const reply = await cast.world.as(cast.panelClerk, (trx, act) => recordReply(trx, act, sent, given))
    assert.equal((await cast.world.as(cast.panelClerk, trx => findReply(trx, reply)))?.row.on_paper, true)
    assert.equal((await load(sent))?.record.state, 'replied')
    await close(sent)
  })

  it('is told of by its addressee, who reads back its own notes and no others', async () => {
    const sent = await issue(cast)
    const tell = (done: boolean, by = cast.chiefExecutive) =>
      cast.world.as(by, (trx, act) => sendProgress(trx, act, sent, { text: 'Half is written.', done }))
    await assert.rejects(tell(false, cast.liaison), Refusal)
    await assert.rejects(tell(true), /Reply to it before/)
    await tell(false)
    await replyTo(sent)
    await tell(true)
    const content = await cast.world.as(cast.panelClerk, trx => loadContent(trx, sent))
    assert.equal(content?.record.state, 'reported')
    assert.deepEqual(
      content.updates.map(update => update.text),
      ['Half is written.', 'Half is written.'],
    )
  })

  it('is not published where its writer says it may not: the public reads the ground and nothing else', async () => {
    const sent = await issue(cast)
    await send(await prepare(sent), cast.commissioner, 'b')
    assert.equal((await load(sent))?.replies[0]?.body.reason, accepted.reason, 'whoever asked has it')
    const { address } = await cast.world.as(cast.panelClerk, (trx, act) => publishRecord(trx, act, sent))
    const at = await atAddress(cast.world.database.public, 1, address, testNow)
    assert.ok(at.found === 'record')
    const published = JSON.stringify(at)
    assert.match(published, /safety of a person/)
    assert.doesNotMatch(published, /appendix|accepted|Accepted/)
  })
})
