import type { Trx } from '../../../platform/database/tables.ts'
import type { Upload } from '../../../platform/web/route.ts'
import { link } from '../../../record/links.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import { findReceived } from '../../../record/release.ts'
import { challengeBody, questionBody } from '../bodies.ts'
import { partyColumns } from '../party.ts'
import type { Party, ScrutinyAct } from '../party.ts'
import type { QuestionFacts } from '../questions/rules.ts'
import { gone, refuseIf } from '../refuse.ts'
import { attachToAnswer } from './attachments.ts'
import { changeAnswerRow, findAnswer, insertAnswer, ownAnswersTo } from './queries.ts'
import { editAnswerObstacles, handOverObstacles, prepareObstacles } from './rules.ts'

/** What an answer says. */
export interface AnswerDraft {
  text: string
  how: QuestionFacts['askedFor']
  /** A holding answer or an answer to a part of what was asked: more is to follow. */
  part: boolean
  /** When more will follow. The date the answer was due stays. */
  replyBy: Temporal.PlainDate | null
  /** In whose name it stands. */
  giver: Party
}

/** A question or challenge that another organisation sent to this one. */
export interface AwaitingAnswer {
  areaId: number
  id: string
  kind: 'question' | 'challenge'
  reference: string
  title: string
  state: string
  dueDate: Temporal.PlainDate | null
  asker: Party
  answerer: Party
}

/** The question or challenge that was sent to the organisation, or null. */
export async function findAwaiting(trx: Trx, organisation: string, key: RecordKey): Promise<AwaitingAnswer | null> {
  const received = await findReceived(trx, organisation, key)
  if (received === null || (received.kind !== 'question' && received.kind !== 'challenge')) return null
  const body = (received.kind === 'question' ? questionBody : challengeBody).parse(received.body)
  if (body.parties === undefined) return null
  const { areaId, recordId: id, kind, reference, title, state, dueDate } = received
  return { areaId, id, kind, reference, title, state, dueDate, ...body.parties }
}

/**
 * Begins an answer to a question or challenge that was sent to this organisation. The asker knows nothing of it until
 * it is given.
 *
 * @param corrects an answer given earlier that this one is to correct
 * @throws Refusal where no answer is waited for, or one is being prepared already
 */
export async function prepareAnswer(
  trx: Trx,
  act: ScrutinyAct,
  to: RecordKey,
  draft: AnswerDraft,
  corrects: string | null = null,
): Promise<RecordHead> {
  const asked = (await findAwaiting(trx, act.viewer.organisation.id, to)) ?? gone('question')
  const own = await ownAnswersTo(trx, to)
  const stand = own.map(({ head, facts }) => ({ id: head.id, state: facts.state, part: facts.part }))
  refuseIf(prepareObstacles(asked.state, stand, corrects))
  const head = await createRecord(trx, act, {
    areaId: to.areaId,
    kind: 'answer',
    title: `Answer: ${asked.title}`,
    state: 'preparing',
    owner: { organisationId: act.viewer.organisation.id, ...preparer(act) },
    due: asked.dueDate === null ? null : { kind: 'date', date: asked.dueDate },
    searchText: draft.text,
  })
  await insertAnswer(trx, {
    area_id: to.areaId,
    record_id: head.id,
    answers_kind: asked.kind,
    answers_id: to.id,
    asker_organisation: asked.asker.organisationId,
    ...columnsOf(draft),
    prepared_by: act.viewer.name,
    given_by: null,
    source: null,
  })
  await link(trx, act, head, 'answers', asked)
  if (corrects !== null) await link(trx, act, head, 'corrects', { areaId: to.areaId, id: corrects, kind: 'answer' })
  return head
}

function preparer({ viewer }: ScrutinyAct): { personId?: string; role?: string } {
  if (viewer.personId !== null) return { personId: viewer.personId }
  return viewer.roles[0] === undefined ? {} : { role: viewer.roles[0] }
}

function columnsOf(draft: AnswerDraft) {
  return {
    text: draft.text,
    how: draft.how,
    part: draft.part,
    reply_by: draft.part ? draft.replyBy : null,
    ...partyColumns('giver', draft.giver),
  }
}

/**
 * Changes an answer that is being prepared, and adds an attachment where one came with the form.
 *
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function changeAnswer(
  trx: Trx,
  act: ScrutinyAct,
  key: RecordKey,
  version: number,
  draft: AnswerDraft,
): Promise<void> {
  const answer = (await findAnswer(trx, key)) ?? gone('answer')
  refuseIf(editAnswerObstacles(answer.facts))
  const text = answer.row.text === draft.text ? {} : { answer: { from: answer.row.text, to: draft.text } }
  const giver = answer.giver.name === draft.giver.name ? {} : { by: { from: answer.giver.name, to: draft.giver.name } }
  await changeRecord(
    trx,
    act,
    key,
    version,
    { searchText: draft.text },
    { kind: 'changed', details: { changes: { ...text, ...giver } } },
  )
  await changeAnswerRow(trx, key, columnsOf(draft))
}

/** What came with the form of an answer: files and a link. */
export async function attachAll(
  trx: Trx,
  act: ScrutinyAct,
  key: RecordKey,
  came: { uploads: readonly Upload[]; url: string | null; title: string | null },
): Promise<void> {
  for (const upload of came.uploads) {
    await attachToAnswer(trx, act, key, { upload }, titleOf(came.title, upload.fileName, came.uploads.length))
  }
  if (came.url !== null) await attachToAnswer(trx, act, key, { url: came.url }, came.title ?? came.url)
}

function titleOf(title: string | null, fileName: string, files: number): string {
  if (title === null) return fileName
  return files === 1 ? title : `${title}: ${fileName}`
}

/** Hands a prepared answer to whoever gives it. */
export async function handOver(trx: Trx, act: ScrutinyAct, key: RecordKey, version: number): Promise<void> {
  const answer = (await findAnswer(trx, key)) ?? gone('answer')
  refuseIf(handOverObstacles(answer.facts))
  const { organisationId, personId, role } = answer.giver
  const owner = { organisationId, ...(personId === null ? {} : { personId }), ...(role === null ? {} : { role }) }
  await changeRecord(trx, act, key, version, { state: 'ready', owner }, { kind: 'ready' })
}
