import type { KindDescription } from '../../record/description.ts'
import { actionPath } from './pages.ts'
import { actionSnapshot } from './snapshot.ts'

export const actionKind: KindDescription = {
  kind: 'action',
  word: 'action',
  plural: 'actions',
  prefix: 'AC',
  states: {
    draft: { word: 'Draft', colour: 'grey', open: false },
    open: { word: 'Under way', colour: 'blue', open: true },
    reported: { word: 'Reported done', colour: 'yellow', open: true },
    closed: { word: 'Closed', colour: 'green', open: false },
    cancelled: { word: 'Cancelled', colour: 'grey', open: false },
  },
  publicStates: ['open', 'reported', 'closed', 'cancelled'],
  relations: {
    'raised-by': ['assurance', 'meeting', 'minutes', 'question', 'challenge'],
    'raised-at': ['meeting'],
  },
  workspacePath: actionPath,
  publicPath: 'actions',
  snapshot: actionSnapshot,
  publishing: {
    permission: 'follow-up.publish',
    obstacles: async (_trx, record) =>
      record.state === 'draft' ? ['It is still a draft: it is issued when the minutes are circulated.'] : [],
  },
  publicView: 'modules/follow-up/views/public-action.njk',
  publicColumns: [
    { heading: 'Lead', cell: ({ lead }) => ({ type: 'text', text: typeof lead === 'string' ? lead : '' }) },
    { heading: 'Moved', cell: facts => ({ type: 'number', value: Number(facts['moves'] ?? 0) }) },
  ],
  home: { heading: 'What is being done', more: 'See all actions', place: 35, limit: 5, order: 'newest' },
  publicEmpty: 'No actions have been published yet. They appear here when minutes with actions are published.',
  events: {
    issued: 'Issued to the lead',
    updated: 'Progress update',
    reported: 'Reported done',
    closed: 'Closed',
    reopened: 'Re-opened',
    redated: 'Date changed',
    cancelled: 'Cancelled',
  },
}
