import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import type { Audience, KindDescription, Snapshot } from '../../../record/description.ts'
import type { RecordKey } from '../../../record/record.ts'
import { periodInWords } from '../period.ts'
import type { CommentaryBody } from './body.ts'
import { publishObstacles } from './commentary.ts'
import { findCommentary, isPublishedMeasure, type Wording, writableMeasures } from './commentary-queries.ts'
import { commentaryPath, receivedCommentaryPath } from './paths.ts'

/**
 * What an audience may have of a commentary: organisations the wordings that were released, the public the one that
 * stands.
 */
async function snapshot(trx: Trx, key: RecordKey, audience: Audience): Promise<Snapshot> {
  const found = await findCommentary(trx, key)
  if (found === null) throw new Error(`The commentary ${key.id} is not visible to whoever releases it`)
  const { row, stands, earlier } = found
  const measure = (await writableMeasures(trx, key.areaId)).find(each => each.id === row.measure_id)
  const periodWords = periodInWords({ frequency: measure?.frequency ?? 'day', start: row.period_start })
  const body: Omit<CommentaryBody, 'mayPublish' | 'earlier'> & Partial<CommentaryBody> = {
    measureId: row.measure_id,
    measure: measure?.title ?? '',
    breakdown: row.breakdown,
    ...{ period: row.period_start.toString(), periodWords },
    ...told(stands),
    organisation: row.organisation_name,
    ...(audience.type === 'organisation' && {
      mayPublish: row.may_publish,
      earlier: earlier.filter(each => each.released_at !== null).map(told),
    }),
  }
  return {
    body,
    summary: stands.words.length > 200 ? `${stands.words.slice(0, 199).trimEnd()}…` : stands.words,
    searchText: stands.words,
    facts: { by: row.organisation_name, period: periodWords },
    preview: [{ heading: `By ${stands.author}, ${row.organisation_name}`, text: stands.words }],
  }
}

function told({ words, author, written_at }: Wording) {
  return { text: words, author, writtenOn: londonDate(written_at).toString() }
}

const textOf = (fact: unknown): string => (typeof fact === 'string' ? fact : '')

export const commentaryKind: KindDescription = {
  kind: 'commentary',
  word: 'commentary',
  plural: 'commentaries',
  prefix: 'CM',
  states: {
    draft: { word: 'Draft', colour: 'grey', open: true },
    released: { word: 'Released', colour: 'green', open: false },
    changed: { word: 'Changed since it was released', colour: 'yellow', open: true },
  },
  publicStates: ['released'],
  work: { draft: 'Finish {record}', changed: 'Release {record} again' },
  relations: { 'comments-on': ['measure'] },
  workspacePath: commentaryPath,
  receivedPath: receivedCommentaryPath,
  publicPath: 'commentary',
  snapshot,
  publishing: {
    permission: 'performance.publish',
    obstacles: async (trx, record) => {
      const found = await findCommentary(trx, record)
      if (found === null) return ['It is not there any more.']
      return [
        ...publishObstacles(record.state, found.row.may_publish),
        ...((await isPublishedMeasure(trx, { areaId: record.areaId, id: found.row.measure_id }))
          ? []
          : ['Publish the measure first: commentary is read beside its figures.']),
      ]
    },
  },
  publicView: 'modules/performance/views/public-commentary.njk',
  publicColumns: [
    { heading: 'By', cell: facts => ({ type: 'text', text: textOf(facts['by']) }) },
    { heading: 'Period', cell: facts => ({ type: 'text', text: textOf(facts['period']) }) },
  ],
  publicEmpty: 'Commentary on the figures of a period appears here once whoever wrote it lets it be published.',
  events: {
    reworded: 'Reworded',
    'given-out': 'Released as it stands',
  },
}
