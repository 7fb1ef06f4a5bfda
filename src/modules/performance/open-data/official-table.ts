import { printedName } from '../places/spelling.ts'
import { isRegion } from '../places/police-areas.ts'
import { crimeChange, crimeOfYear, crimeRate, residents } from './crime-measures.ts'
import { type FigureSheet, figureOf, type OpenMeasure } from './figure-sheet.ts'
import { offenceOf, plainHeading } from './offences.ts'
import { noteMerged, policeArea, policeAreaIn, type Setting } from './setting.ts'

/** Which table it is, which 12 months it is about, and the row of its headings. */
export interface FoundTable {
  number: 'P1' | 'P2' | 'P3' | 'P4' | 'C2' | 'C3' | 'C4' | 'C5'
  /** The quarter that the 12 months end with: 2024/25 Q3. */
  period: string
  header: number
}

const contents = {
  P1: 'count',
  P4: 'count',
  C2: 'count',
  C5: 'count',
  P2: 'change',
  C3: 'change',
  P3: 'rate',
  C4: 'rate',
} as const
const markers = ['[x]', '[u]', '[u1]', '[c]', '[z]'] as const

/** Finds out which table some rows are; null for none that is read. */
export function tableOf(rows: readonly (readonly string[])[]): FoundTable | null {
  const title = (rows[0]?.[0] ?? '').replace(/\s+/g, ' ')
  const number = /^Table ([PC]\d+)\b/i.exec(title.trim())?.[1]?.toUpperCase()
  const header = rows.findIndex(row => /^(area code|police force area code)$/.test(plainHeading(row[0] ?? '')))
  if (number === undefined || !(number in contents) || header === -1) return null
  const years = [...title.matchAll(/year ending (\w+) (\d{4})/gi)].map(([, month = '', year = '']) =>
    quarterEnding(month, Number(year)),
  )
  const period = years
    .flatMap(each => (each === null ? [] : [each]))
    .sort()
    .at(-1)
  return period === undefined ? null : { number: number as FoundTable['number'], period, header }
}

function quarterEnding(month: string, year: number): string | null {
  const quarter = ['june', 'september', 'december', 'march'].indexOf(month.toLowerCase()) + 1
  if (quarter === 0) return null
  return quarterText(quarter === 4 ? year - 1 : year, quarter)
}

const quarterText = (first: number, quarter: number) => `${financialYear(first)} Q${String(quarter)}`
const financialYear = (first: number) => `${String(first)}/${String((first + 1) % 100).padStart(2, '0')}`

interface Column {
  at: number
  measure: OpenMeasure
  /** The column with the population or households that a rate is for. */
  of?: number
  /** For a population, the financial year in which the middle of its year lies. */
  period?: string
}

interface Where {
  breakdown: string
  dimension?: string
}

/** One of the tables, its figures put into a sheet. */
export class OfficialTable {
  readonly #sheet: FigureSheet
  readonly #setting: Setting
  readonly #table: FoundTable
  readonly #partnerships: boolean
  #leftOut = 0
  #elsewhere = 0

  constructor(sheet: FigureSheet, setting: Setting, table: FoundTable) {
    this.#sheet = sheet
    this.#setting = setting
    this.#table = table
    this.#partnerships = table.number.startsWith('C')
  }

  read(rows: readonly (readonly string[])[]): void {
    const { header, number } = this.#table
    const columns = this.#columns(rows[header] ?? [], header + 1)
    if (columns === null) return
    for (const [i, row] of rows.entries()) {
      if (i <= header || row.every(cell => cell.trim() === '')) continue
      this.#sheet.rows++
      const where = this.#where(row, i + 1)
      if (where !== null) for (const column of columns) this.#take(column, row, where, i + 1)
    }
    if (this.#leftOut > 0) {
      this.#sheet.notice(`Table ${number}: ${String(this.#leftOut)} rows of regions and countries were left out.`)
    }
    if (this.#elsewhere > 0) {
      this.#sheet.notice(
        `Table ${number}: ${this.#elsewhere.toLocaleString('en-GB')} rows of other forces, or of whole forces, were left out; those of ${this.#setting.own.name}’s partnerships were read.`,
      )
    }
  }

  /** What each column holds; null, and said, where a heading is not known. */
  #columns(header: readonly string[], line: number): Column[] | null {
    const first = this.#partnerships ? 6 : 2
    const columns: Column[] = []
    const bases = new Map<'people' | 'households', { at: number; words: string }>()
    for (const [at, heading] of header.entries()) {
      const plain = plainHeading(heading)
      if (at < first || plain === '') continue
      const base = /^(population|household) figures \(mid-(\d{4})\)/.exec(plain)
      if (base !== null) columns.push(this.#base(base[1] ?? '', Number(base[2]), at, bases))
      else {
        const measure = this.#measure(plain, bases)
        if (measure !== null) columns.push({ at, ...measure })
        else
          this.#sheet.fault(
            line,
            printedName(heading),
            `“${printedName(heading)}” is not an offence group that is known.`,
          )
      }
    }
    if (columns.length === 0) this.#sheet.fault(line, '', `Table ${this.#table.number} has no columns of figures.`)
    return this.#sheet.faultCount > 0 ? null : columns
  }

  #base(
    word: string,
    year: number,
    at: number,
    bases: Map<'people' | 'households', { at: number; words: string }>,
  ): Column {
    const of = word === 'population' ? 'people' : 'households'
    bases.set(of, {
      at,
      words: `${of === 'people' ? 'Residents' : 'Households'}, mid-${String(year)} estimate (ONS), rounded to 100`,
    })
    return { at, measure: residents(of), period: financialYear(year) }
  }

  #measure(
    heading: string,
    bases: ReadonlyMap<'people' | 'households', { at: number; words: string }>,
  ): { measure: OpenMeasure; of?: number } | null {
    const household = /^(.*?) \((?:per 1,000 )?households?\)$/.exec(heading)
    const offence = offenceOf(household?.[1] ?? heading)
    if (offence === undefined) return null
    const content = contents[this.#table.number]
    if (content === 'count') return { measure: crimeOfYear(offence) }
    if (content === 'change') return { measure: crimeChange(offence) }
    const of = household === null ? 'people' : 'households'
    const base = bases.get(of)
    return base === undefined ? null : { measure: crimeRate(offence, of, base.words), of: base.at }
  }

  /** Which place a row is about; null for one that is not loaded. */
  #where(row: readonly string[], line: number): Where | null {
    return this.#partnerships ? this.#partnership(row) : this.#police(row, line)
  }

  /** Codes of police areas begin with E23 and W15; a region may have a force's name and has another code. */
  #police([code = '', name = '']: readonly string[], line: number): Where | null {
    const isForce = /^(E23|W15)/.test(code.trim()) || (code.trim() === '' && !isRegion(name))
    if (isForce) return policeAreaIn(this.#sheet, this.#setting, name, { line, column: 'Area Name' })
    this.#leftOut++
    return null
  }

  /** Partnerships of the own force alone; whole forces stand in the tables of forces. */
  #partnership([, force = '', , partnership = '']: readonly string[]): Where | null {
    const area = this.#setting.places.find('police-area', force)
    if (area?.name !== this.#setting.own.name || partnership.trim() === '') {
      this.#elsewhere++
      return null
    }
    const place = this.#setting.places.find('csp', partnership)
    if (place !== undefined) noteMerged(this.#sheet, place)
    const name = /^unassigned\b/i.test(partnership.trim()) ? 'Unassigned' : printedName(partnership)
    return { breakdown: place?.name ?? name, dimension: 'Community safety partnership' }
  }

  #take({ at, measure, of, period }: Column, row: readonly string[], where: Where, line: number): void {
    const text = (row[at] ?? '').trim()
    const value = figureOf(text.replaceAll(',', ''))
    const mark = markers.find(each => each === text.toLowerCase().replaceAll(' ', '')) ?? (text === '' ? '' : null)
    if (value === null && mark === null) {
      this.#sheet.fault(
        line,
        measure.made.title,
        `“${text}” is neither a figure nor one of the marks ${markers.join(' ')}.`,
      )
      return
    }
    // A country's railways have no residents: an empty cell where there is nothing to give is not a missing figure.
    if (value === null && mark === '' && where.dimension === policeArea) return
    const denominator = of === undefined ? null : figureOf((row[of] ?? '').replaceAll(',', ''))
    const source = this.#otherSource(measure)
    this.#sheet.add(measure, {
      ...{ period: period ?? this.#table.period, value, ...where, line },
      ...(mark !== null && { mark }),
      ...(denominator !== null && { denominator }),
      ...(source !== null && { source }),
    })
  }

  /** Rates and populations of partnerships rest on an older estimate than those of forces: another source. */
  #otherSource(measure: OpenMeasure): string | null {
    if (this.#table.number !== 'C4') return null
    const words = measure.made.denominator ?? 'estimates printed with table C4'
    return `ONS table C4: ${words}`
  }
}
