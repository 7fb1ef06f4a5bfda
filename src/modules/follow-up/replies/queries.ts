import { sql } from 'kysely'
import type { Generated, Insertable, Selectable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecord, findRecords } from '../../../record/records.ts'
import type { ReplyAnswer } from './words.ts'

interface ReplyTable {
  area_id: number
  record_id: string
  recommendation_id: string
  asker_organisation: string
  addressee_id: string
  answer: ReplyAnswer
  reason: string
  doing: string | null
  done_by: Temporal.PlainDate | null
  in_the_name_of: string
  sent_on: Temporal.PlainDate | null
  sent_by: string | null
  on_paper: Generated<boolean>
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    follow_up_reply: ReplyTable
  }
}

export type ReplyRow = Selectable<ReplyTable>

/** A reply with its head. */
export interface Reply {
  head: RecordHead
  row: ReplyRow
}

export async function insertReply(trx: Trx, reply: Insertable<ReplyTable>): Promise<void> {
  await trx.insertInto('follow_up_reply').values(reply).execute()
}

export async function changeReplyRow(
  trx: Trx,
  key: RecordKey,
  changes: Partial<Insertable<ReplyTable>>,
): Promise<void> {
  await trx
    .updateTable('follow_up_reply')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

/** A reply that the viewer's organisations hold, or null: of a draft nobody else learns. */
export async function findReply(trx: Trx, key: RecordKey): Promise<Reply | null> {
  const head = await findRecord(trx, key)
  if (head?.kind !== 'reply') return null
  const row = await trx
    .selectFrom('follow_up_reply')
    .innerJoin('record', join =>
      join.onRef('record.area_id', '=', 'follow_up_reply.area_id').onRef('record.id', '=', 'follow_up_reply.record_id'),
    )
    .selectAll('follow_up_reply')
    .where('record.area_id', '=', key.areaId)
    .where('record.id', '=', key.id)
    .executeTakeFirst()
  return row === undefined ? null : { head, row }
}

/** The replies to a recommendation that the viewer's organisations hold: its own, drafts too; earliest first. */
export async function ownRepliesTo(trx: Trx, recommendation: RecordKey): Promise<Reply[]> {
  const rows = await trx
    .selectFrom('follow_up_reply')
    .innerJoin('record', join =>
      join.onRef('record.area_id', '=', 'follow_up_reply.area_id').onRef('record.id', '=', 'follow_up_reply.record_id'),
    )
    .selectAll('follow_up_reply')
    .where('follow_up_reply.area_id', '=', recommendation.areaId)
    .where('follow_up_reply.recommendation_id', '=', recommendation.id)
    .orderBy('record.created_at')
    .orderBy('record.id')
    .execute()
  const heads = await findRecords(
    trx,
    recommendation.areaId,
    rows.map(row => row.record_id),
  )
  return rows.flatMap(row => {
    const head = heads.find(each => each.id === row.record_id)
    return head === undefined ? [] : [{ head, row }]
  })
}

/**
 * The ids of every reply to some recommendations, those still being written too: only for asking which of them were
 * released.
 */
export async function replyIdsTo(trx: Trx, areaId: number, recommendations: readonly string[]): Promise<string[]> {
  const rows = await trx
    .selectFrom('follow_up_reply')
    .select('record_id')
    .where('area_id', '=', areaId)
    .where('recommendation_id', '=', sql<string>`any (${[...recommendations]}::uuid[])`)
    .execute()
  return rows.map(row => row.record_id)
}
