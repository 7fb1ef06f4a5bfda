import { z } from 'zod'
import type { KindDescription } from '../../../record/description.ts'
import type { ReportContent } from './content.ts'
import { reportPageModel } from './page-model.ts'
import { performanceReportSnapshot } from './snapshot.ts'

/** Addresses in the workspace. */
export const paths = {
  reports: '/workspace/reports/performance',
  report: (id: string) => `/workspace/reports/performance/${id}`,
}

/** What a snapshot of this kind holds: `performanceReportSnapshot` froze it. */
const frozenContent = z.custom<ReportContent>()

/** The report of a month or a quarter on the figures, by exception. */
export const performanceReportKind: KindDescription = {
  kind: 'performance-report',
  word: 'performance report',
  plural: 'performance reports',
  prefix: 'PR',
  states: {
    draft: { word: 'Draft', colour: 'grey', open: true },
    published: { word: 'Published', colour: 'green', open: false },
  },
  publicStates: ['published'],
  relations: { 'reports-on': ['measure', 'exception', 'question'] },
  work: { draft: 'Finish {record}' },
  workspacePath: paths.report,
  publicPath: 'performance-reports',
  snapshot: performanceReportSnapshot,
  publicView: 'modules/reports/performance-report/views/public-report.njk',
  publicExtra: (_context, body) => ({ report: reportPageModel(frozenContent.parse(body)) }),
  publicEmpty: 'No performance report has been published yet. Each appears here, frozen as it was on its day.',
  events: { written: 'Written on', published: 'Published' },
}
