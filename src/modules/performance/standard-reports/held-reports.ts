import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import { breaksFor, breaksOf } from '../breaks/breaks-queries.ts'
import { paths } from '../paths.ts'
import type { Measure } from '../measure.ts'
import { dimensionsOf } from '../measures/breakdowns/breakdown-queries.ts'
import type { Dimension } from '../measures/breakdowns/breakdown-queries.ts'
import { placed } from '../measures/breakdowns/breakdown-tree.ts'
import { chartOfSeries } from '../measures/series-chart.ts'
import { viewSeries } from '../measures/series-view.ts'
import { periodInWords, periodText } from '../period.ts'
import { figuresOf, findMeasures, type Series, seriesOf } from '../queries.ts'
import type { Figure } from '../series-data.ts'
import { latestPart } from './report-measure.ts'
import type { ReportFigure, ReportMeasure, ReportMeasureFacts } from './report-measure.ts'
import { type Chooser, chosenLines, linesOfMeasure } from './report-queries.ts'
import type { StandardReport } from './reports.ts'

/** The measures that an organisation chose for the lines of a report, with their true figures, by line. */
export async function heldReport(
  trx: Trx,
  chooser: Chooser,
  report: StandardReport,
): Promise<Map<string, ReportMeasure>> {
  const chosen = (await chosenLines(trx, chooser)).filter(each => each.report === report.name)
  const ids = chosen.map(each => each.measureId)
  const measures = await findMeasures(trx, chooser.areaId, ids)
  const series = await seriesOf(trx, chooser.areaId, ids)
  const figures = await figuresOf(
    trx,
    series.map(each => each.id),
  )
  const dimensions = await dimensionsOf(trx, chooser.areaId, ids)
  const lines = new Map<string, ReportMeasure>()
  for (const { line, measureId } of chosen) {
    const measure = measures.find(each => each.id === measureId)
    if (measure === undefined) continue
    const own = oneSource(series.filter(each => each.measure_id === measureId))
    lines.set(line, await heldMeasure(trx, measure, own, figures, dimensions.get(measureId) ?? []))
  }
  return lines
}

/** The measure's own source speaks; where it has none, the first of the others. */
function oneSource(series: readonly Series[]): Series[] {
  const [first] = series.toSorted((a, b) => a.source.localeCompare(b.source, 'en-GB'))
  return series.filter(each => each.source === first?.source)
}

async function heldMeasure(
  trx: Trx,
  measure: Measure,
  series: readonly Series[],
  figures: ReadonlyMap<number, readonly Figure[]>,
  dimensions: readonly Dimension[],
): Promise<ReportMeasure> {
  const whole = series.find(each => each.breakdown === '')
  return {
    title: measure.title,
    reference: measure.reference,
    href: paths.measure(measure.id),
    facts: factsOf(measure, dimensions),
    series: new Map(series.map(each => [each.breakdown, (figures.get(each.id) ?? []).map(reportFigure)])),
    chart: whole === undefined ? null : await chartOf(trx, measure, whole, figures.get(whole.id) ?? []),
    inside: true,
  }
}

async function chartOf(
  trx: Trx,
  measure: Measure,
  whole: Series,
  figures: readonly Figure[],
): Promise<ReportMeasure['chart']> {
  const breaks = (await breaksOf(trx, measure.areaId, [measure.id])).get(measure.id)
  const view = await viewSeries(measure, whole, figures, breaksFor(breaks, ''))
  return chartOfSeries(measure, view, latestPart(view.figures.length), 'figures')
}

function reportFigure({ period, value, mark, numerator, denominator, status, asAt }: Figure): ReportFigure {
  return {
    ...{ period: periodText(period), words: periodInWords(period), value, mark, numerator, denominator, status },
    asAt: asAt?.toString() ?? null,
  }
}

function factsOf(measure: Measure, dimensions: readonly Dimension[]): ReportMeasureFacts {
  const { unit, kind, decimals, basis, per, frequency, definition, source, disclosure } = measure
  return {
    ...{ unit, kind, decimals, basis, per, frequency, definition, source, disclosure },
    dimensions: dimensions.map(({ name, adding, breakdowns }) => ({
      ...{ name, adding },
      parts: placed(breakdowns).map(part => part.name),
    })),
  }
}

/**
 * What of a measure is frozen with it when it is published, so that the public pages of the reports may be made of
 * what is published alone; null where it stands in no report.
 */
export async function standardReportFacts(
  trx: Trx,
  key: RecordKey,
): Promise<{ lines: readonly string[]; facts: ReportMeasureFacts } | null> {
  const lines = await linesOfMeasure(trx, key)
  const [measure] = lines.length === 0 ? [] : await findMeasures(trx, key.areaId, [key.id])
  if (measure === undefined) return null
  const dimensions = await dimensionsOf(trx, key.areaId, [key.id])
  return { lines, facts: factsOf(measure, dimensions.get(key.id) ?? []) }
}
