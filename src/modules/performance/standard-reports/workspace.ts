import { z } from 'zod'
import { Refusal } from '../../../platform/refusals.ts'
import { type FieldFault, optionalId, readForm } from '../../../platform/web/form.ts'
import type { ActionModel } from '../../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { findMeasures } from '../queries.ts'
import { chooseMeasure } from './choose-measure.ts'
import { heldReport } from './held-reports.ts'
import { reportPaths } from './paths.ts'
import { reportCsv } from './report-csv.ts'
import { reportModel } from './report-page.ts'
import { type Chooser, chosenLines } from './report-queries.ts'
import { findReport, lineObstacle, standardReports } from './reports.ts'
import type { StandardReport } from './reports.ts'

const mayChoose = 'performance.set-up'

export const standardReportRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/performance/reports', permission: 'performance.read', handler: showReports },
  { method: 'GET', path: '/performance/reports/:name', permission: 'performance.read', handler: showReport },
  { method: 'GET', path: '/performance/reports/:name/measures', permission: mayChoose, handler: askMeasures },
  { method: 'POST', path: '/performance/reports/:name/measures', permission: mayChoose, handler: doChoose },
]

const breadcrumbs = [
  { text: 'Performance', href: '/workspace/performance/measures' },
  { text: 'Reports people know', href: reportPaths.all },
]

const chooserOf = ({ viewer }: WorkspaceContext): Chooser => ({
  areaId: viewer.area.id,
  organisationId: viewer.organisation.id,
})

/** The reports people know, each with how many of its lines have a measure. */
async function showReports(context: WorkspaceContext): Promise<Answer> {
  const chosen = await chosenLines(context.trx, chooserOf(context))
  return page('modules/performance/standard-reports/views/reports.njk', {
    title: 'Reports people know',
    breadcrumbs: breadcrumbs.slice(0, 1),
    reports: standardReports.map(report => ({
      title: report.title,
      href: reportPaths.report(report.name),
      introduction: report.introduction,
      set: chosen.filter(each => each.report === report.name).length,
      lines: report.lines.length,
    })),
  })
}

/** One report; with `.csv` after its name, its figures. */
async function showReport(context: WorkspaceContext): Promise<Answer> {
  const [, name = '', csv] = /^(.*?)(\.csv)?$/.exec(context.params['name'] ?? '') ?? []
  const report = findReport(name)
  if (report === undefined) return notFound()
  const measures = await heldReport(context.trx, chooserOf(context), report)
  if (csv !== undefined) return reportCsv(report, measures, { fileName: report.name, banner: null })
  const actions: ActionModel[] = context.may(mayChoose)
    ? [{ text: 'Choose its measures', href: reportPaths.choose(report.name) }]
    : []
  return page('modules/performance/standard-reports/views/report.njk', {
    ...reportModel(report, measures, reportPaths.report),
    breadcrumbs,
    actions,
    downloads: { csv: `${reportPaths.report(report.name)}.csv` },
  })
}

/** The settings page of a report: which measure stands in each of its lines. */
async function askMeasures(context: WorkspaceContext): Promise<Answer> {
  const report = findReport(context.params['name'] ?? '')
  if (report === undefined) return notFound()
  const chosen = await chosenLines(context.trx, chooserOf(context))
  const own = chosen.filter(each => each.report === report.name)
  return choosePage(context, report, Object.fromEntries(own.map(each => [each.line, each.measureId])), [])
}

const ask = 'Choose a measure from the list'

async function doChoose(context: WorkspaceContext): Promise<Answer> {
  const report = findReport(context.params['name'] ?? '')
  if (report === undefined) return notFound()
  const form = z.object(Object.fromEntries(report.lines.map(line => [line.key, optionalId(ask)])))
  const read = readForm(form, context.fields)
  if (!read.ok) return choosePage(context, report, context.fields, read.errors)
  const measures = await findMeasures(context.trx, context.viewer.area.id)
  const faults = report.lines.flatMap((line): FieldFault[] => {
    const id = read.value[line.key] ?? null
    const measure = measures.find(each => each.id === id)
    if (id !== null && measure === undefined) return [{ field: line.key, message: ask }]
    const obstacle = measure === undefined ? null : lineObstacle(line, measure)
    return measure === undefined || obstacle === null
      ? []
      : [{ field: line.key, message: `“${measure.title}” cannot stand here. ${obstacle}` }]
  })
  if (faults.length > 0) return choosePage(context, report, context.fields, faults)
  try {
    for (const { key } of report.lines) {
      const choice = { report: report.name, line: key, measureId: read.value[key] ?? null }
      await chooseMeasure(context.trx, context, context.viewer.area.id, choice)
    }
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    return choosePage(context, report, context.fields, [], refusal.reasons)
  }
  return redirect(reportPaths.report(report.name), 'Saved. The public page follows when the measures are published.')
}

async function choosePage(
  context: WorkspaceContext,
  report: StandardReport,
  fields: FormFields,
  faults: readonly FieldFault[],
  refusals: readonly string[] = [],
): Promise<Answer> {
  const measures = await findMeasures(context.trx, context.viewer.area.id)
  const model = {
    title: `Measures of the report “${report.title}”`,
    back: { text: 'Back', href: reportPaths.report(report.name) },
    form: { action: reportPaths.choose(report.name), fields, faults, refusals },
    lines: report.lines.map(line => ({
      ...{ key: line.key, word: line.word, definition: line.definition },
      options: measures
        .filter(each => lineObstacle(line, each) === null)
        .map(each => ({ value: each.id, text: `${each.title} (${each.reference})` })),
    })),
  }
  const view = 'modules/performance/standard-reports/views/choose-measures.njk'
  return page(view, model, faults.length + refusals.length > 0 ? 422 : 200)
}
