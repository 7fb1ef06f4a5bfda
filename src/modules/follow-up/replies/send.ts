import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { londonDate } from '../../../platform/time.ts'
import { actingFor } from '../../../record/acting-for.ts'
import { link } from '../../../record/links.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import type { RecordChanges } from '../../../record/records.ts'
import { releaseTo } from '../../../record/release.ts'
import { mustLoad, refuseIf } from '../items/load.ts'
import { progressArrived, replyArrived } from '../items/replied.ts'
import { isUnderWay } from '../items/rules.ts'
import { findAsked } from './asked.ts'
import { draftColumns } from './prepare.ts'
import type { ReplyDraft } from './prepare.ts'
import { changeReplyRow, findReply, insertReply, ownRepliesTo } from './queries.ts'
import type { Reply } from './queries.ts'
import { sendObstacles } from './rules.ts'

/** A limb of article 2(2) of the Specified Information Order 2011, on which publication of a reply is refused. */
export type Limb = 'a' | 'b' | 'c' | 'd'

/**
 * Sends a reply: it is released to whoever recommended, and moves the recommendation on. A reply that was sent before
 * stays on record as replaced.
 *
 * @param version the version that was read on the page before
 * @param withheld the limb on which it may not be published; null where it may
 * @throws Refusal where it was sent already, or the recommendation was closed meanwhile
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function sendReply(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  withheld: Limb | null = null,
): Promise<RecordHead> {
  const reply = await findReply(trx, key)
  if (reply === null) throw new Refusal(['This reply is not there any more.'])
  const recommendation = { areaId: key.areaId, id: reply.row.recommendation_id }
  const asked = await findAsked(trx, act.viewer.organisation.id, recommendation)
  refuseIf(sendObstacles(reply.head.state, asked?.state))
  const today = londonDate(act.now)
  const changes: RecordChanges = { state: 'sent', due: null, dated: today, ...classified(withheld, act) }
  await changeReplyRow(trx, key, { sent_on: today, sent_by: act.viewer.name })
  const head = await changeRecord(trx, act, key, version, changes, { kind: 'sent' })
  await markReplaced(trx, act, recommendation, key)
  await releaseTo(trx, act, key, [reply.row.asker_organisation])
  await moveRecommendationOn(trx, act, reply)
  return head
}

function classified(limb: Limb | null, act: Act): RecordChanges {
  if (limb === null) return {}
  return { classification: 'withheld', ground: { code: 'article-2-2', limb, decidedBy: act.viewer.name } }
}

async function markReplaced(trx: Trx, act: Act, recommendation: RecordKey, by: RecordKey): Promise<void> {
  for (const { head } of await ownRepliesTo(trx, recommendation)) {
    if (head.id === by.id || (head.state !== 'sent' && head.state !== 'asked-again')) continue
    await changeRecord(trx, act, head, null, { state: 'replaced' }, { kind: 'replaced' })
  }
}

/** The one place where a reply reaches into the records of whoever recommended. */
async function moveRecommendationOn(trx: Trx, act: Act, { row }: Reply): Promise<void> {
  const recommendation = { areaId: row.area_id, id: row.recommendation_id }
  await actingFor(trx, [row.asker_organisation], () =>
    replyArrived(trx, act, recommendation, { addresseeId: row.addressee_id, answer: row.answer }),
  )
}

/**
 * Tells whoever recommended how it goes: a dated note on their record, and with `done` the report that it is done. One's
 * own notes can be read back; what others wrote there cannot.
 *
 * @throws Refusal where the recommendation was not sent to this organisation, or is closed
 */
export async function sendProgress(
  trx: Trx,
  act: Act,
  recommendation: RecordKey,
  progress: { text: string; done: boolean },
): Promise<void> {
  const asked = await findAsked(trx, act.viewer.organisation.id, recommendation)
  if (asked === null) throw new Refusal(['This recommendation is not there any more.'])
  refuseIf(isUnderWay(asked.state) ? [] : ['It was closed or withdrawn: nothing more is owed.'])
  await actingFor(trx, [asked.asked.askerOrganisation], () => progressArrived(trx, act, recommendation, progress))
}

/**
 * Puts a reply on record that came on paper or was given in the room: from a body that does not use this software, or
 * from one that does and has not sent it. It says of itself who put it on record.
 *
 * @param givenOn the day it bears
 * @throws Refusal where this organisation did not raise the recommendation, or nothing is owed any more
 */
export async function recordReply(
  trx: Trx,
  act: Act,
  recommendation: RecordKey,
  given: ReplyDraft & { addresseeId: string; givenOn: Temporal.PlainDate },
): Promise<RecordHead> {
  const { record, item, addressees } = await mustLoad(trx, recommendation)
  const own = act.viewer.organisation.id
  refuseIf([
    ...(item.raised_by_organisation === own ? [] : ['A reply on paper is put on record by the body that raised it.']),
    ...(isUnderWay(record.state) ? [] : ['It is not under way: no reply is owed.']),
    ...(addressees.some(each => each.id === given.addresseeId) ? [] : ['Choose who replied.']),
  ])
  const head = await createRecord(trx, act, {
    areaId: record.areaId,
    kind: 'reply',
    title: record.title,
    state: 'sent',
    dated: given.givenOn,
    searchText: given.reason,
  })
  await insertReply(trx, {
    area_id: head.areaId,
    record_id: head.id,
    recommendation_id: record.id,
    asker_organisation: own,
    addressee_id: given.addresseeId,
    ...draftColumns(given),
    sent_on: given.givenOn,
    sent_by: act.viewer.name,
    on_paper: true,
  })
  await link(trx, act, head, 'replies-to', { ...recommendation, kind: 'recommendation' })
  await releaseTo(trx, act, head, [own])
  await replyArrived(trx, act, recommendation, { addresseeId: given.addresseeId, answer: given.answer })
  return head
}
