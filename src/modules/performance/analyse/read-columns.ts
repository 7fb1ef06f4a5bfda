import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { Fault } from '../../../platform/fault.ts'
import { missingMark, readNumber } from '../import/cells.ts'
import { fileInMemory, inspect } from '../import/csv-file.ts'

/** Columns of a file: one of names, the others of figures, NaN where missing. */
export interface NamedColumns<Column extends string> {
  names: readonly string[]
  figures: Record<Column, Float64Array>
}

/**
 * Reads a CSV file whose rows are named by one column and hold figures in others, found by their headings in any order.
 *
 * @throws Fault in a sentence, where the file is not there, has other columns or holds something that is no figure
 */
export async function readColumns<Column extends string>(
  path: string,
  name: string,
  columns: readonly Column[],
): Promise<NamedColumns<Column>> {
  const [header = [], ...body] = parseRows(await textOf(path))
  const headings = header.map(heading => heading.trim().toLowerCase())
  const wanted = [name, ...columns]
  if (wanted.some(each => !headings.includes(each))) {
    throw new Fault(`The file needs the columns ${inWords(wanted)}. Its columns are: ${headings.join(', ')}.`)
  }
  const cells = (heading: string) => body.map(row => (row[headings.indexOf(heading)] ?? '').trim())
  const figures = columns.map(column => [column, Float64Array.from(cells(column), (text, i) => figure(text, i + 2))])
  return { names: cells(name), figures: Object.fromEntries(figures) as Record<Column, Float64Array> }
}

const inWords = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`

async function textOf(path: string): Promise<string> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    throw new Fault(code === 'ENOENT' ? `There is no file ${path}.` : `The file ${path} cannot be read (${code}).`)
  })
  const { fault, encoding } = await inspect(fileInMemory(path, bytes))
  if (fault !== null) throw new Fault(`${path}: ${fault}`)
  return new TextDecoder(encoding).decode(bytes)
}

function parseRows(text: string): string[][] {
  try {
    return parse(text, { relax_column_count: true, skip_empty_lines: true })
  } catch (cause) {
    throw new Fault(`The file cannot be read as CSV: ${cause instanceof Error ? cause.message : String(cause)}.`)
  }
}

function figure(text: string, line: number): number {
  if (missingMark(text) !== undefined) return Number.NaN
  const value = readNumber(text)
  if (typeof value === 'number') return value
  throw new Fault(`Line ${String(line)}: "${text}" is not a figure. Write digits, or leave it empty.`)
}

/** A figure as JSON holds it. */
export const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

/** A figure for people: eight digits at most, a dash where there is none. */
export const inDigits = (value: number | null): string => (value === null ? '-' : String(Number(value.toPrecision(8))))
