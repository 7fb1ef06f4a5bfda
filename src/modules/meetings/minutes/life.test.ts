import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Viewer } from '../../../platform/access/viewer.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { clocksOf } from '../../../record/clock-rows.ts'
import { linkedFrom, linkedTo } from '../../../record/links.ts'
import { publishRecord } from '../../../record/publish.ts'
import type { RecordHead } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import { findReceived } from '../../../record/release.ts'
import { takeUp } from '../agenda/considered.ts'
import {
  addItem,
  addMeeting,
  addOutcome,
  agreeMinutes,
  circulateMinutes,
  publishAgenda,
  publishMinutes,
  signMinutes,
  startMinutes,
  writeMinute,
} from '../index.ts'
import type { NewOutcome } from '../index.ts'
import { ask, day, heldMeeting, makeCast, noon, visit, visitPublic } from '../testing.ts'
import type { BoardMeeting, Cast } from '../testing.ts'
import { findMinutes, signaturesOf } from './queries.ts'

describe('minutes, from the meeting to the public', () => {
  let cast: Cast
  before(async () => {
    cast = await makeCast()
  })
  after(() => cast.close())

  const head = (viewer: Viewer, key: RecordHead) => cast.world.as(viewer, trx => findRecord(trx, key))
  const write = ({ minutes, open }: BoardMeeting & { minutes: RecordHead }, text = 'The figures were discussed.') =>
    cast.world.as(cast.clerk, (trx, act) => writeMinute(trx, act, minutes, open, { text, version: 0 }))
  const raise = ({ minutes, open }: BoardMeeting & { minutes: RecordHead }, more: Partial<NewOutcome> = {}) => {
    const made: NewOutcome = { form: 'action', text: 'Say how many there are.', lead: { words: 'BS' }, ...more }
    return cast.world.as(cast.clerk, (trx, act) => addOutcome(trx, act, minutes, open, made))
  }
  const circulate = ({ minutes }: { minutes: RecordHead }) =>
    cast.world.as(cast.clerk, (trx, act) => circulateMinutes(trx, act, minutes, null))

  /** The board's next meeting, held on the day of the test. */
  const nextMeeting = () =>
    cast.world.as(cast.clerk, async (trx, act) => {
      const next = await addMeeting(trx, act, { areaId: 1, bodyId: cast.board.id, date: day('2026-03-11') })
      await addItem(trx, act, next, { title: 'Minutes of the last meeting', kind: 'minutes' })
      return next
    })
  const agree = (minutes: RecordHead, next: RecordHead) =>
    cast.world.as(cast.clerk, (trx, act) => agreeMinutes(trx, act, minutes, null, next))
  const sign = (viewer: Viewer, minutes: RecordHead) =>
    cast.world.as(viewer, (trx, act) => signMinutes(trx, act, minutes, null))

  it('are a draft of the office alone, then a joint record, and the meeting was held', async () => {
    const held = await heldMeeting(cast, '2026-02-01')
    assert.equal((await head(cast.clerk, held.meeting))?.state, 'held')
    assert.equal(await head(cast.chief, held.minutes), null)
    await write(held)
    await circulate(held)
    assert.equal((await head(cast.chief, held.minutes))?.state, 'circulated')
    assert.deepEqual(
      [...((await head(cast.clerk, held.minutes))?.holders ?? [])].sort(),
      [cast.world.office.id, cast.world.force.id].sort(),
    )
    const frozen = await cast.world.as(cast.chief, trx => findReceived(trx, cast.world.force.id, held.minutes))
    assert.match(JSON.stringify(frozen?.body), /The figures were discussed/)
    assert.match(JSON.stringify(frozen?.body), /Overnight patrols/, 'the side whose meeting it is too reads every item')
    assert.equal(await head(cast.panelClerk, held.minutes), null)
  })

  it('raise an action for each outcome when they are circulated, issued to whoever leads', async () => {
    const held = await heldMeeting(cast, '2026-02-02')
    const question = await ask(cast, 'How many champions?')
    await cast.world.as(cast.clerk, (trx, act) => takeUp(trx, act, held.meeting, held.open, question))
    await write(held)
    await raise(held, { due: { kind: 'date', date: day('2026-04-01') } })
    await raise(held, { form: 'undertaking', text: 'Send the list.', lead: { words: 'BL' } })
    await raise(held, { text: 'More cars will be on duty.', lead: { words: 'not recorded' }, raises: false })
    const raised = await circulate(held)
    assert.equal(raised.length, 2)
    const [first, second] = await Promise.all(
      raised.map(({ action }) => cast.world.as(cast.clerk, trx => findRecord(trx, action))),
    )
    assert.equal(first?.state, 'open')
    assert.equal(first?.owner?.personId, cast.inspector.personId)
    assert.equal((await head(cast.liaison, second as RecordHead))?.owner?.personId, cast.chief.personId)
    const causes = await cast.world.as(cast.clerk, trx => linkedTo(trx, first, 'raised-by'))
    assert.deepEqual(causes.map(each => each.id).sort(), [held.minutes.id, question.id].sort())
    const atMeeting = await cast.world.as(cast.clerk, trx => linkedFrom(trx, held.meeting, 'raised-at'))
    assert.equal(atMeeting.length, 2)
  })

  it('are not circulated while something is addressed to nobody, and are with any other finding', async () => {
    const held = await heldMeeting(cast, '2026-02-03')
    await write(held)
    await raise(held, {
      lead: { words: 'XQ' },
      due: { kind: 'condition', condition: 'once it is done', lookAgain: null },
    })
    const nobody = await raise(held, { lead: { words: null } })
    await assert.rejects(circulate(held), /addressed to nobody/)
    const struck = await visit(cast, cast.clerk, 'POST', `/workspace/meetings/minutes/${held.minutes.id}/strike`, {
      outcome: nobody,
    })
    assert.equal(struck.status, 303)
    const [raised] = await circulate(held)
    const seen = await visit(cast, cast.clerk, 'GET', `/workspace/meetings/minutes/${held.minutes.id}`)
    assert.match(seen.html, /Nobody present has the initials XQ/)
    assert.match(seen.html, /due on a condition/)
    const action = await cast.world.as(cast.clerk, trx => findRecord(trx, raised?.action ?? held.minutes))
    assert.equal(action?.owner, null)
  })

  it('are agreed by the next meeting, signed by each side, and published with their actions', async () => {
    const held = await heldMeeting(cast, '2026-02-04')
    await write(held)
    await raise(held, { due: { kind: 'date', date: day('2026-04-01') } })
    const [raised] = await circulate(held)
    const next = await nextMeeting()
    await assert.rejects(sign(cast.commissioner, held.minutes), /agreed first/)
    await agree(held.minutes, next)
    await assert.rejects(sign(cast.clerk, held.minutes), /signed by the commissioner/)
    await assert.rejects(
      cast.world.as(cast.clerk, (trx, act) => publishMinutes(trx, act, held.minutes, null)),
      /not signed by each side/,
    )
    await sign(cast.commissioner, held.minutes)
    assert.equal((await head(cast.clerk, held.minutes))?.state, 'agreed')
    await assert.rejects(sign(cast.commissioner, held.minutes), /signed for your organisation already/)
    await sign(cast.chief, held.minutes)
    const signed = await head(cast.clerk, held.minutes)
    assert.equal(signed?.state, 'signed')
    assert.ok(signed.due?.kind === 'date')
    assert.equal(signed.due.date.toString(), '2026-03-18', 'five working days after they were signed')
    assert.equal(signed.owner?.organisationId, cast.world.office.id)
    const names = await cast.world.as(cast.clerk, trx => signaturesOf(trx, held.minutes))
    assert.deepEqual(names.map(each => each.name).sort(), [
      'Ada Okoro, Police and Crime Commissioner',
      'Bronagh Lyle, Chief Constable',
    ])

    const { address } = await cast.world.as(cast.clerk, (trx, act) => publishMinutes(trx, act, held.minutes, null))
    assert.equal(address, 'minutes/2026-02-04-governance-and-performance-board')
    const page = await visitPublic(cast, `/${address}`)
    assert.match(page.html, /The figures were discussed/)
    assert.match(page.html, /Head of Disclosure/)
    assert.doesNotMatch(page.html, /Barnaby Swift/, 'staff are not named to the public')
    const meeting = await visitPublic(cast, '/meetings/2026-02-04-governance-and-performance-board')
    assert.match(meeting.html, /The figures were discussed/, 'the minutes stand in place under the item')
    assert.match(meeting.html, /Bronagh Lyle, Chief Constable/)
    assert.match(meeting.html, /11 March 2026/)
    const action = await cast.world.as(cast.clerk, trx => findRecord(trx, raised?.action ?? held.minutes))
    assert.equal(action?.publication, 'published')
    assert.match(meeting.html, new RegExp(action.reference))
    const [clock, another] = await cast.world.as(cast.clerk, trx => clocksOf(trx, held.minutes))
    assert.deepEqual([clock?.rule.id, clock?.state, clock?.outcome], ['MINUTES-PUB', 'stopped', 'published'])
    assert.equal(clock?.organisationId, cast.world.office.id, 'whoever takes the minutes owes it, whoever signs last')
    assert.equal(another, undefined)
    await assert.rejects(write(held, 'Something else'), Refusal)
  })

  it('cannot be published through the common page, only from their own', async () => {
    const held = await heldMeeting(cast, '2026-02-05')
    const tried = await visit(cast, cast.clerk, 'POST', `/workspace/records/${held.minutes.id}/publish`)
    assert.notEqual(tried.status, 303)
    assert.equal((await head(cast.clerk, held.minutes))?.publication, 'unpublished')
  })

  it('keep both wordings of a correction, with the reason', async () => {
    const held = await heldMeeting(cast, '2026-02-06')
    await write(held, 'It was ten.')
    await circulate(held)
    const correct = (text: string, why: string | null) =>
      cast.world.as(cast.clerk, (trx, act) => writeMinute(trx, act, held.minutes, held.open, { text, version: 1, why }))
    await assert.rejects(correct('It was twelve.', null), /Say what is corrected/)
    await correct('It was twelve.', 'The number was wrong.')
    const seen = await visit(cast, cast.chief, 'GET', `/workspace/meetings/minutes/${held.minutes.id}`)
    assert.match(seen.html, /It was ten\./)
    assert.match(seen.html, /It was twelve\./)
    assert.match(seen.html, /The number was wrong\./)
  })

  it('bring a meeting before the public whose agenda was never published', async () => {
    const held = await heldMeeting(cast, '2026-03-09')
    await write(held)
    await circulate(held)
    await agree(held.minutes, await nextMeeting())
    await sign(cast.chief, held.minutes)
    await sign(cast.commissioner, held.minutes)
    assert.equal((await head(cast.clerk, held.meeting))?.publication, 'unpublished')
    await cast.world.as(cast.clerk, (trx, act) => publishMinutes(trx, act, held.minutes, null))
    assert.equal((await head(cast.clerk, held.meeting))?.publication, 'published')
  })

  it('are not begun before the day, nor agreed by a meeting of another body', async () => {
    const early = await cast.world.as(cast.clerk, async (trx, act) => {
      const meeting = await addMeeting(trx, act, { areaId: 1, bodyId: cast.board.id, date: day('2026-05-01') })
      await addItem(trx, act, meeting, { title: 'Performance' })
      return meeting
    })
    const start = (now: string) =>
      cast.world.as(cast.clerk, (trx, act) => startMinutes(trx, act, early, act.today), { now: noon(now) })
    await assert.rejects(start('2026-04-30'), /1 May 2026/)
    const minutes = await start('2026-05-01')
    assert.ok(await cast.world.as(cast.clerk, trx => findMinutes(trx, minutes)))
    await assert.rejects(start('2026-05-01'), /already/)
  })

  it('publishing an agenda twice is one meeting with one address', async () => {
    const held = await heldMeeting(cast, '2026-03-03')
    await cast.world.as(cast.clerk, (trx, act) => publishAgenda(trx, act, held.meeting, null))
    await cast.world.as(cast.clerk, (trx, act) => publishRecord(trx, act, held.meeting))
    const list = await visitPublic(cast, '/meetings')
    assert.equal(list.html.split('/testshire/meetings/2026-03-03-governance').length, 2)
  })
})
