import { writeCsv } from '../../../platform/web/csv.ts'
import type { CsvCell } from '../../../platform/web/csv.ts'
import type { Answer } from '../../../platform/web/route.ts'
import { wilsonInterval } from '../analysis/proportions.ts'
import type { ReportFigure, ReportMeasure } from './report-measure.ts'
import type { ReportLine, StandardReport } from './reports.ts'

const columns = [
  ...['report', 'line', 'measure', 'reference', 'basis', 'dimension', 'breakdown', 'period', 'value', 'unit'],
  ...['numerator', 'denominator', 'interval_lower', 'interval_upper', 'status', 'as_at', 'mark'],
] as const

/** What a download says besides its rows. */
export interface CsvParts {
  /** Of the file, without its ending. */
  fileName: string
  /** The sentence on every page of a demonstration or historical area. */
  banner: string | null
}

/** Every figure of a report's measures, a row each, with what kind of figure it is. */
export function reportCsv(
  report: StandardReport,
  measures: ReadonlyMap<string, ReportMeasure>,
  { fileName, banner }: CsvParts,
): Answer {
  const rows = report.lines.flatMap(line => {
    const measure = measures.get(line.key)
    return measure === undefined ? [] : rowsOf(report, line, measure)
  })
  return {
    type: 'content',
    mediaType: 'text/csv; charset=utf-8',
    body: writeCsv(
      banner === null ? columns : [...columns, 'note'],
      banner === null ? rows : rows.map(row => [...row, banner]),
    ),
    fileName: `${fileName}.csv`,
  }
}

function rowsOf(report: StandardReport, line: ReportLine, measure: ReportMeasure): CsvCell[][] {
  const { title, reference, facts, series } = measure
  const dimensionOf = (breakdown: string) => facts.dimensions.find(each => each.parts.includes(breakdown))?.name ?? ''
  return [...series].flatMap(([breakdown, figures]) =>
    figures.map(figure => [
      ...[report.title, line.word, title, reference, facts.basis, dimensionOf(breakdown), breakdown, figure.period],
      ...[figure.value, facts.unit, figure.numerator, figure.denominator, ...intervalOf(line, figure)],
      ...[figure.status === 'not-stated' ? '' : figure.status, figure.asAt, figure.mark],
    ]),
  )
}

function intervalOf({ sampled }: ReportLine, { numerator, denominator }: ReportFigure): [CsvCell, CsvCell] {
  const usable = sampled === true && numerator !== null && denominator !== null && denominator >= 1
  if (!usable || numerator > denominator) return [null, null]
  const [lower, upper] = wilsonInterval(numerator, denominator)
  return [Number((100 * lower).toFixed(2)), Number((100 * upper).toFixed(2))]
}
