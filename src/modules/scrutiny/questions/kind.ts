import type { Trx } from '../../../platform/database/tables.ts'
import type { Audience, KindDescription, Snapshot } from '../../../record/description.ts'
import type { RecordKey } from '../../../record/record.ts'
import { gone } from '../refuse.ts'
import { factColumn } from '../words.ts'
import { findQuestion } from './queries.ts'
import { publicationReasons, publicQuestionStates, questionStates } from './rules.ts'
import type { QuestionState } from './rules.ts'
import { saidTo } from '../said/queries.ts'
import { publicSnapshot, sentSnapshot } from './snapshot.ts'
import { isAnswered, standingOf } from './standing.ts'

async function snapshot(trx: Trx, key: RecordKey, audience: Audience): Promise<Snapshot> {
  const question = (await findQuestion(trx, key)) ?? gone('question')
  const said = await saidTo(trx, question.head)
  if (audience.type === 'organisation') return sentSnapshot(question, said)
  const answered = isAnswered(question.facts.state)
  return publicSnapshot(question, await standingOf(trx, question.asker.organisationId, key, answered), said)
}

export const questionKind: KindDescription = {
  kind: 'question',
  word: 'question',
  plural: 'questions',
  prefix: 'Q',
  states: questionStates,
  publicStates: publicQuestionStates,
  relations: {
    'asks-about': ['exception', 'objective', 'measure', 'question', 'data-query', 'claim'],
    'tasked-by': ['question'],
  },
  expects: [
    { states: ['put', 'part-answered'], relation: 'answers', awaited: 'answer' },
    { states: ['answered', 'withheld'], relation: 'judges', awaited: 'judgement', byHolder: true },
  ],
  work: {
    draft: 'Finish {record}',
    ready: 'Put {record}',
    answered: 'Judge the answer to {record}',
    withheld: 'Judge the answer to {record}',
  },
  workspacePath: id => `/workspace/scrutiny/questions/${id}`,
  receivedPath: id => `/workspace/scrutiny/received/questions/${id}`,
  publicPath: 'questions',
  snapshot,
  publishing: {
    permission: 'scrutiny.publish-question',
    obstacles: async (_trx, record) => publicationReasons({ state: record.state as QuestionState }),
  },
  publicView: 'modules/scrutiny/views/public-question.njk',
  publicColumns: [factColumn('Asked by', 'askedBy'), factColumn('To', 'askedOf')],
  home: { heading: 'What is being asked', more: 'See all questions', place: 20, limit: 5, order: 'newest' },
  publicEmpty: 'Questions appear here once whoever asked them has put and published them, with their answers.',
  events: {
    ready: 'Asked to be put',
    put: 'Put',
    'clock-started': 'The time to answer began',
    answered: 'An answer was given',
    'answered-in-part': 'A part of the answer was given',
    judged: 'The answer was judged',
    withdrawn: 'Withdrawn',
    'put-off': 'An answer in writing is to follow',
    'taken-to-meeting': 'Taken to a meeting',
    said: 'What was said at the meeting was recorded',
  },
}
