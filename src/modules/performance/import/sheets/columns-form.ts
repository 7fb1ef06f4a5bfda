import type { FieldFault } from '../../../../platform/web/form.ts'
import type { FormFields } from '../../../../platform/web/route.ts'
import type { KnownMeasure } from '../check-rows.ts'
import { columnLetter } from './grid.ts'
import { type Holds, holds, type Mapping, says } from './mapping.ts'
import { isPeriodLike } from './offer.ts'
import type { SheetLook } from './sheet-worker.ts'

/** Columns that are asked about one by one; the rest are asked about together. */
export const columnsAsked = 30
export const headingRowsAsked = [1, 2, 3] as const

const one = (fields: FormFields, name: string): string => {
  const value = fields[name]
  return (typeof value === 'string' ? value : (value?.at(-1) ?? '')).trim()
}

/** What the form shows before anything was typed: what was said before, or else what the sheet looks like. */
export function columnFields(mapping: Mapping, look: SheetLook): FormFields {
  const described = mapping.columns.length > 0
  const layout = described ? mapping : look.offered
  const columns = layout.columns.slice(0, columnsAsked)
  return {
    ...Object.fromEntries(
      headingRowsAsked.flatMap((number, i) => {
        const heading = layout.headings[i]
        return [
          [`heading-${String(number)}`, heading === undefined ? '' : String(heading.row)],
          [`says-${String(number)}`, heading?.says ?? 'names'],
        ]
      }),
    ),
    first: String(layout.firstRow),
    ...Object.fromEntries(columns.map((column, i) => [`column-${String(i + 1)}`, column.holds])),
    rest: layout.columns[columnsAsked]?.holds ?? 'nothing',
    measure: mapping.measure ?? '',
    period: mapping.period ?? '',
    fill: mapping.fillDown ? 'yes' : '',
    hidden: described ? (mapping.readHidden ? 'read' : 'leave') : '',
  }
}

/** What was said of a sheet's rows and columns, and what cannot be so. */
export function readColumns(
  fields: FormFields,
  mapping: Mapping,
  look: SheetLook,
  measures: readonly KnownMeasure[],
): { mapping: Mapping; faults: FieldFault[] } {
  const headings = headingRowsAsked.flatMap(number => {
    const row = Number(one(fields, `heading-${String(number)}`))
    const said = says.find(each => each === one(fields, `says-${String(number)}`)) ?? 'names'
    return Number.isInteger(row) && row > 0 ? [{ row, says: said }] : []
  })
  headings.sort((a, b) => a.row - b.row)
  const held = (column: number): Holds => {
    const typed = one(fields, column <= columnsAsked ? `column-${String(column)}` : 'rest')
    return holds.find(each => each === typed) ?? 'nothing'
  }
  const reference = one(fields, 'measure')
  const made: Mapping = {
    ...mapping,
    headings,
    firstRow: Number(one(fields, 'first')),
    columns: Array.from({ length: look.columns }, (_, i) => ({ heading: '', holds: held(i + 1) })),
    fillDown: one(fields, 'fill') !== '',
    readHidden: one(fields, 'hidden') !== 'leave',
    measure: measures.some(each => each.reference === reference) ? reference : null,
    period: one(fields, 'period') === '' ? null : one(fields, 'period'),
  }
  return { mapping: made, faults: columnFaults(fields, made, look) }
}

function columnFaults(fields: FormFields, mapping: Mapping, look: SheetLook): FieldFault[] {
  const faults: FieldFault[] = []
  const add = (field: string, message: string) => void faults.push({ field, message })
  for (const number of headingRowsAsked) {
    const typed = one(fields, `heading-${String(number)}`)
    if (typed !== '' && !/^[1-9]\d{0,6}$/.test(typed)) add(`heading-${String(number)}`, words.row)
  }
  const { headings, firstRow } = mapping
  if (new Set(headings.map(each => each.row)).size < headings.length) add('heading-2', words.rowTwice)
  if (!Number.isInteger(firstRow) || firstRow < 1 || firstRow > look.rows) add('first', words.first(look.rows))
  else if (headings.some(each => each.row >= firstRow)) add('first', words.below)
  faults.push(...roleFaults(mapping))
  const saysPeriod = isSaid(mapping, 'period')
  if (!isSaid(mapping, 'measure') && mapping.measure === null) add('measure', words.measure)
  if (!saysPeriod && mapping.period === null) add('period', words.period)
  if (mapping.period !== null && !isPeriodLike(mapping.period)) add('period', words.noPeriod(mapping.period))
  if (look.hiddenRows + look.hiddenColumns > 0 && one(fields, 'hidden') === '') add('hidden', words.hidden)
  return faults
}

/** Whether a column, or a row of headings, says which measure or period the figures are of. */
function isSaid({ columns, headings }: Mapping, what: 'measure' | 'period'): boolean {
  return columns.some(column => column.holds === what) || headings.some(heading => heading.says === what)
}

const single: readonly Holds[] = ['numerator', 'denominator', 'status', 'as_at', 'source']

function roleFaults({ columns, headings }: Mapping): FieldFault[] {
  const faults: FieldFault[] = []
  const having = (which: Holds) => columns.flatMap((column, i) => (column.holds === which ? [i + 1] : []))
  const field = (column: number) => (column <= columnsAsked ? `column-${String(column)}` : 'rest')
  const figures = having('figures')
  if (figures.length === 0) faults.push({ field: 'column-1', message: words.noFigures })
  if (figures.length > 1 && headings.every(heading => heading.says === 'names')) {
    faults.push({ field: 'says-1', message: words.manyFigures(figures) })
  }
  for (const which of single) {
    const [, second] = having(which)
    if (second !== undefined) faults.push({ field: field(second), message: words.twice(columnLetter(second)) })
  }
  const [part] = [...having('numerator'), ...having('denominator')]
  if (part !== undefined && figures.length > 1) faults.push({ field: field(part), message: words.partOfMany })
  return faults
}

const words = {
  row: 'Enter the number of the row, like 3',
  rowTwice: 'Each row of headings must be another row',
  first: (rows: number) => `Enter the first row with figures, between 1 and ${rows.toLocaleString('en-GB')}`,
  below: 'The first row with figures must be below the headings',
  measure: 'Choose the measure, or say which column or row of headings names it',
  period: 'Enter the period, or say which column or row of headings names it',
  noPeriod: (text: string) => `“${text}” is no period: enter one like June 2017, 2017/18 Q1 or 2017/18`,
  hidden: 'Choose whether hidden rows and columns are read',
  noFigures: 'Choose the column or columns in which the figures stand',
  manyFigures: (columns: readonly number[]) =>
    `Figures stand in ${columns.length.toLocaleString('en-GB')} columns: say what their headings mean`,
  twice: (letter: string) => `Column ${letter} holds what another column holds already`,
  partOfMany: 'Numerators and denominators can be read only where the figures stand in one column',
} as const
