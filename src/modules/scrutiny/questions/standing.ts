import type { Trx } from '../../../platform/database/tables.ts'
import { answersReceived } from '../answers/received.ts'
import type { AnswerNotice, JudgementNotice } from '../bodies.ts'
import { judgementOf } from '../judgements/queries.ts'
import { isPublished } from '../publication/published.ts'
import type { RecordKey } from '../../../record/record.ts'
import type { QuestionState } from './rules.ts'
import type { Standing } from './snapshot.ts'

/**
 * How a question or challenge stands, from what its asker holds and received. The transaction must be scoped to the
 * asker; an answer that is still being prepared is not known to it.
 */
export async function standingOf(
  trx: Trx,
  askerOrganisation: string,
  key: RecordKey,
  answered: boolean,
): Promise<Standing> {
  const answers = await answersReceived(trx, askerOrganisation, key)
  const notices: (AnswerNotice & { id: string })[] = []
  for (const { id, reference, body } of answers) {
    const published = await isPublished(trx, { areaId: key.areaId, id })
    const publication = published ? 'published' : body.ground == null ? 'not-yet' : 'withheld'
    const { by, on, how, part, replyBy } = body
    const ground = publication === 'withheld' ? (body.ground ?? null) : null
    notices.push({ id, publication, reference: published ? reference : null, by, on, how, part, replyBy, ground })
  }
  return { answers: notices, judgement: await judgementNotice(trx, key, answered) }
}

async function judgementNotice(trx: Trx, key: RecordKey, answered: boolean): Promise<JudgementNotice> {
  const judgement = await judgementOf(trx, key)
  if (judgement === null) return answered ? 'not-yet-judged' : 'not-due'
  return judgement.head.publication === 'published' ? 'published' : 'not-published'
}

/** Whether an answer is there to be judged. */
export function isAnswered(state: QuestionState): boolean {
  return ['answered', 'withheld', 'judged', 'judged-withheld'].includes(state)
}
