import { z } from 'zod'
import { attach } from '../../../../record/files.ts'
import { findRecord } from '../../../../record/records.ts'
import { choice, type FieldFault, optionalDate, readForm } from '../../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../../platform/web/route.ts'
import { longDate } from '../../../../platform/time.ts'
import { shortDate } from '../../../../platform/web/template-filters.ts'
import { raiseExceptions } from '../../exceptions/raise-exceptions.ts'
import { findContradictionsOfSeries } from '../../quality/keep-register.ts'
import { paths } from '../../paths.ts'
import { periodInWords } from '../../period.ts'
import { fileInMemory } from '../csv-file.ts'
import { loadObservations, type LoadReport } from '../load-observations.ts'
import { saveReading } from '../reading-queries.ts'
import { appliedWords } from '../workspace.ts'
import {
  cellName,
  changedCells,
  type GridColumn,
  gridChoice,
  gridOf,
  gridQuery,
  type TypedCell,
  typedForm,
} from './grid.ts'

/** Boxes for figures: a column for each measure and part, the periods one below another. */
export async function showGrid(context: WorkspaceContext): Promise<Answer> {
  const columns = await gridOf(context.trx, context.viewer.area.id, gridChoice(context.query))
  return columns === null ? redirect(paths.typing) : gridPage(context, columns, heldFields(columns), [], false)
}

function heldFields(columns: readonly GridColumn[]): FormFields {
  return Object.fromEntries(columns.flatMap(column => column.cells.map(cell => [cell.field, cell.shown])))
}

function gridPage(
  { query }: WorkspaceContext,
  columns: readonly GridColumn[],
  fields: FormFields,
  faults: readonly FieldFault[],
  doubtful: boolean,
): Answer {
  const model = {
    title: 'Type figures into a grid',
    back: { text: 'Back', href: paths.typing },
    form: { action: `${paths.typing}/grid?${gridQuery(gridChoice(query))}`, fields, faults },
    doubtful,
    columns: columns.map((column, i) => ({
      id: `column-${String(i)}`,
      measure: column.measure.title,
      part: column.breakdown === '' ? '' : column.breakdown,
      unit: column.measure.unit,
      cells: column.cells.map(cell => ({
        field: cell.field,
        label: periodInWords(cell.period),
        held: heldWords(cell.held),
        revision: cell.held?.revision ?? 'none',
      })),
    })),
    statuses: [
      { value: 'not-said', text: 'Not said' },
      { value: 'provisional', text: 'Provisional' },
      { value: 'revised', text: 'Revised' },
      { value: 'final', text: 'Final' },
    ],
  }
  return page('modules/performance/import/views/grid.njk', model, faults.length > 0 ? 422 : 200)
}

function heldWords(held: GridColumn['cells'][number]['held']): string {
  if (held === null) return ''
  const parts = [
    ...(held.status === 'not-stated' ? [] : [held.status]),
    ...(held.asAt === null ? [] : [`as at ${shortDate(held.asAt)}`]),
  ]
  return parts.join(', ')
}

const gridForm = z.object({
  status: choice('Choose whether the figures are provisional or final', [
    'not-said',
    'provisional',
    'revised',
    'final',
  ]),
  asAt: optionalDate('the day the figures stood so'),
  reason: z.string().trim().max(500, 'The reason must be 500 characters or fewer').optional(),
})

/** Loads what was typed through the loader, as any file: what is wrong stands beside its box, and all typed is kept. */
export async function doType(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, fields, today } = context
  const columns = await gridOf(trx, viewer.area.id, gridChoice(context.query))
  if (columns === null) return notFound()
  const cells = changedCells(columns, field => typedIn(fields, field))
  const read = readForm(gridForm, fields)
  const faults = [...(read.ok ? [] : read.errors), ...meanwhileFaults(fields, cells), ...reasonFault(fields, cells)]
  if (!read.ok || faults.length > 0) {
    const trial = cells.length === 0 ? null : await loadTyped(context, typedForm(cells, '', ''), true)
    const others = trial === null ? [] : loadFaults(trial, cells)
    return gridPage(context, columns, fields, [...others, ...faults], false)
  }
  if (cells.length === 0) {
    const [first] = columns[0]?.cells ?? []
    const nothing = { field: first?.field ?? '', message: 'Nothing was typed that is not held already' }
    return gridPage(context, columns, fields, [nothing], false)
  }
  const { status, asAt } = read.value
  const dayFaults = asAtFaults(asAt, cells, today)
  if (dayFaults.length > 0) return gridPage(context, columns, fields, dayFaults, false)
  const csv = typedForm(cells, status === 'not-said' ? '' : status, asAt?.toString() ?? '')
  const report = await loadTyped(context, csv, false)
  if (report.loaded === null)
    return gridPage(context, columns, fields, loadFaults(report, cells), report.doubts.length > 0)
  return afterLoad(context, report, csv)
}

function typedIn(fields: FormFields, field: string): string {
  const value = fields[field]
  return (typeof value === 'string' ? value : (value?.at(-1) ?? '')).trim()
}

function loadTyped(context: WorkspaceContext, csv: string, dryRun: boolean): Promise<LoadReport> {
  const { trx, viewer, fields, today } = context
  const file = fileInMemory(`Typed in on ${longDate(today)}`, Buffer.from(csv))
  const doubts = fields['right'] === undefined ? 'ask' : 'confirmed'
  return loadObservations(trx, context, file, { areaId: viewer.area.id, dryRun, doubts })
}

/** Somebody else has changed a figure since the page was opened: theirs is said, and nothing is overwritten unseen. */
function meanwhileFaults(fields: FormFields, cells: readonly TypedCell[]): FieldFault[] {
  return cells.flatMap(({ column, cell }) => {
    const seen = typedIn(fields, `was-${cell.field}`)
    const now = String(cell.held?.revision ?? 'none')
    if (seen === now) return []
    const held = cell.shown === '' ? 'no figure' : cell.shown
    const message = `${cellName(column, cell)}: somebody has changed this since you opened the page. It is ${held} now; leave yours or type that`
    return [{ field: cell.field, message }]
  })
}

function reasonFault(fields: FormFields, cells: readonly TypedCell[]): FieldFault[] {
  if (typedIn(fields, 'reason') !== '' || cells.every(({ cell }) => cell.held === null)) return []
  return [{ field: 'reason', message: 'Enter why figures that are held already are changed' }]
}

function asAtFaults(
  asAt: Temporal.PlainDate | null,
  cells: readonly TypedCell[],
  today: Temporal.PlainDate,
): FieldFault[] {
  if (asAt === null) return []
  if (Temporal.PlainDate.compare(asAt, today) > 0) {
    return [{ field: 'asAt', message: 'The day the figures stood so must be today or in the past' }]
  }
  return cells.flatMap(({ column, cell }) => {
    const held = cell.held?.asAt ?? null
    if (held === null || Temporal.PlainDate.compare(asAt, held) >= 0) return []
    const message = `${cellName(column, cell)}: the figure held stood so on ${longDate(held)}, later than the day given below`
    return [{ field: cell.field, message }]
  })
}

/** What the loader says of its lines, beside the boxes that they came from. */
function loadFaults({ faults }: LoadReport, cells: readonly TypedCell[]): FieldFault[] {
  return faults.map(({ line, message }) => {
    const at = cells[line - 2] ?? cells[0]
    if (at === undefined) return { field: 'reason', message }
    return { field: at.cell.field, message: `${cellName(at.column, at.cell)}: ${message}` }
  })
}

async function afterLoad(context: WorkspaceContext, report: LoadReport, csv: string): Promise<Answer> {
  const { trx, fields } = context
  const loaded = report.loaded === null ? null : await findRecord(trx, report.loaded)
  if (loaded === null) return notFound()
  const upload = { field: 'typed', fileName: `${loaded.title}.csv`, mediaType: 'text/csv', bytes: Buffer.from(csv) }
  await attach(trx, context, loaded, { upload }, upload.fileName)
  const reason = typedIn(fields, 'reason')
  if (reason !== '') await saveReading(trx, loaded, { reason })
  const { raised } = await raiseExceptions(trx, context, loaded.areaId, report.series)
  await findContradictionsOfSeries(trx, context, loaded.areaId, report.series)
  return redirect(paths.import(loaded.id), appliedWords(report, raised))
}
