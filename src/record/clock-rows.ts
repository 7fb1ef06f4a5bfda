import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Trx } from '../platform/database/tables.ts'
import { clockRules } from './clock-basis.ts'
import { readFacts } from './clock-facts.ts'
import { clockStanding, findRule } from './clocks/index.ts'
import type { ClockFacts, ClockRule, ClockStanding } from './clocks/index.ts'
import type { Due, RecordKey } from './record.ts'
import type { ClockTable } from './tables.ts'

/** Identity of a clock. */
export interface ClockKey {
  areaId: number
  id: string
}

/** One clock on a record, as it stands. */
export interface RunningClock extends ClockKey {
  recordId: string
  recordKind: string
  holders: readonly string[]
  /** The organisation that owes. */
  organisationId: string
  rule: ClockRule
  owner: { role: string | null; personId: string | null }
  facts: ClockFacts
  startedOn: Temporal.PlainDate | null
  /** A moment where the rule counts hours. */
  due: Temporal.PlainDate | Temporal.PlainDateTime | null
  planBy: Temporal.PlainDate | null
  uncertain: boolean
  /** A date, meeting or condition was agreed in place of the rule's own length. */
  agreed: boolean
  setsDue: boolean
  inForce: boolean
  working: readonly string[]
  state: Selectable<ClockTable>['state']
  outcome: string | null
  stoppedOn: Temporal.PlainDate | null
  extensionGround: string | null
  cancelledWhy: string | null
  notKnownWhy: string | null
  sequence: number
  updatedAt: Temporal.Instant
}

/** A row of the clock table as the rest of the program speaks of it. */
export function toClock(row: Selectable<ClockTable>): RunningClock {
  return {
    areaId: row.area_id,
    id: row.id,
    recordId: row.record_id,
    recordKind: row.record_kind,
    holders: row.holders,
    organisationId: row.organisation_id,
    rule: findRule(clockRules(), row.rule),
    owner: { role: row.owner_role, personId: row.owner_person },
    facts: readFacts(row.facts),
    startedOn: row.started_on,
    due: row.due_at ?? row.due,
    planBy: row.plan_by,
    uncertain: row.uncertain,
    agreed: row.agreed,
    setsDue: row.sets_due,
    inForce: row.in_force,
    working: row.working,
    state: row.state,
    outcome: row.outcome,
    stoppedOn: row.stopped_on,
    extensionGround: row.extension_ground,
    cancelledWhy: row.cancelled_why,
    notKnownWhy: row.not_known_why,
    sequence: row.sequence,
    updatedAt: row.updated_at,
  }
}

/** The clocks of a record that the transaction's organisations may see, the latest first. */
export function clocksOf(trx: Trx, record: RecordKey): Promise<RunningClock[]> {
  return clocksOfAll(trx, record.areaId, [record.id])
}

/** The clocks of several records of an area, the latest first. */
export async function clocksOfAll(trx: Trx, areaId: number, recordIds: readonly string[]): Promise<RunningClock[]> {
  if (recordIds.length === 0) return []
  const rows = await trx
    .selectFrom('clock')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('record_id', 'in', recordIds)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(toClock)
}

/** One clock, or null where it is not there or not theirs to see. */
export async function findClock(trx: Trx, key: ClockKey): Promise<RunningClock | null> {
  const row = await selectClock(trx, key).executeTakeFirst()
  return row === undefined ? null : toClock(row)
}

/** The same, held until the transaction ends: nobody else changes it meanwhile. */
export async function lockClock(trx: Trx, key: ClockKey): Promise<RunningClock | null> {
  const row = await selectClock(trx, key).forUpdate().executeTakeFirst()
  return row === undefined ? null : toClock(row)
}

function selectClock(trx: Trx, { areaId, id }: ClockKey) {
  return trx.selectFrom('clock').selectAll().where('area_id', '=', areaId).where('id', '=', id)
}

/**
 * How a clock stands on a day.
 *
 * @param today the day, or in London the moment where hours count
 * @param asAt in a historical area the day of its last paper, at which its clocks stand still
 */
export function standingOf(
  clock: RunningClock,
  today: Temporal.PlainDate | Temporal.PlainDateTime,
  asAt: Temporal.PlainDate | null,
  soon?: number,
): ClockStanding {
  const life = {
    due: clock.due,
    started: clock.state !== 'not-known',
    inForce: clock.inForce,
    done: clock.state === 'stopped' ? clock.stoppedOn : null,
    notApplicable: clock.state === 'cancelled' ? (clock.cancelledWhy ?? '') : null,
    paused: clock.state === 'paused',
    lastDay: clock.rule.lastDay,
    asAt,
    shownOpenOn: null,
  }
  const standing = clockStanding(life, today, soon)
  return clock.state === 'not-known' && clock.notKnownWhy !== null
    ? { ...standing, reason: clock.notKnownWhy }
    : standing
}

/** The day of a due that may be a moment. */
export function dayOfDue(due: RunningClock['due']): Temporal.PlainDate | null {
  return due instanceof Temporal.PlainDateTime ? due.toPlainDate() : due
}

/** How an agreed due is explained in place of the rule's own count. */
export function agreedInstead(due: Due): string {
  switch (due.kind) {
    case 'date':
      return 'A date was agreed instead of the length of the rule.'
    case 'meeting':
      return 'It is due at the meeting it was put for.'
    case 'condition':
      return `It is due on a condition: ${due.condition}`
  }
}

/** The day that an agreed due puts on a clock. */
export function dayOfAgreed(due: Due): Temporal.PlainDate | null {
  return due.kind === 'condition' ? due.lookAgain : due.date
}

/**
 * Lets the running clock of a record follow a due that was agreed by hand, so that the two never say different days.
 * A clock that has that day already keeps its working.
 */
export async function followAgreedDue(trx: Trx, record: RecordKey, due: Due, now: Temporal.Instant): Promise<void> {
  const day = dayOfAgreed(due)
  await trx
    .updateTable('clock')
    .set({
      due: day,
      due_at: null,
      plan_by: null,
      agreed: true,
      uncertain: false,
      working: sql<string>`jsonb_build_array(working -> 0, ${agreedInstead(due)}::text)`,
      sequence: sql<number>`sequence + 1`,
      updated_at: now,
    })
    .where('area_id', '=', record.areaId)
    .where('record_id', '=', record.id)
    .where('sets_due', '=', true)
    .where('state', 'in', ['running', 'paused'])
    .where(sql<boolean>`due is distinct from ${day}::date`)
    .execute()
}
