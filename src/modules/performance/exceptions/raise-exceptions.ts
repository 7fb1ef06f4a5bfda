import type { Trx } from '../../../platform/database/tables.ts'
import { link } from '../../../record/links.ts'
import type { Act, RecordHead } from '../../../record/record.ts'
import { changeRecord, createRecord, findRecords } from '../../../record/records.ts'
import type { Measure } from '../measure.ts'
import { periodEnd } from '../period.ts'
import {
  exceptionsOfSeries,
  figuresOf,
  findMeasures,
  type HeldException,
  insertException,
  type Series,
  seriesByIds,
  updateException,
} from '../queries.ts'
import { readingRow } from '../readings/reading-row.ts'
import { storeReadings } from '../readings/readings-queries.ts'
import { layOut } from '../series-data.ts'
import type { ReadingTable } from '../tables.ts'
import { type FoundException, readSeries } from './exceptions.ts'
import { reconcile } from './reconcile.ts'

/** What a reading of some series changed in the register of exceptions. */
export interface Raised {
  raised: number
  /** Continuing, ended, or told in other words. */
  changed: number
  /** No longer borne out by the figures. */
  lapsed: number
}

/** Few enough that pages are served between two parts. */
const seriesAtOnce = 25

/**
 * Reads series by the rules and brings the register of exceptions in line with them: raises what became complete, goes
 * on with what continues, ends what is over. To be called in the transaction that changed the figures.
 *
 * @param seriesIds as the loader gives them
 */
export async function raiseExceptions(
  trx: Trx,
  act: Act,
  areaId: number,
  seriesIds: readonly number[],
): Promise<Raised> {
  const total: Raised = { raised: 0, changed: 0, lapsed: 0 }
  for (let at = 0; at < seriesIds.length; at += seriesAtOnce) {
    const part = seriesIds.slice(at, at + seriesAtOnce)
    const series = await seriesByIds(trx, part)
    const measures = await measuresOf(trx, areaId, series)
    const figures = await figuresOf(trx, part)
    const held = Map.groupBy(await exceptionsOfSeries(trx, areaId, part), each => each.series_id)
    const readings: ReadingTable[] = []
    for (const each of series) {
      const owner = measures.get(each.measure_id)
      if (owner === undefined) continue
      const data = layOut(figures.get(each.id) ?? [])
      const reading = readSeries(owner.measure, each.breakdown, each.source, data)
      readings.push(readingRow(owner.measure, each, data, reading))
      const found = reading.read ? reading.exceptions : []
      const done = await apply(trx, act, owner, each, held.get(each.id) ?? [], found)
      for (const key of ['raised', 'changed', 'lapsed'] as const) total[key] += done[key]
    }
    await storeReadings(trx, readings)
  }
  return total
}

interface MeasureAndHead {
  measure: Measure
  head: RecordHead
}

async function measuresOf(trx: Trx, areaId: number, series: readonly Series[]): Promise<Map<string, MeasureAndHead>> {
  const ids = [...new Set(series.map(each => each.measure_id))]
  const heads = new Map((await findRecords(trx, areaId, ids)).map(head => [head.id, head]))
  const measures = await findMeasures(trx, areaId, ids)
  return new Map(
    measures.flatMap(measure => {
      const head = heads.get(measure.id)
      return head === undefined ? [] : [[measure.id, { measure, head }] as const]
    }),
  )
}

async function apply(
  trx: Trx,
  act: Act,
  owner: MeasureAndHead,
  series: Series,
  held: readonly HeldException[],
  found: readonly FoundException[],
): Promise<Raised> {
  const { raise, change, lapse } = reconcile(held, found)
  for (const each of raise) await raiseOne(trx, act, owner, series, each)
  for (const each of change) await changeOne(trx, act, each.held, each.found)
  for (const each of lapse) {
    const key = { areaId: each.area_id, id: each.id }
    await changeRecord(trx, act, key, null, { state: 'lapsed' }, { kind: 'lapsed' })
  }
  return { raised: raise.length, changed: change.length, lapsed: lapse.length }
}

async function raiseOne(
  trx: Trx,
  act: Act,
  { measure, head }: MeasureAndHead,
  series: Series,
  found: FoundException,
): Promise<void> {
  const record = await createRecord(trx, act, {
    areaId: measure.areaId,
    kind: 'exception',
    title: found.headline,
    state: found.state,
    holders: head.holders,
    classification: head.classification,
    ground: head.ground,
    dated: periodEnd(found.completed),
    searchText: found.text,
  })
  const key = { area_id: measure.areaId, id: record.id, measure_id: measure.id, series_id: series.id }
  await insertException(trx, { ...key, ...columnsOf(found) })
  await link(trx, act, record, 'found-in', { ...measure, kind: 'measure' })
}

async function changeOne(trx: Trx, act: Act, held: HeldException, found: FoundException): Promise<void> {
  const key = { areaId: held.area_id, id: held.id }
  await updateException(trx, key, columnsOf(found))
  const changes = { state: found.state, title: found.headline, searchText: found.text }
  await changeRecord(trx, act, key, null, changes, {
    kind: found.state === held.state ? 'retold' : found.state,
    details: { period: found.last.start.toString(), value: found.value },
  })
}

function columnsOf(found: FoundException) {
  return {
    rule: found.rule,
    direction: found.direction,
    judged: found.judged,
    first_period: found.first.start,
    completed_period: found.completed.start,
    last_period: found.last.start,
    revision: found.revision,
    value: found.value,
    text: found.text,
  }
}
