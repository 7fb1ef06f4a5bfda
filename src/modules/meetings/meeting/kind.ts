import { slug } from '../../../record/entries.ts'
import type { KindDescription } from '../../../record/description.ts'
import { consideredKinds } from '../agenda/considered.ts'
import { meetingPath, receivedMeetingPath } from '../paths.ts'
import { meetingPublicExtra } from './public-extra.ts'
import { addressWords, meetingStates } from './rules.ts'
import { meetingPublicObstacles } from './public-obstacles.ts'
import { meetingSnapshot } from './snapshot.ts'

export const meetingKind: KindDescription = {
  kind: 'meeting',
  word: 'meeting',
  plural: 'meetings',
  prefix: 'MT',
  states: meetingStates,
  publicStates: ['agenda-published', 'held', 'cancelled'],
  relations: { 'of-body': ['body'], considers: consideredKinds },
  expects: [{ states: ['held'], relation: 'minutes-of', awaited: 'minutes' }],
  workspacePath: meetingPath,
  receivedPath: receivedMeetingPath,
  publicPath: 'meetings',
  publicSlug: ({ title, dated }) => `${dated.toString()}-${slug(addressWords(title, dated))}`,
  snapshot: meetingSnapshot,
  publishing: {
    permission: 'meetings.publish',
    obstacles: async (trx, record) => [
      ...(record.state === 'planned'
        ? ['The agenda is published from the page of the meeting, which sends it as well.']
        : []),
      ...(await meetingPublicObstacles(trx, record)),
    ],
  },
  publicView: 'modules/meetings/views/public-meeting.njk',
  publicExtra: meetingPublicExtra,
  publicColumns: [
    { heading: 'Body', cell: ({ body }) => ({ type: 'text', text: typeof body === 'string' ? body : '' }) },
  ],
  home: { heading: 'Next meeting', more: 'All meetings', place: 1, limit: 1, order: 'upcoming' },
  publicEmpty: 'No meetings have been published yet. A meeting appears here when its agenda is published.',
  events: {
    'agenda-sent': 'Agenda sent',
    'agenda-published': 'Agenda published',
    held: 'Held',
    moved: 'Day, time or place changed',
    cancelled: 'Cancelled',
    'item-added': 'An item was added',
    'item-changed': 'An item was changed',
    'item-marked': 'An item was classified',
    'item-moved': 'The order was changed',
    'item-withdrawn': 'An item was withdrawn',
    'attendance-changed': 'Attendance changed',
    'paper-placed': 'A paper was placed',
    'paper-taken-off': 'A paper was taken off',
    'paper-settled': 'Something withheld may stand elsewhere',
    'room-changed': 'Who presided or followed was entered',
    'interest-declared': 'Declared interests changed',
    resolved: 'A resolution was recorded',
    'resolution-removed': 'A resolution was taken off',
    'exclusion-worded': 'The resolution to exclude the public was worded',
    'pack-read': 'A restricted copy of the pack was opened',
    'chairs-copy-changed': 'The chair’s copy was changed',
  },
}
