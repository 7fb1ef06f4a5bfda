import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { londonDate, longDate } from '../../../platform/time.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { mustFindMeeting } from '../meeting/add-meeting.ts'
import type { Meeting } from '../meeting/queries.ts'
import { programmeDeferred } from '../programme/moved.ts'
import { insertDeferral, threadOf } from './deferral-queries.ts'
import { addItem, mustFindItem, withdrawItem } from './items.ts'
import { consideredAt, insertConsidered, itemsOf } from './queries.ts'
import type { ItemRow } from './queries.ts'
import { tieConsidered } from './considered.ts'
import type { LateItem } from './rules.ts'

/** An item put off. */
export interface Deferring {
  /** The item's version that the person saw; null where the software itself acts. */
  version: number | null
  /** The later meeting of the same body; null where its date is not known yet. */
  to: RecordKey | null
  why: string
  /** Owed where the agenda of the later meeting is published already. */
  late?: LateItem | null
}

/**
 * Puts an item off to a later meeting of the same body, or to one that is not known yet. The item leaves its agenda as
 * a withdrawn one does, with the reason; on the other agenda it is a new item with the same words, classification and
 * matters considered. How often it was put off stays known.
 *
 * @returns the item on the later agenda, or null
 * @throws Refusal where the meeting is not a later one of the body, or either agenda may not be changed
 */
export async function deferItem(
  trx: Trx,
  act: Act,
  key: RecordKey,
  id: string,
  { version, to, why, late = null }: Deferring,
): Promise<string | null> {
  const from = await mustFindMeeting(trx, key)
  const item = await mustFindItem(trx, key, id)
  if (item.withdrawn_on !== null) throw new Refusal(['It is withdrawn already.'])
  const later = to === null ? null : await laterMeeting(trx, from, to)
  const thread = (await threadOf(trx, { areaId: key.areaId, id })) ?? id
  const toItem = later === null ? null : await carryOver(trx, act, { from, later, item, late, partOf: null })
  await insertDeferral(trx, {
    area_id: key.areaId,
    thread,
    from_meeting: key.id,
    from_item: id,
    to_meeting: later?.head.id ?? null,
    to_item: toItem,
    title: item.title,
    why,
    decided_on: londonDate(act.now),
  })
  const considered = await consideredUnder(trx, from, id)
  await withdrawItem(trx, act, key, id, version ?? item.version, `${whereTo(later)} ${why}`)
  await programmeDeferred(trx, act, key.areaId, considered, later?.head ?? null, why)
  return toItem
}

/** What an item and its parts consider. */
async function consideredUnder(trx: Trx, { head }: Meeting, id: string): Promise<string[]> {
  const parts = (await itemsOf(trx, head)).filter(each => each.id === id || each.parent_id === id).map(each => each.id)
  return (await consideredAt(trx, head)).filter(each => parts.includes(each.item_id)).map(each => each.record_id)
}

function whereTo(later: Meeting | null): string {
  return later === null
    ? 'Deferred to a meeting not yet fixed.'
    : `Deferred to the meeting of ${longDate(later.head.dated)}.`
}

async function laterMeeting(trx: Trx, from: Meeting, to: RecordKey): Promise<Meeting> {
  const later = await mustFindMeeting(trx, to)
  if (later.row.body_id !== from.row.body_id) throw new Refusal(['An item is put off to a meeting of the same body.'])
  if (Temporal.PlainDate.compare(later.head.dated, from.head.dated) <= 0) {
    throw new Refusal(['An item is put off to a later meeting.'])
  }
  return later
}

interface Carried {
  from: Meeting
  later: Meeting
  item: ItemRow
  late: LateItem | null
  /** On the later agenda. */
  partOf: string | null
}

/** Makes the item anew on the later agenda, with what is considered under it and its parts. */
async function carryOver(trx: Trx, act: Act, carried: Carried): Promise<string> {
  const { from, later, item, late, partOf } = carried
  const { title, kind, ground, lead } = item
  const id = await addItem(trx, act, later.head, { title, kind, ground, lead, late, partOf })
  const considered = (await consideredAt(trx, from.head)).filter(each => each.item_id === item.id)
  for (const { record_id, record_kind } of considered) {
    const row = { area_id: item.area_id, item_id: id, record_id, record_kind, added_at: act.now }
    await insertConsidered(trx, row)
  }
  await tieConsidered(trx, act, later.head)
  const parts = (await itemsOf(trx, from.head)).filter(each => each.parent_id === item.id)
  for (const part of parts.filter(each => each.withdrawn_on === null)) {
    await carryOver(trx, act, { ...carried, item: part, partOf: id })
  }
  return id
}
