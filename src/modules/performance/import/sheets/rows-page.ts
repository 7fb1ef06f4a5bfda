import { randomUUIDv7 } from 'node:crypto'
import { attach } from '../../../../record/files.ts'
import { changeRecord } from '../../../../record/records.ts'
import type { FieldFault } from '../../../../platform/web/form.ts'
import type { CellModel } from '../../../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../../platform/web/route.ts'
import { paths } from '../../paths.ts'
import { parsePeriod, periodInWords } from '../../period.ts'
import { knownMeasures } from '../queries.ts'
import { keepMapping, keptMappings, saveReading } from '../reading-queries.ts'
import { type Draft, findDraft, stepPaths } from './draft.ts'
import { columnLetter } from './grid.ts'
import type { LeftOut } from './layout.ts'
import { forNextMonth } from './mapping.ts'
import { readSpreadsheet } from './read-spreadsheet.ts'
import type { ReadSheet } from './sheet-worker.ts'

const faultsShown = 100
const leftOutShown = 20

/** The rows as they will be read, with what is wrong beside them. */
export async function showRows(context: WorkspaceContext): Promise<Answer> {
  const draft = await findDraft(context)
  if (draft === null) return notFound()
  const read = await readDraft(context, draft)
  return rowsPage(context, draft, read, { name: draft.reading.mapping_name ?? '' }, [])
}

async function readDraft({ trx, viewer }: WorkspaceContext, { file, mapping }: Draft): Promise<ReadSheet> {
  return readSpreadsheet({ file, mapping, measures: await knownMeasures(trx, viewer.area.id) })
}

async function rowsPage(
  { trx, viewer }: WorkspaceContext,
  { record }: Draft,
  read: ReadSheet,
  fields: FormFields,
  faults: readonly FieldFault[],
): Promise<Answer> {
  const measures = new Map((await knownMeasures(trx, viewer.area.id)).map(each => [each.reference, each.title]))
  const model = {
    title: 'The figures as they will be read',
    back: { text: 'Back', href: stepPaths.spellings(record.id) },
    file: record.title,
    form: { action: stepPaths.rows(record.id), fields, faults },
    steps: stepsOf(record.id),
    count: read.count,
    passedOver: read.passedOver,
    faults: read.faultCount === 0 ? null : faultsTable(read),
    leftOut: read.leftOut.slice(0, leftOutShown).map(leftOutWords),
    leftOutMore: Math.max(0, read.leftOut.length - leftOutShown),
    preview: {
      columns: [
        { heading: 'Cell' },
        { heading: 'Measure' },
        { heading: 'Part' },
        { heading: 'Period' },
        { heading: 'Figure', numeric: true },
      ],
      rows: read.preview.map(row => ({
        cells: [
          text(`${columnLetter(row.column)}${String(row.row)}`),
          text(measures.get(row.measure) ?? row.measure),
          text(row.breakdown === '' ? 'The whole area' : row.breakdown),
          text(periodWords(row.period)),
          text(row.value === '' ? 'no figure' : row.value),
        ],
      })),
    },
    more: Math.max(0, read.count - read.preview.length),
    mayGoOn: read.faultCount === 0 && read.count > 0,
  }
  const faulty = faults.length > 0 || read.faultCount > 0 || read.count === 0
  return page('modules/performance/import/views/rows.njk', model, faulty ? 422 : 200)
}

const text = (words: string): CellModel => ({ type: 'text', text: words })

function periodWords(written: string): string {
  const period = parsePeriod(written)
  return 'fault' in period ? written : periodInWords(period)
}

const stepsOf = (id: string) => [
  { text: 'What the rows and columns are', href: stepPaths.columns(id) },
  { text: 'What the labels mean', href: stepPaths.labels(id) },
  { text: 'How it is written', href: stepPaths.spellings(id) },
]

function faultsTable({ faults, faultCount }: ReadSheet) {
  return {
    count: faultCount,
    more: Math.max(0, faultCount - faultsShown),
    table: {
      columns: [{ heading: 'Row', numeric: true }, { heading: 'Column' }, { heading: 'What is wrong' }],
      rows: faults.slice(0, faultsShown).map(fault => ({
        cells: [{ type: 'number', value: fault.line }, text(fault.column), text(fault.message)] satisfies CellModel[],
      })),
    },
  }
}

const whyLeftOut: Record<LeftOut['why'], string> = {
  empty: 'empty',
  note: 'no figure stands in it',
  hidden: 'hidden in the spreadsheet',
}

function leftOutWords({ row, why, text: words }: LeftOut): string {
  const shown = words.length > 80 ? `${words.slice(0, 80)}…` : words
  return `Row ${String(row)}: ${whyLeftOut[why]}${shown === '' ? '' : ` (“${shown}”)`}`
}

const longestName = 100

/** Takes the rows as they were read: they are checked like any file of figures. The mapping is kept if it gets a name. */
export async function takeRows(context: WorkspaceContext): Promise<Answer> {
  const draft = await findDraft(context)
  if (draft === null) return notFound()
  const { trx, viewer, fields, now } = context
  const read = await readDraft(context, draft)
  const typed = fields['name']
  const name = (typeof typed === 'string' ? typed : '').trim().replaceAll(/\s+/g, ' ')
  const faults = await nameFaults(context, draft, name)
  if (faults.length > 0 || read.faultCount > 0 || read.count === 0)
    return rowsPage(context, draft, read, fields, faults)
  const { record, mapping } = draft
  if (name !== '') {
    const kept = { area_id: record.areaId, id: randomUUIDv7(), organisation_id: viewer.organisation.id, name }
    await keepMapping(trx, { ...kept, mapping: forNextMonth(mapping), kept_by: viewer.name, kept_at: now })
  }
  const upload = {
    field: 'file',
    fileName: longName(record.title),
    mediaType: 'text/csv',
    bytes: Buffer.from(read.csv),
  }
  await attach(trx, context, record, { upload }, upload.fileName)
  await saveReading(trx, record, { mapping_name: name === '' ? null : name })
  await changeRecord(trx, context, record, null, { state: 'checked' }, { kind: 'read', details: { rows: read.count } })
  return redirect(paths.import(record.id))
}

const longName = (title: string) => `${title.replace(/\.[a-z]{2,5}$/i, '')}, as read.csv`

/** A name that another mapping bears replaces it only where the file was read by it. */
async function nameFaults(
  { trx, viewer, fields }: WorkspaceContext,
  draft: Draft,
  name: string,
): Promise<FieldFault[]> {
  if (name.length > longestName) return [{ field: 'name', message: 'The name must be 100 characters or fewer' }]
  if (name === '' || name === draft.reading.mapping_name || fields['replace'] !== undefined) return []
  const kept = await keptMappings(trx, draft.record.areaId, viewer.organisation.id)
  if (kept.every(each => each.name !== name)) return []
  return [{ field: 'name', message: `A reading called “${name}” is kept already: choose another name, or replace it` }]
}
