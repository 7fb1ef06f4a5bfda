import type { KindDescription } from '../../../../record/description.ts'
import { overviewPaths } from '../paths.ts'

/** The forces that a force is compared with. It is not published by itself: what is published freezes the group used. */
export const similarGroupKind: KindDescription = {
  kind: 'similar-group',
  word: 'most similar group',
  plural: 'most similar groups',
  prefix: 'SG',
  states: { 'in-use': { word: 'In use', colour: 'green', open: false } },
  publicStates: ['in-use'],
  relations: {},
  workspacePath: () => overviewPaths.similar,
  publicPath: 'similar-groups',
  snapshot: async () => ({ body: {}, summary: '', searchText: '' }),
  publicView: 'modules/performance/views/public-measure.njk',
  publicEmpty: 'The forces compared with are named with each comparison, under Performance.',
  events: {
    'own-name': 'The name of the force itself changed',
    'members-entered': 'Forces entered',
    'member-changed': 'Membership changed',
    'member-removed': 'Taken out, entered by mistake',
  },
}
