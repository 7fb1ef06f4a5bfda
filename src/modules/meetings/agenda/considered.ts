import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { link, linkedTo } from '../../../record/links.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, findRecord } from '../../../record/records.ts'
import { untie } from '../meeting/queries.ts'
import { consideredAt, deleteConsidered, insertConsidered, itemsOf } from './queries.ts'
import { isOpen } from './rules.ts'

/** What a meeting may take up under an item. */
export const consideredKinds: readonly string[] = [
  'question',
  'challenge',
  'exception',
  'action',
  'assurance',
  'programme-item',
]

/**
 * Takes a record up under an item. The record itself does not change: it is one, however many meetings consider it.
 *
 * @throws Refusal where the record is not this organisation's, or not of a kind that meetings consider
 */
export async function takeUp(trx: Trx, act: Act, meeting: RecordHead, item: string, taken: RecordKey): Promise<void> {
  const record = await findRecord(trx, taken)
  if (record === null || !consideredKinds.includes(record.kind)) {
    throw new Refusal(['Choose one of the questions, challenges, exceptions or actions that your organisation holds.'])
  }
  await insertConsidered(trx, {
    area_id: meeting.areaId,
    item_id: item,
    record_id: record.id,
    record_kind: record.kind,
    added_at: act.now,
  })
  await tieConsidered(trx, act, meeting)
  await changeRecord(trx, act, meeting, null, {}, { kind: 'item-changed', details: { item } })
}

/** Takes a record off an item again. */
export async function leaveOut(trx: Trx, act: Act, meeting: RecordHead, item: string, recordId: string): Promise<void> {
  await deleteConsidered(trx, { areaId: meeting.areaId, id: item }, recordId)
  await tieConsidered(trx, act, meeting)
  await changeRecord(trx, act, meeting, null, {}, { kind: 'item-changed', details: { item } })
}

/**
 * Makes the ties of a meeting those of its open items, no more and no fewer. A tie is published once both its ends
 * are, so under a withheld item there is none: only the item itself says what is considered there.
 */
export async function tieConsidered(
  trx: Trx,
  act: Act,
  meeting: Pick<RecordHead, 'areaId' | 'id' | 'kind'>,
): Promise<void> {
  const open = new Set(
    (await itemsOf(trx, meeting)).filter(item => isOpen(item) && item.withdrawn_on === null).map(item => item.id),
  )
  const wanted = (await consideredAt(trx, meeting)).filter(each => open.has(each.item_id))
  const tied = await linkedTo(trx, meeting, 'considers')
  for (const { id } of tied) {
    if (!wanted.some(each => each.record_id === id)) await untie(trx, meeting, id)
  }
  for (const each of wanted) {
    const record = { areaId: meeting.areaId, id: each.record_id, kind: each.record_kind }
    await link(trx, act, meeting, 'considers', record)
  }
}
