import type { KindDescription } from '../../../record/description.ts'
import { programmeItemPath } from '../paths.ts'
import { programmeStates } from './rules.ts'
import { programmeSnapshot } from './snapshot.ts'

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

export const programmeItemKind: KindDescription = {
  kind: 'programme-item',
  word: 'item of the work programme',
  plural: 'items of the work programme',
  prefix: 'WP',
  states: programmeStates,
  publicStates: ['programmed', 'on-agenda', 'reported', 'requested', 'circulated', 'dropped'],
  relations: { 'programme-of': ['body'] },
  workspacePath: programmeItemPath,
  publicPath: 'work-programme',
  snapshot: programmeSnapshot,
  publishing: { permission: 'meetings.publish' },
  publicView: 'modules/meetings/views/public-programme-item.njk',
  publicColumns: [
    { heading: 'Body', cell: ({ body }) => ({ type: 'text', text: textOf(body) }) },
    { heading: 'Next', cell: ({ next }) => ({ type: 'text', text: textOf(next) }) },
  ],
  publicEmpty: 'No work programme has been published yet. It appears here when a panel or board publishes it.',
  events: {
    scheduled: 'Said when it comes next',
    deferred: 'Put off',
    'placed-on-agenda': 'Put on an agenda',
    reported: 'Reported to the meeting',
    circulated: 'Circulated',
    dropped: 'Taken off the programme',
  },
}
