import type { WorkspaceRoute } from '../../platform/web/route.ts'

export const organisationsWorkspace: readonly WorkspaceRoute[] = []
