import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate, longDate } from '../../../platform/time.ts'
import { changeRecord } from '../../../record/records.ts'
import { releaseTo } from '../../../record/release.ts'
import type { Due, Owner, RecordHead, RecordKey } from '../../../record/record.ts'
import { issueItem, raiseAction } from '../../follow-up/index.ts'
import type { Party, ScrutinyAct } from '../party.ts'
import { refreshPublished } from '../publication/published.ts'
import { questionAnswered } from '../questions/answered.ts'
import { answerInWriting } from '../questions/put.ts'
import { findQuestion } from '../questions/queries.ts'
import type { Question } from '../questions/queries.ts'
import { gone, refuseIf } from '../refuse.ts'
import { addSaid } from './queries.ts'
import { answerAtMeetingObstacles, sayObstacles } from './rules.ts'
import type { Standing } from './rules.ts'

/** What was said to a question at a meeting. */
export type Said = { by: string; says: string; on: Temporal.PlainDate } & (
  | { kind: 'answer'; standing: Standing }
  | { kind: 'supplementary'; asked: string }
  /** `due`: by when it is to be done; null where no day was named. */
  | { kind: 'undertaking'; due: Temporal.PlainDate | null }
)

/**
 * Records in the asker's part what was said to a question at a meeting. The whole answer ends the time to answer, and
 * the judgement is now the asker's to make; where an answer in writing is to follow, its time runs from the day of the
 * meeting. An undertaking raises an action of whoever was asked. What was recorded goes to the organisation that was
 * asked, and before the public where the question is published.
 *
 * @throws Refusal where the question was not put, is answered already, or the day has not come
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function recordSaid(
  trx: Trx,
  act: ScrutinyAct,
  key: RecordKey,
  version: number,
  said: Said,
): Promise<void> {
  const question = (await findQuestion(trx, key)) ?? gone('question')
  const toCome = Temporal.PlainDate.compare(said.on, londonDate(act.now)) > 0
  refuseIf([
    ...sayObstacles(question.facts),
    ...(said.kind === 'answer' ? answerAtMeetingObstacles(question.facts, said.standing) : []),
    ...(toCome ? [`${longDate(said.on)} has not come yet.`] : []),
  ])
  await changeRecord(trx, act, key, version, {}, { kind: 'said' })
  const action = said.kind === 'undertaking' ? await raiseUndertaking(trx, act, question, said) : null
  await addSaid(trx, {
    area_id: key.areaId,
    question_id: key.id,
    kind: said.kind,
    said_by: said.by,
    asked: said.kind === 'supplementary' ? said.asked : null,
    says: said.says,
    said_on: said.on,
    recorded_by: act.viewer.name,
    action_id: action?.id ?? null,
  })
  if (said.kind === 'answer') await moveOn(trx, act, key, said)
  // The other two have been released with the change of state.
  const already = said.kind === 'answer' && said.standing !== 'part'
  if (!already) await releaseTo(trx, act, key, [question.answerer.organisationId])
  await refreshPublished(trx, act, key)
}

async function moveOn(
  trx: Trx,
  act: ScrutinyAct,
  key: RecordKey,
  { standing, on }: { standing: Standing; on: Temporal.PlainDate },
): Promise<void> {
  if (standing === 'in-writing') return answerInWriting(trx, act, key, on)
  await questionAnswered(trx, act, key, { part: standing === 'part', open: true })
}

/** What was undertaken is an action of whoever was asked, so that it does not fall between two lists. */
async function raiseUndertaking(
  trx: Trx,
  act: ScrutinyAct,
  { head, row, answerer }: Question,
  said: { by: string; says: string; on: Temporal.PlainDate; due: Temporal.PlainDate | null },
): Promise<RecordHead> {
  const due: Due | null = said.due === null ? null : { kind: 'date', date: said.due }
  const action = await raiseAction(trx, act, {
    areaId: head.areaId,
    title: titleOf(said.says),
    asked: said.says,
    owner: ownerOf(answerer),
    leadWords: said.by,
    due,
    raisedByWords: row.meeting_title ?? `${head.reference}, ${longDate(said.on)}`,
    raisedFrom: [{ areaId: head.areaId, id: head.id, kind: 'question', relation: 'raised-by' }],
    dated: said.on,
  })
  return issueItem(trx, act, action)
}

function ownerOf({ organisationId, personId, role }: Party): Owner {
  return { organisationId, ...(personId !== null && { personId }), ...(role !== null && { role }) }
}

/** The first sentence of what was undertaken, cut between words. */
function titleOf(text: string, most = 120): string {
  const [sentence = text] = text.split(/(?<=[.!?])\s|\n/)
  const title = sentence.trim().replace(/\.$/, '')
  return title.length <= most ? title : `${title.slice(0, most - 1).replace(/\s+\S*$/, '')}…`
}
