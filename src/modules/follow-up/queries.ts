import { randomUUIDv7 } from 'node:crypto'
import type { GeneratedAlways, Insertable, Selectable } from 'kysely'
import type { Trx } from '../../platform/database/tables.ts'
import type { RecordKey } from '../../record/record.ts'
import type { Answers } from './rules.ts'

interface ActionTable {
  area_id: number
  record_id: string
  asked: string
  raised_by_organisation: string
  raised_by_words: string
  lead_words: string
  first_due: string | null
  first_due_date: Temporal.PlainDate | null
  due_moves: number
  finding: string | null
  answers_asked: Answers | null
  closing_reason: string | null
  closed_on: Temporal.PlainDate | null
  reopened: number
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
  seq: GeneratedAlways<number>
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    follow_up_action: ActionTable
    follow_up_update: UpdateTable
    follow_up_due_change: DueChangeTable
  }
}

/** What is particular to an action, beside its record's head. */
export type Action = Selectable<ActionTable>
export type Update = Selectable<UpdateTable>
export type DueChange = Selectable<DueChangeTable>

/** Adds what is particular to an action whose record was just made. */
export async function insertAction(trx: Trx, action: Insertable<ActionTable>): Promise<void> {
  await trx.insertInto('follow_up_action').values(action).execute()
}

/** The action of a record that the viewer's organisations hold, or null. */
export async function findAction(trx: Trx, key: RecordKey): Promise<Action | null> {
  const row = await trx
    .selectFrom('follow_up_action')
    .innerJoin('record', join =>
      join
        .onRef('record.area_id', '=', 'follow_up_action.area_id')
        .onRef('record.id', '=', 'follow_up_action.record_id'),
    )
    .selectAll('follow_up_action')
    .where('record.area_id', '=', key.areaId)
    .where('record.id', '=', key.id)
    .executeTakeFirst()
  return row ?? null
}

/** The actions of several records, by the record's id; those not visible are left out. */
export async function findActions(trx: Trx, areaId: number, ids: readonly string[]): Promise<Map<string, Action>> {
  if (ids.length === 0) return new Map()
  const rows = await trx
    .selectFrom('follow_up_action')
    .innerJoin('record', join =>
      join
        .onRef('record.area_id', '=', 'follow_up_action.area_id')
        .onRef('record.id', '=', 'follow_up_action.record_id'),
    )
    .selectAll('follow_up_action')
    .where('record.area_id', '=', areaId)
    .where('record.id', 'in', ids)
    .execute()
  return new Map(rows.map(row => [row.record_id, row]))
}

export async function changeAction(trx: Trx, key: RecordKey, changes: Partial<Insertable<ActionTable>>): Promise<void> {
  await trx
    .updateTable('follow_up_action')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

export async function insertUpdate(trx: Trx, update: Omit<Insertable<UpdateTable>, 'id'>): Promise<void> {
  await trx
    .insertInto('follow_up_update')
    .values({ id: randomUUIDv7(), ...update })
    .execute()
}

/** The dated updates of an action, earliest first. Ask only for actions the viewer may see. */
export async function updatesOf(trx: Trx, key: RecordKey): Promise<Update[]> {
  return trx
    .selectFrom('follow_up_update')
    .selectAll()
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .orderBy('dated')
    .orderBy('seq')
    .execute()
}

export async function insertDueChange(trx: Trx, change: Omit<Insertable<DueChangeTable>, 'id'>): Promise<void> {
  await trx
    .insertInto('follow_up_due_change')
    .values({ id: randomUUIDv7(), ...change })
    .execute()
}

/** Every change of an action's due, earliest first. Ask only for actions the viewer may see. */
export async function dueChangesOf(trx: Trx, key: RecordKey): Promise<DueChange[]> {
  return trx
    .selectFrom('follow_up_due_change')
    .selectAll()
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .orderBy('changed_on')
    .orderBy('seq')
    .execute()
}
