import { type Cell, cellAt, cellText, columnLetter, labelAt, type Sheet, widthOf } from './grid.ts'
import { type Holds, holds, type Layout } from './mapping.ts'

/** One figure of a sheet with everything that its row and column say of it. */
export interface LaidFigure {
  row: number
  column: number
  cell: Cell
  measure: string
  period: string
  breakdown: string
  /** Cells of further columns of its row. */
  numerator: Cell
  denominator: Cell
  status: string
  asAt: string
  source: string
}

/** A row that was left out as a whole, and why. */
export interface LeftOut {
  row: number
  why: 'empty' | 'note' | 'hidden'
  text: string
}

export interface LaidOut {
  figures: LaidFigure[]
  leftOut: LeftOut[]
}

/** The headings of a column, joined as they stand one below another, each once. */
export function headingOf(sheet: Sheet, headings: Layout['headings'], column: number): string {
  const texts = headings.map(({ row }) => cellText(labelAt(sheet, row, column)))
  return texts.filter((text, at) => text !== '' && texts.indexOf(text) === at).join(' ')
}

/** Takes a sheet apart into its figures, by what was said of its rows and columns. */
export function layOutSheet(sheet: Sheet, layout: Layout): LaidOut {
  const reader = new LayoutReader(sheet, layout)
  const figures: LaidFigure[] = []
  const leftOut: LeftOut[] = []
  for (let row = layout.firstRow; row <= sheet.rows.length; row++) {
    const why = reader.whyLeftOut(row)
    if (why === null) figures.push(...reader.row(row))
    else if (why !== 'empty') leftOut.push({ row, why, text: reader.firstText(row) })
  }
  return { figures, leftOut }
}

class LayoutReader {
  readonly #sheet: Sheet
  readonly #layout: Layout
  readonly #figureColumns: number[]
  readonly #columns: Readonly<Record<Holds, number[]>>
  /** Labels met last, for cells left empty below them. */
  readonly #above = new Map<number, string>()

  constructor(sheet: Sheet, layout: Layout) {
    this.#sheet = sheet
    this.#layout = layout
    const hidden = new Set(layout.readHidden ? [] : sheet.hiddenColumns)
    const columnsThat = (wanted: Holds) =>
      layout.columns.flatMap((column, i) => (column.holds === wanted && !hidden.has(i + 1) ? [i + 1] : []))
    this.#columns = Object.fromEntries(holds.map(each => [each, columnsThat(each)])) as Record<Holds, number[]>
    this.#figureColumns = this.#columns.figures
  }

  /** A row without any figure says nothing; one with words only is a footnote or a heading between rows. */
  whyLeftOut(row: number): LeftOut['why'] | null {
    if (!this.#layout.readHidden && this.#sheet.hiddenRows.includes(row)) return 'hidden'
    const cells = this.#sheet.rows[row - 1] ?? []
    if (cells.every(cell => cell === null)) return 'empty'
    if (this.#figureColumns.some(column => cellAt(this.#sheet, row, column) !== null)) return null
    // A long table may give a period without a figure: the figure is missing, and the row is no footnote.
    const told = this.#columns.period.some(column => cellAt(this.#sheet, row, column) !== null)
    return told && !isNote(cells) ? null : 'note'
  }

  firstText(row: number): string {
    return cellText((this.#sheet.rows[row - 1] ?? []).find(cell => cell !== null) ?? null)
  }

  row(row: number): LaidFigure[] {
    const inRow = {
      measure: this.#label(row, 'measure'),
      period: this.#label(row, 'period'),
      breakdown: this.#label(row, 'breakdown'),
      numerator: this.#one(row, 'numerator'),
      denominator: this.#one(row, 'denominator'),
      status: cellText(this.#one(row, 'status')),
      asAt: cellText(this.#one(row, 'as_at')),
      source: cellText(this.#one(row, 'source')),
    }
    return this.#figureColumns.map(column => ({
      ...inRow,
      row,
      column,
      cell: cellAt(this.#sheet, row, column),
      measure: joined(this.#heading(column, 'measure'), inRow.measure),
      period: joined(inRow.period, this.#heading(column, 'period')),
      breakdown: joined(inRow.breakdown, this.#heading(column, 'breakdown')),
    }))
  }

  #one(row: number, which: Holds): Cell {
    const [column] = this.#columns[which]
    return column === undefined ? null : cellAt(this.#sheet, row, column)
  }

  /** What the columns of labels say together: a year beside a month, an area beside its part. */
  #label(row: number, which: 'measure' | 'period' | 'breakdown'): string {
    return this.#columns[which]
      .map(column => this.#filled(row, column))
      .filter(text => text !== '')
      .join(' ')
  }

  #filled(row: number, column: number): string {
    const text = cellText(labelAt(this.#sheet, row, column))
    if (!this.#layout.fillDown) return text
    if (text !== '') this.#above.set(column, text)
    return text === '' ? (this.#above.get(column) ?? '') : text
  }

  readonly #headings = new Map<string, string>()

  #heading(column: number, wanted: 'measure' | 'period' | 'breakdown'): string {
    const key = `${wanted} ${String(column)}`
    const known = this.#headings.get(key)
    if (known !== undefined) return known
    const rows = this.#layout.headings.filter(({ says }) => says === wanted)
    const text = rows
      .map(({ row }) => this.#headingAt(row, column))
      .filter(each => each !== '')
      .join(' ')
    this.#headings.set(key, text)
    return text
  }

  /** An empty heading means the one to its left, where that was said, as far as the columns of figures go. */
  #headingAt(row: number, column: number): string {
    const own = cellText(labelAt(this.#sheet, row, column))
    if (own !== '' || !this.#layout.fillDown) return own
    const left = this.#figureColumns.findLast(each => each < column && cellText(labelAt(this.#sheet, row, each)) !== '')
    return left === undefined ? '' : cellText(labelAt(this.#sheet, row, left))
  }
}

/** One sentence alone in its row: no period is as long. */
function isNote(cells: readonly Cell[]): boolean {
  const said = cells.filter(cell => cell !== null)
  return said.length === 1 && cellText(said[0] ?? null).length > 25
}

const joined = (a: string, b: string) => (a === '' || b === '' ? a + b : `${a} ${b}`)

/** Where a figure stands, for a fault: `F, Jun-17`. */
export function columnName(sheet: Sheet, layout: Layout, column: number): string {
  const heading = headingOf(sheet, layout.headings, column)
  return heading === '' ? columnLetter(column) : `${columnLetter(column)}, ${heading}`
}

/** Cells that hold something at the top of a sheet, for a person to say what they are. */
export function topOf(sheet: Sheet, rows: number, columns: number): string[][] {
  const width = Math.min(widthOf(sheet), columns)
  return Array.from({ length: Math.min(sheet.rows.length, rows) }, (_, i) =>
    Array.from({ length: width }, (__, j) => cellText(cellAt(sheet, i + 1, j + 1))),
  )
}
