import type { Trx } from '../../platform/database/tables.ts'
import { Refusal } from '../../platform/refusals.ts'
import { publishRecord } from '../../record/publish.ts'
import type { Publication } from '../../record/publish.ts'
import type { Act, RecordHead, RecordKey } from '../../record/record.ts'
import { changeRecord, createRecord } from '../../record/records.ts'
import { findPlan, objectivesOf, plansOf } from './plans.ts'
import type { Plan, PlanState } from './plans.ts'
import { insertPlan, updatePlan } from './queries.ts'
import { refuse } from './refuse.ts'
import { planFaults, publishingFaults } from './rules.ts'

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
