import type { FieldFault } from '../../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../../platform/web/route.ts'
import { paths } from '../../paths.ts'
import { knownMeasures } from '../queries.ts'
import { columnFields, columnsAsked, headingRowsAsked, readColumns } from './columns-form.ts'
import { type Draft, findDraft, saveMapping, stepPaths, surveyDraft } from './draft.ts'
import { columnLetter } from './grid.ts'
import type { Holds, Says } from './mapping.ts'
import { lookAt } from './read-spreadsheet.ts'
import type { SheetLook } from './sheet-worker.ts'

/** Which of several sheets holds the figures. */
export async function askSheet(context: WorkspaceContext): Promise<Answer> {
  const draft = await findDraft(context)
  return draft === null ? notFound() : sheetPage(draft, [])
}

async function sheetPage({ record, file, mapping }: Draft, faults: readonly FieldFault[]): Promise<Answer> {
  const look = await lookAt(file)
  if (!look.ok) return notFound()
  const model = {
    title: 'Which sheet holds the figures?',
    back: { text: 'Back', href: paths.imports },
    file: record.title,
    form: { action: stepPaths.sheet(record.id), fields: { sheet: mapping.sheet ?? '' }, faults },
    sheets: look.sheets.filter(sheet => sheet.rows > 0).map(sheetOption),
  }
  return page('modules/performance/import/views/sheet.njk', model, faults.length > 0 ? 422 : 200)
}

function sheetOption({ name, hidden, rows, columns }: SheetLook) {
  const size = `${rows.toLocaleString('en-GB')} rows, ${columns.toLocaleString('en-GB')} columns`
  return { value: name, text: name, hint: hidden ? `${size}. Hidden in the spreadsheet.` : size }
}

export async function chooseSheet(context: WorkspaceContext): Promise<Answer> {
  const draft = await findDraft(context)
  if (draft === null) return notFound()
  const look = await lookAt(draft.file)
  const sheet = look.ok ? look.sheets.find(each => each.name === context.fields['sheet']) : undefined
  if (sheet === undefined) return sheetPage(draft, [{ field: 'sheet', message: 'Choose the sheet with the figures' }])
  await saveMapping(context, draft, { ...draft.mapping, sheet: sheet.name, columns: [] })
  return redirect(stepPaths.columns(draft.record.id))
}

/** What each row of headings and each column of the sheet is. */
export async function askColumns(context: WorkspaceContext): Promise<Answer> {
  const draft = await findDraft(context)
  const look = draft === null ? null : await lookOf(draft)
  if (draft === null || look === null) return notFound()
  return columnsPage(context, draft, look, columnFields(draft.mapping, look), [])
}

async function lookOf({ file, mapping }: Draft): Promise<SheetLook | null> {
  const look = await lookAt(file)
  if (!look.ok) return null
  return look.sheets.find(sheet => sheet.name === mapping.sheet) ?? look.sheets[0] ?? null
}

async function columnsPage(
  { trx, viewer }: WorkspaceContext,
  { record }: Draft,
  look: SheetLook,
  fields: FormFields,
  faults: readonly FieldFault[],
): Promise<Answer> {
  const measures = await knownMeasures(trx, viewer.area.id)
  const asked = Math.min(look.columns, columnsAsked)
  const letters = Array.from({ length: asked }, (_, i) => columnLetter(i + 1))
  const model = {
    title: 'What the rows and columns are',
    back: { text: 'Back', href: paths.imports },
    file: record.title,
    form: { action: stepPaths.columns(record.id), fields, faults },
    top: look.top.map((cells, i) => ({ row: i + 1, cells: letters.map((_, at) => cells[at] ?? '') })),
    letters,
    columns: letters.map((letter, i) => ({ name: `column-${String(i + 1)}`, label: columnLabel(look, letter, i) })),
    rest: look.columns > asked ? { from: columnLetter(asked + 1), to: columnLetter(look.columns) } : null,
    headingRows: headingRowsAsked.map(String),
    hidden: look.hiddenRows + look.hiddenColumns > 0 ? hiddenWords(look) : null,
    holds: Object.entries(holdsWords).map(([value, text]) => ({ value, text })),
    says: Object.entries(saysWords).map(([value, text]) => ({ value, text })),
    measures: measures.map(each => ({ value: each.reference, text: `${each.title} (${each.reference})` })),
  }
  return page('modules/performance/import/views/columns.njk', model, faults.length > 0 ? 422 : 200)
}

function columnLabel({ offered }: SheetLook, letter: string, at: number): string {
  const heading = offered.columns[at]?.heading ?? ''
  return heading === '' ? `Column ${letter}` : `Column ${letter}: ${heading.slice(0, 60)}`
}

function hiddenWords({ hiddenRows, hiddenColumns }: SheetLook): string {
  return `The spreadsheet hides ${hiddenRows.toLocaleString('en-GB')} rows and ${hiddenColumns.toLocaleString('en-GB')} columns.`
}

const holdsWords: Record<Holds, string> = {
  nothing: 'Nothing that is read',
  figures: 'Figures',
  measure: 'Which measure',
  period: 'Which period, or a part of it',
  breakdown: 'Which part of the area, or other breakdown',
  numerator: 'Numerator of the figure',
  denominator: 'Denominator, or number asked',
  status: 'Provisional or final',
  as_at: 'The day the figures stood so',
  source: 'Source',
}

const saysWords: Record<Says, string> = {
  names: 'Names of the columns only',
  period: 'Periods of the figures below',
  measure: 'Measures of the figures below',
  breakdown: 'Parts of the area, or other breakdowns, of the figures below',
}

export async function sayColumns(context: WorkspaceContext): Promise<Answer> {
  const draft = await findDraft(context)
  const look = draft === null ? null : await lookOf(draft)
  if (draft === null || look === null) return notFound()
  const measures = await knownMeasures(context.trx, context.viewer.area.id)
  const { mapping, faults } = readColumns(context.fields, draft.mapping, look, measures)
  if (faults.length > 0) return columnsPage(context, draft, look, context.fields, faults)
  const { all } = await surveyDraft(context, draft, mapping)
  if (all.figures === 0) {
    const none = [{ field: 'first', message: 'There is no figure below this row: look at rows and columns again' }]
    return columnsPage(context, draft, look, context.fields, none)
  }
  const headings = all.headings
  const columns = mapping.columns.map((column, i) => ({ ...column, heading: headings[i] ?? '' }))
  await saveMapping(context, draft, { ...mapping, columns })
  const labels = all.measureLabels.length + all.breakdownLabels.length
  return redirect(labels > 0 ? stepPaths.labels(draft.record.id) : stepPaths.spellings(draft.record.id))
}
