import type { ModuleDescription } from '../../record/description.ts'
import { reportsWorkspace } from './workspace.ts'

export { assembleReport } from './assemble.ts'
export type { ReportAsked } from './assemble.ts'

/** Documents assembled from the record for a body: the commissioner's report to the panel. */
export const reports: ModuleDescription = {
  name: 'reports',
  navigation: { word: 'Reports', path: '/reports', permission: 'reports.assemble' },
  kinds: [],
  permissions: {
    'reports.assemble': ['commissioner', 'deputy-commissioner', 'chief-executive', 'policy-lead', 'board-clerk'],
  },
  workspace: reportsWorkspace,
  public: [],
}
