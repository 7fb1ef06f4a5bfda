import { frequencyWords, periodInWords, periodText, type Period } from '../../period.ts'
import { readStatus } from '../cells.ts'
import type { KnownMeasure } from '../check-rows.ts'
import type { RowFault } from '../row-faults.ts'
import { noFigureChoices, readFigure } from './figure-spellings.ts'
import { type Cell, cellText, columnLetter, type Sheet } from './grid.ts'
import { columnName, type LaidFigure, layOutSheet, type LeftOut } from './layout.ts'
import type { Mapping } from './mapping.ts'
import { readPeriodText } from './period-spellings.ts'

/** A figure as the plain long form writes it, and where in the spreadsheet it stands. */
export interface MappedRow {
  row: number
  column: number
  measure: string
  period: string
  value: string
  breakdown: string
  numerator: string
  denominator: string
  status: string
  asAt: string
  source: string
}

export interface MappedRows {
  rows: MappedRow[]
  faults: RowFault[]
  faultCount: number
  leftOut: LeftOut[]
  /** Cells of labels that were said to be left out, and empty cells that say nothing. */
  passedOver: number
}

/** Faults kept; all are counted. */
const faultsKept = 2000

/** Reads every figure of a sheet by a mapping. Nothing is guessed: what the mapping does not say is a fault. */
export function mapRows(sheet: Sheet, mapping: Mapping, measures: readonly KnownMeasure[]): MappedRows {
  return new RowMapper(sheet, mapping, measures).run()
}

class RowMapper {
  readonly #sheet: Sheet
  readonly #mapping: Mapping
  readonly #measures: ReadonlyMap<string, KnownMeasure>
  readonly #names = new Map<number, string>()
  readonly #seen = new Map<string, MappedRow>()
  readonly #periods = new Map<string, ReturnType<typeof readPeriodText>>()
  readonly #result: MappedRows = { rows: [], faults: [], faultCount: 0, leftOut: [], passedOver: 0 }

  constructor(sheet: Sheet, mapping: Mapping, measures: readonly KnownMeasure[]) {
    this.#sheet = sheet
    this.#mapping = mapping
    this.#measures = new Map(measures.map(measure => [measure.reference, measure]))
  }

  run(): MappedRows {
    const { figures, leftOut } = layOutSheet(this.#sheet, this.#mapping)
    this.#result.leftOut = leftOut
    for (const figure of figures) this.#take(figure)
    return this.#result
  }

  #fault({ row, column }: LaidFigure, message: string): void {
    this.#result.faultCount++
    if (this.#result.faults.length >= faultsKept) return
    let name = this.#names.get(column)
    if (name === undefined) this.#names.set(column, (name = columnName(this.#sheet, this.#mapping, column)))
    this.#result.faults.push({ line: row, column: name, message })
  }

  #take(figure: LaidFigure): void {
    const measure = this.#measureOf(figure)
    const breakdown = this.#breakdownOf(figure)
    if (measure === null || breakdown === null) {
      this.#result.passedOver++
      return
    }
    if (measure === undefined || breakdown === undefined) return
    const value = this.#valueOf(figure, measure)
    if (value === null) {
      this.#result.passedOver++
      return
    }
    const period = this.#periodOf(figure, measure)
    const more = this.#moreOf(figure, measure)
    if (value === undefined || period === undefined || more === undefined) return
    this.#keep(figure, { ...more, measure: measure.reference, period: periodText(period), value, breakdown }, period)
  }

  /** The measure meant; null where its rows are left out, undefined where it is a fault. */
  #measureOf(figure: LaidFigure): KnownMeasure | null | undefined {
    const { measure, measures } = this.#mapping
    const label = figure.measure
    const reference =
      label === '' ? (measure ?? undefined) : Object.hasOwn(measures, label) ? measures[label] : undefined
    if (reference === null) return null
    const found = reference === undefined ? undefined : this.#measures.get(reference)
    if (found === undefined) {
      this.#fault(figure, label === '' ? 'Nothing here says which measure the figure is of.' : mapWords.measure(label))
    }
    return found
  }

  #breakdownOf(figure: LaidFigure): string | null | undefined {
    const { breakdowns } = this.#mapping
    if (figure.breakdown === '') return ''
    const name = Object.hasOwn(breakdowns, figure.breakdown) ? breakdowns[figure.breakdown] : undefined
    if (name === undefined) this.#fault(figure, mapWords.breakdown(figure.breakdown))
    return name
  }

  /** The figure as the plain form writes it; null where the cell says nothing, undefined where it is a fault. */
  #valueOf(figure: LaidFigure, measure: KnownMeasure): string | null | undefined {
    const read = readFigure(figure.cell, measure.unit, this.#mapping.figures)
    if ('value' in read) return read.value
    if ('nothing' in read) return null
    this.#fault(
      figure,
      'fault' in read ? this.#valueFault(figure, measure, read.fault) : mapWords.notSaid(cellText(figure.cell)),
    )
    return undefined
  }

  /** A period where a figure should be, and a figure where a period should be, have changed places. */
  #valueFault(figure: LaidFigure, measure: KnownMeasure, fault: string): string {
    const text = cellText(figure.cell)
    const read = readPeriodText(text, measure.frequency, this.#mapping.periods)
    return 'start' in read || ('ask' in read && read.ask !== 'year') ? mapWords.swapped(text) : fault
  }

  #periodOf(figure: LaidFigure, measure: KnownMeasure): Period | undefined {
    const text = figure.period === '' ? (this.#mapping.period ?? '') : figure.period
    const key = `${measure.frequency} ${text}`
    let read = this.#periods.get(key)
    if (read === undefined) {
      this.#periods.set(key, (read = readPeriodText(text, measure.frequency, this.#mapping.periods)))
    }
    if ('start' in read) return read
    const { adverb } = frequencyWords[measure.frequency]
    this.#fault(figure, 'fault' in read ? read.fault : mapWords.periodNotSaid(text, adverb))
    return undefined
  }

  #moreOf(figure: LaidFigure, measure: KnownMeasure) {
    const numerator = this.#plain(figure, figure.numerator, 'numerator')
    const denominator = this.#plain(figure, figure.denominator, 'denominator')
    const status = figure.status === '' ? this.#mapping.status : figure.status.toLowerCase()
    if (readStatus(status) === undefined) this.#fault(figure, mapWords.status(figure.status))
    const asAt = this.#dayOf(figure)
    if (numerator === undefined || denominator === undefined || asAt === undefined) return undefined
    if (readStatus(status) === undefined) return undefined
    const source = figure.source === measure.source ? '' : figure.source
    return { numerator, denominator, status, asAt, source }
  }

  #plain(figure: LaidFigure, cell: Cell, what: string): string | undefined {
    if (cell === null) return ''
    const choices = { ...noFigureChoices, comma: this.#mapping.figures.comma }
    const read = readFigure(cell, 'count', choices)
    if ('value' in read) return read.value
    this.#fault(figure, mapWords.noPart(cellText(cell), what))
    return undefined
  }

  #dayOf(figure: LaidFigure): string | undefined {
    if (figure.asAt === '') return this.#mapping.asAt ?? ''
    const read = readPeriodText(figure.asAt, 'day', this.#mapping.periods)
    if ('start' in read) return read.start.toString()
    this.#fault(figure, mapWords.asAt(figure.asAt))
    return undefined
  }

  /** Keeps a figure unless the same series and period has one already: the same again passes, another does not. */
  #keep(figure: LaidFigure, told: Omit<MappedRow, 'row' | 'column'>, period: Period): void {
    const made: MappedRow = { ...told, row: figure.row, column: figure.column }
    const key = [told.measure, told.period, told.breakdown, told.source].join('\u0000')
    const first = this.#seen.get(key)
    if (first === undefined) {
      this.#seen.set(key, made)
      this.#result.rows.push(made)
    } else if (first.value === made.value) this.#result.passedOver++
    else this.#fault(figure, mapWords.twice(periodInWords(period), first, made))
  }
}

const shown = (value: string) => (value === '' ? 'no figure' : value)

const mapWords = {
  measure: (label: string) => `It is not said which measure “${label}” is.`,
  breakdown: (label: string) => `It is not said which part of the area “${label}” is.`,
  notSaid: (text: string) => `It is not said what “${text}” means.`,
  swapped: (text: string) => `“${text}” is a period and no figure. Have two columns changed places?`,
  periodNotSaid: (text: string, adverb: string) =>
    `It is not said which period “${text}” is of a measure that is measured ${adverb}.`,
  status: (text: string) => `“${text}” is not a status: write provisional, revised, final or withdrawn.`,
  noPart: (text: string, what: string) => `“${text}” is not a figure for the ${what}: write digits alone.`,
  asAt: (text: string) => `“${text}” is not a day: write it like 2018-04-01.`,
  twice: (period: string, first: MappedRow, second: MappedRow) =>
    `${period} has ${shown(second.value)} here and ${shown(first.value)} in cell ${columnLetter(first.column)}${String(first.row)}, of the same measure and part. Keep the one that is right, or leave one of the two out.`,
}

const columns = [
  'measure',
  'period',
  'value',
  'breakdown',
  'numerator',
  'denominator',
  'status',
  'as_at',
  'source',
] as const

/** The rows in the plain long form that the loader reads; one line each, in their order, below the header. */
export function longForm(rows: readonly MappedRow[]): string {
  const lines = rows.map(row =>
    [
      row.measure,
      row.period,
      row.value,
      row.breakdown,
      row.numerator,
      row.denominator,
      row.status,
      row.asAt,
      row.source,
    ]
      .map(quoted)
      .join(','),
  )
  return `${[columns.join(','), ...lines].join('\n')}\n`
}

const quoted = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
