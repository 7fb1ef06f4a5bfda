import type { Trx } from '../../../platform/database/tables.ts'
import type { Act } from '../../../record/record.ts'
import { breaksOf } from '../breaks/breaks-queries.ts'
import { raiseExceptions } from '../exceptions/raise-exceptions.ts'
import type { Measure } from '../measure.ts'
import { findMeasures, type Series, seriesOf } from '../queries.ts'
import type { ReadingTable } from '../tables.ts'
import { FigureStream } from './figure-stream.ts'
import { PlainReader } from './plain-reading.ts'
import { seriesWithExceptions, storeReadings, streamFigures } from './readings-queries.ts'

/** What reading an area again came to. */
export interface AreaRead {
  series: number
  figures: number
  /** Series that had something to tell, or that only a full reading can judge. */
  inFull: number
  raised: number
  changed: number
  lapsed: number
}

/** Few enough that pages are served between two parts, many enough that the database is not asked too often. */
const seriesAtOnce = 300

/**
 * Reads every series again of the measures that the transaction's organisations hold in an area, and brings readings
 * and exceptions in line: after a change of rules, or where figures are older than readings.
 */
export async function readArea(trx: Trx, act: Act, areaId: number): Promise<AreaRead> {
  const measures = new Map((await findMeasures(trx, areaId)).map(measure => [measure.id, measure]))
  const series = (await seriesOf(trx, areaId, [...measures.keys()])).toSorted((a, b) => a.id - b.id)
  const mayBePlain = await plainMeasures(trx, areaId, measures)
  const told = await seriesWithExceptions(trx, areaId)
  const total: AreaRead = { series: series.length, figures: 0, inFull: 0, raised: 0, changed: 0, lapsed: 0 }
  for (let at = 0; at < series.length; at += seriesAtOnce) {
    const part = series.slice(at, at + seriesAtOnce)
    const plain = part.filter(each => mayBePlain.has(each.measure_id) && !told.has(each.id))
    const { readings, figures } = await readPlain(trx, measures, plain)
    await storeReadings(trx, readings)
    const read = new Set(readings.map(each => each.series_id))
    const rest = part.filter(each => !read.has(each.id)).map(each => each.id)
    const raised = await raiseExceptions(trx, act, areaId, rest)
    for (const key of ['raised', 'changed', 'lapsed'] as const) total[key] += raised[key]
    total.figures += figures
    total.inFull += rest.length
  }
  return total
}

/** Measures whose series are read by process control alone, as long as their counts are not small. */
async function plainMeasures(trx: Trx, areaId: number, measures: ReadonlyMap<string, Measure>): Promise<Set<string>> {
  const broken = await breaksOf(trx, areaId, [...measures.keys()])
  const plain = [...measures.values()].filter(
    ({ id, kind, chart, seasonal, settling }) =>
      (kind === 'count' || kind === 'money') &&
      (chart === 'auto' || chart === 'xmr') &&
      !(seasonal || settling > 0 || broken.has(id)),
  )
  return new Set(plain.map(({ id }) => id))
}

async function readPlain(trx: Trx, measures: ReadonlyMap<string, Measure>, series: readonly Series[]) {
  const readings: ReadingTable[] = []
  let figures = 0
  const byId = new Map(series.map(each => [each.id, each]))
  const of = (id: number) => {
    const found = byId.get(id)
    const measure = measures.get(found?.measure_id ?? '')
    if (found === undefined || measure === undefined) throw new Error(`Series ${String(id)} was not asked for`)
    return { found, measure }
  }
  const reader = new PlainReader()
  const stream = new FigureStream(
    id => of(id).measure.frequency,
    streamed => {
      const { found, measure } = of(streamed.seriesId)
      figures += streamed.values.length
      const row = reader.read(measure, found, streamed)
      if (row !== null) readings.push(row)
    },
  )
  if (series.length > 0) {
    await streamFigures(
      trx,
      series.map(each => each.id),
      chunk => stream.read(chunk),
    )
  }
  stream.end()
  return { readings, figures }
}
