import type { Trx } from '../../../platform/database/tables.ts'
import { publishRecord } from '../../../record/publish.ts'
import { publishedRecord } from '../../../record/published.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'

/** After every moment at which something can have been published: asks for what stands now. */
const last = Temporal.Instant.from('9999-12-31T00:00:00Z')

/** What the public can read of a record now, whoever holds it; null where it is not published. */
export async function publishedBody(trx: Trx, key: RecordKey): Promise<object | null> {
  const at = await publishedRecord(trx, key.areaId, key.id, last)
  return at.found === 'record' ? at.snapshot.body : null
}

/** Whether the public can read a record, whoever holds it. */
export async function isPublished(trx: Trx, key: RecordKey): Promise<boolean> {
  return (await publishedBody(trx, key)) !== null
}

/**
 * Brings a published question or challenge up to date with how it stands, so that it is never silent: that an answer
 * was given, withheld and why, or that it was withdrawn. Puts nothing before the public that its holder has not
 * published; the transaction must be scoped to the holder.
 */
export async function refreshPublished(trx: Trx, act: Act, key: RecordKey): Promise<void> {
  const head = await findRecord(trx, key)
  if (head?.publication === 'published' && head.classification === 'open') await publishRecord(trx, act, key)
}
