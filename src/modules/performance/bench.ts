import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { randomUUIDv7 } from 'node:crypto'
import { type Bench, type BenchResult, compared } from '../../platform/benchmark.ts'
import { connect } from '../../platform/database/connect.ts'
import { migrate } from '../../platform/database/migrate.ts'
import { joinEmbeddedServer } from '../../platform/database/server.ts'
import type { Database } from '../../platform/database/tables.ts'
import { inTransaction } from '../../platform/database/transaction.ts'
import { addArea } from '../../record/areas.ts'
import type { Act } from '../../record/record.ts'
import { benchCountry } from './country/country-bench.ts'
import { analyseSeries, defaultRules, emptyLimits } from './analysis/process-control.ts'
import { dateOfDay, dayNumber } from './import/cells.ts'
import { fileOnDisk } from './import/csv-file.ts'
import { loadObservations } from './import/load-observations.ts'
import { copyFile, emptyObservations } from './import/queries.ts'
import { setUpMeasure } from './measures/set-up-measure.ts'
import { nextPeriod, parsePeriod, type Period, periodText } from './period.ts'

/** The benchmarks of this module, for `peelian bench analysis`, `load` and `country`. */
export const performanceBenches: readonly Bench[] = [
  // First: after a million rows the compiler has seen the analysis in another light, and it runs half as slow again.
  { name: 'analysis', run: benchAnalysis },
  { name: 'load', run: benchLoad },
  { name: 'country', run: progress => benchCountry(progress) },
]

const observations = 10_000_000
/** Ten years of months. */
const seriesLength = 120
const rounds = 9

/** Process control over ten million figures in series of ten years of months, against adding the same figures up. */
async function benchAnalysis(progress: (message: string) => void): Promise<BenchResult[]> {
  progress(`Analysing ${observations.toLocaleString('en-GB')} figures, ${String(rounds)} times.`)
  const values = randomFigures(observations)
  const out = { limits: emptyLimits(), signals: new Uint8Array(observations) }
  const analysed = () => {
    for (let at = 0; at < values.length; at += seriesLength) {
      analyseSeries(values, at, Math.min(at + seriesLength, values.length), defaultRules, out)
    }
  }
  const [ours, plain] = [fastest(analysed), fastest(() => sumOf(values))]
  return [
    compared(
      'process control over 10,000,000 figures against a plain loop, milliseconds of processor time',
      ours,
      plain,
      '<=10',
    ),
  ]
}

/** The plain loop. Its sum is handed back and looked at, so that it cannot be optimised away. */
function sumOf(values: Float64Array): void {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  if (!Number.isFinite(sum)) throw new Error('The figures do not add up')
}

/** Processor time of the fastest round, in milliseconds: what else the machine does in between is not counted. */
function fastest(work: () => void): number {
  let best = Infinity
  for (let round = 0; round < rounds; round++) {
    const begun = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(begun)
    best = Math.min(best, (user + system) / 1000)
  }
  return best
}

/** Figures that vary as counts do, the same in each run. */
function randomFigures(length: number): Float64Array {
  let seed = 20_170_411
  const random = () => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
  return Float64Array.from({ length }, () => 100 + 10 * (random() + random() + random() + random() - 2))
}

const [measures, breakdowns, months] = [40, 50, 500]
const rows = measures * breakdowns * months
const loadRounds = 3

/**
 * A million figures from a CSV file, streamed, checked and compared, against COPY of the same rows, already in the
 * shape of the table, into the same table. Both on a server of their own that syncs to disk.
 */
async function benchLoad(progress: (message: string) => void): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'peelian-bench-'))
  const server = await joinEmbeddedServer(join(folder, 'data'))
  try {
    await migrate(server.urls.owner)
    const [program, owner] = [connect(server.urls.program), connect(server.urls.owner)]
    try {
      return await measureLoad(program, owner, folder, progress)
    } finally {
      await Promise.all([program.destroy(), owner.destroy()])
    }
  } finally {
    await server.leave()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureLoad(
  program: Database,
  owner: Database,
  folder: string,
  progress: (message: string) => void,
): Promise<BenchResult[]> {
  const files = { long: join(folder, 'long.csv'), table: join(folder, 'table.csv') }
  progress(`Writing ${rows.toLocaleString('en-GB')} rows.`)
  await writeLines(files.long, longLines())
  await writeLines(files.table, tableLines())
  const act = await setUp(program)
  let [ours, reference] = [Infinity, Infinity]
  for (let round = 1; round <= loadRounds; round++) {
    progress(`Round ${String(round)} of ${String(loadRounds)}.`)
    reference = Math.min(reference, await timed(() => copied(program, files.table)))
    await inTransaction(owner, null, emptyObservations)
    ours = Math.min(ours, await timed(() => loaded(program, act, files.long)))
    await inTransaction(owner, null, emptyObservations)
  }
  const work = 'loading 1,000,000 figures from CSV against COPY, rows a second'
  return [compared(work, Math.round((1000 * rows) / ours), Math.round((1000 * rows) / reference), '>=0.5')]
}

async function setUp(program: Database): Promise<Act> {
  const organisation = { id: randomUUIDv7(), name: 'Bench', kind: 'office' as const }
  const act: Act = {
    viewer: { userId: 'bench', personId: null, name: 'Bench', organisation },
    now: Temporal.Now.instant(),
  }
  await inTransaction(program, { organisation }, async trx => {
    const area = { id: 1, slug: 'bench', name: 'Bench', kind: 'area', office_title: '', banner: null } as const
    await addArea(trx, { ...area, historical: false, demonstration: false, as_at: null })
    for (let measure = 0; measure < measures; measure++) {
      await setUpMeasure(trx, act, {
        ...{ areaId: 1, title: `Measure ${String(measure)}`, unit: 'count', kind: 'count' },
        ...{ polarity: 'decrease', frequency: 'month', definition: 'Bench', source: 'Bench' },
      })
    }
  })
  return act
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

function copied(program: Database, path: string): Promise<void> {
  return inTransaction(program, null, trx => copyFile(trx, createReadStream(path, { highWaterMark: 1 << 17 })))
}

async function loaded(program: Database, act: Act, path: string): Promise<void> {
  await inTransaction(program, act.viewer, async trx => {
    const report = await loadObservations(trx, act, fileOnDisk(path), { areaId: 1, dryRun: false })
    if (report.added !== rows) throw new Error(`Only ${String(report.added)} rows were loaded`)
  })
}

function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  return pipeline(Readable.from(lines), createWriteStream(path))
}

/** Every month of every series: month by month, as a monthly return grows. */
function* eachMonth(): Iterable<Period> {
  let period = parsePeriod('1980-01')
  for (let month = 0; month < months && 'start' in period; month++) {
    yield period
    period = nextPeriod(period)
  }
}

const figure = (series: number, month: number) => String((series * 7919 + month * 104_729) % 5000)

function* longLines(): Iterable<string> {
  yield 'measure,period,value,breakdown\n'
  let month = 0
  for (const period of eachMonth()) {
    const text = periodText(period)
    let lines = ''
    for (let series = 0; series < measures * breakdowns; series++) {
      const [measure, part] = [series % measures, Math.floor(series / measures)]
      lines += `Measure ${String(measure)},${text},${figure(series, month)},Part ${String(part)}\n`
    }
    month++
    yield lines
  }
}

function* tableLines(): Iterable<string> {
  let month = 0
  for (const period of eachMonth()) {
    const date = dateOfDay(dayNumber(period.start)).toString()
    let lines = ''
    for (let series = 0; series < measures * breakdowns; series++) {
      lines += `${String(series + 1)},1,${date},,${figure(series, month)},,,1,0,\n`
    }
    month++
    yield lines
  }
}
