import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { mustFindItem } from '../agenda/items.ts'
import { refuseIf } from '../refuse.ts'
import { mustFindMinutes } from './find-minutes.ts'
import { insertSettled } from './queries.ts'
import { keepingObstacles } from './rules.ts'

/**
 * Says that a sentence of a minute raises nothing, so that it is not offered again. Who said so stays in the history.
 *
 * @throws Refusal for another organisation's minutes
 */
export async function settleProse(
  trx: Trx,
  act: Act,
  minutes: RecordKey,
  itemId: string,
  sentence: string,
): Promise<void> {
  const { row } = await mustFindMinutes(trx, minutes)
  refuseIf(keepingObstacles({ keptBy: row.kept_by }, { organisationId: act.viewer.organisation.id }))
  await mustFindItem(trx, { areaId: minutes.areaId, id: row.meeting_id }, itemId)
  await insertSettled(trx, {
    area_id: minutes.areaId,
    minutes_id: minutes.id,
    item_id: itemId,
    sentence,
    settled_by: act.viewer.name,
    settled_on: londonDate(act.now),
  })
  await changeRecord(trx, act, minutes, null, {}, { kind: 'prose-settled', details: { item: itemId, sentence } })
}
