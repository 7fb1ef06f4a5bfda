import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { releaseTo } from '../../../record/release.ts'
import { mustFindMeeting } from '../meeting/add-meeting.ts'
import { sharingObstacles } from '../meeting/form-of-meeting.ts'
import { partiesOf } from '../meeting/parties.ts'
import { stoppingReasons } from '../outcomes/findings.ts'
import { raiseActions } from '../outcomes/raise-actions.ts'
import type { RaisedAction } from '../outcomes/raise-actions.ts'
import { settleProgramme } from '../programme/reported.ts'
import { refuseIf } from '../refuse.ts'
import { examine } from './examine.ts'
import type { Examination } from './examine.ts'
import { mustFindMinutes } from './find-minutes.ts'
import { changeMinutes } from './queries.ts'
import { circulatingObstacles } from './rules.ts'

/** Why these minutes may not be circulated now by this organisation. */
export function whyNotCirculated(minutes: Examination, organisationId: string): string[] {
  const written = [...minutes.texts.values()].filter(each => each.text.trim() !== '').length
  const facts = { state: minutes.state, keptBy: minutes.row.kept_by, written }
  return circulatingObstacles(facts, { organisationId }, stoppingReasons(minutes.findings))
}

function wordsOf({ texts }: Examination): string {
  return [...texts.values()].map(each => each.text).join(' ')
}

/**
 * Circulates minutes to the other side: from now on they are a joint record of both, and what was circulated is frozen
 * as it went. Every outcome becomes an action and is issued, so that whoever leads knows at once and not a meeting
 * later; until now it was a line of a draft that could still be struck.
 *
 * @returns the actions that were raised
 * @throws Refusal with every reason; of what does not resolve, only an outcome without any addressee stops them
 */
export async function circulateMinutes(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number | null,
): Promise<RaisedAction[]> {
  const minutes = await examine(trx, await mustFindMinutes(trx, key))
  refuseIf(whyNotCirculated(minutes, act.viewer.organisation.id))
  const { row } = await mustFindMeeting(trx, minutes.meeting)
  refuseIf(sharingObstacles(row.form))
  const { joint, attending } = await partiesOf(trx, { areaId: key.areaId, id: row.body_id }, act.viewer.organisation.id)
  const holders = [...new Set([...minutes.head.holders, ...joint.map(({ id }) => id)])]
  await changeRecord(
    trx,
    act,
    key,
    version,
    { state: 'circulated', holders, searchText: wordsOf(minutes) },
    { kind: 'circulated' },
  )
  await changeMinutes(trx, key, { circulated_on: londonDate(act.now) })
  const raised = await raiseActions(trx, act, minutes)
  await settleProgramme(trx, act, { ...minutes.meeting, dated: minutes.head.dated })
  const others = [...joint, ...attending].map(({ id }) => id).filter(id => !minutes.head.holders.includes(id))
  await releaseTo(trx, act, key, others)
  return raised
}
