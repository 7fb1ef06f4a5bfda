import { stringify } from 'csv-stringify/sync'

export type CsvCell = string | number | null | undefined | Temporal.PlainDate | Temporal.Instant

/**
 * Rows as CSV after RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8. A cell that a spreadsheet
 * would take for a formula gets an apostrophe before it; plain negative numbers stay numbers.
 *
 * @param columns the heading row
 */
export function writeCsv(columns: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  const records = [columns.map(harmless), ...[...rows].map(row => row.map(cell => harmless(cell)))]
  return stringify(records, { bom: true, record_delimiter: '\r\n' })
}

/** A cell as text that no spreadsheet executes: nothing that begins with = + - @, a tab or a carriage return. */
export function harmless(cell: CsvCell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number') return String(cell)
  const text = cell.toString()
  if (/^-\d+(\.\d+)?$/.test(text)) return text
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
}
