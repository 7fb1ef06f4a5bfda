import { randomUUIDv7 } from 'node:crypto'
import type { Trx } from '../../platform/database/tables.ts'
import { Refusal } from '../../platform/refusals.ts'
import { link } from '../../record/links.ts'
import { publishRecord } from '../../record/publish.ts'
import type { Publication } from '../../record/publish.ts'
import type { Act, RecordHead, RecordKey } from '../../record/record.ts'
import { changeRecord, createRecord, findRecord } from '../../record/records.ts'
import {
  insertObjective,
  insertPlan,
  insertProgress,
  selectObjective,
  selectObjectives,
  selectPlan,
  selectPlans,
  updateObjective,
  updatePlan,
} from './queries.ts'
import type { ObjectiveRow, PlanRow, ProgressWord } from './queries.ts'
import { objectiveFaults, planFaults, progressFaults, publishingFaults } from './rules.ts'

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

export interface NewPlan extends Partial<Pick<Plan, 'firstYear' | 'lastYear' | 'issuedOn' | 'vision' | 'source'>> {
  areaId: number
  title: string
  /** `draft` unless said. */
  state?: PlanState
  holders?: readonly string[]
  /** The day it speaks of: issued, unless said, or else today. */
  dated?: Temporal.PlainDate
}

/** Adds a plan. */
export async function addPlan(trx: Trx, act: Act, made: NewPlan): Promise<RecordHead> {
  refuse(planFaults({ firstYear: made.firstYear ?? null, lastYear: made.lastYear ?? null }))
  const dated = made.dated ?? made.issuedOn ?? undefined
  const record = await createRecord(trx, act, {
    areaId: made.areaId,
    kind: 'plan',
    title: made.title,
    state: made.state ?? 'draft',
    ...(made.holders !== undefined && { holders: made.holders }),
    ...(dated !== undefined && { dated }),
    searchText: made.vision ?? '',
  })
  await insertPlan(trx, {
    area_id: record.areaId,
    record_id: record.id,
    first_year: made.firstYear ?? null,
    last_year: made.lastYear ?? null,
    issued_on: made.issuedOn ?? null,
    vision: made.vision ?? null,
    source: made.source ?? null,
  })
  return record
}

/** Changes what a plan says of itself. */
export async function changePlan(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  changed: Pick<Plan, 'title' | 'firstYear' | 'lastYear' | 'issuedOn' | 'vision'>,
): Promise<void> {
  refuse(planFaults(changed))
  const changes = { title: changed.title, searchText: changed.vision ?? '' }
  await changeRecord(trx, act, key, version, changes, { kind: 'changed' })
  await updatePlan(trx, key, {
    first_year: changed.firstYear,
    last_year: changed.lastYear,
    issued_on: changed.issuedOn,
    vision: changed.vision,
  })
}

export interface NewObjective extends Partial<Pick<Objective, 'aim' | 'source'>> {
  areaId: number
  planId: string
  number: number
  title: string
}

/**
 * Adds an objective to a plan. It stands as the plan does, and is held by those who hold the plan.
 *
 * @throws Refusal where the plan has an objective of that number
 */
export async function addObjective(trx: Trx, act: Act, made: NewObjective): Promise<RecordHead> {
  const plan = await findRecord(trx, { areaId: made.areaId, id: made.planId })
  if (plan?.kind !== 'plan') throw new Refusal(['This plan is not there any more.'])
  const others = await selectObjectives(trx, made.areaId, { planId: made.planId })
  refuse(
    objectiveFaults(
      made.number,
      others.map(other => other.number),
    ),
  )
  const record = await createRecord(trx, act, {
    areaId: made.areaId,
    kind: 'objective',
    title: made.title,
    state: plan.state,
    holders: plan.holders,
    dated: plan.dated,
    searchText: made.aim ?? '',
  })
  await insertObjective(trx, {
    area_id: record.areaId,
    record_id: record.id,
    plan_id: plan.id,
    number: made.number,
    aim: made.aim ?? null,
    source: made.source ?? null,
  })
  await link(trx, act, record, 'of-plan', plan)
  return record
}

/** Changes an objective's number and words. */
export async function changeObjective(
  trx: Trx,
  act: Act,
  objective: Objective,
  version: number,
  changed: Pick<Objective, 'number' | 'title' | 'aim'>,
): Promise<void> {
  const others = await selectObjectives(trx, objective.areaId, { planId: objective.planId })
  const taken = others.filter(other => other.record_id !== objective.id).map(other => other.number)
  refuse(objectiveFaults(changed.number, taken))
  const changes = { title: changed.title, searchText: changed.aim ?? '' }
  await changeRecord(trx, act, objective, version, changes, { kind: 'changed' })
  await updateObjective(trx, objective, { number: changed.number, aim: changed.aim })
}

/** Says how an objective goes, as of a day. What was said before stays. */
export async function recordProgress(
  trx: Trx,
  act: Act,
  key: RecordKey,
  said: { word: ProgressWord; sentence: string; dated: Temporal.PlainDate },
  today: Temporal.PlainDate,
): Promise<void> {
  refuse(progressFaults(said.dated, today))
  const event = { kind: 'progress', details: { progress: said.word, says: said.sentence } }
  await changeRecord(trx, act, key, null, {}, event)
  await insertProgress(trx, {
    area_id: key.areaId,
    id: randomUUIDv7(),
    objective_id: key.id,
    word: said.word,
    sentence: said.sentence,
    dated: said.dated,
    said_by: act.viewer.name,
    said_at: act.now,
  })
}

/** Makes a plan the current one: its objectives become current, and every earlier current plan becomes past. */
export async function makeCurrent(trx: Trx, act: Act, key: RecordKey): Promise<void> {
  const plans = await plansOf(trx, key.areaId)
  for (const plan of plans.filter(each => each.state === 'current' && each.id !== key.id)) {
    await movePlan(trx, act, plan, 'past', 'replaced')
  }
  await movePlan(trx, act, key, 'current', 'made-current')
}

async function movePlan(trx: Trx, act: Act, key: RecordKey, state: PlanState, event: string): Promise<void> {
  await changeRecord(trx, act, key, null, { state }, { kind: event })
  for (const objective of await objectivesOf(trx, key.areaId, { planId: key.id })) {
    await changeRecord(trx, act, objective, null, { state }, { kind: event })
  }
}

/**
 * Publishes a plan and all its objectives.
 *
 * @throws Refusal where it is still being prepared
 */
export async function publishPlan(trx: Trx, act: Act, key: RecordKey): Promise<Publication> {
  const plan = await findPlan(trx, key)
  if (plan === null) throw new Refusal(['This plan is not there any more.'])
  refuse(publishingFaults(plan))
  const published = await publishRecord(trx, act, key)
  for (const objective of await objectivesOf(trx, key.areaId, { planId: key.id })) {
    await publishRecord(trx, act, objective)
  }
  return published
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new Refusal(faults)
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
