import type { Trx } from '../../../platform/database/tables.ts'
import { publishRecord } from '../../../record/publish.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import { releaseTo } from '../../../record/release.ts'
import { orderPack } from '../pack/order-pack.ts'
import { partiesOf } from './parties.ts'
import { findMeeting } from './queries.ts'

/** The organisations that are sent a meeting's papers: all parties but the one whose meeting it is. */
export async function receiversOf(trx: Trx, act: Act, meeting: RecordKey): Promise<string[]> {
  const found = await findMeeting(trx, meeting)
  if (found === null) return []
  const body = { areaId: meeting.areaId, id: found.row.body_id }
  const { joint, attending } = await partiesOf(trx, body, act.viewer.organisation.id)
  return [...joint, ...attending].map(({ id }) => id).filter(id => !found.head.holders.includes(id))
}

/**
 * Brings up to date what others hold of a meeting: those who were sent its agenda get the present version, and where
 * it is published its page and the calendars follow, with a note of what changed.
 */
export async function refreshReaders(trx: Trx, act: Act, meeting: RecordKey, note: string): Promise<void> {
  const found = await findMeeting(trx, meeting)
  if (found?.row.agenda_sent_on != null) await releaseTo(trx, act, meeting, await receiversOf(trx, act, meeting))
  const head = await findRecord(trx, meeting)
  if (head?.publication !== 'published') return
  await publishRecord(trx, act, meeting, note)
  await orderPack(trx, meeting)
}
