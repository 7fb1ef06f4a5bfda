import type { Trx } from '../../platform/database/tables.ts'
import { Refusal } from '../../platform/refusals.ts'
import { londonDate } from '../../platform/time.ts'
import { stopClock } from '../../record/clock-store.ts'
import { attachmentsOf } from '../../record/files.ts'
import type { Act, Due, RecordHead, RecordKey } from '../../record/record.ts'
import { changeRecord, findRecord } from '../../record/records.ts'
import { changeAction, findAction, insertDueChange, insertUpdate } from './queries.ts'
import type { Action } from './queries.ts'
import { closingObstacles, dueInWords, redatingObstacles, reopeningObstacles, reportingObstacles } from './rules.ts'
import type { ActionFacts, Actor, Answers } from './rules.ts'

/** An action with its head and what the rules ask about it. */
export interface LoadedAction {
  record: RecordHead
  action: Action
  facts: ActionFacts
}

/** Loads an action with what the rules need, or null where it is not visible. */
export async function loadAction(trx: Trx, key: RecordKey): Promise<LoadedAction | null> {
  const record = await findRecord(trx, key)
  const action = await findAction(trx, key)
  if (record?.kind !== 'action' || action === null) return null
  const evidence = (await attachmentsOf(trx, key)).filter(each => each.purpose === 'evidence').length
  const facts = {
    state: record.state,
    ownerPerson: record.owner?.personId ?? null,
    raisedBy: action.raised_by_organisation,
    evidence,
  }
  return { record, action, facts }
}

async function mustLoad(trx: Trx, key: RecordKey): Promise<LoadedAction> {
  const loaded = await loadAction(trx, key)
  if (loaded === null) throw new Refusal(['This action is not there any more.'])
  return loaded
}

function refuseIf(reasons: readonly string[]): void {
  if (reasons.length > 0) throw new Refusal(reasons)
}

/** Who acts, as the rules ask for it. */
export function actorOf(act: Act): Actor {
  return { organisationId: act.viewer.organisation.id, personId: act.viewer.personId }
}

/** Adds a dated progress update; earlier ones stay as they were written. */
export async function addUpdate(
  trx: Trx,
  act: Act,
  key: RecordKey,
  text: string,
  dated: Temporal.PlainDate = londonDate(act.now),
): Promise<void> {
  const { record } = await mustLoad(trx, key)
  await insertUpdate(trx, {
    area_id: key.areaId,
    record_id: key.id,
    dated,
    text,
    written_by: act.viewer.name,
    organisation_id: act.viewer.organisation.id,
  })
  await changeRecord(trx, act, record, null, {}, { kind: 'updated', details: { text } })
}

/** The lead says it is done, and the body that raised it is asked to look at the evidence. */
export async function reportDone(trx: Trx, act: Act, key: RecordKey, version: number): Promise<void> {
  const { record, facts } = await mustLoad(trx, key)
  refuseIf(reportingObstacles(facts))
  await changeRecord(trx, act, record, version, { state: 'reported' }, { kind: 'reported' })
}

/** Closes an action, saying whether what was done answers what was asked, and why. */
export async function closeAction(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  closing: { answersAsked: Answers; reason: string },
): Promise<void> {
  const { record, facts } = await mustLoad(trx, key)
  refuseIf(closingObstacles(facts, actorOf(act)))
  await changeAction(trx, key, {
    answers_asked: closing.answersAsked,
    closing_reason: closing.reason,
    closed_on: londonDate(act.now),
  })
  await stopClock(trx, act, key, 'ACTION', 'closed')
  const event = { kind: 'closed', why: closing.reason, details: { answersAsked: closing.answersAsked } }
  await changeRecord(trx, act, record, version, { state: 'closed' }, event)
}

/** Re-opens a closed action with a reason; how often that happened is kept. */
export async function reopenAction(trx: Trx, act: Act, key: RecordKey, version: number, reason: string): Promise<void> {
  const { record, action, facts } = await mustLoad(trx, key)
  refuseIf(reopeningObstacles(facts, actorOf(act)))
  await changeAction(trx, key, {
    answers_asked: null,
    closing_reason: null,
    closed_on: null,
    reopened: action.reopened + 1,
  })
  await changeRecord(trx, act, record, version, { state: 'open' }, { kind: 'reopened', why: reason })
}

/** Changes when an action is due. The due first set stays, and every change is counted with its reason. */
export async function changeDue(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  due: Due,
  reason: string,
): Promise<void> {
  const { record, action, facts } = await mustLoad(trx, key)
  refuseIf(redatingObstacles(facts))
  await insertDueChange(trx, {
    area_id: key.areaId,
    record_id: key.id,
    changed_on: londonDate(act.now),
    due_before: dueInWords(record.due),
    due_after: dueInWords(due),
    reason,
    changed_by: act.viewer.name,
  })
  await changeAction(trx, key, { due_moves: action.due_moves + 1 })
  await changeRecord(trx, act, record, version, { due }, { kind: 'redated', why: reason })
}

/** Gives an action up, with the reason. */
export async function cancelAction(trx: Trx, act: Act, key: RecordKey, version: number, reason: string): Promise<void> {
  const { record, facts } = await mustLoad(trx, key)
  refuseIf(facts.raisedBy === act.viewer.organisation.id ? [] : ['It is cancelled by the body that raised it.'])
  await stopClock(trx, act, key, 'ACTION', 'cancelled')
  await changeRecord(trx, act, record, version, { state: 'cancelled' }, { kind: 'cancelled', why: reason })
}
