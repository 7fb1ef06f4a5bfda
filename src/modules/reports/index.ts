import { deskRoles } from '../../platform/access/viewer.ts'
import type { ModuleDescription } from '../../record/description.ts'
import { performanceReportKind } from './performance-report/kind.ts'
import { performanceReportRoutes } from './performance-report/workspace.ts'
import { reportsWorkspace } from './workspace.ts'

export { assembleReport } from './assemble.ts'
export type { ReportAsked } from './assemble.ts'

/** Documents assembled from the record: the commissioner's report to the panel, the performance report of a period. */
export const reports: ModuleDescription = {
  name: 'reports',
  navigation: { word: 'Reports', path: '/reports', permission: 'reports.assemble' },
  publicNavigation: { word: 'Performance reports', path: '/performance-reports' },
  kinds: [performanceReportKind],
  permissions: {
    'reports.assemble': ['commissioner', 'deputy-commissioner', 'chief-executive', 'policy-lead', 'board-clerk'],
    'reports.read-performance': deskRoles,
    'reports.publish-performance': ['commissioner', 'deputy-commissioner', 'chief-executive', 'policy-lead'],
  },
  workspace: [...performanceReportRoutes, ...reportsWorkspace],
  public: [],
}
