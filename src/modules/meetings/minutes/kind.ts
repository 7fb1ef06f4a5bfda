import { slug } from '../../../record/entries.ts'
import type { KindDescription } from '../../../record/description.ts'
import { addressWords } from '../meeting/rules.ts'
import { minutesPath, receivedMinutesPath } from '../paths.ts'
import { minutesStates } from './rules.ts'
import { minutesSnapshot } from './snapshot.ts'

export const minutesKind: KindDescription = {
  kind: 'minutes',
  word: 'minutes',
  plural: 'minutes',
  prefix: 'MN',
  states: minutesStates,
  publicStates: ['published'],
  waitsFor: { agreed: 'meetings.sign' },
  work: { draft: 'Finish {record}', circulated: 'Agree {record}', agreed: 'Sign {record}', signed: 'Publish {record}' },
  relations: { 'minutes-of': ['meeting'], quotes: ['measure'] },
  workspacePath: minutesPath,
  receivedPath: receivedMinutesPath,
  publicPath: 'minutes',
  publicSlug: ({ title, dated }) => `${dated.toString()}-${slug(addressWords(title, dated))}`,
  snapshot: minutesSnapshot,
  publishing: {
    permission: 'meetings.publish',
    obstacles: async (_trx, { state }) => {
      if (state === 'published') return []
      if (state === 'signed') return ['They are published from their own page, with their meeting and actions.']
      return ['They are not signed by each side yet.']
    },
  },
  publicView: 'modules/meetings/views/public-minutes.njk',
  publicEmpty: 'No minutes have been published yet. Minutes appear here once each side has signed them.',
  events: {
    minuted: 'Written',
    corrected: 'Corrected',
    'outcome-added': 'Something raised was added',
    'outcome-removed': 'Something raised was struck',
    'prose-settled': 'A sentence was said to raise nothing',
    circulated: 'Circulated',
    agreed: 'Agreed as a true record',
    'signed-for': 'Signed for one side',
    signed: 'Signed by each side',
    'put-before-public': 'Published with its actions',
    loaded: 'Loaded from papers',
  },
}
