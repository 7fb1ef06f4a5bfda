import { sql } from 'kysely'
import type { Trx } from '../../../../platform/database/tables.ts'

/** A measure that is broken down to two or more parts of a dimension, and can be compared by it. */
export interface ComparableMeasure {
  id: string
  title: string
  reference: string
  dimensions: readonly string[]
}

/** The measures that the transaction's organisations hold whose areas can be laid beside one another. One statement. */
export async function comparableMeasures(trx: Trx, areaId: number): Promise<ComparableMeasure[]> {
  const { rows } = await sql<ComparableMeasure>`
    select r.id, r.title, r.reference, array_agg(d.dimension order by d.dimension) as dimensions
    from record r
    join (
      select b.measure_id, b.dimension from performance_breakdown b
      join performance_series s on s.area_id = b.area_id and s.measure_id = b.measure_id and s.breakdown = b.name
      where b.area_id = ${areaId}
      group by 1, 2 having count(distinct b.name) > 1) d on d.measure_id = r.id
    where r.area_id = ${areaId} and r.kind = 'measure' and r.state = 'in-use'
    group by r.id, r.title, r.reference
    order by lower(r.title) collate "C", r.id`.execute(trx)
  return rows
}
