import { printedName } from '../places/spelling.ts'
import { type FigureSheet, figureOf } from './figure-sheet.ts'
import { hasColumns, type OnCells, type OpenForm, readTable } from './open-form.ts'
import { policeAreaIn, type Setting } from './setting.ts'
import { deviceParts, deviceUses, forceIncidents, tacticUses } from './use-of-force-measures.ts'

type Row = (cell: (column: string) => string, line: number) => void

/** Use of force by force, a file for each financial year, which only its name says. */
export const useOfForce: OpenForm = {
  name: 'use-of-force',
  title: 'Use of force by force and year (Home Office)',
  files: 'The yearly tables of incidents, of conducted energy devices, or of tactics by ethnicity.',
  async read(open, setting, sheet) {
    const year = setting.year ?? yearIn(open.file.name)
    await readTable(open, sheet, (header, line): OnCells | null => {
      if (year === null) {
        sheet.fault(
          line,
          '',
          'The file does not say its year. Name it like incidents-april2018-march2019.csv, or say the year: 2018/19.',
        )
        return null
      }
      const table = new ForceTable(sheet, setting, year)
      const row = table.rowsOf(header, line)
      return row === null ? null : (cell, at) => row(cell, at)
    })
  },
}

/** The financial year in a file's name: april2018-march2019, 2018-19, 2018-2019; null if there is none. */
export function yearIn(fileName: string): string | null {
  const [, from = '', to = ''] =
    /april[-_ ]?(\d{4}).*march[-_ ]?(\d{4})/i.exec(fileName) ??
    /(?<!\d)(\d{4})[-_ ](\d{2}|\d{4})(?!\d)/.exec(fileName) ??
    []
  if (from === '' || Number(to) % 100 !== (Number(from) + 1) % 100) return null
  return `${from}/${to.slice(-2)}`
}

/** Rows of a table that are sums over forces. */
const isSum = (name: string) => /^\*?\s*total\b/i.test(name.trim())

class ForceTable {
  readonly #sheet: FigureSheet
  readonly #setting: Setting
  readonly #period: string

  constructor(sheet: FigureSheet, setting: Setting, period: string) {
    this.#sheet = sheet
    this.#setting = setting
    this.#period = period
  }

  /** How the rows below a header are read; null, and said, where the header is of no table that is known. */
  rowsOf(header: readonly string[], line: number): Row | null {
    const names = header.map(name => name.trim().toLowerCase())
    if (names.includes('tactic')) return this.#tactics(header, line)
    if (names.includes('total discharge')) {
      const known = hasColumns(
        this.#sheet,
        header,
        line,
        ['Police force', 'Total', ...deviceParts.map(part => part.column)],
        'the table of device use',
      )
      return known ? (cell, at) => this.#device(cell, at) : null
    }
    const known = hasColumns(
      this.#sheet,
      header,
      line,
      ['Region', 'Police Force', 'Total'],
      'a table of the use of force',
    )
    return known ? (cell, at) => this.#incidents(cell, at) : null
  }

  #incidents(cell: (column: string) => string, line: number): void {
    const name = cell('Police Force')
    if (isSum(name)) return
    const place = policeAreaIn(this.#sheet, this.#setting, name, { line, column: 'Police Force' })
    const value = this.#figure(cell('Total'), 'Total', line)
    if (place !== null) this.#sheet.add(forceIncidents, { period: this.#period, ...value, ...place, line })
  }

  #device(cell: (column: string) => string, line: number): void {
    const name = cell('Police force')
    if (isSum(name)) return
    const place = policeAreaIn(this.#sheet, this.#setting, name, { line, column: 'Police force' })
    if (place === null) return
    this.#sheet.add(deviceUses, { period: this.#period, ...this.#figure(cell('Total'), 'Total', line), ...place, line })
    if (place.breakdown !== '') return
    for (const { column, name: breakdown, parent } of deviceParts) {
      const value = this.#figure(cell(column), column, line)
      const part = { breakdown, dimension: 'Type of use', ...(parent !== undefined && { parent }) }
      this.#sheet.add(deviceUses, { period: this.#period, ...value, ...part, line })
    }
  }

  #tactics(header: readonly string[], line: number): Row | null {
    const known = hasColumns(
      this.#sheet,
      header,
      line,
      ['Police Force', 'Type of force', 'Tactic', 'Number of times tactic reported'],
      'the table of tactics by ethnicity',
    )
    const first = header.findIndex(name => /^tactic$/i.test(name.trim())) + 1
    const groups = header.slice(first).filter(name => !/^number of times/i.test(name.trim()))
    return known ? (cell, at) => this.#tactic(cell, groups, at) : null
  }

  #tactic(cell: (column: string) => string, groups: readonly string[], line: number): void {
    const [name, type, tactic] = [cell('Police Force'), cell('Type of force').trim(), cell('Tactic').trim()]
    if (isSum(name) || !tactic.startsWith('*Total')) return
    const place = policeAreaIn(this.#sheet, this.#setting, name, { line, column: 'Police Force' })
    if (place === null) return
    const column = 'Number of times tactic reported'
    const value = this.#figure(cell(column), column, line)
    if (tactic === '*Total Tactics') {
      this.#sheet.add(tacticUses, { period: this.#period, ...value, ...place, line })
      if (place.breakdown === '') this.#groups(cell, groups, line)
    } else if (place.breakdown === '' && !/^not reported$/i.test(type)) {
      const part = { breakdown: /^other$/i.test(type) ? 'Other tactics' : type, dimension: 'Tactic' }
      this.#sheet.add(tacticUses, { period: this.#period, ...value, ...part, line })
    }
  }

  #groups(cell: (column: string) => string, groups: readonly string[], line: number): void {
    for (const group of groups) {
      const value = this.#figure(cell(group), group, line)
      const name = printedName(group)
      const part = { breakdown: /^other$/i.test(name) ? 'Other ethnic group' : name, dimension: 'Ethnic group' }
      this.#sheet.add(tacticUses, { period: this.#period, ...value, ...part, line })
    }
  }

  /** A count, or a missing one for an empty cell. */
  #figure(cell: string, column: string, line: number): { value: number | null; mark?: string } {
    if (cell.trim() === '') return { value: null, mark: '' }
    const value = figureOf(cell)
    if (value === null) this.#sheet.fault(line, column, `“${cell}” is not a count.`)
    return { value: value ?? 0 }
  }
}
