import type { Trx } from '../../platform/database/tables.ts'
import { publicAddress } from '../../record/entries.ts'
import { atAddress } from '../../record/published.ts'
import type { RecordHead } from '../../record/record.ts'

/** A name makes the address of a page; two of the same name cannot have one. */
export async function addressTaken(trx: Trx, record: RecordHead): Promise<string[]> {
  const address = publicAddress(record)
  const at = await atAddress(trx, record.areaId, address, farFuture)
  if (at.found !== 'record' || at.entry.record_id === record.id) return []
  return [`Another page is already published at ${address}. Add to the name what tells the two apart.`]
}

/** Later than any entry ended: only the present ones still hold then. */
const farFuture = Temporal.Instant.from('9000-01-01T00:00:00Z')
