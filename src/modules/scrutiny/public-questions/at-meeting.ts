import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import { startClock, stopClock } from '../../../record/clock-store.ts'
import { link } from '../../../record/links.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { refreshPublished } from '../publication/published.ts'
import { refuseIf } from '../refuse.ts'
import { findRules } from './body-rules/queries.ts'
import { mustFind, sendToAnswerer } from './decide.ts'
import { tellAsker } from './mails.ts'
import type { Reached, Told } from './mails.ts'
import { changePublicQuestion, insertSupplementary } from './queries.ts'
import type { PublicQuestion } from './queries.ts'
import { answerObstacles, putObstacles, supplementaryObstacles } from './rules.ts'

/** The clock of an answer in writing that was promised at a meeting. */
export const writtenAnswerRule = 'QUESTION-PCC'

/** An answer as the clerk records it. */
export interface RecordedAnswer {
  text: string
  /** By name and office, as the public may read it. */
  by: string
}

/** What happened to a question at its meeting. */
export type AtMeeting =
  | { how: 'in-person' | 'read-out'; answer: RecordedAnswer }
  | { how: 'in-person' | 'read-out'; answer: 'in-writing' }
  | { how: 'not-put'; why: string }

/**
 * Records what happened to a question at its meeting: put and answered, put with an answer in writing to follow, or not
 * put. An answer in writing is due by the clock QUESTION-PCC, from the day of the meeting.
 *
 * @throws Refusal before the day of the meeting
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function recordAtMeeting(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  what: AtMeeting,
): Promise<Reached> {
  const question = await mustFind(trx, key)
  const today = londonDate(act.now)
  refuseIf(putObstacles(question.facts, today))
  const heldOn = question.row.meeting_date ?? today
  if (what.how === 'not-put') await recordNotPut(trx, act, key, version, what.why)
  else if (what.answer === 'in-writing') await awaitWriting(trx, act, question, version, { how: what.how, heldOn })
  else {
    await changeRecord(trx, act, key, version, { state: 'answered', due: null }, { kind: 'put-at-meeting' })
    await changePublicQuestion(trx, key, { put_how: what.how, ...answerColumns(what.answer, 'meeting', heldOn, today) })
  }
  await tieToMeeting(trx, act, question)
  return goneOut(trx, act, key, 'put')
}

async function recordNotPut(trx: Trx, act: Act, key: RecordKey, version: number, why: string): Promise<void> {
  await changeRecord(trx, act, key, version, { state: 'not-put', due: null }, { kind: 'not-put', why })
  await changePublicQuestion(trx, key, { put_how: 'not-put', ended_on: londonDate(act.now), ended_why: why })
}

async function awaitWriting(
  trx: Trx,
  act: Act,
  { head, row }: PublicQuestion,
  version: number,
  put: { how: 'in-person' | 'read-out'; heldOn: Temporal.PlainDate },
): Promise<void> {
  const owner = { ...(head.owner?.role !== undefined && { role: head.owner.role }), bodyId: row.body_id }
  const due = await startClock(trx, act, head, writtenAnswerRule, { from: put.heldOn }, owner)
  await changeRecord(trx, act, head, version, { state: 'to-be-answered', due }, { kind: 'to-be-answered' })
  await changePublicQuestion(trx, head, { put_how: put.how })
}

function answerColumns(
  answer: RecordedAnswer,
  how: 'meeting' | 'writing',
  on: Temporal.PlainDate,
  today: Temporal.PlainDate,
) {
  return { answer: answer.text, answered_by: answer.by, answered_on: on, answered_how: how, ended_on: today }
}

async function tieToMeeting(trx: Trx, act: Act, { head, row }: PublicQuestion): Promise<void> {
  if (row.meeting_id === null) return
  await link(trx, act, head, 'asked-at', { areaId: head.areaId, id: row.meeting_id, kind: 'meeting' })
}

/** What changed goes to whoever answers, to the public where it is published, and to the asker. */
async function goneOut(trx: Trx, act: Act, key: RecordKey, told: Told): Promise<Reached> {
  await sendToAnswerer(trx, act, key)
  await refreshPublished(trx, act, key)
  const question = await mustFind(trx, key)
  return tellAsker(trx, act, question, told, {
    answer: question.row.answer ?? '',
    by: question.row.answered_by ?? '',
    why: question.row.ended_why ?? '',
    state: question.facts.state,
  })
}

/**
 * Records the answer in writing that was to follow; the asker is sent it.
 *
 * @param on the day it is dated
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function recordWrittenAnswer(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  given: { answer: RecordedAnswer; on: Temporal.PlainDate },
): Promise<Reached> {
  const { facts } = await mustFind(trx, key)
  const today = londonDate(act.now)
  refuseIf([
    ...answerObstacles(facts),
    ...(Temporal.PlainDate.compare(given.on, today) > 0 ? ['An answer cannot be dated after today.'] : []),
  ])
  await changeRecord(trx, act, key, version, { state: 'answered', due: null }, { kind: 'answered' })
  await changePublicQuestion(trx, key, answerColumns(given.answer, 'writing', given.on, today))
  await stopClock(trx, act, key, writtenAnswerRule, 'answered', given.on)
  return goneOut(trx, act, key, 'answered')
}

/**
 * Records a supplementary question that was put at the meeting, with its answer where there was one.
 *
 * @throws Refusal where the body's rules allow no more
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function recordSupplementary(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  given: { text: string; answer: RecordedAnswer | null },
): Promise<void> {
  const { facts, row, supplementaries } = await mustFind(trx, key)
  const rules = await findRules(trx, { areaId: key.areaId, id: row.body_id })
  refuseIf(supplementaryObstacles(facts, rules?.supplementaries ?? 0, supplementaries.length))
  await changeRecord(trx, act, key, version, {}, { kind: 'supplementary' })
  await insertSupplementary(trx, {
    area_id: key.areaId,
    record_id: key.id,
    number: supplementaries.length + 1,
    text: given.text,
    answer: given.answer?.text ?? null,
    answered_by: given.answer?.by ?? null,
  })
  await sendToAnswerer(trx, act, key)
  await refreshPublished(trx, act, key)
}
