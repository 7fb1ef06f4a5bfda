import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { z } from 'zod'
import { attach } from '../../../record/files.ts'
import { createRecord } from '../../../record/records.ts'
import { type FieldFault, readForm } from '../../../platform/web/form.ts'
import type { Answer, FormFields, Upload, WorkspaceContext } from '../../../platform/web/route.ts'
import { page, redirect } from '../../../platform/web/route.ts'
import { paths } from '../paths.ts'
import { checkLong, longFile } from '../loads/long-file.ts'
import { isColumnName } from './columns.ts'
import { fileInMemory } from './csv-file.ts'
import { faultyReport } from './import-page.ts'
import { loadObservations, type LoadReport } from './load-observations.ts'
import { beginDescribing, stepPaths } from './sheets/draft.ts'
import { lookAt, whyInWords } from './sheets/read-spreadsheet.ts'

/** A form of nothing but a file; what was wrong with the file itself comes with its reading. */
const fileForm = z.object({})

export function askFile(context: WorkspaceContext): Answer {
  return uploadPage(context, {}, null, [])
}

function uploadPage(
  context: WorkspaceContext,
  fields: FormFields,
  report: LoadReport | null,
  faults: readonly FieldFault[],
): Answer {
  const openData = { text: 'Load national open data', href: paths.openData }
  const model = {
    title: 'Load figures',
    back: { text: 'Back', href: paths.measures },
    form: { action: `${paths.imports}/new`, fields, faults, files: true },
    report: report === null ? null : faultyReport(report),
    links: [
      ...(context.may('performance.load-open-data') ? [openData] : []),
      { text: 'Type figures into a grid', href: paths.typing },
      { text: 'How your spreadsheets are read', href: stepPaths.mappings },
    ],
  }
  return page('modules/performance/views/load.njk', model, report !== null || faults.length > 0 ? 422 : 200)
}

/**
 * Takes a file in. In the plain long form it is checked at once: faulty, every bad row is named and nothing is kept;
 * good, it is kept, to be applied. Any other spreadsheet is kept to be described.
 */
export async function doCheck(context: WorkspaceContext): Promise<Answer> {
  const checked = readForm(fileForm, context.fields)
  const upload = context.uploads.find(each => each.field === 'file') ?? pastedTable(context.fields)
  if (!checked.ok) return uploadPage(context, context.fields, null, checked.errors)
  if (upload === undefined) {
    return uploadPage(context, context.fields, null, [{ field: 'file', message: 'Choose a file, or paste a table' }])
  }
  if (isPlainForm(upload.bytes)) return checkPlain(context, upload)
  const look = await lookAt({ name: upload.fileName, bytes: upload.bytes })
  if (!look.ok) {
    return uploadPage(context, context.fields, null, [
      { field: 'file', message: whyInWords(upload.fileName, look.why) },
    ])
  }
  return beginDescribing(context, upload, look)
}

function pastedTable(fields: FormFields): Upload | undefined {
  const pasted = fields['pasted']
  if (typeof pasted !== 'string' || pasted.trim() === '') return undefined
  const bytes = Buffer.from(asPlainForm(pasted) ?? pasted)
  return { field: 'file', fileName: 'Pasted table.txt', mediaType: 'text/plain', bytes }
}

/** Cells of the plain form as a spreadsheet copies them, with tabs between them; null for anything else. */
function asPlainForm(pasted: string): string | null {
  const [first = ''] = pasted.split(/\r?\n/, 1)
  if (!first.includes('\t') || !isPlainForm(Buffer.from(first.replaceAll('\t', ',')))) return null
  return stringify(parse(pasted, { delimiter: '\t', relax_quotes: true, relax_column_count: true }))
}

/**
 * Whether the first line names the columns of the plain long form: the three that must be there, or no others than
 * that form has, so that what is missing can be said.
 */
export function isPlainForm(bytes: Buffer): boolean {
  const text = bytes
    .subarray(0, 4000)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
  const first = text.split(/\r?\n/, 1)[0] ?? ''
  const names = first.split(',').map(name => name.trim().replaceAll('"', '').toLowerCase())
  const isNamed = (name: string) => names.includes(name)
  return isNamed('measure') && isNamed('value') ? isNamed('period') || names.every(isColumnName) : false
}

async function checkPlain(context: WorkspaceContext, upload: Upload): Promise<Answer> {
  if (upload.bytes.length >= longFile) return checkLong(context, upload)
  const areaId = context.viewer.area.id
  const file = fileInMemory(upload.fileName, upload.bytes)
  const report = await loadObservations(context.trx, context, file, { areaId, dryRun: true })
  if (report.faultCount > 0) return uploadPage(context, context.fields, report, [])
  const made = { areaId, kind: 'import', title: upload.fileName, state: 'checked' }
  const record = await createRecord(context.trx, context, made)
  await attach(context.trx, context, record, { upload }, upload.fileName)
  return redirect(paths.import(record.id))
}
