import { isUtf8 } from 'node:buffer'
import { parse } from 'csv-parse/sync'
import { type Cell, mostCells, mostColumns, type Opened } from './grid.ts'

const delimiters = [',', ';', '\t', '|'] as const

/**
 * Reads text whose cells are parted by commas, semicolons, tabs or bars, in UTF-8 (with or without a byte-order mark)
 * or Windows-1252. Every cell is text: what it means is said later.
 */
export function readDelimited(bytes: Buffer, name: string): Opened {
  const text = new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes)
  if (text.trim() === '') return { ok: false, why: 'nothing' }
  let rows: Cell[][]
  try {
    const read = parse(text, { delimiter: delimiterOf(text), relax_column_count: true, relax_quotes: true, info: true })
    rows = placed(read)
  } catch {
    return { ok: false, why: 'corrupt' }
  }
  if (rows.reduce((sum, row) => sum + row.length, 0) > mostCells) return { ok: false, why: 'too-large' }
  return { ok: true, sheets: [{ name, hidden: false, rows, hiddenRows: [], hiddenColumns: [], merges: [] }] }
}

interface Parsed {
  record: string[]
  info: { lines: number }
}

/** Rows at the lines on which they end, so that a fault names the line that a person sees. */
function placed(read: readonly unknown[]): Cell[][] {
  const rows: Cell[][] = []
  for (const each of read) {
    const { record, info } = each as Parsed
    while (rows.length < info.lines - 1) rows.push([])
    rows.push(withoutEmptyEnd(record.slice(0, mostColumns).map(cell => (cell.trim() === '' ? null : cell))))
  }
  return rows
}

function withoutEmptyEnd(cells: Cell[]): Cell[] {
  const last = cells.findLastIndex(cell => cell !== null)
  return cells.slice(0, last + 1)
}

/** The mark that stands most evenly in the first lines: commas within sentences do not. */
function delimiterOf(text: string): string {
  const lines = text
    .replaceAll(/"[^"]*"/g, '')
    .split(/\r\n|\r|\n/, 20)
    .filter(line => line.trim() !== '')
  const counts = (mark: string) => lines.map(line => line.split(mark).length - 1).sort((a, b) => a - b)
  const middle = (mark: string) => counts(mark)[Math.floor(lines.length / 2)] ?? 0
  return delimiters.reduce((best, mark) => (middle(mark) > middle(best) ? mark : best), ',')
}
