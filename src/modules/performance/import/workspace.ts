import { z } from 'zod'
import { attach, attachmentsOf, readFile } from '../../../record/files.ts'
import type { RecordHead } from '../../../record/record.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { changeRecord, createRecord, findRecord } from '../../../record/records.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { type FieldFault, readForm } from '../../../platform/web/form.ts'
import type { ActionModel, CellModel, SummaryRowModel } from '../../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { raiseExceptions } from '../exceptions/raise-exceptions.ts'
import { figureText } from '../figures.ts'
import { importKind, paths } from '../kinds.ts'
import { findImport } from '../queries.ts'
import { fileInMemory, type ImportFile } from './csv-file.ts'
import { loadObservations, type LoadReport } from './load-observations.ts'

/** A form of nothing but a file; what was wrong with the file itself comes with its reading. */
const fileForm = z.object({})

/** Faults printed on a page at most; all are counted. */
const faultsShown = 100

export function showImports(context: WorkspaceContext): Promise<Answer> {
  const actions: ActionModel[] = context.may('performance.load')
    ? [{ text: 'Load figures', href: `${paths.imports}/new` }]
    : []
  return workspaceRegisterPage(context, importKind, {
    address: paths.imports,
    actions,
    empty: 'Files appear here when figures are loaded.',
  })
}

export function askFile(): Answer {
  return uploadPage(null, [])
}

function uploadPage(report: LoadReport | null, faults: readonly FieldFault[]): Answer {
  const model = {
    title: 'Load figures',
    back: { text: 'Back', href: paths.measures },
    form: { action: `${paths.imports}/new`, fields: {}, faults, files: true },
    report: report === null ? null : faultyReport(report),
  }
  return page('modules/performance/views/load.njk', model, report !== null || faults.length > 0 ? 422 : 200)
}

function faultyReport(report: LoadReport) {
  return {
    rows: report.rows,
    count: report.faultCount,
    more: Math.max(0, report.faultCount - faultsShown),
    encoding: report.encoding,
    table: {
      columns: [{ heading: 'Line', numeric: true }, { heading: 'Column' }, { heading: 'What is wrong' }],
      rows: report.faults.slice(0, faultsShown).map(fault => ({
        cells: [
          { type: 'number', value: fault.line },
          { type: 'text', text: fault.column },
          { type: 'text', text: fault.message },
        ] satisfies CellModel[],
      })),
    },
  }
}

/** Checks an uploaded file. Faulty: every bad row is named and nothing is kept. Good: it is kept, to be applied. */
export async function doCheck(context: WorkspaceContext): Promise<Answer> {
  const upload = context.uploads.find(each => each.field === 'file')
  const checked = readForm(fileForm, context.fields)
  if (!checked.ok) return uploadPage(null, checked.errors)
  if (upload === undefined) return uploadPage(null, [{ field: 'file', message: 'Choose a CSV file' }])
  const areaId = context.viewer.area.id
  const file = fileInMemory(upload.fileName, upload.bytes)
  const report = await loadObservations(context.trx, context, file, { areaId, dryRun: true })
  if (report.faultCount > 0) return uploadPage(report, [])
  const record = await createRecord(context.trx, context, {
    areaId,
    kind: 'import',
    title: upload.fileName,
    state: 'checked',
  })
  await attach(context.trx, context, record, { upload }, upload.fileName)
  return redirect(paths.import(record.id))
}

async function load(context: WorkspaceContext): Promise<{ record: RecordHead; file: ImportFile | null } | null> {
  const key = { areaId: context.viewer.area.id, id: context.params['id'] ?? '' }
  const record = await findRecord(context.trx, key)
  if (record === null || record.kind !== 'import') return null
  const [attachment] = await attachmentsOf(context.trx, key)
  const kept =
    attachment?.file_id == null ? null : await readFile(context.trx, context.viewer.organisation.id, attachment.file_id)
  return { record, file: kept === null ? null : fileInMemory(kept.name, kept.bytes) }
}

/** A file: before it is applied what it would change, after that what it did. */
export async function showImport(context: WorkspaceContext): Promise<Answer> {
  const loaded = await load(context)
  return loaded === null ? notFound() : importPage(context, loaded.record, loaded.file)
}

async function importPage(context: WorkspaceContext, record: RecordHead, file: ImportFile | null): Promise<Answer> {
  const waiting = record.state === 'checked' && file !== null
  const options = { areaId: record.areaId, dryRun: true }
  const report = waiting ? await loadObservations(context.trx, context, file, options) : null
  const applied = await findImport(context.trx, record)
  const summary = applied === undefined ? countRows(report) : countRows(applied)
  const faulty = report !== null && report.faultCount > 0
  const model = {
    title: record.title,
    breadcrumbs: [
      { text: 'Performance', href: paths.measures },
      { text: 'Files of figures', href: paths.imports },
    ],
    record: await recordModel(context, record, { summary, actions: actionsOf(context, record, report) }),
    report: faulty ? faultyReport(report) : null,
    changes: report === null ? null : changesTable(report),
    windows1252: (report ?? applied)?.encoding === 'windows-1252',
  }
  return page('modules/performance/views/import.njk', model, faulty ? 422 : 200)
}

type Counts = Pick<LoadReport, 'rows' | 'added' | 'changed' | 'unchanged'>

function countRows(counts: Counts | null): SummaryRowModel[] {
  if (counts === null) return []
  const row = (key: string, value: number): SummaryRowModel => ({ key, value: { type: 'number', value } })
  return [
    row('Rows in the file', counts.rows),
    row('New figures', counts.added),
    row('Changed figures', counts.changed),
    row('Unchanged', counts.unchanged),
  ]
}

function actionsOf(context: WorkspaceContext, record: RecordHead, report: LoadReport | null): ActionModel[] {
  if (report === null || !context.may('performance.load')) return []
  const here = paths.import(record.id)
  const drop = { text: 'Do not load this file', post: `${here}/drop`, version: record.version }
  const text = 'Load these figures'
  if (report.faultCount > 0) return [{ text, reasons: ['The file no longer passes the checks; see below.'] }, drop]
  if (report.added + report.changed === 0) {
    return [{ text, reasons: ['Every figure in this file is held already.'] }, drop]
  }
  return [{ text, post: `${here}/apply`, version: record.version }, drop]
}

function changesTable(report: LoadReport) {
  if (report.changes.length === 0) return null
  const figure = (value: number | null, measure: LoadReport['changes'][number]['measure']): CellModel => ({
    type: 'text',
    text: value === null ? 'no figure' : figureText(value, measure),
  })
  return {
    more: report.changed - report.changes.length,
    columns: [
      { heading: 'Measure' },
      { heading: 'Period' },
      { heading: 'Held', numeric: true },
      { heading: 'In this file', numeric: true },
    ],
    rows: report.changes.map(({ measure, breakdown, period, before, after }) => ({
      cells: [
        { type: 'text', text: breakdown === '' ? measure.title : `${measure.title}, ${breakdown}` },
        { type: 'text', text: period },
        figure(before, measure),
        figure(after, measure),
      ],
    })),
  }
}

/** Applies a checked file, whole or not at all, and raises the exceptions that come of it. */
export async function doApply(context: WorkspaceContext): Promise<Answer> {
  const loaded = await load(context)
  if (loaded === null) return notFound()
  const { record, file } = loaded
  if (record.state !== 'checked' || file === null) return importPage(context, record, file)
  const report = await loadObservations(context.trx, context, file, {
    areaId: record.areaId,
    dryRun: false,
    checked: record,
  })
  if (report.loaded === null) return importPage(context, record, file)
  const { raised } = await raiseExceptions(context.trx, context, record.areaId, report.series)
  return redirect(raised > 0 ? paths.exceptions : paths.import(record.id), appliedWords(report, raised))
}

function appliedWords({ added, changed }: LoadReport, raised: number): string {
  const parts = [
    `${added.toLocaleString('en-GB')} new ${added === 1 ? 'figure' : 'figures'}`,
    `${changed.toLocaleString('en-GB')} changed`,
    `${raised.toLocaleString('en-GB')} ${raised === 1 ? 'exception' : 'exceptions'} raised`,
  ]
  return `Loaded: ${parts.join(', ')}`
}

export async function doDrop(context: WorkspaceContext): Promise<Answer> {
  const loaded = await load(context)
  if (loaded === null) return notFound()
  if (loaded.record.state === 'checked') {
    const version = Number(context.fields['version'] ?? loaded.record.version)
    await changeRecord(context.trx, context, loaded.record, version, { state: 'dropped' }, { kind: 'dropped' })
  }
  return redirect(paths.imports, 'The file was not loaded')
}
