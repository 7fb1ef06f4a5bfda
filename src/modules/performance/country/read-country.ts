import { monitorEventLoopDelay } from 'node:perf_hooks'
import { type BenchResult, compared, information } from '../../../platform/benchmark.ts'
import type { Database } from '../../../platform/database/tables.ts'
import { inTransaction } from '../../../platform/database/transaction.ts'
import type { Act } from '../../../record/record.ts'
import { findMeasures, seriesOf } from '../queries.ts'
import { FigureStream } from '../readings/figure-stream.ts'
import { type AreaRead, readArea } from '../readings/read-area.ts'
import { streamFigures } from '../readings/readings-queries.ts'
import { type CountryShape, figuresOfArea, seriesOfArea } from './country.ts'
import { areaId } from './make-country.ts'
import { timed } from './timed.ts'

type Progress = (message: string) => void

interface Country {
  shape: CountryShape
  program: Database
}

/**
 * All of it read by the rules: the first time, in which exceptions are raised, is information; the second is compared
 * with reading the same rows and adding them up, ten times over.
 */
export async function readAll(country: Country, acts: readonly Act[], progress: Progress): Promise<BenchResult[]> {
  const { shape } = country
  progress('Reading all of it by the rules for the first time.')
  const first = await readEveryArea(country, acts)
  progress('Reading it again.')
  const again = await readEveryArea(country, acts)
  progress('Reading the same rows without the rules.')
  let [rows, loop] = [0, 0]
  for (const [area, act] of acts.entries()) {
    const { values, milliseconds } = await plainRead(country, act, area)
    rows += milliseconds
    loop += await timed(async () => sumOf(values))
  }
  const series = shape.areas * seriesOfArea(shape)
  if (again.total.series !== series) throw new Error(`Only ${String(again.total.series)} series were read`)
  return [
    compared(
      'reading all of it by the rules again against reading the rows and ten plain loops, milliseconds',
      Math.round(again.milliseconds),
      Math.round(rows + 10 * loop),
      '<=1',
    ),
    information('of it reading the rows, milliseconds', Math.round(rows)),
    information('one plain loop over them, milliseconds', Math.round(loop)),
    information('longest time a page had to wait while it is read, milliseconds', again.wait),
    information('the first reading, which raises the exceptions, milliseconds', Math.round(first.milliseconds)),
    information('exceptions raised', first.total.raised),
    information('series read in full', again.total.inFull),
  ]
}

async function readEveryArea({ program }: Country, acts: readonly Act[]) {
  const total: AreaRead = { series: 0, figures: 0, inFull: 0, raised: 0, changed: 0, lapsed: 0 }
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const milliseconds = await timed(async () => {
    for (const [area, act] of acts.entries()) {
      const read = await inTransaction(program, act.viewer, trx => readArea(trx, act, areaId(area)))
      for (const key of Object.keys(total) as (keyof AreaRead)[]) total[key] += read[key]
    }
  })
  delay.disable()
  return { total, milliseconds, wait: delay.max / 1e6 }
}

/** An area's rows out of the table into one array, as the analysis reads them, and nothing else. */
async function plainRead({ program, shape }: Country, act: Act, area: number) {
  const values = new Float64Array(figuresOfArea(shape))
  const milliseconds = await timed(() =>
    inTransaction(program, act.viewer, async trx => {
      const measures = await findMeasures(trx, areaId(area))
      const series = await seriesOf(
        trx,
        areaId(area),
        measures.map(each => each.id),
      )
      let at = 0
      const stream = new FigureStream(
        () => 'month',
        streamed => {
          values.set(streamed.values, at)
          at += streamed.values.length
        },
      )
      const ids = series.map(each => each.id).toSorted((a, b) => a - b)
      await streamFigures(trx, ids, chunk => stream.read(chunk))
      stream.end()
      if (at !== values.length) throw new Error(`Only ${String(at)} figures were read`)
    }),
  )
  return { values, milliseconds }
}

/** The plain loop. Its sum is looked at, so that it cannot be optimised away. */
function sumOf(values: Float64Array): void {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  if (!Number.isFinite(sum)) throw new Error('The figures do not add up')
}
