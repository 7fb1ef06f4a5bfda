import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { link } from '../../../record/links.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import { refuseIf } from '../items/load.ts'
import { findAsked } from './asked.ts'
import { changeReplyRow, findReply, insertReply, ownRepliesTo } from './queries.ts'
import { editObstacles, prepareObstacles } from './rules.ts'
import type { ReplyAnswer } from './words.ts'

/** What a reply says. */
export interface ReplyDraft {
  answer: ReplyAnswer
  reason: string
  /** What was or will be done, in words; null where nothing is said of it. */
  doing: string | null
  doneBy: Temporal.PlainDate | null
  /** In whose name it stands: "The Police and Crime Commissioner". */
  inTheNameOf: string
}

/**
 * Begins a reply to a recommendation that was sent to this organisation: a draft that nobody else sees. Where one was
 * sent already, the new one takes its place once it is sent.
 *
 * @throws Refusal where the recommendation was not sent to this organisation, is closed, or a reply is being written
 */
export async function prepareReply(
  trx: Trx,
  act: Act,
  recommendation: RecordKey,
  draft: ReplyDraft,
): Promise<RecordHead> {
  const own = act.viewer.organisation.id
  const asked = await findAsked(trx, own, recommendation)
  if (asked === null) throw new Refusal(['This recommendation is not there any more.'])
  const earlier = await ownRepliesTo(trx, recommendation)
  const drafting = earlier.some(({ head }) => head.state === 'draft')
  refuseIf(prepareObstacles({ state: asked.state, drafting }))
  const head = await createRecord(trx, act, {
    areaId: recommendation.areaId,
    kind: 'reply',
    title: asked.title,
    state: 'draft',
    due: asked.dueDate === null ? null : { kind: 'date', date: asked.dueDate },
    searchText: `${draft.reason} ${draft.doing ?? ''}`,
  })
  await insertReply(trx, {
    area_id: head.areaId,
    record_id: head.id,
    recommendation_id: recommendation.id,
    asker_organisation: asked.asked.askerOrganisation,
    addressee_id: asked.asked.addresseeId,
    ...draftColumns(draft),
    sent_on: null,
    sent_by: null,
  })
  await link(trx, act, head, 'replies-to', { ...recommendation, kind: 'recommendation' })
  const last = earlier.at(-1)
  if (last !== undefined) await link(trx, act, head, 'replaces', { ...last.head, kind: 'reply' })
  return head
}

/** What a reply says, as columns hold it. */
export function draftColumns(draft: ReplyDraft) {
  return {
    answer: draft.answer,
    reason: draft.reason,
    doing: draft.doing,
    done_by: draft.doneBy,
    in_the_name_of: draft.inTheNameOf,
  }
}

/**
 * Changes a reply that is still being written.
 *
 * @throws Refusal once it is sent
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function changeReply(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  draft: ReplyDraft,
): Promise<RecordHead> {
  const reply = await findReply(trx, key)
  if (reply === null) throw new Refusal(['This reply is not there any more.'])
  refuseIf(editObstacles(reply.head.state))
  const head = await changeRecord(trx, act, key, version, {}, { kind: 'changed' })
  await changeReplyRow(trx, key, draftColumns(draft))
  return head
}
