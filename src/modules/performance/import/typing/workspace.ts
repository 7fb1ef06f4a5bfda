import type { WorkspaceRoute } from '../../../../platform/web/route.ts'
import { askGrid, chooseGrid } from './choose-page.ts'
import { doType, showGrid } from './grid-page.ts'

const permission = 'performance.load'

/** Typing figures into a grid. */
export const typingRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/performance/figures', permission, handler: askGrid },
  { method: 'POST', path: '/performance/figures', permission, handler: chooseGrid },
  { method: 'GET', path: '/performance/figures/grid', permission, handler: showGrid },
  { method: 'POST', path: '/performance/figures/grid', permission, handler: doType },
]
