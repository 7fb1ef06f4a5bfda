import { fileWords, type RowFault } from './row-faults.ts'

/** The columns that are read: three that must be there and those that may. */
const required = ['measure', 'period', 'value'] as const
const optional = ['breakdown', 'numerator', 'denominator', 'status', 'as_at', 'source', 'unit'] as const
export type ColumnName = (typeof required)[number] | (typeof optional)[number]
const known: readonly ColumnName[] = [...required, ...optional]

/** Whether a name, in small letters, is one of the columns that are read. */
export function isColumnName(name: string): boolean {
  return known.some(each => each === name)
}

/** Where each column stands in a row; -1 for one that is not there. */
export type Columns = Readonly<Record<ColumnName, number>> & { readonly count: number }

/** Reads the header: every column by its name, in any order, and everything that is wrong with it. */
export function readHeader(cells: readonly string[], line: number): { columns: Columns; faults: RowFault[] } {
  const names = cells.map(cell => cell.trim().toLowerCase())
  const faults: RowFault[] = []
  const add = (column: string, message: string) => faults.push({ line, column, message })
  const place = (name: ColumnName) => names.indexOf(name)
  const delimiter = cells.length === 1 ? otherDelimiter(cells[0] ?? '') : null
  if (delimiter !== null) add('', fileWords.delimiter(delimiter))
  else {
    for (const name of required) if (place(name) === -1) add(name, fileWords.missingColumn(name, cells))
    for (const [i, name] of names.entries()) {
      if (!known.some(each => each === name)) add(cells[i] ?? '', fileWords.unknownColumn(cells[i] ?? '', known))
      else if (names.indexOf(name) !== i) add(name, fileWords.columnTwice(name))
    }
  }
  const places = Object.fromEntries(known.map(name => [name, place(name)])) as Record<ColumnName, number>
  return { columns: { ...places, count: cells.length }, faults }
}

function otherDelimiter(header: string): string | null {
  if (header.includes(';')) return 'semicolons'
  return header.includes('\t') ? 'tabs' : null
}
