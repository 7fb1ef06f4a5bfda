import { sql } from 'kysely'
import type { Updateable } from 'kysely'
import { randomUUIDv7 } from 'node:crypto'
import type { Trx } from '../platform/database/tables.ts'
import { londonDate } from '../platform/time.ts'
import { clockRules } from './clock-basis.ts'
import { actingFor } from './acting-for.ts'
import { storeFacts } from './clock-facts.ts'
import { clocksOf } from './clock-rows.ts'
import type { RunningClock } from './clock-rows.ts'
import { agreedColumns, computedColumns, computeHere, dueDay, withLength } from './clock-work-out.ts'
import { startingDay } from './clocks/facts.ts'
import { findRule } from './clocks/index.ts'
import type { ClockFacts, ClockResult } from './clocks/index.ts'
import { refreshEntry } from './entries.ts'
import { recordEvent } from './history.ts'
import type { Act, Due, RecordHead, RecordKey } from './record.ts'
import { findRecord } from './records.ts'
import type { ClockTable } from './tables.ts'

/** Who owes what a clock is about. The organisation that acts, unless said. */
export interface ClockOwner {
  organisationId?: string
  role?: string
  personId?: string
  /** The body whose own length holds, where it has set one. */
  bodyId?: string
  /** False where the record's due is not this clock's. */
  setsDue?: false
}

/**
 * Starts a clock on a record and keeps its facts and working, so that the date can be explained, paused, extended and
 * dated again.
 *
 * @param agreed the due that was agreed instead of the rule's own length: a meeting, or a date typed by hand
 * @returns the due to put on the record
 */
export async function startClock(
  trx: Trx,
  act: Act,
  record: Pick<RecordHead, 'areaId' | 'id' | 'kind' | 'holders'>,
  rule: string,
  facts: ClockFacts & { from: NonNullable<ClockFacts['from']> },
  owner: ClockOwner = {},
  agreed: Due | null = null,
): Promise<Due> {
  const found = findRule(clockRules(), rule)
  const place = { areaId: record.areaId, organisationId: act.viewer.organisation.id, bodyId: owner.bodyId }
  const all = await withLength(trx, place, found, facts)
  const result = await computeHere(trx, record.areaId, found, all)
  const due = agreed ?? dueOf(result)
  const owes = owner.organisationId ?? act.viewer.organisation.id
  const id = randomUUIDv7()
  const holders = [...new Set([...record.holders, owes])]
  await trx
    .insertInto('clock')
    .values({
      area_id: record.areaId,
      id,
      record_id: record.id,
      record_kind: record.kind,
      holders,
      organisation_id: owes,
      rule: found.id,
      owner_role: owner.role ?? null,
      owner_person: owner.personId ?? null,
      trigger_text: result.working[1] ?? '',
      started_on: startingDay(facts.from),
      facts: JSON.stringify(storeFacts(all)),
      ...(agreed === null ? computedColumns(result) : agreedColumns(result, agreed)),
      in_force: result.inForce,
      sets_due: owner.setsDue ?? true,
      outcome: null,
      created_at: act.now,
      updated_at: act.now,
    })
    .execute()
  recordEvent(trx, act, {
    areaId: record.areaId,
    id: record.id,
    holders,
    kind: `${record.kind}.clock-started`,
    payload: {
      clock: id,
      rule: found.id,
      from: facts.from.toString(),
      due: due.kind === 'condition' ? null : due.date,
    },
  })
  await showChange(trx, act, record, record.holders)
  return due
}

/** A duty without a number of days is due on a condition: nobody is late with it on the day it begins. */
function dueOf(result: ClockResult): Due {
  const date = dueDay(result)
  if (date !== null) return { kind: 'date', date }
  return { kind: 'condition', condition: 'As soon as practicable: no number of days is set', lookAgain: null }
}

/**
 * States that a duty's start or end is not evidenced: a paper that is not held is never a duty missed.
 *
 * @param why in a sentence: "The agenda of this meeting is not held."
 */
export async function clockNotKnown(
  trx: Trx,
  act: Act,
  record: Pick<RecordHead, 'areaId' | 'id' | 'kind' | 'holders'>,
  rule: string,
  why: string,
  owner: ClockOwner = {},
): Promise<void> {
  const found = findRule(clockRules(), rule)
  const owes = owner.organisationId ?? act.viewer.organisation.id
  await trx
    .insertInto('clock')
    .values({
      area_id: record.areaId,
      id: randomUUIDv7(),
      record_id: record.id,
      record_kind: record.kind,
      holders: [...new Set([...record.holders, owes])],
      organisation_id: owes,
      rule: found.id,
      owner_role: owner.role ?? null,
      owner_person: owner.personId ?? null,
      trigger_text: '',
      uncertain: false,
      working: JSON.stringify([found.sentence, why]),
      state: 'not-known',
      not_known_why: why,
      sets_due: false,
      outcome: null,
      created_at: act.now,
      updated_at: act.now,
    })
    .execute()
}

/**
 * Stops the clocks of a rule that run on a record, with what came of them. Stopping what is not running changes
 * nothing.
 *
 * @param on the day the duty was done, where that is not today
 */
export async function stopClock(
  trx: Trx,
  act: Act,
  record: RecordKey,
  rule: string,
  outcome: string,
  on: Temporal.PlainDate = londonDate(act.now),
): Promise<void> {
  const running = (await clocksOf(trx, record)).filter(clock => clock.rule.id === rule && isRunning(clock))
  for (const clock of running) {
    await changeClock(trx, act, clock, { state: 'stopped', outcome, stopped_on: on }, 'clock-stopped', { outcome })
  }
}

/** Whether a clock still counts, or stands still for a while. */
export function isRunning(clock: Pick<RunningClock, 'state'>): boolean {
  return clock.state === 'running' || clock.state === 'paused'
}

/** Changes the row of a clock, and says so in the history of its record. */
export async function changeClock(
  trx: Trx,
  act: Act,
  clock: RunningClock,
  changes: Updateable<ClockTable>,
  event: string,
  details: object,
): Promise<void> {
  await trx
    .updateTable('clock')
    .where('area_id', '=', clock.areaId)
    .where('id', '=', clock.id)
    .set({ ...changes, sequence: sql<number>`sequence + 1`, updated_at: act.now })
    .execute()
  recordEvent(trx, act, {
    areaId: clock.areaId,
    id: clock.recordId,
    holders: clock.holders,
    kind: `${clock.recordKind}.${event}`,
    payload: { clock: clock.id, rule: clock.rule.id, ...details },
  })
  await showChange(trx, act, { areaId: clock.areaId, id: clock.recordId }, clock.holders)
}

/** What the public may open of a due follows its clock. */
async function showChange(trx: Trx, act: Act, key: RecordKey, holders: readonly string[]): Promise<void> {
  await actingFor(trx, holders, async () => {
    const record = await findRecord(trx, key)
    if (record?.publication === 'published') await refreshEntry(trx, act, record)
  })
}
