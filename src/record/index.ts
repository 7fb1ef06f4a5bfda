import type { ModuleDescription } from './description.ts'
import { recordPublic } from './public.ts'
import { recordPermissions, recordWorkspace } from './workspace.ts'

/** What every record shares, as the web sees it: My work, search, trails, files, publishing. */
export const recordLayer: ModuleDescription = {
  name: 'record',
  navigation: [
    { word: 'My work', path: '/', permission: 'record.read' },
    { word: 'Search', path: '/search', permission: 'record.read' },
  ],
  publicNavigation: { word: 'Search', path: '/search' },
  kinds: [],
  permissions: recordPermissions,
  workspace: recordWorkspace,
  public: recordPublic,
}
