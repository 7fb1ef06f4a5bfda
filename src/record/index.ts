import type { ModuleDescription } from './description.ts'
import { recordPublic, searchPublicRoutes } from './public.ts'
import { recordPermissions, recordWorkspace, searchWorkspaceRoutes } from './workspace.ts'

/** What every record shares, as the web sees it: My work, trails, files, publishing. */
export const recordLayer: ModuleDescription = {
  name: 'record',
  navigation: { word: 'My work', path: '/', permission: 'record.read' },
  kinds: [],
  permissions: recordPermissions,
  workspace: recordWorkspace,
  public: recordPublic,
}

/** Search, which stands last in both navigations. */
export const searchPages: ModuleDescription = {
  name: 'search',
  navigation: { word: 'Search', path: '/search', permission: 'record.read' },
  publicNavigation: { word: 'Search', path: '/search' },
  kinds: [],
  permissions: {},
  workspace: searchWorkspaceRoutes,
  public: searchPublicRoutes,
}
