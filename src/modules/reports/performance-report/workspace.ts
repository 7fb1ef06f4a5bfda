import { Refusal, StaleRecord } from '../../../platform/refusals.ts'
import { type FieldFault, readForm } from '../../../platform/web/form.ts'
import type { ActionModel } from '../../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { isIdentity } from '../../../record/records.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { measuresToReport, type Period, periodText } from '../../performance/index.ts'
import { measuresOf } from './content.ts'
import { contentOf, publishingObstacles, publishReport, startReport, writeReport, writingObstacles } from './deeds.ts'
import { makeFiles, mediaTypes, periodSlug } from './files.ts'
import { fieldsOf, newReportForm, remarkField, remarksIn, writeForm } from './forms.ts'
import { paths, performanceReportKind } from './kind.ts'
import { reportPageModel } from './page-model.ts'
import { findReport, type PerformanceReport } from './queries.ts'

const views = 'modules/reports/performance-report/views'
const read = 'reports.read-performance'
const write = 'reports.assemble'
const publish = 'reports.publish-performance'

export const performanceReportRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/reports/performance', permission: read, handler: showRegister },
  { method: 'GET', path: '/reports/performance/new', permission: write, handler: context => newPage(context, []) },
  { method: 'POST', path: '/reports/performance/new', permission: write, handler: doStart },
  { method: 'GET', path: '/reports/performance/:id', permission: read, handler: showReport },
  { method: 'GET', path: '/reports/performance/:id/write', permission: write, handler: askWrite },
  { method: 'POST', path: '/reports/performance/:id/write', permission: write, handler: doWrite },
  { method: 'GET', path: '/reports/performance/:id/draft.pdf', permission: read, handler: draftPdf },
  { method: 'GET', path: '/reports/performance/:id/draft.xlsx', permission: read, handler: draftSpreadsheet },
  { method: 'POST', path: '/reports/performance/:id/publish', permission: publish, handler: doPublish },
]

function showRegister(context: WorkspaceContext): Promise<Answer> {
  const actions: ActionModel[] = context.may(write)
    ? [{ text: 'Begin a performance report', href: `${paths.reports}/new` }]
    : []
  return workspaceRegisterPage(context, performanceReportKind, {
    address: paths.reports,
    actions,
    introduction: 'What stood out in the figures of a month or a quarter, what was asked and what was answered.',
    empty: 'Performance reports appear here when one is begun.',
  })
}

/** The quarter that ended last, which the next report is usually about. */
function lastQuarter(today: Temporal.PlainDate): Period {
  const month = today.month - ((today.month - 1) % 3)
  return { frequency: 'quarter', start: today.with({ month, day: 1 }).subtract({ months: 3 }) }
}

async function newPage(
  context: WorkspaceContext,
  faults: readonly FieldFault[],
  refusals: readonly string[] = [],
): Promise<Answer> {
  const offered = await measuresToReport(context.trx, context.viewer.area.id)
  const proposed = {
    title: 'Performance report',
    period: periodText(lastQuarter(context.today)),
    measures: offered.map(({ id }) => id),
  }
  const fields = Object.keys(context.fields).length > 0 ? context.fields : proposed
  const model = {
    title: 'Begin a performance report',
    back: { text: 'Back', href: paths.reports },
    form: { action: `${paths.reports}/new`, fields, faults, refusals },
    offered: offered.map(({ id, title }) => ({ value: id, text: title })),
  }
  return page(`${views}/new-report.njk`, model, faults.length + refusals.length > 0 ? 422 : 200)
}

async function doStart(context: WorkspaceContext): Promise<Answer> {
  const typed = readForm(newReportForm, context.fields)
  if (!typed.ok) return newPage(context, typed.errors)
  const made = { areaId: context.viewer.area.id, ...typed.value }
  try {
    const record = await startReport(context.trx, context, made)
    return redirect(paths.report(record.id), 'The report is begun. Read it, then write its summary.')
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault
    return newPage(context, [], fault.reasons)
  }
}

async function load({ trx, viewer, params }: WorkspaceContext): Promise<PerformanceReport | null> {
  const id = params['id'] ?? ''
  return isIdentity(id) ? findReport(trx, { areaId: viewer.area.id, id }) : null
}

async function showReport(context: WorkspaceContext): Promise<Answer> {
  const report = await load(context)
  return report === null ? notFound() : reportPage(context, report, [])
}

async function reportPage(
  context: WorkspaceContext,
  report: PerformanceReport,
  refusals: readonly string[],
): Promise<Answer> {
  const content = await contentOf(context.trx, context, report.head)
  const model = {
    title: report.head.title,
    breadcrumbs: [{ text: 'Performance reports', href: paths.reports }],
    record: await recordModel(context, report.head, {
      summary: [{ key: 'Period', value: { type: 'text', text: content.period.words } }],
      actions: actionsOf(context, report),
    }),
    refusals,
    draft: report.head.state === 'draft',
    ...reportPageModel(content),
  }
  return page(`${views}/report.njk`, model, refusals.length > 0 ? 422 : 200)
}

function actionsOf(context: WorkspaceContext, report: PerformanceReport): ActionModel[] {
  const here = paths.report(report.head.id)
  if (report.head.state !== 'draft') return []
  const reasons = publishingObstacles(report)
  const text = 'Publish with its figures'
  return [
    ...(context.may(write) ? [{ text: 'Write the summary and remarks', href: `${here}/write` }] : []),
    ...(context.may(publish)
      ? [reasons.length === 0 ? { text, post: `${here}/publish`, version: report.head.version } : { text, reasons }]
      : []),
    { text: 'Read the draft as a PDF', href: `${here}/draft.pdf` },
    { text: 'Open the draft as a spreadsheet', href: `${here}/draft.xlsx` },
  ]
}

async function askWrite(context: WorkspaceContext): Promise<Answer> {
  const report = await load(context)
  if (report === null) return notFound()
  return writePage(context, report, fieldsOf(report), [], writingObstacles(report.head))
}

async function writePage(
  context: WorkspaceContext,
  report: PerformanceReport,
  fields: FormFields,
  faults: readonly FieldFault[],
  refusals: readonly string[] = [],
): Promise<Answer> {
  const content = await contentOf(context.trx, context, report.head)
  const offered = await measuresToReport(context.trx, context.viewer.area.id)
  const model = {
    title: `Write: ${report.head.title}`,
    back: { text: 'Back', href: paths.report(report.head.id) },
    form: { action: `${paths.report(report.head.id)}/write`, fields, faults, refusals, version: report.head.version },
    offered: offered.map(({ id, title }) => ({ value: id, text: title })),
    remarks: measuresOf(content).map(({ id, title, exceptions }) => ({
      ...{ name: remarkField(id), title },
      headlines: exceptions.map(({ headline }) => headline),
    })),
  }
  return page(`${views}/write-report.njk`, model, faults.length + refusals.length > 0 ? 422 : 200)
}

async function doWrite(context: WorkspaceContext): Promise<Answer> {
  const report = await load(context)
  if (report === null) return notFound()
  const typed = readForm(writeForm, context.fields)
  if (!typed.ok) return writePage(context, report, context.fields, typed.errors)
  const { version, ...writing } = typed.value
  const remarks = remarksIn(context.fields)
  try {
    await writeReport(context.trx, context, report.head, version, { ...writing, remarks })
    return redirect(paths.report(report.head.id), 'Saved')
  } catch (fault) {
    if (fault instanceof StaleRecord) return writePage(context, report, context.fields, [], [overtaken])
    if (!(fault instanceof Refusal)) throw fault
    return writePage(context, report, context.fields, [], fault.reasons)
  }
}

const overtaken =
  'Someone else wrote on this report after you opened it. What you typed is below and is not saved: open the report in another window, then save again to keep yours.'

async function doPublish(context: WorkspaceContext): Promise<Answer> {
  const report = await load(context)
  if (report === null) return notFound()
  try {
    await publishReport(context.trx, context, report.head, context.baseUrl)
    return redirect(paths.report(report.head.id), 'Published, with the figures of its measures')
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault
    return reportPage(context, report, fault.reasons)
  }
}

async function draft(context: WorkspaceContext) {
  const report = await load(context)
  if (report === null) return null
  const content = await contentOf(context.trx, context, report.head)
  return { files: await makeFiles(content, context.baseUrl), name: `draft-${periodSlug(content.period.text)}` }
}

async function draftPdf(context: WorkspaceContext): Promise<Answer> {
  const made = await draft(context)
  if (made === null) return notFound()
  return { type: 'content', mediaType: mediaTypes.pdf, body: made.files.pdf, fileName: `${made.name}.pdf` }
}

async function draftSpreadsheet(context: WorkspaceContext): Promise<Answer> {
  const made = await draft(context)
  if (made === null) return notFound()
  const { spreadsheet } = made.files
  return { type: 'content', mediaType: mediaTypes.spreadsheet, body: spreadsheet, fileName: `${made.name}.xlsx` }
}
