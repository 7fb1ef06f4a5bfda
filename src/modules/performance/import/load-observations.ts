import { findArea } from '../../../record/areas.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import type { Trx } from '../../../platform/database/tables.ts'
import { followed, type LoadFollower } from '../loads/follower.ts'
import { RowChecker } from './check-rows.ts'
import { Samples } from './doubts.ts'
import { confirmedAmong, findDoubts, without } from './find-doubts.ts'
import { tellOfLoad } from './load-told.ts'
import { type ImportFile, type Inspection, inspect } from './csv-file.ts'
import { addImport, heldSeries, knownMeasures, lockLoading, nextImportNumber, savepoint } from './queries.ts'
import { type OnRow, readRows, UnreadableCsv } from './read-rows.ts'
import { fileWords, type RowFault } from './row-faults.ts'
import { type ChangedFigure, RowWriter } from './row-writer.ts'

/** What loading a file came to, or would come to. With any fault nothing was applied and the three counts are 0. */
export interface LoadReport {
  rows: number
  added: number
  changed: number
  unchanged: number
  /** Figures drawn up before those held: kept as earlier revisions, and never the latest. */
  older: number
  /** Figures that look odd (`doubts.ts`), where they were looked for. */
  doubts: readonly RowFault[]
  faults: readonly RowFault[]
  /** All of them, where there are more than `faults` holds. */
  faultCount: number
  encoding: Inspection['encoding']
  /** Some of the figures that differ from what is held, for a preview. */
  changes: readonly ChangedFigure[]
  /** The record of this load; null where nothing was loaded. */
  loaded: RecordKey | null
  /** Series with a new or changed figure, as the database numbers them. */
  series: readonly number[]
}

export interface LoadOptions {
  areaId: number
  /** Check and compare only. */
  dryRun: boolean
  /** The record under which the file was checked before; a new one is made if there is none. */
  checked?: RecordKey
  /** Told how far the load is, and asked whether it shall go on. */
  follower?: LoadFollower
  /**
   * Whether figures that look odd are looked for: then they are faults unless they were confirmed, here or on the record
   * under which the file was checked. Looked for without being asked where there is such a record.
   */
  doubts?: 'ask' | 'confirmed' | 'none'
}

/** Rows to load, wherever they come from, and the file they were read out of. */
export interface FigureRows extends Pick<Inspection, 'sha256' | 'encoding'> {
  name: string
  /** Rows of the file itself, where they are not the rows to load. */
  rowsOfFile?: number
  /** Hands over the header, in the columns of `columns.ts`, then the rows; awaits `between` now and then. */
  read: (onRow: OnRow, between: () => Promise<void>) => Promise<void>
}

/**
 * Loads a file of figures into an area: checked whole, applied whole or not at all. The rows stream through the
 * checker into the table while later ones are read; if a fault turns up, everything since is undone before this
 * returns, so that the caller's transaction may be committed whatever comes out. Loading the same file again changes
 * nothing and leaves no trace. Only measures that the transaction's organisations hold are known to it.
 *
 * @throws LoadStopped if the follower is told to stop; the caller's transaction is then to be rolled back
 */
export async function loadObservations(
  trx: Trx,
  act: Act,
  file: ImportFile,
  options: LoadOptions,
): Promise<LoadReport> {
  const inspection = await inspect(followed(file, options.follower))
  if (inspection.fault !== null) return refused(inspection, inspection.fault)
  const { name } = file
  const { sha256, encoding } = inspection
  const source = followed(file, options.follower)
  const read: FigureRows['read'] = (onRow, between) => readRows(source, encoding, onRow, between)
  return loadRows(trx, act, { name, sha256, encoding, read }, options)
}

/** The same for rows that were read out of a file of another form: see `loadObservations`. */
export async function loadRows(trx: Trx, act: Act, rows: FigureRows, options: LoadOptions): Promise<LoadReport> {
  const { areaId, dryRun, checked, follower } = options
  const refusal = await readOnly(trx, act, areaId)
  if (refusal !== null) return refused(rows, refusal)
  await lockLoading(trx, areaId)
  const measures = await knownMeasures(trx, areaId)
  if (measures.length === 0) return refused(rows, fileWords.noMeasures)
  const asked = options.doubts ?? (checked === undefined ? 'none' : 'ask')
  const doubts = asked === 'none' ? undefined : asked
  const checker = new RowChecker(measures, doubts === undefined ? undefined : new Samples())
  await savepoint.set(trx)
  const held = await heldSeries(trx, areaId)
  const writer = new RowWriter(trx, areaId, held, dryRun ? null : await nextImportNumber(trx))
  if (follower !== undefined) follower.phase = 'reading'
  await stream(rows, checker, writer, follower)
  const found = doubts === undefined ? [] : await findDoubts(trx, checker, writer)
  const confirmed = doubts === 'confirmed' ? found : await confirmedAmong(trx, found, checked)
  if (!dryRun) for (const { line, column, message } of without(found, confirmed)) checker.fault(line, column, message)
  const report = { ...reportOf(rows, checker, writer), doubts: found }
  if (report.faultCount > 0 || dryRun || report.added + report.changed + report.older === 0) {
    await savepoint.undo(trx)
    return report
  }
  const loaded =
    checked ?? (await createRecord(trx, act, { areaId, kind: 'import', title: rows.name, state: 'applied' }))
  await recordLoad(trx, act, loaded, rows, report, writer)
  await tellOfLoad(trx, act, loaded, report, doubts === 'confirmed' ? confirmed : null)
  return { ...report, loaded: { areaId, id: loaded.id } }
}

async function readOnly(trx: Trx, act: Act, areaId: number): Promise<string | null> {
  const area = await findArea(trx, areaId)
  return area?.historical === true && act.loading !== true ? fileWords.readOnly(area.name) : null
}

function refused({ encoding }: Pick<FigureRows, 'encoding'>, message: string): LoadReport {
  return {
    ...{ rows: 0, added: 0, changed: 0, unchanged: 0, older: 0, doubts: [] },
    faults: [{ line: 1, column: '', message }],
    faultCount: 1,
    encoding,
    changes: [],
    loaded: null,
    series: [],
  }
}

/** Reads, checks and writes at once: while the server takes one batch in, the next is read. */
async function stream(
  rows: FigureRows,
  checker: RowChecker,
  writer: RowWriter,
  follower: LoadFollower | undefined,
): Promise<void> {
  const between = async () => {
    if (follower !== undefined) follower.rows = checker.rows
    follower?.goOn()
    await writer.take(checker, checker.takeFull())
  }
  try {
    await rows.read((cells, line) => checker.row(cells, line), between)
    if (follower !== undefined) follower.phase = 'writing'
    await writer.take(checker, checker.takeRest())
  } catch (fault) {
    if (!(fault instanceof UnreadableCsv)) throw fault
    checker.fault(fault.line, '', fault.message)
  } finally {
    await writer.settle()
  }
  if (checker.rows === 0 && checker.faultCount === 0) checker.fault(1, '', fileWords.noRows)
}

function reportOf({ encoding }: FigureRows, checker: RowChecker, writer: RowWriter): LoadReport {
  const faulty = checker.faultCount > 0
  return {
    rows: checker.rows,
    added: faulty ? 0 : writer.added,
    changed: faulty ? 0 : writer.changed,
    unchanged: faulty ? 0 : writer.unchanged + checker.repeated,
    older: faulty ? 0 : writer.older,
    doubts: [],
    faults: checker.faults,
    faultCount: checker.faultCount,
    encoding,
    changes: faulty ? [] : writer.changes,
    loaded: null,
    series: faulty ? [] : [...writer.touched],
  }
}

async function recordLoad(
  trx: Trx,
  act: Act,
  loaded: RecordKey,
  file: FigureRows,
  report: LoadReport,
  writer: RowWriter,
): Promise<void> {
  const { added, changed, unchanged, older, encoding } = report
  const rows = file.rowsOfFile ?? report.rows
  await addImport(trx, {
    ...{ area_id: loaded.areaId, id: loaded.id, number: writer.importNumber ?? 0, file_name: file.name },
    ...{ sha256: file.sha256, encoding, rows, added, changed, unchanged: unchanged + older },
    ...{ loaded_by: act.viewer.name, loaded_at: act.now },
  })
  const sha256 = file.sha256.toString('hex')
  const event = { kind: 'applied', details: { sha256, rows, added, changed, unchanged, older } }
  await changeRecord(trx, act, loaded, null, { state: 'applied' }, event)
}
