import { setImmediate } from 'node:timers/promises'
import type { Trx } from '../../../platform/database/tables.ts'
import { findRecords } from '../../../record/records.ts'
import type { RecordHead } from '../../../record/record.ts'
import { dimensionsOf } from '../measures/breakdowns/breakdown-queries.ts'
import type { Measure } from '../measure.ts'
import { figuresOf, findMeasures, seriesOf } from '../queries.ts'
import type { MeasureFigures, Subject } from './finding.ts'
import { kindredGroups } from './kindred.ts'

/** Measures that have to be looked at together, with the records they are. */
interface Group {
  measures: readonly Measure[]
}

/** Series whose figures are read at once. */
const seriesAtOnce = 400

/**
 * Hands the measures of an area to the rules, group by group: kindred measures of one holder together, so that what
 * was read is let go before the next is.
 *
 * @param measureIds those touched; what is kindred to them comes along
 */
export async function forEachSubject(
  trx: Trx,
  areaId: number,
  measureIds: readonly string[] | null,
  look: (subjects: readonly Subject[], heads: ReadonlyMap<string, RecordHead>) => Promise<void>,
): Promise<void> {
  const measures = await findMeasures(trx, areaId)
  const heads = new Map(
    (
      await findRecords(
        trx,
        areaId,
        measures.map(each => each.id),
      )
    ).map(head => [head.id, head]),
  )
  const wanted = measureIds === null ? null : new Set(measureIds)
  for (const { measures: group } of groupsOf(measures, heads)) {
    if (wanted !== null && !group.some(each => wanted.has(each.id))) continue
    await look(await subjectsOf(trx, areaId, group), heads)
    await setImmediate()
  }
}

/** Every measure once: with its kindred of the same holders, or alone. */
function groupsOf(measures: readonly Measure[], heads: ReadonlyMap<string, RecordHead>): Group[] {
  const byHolder = Map.groupBy(measures, each => [...(heads.get(each.id)?.holders ?? [])].sort().join())
  return [...byHolder.values()].flatMap(held => {
    const kindred = kindredGroups(held)
    const together = new Set(kindred.flat())
    return [...kindred, ...held.filter(each => !together.has(each)).map(each => [each])].map(group => ({
      measures: group,
    }))
  })
}

async function subjectsOf(trx: Trx, areaId: number, measures: readonly Measure[]): Promise<Subject[]> {
  const ids = measures.map(each => each.id)
  const dimensions = await dimensionsOf(trx, areaId, ids)
  const series = await seriesOf(trx, areaId, ids)
  const figures = new Map<number, Awaited<ReturnType<typeof figuresOf>> extends Map<number, infer F> ? F : never>()
  for (let at = 0; at < series.length; at += seriesAtOnce) {
    const part = series.slice(at, at + seriesAtOnce).map(each => each.id)
    for (const [id, found] of await figuresOf(trx, part)) figures.set(id, found)
  }
  const all = measures.map((measure): MeasureFigures => ({
    measure: { ...measure, dimensions: dimensions.get(measure.id) ?? [] },
    series: series
      .filter(each => each.measure_id === measure.id)
      .map(({ id, breakdown, source }) => ({ breakdown, source, figures: figures.get(id) ?? [] })),
  }))
  return all.map(each => ({ ...each, kindred: all.filter(other => other !== each) }))
}
