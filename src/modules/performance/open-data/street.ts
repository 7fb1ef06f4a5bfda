import type { Encoding, ImportFile } from '../import/csv-file.ts'
import { Counts } from './counts.ts'
import { noteMerged, type Setting, unknownPoliceArea } from './setting.ts'
import type { FigureSheet } from './figure-sheet.ts'
import { hasColumns, type OnCells, type OpenForm, readTable } from './open-form.ts'
import { antiSocial, crimesOfType, everyCrime, outcomeShares } from './street-measures.ts'
import { inDistricts } from './street-districts.ts'

/** Columns that are read; a file has twelve. */
const columns = ['Crime ID', 'Month', 'Falls within', 'LSOA name', 'Crime type'] as const

/** Street-level crime and anti-social behaviour of one force, as data.police.uk gives it: a file for each month. */
export const street: OpenForm = {
  name: 'street',
  title: 'Street-level crime (data.police.uk)',
  files: 'The files YYYY-MM-force-street.csv of the area’s own force, one for each month.',
  forceOf: forceOfStreetFile,
  async read(open, setting, sheet) {
    const counts = new StreetCounts(sheet, setting)
    await readTable(open, sheet, (header, line): OnCells | null => {
      if (!hasColumns(sheet, header, line, columns, 'a street-level file of data.police.uk')) return null
      return (cell, at) => counts.row(cell, at)
    })
    if (sheet.faultCount === 0) counts.finish()
  },
}

/** The force within which the first row falls. No cell before it holds a comma. */
async function forceOfStreetFile(file: ImportFile, encoding: Encoding): Promise<string | null> {
  for await (const piece of file.open()) {
    const text = new TextDecoder(encoding).decode(piece)
    const [header = [], first = []] = text.split(/\r?\n/, 2).map(line => line.split(',').map(cell => cell.trim()))
    const at = header.findIndex(name => name.toLowerCase() === 'falls within')
    return first[at]?.replaceAll('"', '') ?? null
  }
  return null
}

/** What the rows of a file come to. */
class StreetCounts {
  readonly #sheet: FigureSheet
  readonly #setting: Setting
  readonly #ids = new Set<string>()
  readonly #months = new Set<string>()
  readonly #types = new Counts()
  readonly #outcomes = new Counts()
  readonly #crimes = new Counts()
  /** By month, type and district as the file names it; '' where there is no place. */
  readonly #districts = new Map<string, Counts>()
  #twice = 0
  #withoutId = 0

  constructor(sheet: FigureSheet, setting: Setting) {
    this.#sheet = sheet
    this.#setting = setting
  }

  row(cell: (column: string) => string, line: number): void {
    const [id, month, type] = [cell('Crime ID').trim(), cell('Month').trim(), cell('Crime type').trim()]
    if (!this.#isOwn(cell('Falls within').trim(), line)) return
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
      return this.#sheet.fault(line, 'Month', `“${month}” is not a month like 2025-01.`)
    if (type === '') return this.#sheet.fault(line, 'Crime type', 'There is no crime type in this row.')
    // The same crime again, word for word or with another outcome: one crime.
    if (id === '') this.#withoutId++
    else if (this.#ids.has(id)) return void this.#twice++
    else this.#ids.add(id)
    this.#count(month, type, districtOf(cell('LSOA name')), cell('Last outcome category').trim())
  }

  #isOwn(name: string, line: number): boolean {
    const force = this.#setting.places.find('police-area', name)
    if (force?.name === this.#setting.own.name) return true
    const { own } = this.#setting
    const message =
      force === undefined
        ? unknownPoliceArea(name)
        : `This row falls within ${force.name}, and the area’s own force is ${own.name}. Load the files of ${own.name}, or say whose figures are the area’s own.`
    this.#sheet.fault(line, 'Falls within', message)
    return false
  }

  #count(month: string, type: string, district: string, outcome: string): void {
    const key = `${month}\u0000${type}`
    this.#months.add(month)
    this.#types.add(key)
    let places = this.#districts.get(key)
    if (places === undefined) this.#districts.set(key, (places = new Counts()))
    places.add(district)
    if (type === antiSocial) return
    this.#crimes.add(month)
    if (outcome !== '') this.#outcomes.add(`${month}\u0000${outcome}`)
  }

  /** Puts the figures into the sheet once the file has ended. */
  finish(): void {
    const inDistrict = inDistricts(this.#sheet, this.#setting, this.#districts)
    for (const [key, value] of this.#types.byKey) this.#addType(key, value, inDistrict.names)
    for (const month of this.#months) this.#addAll(month, inDistrict.names)
    this.#addOutcomes()
    this.#tell()
    for (const place of inDistrict.places) noteMerged(this.#sheet, place)
  }

  /** A district without a crime of a type has none: the file lists every crime. A type that is nowhere is left out. */
  #addType(key: string, value: number, districts: ReadonlyMap<string, string>): void {
    const [period = '', type = ''] = key.split('\u0000')
    const measure = crimesOfType(type)
    this.#sheet.add(measure, { period, value, line: 1 })
    for (const [breakdown, count] of this.#byDistrict(key, districts)) {
      this.#sheet.add(measure, { period, value: count, breakdown, dimension: 'District', line: 1 })
    }
  }

  #addAll(period: string, districts: ReadonlyMap<string, string>): void {
    const types = [...this.#types.byKey.keys()].filter(key => key.startsWith(period) && !key.endsWith(antiSocial))
    const sums = new Map<string, number>()
    for (const key of types) {
      for (const [name, count] of this.#byDistrict(key, districts)) sums.set(name, (sums.get(name) ?? 0) + count)
    }
    this.#sheet.add(everyCrime, { period, value: this.#crimes.of(period), line: 1 })
    for (const [breakdown, value] of sums) {
      this.#sheet.add(everyCrime, { period, value, breakdown, dimension: 'District', line: 1 })
    }
  }

  /** Each district by the name its figures stand under, with its count. */
  #byDistrict(key: string, districts: ReadonlyMap<string, string>): Map<string, number> {
    const counts = this.#districts.get(key)
    const byName = new Map<string, number>()
    for (const [inFile, name] of districts) byName.set(name, (byName.get(name) ?? 0) + (counts?.of(inFile) ?? 0))
    return byName
  }

  #addOutcomes(): void {
    const known = new Counts()
    for (const [key, count] of this.#outcomes.byKey) {
      const [period = '', outcome = ''] = key.split('\u0000')
      const denominator = this.#crimes.of(period)
      this.#addShare(period, outcome, count, denominator)
      if (!/^(under investigation|status update unavailable)$/i.test(outcome)) {
        known.byKey.set(period, known.of(period) + count)
      }
    }
    for (const [period, count] of known.byKey) this.#addShare(period, '', count, this.#crimes.of(period))
  }

  #addShare(period: string, breakdown: string, numerator: number, denominator: number): void {
    const value = Number(((100 * numerator) / denominator).toPrecision(12))
    const dimension = breakdown === '' ? {} : { breakdown, dimension: 'Outcome' }
    const status = 'provisional' as const
    this.#sheet.add(outcomeShares, { period, value, numerator, denominator, status, ...dimension, line: 1 })
  }

  #tell(): void {
    const count = (n: number) => n.toLocaleString('en-GB')
    if (this.#twice > 0) {
      this.#sheet.notice(`${count(this.#twice)} rows repeat the Crime ID of an earlier row and are not counted again.`)
    }
    const crimesWithoutId =
      this.#withoutId - [...this.#months].reduce((sum, m) => sum + this.#types.of(`${m}\u0000${antiSocial}`), 0)
    if (crimesWithoutId > 0) {
      this.#sheet.notice(
        `${count(crimesWithoutId)} crimes have no Crime ID, so that a second row for one of them cannot be noticed.`,
      )
    }
    if (this.#outcomes.byKey.size === 0) this.#sheet.notice('The file says nothing of outcomes.')
  }
}

/** The district in the name of a lower-layer super output area: `Nuneaton and Bedworth` of `Nuneaton and Bedworth 007A`. */
export function districtOf(area: string): string {
  return area.trim().replace(/ \d{3}[A-Z]{1,2}$/, '')
}
