import type { Trx } from '../platform/database/tables.ts'
import { clockBasis } from './clock-basis.ts'
import { clocksOfAll } from './clock-rows.ts'
import type { RunningClock } from './clock-rows.ts'
import { lengthSourceOf } from './clock-words.ts'
import type { LengthSource } from './clock-words.ts'
import { ClockFault, explainClocks } from './clocks/index.ts'
import type { ClockBasis, Explanation } from './clocks/index.ts'
import type { RecordKey } from './record.ts'

/** The working in its parts, as JSON keeps it. Days as ISO texts. */
export interface ExplainedClock {
  started: { what: string; on: string } | null
  counted: readonly string[]
  leftOut: readonly { on: string; until: string | null; why: string }[]
  ended: readonly string[]
  uncertain: readonly string[]
  notes: readonly string[]
}

/** A clock as the public may open it: rule, law, start, working and end. Days as ISO texts; nobody's name. */
export interface PublicClock {
  id: string
  rule: string
  title: string
  sentence: string
  source: string
  status: RunningClock['rule']['status']
  lawful: boolean
  /** Who set the length that was counted. */
  length: LengthSource
  /** What a breach means, where the law says. */
  breach: string | null
  from: string | null
  due: string | null
  planBy: string | null
  uncertain: boolean
  inForce: boolean
  /** The due of the record is this clock's. */
  setsDue: boolean
  state: RunningClock['state']
  lastDay: RunningClock['rule']['lastDay']
  stoppedOn: string | null
  notApplicable: string | null
  notKnown: string | null
  /** The working in whole sentences. */
  working: readonly string[]
  /** The same in its parts; null where the day was agreed instead, or the bank holidays have changed since. */
  explained: ExplainedClock | null
}

/** The clocks of a record that go with its public entry. Those that an organisation keeps for itself do not. */
export async function publicClocksOf(trx: Trx, record: RecordKey): Promise<PublicClock[]> {
  return (await publicClocksOfAll(trx, record.areaId, [record.id])).get(record.id) ?? []
}

/** The same for many records of an area, by record; those without such clocks are left out. */
export async function publicClocksOfAll(
  trx: Trx,
  areaId: number,
  recordIds: readonly string[],
): Promise<Map<string, PublicClock[]>> {
  const clocks = (await clocksOfAll(trx, areaId, recordIds)).filter(clock => clock.rule.inside !== true)
  if (clocks.length === 0) return new Map()
  const basis = await clockBasis(trx, areaId)
  const byRecord = Map.groupBy(clocks, clock => clock.recordId)
  return new Map([...byRecord].map(([id, of]) => [id, of.map(clock => publicClock(clock, basis))]))
}

/** A clock in the words that a page shows of it: rule, law, working. */
export function publicClock(clock: RunningClock, basis: ClockBasis): PublicClock {
  const { rule } = clock
  return {
    id: clock.id,
    rule: rule.id,
    title: rule.title,
    sentence: rule.sentence,
    source: rule.source,
    status: rule.status,
    lawful: rule.lawful && clock.facts.length === undefined && !clock.agreed,
    length: lengthSource(clock),
    breach: rule.breach,
    from: clock.startedOn?.toString() ?? null,
    due: clock.due?.toString() ?? null,
    planBy: clock.planBy?.toString() ?? null,
    uncertain: clock.uncertain,
    inForce: clock.inForce,
    setsDue: clock.setsDue,
    state: clock.state,
    lastDay: rule.lastDay,
    stoppedOn: clock.stoppedOn?.toString() ?? null,
    notApplicable: clock.cancelledWhy,
    notKnown: clock.notKnownWhy,
    working: clock.working,
    explained: explained(clock, basis),
  }
}

function lengthSource({ rule, facts, agreed }: Pick<RunningClock, 'rule' | 'facts' | 'agreed'>): LengthSource {
  if (agreed) return 'agreed'
  if (facts.length !== undefined) return 'set'
  return lengthSourceOf(rule)
}

/**
 * The parts are worked out when they are asked for, so that the row of a clock holds its facts once. They are only
 * shown where they lead to the day that the clock has: a clock that has stopped is not dated again.
 */
function explained(clock: RunningClock, basis: ClockBasis): ExplainedClock | null {
  if (clock.agreed || clock.state === 'not-known') return null
  const found = explanation(clock, basis)
  return found === undefined || String(found.due) !== String(clock.due) ? null : explainedParts(found)
}

function explanation(clock: RunningClock, basis: ClockBasis): Explanation | undefined {
  try {
    return explainClocks(clock.rule, clock.facts, basis)[0]
  } catch (fault) {
    if (fault instanceof ClockFault) return undefined
    throw fault
  }
}

/** An explanation with its days as text. */
export function explainedParts({ started, leftOut, counted, ended, uncertain, notes }: Explanation): ExplainedClock {
  return {
    started: started === null ? null : { what: started.what, on: started.on.toString() },
    counted,
    leftOut: leftOut.map(({ on, until, why }) => ({ on: on.toString(), until: until?.toString() ?? null, why })),
    ended,
    uncertain,
    notes,
  }
}
