import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Generated, GeneratedAlways, Insertable, Selectable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import type { Answers, ClosingWay } from './rules.ts'
import type { RowShows } from './words.ts'

interface ItemTable {
  area_id: number
  record_id: string
  asked: string
  raised_by_organisation: string
  raised_by_body: string | null
  raised_by_words: string
  lead_words: string
  first_due: string | null
  first_due_date: Temporal.PlainDate | null
  due_moves: Generated<number>
  finding: string | null
  reopened: Generated<number>
  received_on: Temporal.PlainDate | null
  cancelled_why: string | null
  rag_override: 'red' | 'amber' | 'green' | null
  rag_override_why: string | null
  rag_override_by: string | null
  rag_override_on: Temporal.PlainDate | null
  printed_state: string | null
  row_shows: RowShows | null
  row_shows_why: string | null
  row_shows_on: Temporal.PlainDate | null
  source: string | null
}

interface LeadTable {
  area_id: number
  id: string
  record_id: string
  words: string
  person_id: string | null
  organisation_id: string | null
  role: string | null
  stands_in_for: string | null
  since: Temporal.PlainDate
  until: Temporal.PlainDate | null
  ended_why: string | null
  seq: GeneratedAlways<number>
}

interface AddresseeTable {
  area_id: number
  id: string
  record_id: string
  organisation_id: string | null
  words: string
  seq: GeneratedAlways<number>
}

interface ClosureTable {
  area_id: number
  id: string
  record_id: string
  closed_on: Temporal.PlainDate
  way: ClosingWay | null
  meeting_id: string | null
  meeting_words: string | null
  answers_asked: Answers
  reason: string
  reopened_on: Temporal.PlainDate | null
  reopened_meeting_id: string | null
  reopened_meeting_words: string | null
  reopened_why: string | null
  seq: GeneratedAlways<number>
}

interface UpdateTable {
  area_id: number
  id: string
  record_id: string
  dated: Temporal.PlainDate
  text: string
  written_by: string
  organisation_id: string
  seq: GeneratedAlways<number>
}

interface DueChangeTable {
  area_id: number
  id: string
  record_id: string
  changed_on: Temporal.PlainDate
  due_before: string
  due_after: string
  reason: string
  changed_by: string
  counted: Generated<boolean>
  seq: GeneratedAlways<number>
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    follow_up_item: ItemTable
    follow_up_lead: LeadTable
    follow_up_addressee: AddresseeTable
    follow_up_closure: ClosureTable
    follow_up_update: UpdateTable
    follow_up_due_change: DueChangeTable
  }
}

/** What is particular to a recommendation, a request or an action, beside its record's head. */
export type ItemRow = Selectable<ItemTable>
export type LeadRow = Selectable<LeadTable>
export type AddresseeRow = Selectable<AddresseeTable>
export type ClosureRow = Selectable<ClosureTable>
export type Update = Selectable<UpdateTable>
export type DueChange = Selectable<DueChangeTable>

/** Adds what is particular to an item whose record was just made. */
export async function insertItem(trx: Trx, item: Insertable<ItemTable>): Promise<void> {
  await trx.insertInto('follow_up_item').values(item).execute()
}

/** The item of a record that the viewer's organisations hold, or null. */
export async function findItem(trx: Trx, key: RecordKey): Promise<ItemRow | null> {
  return (await findItems(trx, key.areaId, [key.id])).get(key.id) ?? null
}

/** The items of several records, by the record's id; those not visible are left out. */
export async function findItems(trx: Trx, areaId: number, ids: readonly string[]): Promise<Map<string, ItemRow>> {
  if (ids.length === 0) return new Map()
  const rows = await trx
    .selectFrom('follow_up_item')
    .innerJoin('record', join =>
      join.onRef('record.area_id', '=', 'follow_up_item.area_id').onRef('record.id', '=', 'follow_up_item.record_id'),
    )
    .selectAll('follow_up_item')
    .where('record.area_id', '=', areaId)
    .where('record.id', 'in', ids)
    .execute()
  return new Map(rows.map(row => [row.record_id, row]))
}

export async function changeItem(trx: Trx, key: RecordKey, changes: Partial<Insertable<ItemTable>>): Promise<void> {
  await trx
    .updateTable('follow_up_item')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

export async function insertLead(trx: Trx, lead: Omit<Insertable<LeadTable>, 'id'>): Promise<void> {
  await trx
    .insertInto('follow_up_lead')
    .values({ id: randomUUIDv7(), ...lead })
    .execute()
}

/** Everyone who leads or led on some items, in the order they took it on. Ask only for items the viewer may see. */
export async function leadsOf(trx: Trx, areaId: number, ids: readonly string[]): Promise<LeadRow[]> {
  return trx
    .selectFrom('follow_up_lead')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('record_id', '=', sql<string>`any (${[...ids]}::uuid[])`)
    .orderBy('seq')
    .execute()
}

export async function endLeads(
  trx: Trx,
  areaId: number,
  ids: readonly string[],
  until: Temporal.PlainDate,
  why: string,
): Promise<void> {
  await trx
    .updateTable('follow_up_lead')
    .set({ until, ended_why: why })
    .where('area_id', '=', areaId)
    .where('id', '=', sql<string>`any (${[...ids]}::uuid[])`)
    .where('until', 'is', null)
    .execute()
}

export async function insertAddressee(trx: Trx, addressee: Omit<Insertable<AddresseeTable>, 'id'>): Promise<void> {
  await trx
    .insertInto('follow_up_addressee')
    .values({ id: randomUUIDv7(), ...addressee })
    .execute()
}

/** To whom a recommendation is addressed, as given. Ask only for items the viewer holds or was sent. */
export async function addresseesOf(trx: Trx, key: RecordKey): Promise<AddresseeRow[]> {
  return trx
    .selectFrom('follow_up_addressee')
    .selectAll()
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .orderBy('seq')
    .execute()
}

export async function insertUpdate(trx: Trx, update: Omit<Insertable<UpdateTable>, 'id'>): Promise<void> {
  await trx
    .insertInto('follow_up_update')
    .values({ id: randomUUIDv7(), ...update })
    .execute()
}

/** The dated updates of an item, earliest first. Ask only for items the viewer may see. */
export async function updatesOf(trx: Trx, key: RecordKey): Promise<Update[]> {
  return updatesOfAll(trx, key.areaId, [key.id])
}

/** The dated updates of several items, earliest first. */
export async function updatesOfAll(trx: Trx, areaId: number, ids: readonly string[]): Promise<Update[]> {
  return trx
    .selectFrom('follow_up_update')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('record_id', '=', sql<string>`any (${[...ids]}::uuid[])`)
    .orderBy('dated')
    .orderBy('seq')
    .execute()
}

/** What an organisation itself has written to an item it was sent: its own words, and nobody else's. */
export async function ownUpdatesOf(trx: Trx, key: RecordKey, organisation: string): Promise<Update[]> {
  return (await updatesOf(trx, key)).filter(update => update.organisation_id === organisation)
}

export async function insertDueChange(trx: Trx, change: Omit<Insertable<DueChangeTable>, 'id'>): Promise<void> {
  await trx
    .insertInto('follow_up_due_change')
    .values({ id: randomUUIDv7(), ...change })
    .execute()
}

/** Every change of an item's due, earliest first. Ask only for items the viewer may see. */
export async function dueChangesOf(trx: Trx, key: RecordKey): Promise<DueChange[]> {
  return dueChangesOfAll(trx, key.areaId, [key.id])
}

/** Every change of the dues of several items, earliest first. */
export async function dueChangesOfAll(trx: Trx, areaId: number, ids: readonly string[]): Promise<DueChange[]> {
  return trx
    .selectFrom('follow_up_due_change')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('record_id', '=', sql<string>`any (${[...ids]}::uuid[])`)
    .orderBy('changed_on')
    .orderBy('seq')
    .execute()
}

export async function insertClosure(trx: Trx, closure: Omit<Insertable<ClosureTable>, 'id'>): Promise<void> {
  await trx
    .insertInto('follow_up_closure')
    .values({ id: randomUUIDv7(), ...closure })
    .execute()
}

/** Puts on record that the closing that stands was undone. */
export async function undoClosure(
  trx: Trx,
  key: RecordKey,
  changes: { on: Temporal.PlainDate; why: string; meetingId: string | null; meetingWords: string },
): Promise<void> {
  await trx
    .updateTable('follow_up_closure')
    .set({
      reopened_on: changes.on,
      reopened_why: changes.why,
      reopened_meeting_id: changes.meetingId,
      reopened_meeting_words: changes.meetingWords,
    })
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .where('reopened_on', 'is', null)
    .execute()
}

/** Every closing of some items, earliest first, those that were undone too. */
export async function closuresOf(trx: Trx, areaId: number, ids: readonly string[]): Promise<ClosureRow[]> {
  return trx
    .selectFrom('follow_up_closure')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('record_id', '=', sql<string>`any (${[...ids]}::uuid[])`)
    .orderBy('seq')
    .execute()
}
