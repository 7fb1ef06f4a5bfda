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

/** Text, as a link where there is an address. */
export function textCell(text: string | null, href?: string | null): CellModel {
  return { type: 'text', text: text ?? '', ...(href != null && { href }) }
}
