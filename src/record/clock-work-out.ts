import type { Trx } from '../platform/database/tables.ts'
import { Refusal } from '../platform/refusals.ts'
import { clockBasis, clockRules } from './clock-basis.ts'
import { agreedInstead, dayOfAgreed, dayOfDue } from './clock-rows.ts'
import { lengthSetting } from './clock-settings.ts'
import { ClockFault, computeClock, findRule } from './clocks/index.ts'
import type { ClockFacts, ClockResult, ClockRule } from './clocks/index.ts'
import type { Due } from './record.ts'

/** Where a rule is worked out: the area gives the calendar, the body or organisation its own lengths. */
export interface ClockPlace {
  areaId: number
  organisationId: string
  bodyId?: string | undefined
}

/** Works out a rule without starting anything: what a page shows before somebody acts. */
export async function workOut(trx: Trx, place: ClockPlace, rule: string, facts: ClockFacts): Promise<ClockResult> {
  const found = findRule(clockRules(), rule)
  return computeHere(trx, place.areaId, found, await withLength(trx, place, found, facts))
}

/** The facts with the length that the body or organisation has set, where it has. */
export async function withLength(trx: Trx, place: ClockPlace, rule: ClockRule, facts: ClockFacts): Promise<ClockFacts> {
  if (facts.length !== undefined || rule.setting === undefined) return facts
  const length = await lengthSetting(trx, place.areaId, rule.id, place)
  return length === undefined ? facts : { ...facts, length }
}

/** A fact that does not suit its rule is answered in the engine's own words, which a clerk understands. */
export async function computeHere(trx: Trx, areaId: number, rule: ClockRule, facts: ClockFacts): Promise<ClockResult> {
  const basis = await clockBasis(trx, areaId)
  try {
    return computeClock(rule, facts, basis)
  } catch (fault) {
    throw fault instanceof ClockFault ? new Refusal([fault.message]) : fault
  }
}

/** The due day of a clock that counts in days. */
export function dueDay(result: ClockResult): Temporal.PlainDate | null {
  return dayOfDue(result.due)
}

/** What a result puts into the row of a clock. */
export function computedColumns(result: ClockResult) {
  return {
    due: dueDay(result),
    due_at: result.due instanceof Temporal.PlainDateTime ? result.due : null,
    plan_by: result.planBy,
    uncertain: result.uncertain,
    agreed: false,
    working: JSON.stringify(result.working),
  }
}

/** The same where a due was agreed instead. */
export function agreedColumns(result: ClockResult, agreed: Due) {
  return {
    due: dayOfAgreed(agreed),
    due_at: null,
    plan_by: null,
    uncertain: false,
    agreed: true,
    working: JSON.stringify([result.working[0], agreedInstead(agreed)]),
  }
}

/** The due day before and after, for the history. */
export function moved(was: ClockResult['due'], now: ClockResult['due']): { was: string | null; now: string | null } {
  return { was: was?.toString() ?? null, now: now?.toString() ?? null }
}
