import { periodText } from '../period.ts'
import { crimeOfQuarter, crimeOfYear } from './crime-measures.ts'
import { type FigureSheet, figureOf } from './figure-sheet.ts'
import { type Offence, offenceOf, offences, partsOfTotal } from './offences.ts'
import { hasColumns, type OnCells, type OpenForm, readTable } from './open-form.ts'
import { policeAreaIn, type Setting } from './setting.ts'
import { anchorsFit, quarterNumber, quarterStart, singleQuarters } from './single-quarters.ts'

const columns = ['12 months ending', 'PFA', 'Offence', 'Rolling year total number of offences'] as const
/** Rows of fraud that no force recorded. */
const noForce = /^(action fraud|cifas|uk finance|financial fraud action uk)$/i

/** Rolling 12-month counts of recorded crime by police force area, from the year ending March 2003 on. */
export const recordedCrime: OpenForm = {
  name: 'recorded-crime',
  title: 'Recorded crime by force, 12 months ending (Home Office)',
  files: 'The rolling-year table of police recorded crime by police force area.',
  async read(open, setting, sheet) {
    const table = new RollingTable(sheet, setting)
    await readTable(open, sheet, (header, line): OnCells | null => {
      if (!hasColumns(sheet, header, line, columns, 'the rolling-year table of recorded crime')) return null
      return (cell, at) => table.row(cell, at)
    })
    if (sheet.faultCount === 0) table.finish()
  },
}

interface Total {
  breakdown: string
  dimension?: string
  quarter: number
  parts: number
  value: number
}

class RollingTable {
  readonly #sheet: FigureSheet
  readonly #setting: Setting
  readonly #ends = new Map<string, Temporal.PlainDate | null>()
  readonly #totals = new Map<string, Total>()
  /** The own force's totals by offence and quarter. */
  readonly #own = new Map<Offence, Map<number, number>>()
  #withoutForce = 0
  #notInUse = 0

  constructor(sheet: FigureSheet, setting: Setting) {
    this.#sheet = sheet
    this.#setting = setting
  }

  row(cell: (column: string) => string, line: number): void {
    if (noForce.test(cell('PFA').trim())) return void this.#withoutForce++
    const end = this.#end(cell('12 months ending').trim(), line)
    const place = policeAreaIn(this.#sheet, this.#setting, cell('PFA'), { line, column: 'PFA' })
    const offence = offenceOf(cell('Offence'))
    const text = cell('Rolling year total number of offences')
    const value = figureOf(text)
    if (offence === undefined)
      return this.#sheet.fault(line, 'Offence', `“${cell('Offence').trim()}” is not an offence group that is known.`)
    if (value === null)
      return this.#sheet.fault(line, 'Rolling year total number of offences', `“${text}” is not a figure.`)
    if (end === null || place === null) return
    this.#take(offence, end, place, value, line)
  }

  #take(
    offence: Offence,
    end: Temporal.PlainDate,
    place: { breakdown: string; dimension?: string },
    value: number,
    line: number,
  ): void {
    const quarter = quarterNumber(end)
    if (partsOfTotal.includes(offence.key)) this.#addToTotal(place, quarter, value)
    if (place.breakdown === '') this.#keepOwn(offence, quarter, value)
    if (value === 0 && isOutOfUse(offence, end)) return void this.#notInUse++
    this.#sheet.add(crimeOfYear(offence), { period: periodOf(quarter), value, ...place, line })
  }

  /** The end of 12 months; a day or two before the end of a month is a slip of the pen, and is told. */
  #end(text: string, line: number): Temporal.PlainDate | null {
    const known = this.#ends.get(text)
    if (known !== undefined) return known
    const [, day = '', month = '', year = ''] = /^(\d{2})-(\d{2})-(\d{4})$/.exec(text) ?? []
    const end = readEnd(Number(year), Number(month), Number(day))
    if (end === null) {
      this.#sheet.fault(line, '12 months ending', `“${text}” is not the last day of a quarter, like 31-12-2017.`)
    } else if (end.day !== Number(day)) {
      this.#sheet.notice(
        `“${text}” is read as ${end.toLocaleString('en-GB', { dateStyle: 'long' })}, the last day of the month.`,
      )
    }
    this.#ends.set(text, end)
    return end
  }

  #addToTotal(place: { breakdown: string; dimension?: string }, quarter: number, value: number): void {
    const key = `${place.breakdown}\u0000${String(quarter)}`
    const total = this.#totals.get(key)
    if (total === undefined) this.#totals.set(key, { ...place, quarter, parts: 1, value })
    else {
      total.parts++
      total.value += value
    }
  }

  #keepOwn(offence: Offence, quarter: number, value: number): void {
    const known = this.#own.get(offence)
    if (known === undefined) this.#own.set(offence, new Map([[quarter, value]]))
    else known.set(quarter, value)
  }

  finish(): void {
    const total = offences.find(each => each.key === 'total')!
    const most = Math.max(...[...this.#totals.values()].map(each => each.parts))
    let leftOut = 0
    for (const { parts, quarter, ...rest } of this.#totals.values()) {
      // Before 2014 the file has no rows for the classes that did not exist then.
      if (parts < most - 2) leftOut++
      else this.#sheet.add(crimeOfYear(total), { period: periodOf(quarter), ...rest, line: 1 })
      if (parts >= most - 2 && rest.breakdown === '') this.#keepOwn(total, quarter, rest.value)
    }
    if (leftOut > 0)
      this.#sheet.notice(`${String(leftOut)} sums were left out, because offences are missing from them.`)
    this.#workOutQuarters(total)
    this.#tell()
  }

  #workOutQuarters(total: Offence): void {
    const worked: string[] = []
    for (const [offence, totals] of this.#own) {
      const anchors = offence === total ? this.#anchors(totals) : new Map<number, number>()
      const quarters = singleQuarters(totals, anchors)
      for (const [quarter, value] of quarters) {
        if (isOutOfUse(offence, quarterStart(quarter).add({ months: 2 })) || !totals.has(quarter)) continue
        this.#sheet.add(crimeOfQuarter(offence), { period: periodOf(quarter), value, line: 1 })
      }
      if (quarters.size > 0) worked.push(offence.name)
    }
    if (worked.length > 0) {
      this.#sheet.notice(
        `Single quarters were worked out for ${worked.join(', ')}: for each of them four quarters in a row are known.`,
      )
    }
  }

  /** Quarters that are held of all crime, if they come to the same total: else they are of another vintage. */
  #anchors(totals: ReadonlyMap<number, number>): Map<number, number> {
    const held = new Map(
      [...(this.#setting.anchors ?? [])].map(([start, value]) => [
        quarterNumber(Temporal.PlainDate.from(start)),
        value,
      ]),
    )
    if (held.size === 0) return held
    const fit = anchorsFit(totals, held)
    if (fit !== null && fit.sum === fit.total) return held
    this.#sheet.notice(
      fit === null
        ? 'The measure named for single quarters has no four quarters in a row that end with a total of this file.'
        : `Four held quarters come to ${fit.sum.toLocaleString('en-GB')} and the file’s total is ${fit.total.toLocaleString('en-GB')}: they were drawn up on different days, and no single quarter is worked out from them.`,
    )
    return new Map()
  }

  #tell(): void {
    if (this.#withoutForce > 0) {
      this.#sheet.notice(
        `${this.#withoutForce.toLocaleString('en-GB')} rows are of Action Fraud, CIFAS and UK Finance, which are no police forces, and were left out.`,
      )
    }
    if (this.#notInUse > 0) {
      this.#sheet.notice(
        `${this.#notInUse.toLocaleString('en-GB')} noughts stand for classes of burglary that were not in use then: they are no figures, and were left out.`,
      )
    }
  }
}

/** The last day of a quarter's last month, meant by a day among its last three; null where it is none. */
function readEnd(year: number, month: number, day: number): Temporal.PlainDate | null {
  if (year < 1900 || month < 1 || month % 3 !== 0 || month > 12) return null
  const last = new Temporal.PlainYearMonth(year, month).daysInMonth
  return day <= last && day > last - 3 ? new Temporal.PlainDate(year, month, last) : null
}

function periodOf(quarter: number): string {
  return periodText({ frequency: 'quarter', start: quarterStart(quarter) })
}

/** Whether a class was not recorded in the quarter that ends on this day. */
function isOutOfUse({ since, until }: Offence, end: Temporal.PlainDate): boolean {
  const day = end.toString()
  return (since !== undefined && day < since) || (until !== undefined && day > until)
}
