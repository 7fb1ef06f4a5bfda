import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { londonDate } from '../../../platform/time.ts'
import type { Ground } from '../../../record/classification.ts'
import { endReview, followClassification } from '../../../record/classification-review.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord, findRecords } from '../../../record/records.ts'
import { mustFindMeeting } from '../meeting/add-meeting.ts'
import type { Meeting } from '../meeting/queries.ts'
import { agendaObstacles } from '../meeting/rules.ts'
import { findMinutesOf } from '../minutes/queries.ts'
import { raisedUnder } from '../outcomes/queries.ts'
import { publishedUnder } from '../papers/publish-papers.ts'
import { refuseIf } from '../refuse.ts'
import { tieConsidered } from './considered.ts'
import { changeItemRow, deleteItem, insertItem, itemsOf, placeItems } from './queries.ts'
import type { ItemRow } from './queries.ts'
import { classificationOf, isOpen, lateObstacles, markingObstacles, reorderedAgenda, withParts } from './rules.ts'
import type { ItemKind, LateItem } from './rules.ts'

export interface NewItem {
  title: string
  kind?: ItemKind
  /** As printed; the place in the order unless said. */
  number?: string | null
  printedReference?: string | null
  /** Why it is withheld; null or left out for an open item. */
  ground?: Ground | null
  /** The item it is a part of, which is no part itself. */
  partOf?: string | null
  /** Who leads on it, as the agenda says. */
  lead?: string | null
  /** Owed once the agenda is published. */
  late?: LateItem | null
}

/** A meeting whose agenda may be changed now, with the state of its minutes. */
async function openAgenda(trx: Trx, key: RecordKey): Promise<{ meeting: Meeting; minutes: string | null }> {
  const meeting = await mustFindMeeting(trx, key)
  const minutes = (await findMinutesOf(trx, key))?.head.state ?? null
  refuseIf(agendaObstacles({ state: meeting.state, minutes }))
  return { meeting, minutes }
}

/**
 * Adds an item at the end of the agenda, but before any other business as long as that has no number of its own; or as
 * the last part of another item.
 *
 * @returns the item's id
 * @throws Refusal where the agenda may not be changed any more, where it is published and no reason of the chair is
 *   given, or where the ground is not this organisation's law
 */
export async function addItem(trx: Trx, act: Act, key: RecordKey, made: NewItem): Promise<string> {
  const { meeting, minutes } = await openAgenda(trx, key)
  const items = await itemsOf(trx, key)
  // A part of a withheld item is withheld with it, whatever else was said.
  const whole = items.find(item => item.id === made.partOf)
  const ground = made.ground ?? whole?.ground ?? null
  refuseIf(markingObstacles(ground, { holder: act.viewer.organisation.kind, minutes, publishedOutcomes: [] }))
  if (act.loading === undefined) {
    refuseIf(lateObstacles(isAnnounced(meeting), made.late ?? null, londonDate(act.now)))
  }
  refuseIf(partObstacles(items, made.partOf ?? null))
  const id = await insertItem(trx, rowOf(key, { ...made, ground }, (items.at(-1)?.position ?? -1) + 1))
  await placeItems(trx, key.areaId, placesWith(items, id, made))
  await followClassification(
    trx,
    act,
    meeting.head,
    openMarking,
    { classification: classificationOf(ground), ground },
    id,
  )
  await noteAgenda(trx, act, key, 'item-added', id)
  return id
}

const openMarking = { classification: 'open' as const, ground: null }

/** Whether the public has read the agenda: from then on every further item is a late one. */
export function isAnnounced({ state }: Pick<Meeting, 'state'>): boolean {
  return state !== 'planned'
}

function rowOf(key: RecordKey, made: NewItem, position: number) {
  const ground = made.ground ?? null
  return {
    area_id: key.areaId,
    meeting_id: key.id,
    position,
    number: made.number ?? null,
    printed_reference: made.printedReference ?? null,
    title: made.title,
    kind: made.kind ?? 'ordinary',
    classification: classificationOf(ground),
    ground: ground === null ? null : JSON.stringify(ground),
    parent_id: made.partOf ?? null,
    lead: made.lead ?? null,
    lateness: made.late?.as ?? null,
    late_reason: made.late?.reason ?? null,
    late_decided_on: made.late?.decidedOn ?? null,
  }
}

/** Why an item may not have a part: agendas are two deep, 5 and 5a. */
function partObstacles(items: readonly ItemRow[], whole: string | null): string[] {
  if (whole === null) return []
  const found = items.find(item => item.id === whole)
  if (found === undefined) return ['The item that this is a part of is not there any more.']
  if (found.withdrawn_on !== null) return ['The item that this is a part of is withdrawn.']
  return found.parent_id === null ? [] : ['A part of an item has no parts of its own.']
}

/** The order of an agenda with a new item in its place. */
function placesWith(items: readonly ItemRow[], id: string, made: NewItem): string[] {
  const added = { id, parent_id: made.partOf ?? null }
  const last = items.findLast(item => item.parent_id === null)
  const waits = last?.kind === 'other-business' && last.number === null && made.kind !== 'other-business'
  if (last === undefined || !waits || added.parent_id !== null) return withParts([...items, added])
  return withParts([...items.filter(item => item.id !== last.id), added, last])
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
  changed: Pick<ItemRow, 'title' | 'kind' | 'number'> & { lead?: string | null },
): Promise<void> {
  await openAgenda(trx, key)
  await mustFindItem(trx, key, id)
  await changeItemRow(trx, { areaId: key.areaId, id }, version, changed)
  await noteAgenda(trx, act, key, 'item-changed', id)
}

/**
 * Marks an item as open, or as withheld on a ground, its open parts with it. What is considered under it and what was raised under it follow:
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
  const item = await mustFindItem(trx, key, id)
  const items = await itemsOf(trx, key)
  const whole = items.find(each => each.id === item.parent_id)
  if (ground === null && whole !== undefined && !isOpen(whole)) {
    throw new Refusal(['It is a part of an item that is withheld. Mark the whole item as open first.'])
  }
  const minutes = await findMinutesOf(trx, key)
  const raised = await findRecords(trx, key.areaId, await raisedUnder(trx, { areaId: key.areaId, id }))
  const outcomes = raised.filter(each => each.publication === 'published').map(each => each.reference)
  const published = [...outcomes, ...(await publishedUnder(trx, key, id))]
  const holder = act.viewer.organisation.kind
  refuseIf(markingObstacles(ground, { holder, minutes: minutes?.head.state ?? null, publishedOutcomes: published }))
  const classification = classificationOf(ground)
  const marking = { classification, ground: ground === null ? null : JSON.stringify(ground) }
  await changeItemRow(trx, { areaId: key.areaId, id }, version, marking)
  await followClassification(trx, act, head, item, { classification, ground }, id)
  for (const part of ground === null ? [] : openPartsOf(items, id)) {
    await markItem(trx, act, key, part.id, part.version, ground)
  }
  await tieConsidered(trx, act, head)
  for (const action of raised)
    await changeRecord(trx, act, action, null, { classification, ground }, { kind: 'classified' })
  await noteAgenda(trx, act, key, 'item-marked', id)
}

function openPartsOf(items: readonly ItemRow[], id: string): readonly ItemRow[] {
  return items.filter(each => each.parent_id === id && isOpen(each))
}

/** Moves an item up or down among its own kind, its parts with it; one that is at the end stays. */
export async function moveItem(
  trx: Trx,
  act: Act,
  key: RecordKey,
  id: string,
  direction: 'up' | 'down',
): Promise<void> {
  await openAgenda(trx, key)
  const items = await itemsOf(trx, key)
  const order = reorderedAgenda(items, id, direction)
  if (order === null) return
  await placeItems(trx, key.areaId, order)
  await noteAgenda(trx, act, key, 'item-moved', id)
}

/**
 * Withdraws an item, and its parts with it. Before anyone was sent the agenda it simply goes; afterwards it stays as a
 * tombstone with the reason, so that the numbers of the others stand.
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
  const parts = (await itemsOf(trx, key)).filter(each => each.parent_id === id)
  await changeItemRow(trx, { areaId: key.areaId, id }, version, gone)
  for (const part of parts.filter(each => each.withdrawn_on === null)) {
    await changeItemRow(trx, { areaId: key.areaId, id: part.id }, null, gone)
  }
  for (const each of [...parts, item]) await endReview(trx, act, meeting.head, each.id, 'The item was withdrawn.')
  await tieConsidered(trx, act, meeting.head)
  if (meeting.state === 'planned' && meeting.row.agenda_sent_on === null && minutes === null) {
    for (const each of [...parts, item]) await deleteItem(trx, { areaId: key.areaId, id: each.id })
  }
  await noteAgenda(trx, act, key, 'item-withdrawn', id, why)
}
