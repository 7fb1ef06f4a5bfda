import type { WorkspaceRoute } from '../../../platform/web/route.ts'
import { showArea, showAreas } from './areas.ts'
import { downloadCompareCsv, downloadCompareJson, showComparable, showCompare } from './compare/compare-workspace.ts'
import { downloadDashboardCsv, downloadDashboardJson, showDashboard } from './dashboard.ts'
import {
  askMember,
  askMembers,
  askOwnName,
  doMember,
  doMembers,
  doOwnName,
  doRemove,
  showSimilar,
} from './similar-group/similar-pages.ts'

const permission = 'performance.read'
const setUp = 'performance.set-up'
const measure = '/performance/measures/:id/compare'
const similar = '/performance/similar-forces'

/** Addresses of the pages that show many figures at once. */
export const overviewWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/performance', permission, handler: showDashboard },
  { method: 'GET', path: '/performance.csv', permission, handler: downloadDashboardCsv },
  { method: 'GET', path: '/performance.json', permission, handler: downloadDashboardJson },
  { method: 'GET', path: '/performance/areas', permission, handler: showAreas },
  { method: 'GET', path: '/performance/areas/:dimension/:part', permission, handler: showArea },
  { method: 'GET', path: '/performance/compare', permission, handler: showComparable },
  { method: 'GET', path: measure, permission, handler: showCompare },
  { method: 'GET', path: `${measure}.csv`, permission, handler: downloadCompareCsv },
  { method: 'GET', path: `${measure}.json`, permission, handler: downloadCompareJson },
  { method: 'GET', path: similar, permission, handler: showSimilar },
  { method: 'GET', path: `${similar}/own`, permission: setUp, handler: askOwnName },
  { method: 'POST', path: `${similar}/own`, permission: setUp, handler: doOwnName },
  { method: 'GET', path: `${similar}/new`, permission: setUp, handler: askMembers },
  { method: 'POST', path: `${similar}/new`, permission: setUp, handler: doMembers },
  { method: 'GET', path: `${similar}/:id`, permission: setUp, handler: askMember },
  { method: 'POST', path: `${similar}/:id`, permission: setUp, handler: doMember },
  { method: 'POST', path: `${similar}/:id/remove`, permission: setUp, handler: doRemove },
]
