import { isRegion } from '../places/police-areas.ts'
import { spellingOf } from '../places/spelling.ts'
import { type FigureSheet, figureOf, type OpenMeasure } from './figure-sheet.ts'
import { hasColumns, type OnCells, type OpenForm, readTable } from './open-form.ts'
import { policeAreaIn, type Setting } from './setting.ts'

const source = 'Home Office police workforce statistics (Open Government Licence v3.0)'

/** Officers in post, by the basis on which they are counted: the two are never one series. */
function officers(basis: 'full-time-equivalent' | 'headcount'): OpenMeasure {
  const fte = basis === 'full-time-equivalent'
  return {
    key: `workforce/officers-${basis}`,
    made: {
      title: fte ? 'Police officers in post, full-time equivalent' : 'Police officers in post, headcount',
      ...{ unit: 'count', kind: 'stock', frequency: 'quarter', polarity: 'neutral', source, basis },
      decimals: fte ? 1 : 0,
      definition: fte
        ? 'Strength: officers in post on the last day of the quarter (31 March or 30 September), part-time officers by their share of full time. It is neither the number of people nor the establishment, the posts that there should be.'
        : 'Strength: people who are police officers on the last day of the quarter (31 March or 30 September), each counted once, whatever their hours. It is neither full-time equivalent nor the establishment.',
      numerator: fte ? 'Full-time equivalent officers in post' : 'Officers in post',
    },
    dimensions: { 'Police area': 'not' },
    breaks: [],
  }
}

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

/** Officers in post by force: a column for each date, or a row for each force and year. */
export const workforce: OpenForm = {
  name: 'workforce',
  title: 'Police officers by force (Home Office)',
  files: 'The tables of officers by force, in full-time equivalents or by headcount.',
  async read(open, setting, sheet) {
    const table = new OfficerTable(sheet, setting, open.file.name)
    await readTable(open, sheet, (header, line): OnCells | null => {
      if (/^police force$/i.test(header[0]?.trim() ?? '')) {
        if (!hasColumns(sheet, header, line, ['Police force', 'FTE Count', 'Year'], 'a table of officers by force'))
          return null
        return (cell, at) => table.yearRow(cell, at)
      }
      if (!hasColumns(sheet, header, line, ['Force/Region'], 'a table of officers by force')) return null
      return table.dates(header, line) ? (_cell, at, cells) => table.dateRow(cells, at) : null
    })
    if (sheet.faultCount === 0) table.finish()
  },
}

interface OfficerRow {
  name: string
  /** Last day of the quarter, ISO text. */
  day: string
  value: number
  line: number
}

class OfficerTable {
  readonly #sheet: FigureSheet
  readonly #setting: Setting
  readonly #fileName: string
  readonly #rows: OfficerRow[] = []
  /** Which columns hold which day. */
  #days: { column: number; day: string }[] = []

  constructor(sheet: FigureSheet, setting: Setting, fileName: string) {
    this.#sheet = sheet
    this.#setting = setting
    this.#fileName = fileName
  }

  /** The dates in a header; what else stands there (increase, per cent) can be worked out and is not read. */
  dates(header: readonly string[], line: number): boolean {
    this.#days = header.flatMap((heading, column) => {
      const [, month = '', year = ''] = /^([a-z]+) (\d{4})$/i.exec(heading.trim()) ?? []
      const day = lastDay(Number(year), months.indexOf(month.toLowerCase()) + 1)
      return day === null ? [] : [{ column, day }]
    })
    if (this.#days.length > 0) return true
    this.#sheet.fault(line, '', 'No column is headed by a date like September 2018.')
    return false
  }

  dateRow(cells: readonly string[], line: number): void {
    for (const { column, day } of this.#days) this.#take(cells[0] ?? '', day, cells[column] ?? '', line)
  }

  yearRow(cell: (column: string) => string, line: number): void {
    const day = lastDay(Number(cell('Year').trim()), 3)
    if (day === null) return this.#sheet.fault(line, 'Year', `“${cell('Year')}” is not a year like 2018.`)
    this.#take(cell('Police force'), day, cell('FTE Count'), line)
  }

  #take(name: string, day: string, cell: string, line: number): void {
    const value = figureOf(cell)
    if (value === null) return this.#sheet.fault(line, '', `“${cell}” is not a number of officers.`)
    this.#rows.push({ name: name.trim(), day, value, line })
  }

  finish(): void {
    const left = new Set<string>()
    const asAt = this.#days
      .map(each => each.day)
      .sort()
      .at(-1)
    const measure = officers(this.#basis())
    const forces = forcesAmong(this.#rows)
    for (const row of this.#rows) {
      if (!forces.has(row)) {
        left.add(row.name)
        continue
      }
      const place = policeAreaIn(this.#sheet, this.#setting, row.name, { line: row.line, column: '' })
      if (place === null) continue
      const figure = { period: quarterOf(row.day), value: row.value, ...place, line: row.line }
      this.#sheet.add(measure, asAt === undefined ? figure : { ...figure, asAt })
    }
    if (left.size > 0) this.#sheet.notice(`Not police forces, and left out: ${[...left].join(', ')}.`)
  }

  /** The file's name says which it is; else whole numbers throughout are people. */
  #basis(): 'full-time-equivalent' | 'headcount' {
    if (/headcount/i.test(this.#fileName)) return 'headcount'
    if (/fte|full.?time/i.test(this.#fileName)) return 'full-time-equivalent'
    const whole = this.#rows.every(row => Number.isInteger(row.value))
    this.#sheet.notice(
      whole
        ? 'Read as headcount: every figure is a whole number, and the file’s name does not say. Put “fte” into its name if it is full-time equivalents.'
        : 'Read as full-time equivalents: there are figures with decimals, and the file’s name does not say.',
    )
    return whole ? 'headcount' : 'full-time-equivalent'
  }
}

/**
 * The rows of forces. A region is told by its name; West Midlands is the name of a region and of a force, and where it
 * stands twice for a day the force is the smaller of the two.
 */
function forcesAmong(rows: readonly OfficerRow[]): ReadonlySet<OfficerRow> {
  const forces = new Set(
    rows.filter(
      row => !isRegion(row.name) && spellingOf(row.name) !== 'central secondments' && !/secondment/i.test(row.name),
    ),
  )
  const regionsThere = rows.some(row => isRegion(row.name) && spellingOf(row.name) !== 'west midlands')
  const double = rows.filter(row => spellingOf(row.name) === 'west midlands')
  for (const same of Map.groupBy(double, row => row.day).values()) {
    const [smallest] = same.toSorted((a, b) => a.value - b.value)
    if (smallest !== undefined && (same.length > 1 || !regionsThere)) forces.add(smallest)
  }
  return forces
}

/** The last day of a month that ends a quarter, as ISO text; null for any other. */
function lastDay(year: number, month: number): string | null {
  if (!(year >= 1900 && year < 2200) || month < 1 || month % 3 !== 0) return null
  return new Temporal.PlainDate(year, month, 1).add({ months: 1 }).subtract({ days: 1 }).toString()
}

function quarterOf(day: string): string {
  const { year, month } = Temporal.PlainDate.from(day)
  const first = month < 4 ? year - 1 : year
  return `${String(first)}/${String((first + 1) % 100).padStart(2, '0')} Q${String(month < 4 ? 4 : month / 3 - 1)}`
}
