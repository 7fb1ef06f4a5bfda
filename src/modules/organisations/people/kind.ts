import type { KindDescription } from '../../../record/description.ts'
import { slug } from '../../../record/entries.ts'
import { addressTaken } from '../address-taken.ts'
import { factCell } from '../tables.ts'
import { officeHolderPublicExtra } from './public-pages.ts'
import { namesMissing, officeHolderSnapshot } from './snapshot.ts'

/** Somebody who holds, or held, a post or a seat: the record an organisation keeps of them in an area. */
export const officeHolderKind: KindDescription = {
  kind: 'office-holder',
  word: 'person in office',
  plural: 'people in office',
  prefix: 'H',
  states: {
    'in-post': { word: 'In post', colour: 'green', open: false },
    appointed: { word: 'Appointed, not yet in post', colour: 'blue', open: false },
    left: { word: 'No longer in post', colour: 'grey', open: false },
    'not-known': { word: 'Not known if in post', colour: 'grey', open: false },
  },
  publicStates: ['not-known', 'in-post', 'appointed', 'left'],
  relations: { 'member-of': ['body'] },
  workspacePath: id => `/workspace/organisations/people/${id}`,
  publicPath: 'people',
  publicSlug: record => slug(record.title),
  snapshot: officeHolderSnapshot,
  publishing: {
    permission: 'organisations.publish',
    obstacles: async (trx, record) => [...(await namesMissing(trx, record)), ...(await addressTaken(trx, record))],
  },
  publicView: 'modules/organisations/views/public-person.njk',
  publicColumns: [
    { heading: 'Post', cell: facts => factCell(facts, 'post') },
    { heading: 'Organisation', cell: facts => factCell(facts, 'organisation') },
  ],
  publicExtra: officeHolderPublicExtra,
  publicEmpty:
    'Nobody is listed yet. People in elected and statutory posts appear here once their organisation publishes them.',
  events: {
    appointed: 'Appointed to a post',
    'post-ended': 'Left a post',
    seated: 'Became a member of a body',
    'seat-ended': 'Left a body',
    tied: 'Tied to whoever signs in',
    'standing-changed': 'A term began or ended',
  },
}
