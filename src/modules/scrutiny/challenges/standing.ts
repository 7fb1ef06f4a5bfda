import type { Trx } from '../../../platform/database/tables.ts'
import { stopClock } from '../../../record/clock-store.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { refreshPublished } from '../publication/published.ts'
import { questionClocks } from '../questions/put.ts'

/** Moves a challenge on because a reply to it was given. Run for the asker. */
export async function challengeReplied(trx: Trx, act: Act, key: RecordKey): Promise<void> {
  await changeRecord(trx, act, key, null, { state: 'replied', due: null }, { kind: 'replied' })
  await stopClock(trx, act, key, questionClocks.ofTheForce, 'replied')
  await refreshPublished(trx, act, key)
}

/** Moves a challenge on because its asker has judged the reply. */
export async function challengeJudged(trx: Trx, act: Act, key: RecordKey): Promise<void> {
  await changeRecord(trx, act, key, null, { state: 'judged' }, { kind: 'judged' })
  await refreshPublished(trx, act, key)
}
