import { randomUUIDv7 } from 'node:crypto'
import type { ColumnType, Generated, GeneratedAlways, Insertable, Selectable, Updateable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecord, findRecords } from '../../../record/records.ts'
import type { ProgrammeFacts, ProgrammeForm, ProgrammeState } from './rules.ts'

type OptionalDay = ColumnType<
  Temporal.PlainDate | null,
  Temporal.PlainDate | null | undefined,
  Temporal.PlainDate | null
>
type OptionalText = ColumnType<string | null, string | null | undefined, string | null>

interface ProgrammeItemTable {
  area_id: number
  record_id: string
  body_id: string
  form: ProgrammeForm
  covers: string
  lead: string | null
  standing: Generated<boolean>
  last_meeting: OptionalText
  last_date: OptionalDay
  next_meeting: OptionalText
  next_date: OptionalDay
  next_words: OptionalText
  requested_on: OptionalDay
  circulated_on: OptionalDay
  source: OptionalText
}

interface ProgrammeMoveTable {
  area_id: number
  id: string
  record_id: string
  moved_on: Temporal.PlainDate
  was: string
  became: string
  why: string
  moved_by: string
  seq: GeneratedAlways<number>
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    meetings_programme_item: ProgrammeItemTable
    meetings_programme_move: ProgrammeMoveTable
  }
}

export type ProgrammeRow = Selectable<ProgrammeItemTable>
export type MoveRow = Selectable<ProgrammeMoveTable>

/** An item of a work programme, with what the rules ask of it. */
export interface ProgrammeItem {
  head: RecordHead
  row: ProgrammeRow
  facts: ProgrammeFacts
}

/** The item with this key that the transaction's organisations hold, or null. */
export async function findProgrammeItem(trx: Trx, key: RecordKey): Promise<ProgrammeItem | null> {
  const head = await findRecord(trx, key)
  if (head?.kind !== 'programme-item') return null
  const [found] = await withRows(trx, key.areaId, [head])
  return found ?? null
}

/** Several items by id; those that are not theirs are left out. */
export async function findProgrammeItems(trx: Trx, areaId: number, ids: readonly string[]): Promise<ProgrammeItem[]> {
  const heads = await findRecords(trx, areaId, ids)
  return withRows(
    trx,
    areaId,
    heads.filter(head => head.kind === 'programme-item'),
  )
}

/** Every item of the programmes that the transaction's organisations hold, of one body where it is given. */
export async function programmeOf(trx: Trx, areaId: number, bodyId: string | null): Promise<ProgrammeItem[]> {
  let query = trx
    .selectFrom('meetings_programme_item as p')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'p.area_id').onRef('r.id', '=', 'p.record_id'))
    .select('r.id')
    .where('p.area_id', '=', areaId)
    .orderBy('r.created_at')
    .orderBy('r.reference')
    .limit(1000)
  if (bodyId !== null) query = query.where('p.body_id', '=', bodyId)
  const ids = (await query.execute()).map(row => row.id)
  const found = await findProgrammeItems(trx, areaId, ids)
  return found.sort((a, b) => ids.indexOf(a.head.id) - ids.indexOf(b.head.id))
}

/** What of the programmes is to come to a meeting and has not been reported yet. */
export async function itemsFor(trx: Trx, meeting: RecordKey): Promise<ProgrammeItem[]> {
  const rows = await trx
    .selectFrom('meetings_programme_item')
    .select('record_id')
    .where('area_id', '=', meeting.areaId)
    .where('next_meeting', '=', meeting.id)
    .execute()
  return findProgrammeItems(
    trx,
    meeting.areaId,
    rows.map(row => row.record_id),
  )
}

/** Only for heads that were read under the viewer's scope. */
async function withRows(trx: Trx, areaId: number, heads: readonly RecordHead[]): Promise<ProgrammeItem[]> {
  if (heads.length === 0) return []
  const ids = heads.map(head => head.id)
  const rows = await trx
    .selectFrom('meetings_programme_item')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('record_id', 'in', ids)
    .execute()
  return rows.flatMap(row => {
    const head = heads.find(each => each.id === row.record_id)
    return head === undefined ? [] : [{ head, row, facts: factsOf(head, row) }]
  })
}

function factsOf(head: RecordHead, row: ProgrammeRow): ProgrammeFacts {
  const meeting =
    row.next_meeting === null || row.next_date === null ? null : { id: row.next_meeting, date: row.next_date }
  return {
    // The check on the state's word is the record layer's; the kind declares exactly these.
    state: head.state as ProgrammeState,
    form: row.form,
    bodyId: row.body_id,
    next: { meeting, date: row.next_date, words: row.next_words },
  }
}

/** Adds what is particular to an item whose record was just made. */
export async function insertProgrammeItem(trx: Trx, row: Insertable<ProgrammeItemTable>): Promise<void> {
  await trx.insertInto('meetings_programme_item').values(row).execute()
}

export async function changeProgrammeRow(
  trx: Trx,
  key: RecordKey,
  changes: Updateable<ProgrammeItemTable>,
): Promise<void> {
  await trx
    .updateTable('meetings_programme_item')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

/** How often and why it was put off, the earliest first. Ask only for items that were read under the viewer's scope. */
export async function movesOf(trx: Trx, areaId: number, ids: readonly string[]): Promise<MoveRow[]> {
  if (ids.length === 0) return []
  return trx
    .selectFrom('meetings_programme_move')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('record_id', 'in', ids)
    .orderBy('seq')
    .execute()
}

export async function insertMove(trx: Trx, row: Omit<Insertable<ProgrammeMoveTable>, 'id'>): Promise<void> {
  await trx
    .insertInto('meetings_programme_move')
    .values({ id: randomUUIDv7(), ...row })
    .execute()
}
