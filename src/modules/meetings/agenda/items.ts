import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { londonDate } from '../../../platform/time.ts'
import type { Ground } from '../../../record/classification.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord, findRecords } from '../../../record/records.ts'
import { mustFindMeeting } from '../meeting/add-meeting.ts'
import type { Meeting } from '../meeting/queries.ts'
import { agendaObstacles } from '../meeting/rules.ts'
import { findMinutesOf } from '../minutes/queries.ts'
import { raisedUnder } from '../outcomes/queries.ts'
import { refuseIf } from '../refuse.ts'
import { tieConsidered } from './considered.ts'
import { changeItemRow, deleteItem, insertItem, itemsOf, placeItems } from './queries.ts'
import type { ItemRow } from './queries.ts'
import { classificationOf, markingObstacles, reordered } from './rules.ts'
import type { ItemKind } from './rules.ts'

export interface NewItem {
  title: string
  kind?: ItemKind
  /** As printed; the place in the order unless said. */
  number?: string | null
  printedReference?: string | null
  /** Why it is withheld; null or left out for an open item. */
  ground?: Ground | null
}

/** A meeting whose agenda may be changed now, with the state of its minutes. */
async function openAgenda(trx: Trx, key: RecordKey): Promise<{ meeting: Meeting; minutes: string | null }> {
  const meeting = await mustFindMeeting(trx, key)
  const minutes = (await findMinutesOf(trx, key))?.head.state ?? null
  refuseIf(agendaObstacles({ state: meeting.state, minutes }))
  return { meeting, minutes }
}

/**
 * Adds an item at the end of the agenda, but before any other business as long as that has no number of its own.
 *
 * @returns the item's id
 * @throws Refusal where the agenda may not be changed any more, or the ground is not this organisation's law
 */
export async function addItem(trx: Trx, act: Act, key: RecordKey, made: NewItem): Promise<string> {
  const { minutes } = await openAgenda(trx, key)
  const ground = made.ground ?? null
  refuseIf(markingObstacles(ground, { holder: act.viewer.organisation.kind, minutes, publishedOutcomes: [] }))
  const items = await itemsOf(trx, key)
  const id = await insertItem(trx, {
    area_id: key.areaId,
    meeting_id: key.id,
    position: (items.at(-1)?.position ?? -1) + 1,
    number: made.number ?? null,
    printed_reference: made.printedReference ?? null,
    title: made.title,
    kind: made.kind ?? 'ordinary',
    classification: classificationOf(ground),
    ground: ground === null ? null : JSON.stringify(ground),
  })
  const last = items.at(-1)
  if (made.kind !== 'other-business' && last?.kind === 'other-business' && last.number === null) {
    await placeItems(trx, key.areaId, [...items.slice(0, -1).map(item => item.id), id, last.id])
  }
  await noteAgenda(trx, act, key, 'item-added', id)
  return id
}

/** Writes into the meeting's history what happened to its agenda; of what an item says, nothing. */
async function noteAgenda(trx: Trx, act: Act, key: RecordKey, kind: string, item: string, why?: string): Promise<void> {
  await changeRecord(trx, act, key, null, {}, { kind, ...(why !== undefined && { why }), details: { item } })
}

/** An item of a meeting's agenda. */
export async function mustFindItem(trx: Trx, meeting: RecordKey, id: string): Promise<ItemRow> {
  const item = (await itemsOf(trx, meeting)).find(each => each.id === id)
  if (item === undefined) throw new Refusal(['This item is not there any more.'])
  return item
}

/**
 * Changes the words of an item.
 *
 * @param version the item's version that the person saw
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function changeItem(
  trx: Trx,
  act: Act,
  key: RecordKey,
  id: string,
  version: number,
  changed: Pick<ItemRow, 'title' | 'kind' | 'number'>,
): Promise<void> {
  await openAgenda(trx, key)
  await mustFindItem(trx, key, id)
  await changeItemRow(trx, { areaId: key.areaId, id }, version, changed)
  await noteAgenda(trx, act, key, 'item-changed', id)
}

/**
 * Marks an item as open, or as withheld on a ground. What is considered under it and what was raised under it follow:
 * under a withheld item no tie leads from the meeting to what it considers, and its actions carry its ground.
 *
 * @throws Refusal with every reason where it may not be marked so
 */
export async function markItem(
  trx: Trx,
  act: Act,
  key: RecordKey,
  id: string,
  version: number,
  ground: Ground | null,
): Promise<void> {
  const { head } = await mustFindMeeting(trx, key)
  await mustFindItem(trx, key, id)
  const minutes = await findMinutesOf(trx, key)
  const raised = await findRecords(trx, key.areaId, await raisedUnder(trx, { areaId: key.areaId, id }))
  const published = raised.filter(each => each.publication === 'published').map(each => each.reference)
  const holder = act.viewer.organisation.kind
  refuseIf(markingObstacles(ground, { holder, minutes: minutes?.head.state ?? null, publishedOutcomes: published }))
  const classification = classificationOf(ground)
  const marking = { classification, ground: ground === null ? null : JSON.stringify(ground) }
  await changeItemRow(trx, { areaId: key.areaId, id }, version, marking)
  await tieConsidered(trx, act, head)
  for (const action of raised)
    await changeRecord(trx, act, action, null, { classification, ground }, { kind: 'classified' })
  await noteAgenda(trx, act, key, 'item-marked', id)
}

/** Moves an item up or down; one that is at the end stays. */
export async function moveItem(
  trx: Trx,
  act: Act,
  key: RecordKey,
  id: string,
  direction: 'up' | 'down',
): Promise<void> {
  await openAgenda(trx, key)
  const items = await itemsOf(trx, key)
  const order = reordered(
    items.map(item => item.id),
    id,
    direction,
  )
  if (order === null) return
  await placeItems(trx, key.areaId, order)
  await noteAgenda(trx, act, key, 'item-moved', id)
}

/**
 * Withdraws an item. Before anyone was sent the agenda it simply goes; afterwards it stays as a tombstone with the
 * reason, so that the numbers of the others stand.
 */
export async function withdrawItem(
  trx: Trx,
  act: Act,
  key: RecordKey,
  id: string,
  version: number,
  why: string,
): Promise<void> {
  const { meeting, minutes } = await openAgenda(trx, key)
  const item = await mustFindItem(trx, key, id)
  if (item.withdrawn_on !== null) throw new Refusal(['It is withdrawn already.'])
  const gone = { withdrawn_on: londonDate(act.now), withdrawn_why: why }
  await changeItemRow(trx, { areaId: key.areaId, id }, version, gone)
  await tieConsidered(trx, act, meeting.head)
  if (meeting.state === 'planned' && meeting.row.agenda_sent_on === null && minutes === null) {
    await deleteItem(trx, { areaId: key.areaId, id })
  }
  await noteAgenda(trx, act, key, 'item-withdrawn', id, why)
}
