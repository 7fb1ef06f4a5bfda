import type { PublicContext } from '../../../platform/web/route.ts'
import { allEntries, atAddress } from '../../../record/published.ts'
import type { PublicEntry } from '../../../record/register.ts'
import { measureKind } from '../kinds.ts'
import type { PageSeries } from '../measures/measure-page.ts'
import { chartOfSeries, type PrintedMeasure } from '../measures/series-chart.ts'
import type { FigureData } from '../measures/series-view.ts'
import { latestPart } from './report-measure.ts'
import type { ReportFigure, ReportMeasure, ReportMeasureFacts } from './report-measure.ts'
import type { StandardReport } from './reports.ts'

/** What of a published measure its report reads. */
interface PublishedBody {
  standardReport?: { lines: readonly string[]; facts: ReportMeasureFacts } | null
  printed?: PrintedMeasure
  series?: readonly PageSeries[]
}

/** The fact of a published measure that names the lines it stands in. */
export const linesFact = 'reportLines'

/** The lines that published measures of an area stand in, as `report.line`. */
export async function publishedLines(context: PublicContext): Promise<Set<string>> {
  return new Set((await measuresInReports(context)).flatMap(linesOf))
}

async function measuresInReports({ db, area, asOf }: PublicContext): Promise<PublicEntry[]> {
  const entries = await allEntries(db, [area.id], measureKind.kind, asOf)
  return entries.filter(entry => linesOf(entry).length > 0)
}

function linesOf(entry: PublicEntry): string[] {
  const facts: Readonly<Record<string, unknown>> = { ...entry.facts }
  const lines = facts[linesFact]
  return typeof lines === 'string' ? lines.split(' ') : []
}

/** The published measures that stand in the lines of a report, by line: what the public is shown, and nothing else. */
export async function publishedReport(
  context: PublicContext,
  report: StandardReport,
): Promise<Map<string, ReportMeasure>> {
  const lines = new Map<string, ReportMeasure>()
  const begin = `${report.name}.`
  for (const entry of await measuresInReports(context)) {
    const own = linesOf(entry).filter(line => line.startsWith(begin))
    const measure = own.length === 0 ? null : await publishedMeasure(context, entry)
    if (measure === null) continue
    for (const line of own) lines.set(line.slice(begin.length), lines.get(line.slice(begin.length)) ?? measure)
  }
  return lines
}

async function publishedMeasure(context: PublicContext, entry: PublicEntry): Promise<ReportMeasure | null> {
  const { db, area, asOf } = context
  const at = await atAddress(db, area.id, entry.address, asOf)
  if (at.found !== 'record') return null
  const { standardReport, printed, series = [] }: PublishedBody = at.snapshot.body
  if (standardReport == null || printed === undefined) return null
  const [first] = series.toSorted((a, b) => a.source.localeCompare(b.source, 'en-GB'))
  const own = series.filter(each => each.source === first?.source)
  const whole = own.find(each => each.breakdown === '')
  return {
    title: entry.title,
    reference: entry.reference,
    href: `/${area.slug}/${entry.address}`,
    facts: standardReport.facts,
    series: new Map(own.map(({ breakdown, figures }) => [breakdown, figures.map(reportFigure)])),
    chart:
      whole === undefined ? null : await chartOfSeries(printed, whole, latestPart(whole.figures.length), 'figures'),
    inside: false,
  }
}

function reportFigure(figure: FigureData): ReportFigure {
  const { period, words, value, mark, numerator, denominator, status, asAt } = figure
  return { period, words, value, mark, numerator, denominator, status, asAt }
}
