import { sql } from 'kysely'
import type { Trx } from '../../../../platform/database/tables.ts'
import type { RecordKey } from '../../../../record/record.ts'
import type { Adding, ReadingTable } from '../../tables.ts'
import type { Breakdown } from './breakdown-tree.ts'

/** Into what a measure is broken down, with the breakdowns that are described. */
export interface Dimension {
  name: string
  adding: Adding
  breakdowns: readonly Breakdown[]
}

/** The dimensions of some measures with their breakdowns, by measure. Ask only for visible measures. */
export async function dimensionsOf(
  trx: Trx,
  areaId: number,
  measureIds: readonly string[],
): Promise<Map<string, Dimension[]>> {
  if (measureIds.length === 0) return new Map()
  const dimensions = await trx
    .selectFrom('performance_dimension')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('measure_id', 'in', measureIds)
    .orderBy('name')
    .execute()
  const breakdowns = await trx
    .selectFrom('performance_breakdown')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('measure_id', 'in', measureIds)
    .orderBy(sql`lower(name) collate "C"`)
    .execute()
  const withParts = dimensions.map(({ measure_id, name, adding }) => ({
    measureId: measure_id,
    dimension: {
      ...{ name, adding },
      breakdowns: breakdowns
        .filter(each => each.measure_id === measure_id && each.dimension === name)
        .map(each => ({ name: each.name, dimension: name, parent: each.parent })),
    },
  }))
  const byMeasure = Map.groupBy(withParts, each => each.measureId)
  return new Map([...byMeasure].map(([id, found]) => [id, found.map(({ dimension }) => dimension)]))
}

/** Adds a dimension, or says anew whether its parts add up. */
export async function saveDimension(trx: Trx, key: RecordKey, name: string, adding: Adding): Promise<void> {
  await trx
    .insertInto('performance_dimension')
    .values({ area_id: key.areaId, measure_id: key.id, name, adding })
    .onConflict(conflict => conflict.columns(['area_id', 'measure_id', 'name']).doUpdateSet({ adding }))
    .execute()
}

/** Takes a dimension without breakdowns away. */
export async function deleteDimension(trx: Trx, key: RecordKey, name: string): Promise<void> {
  await trx
    .deleteFrom('performance_dimension')
    .where('area_id', '=', key.areaId)
    .where('measure_id', '=', key.id)
    .where('name', '=', name)
    .execute()
}

/** Describes a breakdown, or describes it anew. */
export async function saveBreakdown(trx: Trx, key: RecordKey, { name, dimension, parent }: Breakdown): Promise<void> {
  await trx
    .insertInto('performance_breakdown')
    .values({ area_id: key.areaId, measure_id: key.id, name, dimension, parent })
    .onConflict(conflict => conflict.columns(['area_id', 'measure_id', 'name']).doUpdateSet({ dimension, parent }))
    .execute()
}

/** Forgets what was said of a breakdown; its figures stay. */
export async function deleteBreakdown(trx: Trx, key: RecordKey, name: string): Promise<void> {
  await trx
    .deleteFrom('performance_breakdown')
    .where('area_id', '=', key.areaId)
    .where('measure_id', '=', key.id)
    .where('name', '=', name)
    .execute()
}

/** A series of a measure with how it was last read; the reading's columns are null where it was not. */
export type ReadSeries = { id: number; breakdown: string; source: string } & {
  [
    Column in
      | 'latest_period'
      | 'latest_value'
      | 'latest_status'
      | 'previous_value'
      | 'year_before_value'
      | 'lower'
      | 'upper'
      | 'standing'
      | 'says'
      | 'recent'
  ]: ReadingTable[Column] | null
}

/** Every series of a visible measure with how it was last read: the whole area first, then breakdowns by name. */
export async function readSeriesOf(trx: Trx, key: RecordKey): Promise<ReadSeries[]> {
  return trx
    .selectFrom('performance_series as s')
    .leftJoin('performance_reading as t', 't.series_id', 's.id')
    .select(['s.id', 's.breakdown', 's.source'])
    .select(['t.latest_period', 't.latest_value', 't.latest_status', 't.previous_value', 't.year_before_value'])
    .select(['t.lower', 't.upper', 't.standing', 't.says', 't.recent'])
    .where('s.area_id', '=', key.areaId)
    .where('s.measure_id', '=', key.id)
    .orderBy(sql`lower(s.breakdown) collate "C"`)
    .orderBy(sql`lower(s.source) collate "C"`)
    .execute()
}
