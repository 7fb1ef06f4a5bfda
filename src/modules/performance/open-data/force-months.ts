import { policeAreas } from '../places/police-areas.ts'
import { type FigureSheet, figureOf } from './figure-sheet.ts'
import { hasColumns, type OnCells, type OpenForm, readTable } from './open-form.ts'
import { policeAreaIn, type Setting } from './setting.ts'
import { antiSocial, crimesOfType, everyCrime } from './street-measures.ts'

const columns = ['month', 'force', 'crime_type', 'count'] as const

/** Counts of many forces by month and crime type, added up from their street-level files. */
export const forceMonths: OpenForm = {
  name: 'force-months',
  title: 'Crime of every force by month (from data.police.uk)',
  files: 'A table with the columns month, force, crime_type and count.',
  async read(open, setting, sheet) {
    const table = new ForceMonths(sheet, setting)
    await readTable(open, sheet, (header, line): OnCells | null => {
      if (!hasColumns(sheet, header, line, columns, 'a table of forces by month and crime type')) return null
      return (cell, at) => table.row(cell, at)
    })
    if (sheet.faultCount === 0) table.finish()
  },
}

class ForceMonths {
  readonly #sheet: FigureSheet
  readonly #setting: Setting
  readonly #sums = new Map<string, { breakdown: string; dimension?: string; period: string; value: number }>()
  /** Months by force, to tell what is missing. */
  readonly #months = new Map<string, Set<string>>()

  constructor(sheet: FigureSheet, setting: Setting) {
    this.#sheet = sheet
    this.#setting = setting
  }

  row(cell: (column: string) => string, line: number): void {
    const place = policeAreaIn(this.#sheet, this.#setting, cell('force'), { line, column: 'force' })
    const [period, type, value] = [cell('month').trim(), cell('crime_type').trim(), figureOf(cell('count'))]
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(period))
      return this.#sheet.fault(line, 'month', `“${period}” is not a month like 2025-01.`)
    if (value === null || !Number.isInteger(value) || value < 0)
      return this.#sheet.fault(line, 'count', `“${cell('count')}” is not a count.`)
    if (type === '') return this.#sheet.fault(line, 'crime_type', 'There is no crime type in this row.')
    if (place === null) return
    this.#sheet.add(crimesOfType(type), { period, value, ...place, line })
    this.#note(place, period, type === antiSocial ? 0 : value)
  }

  #note(place: { breakdown: string; dimension?: string }, period: string, crimes: number): void {
    const force = place.breakdown === '' ? this.#setting.own.name : place.breakdown
    const key = `${force} ${period}`
    const sum = this.#sums.get(key)
    if (sum === undefined) this.#sums.set(key, { ...place, period, value: crimes })
    else sum.value += crimes
    const months = this.#months.get(force)
    if (months === undefined) this.#months.set(force, new Set([period]))
    else months.add(period)
  }

  finish(): void {
    for (const sum of this.#sums.values()) this.#sheet.add(everyCrime, { ...sum, line: 1 })
    const all = new Set([...this.#months.values()].flatMap(months => [...months]))
    const gaps = [...this.#months]
      .filter(([, months]) => months.size < all.size)
      .map(([force, months]) => `${force} ${String(all.size - months.size)}`)
    if (gaps.length > 0) {
      this.#sheet.notice(`Months without figures, which stay missing: ${gaps.join(', ')} of ${String(all.size)}.`)
    }
    const absent = [...new Set(policeAreas.values())].filter(
      name => !this.#months.has(this.#setting.places.find('police-area', name)?.name ?? name),
    )
    if (absent.length > 0) this.#sheet.notice(`Not in the file, and so without figures: ${absent.join(', ')}.`)
  }
}
