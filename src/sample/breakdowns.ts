import { describeBreakdowns, describeDimension } from '../modules/performance/index.ts'
import type { Trx } from '../platform/database/tables.ts'
import type { RecordKey } from '../record/record.ts'
import type { DimensionFact } from './facts.ts'
import type { Doing } from './timeline.ts'

/** A part of a measure, as its figures name it, with the larger part that it belongs to. */
export interface PartOfMeasure {
  dimension: string
  name: string
  parent: string | null
}

/** Says of a measure into what it is broken down: dimensions, then their parts, the larger before the smaller. */
export async function describeParts(
  trx: Trx,
  act: Doing,
  measure: RecordKey,
  dimensions: readonly DimensionFact[],
  parts: readonly PartOfMeasure[],
): Promise<void> {
  for (const { name, adding } of dimensions) {
    await describeDimension(trx, act, measure, name, adding)
    const own = parts.filter(part => part.dimension === name)
    const groups = [...Map.groupBy(own, part => part.parent)].sort(
      ([a], [b]) => Number(a !== null) - Number(b !== null),
    )
    for (const [parent, found] of groups) {
      const names = [...new Set(found.map(part => part.name))]
      await describeBreakdowns(trx, act, measure, names, { dimension: name, parent })
    }
  }
}
