import type { Trx } from '../../platform/database/tables.ts'

/** Records of some kinds dated within some days, that the transaction's organisations hold. The latest 500. */
export async function recordsSince(
  trx: Trx,
  areaId: number,
  kinds: readonly string[],
  since: Temporal.PlainDate,
  until: Temporal.PlainDate,
): Promise<string[]> {
  const rows = await trx
    .selectFrom('record')
    .select('id')
    .where('area_id', '=', areaId)
    .where('kind', 'in', kinds)
    .where('dated', '>=', since)
    .where('dated', '<=', until)
    .orderBy('dated', 'desc')
    .limit(500)
    .execute()
  return rows.map(row => row.id)
}
