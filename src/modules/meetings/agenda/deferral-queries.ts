import { randomUUIDv7 } from 'node:crypto'
import type { Insertable, Selectable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'

interface DeferralTable {
  area_id: number
  id: string
  thread: string
  from_meeting: string
  from_item: string
  to_meeting: string | null
  to_item: string | null
  title: string
  why: string
  decided_on: Temporal.PlainDate
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    meetings_deferral: DeferralTable
  }
}

export type Deferral = Selectable<DeferralTable>

/** Keeps that an item was put off. */
export async function insertDeferral(trx: Trx, row: Omit<Insertable<DeferralTable>, 'id'>): Promise<void> {
  await trx
    .insertInto('meetings_deferral')
    .values({ id: randomUUIDv7(), ...row })
    .execute()
}

/** The first item of those that were put off one after the other, or null where this one never was. */
export async function threadOf(trx: Trx, item: RecordKey): Promise<string | null> {
  const row = await trx
    .selectFrom('meetings_deferral')
    .select('thread')
    .where('area_id', '=', item.areaId)
    .where(e => e.or([e('to_item', '=', item.id), e('from_item', '=', item.id)]))
    .executeTakeFirst()
  return row?.thread ?? null
}

/**
 * How often an item was put off, and why each time, the first time first. The item must be one of a meeting that the
 * transaction's organisations hold.
 */
export async function deferralsOf(trx: Trx, item: RecordKey): Promise<Deferral[]> {
  const thread = await threadOf(trx, item)
  if (thread === null) return []
  return trx
    .selectFrom('meetings_deferral')
    .selectAll()
    .where('area_id', '=', item.areaId)
    .where('thread', '=', thread)
    .orderBy('decided_on')
    .orderBy('id')
    .execute()
}

/** What was put off at a meeting that the transaction's organisations hold. */
export async function deferredAt(trx: Trx, meeting: RecordKey): Promise<Deferral[]> {
  return trx
    .selectFrom('meetings_deferral')
    .selectAll()
    .where('area_id', '=', meeting.areaId)
    .where('from_meeting', '=', meeting.id)
    .orderBy('id')
    .execute()
}
