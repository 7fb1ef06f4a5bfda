import { setImmediate } from 'node:timers/promises'
import type { Trx } from '../../../platform/database/tables.ts'
import type { Act, RecordHead } from '../../../record/record.ts'
import { findRecords } from '../../../record/records.ts'
import { breaksFor, breaksOf, type HeldBreak } from '../breaks/breaks-queries.ts'
import type { Measure } from '../measure.ts'
import { dimensionsOf } from '../measures/breakdowns/breakdown-queries.ts'
import { comparedDimension } from '../measures/breakdowns/words.ts'
import type { Period } from '../period.ts'
import { figuresOf, findMeasures, type Series, seriesByIds } from '../queries.ts'
import { readingRow } from '../readings/reading-row.ts'
import { storeReadings } from '../readings/readings-queries.ts'
import { layOut, type SeriesData } from '../series-data.ts'
import type { ReadingTable } from '../tables.ts'
import { latestJudged } from './episodes.ts'
import { type Reading, readSeries } from './exceptions.ts'
import { failsTarget } from './life.ts'
import { bringInLine, type Finding, type Raised } from './register.ts'

export type { Raised } from './register.ts'

/** Few enough that pages are served between two parts, many enough that each part is a few statements. */
const seriesAtOnce = 100

/**
 * Reads series by the rules, keeps how each was read, and brings the register of exceptions in line: raises what became
 * complete, goes on with what continues, ends what is over. To be called in the transaction that changed the figures,
 * the measure or its breaks.
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
  const owners = new Map<string, Owner>()
  for (let at = 0; at < seriesIds.length; at += seriesAtOnce) {
    const part = seriesIds.slice(at, at + seriesAtOnce)
    const series = await seriesByIds(trx, part)
    await addOwners(trx, areaId, series, owners)
    const figures = await figuresOf(trx, part)
    const findings: Finding[] = []
    const readings: ReadingTable[] = []
    for (const each of series) {
      const owner = owners.get(each.measure_id)
      if (owner === undefined) continue
      const read = readOne(owner, each, layOut(figures.get(each.id) ?? []))
      findings.push(read.finding)
      readings.push(read.row)
    }
    await storeReadings(trx, readings)
    const done = await bringInLine(trx, act, areaId, findings)
    for (const key of ['raised', 'changed', 'lapsed'] as const) total[key] += done[key]
    await setImmediate()
  }
  return total
}

/** A measure with what its series are read by. */
interface Owner {
  measure: Measure
  head: RecordHead
  breaks: readonly HeldBreak[]
  /** Breakdowns that are other forces: read for comparison, and no exceptions of this area's. */
  comparators: ReadonlySet<string>
}

async function addOwners(
  trx: Trx,
  areaId: number,
  series: readonly Series[],
  owners: Map<string, Owner>,
): Promise<void> {
  const ids = [...new Set(series.map(each => each.measure_id))].filter(id => !owners.has(id))
  if (ids.length === 0) return
  const heads = new Map((await findRecords(trx, areaId, ids)).map(head => [head.id, head]))
  const breaks = await breaksOf(trx, areaId, ids)
  const dimensions = await dimensionsOf(trx, areaId, ids)
  for (const measure of await findMeasures(trx, areaId, ids)) {
    const head = heads.get(measure.id)
    if (head === undefined) continue
    const compared = (dimensions.get(measure.id) ?? []).find(each => each.name === comparedDimension)
    const comparators = new Set((compared?.breakdowns ?? []).map(each => each.name))
    owners.set(measure.id, { measure, head, breaks: breaks.get(measure.id) ?? [], comparators })
  }
}

function readOne({ measure, head, breaks, comparators }: Owner, series: Series, data: SeriesData) {
  const reading = readSeries(measure, series.breakdown, series.source, data, breaksFor(breaks, series.breakdown))
  const row = readingRow(measure, series, data, reading)
  const finding: Finding = {
    ...{
      series,
      measure: head,
      found: comparators.has(series.breakdown) ? [] : reading.exceptions,
      latest: latestOf(data, reading),
    },
    fails: failsTarget(measure, row),
  }
  return { finding, row }
}

/** The last period that was judged: figures after it are too early. */
function latestOf(data: SeriesData, reading: Reading): Period | null {
  const at = reading.chart === null ? -1 : latestJudged(reading.chart)
  return data.periods[at] ?? data.periods.at(-1) ?? null
}
