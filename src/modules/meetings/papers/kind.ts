import { slug } from '../../../record/entries.ts'
import type { KindDescription } from '../../../record/description.ts'
import { paperPath, receivedPaperPath, receivedRequestPath, requestPath } from './paths.ts'
import { paperStates, requestStates } from './rules.ts'
import { requestSnapshot } from './request-paper.ts'
import { paperSnapshot } from './snapshot.ts'

export const paperKind: KindDescription = {
  kind: 'paper',
  word: 'paper',
  plural: 'papers',
  prefix: 'PP',
  states: paperStates,
  publicStates: ['placed', 'taken-off'],
  relations: {
    'written-for': ['paper-request'],
    'copy-of': ['paper'],
    'placed-before': ['meeting'],
    quotes: ['question', 'recommendation', 'exception', 'challenge', 'objective', 'meeting', 'measure'],
  },
  workspacePath: paperPath,
  receivedPath: receivedPaperPath,
  publicPath: 'papers',
  publicSlug: ({ reference, title }) => `${slug(reference)}-${slug(title).slice(0, 60).replace(/-+$/, '')}`,
  snapshot: paperSnapshot,
  publishing: {
    permission: 'meetings.publish',
    // What takes it down is offered on the same page, so that the page is not closed to published ones.
    obstacles: async () => ['A paper is published with the agenda of its meeting, from the page of the meeting.'],
  },
  publicView: 'modules/meetings/papers/views/public-paper.njk',
  publicColumns: [
    { heading: 'Meeting', cell: ({ meeting }) => ({ type: 'text', text: typeof meeting === 'string' ? meeting : '' }) },
  ],
  publicEmpty: 'No papers have been published yet. A paper appears here when the agenda it stands on is published.',
  events: {
    written: 'Text saved',
    'document-changed': 'Document changed',
    'appendix-changed': 'An appendix was changed',
    'appendix-removed': 'An appendix was taken out',
    marked: 'A part was classified',
    opened: 'A part was opened',
    reviewed: 'Classification looked at again',
    sent: 'Sent',
    placed: 'Placed on an agenda',
    replaced: 'A later version took its place',
    settled: 'Markings settled',
    'taken-off': 'Taken off an agenda',
  },
}

export const paperRequestKind: KindDescription = {
  kind: 'paper-request',
  word: 'request for a paper',
  plural: 'requests for papers',
  prefix: 'RP',
  states: requestStates,
  publicStates: [],
  relations: { 'asked-for': ['meeting'] },
  expects: [{ states: ['asked'], relation: 'written-for', awaited: 'paper' }],
  workspacePath: requestPath,
  receivedPath: receivedRequestPath,
  publicPath: 'paper-requests',
  snapshot: requestSnapshot,
  publicView: 'modules/meetings/papers/views/public-paper.njk',
  events: {
    received: 'The paper came',
    placed: 'The paper was placed on the agenda',
    withdrawn: 'Withdrawn',
  },
}
