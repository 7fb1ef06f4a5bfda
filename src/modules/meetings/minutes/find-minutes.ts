import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findMinutes } from './queries.ts'
import type { Minutes } from './queries.ts'

/** The minutes with this key, for a deed on them. */
export async function mustFindMinutes(trx: Trx, key: RecordKey): Promise<Minutes> {
  const minutes = await findMinutes(trx, key)
  if (minutes === null) throw new Refusal(['These minutes are not there any more.'])
  return minutes
}
