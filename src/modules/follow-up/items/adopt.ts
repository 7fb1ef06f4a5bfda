import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import { link } from '../../../record/links.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { actorOf, mustLoad, refuseIf } from './load.ts'
import { changeItem } from './queries.ts'
import { adoptingObstacles, meetingObstacles } from './rules.ts'

/**
 * A body adopts at its meeting what one of its working groups asked for: from then on it is the body's to follow and
 * to close. That the group raised it stays in words and in the history.
 *
 * @throws Refusal where another organisation raised it, it is closed, or the meeting is still to come
 */
export async function adoptItem(
  trx: Trx,
  act: Act,
  key: RecordKey,
  { bodyId, meeting }: { bodyId: string; meeting: RecordKey & { title: string; date: Temporal.PlainDate } },
): Promise<void> {
  const { record, item, facts } = await mustLoad(trx, key)
  const adopted = item.raised_by_body === bodyId
  refuseIf([...adoptingObstacles(facts, actorOf(act), adopted), ...meetingObstacles(meeting, londonDate(act.now))])
  await changeItem(trx, key, {
    raised_by_body: bodyId,
    raised_by_words: `${item.raised_by_words}; adopted by ${meeting.title}`,
  })
  await changeRecord(trx, act, record, null, {}, { kind: 'adopted', details: { meeting: meeting.title } })
  await link(trx, act, record, 'adopted-at', { areaId: meeting.areaId, id: meeting.id, kind: 'meeting' })
}
