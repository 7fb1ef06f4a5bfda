import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { link } from '../../../record/links.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import { findBody } from '../../organisations/index.ts'
import { clerkOf } from '../clerk.ts'
import { findMeeting } from '../meeting/queries.ts'
import { refuseIf } from '../refuse.ts'
import { changeReviewRow, findReview, insertReview, insertSession } from './queries.ts'
import type { Review } from './queries.ts'
import { adoptingObstacles, changingObstacles, nextStep, reviewStates, steppingObstacles } from './rules.ts'

/** A review as a body sets it up. */
export interface NewReview {
  areaId: number
  bodyId: string
  title: string
  scope: string
  /** The working group that does it. */
  groupId?: string | null
  dated?: Temporal.PlainDate
  source?: string | null
}

/**
 * Sets up a task and finish review of a body.
 *
 * @throws Refusal where the body is not one that this organisation holds
 */
export async function startReview(trx: Trx, act: Act, made: NewReview): Promise<RecordHead> {
  const body = await findBody(trx, { areaId: made.areaId, id: made.bodyId })
  if (body === null) throw new Refusal(['This body is not there any more.'])
  const record = await createRecord(trx, act, {
    areaId: made.areaId,
    kind: 'review',
    title: made.title,
    state: 'scoping',
    owner: clerkOf(act),
    searchText: made.scope,
    ...(made.dated !== undefined && { dated: made.dated }),
  })
  await insertReview(trx, {
    area_id: record.areaId,
    record_id: record.id,
    body_id: body.id,
    scope: made.scope,
    group_id: made.groupId ?? null,
    source: made.source ?? null,
  })
  await link(trx, act, record, 'review-of', { areaId: made.areaId, id: body.id, kind: 'body' })
  return record
}

/** The review with this key, for a deed on it. */
async function mustFindReview(trx: Trx, key: RecordKey): Promise<Review> {
  const review = await findReview(trx, key)
  if (review === null) throw new Refusal(['This review is not there any more.'])
  return review
}

/** What a review writes down as it goes on. */
export interface ReviewTexts {
  scope: string
  survey: string | null
  surveyAnswers: number | null
  findings: string | null
  recommendations: string | null
}

/** Writes the scope, the survey, the findings and the recommendations. */
export async function writeReview(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number | null,
  texts: ReviewTexts,
): Promise<void> {
  const { facts } = await mustFindReview(trx, key)
  refuseIf(changingObstacles(facts))
  const searchText = [texts.scope, texts.findings, texts.recommendations].filter(each => each !== null).join(' ')
  await changeRecord(trx, act, key, version, { searchText }, { kind: 'changed' })
  const { scope, survey, surveyAnswers, findings, recommendations } = texts
  await changeReviewRow(trx, key, { scope, survey, survey_answers: surveyAnswers, findings, recommendations })
}

/** Records a session at which evidence was heard: who gave it is named by organisation or post, in categories. */
export async function addSession(
  trx: Trx,
  act: Act,
  key: RecordKey,
  session: {
    heldOn: Temporal.PlainDate
    subject: string
    notes: string | null
    witnesses: readonly { category: string; witness: string }[]
  },
): Promise<void> {
  const { facts } = await mustFindReview(trx, key)
  refuseIf(changingObstacles(facts))
  const { heldOn, subject, notes, witnesses } = session
  const row = { area_id: key.areaId, record_id: key.id, held_on: heldOn, subject, notes }
  await insertSession(trx, row, witnesses)
  await changeRecord(trx, act, key, null, {}, { kind: 'evidence-heard' })
}

/**
 * Takes a review to its next step: evidence, findings, its report to the body.
 *
 * @throws Refusal with what is missing
 */
export async function stepOn(trx: Trx, act: Act, key: RecordKey, version: number | null): Promise<void> {
  const { facts } = await mustFindReview(trx, key)
  refuseIf(steppingObstacles(facts))
  const state = nextStep(facts.state)
  if (state === null) return
  await changeRecord(
    trx,
    act,
    key,
    version,
    { state },
    { kind: 'stepped-on', details: { to: reviewStates[state].word } },
  )
}

/** Records that the body adopted the report at a meeting: its recommendations are the body's from then on. */
export async function adoptReview(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number | null,
  meetingKey: RecordKey,
  today: Temporal.PlainDate,
): Promise<void> {
  const { head, facts } = await mustFindReview(trx, key)
  const meeting = await findMeeting(trx, meetingKey)
  const facing = meeting && { bodyId: meeting.row.body_id, date: meeting.head.dated, state: meeting.state }
  refuseIf(adoptingObstacles(facts, facing, today))
  if (meeting === null) return
  await changeRecord(trx, act, key, version, { state: 'adopted' }, { kind: 'adopted' })
  await changeReviewRow(trx, key, { adopted_at: meeting.head.id, adopted_on: meeting.head.dated })
  await link(trx, act, head, 'adopted-at', meeting.head)
}

/** Ends a review that comes to no report, with the reason. */
export async function endReview(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number | null,
  why: string,
): Promise<void> {
  const { facts } = await mustFindReview(trx, key)
  refuseIf(changingObstacles(facts))
  await changeRecord(trx, act, key, version, { state: 'ended' }, { kind: 'ended', why })
}
