import type { KindDescription } from '../../record/description.ts'
import { findRecords } from '../../record/records.ts'
import { slug } from '../../record/entries.ts'
import { linkedTo } from '../../record/links.ts'
import type { RecordHead } from '../../record/record.ts'
import type { Trx } from '../../platform/database/tables.ts'
import { exceptionSnapshot, hidingObstacles } from './exceptions/snapshot.ts'
import { measureSnapshot } from './measures/snapshot.ts'
import { paths } from './paths.ts'
import { findMeasures } from './queries.ts'

const factText = (fact: unknown): string => (typeof fact === 'string' ? fact : '')

export const measureKind: KindDescription = {
  kind: 'measure',
  word: 'measure',
  plural: 'measures',
  prefix: 'M',
  states: {
    'in-use': { word: 'In use', colour: 'green', open: false },
    retired: { word: 'No longer measured', colour: 'grey', open: false },
  },
  publicStates: ['in-use', 'retired'],
  relations: { measures: ['objective'] },
  workspacePath: paths.measure,
  publicPath: 'performance',
  publicSlug: record => slug(record.title),
  snapshot: measureSnapshot,
  publishing: { permission: 'performance.publish', obstacles: sameAddress },
  publicView: 'modules/performance/views/public-measure.njk',
  publicColumns: [
    { heading: 'Latest', cell: facts => ({ type: 'text', text: factText(facts['latest']) }) },
    { heading: 'What the rules say', cell: facts => ({ type: 'text', text: factText(facts['reading']) }) },
  ],
  publicEmpty: 'No measures have been published yet.',
  events: {
    retired: 'No longer measured',
    'break-entered': 'A break in its figures was entered',
    'break-changed': 'A break in its figures was changed',
    'break-taken-back': 'A break in its figures was taken back',
  },
}

/** Public pages that stand beside the measures, under addresses that a measure of that title would have. */
const ownPages = ['areas', 'reports']

/** Two measures of one title would share one public address; so would one that is called as a page of the site is. */
async function sameAddress(trx: Trx, record: RecordHead): Promise<readonly string[]> {
  if (ownPages.includes(slug(record.title))) {
    return ['Another public page stands at the address that this title gives. Give the measure a longer title.']
  }
  const others = (await findMeasures(trx, record.areaId)).filter(
    other => other.id !== record.id && slug(other.title) === slug(record.title),
  )
  const heads = await findRecords(
    trx,
    record.areaId,
    others.map(other => other.id),
  )
  return heads.some(each => each.publication === 'published')
    ? ['Another published measure has this title. Give this one a title of its own.']
    : []
}

export const exceptionKind: KindDescription = {
  kind: 'exception',
  word: 'exception',
  plural: 'exceptions',
  prefix: 'E',
  states: {
    new: { word: 'New', colour: 'blue', open: true },
    continuing: { word: 'Continuing', colour: 'yellow', open: true },
    explained: { word: 'Explained', colour: 'purple', open: true },
    accepted: { word: 'Explanation accepted', colour: 'green', open: false },
    watched: { word: 'Watched', colour: 'teal', open: true },
    resolved: { word: 'Closed', colour: 'grey', open: false },
    ended: { word: 'Over', colour: 'grey', open: false },
    lapsed: { word: 'No longer borne out', colour: 'grey', open: false },
  },
  publicStates: ['new', 'continuing', 'explained', 'accepted', 'watched', 'resolved', 'ended', 'lapsed'],
  work: { explained: 'Judge the explanation of {record}' },
  relations: { 'found-in': ['measure'] },
  workspacePath: paths.exception,
  publicPath: 'exceptions',
  snapshot: exceptionSnapshot,
  publishing: {
    permission: 'performance.publish',
    obstacles: async (trx, record) => {
      const measures = await linkedTo(trx, record, 'found-in')
      const heads = await findRecords(
        trx,
        record.areaId,
        measures.map(each => each.id),
      )
      const hiding = await hidingObstacles(trx, record)
      return heads.every(each => each.publication === 'published')
        ? hiding
        : ['Publish the measure first: an exception is shown with its figures.', ...hiding]
    },
  },
  publicView: 'modules/performance/views/public-exception.njk',
  publicColumns: [
    { heading: 'Measure', cell: facts => ({ type: 'text', text: factText(facts['measure']) }) },
    { heading: 'Judged', cell: facts => ({ type: 'text', text: factText(facts['judgement']) }) },
  ],
  publicEmpty: 'Nothing in the published figures is out of the ordinary.',
  home: {
    heading: 'Out of the ordinary',
    more: 'All exceptions in the figures',
    place: 30,
    limit: 5,
    order: 'newest',
    states: ['new', 'continuing', 'explained', 'accepted', 'watched'],
  },
  events: {
    continuing: 'It continues',
    ended: 'It is over',
    lapsed: 'The rules no longer bear it out',
    new: 'It is new again',
    retold: 'Figures around it changed',
    worse: 'It got worse',
    explained: 'Explained',
    accepted: 'The explanation was accepted',
    'not-accepted': 'The explanation was not accepted',
    watched: 'It is watched',
    returned: 'The watch ended and it still stands',
    resolved: 'Closed',
    'taken-up-again': 'Taken up again',
  },
}

export const importKind: KindDescription = {
  kind: 'import',
  word: 'file of figures',
  plural: 'files of figures',
  prefix: 'FF',
  states: {
    reading: { word: 'Being described, not loaded', colour: 'blue', open: true },
    loading: { word: 'Being loaded', colour: 'blue', open: true },
    checked: { word: 'Checked, not loaded', colour: 'yellow', open: true },
    applied: { word: 'Loaded', colour: 'green', open: false },
    dropped: { word: 'Not loaded', colour: 'grey', open: false },
  },
  publicStates: ['applied'],
  relations: {},
  workspacePath: paths.import,
  publicPath: 'files-of-figures',
  snapshot: async () => ({ body: {}, summary: '', searchText: '' }),
  publicView: 'modules/performance/views/public-measure.njk',
  events: {
    read: 'Read out of the spreadsheet',
    confirmed: 'Odd figures confirmed',
    applied: 'Figures loaded',
    dropped: 'Not loaded',
    checked: 'Checked',
    loading: 'Being loaded',
    'stop-asked': 'Asked to stop',
  },
}
