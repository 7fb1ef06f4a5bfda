import { sql } from 'kysely'
import type { ColumnType, Generated, Insertable, Selectable, Updateable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecord, findRecords } from '../../../record/records.ts'
import type { MeetingForm } from './form-of-meeting.ts'
import type { MeetingState } from './rules.ts'

type OptionalDay = ColumnType<
  Temporal.PlainDate | null,
  Temporal.PlainDate | null | undefined,
  Temporal.PlainDate | null
>

interface MeetingTable {
  area_id: number
  record_id: string
  body_id: string
  body_name: string
  starts: string | null
  place: string | null
  online_link: string | null
  open_to_public: boolean | null
  sequence: Generated<number>
  agenda_sent_on: OptionalDay
  cancelled_why: string | null
  chair_person: string | null
  chair_note: string | null
  printed_marking: string | null
  source: string | null
  form: ColumnType<MeetingForm, MeetingForm | undefined, MeetingForm>
  candidate_post: ColumnType<string | null, string | null | undefined, string | null>
  noticed_on: OptionalDay
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    meetings_meeting: MeetingTable
  }
}

export type MeetingRow = Selectable<MeetingTable>

/** A meeting: the head that every record has, and what is particular to it. */
export interface Meeting {
  head: RecordHead
  row: MeetingRow
  state: MeetingState
}

/** The meeting with this key that the transaction's organisations hold, or null. */
export async function findMeeting(trx: Trx, key: RecordKey): Promise<Meeting | null> {
  const head = await findRecord(trx, key)
  if (head?.kind !== 'meeting') return null
  const [meeting] = await withParticulars(trx, key.areaId, [head])
  return meeting ?? null
}

/** Several meetings; those that are not visible are left out. */
export async function findMeetings(trx: Trx, areaId: number, ids: readonly string[]): Promise<Meeting[]> {
  const heads = await findRecords(trx, areaId, ids)
  return withParticulars(
    trx,
    areaId,
    heads.filter(head => head.kind === 'meeting'),
  )
}

/** Only for heads that were read under the viewer's scope. */
async function withParticulars(trx: Trx, areaId: number, heads: readonly RecordHead[]): Promise<Meeting[]> {
  if (heads.length === 0) return []
  const rows = await trx
    .selectFrom('meetings_meeting')
    .selectAll()
    .where('area_id', '=', areaId)
    .where(
      'record_id',
      'in',
      heads.map(head => head.id),
    )
    .execute()
  return rows.flatMap(row => {
    const head = heads.find(each => each.id === row.record_id)
    // The check on the state's word is the record layer's; the kind declares exactly these.
    return head === undefined ? [] : [{ head, row, state: head.state as MeetingState }]
  })
}

/** The meetings of a body that the transaction's organisations hold, the latest first. */
export async function meetingsOfBody(trx: Trx, body: RecordKey): Promise<Meeting[]> {
  const rows = await trx
    .selectFrom('meetings_meeting as m')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'm.area_id').onRef('r.id', '=', 'm.record_id'))
    .select('r.id')
    .where('m.area_id', '=', body.areaId)
    .where('m.body_id', '=', body.id)
    .orderBy('r.dated', 'desc')
    .orderBy('r.id', 'desc')
    .limit(200)
    .execute()
  const ids = rows.map(row => row.id)
  const found = await findMeetings(trx, body.areaId, ids)
  return found.sort((a, b) => ids.indexOf(a.head.id) - ids.indexOf(b.head.id))
}

/** Adds what is particular to a meeting whose record was just made. */
export async function insertMeeting(trx: Trx, row: Insertable<MeetingTable>): Promise<void> {
  await trx.insertInto('meetings_meeting').values(row).execute()
}

export async function changeMeetingRow(
  trx: Trx,
  key: RecordKey,
  changes: Omit<Updateable<MeetingTable>, 'sequence'>,
): Promise<void> {
  await trx
    .updateTable('meetings_meeting')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

/** Raises the number by which calendars tell the newer of two versions. */
export async function raiseSequence(trx: Trx, key: RecordKey): Promise<void> {
  await trx
    .updateTable('meetings_meeting')
    .set(e => ({ sequence: e('sequence', '+', 1) }))
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

/** Which of some records were released to an organisation by those of this transaction. */
export async function sentAmong(
  trx: Trx,
  areaId: number,
  ids: readonly string[],
  organisation: string,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await trx
    .selectFrom('sent')
    .select('record_id')
    .distinct()
    .where('area_id', '=', areaId)
    .where('record_id', 'in', ids)
    .where('organisation_id', '=', organisation)
    .execute()
  return new Set(rows.map(row => row.record_id))
}

/**
 * Takes back the tie between a meeting and something it considers, on the public side too and for every day asked
 * for: it turned out to belong to a part that is withheld, or to another meeting.
 */
export async function untie(trx: Trx, meeting: RecordKey, recordId: string): Promise<void> {
  const edge = sql<boolean>`from_area = ${meeting.areaId} and from_id = ${meeting.id}::uuid
    and relation = 'considers' and to_id = ${recordId}::uuid`
  await trx.deleteFrom('link').where(edge).execute()
  await trx.deleteFrom('published.link').where(edge).execute()
}
