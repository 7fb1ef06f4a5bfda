import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findReceived } from '../../../record/release.ts'
import type { Paper } from './queries.ts'

/** One version of a record as it was sent to an organisation, whichever came after it. */
export async function sentVersion(
  trx: Trx,
  organisation: string,
  key: RecordKey,
  version: number,
): Promise<{ title: string; body: Readonly<Record<string, unknown>> } | null> {
  const row = await trx
    .selectFrom('sent')
    .select(['title', 'body'])
    .where('organisation_id', '=', organisation)
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .where('version', '=', version)
    .executeTakeFirst()
  return row === undefined ? null : { title: row.title, body: { ...row.body } }
}

/** The organisation that asked for a paper, where another did. */
export async function askerOf(trx: Trx, organisation: string, { head, row }: Paper): Promise<string | null> {
  if (row.request_id === null) return null
  const received = await findReceived(trx, organisation, { areaId: head.areaId, id: row.request_id })
  return received?.fromOrganisation ?? null
}
