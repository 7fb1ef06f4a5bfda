import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { londonDate } from '../../../platform/time.ts'
import type { Act, Due, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { agreeNewDue } from './clocks.ts'
import { leadsInWords, ownerColumns, ownerOf } from './leads.ts'
import type { NewLead } from './leads.ts'
import { actorOf, mustLoad, refuseIf } from './load.ts'
import { changeItem, endLeads, insertDueChange, insertLead, insertUpdate, leadsOf } from './queries.ts'
import { sendToAddressees } from './raise.ts'
import { dueInWords, leadChangeObstacles, newDueFault, redatingObstacles, reportingObstacles } from './rules.ts'

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

/**
 * The lead says it is done, or that the information was received, and the body that raised it is asked to look.
 *
 * @param receivedOn of a request for information, the day on which it arrived; today unless given
 */
export async function reportDone(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  receivedOn: Temporal.PlainDate = londonDate(act.now),
): Promise<void> {
  const { record, kind, facts } = await mustLoad(trx, key)
  refuseIf(reportingObstacles(facts))
  if (kind === 'information-request') await changeItem(trx, key, { received_on: receivedOn })
  await changeRecord(trx, act, record, version, { state: 'reported' }, { kind: 'reported' })
}

/**
 * Changes when an item is due. The due first set stays, and every change is counted with its reason.
 *
 * @throws Refusal where another body raised it, or the new date has passed already
 */
export async function changeDue(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  due: Due,
  reason: string,
): Promise<void> {
  const { record, kind, item, facts } = await mustLoad(trx, key)
  refuseIf(redatingObstacles(facts, actorOf(act)))
  const fault = act.loading === true ? null : newDueFault(record.due, due, londonDate(act.now))
  refuseIf(fault === null ? [] : [`${fault}.`])
  await insertDueChange(trx, {
    area_id: key.areaId,
    record_id: key.id,
    changed_on: londonDate(act.now),
    due_before: dueInWords(record.due),
    due_after: dueInWords(due),
    reason,
    changed_by: act.viewer.name,
  })
  await changeItem(trx, key, { due_moves: item.due_moves + 1 })
  const redated = await changeRecord(trx, act, record, version, { due }, { kind: 'redated', why: reason })
  await agreeNewDue(trx, act, redated, kind, due, reason)
  await tellAddressees(trx, act, key)
}

/** What was sent of a recommendation follows what the raiser decides of it. */
export async function tellAddressees(trx: Trx, act: Act, key: RecordKey): Promise<void> {
  const loaded = await mustLoad(trx, key)
  if (loaded.kind === 'recommendation' && loaded.record.state !== 'draft') await sendToAddressees(trx, act, loaded)
}

/** How the leads of an item change: somebody joins, leaves, hands over, or is stood in for. */
export interface LeadChange {
  /** Whom it is about; left out where somebody only joins. */
  leadId?: string
  /** Who leads instead, or stands in, or joins. */
  by?: NewLead
  /** True where `by` stands in for a while, and the other stays the lead. */
  standsIn?: boolean
  why: string
}

/**
 * Changes who leads: a lead who left is ended with the reason and stays on record, another takes over, a substitute
 * stands in. An organisation that leads from now on holds an action or a request together with the others.
 *
 * @throws Refusal where this organisation neither raised it nor leads
 */
export async function changeLeads(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  change: LeadChange,
): Promise<RecordHead> {
  const { record, kind, leads, facts } = await mustLoad(trx, key)
  refuseIf(leadChangeObstacles(facts, actorOf(act)))
  const about = leads.find(lead => lead.id === change.leadId && lead.until === null)
  if (change.leadId !== undefined && about === undefined) throw new Refusal(['They do not lead on it any more.'])
  const today = londonDate(act.now)
  const standsIn = change.standsIn === true && about !== undefined
  if (about !== undefined && !standsIn) {
    const gone = leads.filter(lead => lead.id === about.id || lead.stands_in_for === about.id).map(lead => lead.id)
    await endLeads(trx, key.areaId, gone, today, change.why)
  }
  if (change.by !== undefined) {
    const { words, owner } = change.by
    const row = { area_id: key.areaId, record_id: key.id, words, ...ownerColumns(owner), since: today }
    await insertLead(trx, { ...row, ...(standsIn && { stands_in_for: about.id }) })
  }
  const now = await leadsOf(trx, key.areaId, [key.id])
  const words = leadsInWords(now)
  await changeItem(trx, key, { lead_words: words })
  const more = kind === 'recommendation' || change.by?.owner == null ? [] : [change.by.owner.organisationId]
  const holders = record.state === 'draft' ? record.holders : [...new Set([...record.holders, ...more])]
  const event = { kind: 'lead-changed', why: change.why, details: { lead: words } }
  return changeRecord(trx, act, record, version, { owner: ownerOf(now), holders }, event)
}

/**
 * Chooses a colour against the rule, or goes back to the rule (null). The reason is shown wherever the colour is.
 *
 * @throws Refusal where another body raised it
 */
export async function overrideColour(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  chosen: { colour: 'red' | 'amber' | 'green'; why: string } | null,
): Promise<void> {
  const { record, facts } = await mustLoad(trx, key)
  refuseIf(facts.raisedBy === act.viewer.organisation.id ? [] : ['Its colour is chosen by the body that raised it.'])
  await changeItem(trx, key, {
    rag_override: chosen?.colour ?? null,
    rag_override_why: chosen?.why ?? null,
    rag_override_by: chosen === null ? null : act.viewer.name,
    rag_override_on: chosen === null ? null : londonDate(act.now),
  })
  const event = { kind: chosen === null ? 'colour-by-rule' : 'colour-chosen', details: { colour: chosen?.colour } }
  await changeRecord(trx, act, record, version, {}, { ...event, ...(chosen !== null && { why: chosen.why }) })
}
