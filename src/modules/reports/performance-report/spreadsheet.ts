import ExcelJS from 'exceljs'
import { measuresOf, openingSentence, type ReportContent } from './content.ts'
import { standingWords } from './words.ts'

type Cell = string | number | null

/**
 * The report as a spreadsheet, made in a thread of its own: the summary, one row a measure, one a question, what
 * changed, and every figure.
 */
export async function makeSpreadsheet(content: ReportContent): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  book.title = content.title
  book.creator = content.organisation
  addSheet(book, 'Summary', [content.title], summaryRows(content))
  addSheet(book, 'Measures', measureColumns, measureRows(content))
  addSheet(
    book,
    'Exceptions',
    ['Measure', 'Exception', 'Judged', 'What was done', 'Explanation'],
    exceptionRows(content),
  )
  addSheet(
    book,
    'Asked and answered',
    ['Measure', 'Reference', 'Question', 'State', 'What came of it'],
    askedRows(content),
  )
  addSheet(book, 'Figures', figureColumns, figureRows(content))
  return new Uint8Array(await book.xlsx.writeBuffer())
}

function addSheet(book: ExcelJS.Workbook, name: string, columns: readonly string[], rows: readonly Cell[][]): void {
  const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.addRow([...columns]).font = { bold: true }
  for (const row of rows) sheet.addRow(row)
  sheet.columns.forEach((column, at) => {
    const longest = Math.max(...[columns[at] ?? '', ...rows.map(row => row[at] ?? '')].map(cell => String(cell).length))
    column.width = Math.min(60, Math.max(12, longest + 2))
    column.alignment = { wrapText: true, vertical: 'top' }
  })
}

function summaryRows(content: ReportContent): Cell[][] {
  const opening = openingSentence(content)
  return [
    [`By ${content.organisation}. Period: ${content.period.words}.`],
    ...(content.asAt === null ? [] : [[`Figures correct as of ${content.asAt}.`]]),
    [opening],
    ...content.summary.filter(text => text !== opening).map(text => [text]),
    ...(content.changes === null
      ? []
      : [[`What changed since ${content.changes.since}`], ...content.changes.lines.map(line => [line])]),
  ]
}

const measureColumns = ['Objective', 'Reference', 'Measure', 'Latest', 'Period', 'Change on the year before'].concat(
  'What the rules say',
  'Definition',
  'Source',
)

function measureRows({ objectives }: ReportContent): Cell[][] {
  return objectives.flatMap(({ title, measures }) =>
    measures.map(measure => [
      ...[title, measure.reference, measure.title, measure.latest, measure.latestPeriod, measure.change],
      ...[standingWords[measure.standing].word, measure.definition, measure.source],
    ]),
  )
}

function exceptionRows(content: ReportContent): Cell[][] {
  return measuresOf(content).flatMap(measure =>
    measure.exceptions.map(each => [measure.title, each.text, each.judgement, each.life, each.explanation]),
  )
}

function askedRows(content: ReportContent): Cell[][] {
  return measuresOf(content).flatMap(measure =>
    measure.asked.map(question => [
      ...[measure.title, question.reference, question.title, question.state],
      question.outcomes.join(' '),
    ]),
  )
}

const figureColumns = ['Measure', 'Breakdown', 'Period', 'Figure', 'Mark', 'Numerator', 'Denominator'].concat(
  'Status',
  'As at',
  'What the rules say',
)

function figureRows(content: ReportContent): Cell[][] {
  return measuresOf(content).flatMap(measure =>
    measure.figures.map(figure => [
      ...[measure.title, figure.breakdown, figure.period, figure.value, figure.mark, figure.numerator],
      ...[figure.denominator, figure.status, figure.asAt, figure.signals],
    ]),
  )
}
