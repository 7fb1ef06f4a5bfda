import type { ModuleDescription } from '../../record/description.ts'
import { colourRoutes } from './colours/workspace.ts'
import { itemKindDescriptions } from './items/kinds.ts'
import { raiseRoutes } from './items/raise-workspace.ts'
import { itemRoutes } from './items/workspace.ts'
import { publicRoutes } from './lists/public.ts'
import { listRoutes } from './lists/workspace.ts'
import { permissions } from './permissions.ts'
import { replyKind } from './replies/kind.ts'
import { receivedRoutes } from './replies/received-workspace.ts'
import { replyRoutes } from './replies/workspace.ts'

export { adoptItem } from './items/adopt.ts'
export { cancelItem, closeItem, reopenItem } from './items/close.ts'
export type { Closing, Decided } from './items/close.ts'
export { loadPrinted } from './items/load-printed.ts'
export type { PrintedItem } from './items/load-printed.ts'
export { addUpdate, changeDue, changeLeads, reportDone } from './items/progress.ts'
export { issueItem, raiseAction, raiseItem } from './items/raise.ts'
export type { Addressee, NewAction, NewItem } from './items/raise.ts'
export type { NewLead } from './items/leads.ts'
export type { Answers } from './items/rules.ts'
export type { ItemKind, RowShows } from './items/words.ts'
export { itemLines, onNoList, raisedByBodies, raisedFrom } from './lists/door.ts'
export type { ItemLine } from './lists/door.ts'
export { changeReply, prepareReply } from './replies/prepare.ts'
export type { ReplyDraft } from './replies/prepare.ts'
export { recordReply, sendProgress, sendReply } from './replies/send.ts'

/** Recommendations, requests for information and actions: from where they were raised to evidenced closure. */
export const followUp: ModuleDescription = {
  name: 'follow-up',
  navigation: { word: 'Actions', path: '/follow-up', permission: 'follow-up.read' },
  publicNavigation: [
    { word: 'Recommendations', path: '/recommendations' },
    { word: 'Actions', path: '/actions' },
  ],
  kinds: [...itemKindDescriptions, replyKind],
  permissions,
  workspace: [...listRoutes, ...raiseRoutes, ...colourRoutes, ...receivedRoutes, ...replyRoutes, ...itemRoutes],
  public: publicRoutes,
}
