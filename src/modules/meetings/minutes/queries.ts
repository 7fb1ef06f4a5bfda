import { randomUUIDv7 } from 'node:crypto'
import type { ColumnType, Generated, Insertable, JSONColumnType, Selectable, Updateable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import { StaleRecord } from '../../../platform/refusals.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import type { MinutesState } from './rules.ts'

type OptionalDay = ColumnType<
  Temporal.PlainDate | null,
  Temporal.PlainDate | null | undefined,
  Temporal.PlainDate | null
>

interface MinutesTable {
  area_id: number
  record_id: string
  meeting_id: string
  kept_by: string
  taken_by: string | null
  next_meeting_printed: string | null
  next_meeting_date: OptionalDay
  circulated_on: OptionalDay
  agreed_at: ColumnType<string | null, string | null | undefined, string | null>
  agreed_on: OptionalDay
  signed_on: OptionalDay
  published_on: OptionalDay
  stated_findings: JSONColumnType<string[], string | undefined, string>
  source: string | null
}

interface MinuteTable {
  area_id: number
  minutes_id: string
  item_id: string
  text: string
  written_by: string
  written_at: ColumnType<Temporal.Instant, Temporal.Instant, Temporal.Instant>
  version: Generated<number>
}

interface CorrectionTable {
  area_id: number
  id: string
  minutes_id: string
  item_id: string
  text_before: string
  text_after: string
  why: string
  made_by: string
  made_on: Temporal.PlainDate
}

interface SettledProseTable {
  area_id: number
  minutes_id: string
  item_id: string
  sentence: string
  settled_by: string
  settled_on: Temporal.PlainDate
}

interface SignatureTable {
  area_id: number
  minutes_id: string
  organisation_id: string
  name: string
  person_id: string | null
  role: string
  signed_on: Temporal.PlainDate
  inferred: boolean
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    meetings_minutes: MinutesTable
    meetings_minute: MinuteTable
    meetings_correction: CorrectionTable
    meetings_signature: SignatureTable
    meetings_prose_settled: SettledProseTable
  }
}

export type MinutesRow = Selectable<MinutesTable>
export type MinuteRow = Selectable<MinuteTable>
export type CorrectionRow = Selectable<CorrectionTable>
export type SignatureRow = Selectable<SignatureTable>

/** Minutes: the head that every record has, and what is particular to them. */
export interface Minutes {
  head: RecordHead
  row: MinutesRow
  state: MinutesState
}

/** The minutes with this key that the transaction's organisations hold, or null. */
export async function findMinutes(trx: Trx, key: RecordKey): Promise<Minutes | null> {
  const head = await findRecord(trx, key)
  if (head?.kind !== 'minutes') return null
  const row = await trx
    .selectFrom('meetings_minutes')
    .selectAll()
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .executeTakeFirst()
  // The check on the state's word is the record layer's; the kind declares exactly these.
  return row === undefined ? null : { head, row, state: head.state as MinutesState }
}

/** The minutes of a meeting that the transaction's organisations hold, or null. */
export async function findMinutesOf(trx: Trx, meeting: RecordKey): Promise<Minutes | null> {
  const row = await trx
    .selectFrom('meetings_minutes')
    .select('record_id')
    .where('area_id', '=', meeting.areaId)
    .where('meeting_id', '=', meeting.id)
    .executeTakeFirst()
  return row === undefined ? null : findMinutes(trx, { areaId: meeting.areaId, id: row.record_id })
}

/** Adds what is particular to minutes whose record was just made. */
export async function insertMinutes(trx: Trx, row: Insertable<MinutesTable>): Promise<void> {
  await trx.insertInto('meetings_minutes').values(row).execute()
}

export async function changeMinutes(trx: Trx, key: RecordKey, changes: Updateable<MinutesTable>): Promise<void> {
  await trx
    .updateTable('meetings_minutes')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

/*
 * The tables below have no policy of their own: ask only for minutes that the viewer's organisation holds.
 */

/** What is minuted under each item. */
export async function textsOf(trx: Trx, minutes: RecordKey): Promise<MinuteRow[]> {
  return trx
    .selectFrom('meetings_minute')
    .selectAll()
    .where('area_id', '=', minutes.areaId)
    .where('minutes_id', '=', minutes.id)
    .execute()
}

/**
 * Writes what is minuted under an item, if it is still as the person saw it.
 *
 * @param expectedVersion 0 where nothing was written yet; null for the loading of papers
 * @throws StaleRecord if someone else wrote meanwhile
 */
export async function writeText(
  trx: Trx,
  row: Omit<Insertable<MinuteTable>, 'version'>,
  expectedVersion: number | null,
): Promise<void> {
  const written = { text: row.text, written_by: row.written_by, written_at: row.written_at }
  let update = trx
    .updateTable('meetings_minute')
    .set(e => ({ ...written, version: e('version', '+', 1) }))
    .where('area_id', '=', row.area_id)
    .where('minutes_id', '=', row.minutes_id)
    .where('item_id', '=', row.item_id)
  if (expectedVersion !== null) update = update.where('version', '=', expectedVersion)
  const { numUpdatedRows } = await update.executeTakeFirstOrThrow()
  if (numUpdatedRows > 0n) return
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('meetings_minute')
    .values({ ...row, version: 1 })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n || (expectedVersion !== null && expectedVersion !== 0)) throw new StaleRecord()
}

export async function insertCorrection(trx: Trx, row: Omit<Insertable<CorrectionTable>, 'id'>): Promise<void> {
  await trx
    .insertInto('meetings_correction')
    .values({ id: randomUUIDv7(), ...row })
    .execute()
}

/** What was changed between circulation and agreement, in the order it was made. */
export async function correctionsOf(trx: Trx, minutes: RecordKey): Promise<CorrectionRow[]> {
  return trx
    .selectFrom('meetings_correction')
    .selectAll()
    .where('area_id', '=', minutes.areaId)
    .where('minutes_id', '=', minutes.id)
    .orderBy('made_on')
    .orderBy('id')
    .execute()
}

export async function insertSignature(trx: Trx, row: Insertable<SignatureTable>): Promise<void> {
  await trx.insertInto('meetings_signature').values(row).execute()
}

/** Who has signed, the earliest first. */
export async function signaturesOf(trx: Trx, minutes: RecordKey): Promise<SignatureRow[]> {
  return trx
    .selectFrom('meetings_signature')
    .selectAll()
    .where('area_id', '=', minutes.areaId)
    .where('minutes_id', '=', minutes.id)
    .orderBy('signed_on')
    .orderBy('role')
    .execute()
}

/** Sentences that somebody said raise nothing. */
export async function settledIn(trx: Trx, minutes: RecordKey): Promise<Selectable<SettledProseTable>[]> {
  return trx
    .selectFrom('meetings_prose_settled')
    .selectAll()
    .where('area_id', '=', minutes.areaId)
    .where('minutes_id', '=', minutes.id)
    .execute()
}

/** Saying the same again changes nothing. */
export async function insertSettled(trx: Trx, row: Insertable<SettledProseTable>): Promise<void> {
  await trx
    .insertInto('meetings_prose_settled')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .execute()
}
