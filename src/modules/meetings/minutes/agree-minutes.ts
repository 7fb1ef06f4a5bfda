import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { itemsOf } from '../agenda/queries.ts'
import { findMeeting, meetingsOfBody } from '../meeting/queries.ts'
import type { Meeting } from '../meeting/queries.ts'
import { refuseIf } from '../refuse.ts'
import { mustFindMinutes } from './find-minutes.ts'
import { changeMinutes } from './queries.ts'
import { agreeingObstacles } from './rules.ts'
import type { AgreeingMeeting } from './rules.ts'

/**
 * Records that minutes were agreed as a true record, with the corrections made since they were circulated, as the
 * first item of a later meeting of the same body. From now on each side is to sign them.
 *
 * @param at the meeting that agreed them
 * @throws Refusal with every reason where they were not, or not by that meeting
 */
export async function agreeMinutes(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number | null,
  at: RecordKey | null,
): Promise<void> {
  const { head, row, state } = await mustFindMinutes(trx, key)
  const meeting = await findMeeting(trx, { areaId: key.areaId, id: row.meeting_id })
  const next = at === null ? null : await findMeeting(trx, at)
  const facts = { state, keptBy: row.kept_by, bodyId: meeting?.row.body_id ?? '', date: head.dated }
  const doer = { organisationId: act.viewer.organisation.id }
  refuseIf(agreeingObstacles(facts, doer, next === null ? null : await agreeing(trx, next), londonDate(act.now)))
  await changeMinutes(trx, key, { agreed_at: next?.head.id ?? null, agreed_on: next?.head.dated ?? null })
  // Each side is to sign: it is nobody's work alone until then.
  await changeRecord(trx, act, key, version, { state: 'agreed', owner: null }, { kind: 'agreed' })
}

async function agreeing(trx: Trx, { head, row }: Meeting): Promise<AgreeingMeeting> {
  const [first] = (await itemsOf(trx, head)).filter(item => item.withdrawn_on === null)
  return { bodyId: row.body_id, date: head.dated, state: head.state, beginsWithMinutes: first?.kind === 'minutes' }
}

/** Later meetings of the same body at which minutes may be agreed, the next one first. */
export async function laterMeetings(trx: Trx, meeting: RecordKey): Promise<Meeting[]> {
  const found = await findMeeting(trx, meeting)
  if (found === null) return []
  const all = await meetingsOfBody(trx, { areaId: meeting.areaId, id: found.row.body_id })
  const later = all.filter(each => Temporal.PlainDate.compare(each.head.dated, found.head.dated) > 0)
  return later.filter(each => each.state !== 'cancelled').reverse()
}
