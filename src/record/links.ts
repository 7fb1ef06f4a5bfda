import type { Trx } from '../platform/database/tables.ts'
import { kindOf } from './kinds.ts'
import type { Act, RecordKey } from './record.ts'

/**
 * Ties a later record to what it came of: an answer `answers` a question. The relation must be one that the kind
 * declares, towards a kind it allows. Tying the same two again changes nothing.
 */
export async function link(
  trx: Trx,
  act: Act,
  from: RecordKey & { kind: string },
  relation: string,
  to: RecordKey & { kind: string },
): Promise<void> {
  const allowed = kindOf(from.kind).relations[relation]
  if (allowed?.includes(to.kind) !== true) {
    throw new Error(`A ${from.kind} may not be tied to a ${to.kind} by "${relation}"`)
  }
  await trx
    .insertInto('link')
    .values({
      from_area: from.areaId,
      from_id: from.id,
      relation,
      to_area: to.areaId,
      to_id: to.id,
      made_at: act.now,
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** What a record points to by a relation: its causes. */
export async function linkedTo(trx: Trx, from: RecordKey, relation: string): Promise<RecordKey[]> {
  const rows = await trx
    .selectFrom('link')
    .select(['to_area', 'to_id'])
    .where('from_area', '=', from.areaId)
    .where('from_id', '=', from.id)
    .where('relation', '=', relation)
    .orderBy('made_at')
    .execute()
  return rows.map(row => ({ areaId: row.to_area, id: row.to_id }))
}

/** What points to a record by a relation: its consequences. */
export async function linkedFrom(trx: Trx, to: RecordKey, relation: string): Promise<RecordKey[]> {
  const rows = await trx
    .selectFrom('link')
    .select(['from_area', 'from_id'])
    .where('to_area', '=', to.areaId)
    .where('to_id', '=', to.id)
    .where('relation', '=', relation)
    .orderBy('made_at')
    .execute()
  return rows.map(row => ({ areaId: row.from_area, id: row.from_id }))
}
