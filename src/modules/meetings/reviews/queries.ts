import { randomUUIDv7 } from 'node:crypto'
import type { ColumnType, Insertable, Selectable, Updateable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import type { ReviewFacts, ReviewState } from './rules.ts'

type OptionalText = ColumnType<string | null, string | null | undefined, string | null>

interface ReviewTable {
  area_id: number
  record_id: string
  body_id: string
  scope: string
  group_id: OptionalText
  survey: OptionalText
  survey_answers: ColumnType<number | null, number | null | undefined, number | null>
  findings: OptionalText
  recommendations: OptionalText
  report_meeting: OptionalText
  adopted_at: OptionalText
  adopted_on: ColumnType<Temporal.PlainDate | null, Temporal.PlainDate | null | undefined, Temporal.PlainDate | null>
  source: OptionalText
}

interface SessionTable {
  area_id: number
  id: string
  record_id: string
  held_on: Temporal.PlainDate
  subject: string
  notes: string | null
}

interface WitnessTable {
  area_id: number
  id: string
  session_id: string
  category: string
  witness: string
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    meetings_review: ReviewTable
    meetings_review_session: SessionTable
    meetings_review_witness: WitnessTable
  }
}

/** A session at which a review heard evidence, with who gave it. */
export interface Session extends Selectable<SessionTable> {
  witnesses: readonly { category: string; witness: string }[]
}

/** A review with its evidence. */
export interface Review {
  head: RecordHead
  row: Selectable<ReviewTable>
  sessions: readonly Session[]
  facts: ReviewFacts
}

/** The review with this key that the transaction's organisations hold, or null. */
export async function findReview(trx: Trx, key: RecordKey): Promise<Review | null> {
  const head = await findRecord(trx, key)
  if (head?.kind !== 'review') return null
  const row = await trx
    .selectFrom('meetings_review')
    .selectAll()
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .executeTakeFirst()
  if (row === undefined) return null
  const sessions = await sessionsOf(trx, key)
  const { body_id: bodyId, findings, recommendations } = row
  // The check on the state's word is the record layer's; the kind declares exactly these.
  const state = head.state as ReviewState
  return { head, row, sessions, facts: { state, bodyId, sessions: sessions.length, findings, recommendations } }
}

async function sessionsOf(trx: Trx, key: RecordKey): Promise<Session[]> {
  const sessions = await trx
    .selectFrom('meetings_review_session')
    .selectAll()
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .orderBy('held_on')
    .orderBy('id')
    .execute()
  if (sessions.length === 0) return []
  const ids = sessions.map(session => session.id)
  const witnesses = await trx
    .selectFrom('meetings_review_witness')
    .selectAll()
    .where('area_id', '=', key.areaId)
    .where('session_id', 'in', ids)
    .orderBy('category')
    .orderBy('id')
    .execute()
  return sessions.map(session => ({ ...session, witnesses: witnesses.filter(each => each.session_id === session.id) }))
}

/** Adds what is particular to a review whose record was just made. */
export async function insertReview(trx: Trx, row: Insertable<ReviewTable>): Promise<void> {
  await trx.insertInto('meetings_review').values(row).execute()
}

export async function changeReviewRow(trx: Trx, key: RecordKey, changes: Updateable<ReviewTable>): Promise<void> {
  await trx
    .updateTable('meetings_review')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

/** Adds a session with its witnesses. */
export async function insertSession(
  trx: Trx,
  row: Omit<SessionTable, 'id'>,
  witnesses: readonly { category: string; witness: string }[],
): Promise<void> {
  const id = randomUUIDv7()
  await trx
    .insertInto('meetings_review_session')
    .values({ id, ...row })
    .execute()
  for (const { category, witness } of witnesses) {
    const witnessRow = { area_id: row.area_id, id: randomUUIDv7(), session_id: id, category, witness }
    await trx.insertInto('meetings_review_witness').values(witnessRow).execute()
  }
}
