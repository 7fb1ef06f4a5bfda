import type { CellModel, ColumnModel, RowModel } from '../../../platform/web/patterns.ts'
import { wilsonInterval } from '../analysis/proportions.ts'
import { figureText, markInWords } from '../figures.ts'
import { yearChange } from '../overview/change-words.ts'
import { parsePeriod, periodInWords, periodText } from '../period.ts'
import { figureAt, isSmall, latestFigure } from './report-measure.ts'
import type { ReportDimension, ReportFigure, ReportMeasure } from './report-measure.ts'
import type { ReportLine } from './reports.ts'
import { reportWords as words } from './words.ts'

/** A table of a report, as the table pattern prints it. */
export interface ReportTable {
  caption: string
  columns: readonly ColumnModel[]
  rows: readonly RowModel[]
  notes: readonly string[]
}

/** How many periods a table of shares goes back: a year and the same period of the year before. */
const sharePeriods = 13

/** The tables of a line, by the form it has. Pure. */
export function tablesOf(line: ReportLine, measure: ReportMeasure): ReportTable[] {
  const latest = latestFigure(measure)
  if (latest === null) return []
  switch (line.form) {
    case 'stock':
    case 'flow':
      return overTime(measure, latest)
    case 'parts':
      return measure.facts.dimensions.map(dimension => partsTable(measure, dimension, latest))
    case 'share':
      return [sharesOverTime(line, measure), ...sharesOfParts(line, measure, latest)]
  }
}

const textCell = (text: string, hint = ''): CellModel => ({ type: 'text', text, ...(hint !== '' && { hint }) })

/** A figure with its unit, what stands in its place, or that the public does not see it. */
export function figureCell(measure: ReportMeasure, figure: ReportFigure): CellModel {
  if (figure.value === null) return textCell(markInWords(figure.mark))
  const provisional = figure.status === 'provisional' ? words.provisional : ''
  return textCell(figureText(figure.value, measure.facts), isSmall(measure, figure) ? words.hidden : provisional)
}

/** The period a year before, as it is written. */
export function yearBefore(period: string): string | null {
  const parsed = parsePeriod(period)
  return 'fault' in parsed ? null : periodText({ ...parsed, start: parsed.start.subtract({ years: 1 }) })
}

const inWords = (period: string): string => {
  const parsed = parsePeriod(period)
  return 'fault' in parsed ? period : periodInWords(parsed)
}

function overTime(measure: ReportMeasure, latest: ReportFigure): ReportTable[] {
  const dimensions = measure.facts.dimensions.filter(each => each.parts.some(part => measure.series.has(part)))
  const tables: (ReportDimension | null)[] = dimensions.length === 0 ? [null] : dimensions
  const before = yearBefore(latest.period) ?? ''
  return tables.map(dimension => ({
    caption: dimension === null ? measure.title : words.by(measure.title, dimension.name),
    columns: [
      { heading: dimension?.name ?? words.part },
      { heading: latest.words, numeric: true },
      { heading: inWords(before), numeric: true },
      { heading: words.change },
    ],
    rows: namesIn(measure, dimension).map(name => changeRow(measure, name, latest.period, before)),
    notes: [],
  }))
}

/** The whole, where it has figures, then the parts that have. */
function namesIn(measure: ReportMeasure, dimension: ReportDimension | null): string[] {
  return ['', ...(dimension?.parts ?? [])].filter(name => measure.series.has(name))
}

function changeRow(measure: ReportMeasure, name: string, period: string, before: string): RowModel {
  const [now, then] = [figureAt(measure, name, period), figureAt(measure, name, before)]
  const change = yearChange(measure.facts, now.value, then.value)
  return {
    cells: [
      textCell(name === '' ? words.all : name),
      figureCell(measure, now),
      figureCell(measure, then),
      textCell(change?.text ?? ''),
    ],
  }
}

function partsTable(measure: ReportMeasure, dimension: ReportDimension, latest: ReportFigure): ReportTable {
  const whole = figureAt(measure, '', latest.period)
  const shared = dimension.adding !== 'not' && whole.value !== null && whole.value > 0
  const rows = namesIn(measure, dimension).map(name =>
    partRow(measure, name, latest.period, shared ? whole.value : null),
  )
  return {
    caption: words.byIn(measure.title, dimension.name, latest.words),
    columns: [
      { heading: dimension.name },
      { heading: latest.words, numeric: true },
      ...(shared ? [{ heading: words.shareOf(figureText(whole.value ?? 0, measure.facts)), numeric: true }] : []),
    ],
    rows,
    notes: [
      ...(dimension.adding === 'several-answers' ? [words.severalAnswers] : []),
      ...hiddenNotes(measure, dimension, latest.period),
    ],
  }
}

function partRow(measure: ReportMeasure, name: string, period: string, whole: number | null): RowModel {
  const figure = figureAt(measure, name, period)
  const share = whole === null || figure.value === null ? null : (100 * figure.value) / whole
  return {
    cells: [
      textCell(name === '' ? words.all : name),
      figureCell(measure, figure),
      ...(whole === null ? [] : [textCell(share === null ? markInWords(figure.mark) : percent(share))]),
    ],
  }
}

const percent = (value: number): string => figureText(value, { unit: 'percent', decimals: 1 })

function hiddenNotes(measure: ReportMeasure, { parts }: ReportDimension, period: string): string[] {
  const { disclosure } = measure.facts
  const figures = parts.map(part => figureAt(measure, part, period))
  if (disclosure === null) return []
  if (measure.inside) return figures.some(figure => isSmall(measure, figure)) ? [words.smallInside(disclosure)] : []
  const hidden = figures.some(({ value, mark }) => value === null && mark === '[c]')
  return hidden ? [words.smallPublic(disclosure)] : []
}

function sharesOverTime(line: ReportLine, measure: ReportMeasure): ReportTable {
  const figures = (measure.series.get('') ?? []).slice(-sharePeriods).toReversed()
  return {
    caption: measure.title,
    columns: shareColumns(line, words.period),
    rows: figures.map(figure => ({ cells: [textCell(figure.words), ...shareCells(line, measure, figure)] })),
    notes: withoutBase(line, figures),
  }
}

function sharesOfParts(line: ReportLine, measure: ReportMeasure, latest: ReportFigure): ReportTable[] {
  return measure.facts.dimensions.flatMap(dimension => {
    const names = namesIn(measure, dimension).filter(name => name !== '')
    if (names.length === 0) return []
    const figures = names.map(name => ({ name, figure: figureAt(measure, name, latest.period) }))
    return [
      {
        caption: words.byIn(measure.title, dimension.name, latest.words),
        columns: shareColumns(line, dimension.name),
        rows: figures.map(({ name, figure }) => ({ cells: [textCell(name), ...shareCells(line, measure, figure)] })),
        notes: withoutBase(
          line,
          figures.map(({ figure }) => figure),
        ),
      },
    ]
  })
}

function shareColumns(line: ReportLine, first: string): ColumnModel[] {
  return [
    { heading: first },
    { heading: words.share, numeric: true },
    { heading: line.base ?? words.base, numeric: true },
    ...(line.sampled === true ? [{ heading: words.interval }] : []),
  ]
}

function shareCells(line: ReportLine, measure: ReportMeasure, figure: ReportFigure): CellModel[] {
  const base = figure.denominator
  return [
    figureCell(measure, figure),
    textCell(base === null ? words.notGiven : base.toLocaleString('en-GB')),
    ...(line.sampled === true ? [textCell(intervalText(figure, measure.facts.decimals) ?? '')] : []),
  ]
}

/** The interval of a share of those asked (Wilson 1927), in words; null where the number asked is not known. */
export function intervalText(figure: Pick<ReportFigure, 'numerator' | 'denominator'>, decimals: number): string | null {
  const { numerator, denominator } = figure
  if (numerator === null || denominator === null || denominator < 1 || numerator > denominator) return null
  const [lower, upper] = wilsonInterval(numerator, denominator)
  const text = (fraction: number) => figureText(100 * fraction, { unit: 'percent', decimals })
  return words.fromTo(text(lower), text(upper))
}

function withoutBase({ sampled }: ReportLine, figures: readonly ReportFigure[]): string[] {
  const missing = figures.some(({ value, denominator }) => value !== null && denominator === null)
  if (!missing) return []
  return [sampled === true ? words.noneAsked : words.noBase]
}
