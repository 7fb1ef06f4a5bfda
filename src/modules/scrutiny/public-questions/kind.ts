import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import type { KindDescription, Snapshot } from '../../../record/description.ts'
import type { RecordKey } from '../../../record/record.ts'
import { gone } from '../refuse.ts'
import { factColumn } from '../words.ts'
import { findPublicQuestion } from './queries.ts'
import { publicationReasons, publicQuestionStates, publishedStates } from './rules.ts'
import type { PublicQuestionState } from './rules.ts'
import { publicQuestionSnapshot } from './snapshot.ts'

async function snapshot(trx: Trx, key: RecordKey): Promise<Snapshot> {
  const question = (await findPublicQuestion(trx, key)) ?? gone('question')
  return publicQuestionSnapshot(question, londonDate(question.row.received_at))
}

export const publicQuestionPath = (id: string): string => `/workspace/scrutiny/public-questions/${id}`

/** A question that a member of the public puts to a meeting of a body. */
export const publicQuestionKind: KindDescription = {
  kind: 'public-question',
  word: 'public question',
  plural: 'public questions',
  // Not PQ: those are the questions that a panel's members put.
  prefix: 'QP',
  states: publicQuestionStates,
  publicStates: publishedStates,
  relations: { 'asked-at': ['meeting'] },
  workspacePath: publicQuestionPath,
  receivedPath: id => `/workspace/scrutiny/received/public-questions/${id}`,
  publicPath: 'public-questions',
  snapshot,
  publishing: {
    permission: 'scrutiny.publish-public-question',
    obstacles: async (_trx, record) => publicationReasons({ state: record.state as PublicQuestionState }),
  },
  publicView: 'modules/scrutiny/public-questions/views/public-question.njk',
  publicColumns: [factColumn('To', 'body'), factColumn('Asked by', 'askedBy')],
  publicEmpty:
    'Questions from the public appear here once the clerk has accepted and published them, with the answers.',
  events: {
    created: 'Came in through the public site',
    'clock-started': 'The notice was worked out',
    'clock-stopped': 'It came in time',
    'clock-cancelled': 'It came in after the notice',
    accepted: 'Accepted',
    refused: 'Not accepted',
    withdrawn: 'Withdrawn',
    removed: 'Removed, with what it said',
    'meeting-named': 'Its meeting was named',
    'meeting-moved': 'Its meeting was moved',
    'meeting-cancelled': 'Its meeting was cancelled',
    'put-at-meeting': 'Put at the meeting',
    'to-be-answered': 'An answer in writing is to follow',
    'not-put': 'Not put at the meeting',
    answered: 'Answered',
    'put-earlier': 'Put one place earlier',
    supplementary: 'A supplementary question was recorded',
    'asker-told': 'The asker was told by email',
    'asker-erased': 'The asker’s contact details were erased',
  },
}
