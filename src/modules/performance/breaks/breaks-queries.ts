import type { Selectable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import type { BreakTable } from '../tables.ts'

/** From a period on, a measure's figures are not what they were before: in all its breakdowns, or in one. */
export interface HeldBreak {
  id: string
  areaId: number
  measureId: string
  /** Null: every breakdown. */
  breakdown: string | null
  /** First day of the first period after the break. */
  from: Temporal.PlainDate
  cause: BreakTable['cause']
  reason: string
  /** Whether new limits begin here. */
  rebases: boolean
  enteredBy: string
  enteredAt: Temporal.Instant
}

function heldBreak(row: Selectable<BreakTable>): HeldBreak {
  return {
    id: row.id,
    areaId: row.area_id,
    measureId: row.measure_id,
    breakdown: row.breakdown,
    from: row.from_period,
    cause: row.cause,
    reason: row.reason,
    rebases: row.rebases,
    enteredBy: row.entered_by,
    enteredAt: row.entered_at,
  }
}

function visibleBreaks(trx: Trx, areaId: number) {
  return trx
    .selectFrom('performance_break as b')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'b.area_id').onRef('r.id', '=', 'b.measure_id'))
    .selectAll('b')
    .where('b.area_id', '=', areaId)
    .orderBy('b.from_period')
    .orderBy('b.id')
}

/**
 * The breaks of some measures, earliest first, by measure; those of measures that are not visible are left out. Each
 * is given as `readSeries` takes it; which of them concern one breakdown is told by `breaksFor`.
 */
export async function breaksOf(
  trx: Trx,
  areaId: number,
  measureIds: readonly string[],
): Promise<Map<string, HeldBreak[]>> {
  if (measureIds.length === 0) return new Map()
  const rows = await visibleBreaks(trx, areaId).where('b.measure_id', 'in', measureIds).execute()
  return Map.groupBy(rows.map(heldBreak), each => each.measureId)
}

/** Of a measure's breaks those that concern one breakdown of it. Pure. */
export function breaksFor(breaks: readonly HeldBreak[] | undefined, breakdown: string): HeldBreak[] {
  return (breaks ?? []).filter(each => each.breakdown === null || each.breakdown === breakdown)
}

/** One break by its identity, if its measure is visible. */
export async function findBreak(trx: Trx, key: RecordKey): Promise<HeldBreak | null> {
  const row = await visibleBreaks(trx, key.areaId).where('b.id', '=', key.id).executeTakeFirst()
  return row === undefined ? null : heldBreak(row)
}

export async function insertBreak(trx: Trx, row: BreakTable): Promise<void> {
  await trx.insertInto('performance_break').values(row).execute()
}

/** Changes a break of a measure that the caller has found visible. */
export async function updateBreak(
  trx: Trx,
  key: RecordKey,
  changes: Omit<BreakTable, 'area_id' | 'id' | 'measure_id'>,
): Promise<void> {
  await trx
    .updateTable('performance_break')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('id', '=', key.id)
    .execute()
}

/** Takes a break back; the history of its measure keeps that it was there. */
export async function deleteBreak(trx: Trx, key: RecordKey): Promise<void> {
  await trx.deleteFrom('performance_break').where('area_id', '=', key.areaId).where('id', '=', key.id).execute()
}
