import type { WorkspaceRoute } from '../../../platform/web/route.ts'
import { claimRoutes } from './claims/workspace.ts'
import { queryRoutes } from './query-workspace.ts'
import { quoteRoutes } from './quoted/workspace.ts'

/** The pages of data queries, of claims, and of the text that quotes a figure. */
export const qualityRoutes: readonly WorkspaceRoute[] = [...queryRoutes, ...claimRoutes, ...quoteRoutes]
