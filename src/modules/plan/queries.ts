import { sql } from 'kysely'
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely'
import type { Tables, Trx } from '../../platform/database/tables.ts'
import type { RecordKey } from '../../record/record.ts'
import type { ProgressWord } from './rules.ts'

interface PlanTable {
  area_id: number
  record_id: string
  first_year: number | null
  last_year: number | null
  issued_on: Temporal.PlainDate | null
  vision: string | null
  source: string | null
}

interface ObjectiveTable {
  area_id: number
  record_id: string
  plan_id: string
  number: number
  aim: string | null
  source: string | null
}

interface ProgressTable {
  area_id: number
  id: string
  objective_id: string
  word: ProgressWord
  sentence: string
  dated: Temporal.PlainDate
  said_by: string
  said_at: Temporal.Instant
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    plan_plan: PlanTable
    plan_objective: ObjectiveTable
    plan_progress: ProgressTable
  }
}

export type ProgressRow = Selectable<ProgressTable>

export async function insertPlan(trx: Trx, row: Insertable<PlanTable>): Promise<void> {
  await trx.insertInto('plan_plan').values(row).execute()
}

export async function updatePlan(trx: Trx, key: RecordKey, changes: Updateable<PlanTable>): Promise<void> {
  await trx
    .updateTable('plan_plan')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

function plans(trx: Trx, areaId: number) {
  return trx
    .selectFrom('plan_plan as p')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'p.area_id').onRef('r.id', '=', 'p.record_id'))
    .selectAll('p')
    .select(['r.title', 'r.reference', 'r.state', 'r.version', 'r.publication'])
    .where('p.area_id', '=', areaId)
    .orderBy(sql`p.first_year desc nulls last`)
    .orderBy('r.dated', 'desc')
}

export type PlanRow = Awaited<ReturnType<ReturnType<typeof plans>['executeTakeFirstOrThrow']>>

export async function selectPlan(trx: Trx, key: RecordKey): Promise<PlanRow | undefined> {
  return plans(trx, key.areaId).where('p.record_id', '=', key.id).executeTakeFirst()
}

/** The plans of an area that may be seen, the newest first. */
export async function selectPlans(trx: Trx, areaId: number): Promise<PlanRow[]> {
  return plans(trx, areaId).execute()
}

export async function insertObjective(trx: Trx, row: Insertable<ObjectiveTable>): Promise<void> {
  await trx.insertInto('plan_objective').values(row).execute()
}

export async function updateObjective(trx: Trx, key: RecordKey, changes: Updateable<ObjectiveTable>): Promise<void> {
  await trx
    .updateTable('plan_objective')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

/** Objectives that may be seen, each with the newest word on its progress. */
function objectives(trx: Trx, areaId: number) {
  return trx
    .selectFrom('plan_objective as o')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'o.area_id').onRef('r.id', '=', 'o.record_id'))
    .innerJoin('record as p', join => join.onRef('p.area_id', '=', 'o.area_id').onRef('p.id', '=', 'o.plan_id'))
    .leftJoinLateral(
      e =>
        e
          .selectFrom('plan_progress as s')
          .select(['s.word', 's.sentence', 's.dated as said_on'])
          .whereRef('s.area_id', '=', 'o.area_id')
          .whereRef('s.objective_id', '=', 'o.record_id')
          .orderBy('s.dated', 'desc')
          .orderBy('s.said_at', 'desc')
          .orderBy('s.id', 'desc')
          .limit(1)
          .as('newest'),
      join => join.onTrue(),
    )
    .selectAll('o')
    .select(['r.title', 'r.reference', 'r.state', 'r.version', 'r.publication', 'r.holders', 'p.title as plan_title'])
    .select(['newest.word', 'newest.sentence', 'newest.said_on'])
    .where('o.area_id', '=', areaId)
    .orderBy('o.plan_id')
    .orderBy('o.number')
}

export type ObjectiveRow = Awaited<ReturnType<ReturnType<typeof objectives>['executeTakeFirstOrThrow']>>

export async function selectObjective(trx: Trx, key: RecordKey): Promise<ObjectiveRow | undefined> {
  return objectives(trx, key.areaId).where('o.record_id', '=', key.id).executeTakeFirst()
}

export async function selectObjectives(
  trx: Trx,
  areaId: number,
  of: { planId?: string; ids?: readonly string[]; state?: string } = {},
): Promise<ObjectiveRow[]> {
  let query = objectives(trx, areaId)
  if (of.planId !== undefined) query = query.where('o.plan_id', '=', of.planId)
  if (of.state !== undefined) query = query.where('r.state', '=', of.state)
  if (of.ids !== undefined) {
    if (of.ids.length === 0) return []
    query = query.where('o.record_id', 'in', of.ids)
  }
  return query.execute()
}

export async function insertProgress(trx: Trx, row: Insertable<ProgressTable>): Promise<void> {
  await trx.insertInto('plan_progress').values(row).execute()
}

/** What was said of an objective, newest first. The caller has found the objective's record. */
export async function selectProgress(trx: Trx, objective: RecordKey): Promise<ProgressRow[]> {
  return trx
    .selectFrom('plan_progress as s')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 's.area_id').onRef('r.id', '=', 's.objective_id'))
    .selectAll('s')
    .where('s.area_id', '=', objective.areaId)
    .where('s.objective_id', '=', objective.id)
    .orderBy('s.dated', 'desc')
    .orderBy('s.said_at', 'desc')
    .orderBy('s.id', 'desc')
    .execute()
}

/** How many published records of each kind point to each of some published objectives. */
export async function selectPublishedCounts(
  db: Kysely<Tables>,
  objectiveIds: readonly string[],
  asOf: Temporal.Instant,
): Promise<{ objectiveId: string; kind: string; n: number }[]> {
  if (objectiveIds.length === 0) return []
  const { rows } = await sql<{ objectiveId: string; kind: string; n: number }>`
    select l.to_id as "objectiveId", e.kind, count(distinct e.record_id)::int as n
    from published.link l join published.entry e on e.area_id = l.from_area and e.record_id = l.from_id
    where l.to_id = any (${[...objectiveIds]}::uuid[]) and e.kind <> 'objective'
      and l.valid_from <= ${asOf} and l.valid_to > ${asOf} and e.valid_from <= ${asOf} and e.valid_to > ${asOf}
    group by 1, 2 order by 1, 2`.execute(db)
  return rows
}
