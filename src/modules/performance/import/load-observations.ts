import { findArea } from '../../../record/areas.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import type { Trx } from '../../../platform/database/tables.ts'
import { RowChecker } from './check-rows.ts'
import { type ImportFile, type Inspection, inspect } from './csv-file.ts'
import { addImport, heldSeries, knownMeasures, lockLoading, nextImportNumber, savepoint } from './queries.ts'
import { readRows, UnreadableCsv } from './read-rows.ts'
import { fileWords, type RowFault } from './row-faults.ts'
import { type ChangedFigure, RowWriter } from './row-writer.ts'

/** What loading a file came to, or would come to. With any fault nothing was applied and the three counts are 0. */
export interface LoadReport {
  rows: number
  added: number
  changed: number
  unchanged: number
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
}

/**
 * Loads a file of figures into an area: checked whole, applied whole or not at all. The rows stream through the
 * checker into the table while later ones are read; if a fault turns up, everything since is undone before this
 * returns, so that the caller's transaction may be committed whatever comes out. Loading the same file again changes
 * nothing and leaves no trace. Only measures that the transaction's organisations hold are known to it.
 */
export async function loadObservations(
  trx: Trx,
  act: Act,
  file: ImportFile,
  { areaId, dryRun, checked }: LoadOptions,
): Promise<LoadReport> {
  const inspection = await inspect(file)
  const refusal = inspection.fault ?? (await readOnly(trx, act, areaId))
  if (refusal !== null) return refused(inspection, refusal)
  await lockLoading(trx, areaId)
  const measures = await knownMeasures(trx, areaId)
  if (measures.length === 0) return refused(inspection, fileWords.noMeasures)
  const checker = new RowChecker(measures)
  await savepoint.set(trx)
  const writer = new RowWriter(trx, areaId, await heldSeries(trx, areaId), dryRun ? null : await nextImportNumber(trx))
  await stream(file, inspection, checker, writer)
  const report = reportOf(inspection, checker, writer)
  if (report.faultCount > 0 || dryRun || report.added + report.changed === 0) {
    await savepoint.undo(trx)
    return report
  }
  const loaded =
    checked ?? (await createRecord(trx, act, { areaId, kind: 'import', title: file.name, state: 'applied' }))
  await recordLoad(trx, act, loaded, file, inspection, report, writer)
  return { ...report, loaded: { areaId, id: loaded.id } }
}

async function readOnly(trx: Trx, act: Act, areaId: number): Promise<string | null> {
  const area = await findArea(trx, areaId)
  return area?.historical === true && act.loading !== true ? fileWords.readOnly(area.name) : null
}

function refused(inspection: Inspection, message: string): LoadReport {
  return {
    ...{ rows: 0, added: 0, changed: 0, unchanged: 0 },
    faults: [{ line: 1, column: '', message }],
    faultCount: 1,
    encoding: inspection.encoding,
    changes: [],
    loaded: null,
    series: [],
  }
}

/** Reads, checks and writes at once: while the server takes one batch in, the next is read. */
async function stream(
  file: ImportFile,
  { encoding }: Inspection,
  checker: RowChecker,
  writer: RowWriter,
): Promise<void> {
  try {
    await readRows(
      file,
      encoding,
      (cells, line) => checker.row(cells, line),
      () => writer.take(checker, checker.takeFull()),
    )
    await writer.take(checker, checker.takeRest())
  } catch (fault) {
    if (!(fault instanceof UnreadableCsv)) throw fault
    checker.fault(fault.line, '', fault.message)
  } finally {
    await writer.settle()
  }
  if (checker.rows === 0 && checker.faultCount === 0) checker.fault(1, '', fileWords.noRows)
}

function reportOf(inspection: Inspection, checker: RowChecker, writer: RowWriter): LoadReport {
  const faulty = checker.faultCount > 0
  return {
    rows: checker.rows,
    added: faulty ? 0 : writer.added,
    changed: faulty ? 0 : writer.changed,
    unchanged: faulty ? 0 : writer.unchanged + checker.repeated,
    faults: checker.faults,
    faultCount: checker.faultCount,
    encoding: inspection.encoding,
    changes: faulty ? [] : writer.changes,
    loaded: null,
    series: faulty ? [] : [...writer.touched],
  }
}

async function recordLoad(
  trx: Trx,
  act: Act,
  loaded: RecordKey,
  file: ImportFile,
  inspection: Inspection,
  report: LoadReport,
  writer: RowWriter,
): Promise<void> {
  const { rows, added, changed, unchanged, encoding } = report
  await addImport(trx, {
    ...{ area_id: loaded.areaId, id: loaded.id, number: writer.importNumber ?? 0, file_name: file.name },
    ...{ sha256: inspection.sha256, encoding, rows, added, changed, unchanged },
    ...{ loaded_by: act.viewer.name, loaded_at: act.now },
  })
  const sha256 = inspection.sha256.toString('hex')
  const event = { kind: 'applied', details: { sha256, rows, added, changed, unchanged } }
  await changeRecord(trx, act, loaded, null, { state: 'applied' }, event)
}
