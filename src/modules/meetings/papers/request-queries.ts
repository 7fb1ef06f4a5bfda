import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecord, findRecords } from '../../../record/records.ts'

interface PaperRequestTable {
  area_id: number
  record_id: string
  meeting_id: string
  item_id: string | null
  covers: string
  asked_organisation: string
  asked_role: string | null
  withdrawn_why: string | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    meetings_paper_request: PaperRequestTable
  }
}

export type PaperRequestRow = Selectable<PaperRequestTable>

/** A request for a paper. */
export interface PaperRequest {
  head: RecordHead
  row: PaperRequestRow
}

/** The request with this key that the transaction's organisations hold, or null. */
export async function findRequest(trx: Trx, key: RecordKey): Promise<PaperRequest | null> {
  const head = await findRecord(trx, key)
  if (head?.kind !== 'paper-request') return null
  return (await withRows(trx, key.areaId, [head]))[0] ?? null
}

/** Several requests; those that are not visible are left out. */
export async function findRequests(trx: Trx, areaId: number, ids: readonly string[]): Promise<PaperRequest[]> {
  return withRows(
    trx,
    areaId,
    (await findRecords(trx, areaId, ids)).filter(head => head.kind === 'paper-request'),
  )
}

/** The requests for a meeting. Ask only for meetings that the viewer holds. */
export async function requestsOf(trx: Trx, meeting: RecordKey): Promise<PaperRequest[]> {
  const rows = await trx
    .selectFrom('meetings_paper_request as q')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'q.area_id').onRef('r.id', '=', 'q.record_id'))
    .select('q.record_id')
    .where('q.area_id', '=', meeting.areaId)
    .where('q.meeting_id', '=', meeting.id)
    .orderBy('r.created_at')
    .execute()
  return findRequests(
    trx,
    meeting.areaId,
    rows.map(row => row.record_id),
  )
}

/** Only for heads that were read under the viewer's scope. */
async function withRows(trx: Trx, areaId: number, heads: readonly RecordHead[]): Promise<PaperRequest[]> {
  if (heads.length === 0) return []
  const rows = await trx
    .selectFrom('meetings_paper_request')
    .selectAll()
    .where('area_id', '=', areaId)
    .where(
      'record_id',
      'in',
      heads.map(head => head.id),
    )
    .execute()
  return heads.flatMap(head => {
    const row = rows.find(each => each.record_id === head.id)
    return row === undefined ? [] : [{ head, row }]
  })
}

export async function insertRequest(trx: Trx, row: Insertable<PaperRequestTable>): Promise<void> {
  await trx.insertInto('meetings_paper_request').values(row).execute()
}

export async function changeRequestRow(
  trx: Trx,
  key: RecordKey,
  changes: Updateable<PaperRequestTable>,
): Promise<void> {
  await trx
    .updateTable('meetings_paper_request')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}
