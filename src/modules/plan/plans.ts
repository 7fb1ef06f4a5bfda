import type { Trx } from '../../platform/database/tables.ts'
import type { RecordHead, RecordKey } from '../../record/record.ts'
import { selectObjective, selectObjectives, selectPlan, selectPlans } from './queries.ts'
import type { ObjectiveRow, PlanRow } from './queries.ts'
import type { ProgressWord } from './rules.ts'

/** A police and crime plan. */
export interface Plan extends RecordKey {
  title: string
  reference: string
  state: PlanState
  version: number
  publication: RecordHead['publication']
  firstYear: number | null
  lastYear: number | null
  issuedOn: Temporal.PlainDate | null
  vision: string | null
  source: string | null
}
export type PlanState = 'draft' | 'current' | 'past'

/** An objective of a plan: what was promised. */
export interface Objective extends RecordKey {
  planId: string
  planTitle: string
  number: number
  title: string
  reference: string
  state: PlanState
  version: number
  publication: RecordHead['publication']
  holders: readonly string[]
  aim: string | null
  source: string | null
  /** The newest word on it, or null where nothing was said. */
  progress: { word: ProgressWord; sentence: string; on: Temporal.PlainDate } | null
}

/** A plan that this transaction's organisations hold, or null. */
export async function findPlan(trx: Trx, key: RecordKey): Promise<Plan | null> {
  const row = await selectPlan(trx, key)
  return row === undefined ? null : toPlan(row)
}

/** The plans of an area that this transaction's organisations hold, the newest first. */
export async function plansOf(trx: Trx, areaId: number): Promise<Plan[]> {
  return (await selectPlans(trx, areaId)).map(toPlan)
}

/** An objective that this transaction's organisations hold, or null. */
export async function findObjective(trx: Trx, key: RecordKey): Promise<Objective | null> {
  const row = await selectObjective(trx, key)
  return row === undefined ? null : toObjective(row)
}

/**
 * The objectives of an area that this transaction's organisations hold, by plan and number.
 *
 * @param of only those of a plan, with these ids, or in a state
 */
export async function objectivesOf(
  trx: Trx,
  areaId: number,
  of: { planId?: string; ids?: readonly string[]; state?: PlanState } = {},
): Promise<Objective[]> {
  return (await selectObjectives(trx, areaId, of)).map(toObjective)
}

function toPlan(row: PlanRow): Plan {
  return {
    areaId: row.area_id,
    id: row.record_id,
    title: row.title,
    reference: row.reference,
    state: toState(row.state),
    version: row.version,
    publication: row.publication,
    firstYear: row.first_year,
    lastYear: row.last_year,
    issuedOn: row.issued_on,
    vision: row.vision,
    source: row.source,
  }
}

function toObjective(row: ObjectiveRow): Objective {
  const { word, sentence, said_on: on } = row
  return {
    areaId: row.area_id,
    id: row.record_id,
    planId: row.plan_id,
    planTitle: row.plan_title,
    number: row.number,
    title: row.title,
    reference: row.reference,
    state: toState(row.state),
    version: row.version,
    publication: row.publication,
    holders: row.holders,
    aim: row.aim,
    source: row.source,
    progress: word === null || sentence === null || on === null ? null : { word, sentence, on },
  }
}

function toState(state: string): PlanState {
  return state === 'current' || state === 'past' ? state : 'draft'
}
