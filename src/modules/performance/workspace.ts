import type { WorkspaceRoute } from '../../platform/web/route.ts'
import { showException, showExceptions } from './exceptions/workspace.ts'
import { askFile, doApply, doCheck, doDrop, showImport, showImports } from './import/workspace.ts'
import { askChange, askNew, doChange, doPublish, doSetUp, showMeasure, showMeasures } from './measures/workspace.ts'

export const workspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/performance/measures', permission: 'performance.read', handler: showMeasures },
  { method: 'GET', path: '/performance/measures/new', permission: 'performance.set-up', handler: askNew },
  { method: 'POST', path: '/performance/measures/new', permission: 'performance.set-up', handler: doSetUp },
  { method: 'GET', path: '/performance/measures/:id', permission: 'performance.read', handler: showMeasure },
  { method: 'GET', path: '/performance/measures/:id/edit', permission: 'performance.set-up', handler: askChange },
  { method: 'POST', path: '/performance/measures/:id/edit', permission: 'performance.set-up', handler: doChange },
  { method: 'POST', path: '/performance/measures/:id/publish', permission: 'performance.publish', handler: doPublish },
  { method: 'GET', path: '/performance/exceptions', permission: 'performance.read', handler: showExceptions },
  { method: 'GET', path: '/performance/exceptions/:id', permission: 'performance.read', handler: showException },
  { method: 'GET', path: '/performance/imports', permission: 'performance.read', handler: showImports },
  { method: 'GET', path: '/performance/imports/new', permission: 'performance.load', handler: askFile },
  { method: 'POST', path: '/performance/imports/new', permission: 'performance.load', handler: doCheck },
  { method: 'GET', path: '/performance/imports/:id', permission: 'performance.read', handler: showImport },
  { method: 'POST', path: '/performance/imports/:id/apply', permission: 'performance.load', handler: doApply },
  { method: 'POST', path: '/performance/imports/:id/drop', permission: 'performance.load', handler: doDrop },
]
