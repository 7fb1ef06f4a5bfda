import { randomUUIDv7 } from 'node:crypto'
import type { ColumnType, Insertable, Selectable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { Due, RecordKey } from '../../../record/record.ts'

type OptionalDay = ColumnType<
  Temporal.PlainDate | null,
  Temporal.PlainDate | null | undefined,
  Temporal.PlainDate | null
>

export const outcomeForms = ['action', 'undertaking', 'request', 'recommendation'] as const
export type OutcomeForm = (typeof outcomeForms)[number]

interface OutcomeTable {
  area_id: number
  id: string
  minutes_id: string
  item_id: string
  position: number
  form: OutcomeForm
  text: string
  lead_words: string | null
  lead_person: string | null
  lead_organisation: string | null
  lead_role: string | null
  others: ColumnType<readonly string[], string, string>
  due_kind: 'date' | 'meeting' | 'condition' | null
  due_date: OptionalDay
  due_meeting: string | null
  due_condition: string | null
  due_look_again: OptionalDay
  about_id: string | null
  about_kind: string | null
  finding: string | null
  raises: boolean
  printed_reference: string | null
  action_id: string | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    meetings_outcome: OutcomeTable
  }
}

export type OutcomeRow = Selectable<OutcomeTable>

/** What was raised in some minutes, in the order written. Ask only for minutes the viewer may see. */
export async function outcomesOf(trx: Trx, minutes: RecordKey): Promise<OutcomeRow[]> {
  return trx
    .selectFrom('meetings_outcome')
    .selectAll()
    .where('area_id', '=', minutes.areaId)
    .where('minutes_id', '=', minutes.id)
    .orderBy('position')
    .execute()
}

/** Ids of the actions raised under an item. */
export async function raisedUnder(trx: Trx, item: RecordKey): Promise<string[]> {
  const rows = await trx
    .selectFrom('meetings_outcome')
    .select('action_id')
    .where('area_id', '=', item.areaId)
    .where('item_id', '=', item.id)
    .execute()
  return rows.flatMap(row => row.action_id ?? [])
}

export async function insertOutcome(
  trx: Trx,
  row: Omit<Insertable<OutcomeTable>, 'id' | 'position' | 'action_id'>,
): Promise<string> {
  const id = randomUUIDv7()
  const { last } = await trx
    .selectFrom('meetings_outcome')
    .select(e => e.fn.max('position').as('last'))
    .where('area_id', '=', row.area_id)
    .where('minutes_id', '=', row.minutes_id)
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('meetings_outcome')
    .values({ id, position: (last ?? 0) + 1, action_id: null, ...row })
    .execute()
  return id
}

export async function deleteOutcome(trx: Trx, minutes: RecordKey, id: string): Promise<void> {
  await trx
    .deleteFrom('meetings_outcome')
    .where('area_id', '=', minutes.areaId)
    .where('minutes_id', '=', minutes.id)
    .where('id', '=', id)
    .execute()
}

/** Keeps which action came of an outcome. */
export async function keepAction(trx: Trx, outcome: RecordKey, actionId: string): Promise<void> {
  await trx
    .updateTable('meetings_outcome')
    .set({ action_id: actionId })
    .where('area_id', '=', outcome.areaId)
    .where('id', '=', outcome.id)
    .execute()
}

export function dueColumns(due: Due | null) {
  return {
    due_kind: due?.kind ?? null,
    due_date: due === null || due.kind === 'condition' ? null : due.date,
    due_meeting: due?.kind === 'meeting' ? due.meeting : null,
    due_condition: due?.kind === 'condition' ? due.condition : null,
    due_look_again: due?.kind === 'condition' ? due.lookAgain : null,
  }
}

export function dueOf(row: OutcomeRow): Due | null {
  switch (row.due_kind) {
    case null:
      return null
    case 'date':
      return row.due_date === null ? null : { kind: 'date', date: row.due_date }
    case 'meeting':
      return { kind: 'meeting', meeting: row.due_meeting ?? '', date: row.due_date }
    case 'condition':
      return { kind: 'condition', condition: row.due_condition ?? '', lookAgain: row.due_look_again }
  }
}
