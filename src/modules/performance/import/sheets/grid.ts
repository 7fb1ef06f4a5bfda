/*
 * A spreadsheet as it is read, whatever it was: a workbook, a CSV file, a table that was pasted. Plain data, so that
 * it can be handed from a process to another.
 */

/** A cell: nothing, text, a number, a number shown as a percentage (85 for 0.85 shown as 85%), a day, or a formula that failed. */
export type Cell = null | string | number | { percent: number } | { date: string } | { fault: string }

export interface Merge {
  top: number
  left: number
  bottom: number
  right: number
}

/** Rows and columns are counted from 1, as the spreadsheet numbers them; `rows[0]` is row 1. */
export interface Sheet {
  name: string
  hidden: boolean
  rows: readonly (readonly Cell[])[]
  hiddenRows: readonly number[]
  hiddenColumns: readonly number[]
  /** Cells that were merged: only the first of them holds something. */
  merges: readonly Merge[]
}

/** Why a file could not be read as a spreadsheet. */
export type UnreadableWhy = 'password' | 'corrupt' | 'too-large' | 'old-excel' | 'open-document' | 'nothing'
export type Opened = { ok: true; sheets: Sheet[] } | { ok: false; why: UnreadableWhy }

/** Most cells that are read of a file: a table of ten years of months for eight thousand labels. */
export const mostCells = 1_000_000
export const mostColumns = 1000

/** A cell at a row and column counted from 1. */
export function cellAt(sheet: Sheet, row: number, column: number): Cell {
  return sheet.rows[row - 1]?.[column - 1] ?? null
}

/** A cell as a heading or label: of merged cells each says what the first of them says. */
export function labelAt(sheet: Sheet, row: number, column: number): Cell {
  const own = cellAt(sheet, row, column)
  if (own !== null) return own
  const merge = sheet.merges.find(
    each => row >= each.top && row <= each.bottom && column >= each.left && column <= each.right,
  )
  return merge === undefined ? null : cellAt(sheet, merge.top, merge.left)
}

/** A cell in words, on one line; '' for an empty one. */
export function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'string') return cell.replaceAll(/\s+/g, ' ').trim()
  if (typeof cell === 'number') return plainNumber(cell)
  if ('percent' in cell) return `${plainNumber(cell.percent)}%`
  return 'date' in cell ? cell.date : cell.fault
}

/** A number with all its digits and no power of ten. */
export function plainNumber(value: number): string {
  const text = String(value)
  return text.includes('e') ? value.toLocaleString('en-GB', { useGrouping: false, maximumFractionDigits: 20 }) : text
}

/** How many columns a sheet has: the cells of its widest row. */
export function widthOf(sheet: Sheet): number {
  return sheet.rows.reduce((most, row) => Math.max(most, row.length), 0)
}

/** A, B … Z, AA: a column as spreadsheets name it. */
export function columnLetter(column: number): string {
  let text = ''
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26)) {
    text = String.fromCharCode(65 + ((left - 1) % 26)) + text
  }
  return text
}
