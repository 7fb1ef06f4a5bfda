import type { Trx } from '../../../platform/database/tables.ts'
import type { Audience, KindDescription, Snapshot } from '../../../record/description.ts'
import { linkedTo } from '../../../record/links.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import { gone } from '../refuse.ts'
import { answerAttachments } from './attachments.ts'
import { findAnswer } from './queries.ts'
import { answerStates } from './rules.ts'
import { publicAnswer, sentAnswer } from './snapshot.ts'

async function snapshot(trx: Trx, key: RecordKey, audience: Audience): Promise<Snapshot> {
  const answer = (await findAnswer(trx, key)) ?? gone('answer')
  const attachments = await answerAttachments(trx, key)
  const [earlier] = await linkedTo(trx, key, 'corrects')
  const corrects = earlier === undefined ? null : ((await findRecord(trx, earlier))?.reference ?? null)
  return audience.type === 'public'
    ? publicAnswer(answer, attachments, corrects)
    : sentAnswer(answer, attachments, corrects)
}

/** An answer is published by its asker, with its giver's consent, so it has no publishing of its own (publication/). */
export const answerKind: KindDescription = {
  kind: 'answer',
  word: 'answer',
  plural: 'answers',
  prefix: 'A',
  states: answerStates,
  publicStates: ['given', 'corrected'],
  relations: { answers: ['question', 'challenge'], corrects: ['answer'], quotes: ['measure'] },
  work: { preparing: 'Finish {record}', ready: 'Give {record}' },
  workspacePath: id => `/workspace/scrutiny/answers/${id}`,
  receivedPath: id => `/workspace/scrutiny/received/answers/${id}`,
  publicPath: 'answers',
  snapshot,
  publicView: 'modules/scrutiny/views/public-answer.njk',
  publicEmpty: 'Answers appear here once whoever asked has published them.',
  events: {
    ready: 'Prepared, and ready to be given',
    given: 'Given',
    corrected: 'Corrected by a later answer',
  },
}
