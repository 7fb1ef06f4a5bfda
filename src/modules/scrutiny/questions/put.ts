import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import { startClock, stopClock } from '../../../record/clock-store.ts'
import type { ClockOwner } from '../../../record/clock-store.ts'
import { dueDay, workOut } from '../../../record/clock-work-out.ts'
import type { ClockPlace } from '../../../record/clock-work-out.ts'
import type { Act, Due, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { releaseTo } from '../../../record/release.ts'
import { noteAsked } from '../../performance/index.ts'
import { doerOf } from '../party.ts'
import type { Party, ScrutinyAct } from '../party.ts'
import { refreshPublished } from '../publication/published.ts'
import { gone, refuseIf } from '../refuse.ts'
import { changeQuestion, findQuestion } from './queries.ts'
import type { Question } from './queries.ts'
import { putObstacles, withdrawObstacles } from './rules.ts'

/** The clocks of a question, by whom it asks: local clocks of the software (statute.md section 11). */
export const questionClocks = { ofTheForce: 'QUESTION-CC', ofTheCommissioner: 'QUESTION-PCC' } as const

/** Which clock a question runs by: what a panel asks, it asks of the commissioner. */
export function clockFor(asker: { kind: string }): string {
  return asker.kind === 'panel' ? questionClocks.ofTheCommissioner : questionClocks.ofTheForce
}

/**
 * When the answer is due: at the meeting it is put for, on that meeting's day where it has no record, otherwise the
 * length of the clock after the day it is put.
 */
export async function dueWhenPut(
  trx: Trx,
  question: Pick<Question, 'row' | 'head'>,
  organisation: { id: string; kind: string },
  today: Temporal.PlainDate,
): Promise<Due> {
  const place = { areaId: question.head.areaId, organisationId: organisation.id }
  return agreedDue(question) ?? { kind: 'date', date: await lengthAfter(trx, place, clockFor(organisation), today) }
}

async function lengthAfter(trx: Trx, place: ClockPlace, rule: string, from: Temporal.PlainDate) {
  return dueDay(await workOut(trx, place, rule, { from })) ?? from
}

function agreedDue({ row }: Pick<Question, 'row'>): Due | null {
  if (row.asked_for === 'writing') return null
  if (row.meeting_id !== null) return { kind: 'meeting', meeting: row.meeting_id, date: row.meeting_date }
  return row.meeting_date === null ? null : { kind: 'date', date: row.meeting_date }
}

/**
 * Puts a question: it is released to the organisation it asks, and the time to answer begins.
 *
 * @param version the version that was read on the page before; null where nobody read one
 * @throws Refusal where this person may not put it, or not yet
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function putQuestion(
  trx: Trx,
  act: ScrutinyAct,
  key: RecordKey,
  version: number | null,
): Promise<RecordHead> {
  const question = (await findQuestion(trx, key)) ?? gone('question')
  refuseIf(putObstacles(question.facts, doerOf(act)))
  const today = londonDate(act.now)
  const rule = clockFor(act.viewer.organisation)
  const due = await dueWhenPut(trx, question, act.viewer.organisation, today)
  const head = await changeRecord(trx, act, key, version, { state: 'put', due, dated: today }, { kind: 'put' })
  await changeQuestion(trx, key, {
    put_on: today,
    put_by: act.viewer.name,
    answer_due: due.kind === 'condition' ? null : due.date,
  })
  await startClock(trx, act, head, rule, { from: today }, ownerOf(question.answerer), agreedDue(question))
  await releaseTo(trx, act, key, [question.answerer.organisationId])
  await noteAsked(trx, act, key)
  return head
}

function ownerOf({ organisationId, role, personId }: Party): ClockOwner {
  return { organisationId, ...(role === null ? {} : { role }), ...(personId === null ? {} : { personId }) }
}

/** Withdraws a question with the reason, and tells the organisation it asked. */
export async function withdrawQuestion(
  trx: Trx,
  act: ScrutinyAct,
  key: RecordKey,
  version: number,
  why: string,
): Promise<void> {
  const question = (await findQuestion(trx, key)) ?? gone('question')
  refuseIf(withdrawObstacles(question.facts, doerOf(act)))
  await changeRecord(trx, act, key, version, { state: 'withdrawn', due: null }, { kind: 'withdrawn', why })
  await changeQuestion(trx, key, { withdrawn_on: londonDate(act.now), withdrawn_why: why })
  if (question.row.put_on === null) return
  await stopQuestionClocks(trx, act, key, 'withdrawn')
  await releaseTo(trx, act, key, [question.answerer.organisationId])
  await refreshPublished(trx, act, key)
}

/** Stops whichever clock runs on a question. */
export async function stopQuestionClocks(trx: Trx, act: Act, key: RecordKey, outcome: string): Promise<void> {
  for (const rule of Object.values(questionClocks)) await stopClock(trx, act, key, rule, outcome)
}

/**
 * A question that was put for a meeting and not answered there is to be answered in writing: the clock begins on the
 * day of the meeting.
 *
 * @param heldOn the day of the meeting
 */
export async function answerInWriting(
  trx: Trx,
  act: ScrutinyAct,
  key: RecordKey,
  heldOn: Temporal.PlainDate,
): Promise<void> {
  const question = (await findQuestion(trx, key)) ?? gone('question')
  refuseIf(question.facts.state === 'put' ? [] : ['It is not waiting for an answer.'])
  const rule = clockFor(act.viewer.organisation)
  const place = { areaId: key.areaId, organisationId: act.viewer.organisation.id }
  const due: Due = { kind: 'date', date: await lengthAfter(trx, place, rule, heldOn) }
  const head = await changeRecord(trx, act, key, null, { due }, { kind: 'put-off' })
  await changeQuestion(trx, key, { asked_for: 'both', answer_due: due.date })
  await stopQuestionClocks(trx, act, key, 'not answered at the meeting')
  await startClock(trx, act, head, rule, { from: heldOn }, ownerOf(question.answerer))
  await releaseTo(trx, act, key, [question.answerer.organisationId])
}

/**
 * Says for which meeting an open question is taken, when a meeting takes it onto its agenda. The due stays as it is.
 *
 * @param meeting the meeting's record
 */
export async function takeToMeeting(
  trx: Trx,
  act: Act,
  key: RecordKey,
  meeting: { id: string; title: string; date: Temporal.PlainDate },
): Promise<void> {
  const question = (await findQuestion(trx, key)) ?? gone('question')
  if (question.row.meeting_id === meeting.id) return
  await changeRecord(trx, act, key, null, {}, { kind: 'taken-to-meeting', details: { meeting: meeting.title } })
  await changeQuestion(trx, key, { meeting_id: meeting.id, meeting_title: meeting.title, meeting_date: meeting.date })
  await refreshPublished(trx, act, key)
}
