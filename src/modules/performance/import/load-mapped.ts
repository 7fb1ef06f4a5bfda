import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Output } from '../../../platform/commands/command.ts'
import type { Trx } from '../../../platform/database/tables.ts'
import { Fault, UsageFault } from '../../../platform/fault.ts'
import type { Act } from '../../../record/record.ts'
import { parsePeriod } from '../period.ts'
import { fileInMemory } from './csv-file.ts'
import { loadObservations, type LoadOptions, type LoadReport } from './load-observations.ts'
import { knownMeasures } from './queries.ts'
import { type KeptMapping, keptMappings, saveReading } from './reading-queries.ts'
import type { RowFault } from './row-faults.ts'
import type { Mapping } from './sheets/mapping.ts'
import { isPeriodLike } from './sheets/offer.ts'
import { lookAt, mappingsFor, readSpreadsheet, whyInWords } from './sheets/read-spreadsheet.ts'
import { cellFaults } from './sheets/sheet-cells.ts'
import type { SheetFile } from './sheets/sheet-worker.ts'

/** A spreadsheet to be read as one like it was, and what is said of this file besides. */
export interface MappedFile {
  path: string
  name: string
  /** The name under which its reading was kept. */
  mapping: string
  asAt: string | null
  status: string | null
  period: string | null
}

/**
 * Loads a spreadsheet by a mapping that was kept on the page. What differs from the mapping is told before anything is
 * read; where figures could be read wrongly for it, nothing is loaded unless it was confirmed.
 *
 * @throws Fault where the file cannot be read, or is of another shape; UsageFault where no such mapping is kept
 */
export async function loadMapped(
  trx: Trx,
  act: Act,
  given: MappedFile,
  options: LoadOptions,
  output: Output,
): Promise<LoadReport> {
  const { areaId } = options
  const said = besides(given)
  const kept = await keptUnder(trx, act, areaId, given.mapping)
  const file: SheetFile = { name: given.name, bytes: await readFile(given.path) }
  const look = await lookAt(file)
  if (!look.ok) throw new Fault(`${whyInWords(given.name, look.why)}.`)
  const [found] = await mappingsFor(file, [kept.mapping])
  if (found === undefined) throw new Fault(`${given.name} is not of the shape that “${kept.name}” was kept for.`)
  for (const difference of found.differences) output.progress(difference)
  if (found.serious && options.doubts !== 'confirmed') return notLoaded(found.differences.map(unconfirmed))
  const mapping = { ...found.mapping, ...said }
  const read = await readSpreadsheet({ file, mapping, measures: await knownMeasures(trx, areaId) })
  if (read.faultCount > 0) return { ...notLoaded(read.faults), faultCount: read.faultCount, rows: read.count }
  const rows = fileInMemory(`${given.name}, as read.csv`, Buffer.from(read.csv))
  const report = withDoubts(await loadObservations(trx, act, rows, options), options)
  if (report.loaded !== null) {
    const sha256 = createHash('sha256').update(file.bytes).digest()
    const told = { file_name: given.name, sha256, mapping, mapping_name: kept.name, differences: found.differences }
    await saveReading(trx, report.loaded, told)
  }
  return { ...report, faults: cellFaults(report.faults, read.cells) }
}

async function keptUnder(trx: Trx, act: Act, areaId: number, name: string): Promise<KeptMapping> {
  const kept = await keptMappings(trx, areaId, act.viewer.organisation.id)
  const found = kept.find(each => each.name.toLowerCase() === name.toLowerCase())
  if (found !== undefined) return found
  const names = kept.map(each => `“${each.name}”`).join(', ')
  throw new UsageFault(
    `There is no mapping "${name}". ${names === '' ? 'None is kept: describe such a file on the page first.' : `There are: ${names}.`}`,
  )
}

const statuses = ['provisional', 'revised', 'final'] as const

/** What was said of this file alone, checked. */
function besides({ asAt, status, period }: MappedFile): Pick<Mapping, 'asAt' | 'status' | 'period'> {
  const said = statuses.find(each => each === status?.toLowerCase())
  if (status !== null && said === undefined)
    throw new UsageFault(`--status is provisional, revised or final, not "${status}".`)
  const day = asAt === null ? null : parsePeriod(asAt)
  if (day !== null && ('fault' in day || day.frequency !== 'day')) {
    throw new UsageFault(`--as-at is a day like 2018-04-01, not "${asAt ?? ''}".`)
  }
  if (period !== null && !isPeriodLike(period))
    throw new UsageFault(`--period is like 2017-11, 2017/18 Q1 or 2017/18, not "${period}".`)
  return { asAt, status: said ?? '', period }
}

const unconfirmed = (message: string): RowFault => ({
  line: 1,
  column: '',
  message: `${message} If the file is to be read so, say --confirm; else describe it on the page.`,
})

function notLoaded(faults: readonly RowFault[]): LoadReport {
  const counts = { rows: 0, added: 0, changed: 0, unchanged: 0, older: 0 }
  const none = { doubts: [], changes: [], series: [], loaded: null, encoding: 'utf-8' } as const
  return { ...counts, ...none, faults, faultCount: faults.length }
}

/** A trial in which figures look odd comes to what the load itself would: they need confirming. */
export function withDoubts(report: LoadReport, { doubts }: Pick<LoadOptions, 'doubts'>): LoadReport {
  if (doubts !== 'ask' || report.doubts.length === 0 || report.faultCount > 0 || report.loaded !== null) return report
  const counts = { added: 0, changed: 0, unchanged: 0, older: 0 }
  return { ...report, ...counts, faults: report.doubts, faultCount: report.doubts.length, changes: [], series: [] }
}
