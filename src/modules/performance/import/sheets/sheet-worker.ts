import type { KnownMeasure } from '../check-rows.ts'
import type { RowFault } from '../row-faults.ts'
import { type Opened, type Sheet, widthOf } from './grid.ts'
import { columnName, topOf } from './layout.ts'
import { longForm, type MappedRow, mapRows, type MappedRows } from './map-rows.ts'
import { emptyMapping, type Layout, type Mapping } from './mapping.ts'
import { offerLayout } from './offer.ts'
import { openSheets } from './open-sheets.ts'
import { type Recognised, recognise } from './recognise.ts'
import { type Survey, surveySheet } from './survey.ts'

/*
 * Runs in a process of its own (read-spreadsheet.ts): a workbook comes from anybody and takes seconds. What goes in and
 * comes out is plain data.
 */

export interface SheetFile {
  name: string
  bytes: Uint8Array
}

/** A sheet at first sight. */
export interface SheetLook {
  name: string
  hidden: boolean
  rows: number
  columns: number
  /** The texts of its first rows and columns. */
  top: string[][]
  hiddenRows: number
  hiddenColumns: number
  offered: Pick<Layout, 'headings' | 'firstRow' | 'columns'>
}

export type Look = { ok: true; sheets: SheetLook[] } | Exclude<Opened, { ok: true }>

const rowsShown = 15
const columnsShown = 30

/** What a file holds at first sight. */
export async function look({ file }: { file: SheetFile }): Promise<Look> {
  const opened = await open(file)
  if (!opened.ok) return opened
  const sheets = opened.sheets.map(sheet => ({
    name: sheet.name,
    hidden: sheet.hidden,
    rows: sheet.rows.length,
    columns: widthOf(sheet),
    top: topOf(sheet, rowsShown, columnsShown),
    hiddenRows: sheet.hiddenRows.length,
    hiddenColumns: sheet.hiddenColumns.length,
    offered: offerLayout(sheet),
  }))
  return { ok: true, sheets }
}

/** Which of some mappings a file fits, the likest first, with what differs. */
export async function findMapping({
  file,
  mappings,
}: {
  file: SheetFile
  mappings: readonly Mapping[]
}): Promise<({ index: number } & Recognised)[]> {
  const opened = await open(file)
  if (!opened.ok) return []
  const found = mappings.flatMap((mapping, index) => {
    const recognised = recognise(opened.sheets, mapping)
    return recognised === null ? [] : [{ index, ...recognised }]
  })
  return found.sort((a, b) => b.likeness - a.likeness || a.differences.length - b.differences.length)
}

export interface SheetTask {
  file: SheetFile
  mapping: Mapping
  measures: readonly KnownMeasure[]
}

/** What must be said before a sheet can be read: all questions of spelling, and those still open. */
export async function survey({ file, mapping, measures }: SheetTask): Promise<{ all: Survey; open: Survey }> {
  const sheet = sheetOf(await open(file), mapping)
  return { all: surveySheet(sheet, mapping, measures, true), open: surveySheet(sheet, mapping, measures) }
}

export interface ReadSheet extends Omit<MappedRows, 'rows'> {
  count: number
  /** The rows in the plain long form. */
  csv: string
  /** Where each of its rows stands in the spreadsheet, in their order. */
  cells: { row: number; column: string }[]
  /** The first of them. */
  preview: MappedRow[]
  faults: RowFault[]
}

const previewed = 40

/** Reads a sheet by a mapping. */
export async function readSheet({ file, mapping, measures }: SheetTask): Promise<ReadSheet> {
  const sheet = sheetOf(await open(file), mapping)
  const { rows, ...rest } = mapRows(sheet, mapping, measures)
  const names = mapping.columns.map((_, i) => columnName(sheet, mapping, i + 1))
  const cells = rows.map(({ row, column }) => ({ row, column: names[column - 1] ?? '' }))
  return { ...rest, count: rows.length, csv: longForm(rows), cells, preview: rows.slice(0, previewed) }
}

function open({ name, bytes }: SheetFile): Promise<Opened> {
  return openSheets(Buffer.from(bytes), name)
}

const noSheet: Sheet = { name: '', hidden: false, rows: [], hiddenRows: [], hiddenColumns: [], merges: [] }

function sheetOf(opened: Opened, { sheet = emptyMapping.sheet }: Mapping): Sheet {
  if (!opened.ok) return noSheet
  return (sheet === null ? undefined : opened.sheets.find(each => each.name === sheet)) ?? opened.sheets[0] ?? noSheet
}
