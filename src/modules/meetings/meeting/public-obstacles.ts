import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import { isOpened } from '../room/body-rule-queries.ts'
import { meetingFacts } from '../room/queries.ts'
import { publicObstacles } from './form-of-meeting.ts'

/**
 * Why nothing of a meeting may be put before the public, by what kind of meeting it is; empty where it may. The meeting
 * or its minutes must have been read under the viewer's scope.
 */
export async function meetingPublicObstacles(trx: Trx, key: RecordKey): Promise<string[]> {
  const facts = await meetingFacts(trx, key)
  if (facts === null) return []
  return publicObstacles(facts.form, await isOpened(trx, { areaId: key.areaId, id: facts.bodyId }))
}
