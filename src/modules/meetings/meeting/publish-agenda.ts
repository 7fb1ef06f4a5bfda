import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import { publishRecord } from '../../../record/publish.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { releaseTo } from '../../../record/release.ts'
import { giveNotice } from '../agenda/notice-clock.ts'
import { changeItemRow, itemsOf } from '../agenda/queries.ts'
import { numbered } from '../agenda/rules.ts'
import { papersObstacles, publishPapers, sendPapers } from '../papers/publish-papers.ts'
import { orderPack } from '../pack/order-pack.ts'
import { refuseIf } from '../refuse.ts'
import { mustFindMeeting } from './add-meeting.ts'
import { meetingPublicObstacles } from './public-obstacles.ts'
import { changeMeetingRow, raiseSequence } from './queries.ts'
import { receiversOf } from './readers.ts'
import { agendaPublishingObstacles } from './rules.ts'

/**
 * Sends the agenda, as it stands, to the other organisations that take part. Sending it again sends the present
 * version; what was sent before stays as it was.
 *
 * @returns the organisations it went to
 */
export async function sendAgenda(trx: Trx, act: Act, key: RecordKey): Promise<string[]> {
  const { state } = await mustFindMeeting(trx, key)
  const items = (await itemsOf(trx, key)).filter(item => item.withdrawn_on === null)
  refuseIf(agendaPublishingObstacles({ state, items: items.length }))
  await keepNumbers(trx, key)
  await changeMeetingRow(trx, key, { agenda_sent_on: londonDate(act.now) })
  const receivers = await receiversOf(trx, act, key)
  // A new version of the head, so that what was sent before stays as it was.
  await changeRecord(trx, act, key, null, {}, { kind: 'agenda-sent' })
  await releaseTo(trx, act, key, receivers)
  await sendPapers(trx, act, key)
  return receivers
}

/** Numbers that others have read stay, whatever is added or withdrawn later. */
async function keepNumbers(trx: Trx, key: RecordKey): Promise<void> {
  for (const item of numbered(await itemsOf(trx, key))) {
    if (item.number === null) {
      await changeItemRow(trx, { areaId: key.areaId, id: item.id }, null, { number: item.shown })
    }
  }
}

/**
 * Publishes the agenda, and sends it to the other organisations in the same step. Published again after a change, it
 * is a new version with a note of what changed.
 *
 * @param version the version the person saw; null where the software itself acts
 * @throws StaleRecord if someone else changed the agenda meanwhile
 */
export async function publishAgenda(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number | null,
  note?: string,
): Promise<void> {
  const { state, head } = await mustFindMeeting(trx, key)
  refuseIf(await meetingPublicObstacles(trx, key))
  refuseIf(await papersObstacles(trx, key))
  const next = state === 'planned' ? ({ state: 'agenda-published' } as const) : {}
  await changeRecord(trx, act, key, version, next, { kind: 'agenda-published' })
  await sendAgenda(trx, act, key)
  await giveNotice(trx, act, key)
  if (head.publication === 'published') await raiseSequence(trx, key)
  await publishPapers(trx, act, key, note)
  await publishRecord(trx, act, key, note)
  await orderPack(trx, key)
}
