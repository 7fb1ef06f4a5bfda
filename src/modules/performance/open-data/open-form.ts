import type { Encoding, ImportFile } from '../import/csv-file.ts'
import { readRows, UnreadableCsv } from '../import/read-rows.ts'
import { followed, type LoadFollower } from '../loads/follower.ts'
import type { FigureSheet } from './figure-sheet.ts'
import type { Setting } from './setting.ts'

export interface OpenFile {
  file: ImportFile
  encoding: Encoding
  /** Whether it is an Excel workbook. */
  workbook: boolean
  follower: LoadFollower | undefined
}

/** A form in which national open data is published, and how it is read. */
export interface OpenForm {
  /** As typed: `street`. */
  name: string
  title: string
  /** Which files, in a sentence. */
  files: string
  /** Whether it may also be an Excel workbook. */
  workbooks?: true
  read: (open: OpenFile, setting: Setting, sheet: FigureSheet) => Promise<void>
  /** For files of one force: which it is, as its first row says. */
  forceOf?: (file: ImportFile, encoding: Encoding) => Promise<string | null>
}

/** Gets the cells of a row by the names of their columns, and the line on which it ends. */
export type OnCells = (cell: (column: string) => string, line: number, cells: readonly string[]) => void

/**
 * Streams the rows of a CSV file whose header must have some columns; a header without them is said to be another
 * form, with what was found. Column names are compared without capitals and spare spaces.
 *
 * @param onHeader gets the header as it stands; false ends the reading
 */
export async function readTable(
  open: OpenFile,
  sheet: FigureSheet,
  onHeader: (header: readonly string[], line: number) => OnCells | null,
): Promise<void> {
  let onCells: OnCells | null | undefined
  let places = new Map<string, number>()
  let row: readonly string[] = []
  const cell = (column: string) => row[places.get(plain(column)) ?? -1] ?? ''
  const source = followed(open.file, open.follower)
  if (open.follower !== undefined) open.follower.phase = 'reading'
  const onRow = (cells: readonly string[], line: number) => {
    if (onCells === undefined) {
      places = new Map(cells.map((name, at) => [plain(name), at]))
      onCells = onHeader(cells, line)
      return
    }
    sheet.rows++
    if (onCells === null) return
    row = cells
    onCells(cell, line, cells)
  }
  try {
    await readRows(source, open.encoding, onRow, async () => {
      if (open.follower !== undefined) open.follower.rows = sheet.rows
    })
  } catch (fault) {
    if (!(fault instanceof UnreadableCsv)) throw fault
    sheet.fault(fault.line, '', fault.message)
  }
  if (sheet.rows === 0 && sheet.faultCount === 0) sheet.fault(1, '', 'The file has no rows.')
}

const plain = (name: string) =>
  name
    .replace(/^\ufeff/, '')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase()

/** Whether a header has all of some columns; what is missing is said, with what is there. */
export function hasColumns(
  sheet: FigureSheet,
  header: readonly string[],
  line: number,
  needed: readonly string[],
  what: string,
): boolean {
  const there = new Set(header.map(plain))
  const missing = needed.filter(name => !there.has(plain(name)))
  if (missing.length === 0) return true
  const list = (names: readonly string[]) => names.map(name => `“${name.trim()}”`).join(', ')
  const found = header.length > 15 ? `${list(header.slice(0, 15))} …` : list(header)
  sheet.fault(line, '', `This is not ${what}: there is no column ${list(missing)}. The columns are ${found}.`)
  return false
}

/** All rows of a CSV file as they stand, for tables with sentences above their header. */
export async function readLines(open: OpenFile, sheet: FigureSheet): Promise<string[][]> {
  const rows: string[][] = []
  if (open.follower !== undefined) open.follower.phase = 'reading'
  try {
    const onRow = (cells: readonly string[], line: number) => {
      while (rows.length < line - 1) rows.push([])
      rows[line - 1] = [...cells]
    }
    await readRows(followed(open.file, open.follower), open.encoding, onRow, async () => undefined)
  } catch (fault) {
    if (!(fault instanceof UnreadableCsv)) throw fault
    sheet.fault(fault.line, '', fault.message)
  }
  return rows
}
