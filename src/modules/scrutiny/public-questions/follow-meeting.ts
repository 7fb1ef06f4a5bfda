import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate, longDate } from '../../../platform/time.ts'
import { linkedFrom } from '../../../record/links.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, findRecord, findRecords } from '../../../record/records.ts'
import { refreshPublished } from '../publication/published.ts'
import { gone, refuseIf } from '../refuse.ts'
import { dueOf } from './asking/carry.ts'
import { isLate } from './body-rules/notice.ts'
import { findRules } from './body-rules/queries.ts'
import { mustFind, sendToAnswerer } from './decide.ts'
import { tellAsker } from './mails.ts'
import type { Reached } from './mails.ts'
import { keepNotice, noticeOf } from './notice-clock.ts'
import { acceptedFor, changePublicQuestion, publicQuestionsFor } from './queries.ts'
import type { PublicQuestion } from './queries.ts'
import { lateAfterMove, meetingObstacles } from './rules.ts'

/** The meetings of a body that are still to come and that the transaction's organisations hold, the soonest first. */
export async function meetingsOfBody(trx: Trx, body: RecordKey, today: Temporal.PlainDate): Promise<RecordHead[]> {
  const keys = await linkedFrom(trx, body, 'of-body')
  const heads = await findRecords(
    trx,
    body.areaId,
    keys.map(key => key.id),
  )
  return heads
    .filter(head => head.kind === 'meeting' && !['cancelled', 'held'].includes(head.state))
    .filter(head => Temporal.PlainDate.compare(head.dated, today) >= 0)
    .sort((a, b) => Temporal.PlainDate.compare(a.dated, b.dated))
}

/**
 * Names the meeting of a question, the first time or another: its notice is counted again, and its asker is told the
 * day.
 *
 * @throws Refusal where it was put already, or the meeting is not one to come
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function nameMeeting(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  meetingId: string,
): Promise<Reached> {
  const question = await mustFind(trx, key)
  refuseIf(meetingObstacles(question.facts))
  const body = { areaId: key.areaId, id: question.row.body_id }
  const offered = await meetingsOfBody(trx, body, londonDate(act.now))
  const meeting = offered.find(each => each.id === meetingId) ?? gone('meeting')
  const place = question.facts.state === 'accepted' ? await nextPlace(trx, question, meeting) : null
  await settle(trx, act, question, meeting, { version, kind: 'meeting-named', place })
  return tellAsker(trx, act, await mustFind(trx, key), 'meeting', { date: longDate(meeting.dated) })
}

async function nextPlace(trx: Trx, { row, asker, head }: PublicQuestion, meeting: RecordHead): Promise<number | null> {
  if (row.meeting_id === meeting.id) return row.place
  return (await acceptedFor(trx, head.areaId, meeting.id, asker)).atMeeting + 1
}

/** Puts a question to a meeting as that stands now: its day, the notice, whether it is late, when it is due. */
async function settle(
  trx: Trx,
  act: Act,
  question: PublicQuestion,
  meeting: RecordHead,
  how: { version: number | null; kind: 'meeting-named' | 'meeting-moved'; place: number | null },
): Promise<void> {
  const { head, row, facts } = question
  const rules = await findRules(trx, { areaId: head.areaId, id: row.body_id })
  const deadline = rules === null ? null : await noticeOf(trx, rules, meeting.dated)
  const lateNow = deadline !== null && isLate(row.received_at, deadline)
  const sameMeeting = row.meeting_id === meeting.id
  const late = sameMeeting ? lateAfterMove(row.late, lateNow) : lateNow
  const waiting = facts.state === 'received' || facts.state === 'late'
  const changed = await changeRecord(
    trx,
    act,
    head,
    how.version,
    { due: dueOf(meeting, meeting.dated), ...(waiting && { state: late ? 'late' : 'received' }) },
    { kind: how.kind, details: { meeting: meeting.title } },
  )
  await changePublicQuestion(trx, head, {
    meeting_id: meeting.id,
    meeting_title: meeting.title,
    meeting_date: meeting.dated,
    ask_by: deadline?.day ?? null,
    late,
    place: how.place,
  })
  if (rules !== null && deadline !== null) {
    const receivedOn = londonDate(row.received_at)
    await keepNotice(trx, act, changed, rules, { meeting: meeting.dated, deadline, late, receivedOn })
  }
  await passOn(trx, act, question)
}

/** What was accepted stands with whoever answers, and perhaps before the public: both follow. */
async function passOn(trx: Trx, act: Act, { head, facts }: PublicQuestion): Promise<void> {
  if (facts.state === 'accepted') await sendToAnswerer(trx, act, head)
  await refreshPublished(trx, act, head)
}

/**
 * Lets the questions of a meeting follow it, once it was moved or cancelled: they are dated again, or wait for another
 * meeting to be named; every asker is told. To be called by whoever moves or cancels a meeting, in the same transaction.
 *
 * @param meetingKey the meeting as it stands now
 */
export async function publicQuestionsFollow(trx: Trx, act: Act, meetingKey: RecordKey): Promise<void> {
  const meeting = await findRecord(trx, meetingKey)
  if (meeting === null) return
  const open = (await publicQuestionsFor(trx, meetingKey.areaId, meetingKey.id)).filter(
    each => meetingObstacles(each.facts).length === 0,
  )
  for (const question of open) {
    if (meeting.state === 'cancelled') await waitForAnother(trx, act, question)
    else if (question.row.meeting_date?.equals(meeting.dated) !== true) await moved(trx, act, question, meeting)
  }
}

async function moved(trx: Trx, act: Act, question: PublicQuestion, meeting: RecordHead): Promise<void> {
  await settle(trx, act, question, meeting, { version: null, kind: 'meeting-moved', place: question.row.place })
  const now = await mustFind(trx, question.head)
  await tellAsker(trx, act, now, 'meeting', { date: longDate(meeting.dated) })
}

async function waitForAnother(trx: Trx, act: Act, question: PublicQuestion): Promise<void> {
  const { head, facts, row } = question
  const due = dueOf(null, londonDate(act.now))
  // A decision stands: only its meeting is to be named anew.
  const state = facts.state === 'late' ? { state: 'received' } : {}
  await changeRecord(trx, act, head, null, { due, ...state }, { kind: 'meeting-cancelled' })
  await tellAsker(trx, act, question, 'cancelled', { meeting: row.meeting_title ?? '' })
  await changePublicQuestion(trx, head, {
    meeting_id: null,
    meeting_title: null,
    meeting_date: null,
    ask_by: null,
    late: false,
    place: null,
  })
  await passOn(trx, act, question)
}
