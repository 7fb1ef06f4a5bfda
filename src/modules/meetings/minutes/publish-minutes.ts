import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import { stopClock } from '../../../record/clock-store.ts'
import { publicationObstacles, publishRecord } from '../../../record/publish.ts'
import type { Publication } from '../../../record/publish.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord, findRecord, findRecords } from '../../../record/records.ts'
import { isOpen } from '../agenda/rules.ts'
import { meetingPublicObstacles } from '../meeting/public-obstacles.ts'
import { refuseIf } from '../refuse.ts'
import { examine } from './examine.ts'
import type { Examination } from './examine.ts'
import { mustFindMinutes } from './find-minutes.ts'
import { changeMinutes } from './queries.ts'
import { publishingObstacles } from './rules.ts'

/**
 * Publishes signed minutes, with the meeting they are of and the actions raised in its open parts, in one step. What
 * was withheld stays back everywhere: of it the meeting's page has the notice, and nothing else is anywhere.
 *
 * @throws Refusal with every reason where they may not be published now
 */
export async function publishMinutes(trx: Trx, act: Act, key: RecordKey, version: number | null): Promise<Publication> {
  const { row, state } = await mustFindMinutes(trx, key)
  refuseIf(publishingObstacles({ state, keptBy: row.kept_by }, { organisationId: act.viewer.organisation.id }))
  refuseIf(await meetingPublicObstacles(trx, { areaId: key.areaId, id: row.meeting_id }))
  await changeRecord(
    trx,
    act,
    key,
    version,
    { state: 'published', owner: null, due: null },
    { kind: 'put-before-public' },
  )
  await stopClock(trx, act, key, 'MINUTES-PUB', 'published')
  return publishWhole(trx, act, key)
}

/** Puts meeting, actions and minutes before the public. The minutes' state says already that they are published. */
export async function publishWhole(trx: Trx, act: Act, key: RecordKey): Promise<Publication> {
  await changeMinutes(trx, key, { published_on: londonDate(act.now) })
  const minutes = await examine(trx, await mustFindMinutes(trx, key))
  await publishMeeting(trx, act, minutes.meeting)
  await publishActions(trx, act, minutes)
  return publishRecord(trx, act, key)
}

/** The meeting may not have been public before: then its minutes bring it there (Specified Information Order, 5(c)). */
async function publishMeeting(trx: Trx, act: Act, meeting: RecordKey): Promise<void> {
  const head = await findRecord(trx, meeting)
  if (head === null || head.publication === 'taken-down') return
  const note = head.publication === 'published' ? 'Brought up to date when the minutes were published.' : undefined
  await publishRecord(trx, act, meeting, note)
}

async function publishActions(trx: Trx, act: Act, { head, items, outcomes }: Examination): Promise<void> {
  const open = new Set(items.filter(isOpen).map(item => item.id))
  const raised = outcomes.filter(each => open.has(each.row.item_id)).flatMap(each => each.row.action_id ?? [])
  const actions = await findRecords(trx, head.areaId, raised)
  for (const action of actions.filter(each => publicationObstacles(each).length === 0)) {
    await publishRecord(trx, act, action)
  }
}
