import { randomUUIDv7 } from 'node:crypto'
import type { Trx } from '../platform/database/tables.ts'
import type { WorkingModel } from '../platform/web/patterns.ts'
import { londonDate } from '../platform/time.ts'
import { computeClock, findRule, loadCalendars, loadElections, loadRules } from './clocks/index.ts'
import type { ClockBasis, ClockFacts, ClockResult } from './clocks/index.ts'
import { recordEvent } from './history.ts'
import type { Act, Due, RecordHead, RecordKey } from './record.ts'

let kept: { rules: ReturnType<typeof loadRules>; basis: ClockBasis } | undefined

/** Rules, calendars and elections, read once: they are files of this version. */
function clockData() {
  kept ??= { rules: loadRules(), basis: { calendars: loadCalendars(), elections: loadElections() } }
  return kept
}

/** Works out a rule without starting anything: what a page shows before somebody acts. */
export function workOut(rule: string, facts: ClockFacts): ClockResult {
  const { rules, basis } = clockData()
  return computeClock(findRule(rules, rule), facts, basis)
}

/** The due day of a clock that counts in days. */
export function dueDay(result: ClockResult): Temporal.PlainDate | null {
  return result.due instanceof Temporal.PlainDateTime ? result.due.toPlainDate() : result.due
}

/**
 * Starts a clock on a record and keeps its working, so that the date can be explained for ever.
 *
 * @param due the due that was agreed instead of the rule's own length: a meeting, or a date typed by hand
 * @returns the due to put on the record
 */
export async function startClock(
  trx: Trx,
  act: Act,
  record: Pick<RecordHead, 'areaId' | 'id' | 'kind' | 'holders'>,
  rule: string,
  facts: ClockFacts & { from: Temporal.PlainDate },
  owner: { role?: string; personId?: string } = {},
  agreed: Due | null = null,
): Promise<Due> {
  const result = workOut(rule, facts)
  const due = agreed ?? { kind: 'date' as const, date: dueDay(result) ?? facts.from }
  await trx
    .insertInto('clock')
    .values({
      area_id: record.areaId,
      id: randomUUIDv7(),
      record_id: record.id,
      organisation_id: act.viewer.organisation.id,
      rule,
      owner_role: owner.role ?? null,
      owner_person: owner.personId ?? null,
      trigger_text: result.working[1] ?? '',
      started_on: facts.from,
      due: due.kind === 'condition' ? due.lookAgain : due.date,
      plan_by: result.planBy,
      uncertain: result.uncertain,
      working: JSON.stringify(agreed === null ? result.working : [result.working[0], agreedInstead(agreed)]),
      outcome: null,
      created_at: act.now,
    })
    .execute()
  recordEvent(trx, act, {
    areaId: record.areaId,
    id: record.id,
    holders: record.holders,
    kind: `${record.kind}.clock-started`,
    payload: { rule, from: facts.from.toString() },
  })
  return due
}

function agreedInstead(due: Due): string {
  switch (due.kind) {
    case 'date':
      return 'A date was agreed instead of the length of the rule.'
    case 'meeting':
      return 'It is due at the meeting it was put for.'
    case 'condition':
      return `It is due on a condition: ${due.condition}`
  }
}

/** Stops the clocks of a rule that run on a record, with what came of them. Stopping what is not running changes nothing. */
export async function stopClock(trx: Trx, act: Act, record: RecordKey, rule: string, outcome: string): Promise<void> {
  await trx
    .updateTable('clock')
    .set({ state: 'stopped', outcome, stopped_on: londonDate(act.now) })
    .where('area_id', '=', record.areaId)
    .where('record_id', '=', record.id)
    .where('rule', '=', rule)
    .where('state', '=', 'running')
    .execute()
}

/** The working of a record's latest clock, or null where it has none. */
export async function workingOf(trx: Trx, record: RecordKey): Promise<WorkingModel | null> {
  const clock = await trx
    .selectFrom('clock')
    .select(['rule', 'working'])
    .where('area_id', '=', record.areaId)
    .where('record_id', '=', record.id)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (clock === undefined) return null
  const rule = findRule(clockData().rules, clock.rule)
  return {
    rule: rule.sentence,
    law: { text: rule.source },
    leftOut: [],
    notes: clock.working.slice(1),
  }
}
