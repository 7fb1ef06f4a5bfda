import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { type BenchResult, compared, information } from '../../../platform/benchmark.ts'
import { connect } from '../../../platform/database/connect.ts'
import { migrate } from '../../../platform/database/migrate.ts'
import { joinEmbeddedServer } from '../../../platform/database/server.ts'
import type { Database } from '../../../platform/database/tables.ts'
import { inTransaction } from '../../../platform/database/transaction.ts'
import { readArea } from '../readings/read-area.ts'
import { fileOnDisk } from '../import/csv-file.ts'
import { loadObservations } from '../import/load-observations.ts'
import { bareLines, type CountryShape, figuresOfArea, longLines, wholeCountry } from './country.ts'
import { copyBare, makeBareTable, sizes } from './country-queries.ts'
import { dashboardTime } from './dashboard-bench.ts'
import { areaId, type Holder, makeAreas } from './make-country.ts'
import { readAll } from './read-country.ts'
import { timed } from './timed.ts'

type Progress = (message: string) => void

/** The two handles of a country's database, and the folder of its files. */
interface Country {
  shape: CountryShape
  program: Database
  owner: Database
  folder: string
}

/**
 * A made-up country on a server of its own: how fast it loads against COPY, how much room it takes against bare rows,
 * how fast all of it is read again against a plain loop, and whether one area's dashboard feels the others.
 */
export async function benchCountry(progress: Progress, shape: CountryShape = wholeCountry): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'peelian-country-'))
  const server = await joinEmbeddedServer(join(folder, 'data'))
  try {
    await migrate(server.urls.owner)
    const [program, owner] = [connect(server.urls.program), connect(server.urls.owner)]
    try {
      return await measure({ shape, program, owner, folder }, progress)
    } finally {
      await Promise.all([program.destroy(), owner.destroy()])
    }
  } finally {
    await server.leave()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(country: Country, progress: Progress): Promise<BenchResult[]> {
  const { shape, owner, program } = country
  const acts = await makeAreas(country, progress)
  await inTransaction(owner, null, makeBareTable)
  await sql`grant select, insert on workspace.bare_figure to peelian_program`.execute(owner)
  const loading = await loadAll(country, acts, progress)
  progress('Counting the room it takes.')
  await settle(owner)
  const room = await inTransaction(program, null, sizes)
  const analysis = await readAll(country, acts, progress)
  progress('Opening the dashboard of one area.')
  await settle(owner)
  const [first] = acts
  const dashboard = first === undefined ? Number.NaN : await dashboardTime(program, first)
  const figures = (shape.areas * figuresOfArea(shape)).toLocaleString('en-GB')
  return [
    compared(
      `loading ${figures} figures from CSV against COPY of bare rows, rows a second`,
      loading.ours,
      loading.reference,
      '>=0.5',
    ),
    information('longest time a page had to wait while it loads, milliseconds', loading.wait),
    compared('room of the whole database against bare rows with their key, bytes', room.ours, room.bare, '<=2'),
    ...analysis,
    compared(
      `the dashboard of one area among ${String(shape.areas)} against alone, milliseconds`,
      dashboard,
      loading.alone,
      '<=1.5',
    ),
  ]
}

/** Each area's file loaded and, in turn, its bare rows copied, so that both meet a table of the same size. */
async function loadAll(country: Country, acts: readonly Holder[], progress: Progress) {
  const { shape, program, folder } = country
  const files = { long: join(folder, 'long.csv'), bare: join(folder, 'bare.csv') }
  const delay = monitorEventLoopDelay({ resolution: 5 })
  let [ours, reference, wait, alone] = [0, 0, 0, 0]
  for (const [area, act] of acts.entries()) {
    progress(`Loading area ${String(area + 1)} of ${String(shape.areas)}.`)
    await writeLines(files.long, longLines(shape, area))
    await writeLines(files.bare, bareLines(shape, area))
    delay.enable()
    ours += await timed(() => loadArea(program, act, area, files.long, figuresOfArea(shape)))
    delay.disable()
    wait = Math.max(wait, delay.max / 1e6)
    delay.reset()
    reference += await timed(() =>
      inTransaction(program, null, trx => copyBare(trx, createReadStream(files.bare, { highWaterMark: 1 << 17 }))),
    )
    if (area === 0) alone = await dashboardAlone(country, act)
  }
  const rows = shape.areas * figuresOfArea(shape)
  return { ours: Math.round((1000 * rows) / ours), reference: Math.round((1000 * rows) / reference), wait, alone }
}

/** The dashboard of the first area while there are no figures of others. */
async function dashboardAlone({ program, owner }: Country, act: Holder): Promise<number> {
  await inTransaction(program, act.viewer, trx => readArea(trx, act, areaId(0)))
  await settle(owner)
  return dashboardTime(program, act)
}

/** Brings the statistics up to date, as a server does by itself; only the owner may. */
async function settle(owner: Database): Promise<void> {
  await sql`vacuum analyze`.execute(owner)
}

async function loadArea(program: Database, act: Holder, area: number, path: string, rows: number): Promise<void> {
  await inTransaction(program, act.viewer, async trx => {
    const report = await loadObservations(trx, act, fileOnDisk(path), { areaId: areaId(area), dryRun: false })
    if (report.added !== rows) throw new Error(`Only ${String(report.added)} rows were loaded`)
  })
}

function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  return pipeline(Readable.from(lines), createWriteStream(path))
}
