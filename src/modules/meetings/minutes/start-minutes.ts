import type { Trx } from '../../../platform/database/tables.ts'
import { link } from '../../../record/links.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import { releaseTo } from '../../../record/release.ts'
import { itemsOf } from '../agenda/queries.ts'
import { mustFindMeeting } from '../meeting/add-meeting.ts'
import type { Meeting } from '../meeting/queries.ts'
import { receiversOf } from '../meeting/readers.ts'
import { minutingObstacles } from '../meeting/rules.ts'
import { clerkOf } from '../clerk.ts'
import { refuseIf } from '../refuse.ts'
import { findMinutesOf, insertMinutes } from './queries.ts'

/**
 * Begins the minutes of a meeting, which by that was held.
 *
 * @param today the day in London
 * @throws Refusal with every reason where they may not be begun
 */
export async function startMinutes(trx: Trx, act: Act, key: RecordKey, today: Temporal.PlainDate): Promise<RecordHead> {
  const meeting = await mustFindMeeting(trx, key)
  const items = (await itemsOf(trx, key)).filter(item => item.withdrawn_on === null).length
  const minutes = (await findMinutesOf(trx, key))?.head.state ?? null
  const facts = { state: meeting.state, date: meeting.head.dated, items, minutes }
  refuseIf(minutingObstacles(facts, today))
  const record = await makeMinutes(trx, act, meeting, { takenBy: act.viewer.name })
  await changeRecord(trx, act, key, null, { state: 'held', owner: null }, { kind: 'held' })
  if (meeting.row.agenda_sent_on !== null) await releaseTo(trx, act, key, await receiversOf(trx, act, key))
  return record
}

/** Makes the record of a meeting's minutes, as a draft of the organisation whose meeting it was. */
export async function makeMinutes(
  trx: Trx,
  act: Act,
  meeting: Meeting,
  made: { takenBy: string | null; source?: string | null; findings?: readonly string[] },
): Promise<RecordHead> {
  const { head } = meeting
  const record = await createRecord(trx, act, {
    areaId: head.areaId,
    kind: 'minutes',
    title: `Minutes of ${head.title}`,
    state: 'draft',
    holders: head.holders,
    owner: clerkOf(act),
    dated: head.dated,
  })
  await insertMinutes(trx, {
    area_id: record.areaId,
    record_id: record.id,
    meeting_id: head.id,
    kept_by: act.viewer.organisation.id,
    taken_by: made.takenBy,
    next_meeting_printed: null,
    stated_findings: JSON.stringify(made.findings ?? []),
    source: made.source ?? null,
  })
  await link(trx, act, record, 'minutes-of', head)
  return record
}
