import { randomUUIDv7 } from 'node:crypto'
import type { Trx } from '../../platform/database/tables.ts'
import { Refusal } from '../../platform/refusals.ts'
import { link } from '../../record/links.ts'
import type { Act, RecordHead, RecordKey } from '../../record/record.ts'
import { changeRecord, createRecord, findRecord } from '../../record/records.ts'
import type { Objective } from './plans.ts'
import { insertObjective, insertProgress, selectObjectives, updateObjective } from './queries.ts'
import type { ProgressWord } from './rules.ts'
import { refuse } from './refuse.ts'
import { objectiveFaults, progressFaults } from './rules.ts'

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
