import type { Role } from '../../../platform/access/viewer.ts'
import type { Trx } from '../../../platform/database/tables.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, findRecord } from '../../../record/records.ts'
import { mustFindMeeting } from '../meeting/add-meeting.ts'
import { partiesOf } from '../meeting/parties.ts'
import { addOutcome } from '../outcomes/add-outcome.ts'
import type { NewOutcome } from '../outcomes/add-outcome.ts'
import { raiseActions } from '../outcomes/raise-actions.ts'
import type { RaisedAction } from '../outcomes/raise-actions.ts'
import { examine } from './examine.ts'
import { mustFindMinutes } from './find-minutes.ts'
import { publishWhole } from './publish-minutes.ts'
import { changeMinutes, insertSignature } from './queries.ts'
import type { MinutesState } from './rules.ts'
import { makeMinutes } from './start-minutes.ts'
import { writeMinute } from './write-minute.ts'

/** Minutes as a paper has them, wherever in their life they stand there. */
export interface LoadedMinutes {
  meeting: RecordKey
  state: MinutesState
  /** Who took them, as the public may read. */
  takenBy?: string | null
  minutes: readonly { itemId: string; text: string }[]
  outcomes?: readonly (NewOutcome & { itemId: string })[]
  /** When the body meets next, as printed and as a day; a day before the meeting becomes a finding. */
  nextMeeting?: { printed: string | null; date: Temporal.PlainDate | null } | null
  circulatedOn?: Temporal.PlainDate | null
  /** The meeting that agreed them, where it is held too. */
  agreed?: { on: Temporal.PlainDate | null; at: string | null } | null
  signatures?: readonly LoadedSignature[]
  /** What does not fit together in the paper, in words that may be public. */
  findings?: readonly string[]
  /** Title, date and place of the paper. */
  source?: string | null
}

export interface LoadedSignature {
  organisationId: string
  personId: string | null
  /** As the public reads it: "Jane Doe, Chief Constable". */
  name: string
  role: Role
  on: Temporal.PlainDate
  /** Where the paper does not print the office. */
  inferred?: boolean
}

/**
 * Loads minutes that papers hold, at the point of their life that the papers show. Their defects become findings; none
 * is refused. Published minutes bring their meeting and the actions of its open parts before the public.
 *
 * @returns the minutes as saved, and the actions raised in them
 */
export async function loadMinutes(
  trx: Trx,
  act: Act,
  loaded: LoadedMinutes,
): Promise<{ minutes: RecordHead; actions: RaisedAction[] }> {
  const meeting = await mustFindMeeting(trx, loaded.meeting)
  const key = await makeMinutes(trx, act, meeting, {
    takenBy: loaded.takenBy ?? null,
    source: loaded.source ?? null,
    findings: loaded.findings ?? [],
  })
  if (meeting.state !== 'held')
    await changeRecord(trx, act, meeting.head, null, { state: 'held', owner: null }, { kind: 'held' })
  for (const { itemId, text } of loaded.minutes) await writeMinute(trx, act, key, itemId, { text, version: null })
  for (const { itemId, ...outcome } of loaded.outcomes ?? []) await addOutcome(trx, act, key, itemId, outcome)
  await changeMinutes(trx, key, {
    next_meeting_printed: loaded.nextMeeting?.printed ?? null,
    next_meeting_date: loaded.nextMeeting?.date ?? null,
    circulated_on: loaded.circulatedOn ?? null,
    agreed_at: loaded.agreed?.at ?? null,
    agreed_on: loaded.agreed?.on ?? null,
    signed_on: latest(loaded.signatures ?? []),
  })
  const actions = loaded.state === 'draft' ? [] : await bringForward(trx, act, key, loaded)
  const minutes = (await findRecord(trx, key)) ?? key
  return { minutes, actions }
}

function latest(signatures: readonly LoadedSignature[]): Temporal.PlainDate | null {
  return (
    signatures
      .map(each => each.on)
      .toSorted((a, b) => Temporal.PlainDate.compare(a, b))
      .at(-1) ?? null
  )
}

async function bringForward(trx: Trx, act: Act, key: RecordHead, loaded: LoadedMinutes): Promise<RaisedAction[]> {
  const { row } = await mustFindMeeting(trx, loaded.meeting)
  const { joint } = await partiesOf(trx, { areaId: key.areaId, id: row.body_id }, act.viewer.organisation.id)
  const holders = [...new Set([...key.holders, ...joint.map(({ id }) => id)])]
  const actions = await raiseActions(trx, act, await examine(trx, await mustFindMinutes(trx, key)))
  for (const signature of loaded.signatures ?? []) {
    await insertSignature(trx, {
      area_id: key.areaId,
      minutes_id: key.id,
      organisation_id: signature.organisationId,
      name: signature.name,
      person_id: signature.personId,
      role: signature.role,
      signed_on: signature.on,
      inferred: signature.inferred ?? false,
    })
  }
  await changeRecord(trx, act, key, null, { state: loaded.state, holders }, { kind: 'loaded' })
  if (loaded.state === 'published') await publishWhole(trx, act, key)
  return actions
}
