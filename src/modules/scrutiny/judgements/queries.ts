import type { Insertable, Selectable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import type { Outcome } from './rules.ts'

interface JudgementTable {
  area_id: number
  record_id: string
  number: number
  judges_kind: 'question' | 'challenge'
  judges_id: string
  outcome: Outcome
  reason: string
  judged_on: Temporal.PlainDate
  judged_by: string
  revised_why: string | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    scrutiny_judgement: JudgementTable
  }
}

export type Wording = Selectable<JudgementTable>

/** A judgement: its head, the wording that stands, and those before it, the newest first. */
export interface Judgement {
  head: RecordHead
  stands: Wording
  earlier: readonly Wording[]
}

/** The judgement with this key that the transaction's organisations hold, or null. */
export async function findJudgement(trx: Trx, key: RecordKey): Promise<Judgement | null> {
  const head = await findRecord(trx, key)
  if (head?.kind !== 'assurance') return null
  const [stands, ...earlier] = await trx
    .selectFrom('scrutiny_judgement')
    .selectAll()
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .orderBy('number', 'desc')
    .execute()
  return stands === undefined ? null : { head, stands, earlier }
}

/**
 * The latest judgement on a question or challenge that the transaction's organisations hold, or null. A corrected
 * answer may be judged anew, so there can be several.
 */
export async function judgementOf(trx: Trx, key: RecordKey): Promise<Judgement | null> {
  const row = await trx
    .selectFrom('scrutiny_judgement as j')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'j.area_id').onRef('r.id', '=', 'j.record_id'))
    .select('r.id')
    .where('r.area_id', '=', key.areaId)
    .where('j.judges_id', '=', key.id)
    .orderBy('r.created_at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : findJudgement(trx, { areaId: key.areaId, id: row.id })
}

export async function insertWording(trx: Trx, row: Insertable<JudgementTable>): Promise<void> {
  await trx.insertInto('scrutiny_judgement').values(row).execute()
}
