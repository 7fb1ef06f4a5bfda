import type { KindDescription } from '../../../record/description.ts'
import { slug } from '../../../record/entries.ts'
import { addressTaken } from '../address-taken.ts'
import { factCell } from '../tables.ts'
import { bodyPublicExtra } from './public-page.ts'
import { bodySnapshot } from './snapshot.ts'

/** A panel, board, committee, working group or standing meeting. */
export const bodyKind: KindDescription = {
  kind: 'body',
  word: 'body',
  plural: 'bodies',
  prefix: 'B',
  states: {
    standing: { word: 'Meets', colour: 'green', open: false },
    dissolved: { word: 'No longer meets', colour: 'grey', open: false },
  },
  publicStates: ['standing', 'dissolved'],
  relations: {},
  workspacePath: id => `/workspace/organisations/bodies/${id}`,
  publicPath: 'bodies',
  publicSlug: record => slug(record.title),
  snapshot: bodySnapshot,
  publishing: { permission: 'organisations.publish', obstacles: addressTaken },
  publicView: 'modules/organisations/views/public-body.njk',
  publicColumns: [
    { heading: 'Kind', cell: facts => factCell(facts, 'form') },
    { heading: 'Held by', cell: facts => factCell(facts, 'holder') },
  ],
  publicExtra: bodyPublicExtra,
  publicEmpty:
    'No bodies are listed yet. Panels, boards and committees appear here once their organisation publishes them.',
  events: {
    'member-added': 'A member was added',
    'member-left': 'A member left',
    'meeting-rules-changed': 'The rules of its meetings were changed',
  },
}
