import type { CellModel, ColumnModel, RowModel } from '../../platform/web/patterns.ts'

/** A table as the pattern prints it. */
export interface TableModel {
  caption: string
  columns: readonly ColumnModel[]
  rows: readonly RowModel[]
}

export function table(
  caption: string,
  headings: readonly string[],
  rows: readonly (readonly CellModel[])[],
): TableModel {
  return { caption, columns: headings.map(heading => ({ heading })), rows: rows.map(cells => ({ cells })) }
}

/** A fact of a published entry, where it is text. */
export function factCell(facts: Readonly<Record<string, unknown>>, name: string): CellModel {
  const fact = facts[name]
  return textCell(typeof fact === 'string' ? fact : '')
}

/** Text, as a link where there is an address. */
export function textCell(text: string | null, href?: string | null): CellModel {
  return { type: 'text', text: text ?? '', ...(href != null && { href }) }
}
