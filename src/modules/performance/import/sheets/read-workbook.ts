import { inflateRawSync } from 'node:zlib'
import exceljs from 'exceljs'
import { type Cell, type Merge, mostCells, mostColumns, type Opened, type Sheet } from './grid.ts'

/** Most that the parts of a workbook may come to when unpacked, in bytes: a small file can hold a huge one. */
const mostUnpacked = 80_000_000

/** Reads the sheets of an Excel workbook (.xlsx): what its cells show, formulas by their saved values. */
export async function readWorkbook(bytes: Buffer): Promise<Opened> {
  if (unpacksTooLarge(bytes)) return { ok: false, why: 'too-large' }
  const workbook = new exceljs.Workbook()
  try {
    await workbook.xlsx.load(Uint8Array.from(bytes).buffer)
  } catch {
    return { ok: false, why: 'corrupt' }
  }
  let room = mostCells
  const sheets: Sheet[] = []
  for (const worksheet of workbook.worksheets) {
    const sheet = readSheet(worksheet, room)
    if (sheet === null) return { ok: false, why: 'too-large' }
    room -= sheet.rows.reduce((sum, row) => sum + row.length, 0)
    sheets.push(sheet)
  }
  return sheets.some(sheet => sheet.rows.length > 0) ? { ok: true, sheets } : { ok: false, why: 'nothing' }
}

const directoryEntry = Buffer.from('504b0102', 'hex')

/**
 * Whether the parts of a zip file come to more than is read. Every part is unpacked up to the limit, because what the
 * directory says of a part's size may be false. (PKWARE's APPNOTE 4.3.7 and 4.3.12.)
 */
function unpacksTooLarge(zip: Buffer): boolean {
  let room = mostUnpacked
  for (let at = zip.indexOf(directoryEntry); at !== -1; at = zip.indexOf(directoryEntry, at + 4)) {
    if (at + 46 > zip.length) break
    const size = unpackedSize(zip, at, room)
    if (size === null) return true
    room -= size
    if (room < 0) return true
  }
  return false
}

/** The unpacked size of one part; null if it is larger than there is room for. */
function unpackedSize(zip: Buffer, entry: number, room: number): number | null {
  const packed = zip.readUInt32LE(entry + 20)
  const local = zip.readUInt32LE(entry + 42)
  if (zip.readUInt16LE(entry + 10) !== 8 || local + 30 > zip.length) return packed
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  try {
    return inflateRawSync(zip.subarray(from, from + packed), { maxOutputLength: Math.max(1, room) }).length
  } catch (fault) {
    // A damaged part is left to the reader of workbooks, which says so.
    return fault instanceof RangeError ? null : 0
  }
}

/** One sheet; null if it has more cells than there is room for. */
function readSheet(worksheet: exceljs.Worksheet, most: number): Sheet | null {
  const rows: Cell[][] = []
  const hiddenRows: number[] = []
  let cells = 0
  worksheet.eachRow({ includeEmpty: false }, (row, number) => {
    if (cells > most) return
    const read = readRow(row)
    if (row.hidden) hiddenRows.push(number)
    if (read.length === 0) return
    cells += read.length
    while (rows.length < number - 1) rows.push([])
    rows[number - 1] = read
  })
  if (cells > most || rows.length > most) return null
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0)
  const columns = Array.from({ length: width }, (_, i) => i + 1)
  return {
    name: worksheet.name,
    hidden: worksheet.state !== 'visible',
    rows,
    hiddenRows,
    hiddenColumns: columns.filter(column => worksheet.getColumn(column).hidden),
    merges: worksheet.model.merges.flatMap(mergeOf),
  }
}

function readRow(row: exceljs.Row): Cell[] {
  const cells: Cell[] = []
  row.eachCell({ includeEmpty: false }, (cell, column) => {
    if (column > mostColumns) return
    const read = cell.isMerged && cell.master !== cell ? null : readCell(cell.value, cell.numFmt)
    if (read === null) return
    while (cells.length < column - 1) cells.push(null)
    cells[column - 1] = read
  })
  return cells
}

/** What a cell shows. A percentage is given in per cent, to the digits that a binary number holds. */
function readCell(value: exceljs.CellValue, format: string | undefined): Cell {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value.trim() === '' ? null : value
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (typeof value === 'number') {
    return isPercentage(format) ? { percent: Number((value * 100).toPrecision(12)) } : Number(value.toPrecision(15))
  }
  if (value instanceof Date) return { date: value.toISOString().slice(0, 10) }
  if ('error' in value) return { fault: value.error }
  if ('richText' in value) return readCell(value.richText.map(part => part.text).join(''), format)
  if ('text' in value) return readCell(String(value.text), format)
  const result: unknown = 'result' in value ? value.result : undefined
  return result === undefined ? { fault: '=' } : readCell(result as exceljs.CellValue, format)
}

/** Whether a number format multiplies by a hundred: a per cent sign that is not within quotation marks. */
function isPercentage(format: string | undefined): boolean {
  return format?.replaceAll(/"[^"]*"|\\./g, '').includes('%') === true
}

function mergeOf(range: string): Merge[] {
  const [, from = '', top = '', to = '', bottom = ''] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(range) ?? []
  if (to === '') return []
  return [{ top: Number(top), left: columnNumber(from), bottom: Number(bottom), right: columnNumber(to) }]
}

const columnNumber = (letters: string) => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
