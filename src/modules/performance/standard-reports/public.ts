import type { Answer, PublicContext, PublicRoute } from '../../../platform/web/route.ts'
import { notFound, page } from '../../../platform/web/route.ts'
import { reportPaths } from './paths.ts'
import { publishedLines, publishedReport } from './published-reports.ts'
import { reportCsv } from './report-csv.ts'
import { reportModel } from './report-page.ts'
import { findReport, standardReports } from './reports.ts'

/** These come before the page of a measure, whose address would else take them for one. */
export const publicReportRoutes: readonly PublicRoute[] = [
  { path: '/performance/reports', handler: showReports },
  { path: '/performance/reports/:name', handler: showReport },
]

const breadcrumbs = ({ area }: PublicContext) => [
  { text: area.name, href: `/${area.slug}/` },
  { text: 'Performance', href: `/${area.slug}/performance` },
]

/** The reports of which at least one line is published. */
async function showReports(context: PublicContext): Promise<Answer> {
  const lines = [...(await publishedLines(context))]
  const shown = standardReports.filter(({ name }) => lines.some(line => line.startsWith(`${name}.`)))
  return page('modules/performance/standard-reports/views/public-reports.njk', {
    title: 'Reports people know',
    breadcrumbs: breadcrumbs(context),
    reports: shown.map(report => ({
      title: report.title,
      introduction: report.introduction,
      href: reportPaths.publicReport(context.area.slug, report.name),
    })),
  })
}

/** One report from what is published; with `.csv` after its name, its figures. */
async function showReport(context: PublicContext): Promise<Answer> {
  const [, name = '', csv] = /^(.*?)(\.csv)?$/.exec(context.params['name'] ?? '') ?? []
  const report = findReport(name)
  if (report === undefined) return notFound()
  const { area } = context
  const measures = await publishedReport(context, report)
  if (csv !== undefined) {
    return reportCsv(report, measures, { fileName: `${area.slug}-${report.name}`, banner: area.banner })
  }
  const downloads = { csv: `${reportPaths.publicReport(area.slug, report.name)}.csv` }
  const lines = await publishedLines(context)
  const model = reportModel(report, measures, each => reportPaths.publicReport(area.slug, each))
  return page('modules/performance/standard-reports/views/public-report.njk', {
    ...model,
    others: model.others.filter(({ href }) => [...lines].some(line => href.endsWith(`/${line.split('.')[0] ?? ''}`))),
    breadcrumbs: [...breadcrumbs(context), { text: 'Reports people know', href: reportPaths.publicAll(area.slug) }],
    downloads: measures.size === 0 ? null : downloads,
  })
}
