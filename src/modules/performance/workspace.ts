import type { WorkspaceRoute } from '../../platform/web/route.ts'
import { breakRoutes } from './breaks/workspace.ts'
import { commentaryRoutes } from './commentary/workspace.ts'
import { exceptionRoutes } from './exceptions/workspace.ts'
import { spreadsheetRoutes } from './import/sheets/workspace.ts'
import { typingRoutes } from './import/typing/workspace.ts'
import { askFile, doApply, doCheck, doConfirm, doDrop, showImport, showImports } from './import/workspace.ts'
import { loadRoutes } from './loads/workspace.ts'
import { measureRoutes } from './measures/workspace.ts'
import { openDataRoutes } from './open-data/workspace.ts'
import { overviewWorkspace } from './overview/workspace.ts'
import { placeRoutes } from './places/workspace.ts'
import { qualityRoutes } from './quality/workspace.ts'
import { standardReportRoutes } from './standard-reports/workspace.ts'

export const workspace: readonly WorkspaceRoute[] = [
  ...overviewWorkspace,
  ...measureRoutes,
  ...breakRoutes,
  ...commentaryRoutes,
  ...exceptionRoutes,
  ...openDataRoutes,
  ...loadRoutes,
  ...placeRoutes,
  { method: 'GET', path: '/performance/imports', permission: 'performance.read', handler: showImports },
  { method: 'GET', path: '/performance/imports/new', permission: 'performance.load', handler: askFile },
  { method: 'POST', path: '/performance/imports/new', permission: 'performance.load', handler: doCheck },
  { method: 'GET', path: '/performance/imports/:id', permission: 'performance.read', handler: showImport },
  { method: 'POST', path: '/performance/imports/:id/apply', permission: 'performance.load', handler: doApply },
  { method: 'POST', path: '/performance/imports/:id/drop', permission: 'performance.load', handler: doDrop },
  { method: 'POST', path: '/performance/imports/:id/confirm', permission: 'performance.load', handler: doConfirm },
  ...spreadsheetRoutes,
  ...typingRoutes,
  ...standardReportRoutes,
  ...qualityRoutes,
]
