import { deskRoles } from '../../platform/access/viewer.ts'
import type { ModuleDescription } from '../../record/description.ts'
import { actionKind } from './kind.ts'
import { workspace } from './workspace.ts'

export { raiseAction, issueAction } from './raise-action.ts'
export type { NewAction } from './raise-action.ts'
export { addUpdate, changeDue, closeAction, reopenAction, reportDone } from './follow-action.ts'
export type { Answers } from './rules.ts'

/** Actions and, later, recommendations and requests: from the line in which they were raised to evidenced closure. */
export const followUp: ModuleDescription = {
  name: 'follow-up',
  navigation: { word: 'Actions', path: '/follow-up/actions', permission: 'follow-up.read' },
  publicNavigation: { word: 'Actions', path: '/actions' },
  kinds: [actionKind],
  permissions: {
    'follow-up.read': deskRoles,
    'follow-up.update': [
      'chief-executive',
      'policy-lead',
      'board-clerk',
      'chief-constable',
      'chief-officer',
      'liaison',
      'panel-clerk',
    ],
    'follow-up.close': [
      'commissioner',
      'deputy-commissioner',
      'chief-executive',
      'board-clerk',
      'panel-chair',
      'panel-clerk',
    ],
    'follow-up.redate': ['commissioner', 'chief-executive', 'board-clerk', 'panel-chair', 'panel-clerk'],
    'follow-up.publish': ['commissioner', 'chief-executive', 'board-clerk', 'panel-clerk'],
  },
  workspace,
  public: [],
}
