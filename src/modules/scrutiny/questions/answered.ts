import type { Trx } from '../../../platform/database/tables.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { releaseTo } from '../../../record/release.ts'
import { explainByAnswer } from '../../performance/index.ts'
import { refreshPublished } from '../publication/published.ts'
import { gone } from '../refuse.ts'
import { stopQuestionClocks } from './put.ts'
import { findQuestion } from './queries.ts'
import { stateAfterAnswer, stateAfterJudgement } from './rules.ts'

/**
 * Moves a question on because an answer to it was given. A holding answer leaves the question open and its due as it
 * was; the whole answer ends the clock, and the judgement is now the asker's to make. Run for the asker.
 */
export async function questionAnswered(
  trx: Trx,
  act: Act,
  key: RecordKey,
  answer: { part: boolean; open: boolean },
): Promise<void> {
  const question = (await findQuestion(trx, key)) ?? gone('question')
  const state = stateAfterAnswer(answer)
  if (answer.part) {
    await changeRecord(trx, act, key, null, { state }, { kind: 'answered-in-part' })
  } else {
    const { organisationId, role, personId } = question.asker
    const owner = { organisationId, ...(role === null ? {} : { role }), ...(personId === null ? {} : { personId }) }
    await changeRecord(trx, act, key, null, { state, owner, due: null }, { kind: 'answered' })
    await stopQuestionClocks(trx, act, key, 'answered')
    // The answering side's copy would go on saying that an answer is awaited.
    await releaseTo(trx, act, key, [question.row.answerer_organisation])
    await explainByAnswer(trx, act, organisationId, key)
  }
  await refreshPublished(trx, act, key)
}

/** Moves a question on because its asker has judged the answer. */
export async function questionJudged(trx: Trx, act: Act, key: RecordKey): Promise<void> {
  const question = (await findQuestion(trx, key)) ?? gone('question')
  const state = stateAfterJudgement(question.facts.state)
  await changeRecord(trx, act, key, null, { state }, { kind: 'judged' })
  await refreshPublished(trx, act, key)
}
