import type { KnownMeasure } from '../check-rows.ts'
import { type FigureChoices, readFigure } from './figure-spellings.ts'
import { cellText, type Sheet } from './grid.ts'
import { headingOf, type LaidFigure, layOutSheet, type LeftOut } from './layout.ts'
import type { Mapping } from './mapping.ts'
import { type PeriodQuestion, readPeriodText } from './period-spellings.ts'

/** A question about spellings, with what was met first that raises it. */
export interface Asked<Name extends string> {
  name: Name
  example: string
  count: number
}

type FigureQuestionName = Exclude<keyof FigureChoices, 'marks'>

/** What a sheet holds under a layout, and what must be said before it can be read. */
export interface Survey {
  figures: number
  /** Of every column, joined where they stand in several rows. */
  headings: string[]
  /** Labels with how often each is met, most frequent first. */
  measureLabels: Asked<string>[]
  breakdownLabels: Asked<string>[]
  /** Whether no label says which measure, or which period, the figures are of. */
  noMeasure: boolean
  noPeriod: boolean
  periods: Asked<PeriodQuestion>[]
  figuresAsked: Asked<FigureQuestionName>[]
  /** Marks instead of figures that nothing was said of. */
  marks: Asked<string>[]
  /** Of percentages that carry no sign: the least and the greatest. */
  percentages: { least: number; most: number } | null
  leftOut: LeftOut[]
  hidden: boolean
}

/**
 * Looks through a sheet for what has to be said about it. Questions are asked of what the labels are said to mean so
 * far, so that a period is asked about only as far as the measure's frequency leaves it open.
 *
 * @param afresh every question of spelling is asked, whatever was answered before
 */
export function surveySheet(sheet: Sheet, mapping: Mapping, measures: readonly KnownMeasure[], afresh = false): Survey {
  const { figures, leftOut } = layOutSheet(sheet, mapping)
  const byReference = new Map(measures.map(measure => [measure.reference, measure]))
  const tallies = new Tallies()
  const asked = afresh ? { ...mapping, periods: unsaidPeriods, figures: unsaidFigures } : mapping
  let percentages: Survey['percentages'] = null
  for (const figure of figures) {
    tallies.labels(figure)
    const reference = figure.measure === '' ? mapping.measure : mapping.measures[figure.measure]
    const measure = byReference.get(reference ?? '')
    if (measure === undefined) continue
    tallies.period(figure, measure, asked)
    tallies.figure(figure, measure, asked)
    if (measure.unit === 'percent') percentages = widened(percentages, figure)
  }
  return {
    figures: figures.length,
    headings: mapping.columns.map((_, i) => headingOf(sheet, mapping.headings, i + 1)),
    ...tallies.lists(),
    noMeasure: figures.some(figure => figure.measure === ''),
    noPeriod: figures.some(figure => figure.period === ''),
    percentages,
    leftOut,
    hidden: sheet.hiddenRows.length + sheet.hiddenColumns.length > 0,
  }
}

const unsaidPeriods: Mapping['periods'] = { quarter: null, month: null, year: null, date: null, week: null }
const unsaidFigures: Mapping['figures'] = {
  ...{ comma: null, percentages: null, pounds: null, brackets: null, blank: null },
  marks: {},
}

function widened(range: Survey['percentages'], { cell }: LaidFigure): Survey['percentages'] {
  const value = typeof cell === 'number' ? cell : typeof cell === 'string' ? Number(cell) : Number.NaN
  if (!Number.isFinite(value) || cell === '') return range
  return range === null
    ? { least: value, most: value }
    : { least: Math.min(range.least, value), most: Math.max(range.most, value) }
}

class Tallies {
  readonly #measures = new Map<string, Asked<string>>()
  readonly #breakdowns = new Map<string, Asked<string>>()
  readonly #marks = new Map<string, Asked<string>>()
  readonly #periods = new Map<PeriodQuestion, Asked<PeriodQuestion>>()
  readonly #figures = new Map<FigureQuestionName, Asked<FigureQuestionName>>()
  readonly #known = new Set<string>()

  labels({ measure, breakdown }: LaidFigure): void {
    if (measure !== '') tally(this.#measures, measure, measure)
    if (breakdown !== '') tally(this.#breakdowns, breakdown, breakdown)
  }

  period(figure: LaidFigure, measure: KnownMeasure, { periods, period }: Mapping): void {
    const text = figure.period === '' ? (period ?? '') : figure.period
    const key = `${measure.frequency} ${text}`
    if (this.#known.has(key)) return
    this.#known.add(key)
    const read = readPeriodText(text, measure.frequency, periods)
    if ('ask' in read) tally(this.#periods, read.ask, text)
  }

  figure({ cell }: LaidFigure, { unit }: KnownMeasure, { figures }: Mapping): void {
    const read = readFigure(cell, unit, figures)
    if (!('ask' in read)) return
    if (typeof read.ask === 'string') tally(this.#figures, read.ask, cellText(cell))
    else tally(this.#marks, read.ask.mark, read.ask.mark)
  }

  lists() {
    return {
      measureLabels: sorted(this.#measures),
      breakdownLabels: sorted(this.#breakdowns),
      marks: sorted(this.#marks),
      periods: sorted(this.#periods),
      figuresAsked: sorted(this.#figures),
    }
  }
}

function tally<Name extends string>(tallies: Map<Name, Asked<Name>>, name: Name, example: string): void {
  const known = tallies.get(name)
  if (known === undefined) tallies.set(name, { name, example, count: 1 })
  else known.count++
}

function sorted<Name extends string>(tallies: ReadonlyMap<Name, Asked<Name>>): Asked<Name>[] {
  return [...tallies.values()].slice(0, mostAsked)
}

/** Labels and marks that are asked about at most: a column of more is no column of labels. */
export const mostAsked = 400
