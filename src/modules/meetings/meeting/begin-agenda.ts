import type { Trx } from '../../../platform/database/tables.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { addItem } from '../agenda/items.ts'

/** What every meeting after the first begins and ends with. */
export async function beginAgenda(trx: Trx, act: Act, meeting: RecordKey): Promise<void> {
  await addItem(trx, act, meeting, { title: 'Minutes of the last meeting', kind: 'minutes' })
  await addItem(trx, act, meeting, { title: 'Any other business', kind: 'other-business' })
}
