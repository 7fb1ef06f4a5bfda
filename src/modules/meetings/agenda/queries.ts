import { sql } from 'kysely'
import { randomUUIDv7 } from 'node:crypto'
import type { ColumnType, Generated, Insertable, Selectable, Updateable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import { StaleRecord } from '../../../platform/refusals.ts'
import type { Classification, Ground } from '../../../record/classification.ts'
import { allKinds } from '../../../record/kinds.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecords } from '../../../record/records.ts'
import type { ItemKind, Lateness } from './rules.ts'

type OptionalDay = ColumnType<
  Temporal.PlainDate | null,
  Temporal.PlainDate | null | undefined,
  Temporal.PlainDate | null
>

type OptionalText = ColumnType<string | null, string | null | undefined, string | null>

interface ItemTable {
  area_id: number
  id: string
  meeting_id: string
  position: number
  number: string | null
  printed_reference: string | null
  title: string
  kind: ItemKind
  classification: ColumnType<Classification, Classification | undefined, Classification>
  ground: ColumnType<Ground | null, string | null | undefined, string | null>
  withdrawn_on: OptionalDay
  withdrawn_why: ColumnType<string | null, string | null | undefined, string | null>
  version: Generated<number>
  parent_id: OptionalText
  lead: OptionalText
  lateness: ColumnType<Lateness | null, Lateness | null | undefined, Lateness | null>
  late_reason: OptionalText
  late_decided_on: OptionalDay
}

interface ItemRecordTable {
  area_id: number
  item_id: string
  record_id: string
  record_kind: string
  added_at: ColumnType<Temporal.Instant, Temporal.Instant, never>
}

export const presences = ['attended', 'apologies', 'minutes'] as const
export type Presence = (typeof presences)[number]

/** In which group the minutes list somebody. */
export const parts = ['member', 'co-opted', 'officer', 'office', 'force', 'guest', 'other'] as const
export type Part = (typeof parts)[number]

interface AttendanceTable {
  area_id: number
  id: string
  meeting_id: string
  position: number
  organisation_id: string | null
  person_id: string | null
  label: string
  initials: string | null
  presence: Presence
  arrived: string | null
  left_at: string | null
  part: ColumnType<Part | null, Part | null | undefined, Part | null>
  authority: OptionalText
  seat_id: OptionalText
  as_substitute: Generated<boolean>
  substitute_for: OptionalText
  votes: Generated<boolean>
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    meetings_item: ItemTable
    meetings_item_record: ItemRecordTable
    meetings_attendance: AttendanceTable
  }
}

export type ItemRow = Selectable<ItemTable>
export type AttendanceRow = Selectable<AttendanceTable>
export type ConsideredRow = Pick<Selectable<ItemRecordTable>, 'item_id' | 'record_id' | 'record_kind'>

/*
 * None of these tables has a policy of its own: ask only for meetings that the viewer holds, or whose minutes the
 * viewer's organisation holds.
 */

/** The items of a meeting in the order of its agenda, those withdrawn too. */
export async function itemsOf(trx: Trx, meeting: RecordKey): Promise<ItemRow[]> {
  return trx
    .selectFrom('meetings_item')
    .selectAll()
    .where('area_id', '=', meeting.areaId)
    .where('meeting_id', '=', meeting.id)
    .orderBy('position')
    .execute()
}

export async function insertItem(trx: Trx, row: Omit<Insertable<ItemTable>, 'id' | 'version'>): Promise<string> {
  const id = randomUUIDv7()
  await trx
    .insertInto('meetings_item')
    .values({ id, ...row })
    .execute()
  return id
}

/**
 * Changes an item, if it is still as the person saw it.
 *
 * @param expectedVersion null for changes the software itself makes
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function changeItemRow(
  trx: Trx,
  key: RecordKey,
  expectedVersion: number | null,
  changes: Omit<Updateable<ItemTable>, 'version'>,
): Promise<void> {
  let update = trx
    .updateTable('meetings_item')
    .set(e => ({ ...changes, version: e('version', '+', 1) }))
    .where('area_id', '=', key.areaId)
    .where('id', '=', key.id)
  if (expectedVersion !== null) update = update.where('version', '=', expectedVersion)
  const { numUpdatedRows } = await update.executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) throw new StaleRecord()
}

/** Puts the items of a meeting in this order. */
export async function placeItems(trx: Trx, areaId: number, ids: readonly string[]): Promise<void> {
  for (const [position, id] of ids.entries()) {
    await trx
      .updateTable('meetings_item')
      .set({ position })
      .where('area_id', '=', areaId)
      .where('id', '=', id)
      .execute()
  }
}

export async function deleteItem(trx: Trx, key: RecordKey): Promise<void> {
  await trx.deleteFrom('meetings_item').where('area_id', '=', key.areaId).where('id', '=', key.id).execute()
}

/** What is considered under each item of a meeting, in the order it was taken. */
export async function consideredAt(trx: Trx, meeting: RecordKey): Promise<ConsideredRow[]> {
  return trx
    .selectFrom('meetings_item_record as c')
    .innerJoin('meetings_item as i', join => join.onRef('i.area_id', '=', 'c.area_id').onRef('i.id', '=', 'c.item_id'))
    .select(['c.item_id', 'c.record_id', 'c.record_kind'])
    .where('i.area_id', '=', meeting.areaId)
    .where('i.meeting_id', '=', meeting.id)
    .orderBy('c.added_at')
    .orderBy('c.record_id')
    .execute()
}

export async function insertConsidered(trx: Trx, row: Insertable<ItemRecordTable>): Promise<void> {
  await trx
    .insertInto('meetings_item_record')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

export async function deleteConsidered(trx: Trx, item: RecordKey, recordId: string): Promise<void> {
  await trx
    .deleteFrom('meetings_item_record')
    .where('area_id', '=', item.areaId)
    .where('item_id', '=', item.id)
    .where('record_id', '=', recordId)
    .execute()
}

/** States in which a record is its maker's own business still. */
const drafts: readonly string[] = ['draft', 'ready']

/**
 * Records of some kinds that are still open, drafts apart, and that the transaction's organisations hold, the earliest
 * due first: what an agenda may take up.
 */
export async function openRecords(trx: Trx, areaId: number, kinds: readonly string[]): Promise<RecordHead[]> {
  const states = allKinds()
    .filter(kind => kinds.includes(kind.kind))
    .flatMap(({ kind, states }) =>
      Object.entries(states).flatMap(([state, { open }]) =>
        open && !drafts.includes(state) ? [`${kind}/${state}`] : [],
      ),
    )
  if (states.length === 0) return []
  const rows = await trx
    .selectFrom('record')
    .select('id')
    .where('area_id', '=', areaId)
    .where('kind', 'in', kinds)
    .where(sql<boolean>`kind || '/' || state = any (${states})`)
    .orderBy(sql`coalesce(due_date, dated)`)
    .orderBy('id')
    .limit(200)
    .execute()
  const ids = rows.map(row => row.id)
  const heads = await findRecords(trx, areaId, ids)
  return heads.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
}

/** Who attended, sent apologies and took the minutes, in the order entered. */
export async function attendanceOf(trx: Trx, meeting: RecordKey): Promise<AttendanceRow[]> {
  return trx
    .selectFrom('meetings_attendance')
    .selectAll()
    .where('area_id', '=', meeting.areaId)
    .where('meeting_id', '=', meeting.id)
    .orderBy('position')
    .execute()
}

export async function insertAttendance(
  trx: Trx,
  row: Omit<Insertable<AttendanceTable>, 'id' | 'position'>,
): Promise<string> {
  const id = randomUUIDv7()
  const { last } = await trx
    .selectFrom('meetings_attendance')
    .select(e => e.fn.max('position').as('last'))
    .where('area_id', '=', row.area_id)
    .where('meeting_id', '=', row.meeting_id)
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('meetings_attendance')
    .values({ id, position: (last ?? 0) + 1, ...row })
    .execute()
  return id
}

export async function deleteAttendance(trx: Trx, meeting: RecordKey, id: string): Promise<void> {
  await trx
    .deleteFrom('meetings_attendance')
    .where('area_id', '=', meeting.areaId)
    .where('meeting_id', '=', meeting.id)
    .where('id', '=', id)
    .execute()
}

/** Sets the initials by which the minutes mean somebody. */
export async function setInitials(trx: Trx, meeting: RecordKey, id: string, initials: string | null): Promise<void> {
  await trx
    .updateTable('meetings_attendance')
    .set({ initials })
    .where('area_id', '=', meeting.areaId)
    .where('meeting_id', '=', meeting.id)
    .where('id', '=', id)
    .execute()
}
