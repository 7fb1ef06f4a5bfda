import type { RecordHead } from '../../../record/record.ts'
import { recordModel } from '../../../record/record-pages.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { ActionModel, CellModel, SummaryRowModel } from '../../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext } from '../../../platform/web/route.ts'
import { page } from '../../../platform/web/route.ts'
import { importKind } from '../kinds.ts'
import { paths } from '../paths.ts'
import { storedReport } from '../loads/long-file.ts'
import { findImport } from '../queries.ts'
import type { ImportFile } from './csv-file.ts'
import { without } from './find-doubts.ts'
import { loadObservations, type LoadReport } from './load-observations.ts'
import { revisedFigure } from './load-told.ts'
import { findReading, type ImportReading, type RevisedFigure } from './reading-queries.ts'
import type { RowFault } from './row-faults.ts'
import { cellsOf, stepPaths } from './sheets/draft.ts'
import { cellFaults } from './sheets/sheet-cells.ts'

/** Faults and doubts printed on a page at most; all are counted. */
const shownAtMost = 100

const text = (words: string): CellModel => ({ type: 'text', text: words })

export function faultyReport(report: Pick<LoadReport, 'rows' | 'faultCount' | 'encoding' | 'faults'>) {
  return {
    rows: report.rows,
    count: report.faultCount,
    more: Math.max(0, report.faultCount - shownAtMost),
    encoding: report.encoding,
    table: faultTable(report.faults, 'What is wrong'),
  }
}

function faultTable(faults: readonly RowFault[], heading: string) {
  return {
    columns: [{ heading: 'Line', numeric: true }, { heading: 'Column' }, { heading }],
    rows: faults.slice(0, shownAtMost).map(fault => ({
      cells: [{ type: 'number', value: fault.line }, text(fault.column), text(fault.message)] satisfies CellModel[],
    })),
  }
}

/** What a file waiting to be loaded would change; null for any other. */
export async function reportOfWaiting(
  context: WorkspaceContext,
  record: RecordHead,
  file: ImportFile | null,
): Promise<LoadReport | null> {
  if (record.state !== 'checked' || file === null) return null
  const options = { areaId: record.areaId, dryRun: true, checked: record }
  const { trx } = context
  const report = (await storedReport(trx, record)) ?? (await loadObservations(trx, context, file, options))
  if (report.faultCount + report.doubts.length === 0) return report
  const cells = await cellsOf(context, record, await findReading(trx, record))
  return { ...report, faults: cellFaults(report.faults, cells), doubts: cellFaults(report.doubts, cells) }
}

/** A file: before it is applied what it would change and what of it looks odd, after that what it did. */
export async function importPage(
  context: WorkspaceContext,
  record: RecordHead,
  file: ImportFile | null,
  faults: readonly FieldFault[] = [],
): Promise<Answer> {
  const report = await reportOfWaiting(context, record, file)
  const reading = await findReading(context.trx, record)
  const applied = await findImport(context.trx, record)
  const summary = [...countRows(applied ?? report), ...olderRow(report), ...readingRows(reading)]
  const faulty = report !== null && report.faultCount > 0
  const open = report === null ? [] : without(report.doubts, confirmedOf(report, reading))
  const model = {
    title: record.title,
    breadcrumbs: [
      { text: 'Performance', href: paths.measures },
      { text: importKind.plural.replace(/^./, letter => letter.toUpperCase()), href: paths.imports },
    ],
    record: await recordModel(context, record, {
      summary,
      actions: actionsOf(context, record, report, reading, open.length),
    }),
    report: faulty ? faultyReport(report) : null,
    doubts: open.length === 0 || faulty ? null : doubtsModel(context, record, open, faults),
    differences: reading?.differences ?? [],
    confirmed: reading === undefined || reading.confirmed.length === 0 ? null : confirmedModel(reading),
    changes: changesModel(report, reading, applied?.changed ?? 0),
    windows1252: (report ?? applied)?.encoding === 'windows-1252',
  }
  return page('modules/performance/views/import.njk', model, faulty || faults.length > 0 ? 422 : 200)
}

function confirmedOf(report: LoadReport, reading: ImportReading | undefined): RowFault[] {
  return report.doubts.filter(each => reading?.confirmed.some(other => other.message === each.message))
}

type Counts = Pick<LoadReport, 'rows' | 'added' | 'changed' | 'unchanged'>

const numberRow = (key: string, value: number): SummaryRowModel => ({ key, value: { type: 'number', value } })

function countRows(counts: Counts | null): SummaryRowModel[] {
  if (counts === null) return []
  return [
    numberRow('Rows in the file', counts.rows),
    numberRow('New figures', counts.added),
    numberRow('Changed figures', counts.changed),
    numberRow('Unchanged', counts.unchanged),
  ]
}

function olderRow(report: LoadReport | null): SummaryRowModel[] {
  return report === null || report.older === 0
    ? []
    : [numberRow('Older than held, kept as earlier revisions', report.older)]
}

function readingRows(reading: ImportReading | undefined): SummaryRowModel[] {
  if (reading === undefined) return []
  const row = (key: string, words: string | null): SummaryRowModel[] =>
    words === null ? [] : [{ key, value: { type: 'text', text: words } }]
  return [
    ...row('Read out of', reading.file_name),
    ...row('SHA-256 of that file', reading.sha256?.toString('hex') ?? null),
    ...row('Read as', reading.mapping_name),
    ...row('Why held figures were changed', reading.reason),
  ]
}

function actionsOf(
  context: WorkspaceContext,
  record: RecordHead,
  report: LoadReport | null,
  reading: ImportReading | undefined,
  doubts: number,
): ActionModel[] {
  if (!context.may('performance.load')) return []
  const here = paths.import(record.id)
  const drop = { text: 'Do not load this file', post: `${here}/drop`, version: record.version }
  if (record.state === 'reading') {
    const described = (reading?.mapping?.columns.length ?? 0) > 0
    const next = described ? stepPaths.rows(record.id) : stepPaths.columns(record.id)
    return [{ text: 'Go on describing this file', href: next }, drop]
  }
  if (report === null) return []
  const [first] = reasonsAgainst(report, doubts)
  const load: ActionModel =
    first === undefined
      ? { text: 'Load these figures', post: `${here}/apply`, version: record.version }
      : { text: 'Load these figures', reasons: [first] }
  return [load, drop]
}

function reasonsAgainst(report: LoadReport, doubts: number): string[] {
  return [
    ...(report.faultCount > 0 ? ['The file no longer passes the checks; see below.'] : []),
    ...(report.added + report.changed + report.older === 0 ? ['Every figure in this file is held already.'] : []),
    ...(doubts > 0 ? ['Some figures look odd: look at them below, and confirm them if they are right.'] : []),
  ]
}

function doubtsModel(
  context: WorkspaceContext,
  record: RecordHead,
  doubts: readonly RowFault[],
  faults: readonly FieldFault[],
) {
  return {
    table: faultTable(doubts, 'What looks odd'),
    more: Math.max(0, doubts.length - shownAtMost),
    form: { action: `${paths.import(record.id)}/confirm`, fields: {}, faults, version: record.version },
    mayConfirm: context.may('performance.load'),
  }
}

function confirmedModel({ confirmed, confirmed_by, confirmed_at }: ImportReading) {
  return { table: faultTable(confirmed, 'What looked odd'), by: confirmed_by, at: confirmed_at }
}

/** Figures that differ from those held, or, once loaded, that were revised. */
function changesModel(report: LoadReport | null, reading: ImportReading | undefined, applied: number) {
  const changes = report === null ? (reading?.revised ?? []) : report.changes.map(revisedFigure)
  if (changes.length === 0) return null
  const all = report === null ? applied : report.changed
  return {
    loaded: report === null,
    more: Math.max(0, all - changes.length),
    columns: [
      { heading: 'Measure' },
      { heading: 'Period' },
      { heading: report === null ? 'Before' : 'Held', numeric: true },
      { heading: report === null ? 'Now' : 'In this file', numeric: true },
    ],
    rows: changes.map(changedCells),
  }
}

function changedCells({ measureId, measure, breakdown, period, before, after }: RevisedFigure): { cells: CellModel[] } {
  const name = breakdown === '' ? measure : `${measure}, ${breakdown}`
  return {
    cells: [{ type: 'text', text: name, href: paths.measure(measureId) }, text(period), text(before), text(after)],
  }
}
