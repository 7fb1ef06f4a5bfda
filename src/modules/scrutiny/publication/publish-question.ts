import type { Trx } from '../../../platform/database/tables.ts'
import { actingFor } from '../../../record/acting-for.ts'
import { attachmentsOf, releaseAttachments } from '../../../record/files.ts'
import { publishRecord, takeDown } from '../../../record/publish.ts'
import type { Publication } from '../../../record/publish.ts'
import type { RecordKey } from '../../../record/record.ts'
import { answersReceived } from '../answers/received.ts'
import type { ReceivedAnswer } from '../answers/received.ts'
import { findToBeJudged } from '../judgements/judge.ts'
import { judgementOf } from '../judgements/queries.ts'
import type { ScrutinyAct } from '../party.ts'
import { publicationReasons } from '../questions/rules.ts'
import type { QuestionState } from '../questions/rules.ts'
import { gone, refuseIf } from '../refuse.ts'
import { isPublished } from './published.ts'

/** Which pieces go before the public beside the question or challenge itself; each is chosen by itself. */
export interface Pieces {
  answers: readonly string[]
  attachments: readonly string[]
  judgement: boolean
  /** Attachments of a challenge's own letter. */
  letters?: readonly string[]
  /** What was corrected, shown beside a later version. */
  note?: string
}

/**
 * Publishes a question or challenge with the chosen pieces. An answer is the record of whoever gave it and is published
 * only with the consent that came with it; of what is withheld the public sees the ground and nothing else.
 *
 * @throws Refusal where it has not been put, or a piece was chosen that its giver does not agree to
 */
export async function publishQuestion(
  trx: Trx,
  act: ScrutinyAct,
  key: RecordKey,
  pieces: Pieces,
): Promise<Publication> {
  const found = (await findToBeJudged(trx, key)) ?? gone('question')
  const answers = await answersReceived(trx, act.viewer.organisation.id, key)
  refuseIf([
    ...publicationReasons({ state: found.head.state as QuestionState }),
    ...answers.flatMap(answer => consentReasons(answer, pieces)),
  ])
  for (const answer of answers) await publishAnswer(trx, act, answer, pieces)
  if (pieces.letters !== undefined) await releaseAttachments(trx, key, pieces.letters)
  const judgement = pieces.judgement ? await judgementOf(trx, key) : null
  if (judgement !== null) await publishRecord(trx, act, judgement.head)
  return publishRecord(trx, act, key, pieces.note)
}

function consentReasons({ id, reference, body }: ReceivedAnswer, pieces: Pieces): string[] {
  const withheld = body.attachments.filter(each => each.ground != null && pieces.attachments.includes(each.id ?? ''))
  return [
    ...(pieces.answers.includes(id) && body.ground != null
      ? [`${reference} may not be published: ${body.ground}.`]
      : []),
    ...withheld.map(each => `“${each.title}” may not be published: ${each.ground ?? ''}.`),
  ]
}

/** The one place where the asker's act reaches into the giver's record: the giver agreed when giving it. */
async function publishAnswer(trx: Trx, act: ScrutinyAct, answer: ReceivedAnswer, pieces: Pieces): Promise<void> {
  const key = { areaId: answer.areaId, id: answer.id }
  if (!pieces.answers.includes(answer.id)) return
  const chosen = answer.body.attachments.flatMap(each =>
    pieces.attachments.includes(each.id ?? '') ? [each.id ?? ''] : [],
  )
  await actingFor(trx, [answer.holder], async () => {
    const before = (await attachmentsOf(trx, key)).filter(each => each.released_publicly).map(each => each.id)
    await releaseAttachments(trx, key, [...before, ...chosen])
    await publishRecord(trx, act, key)
  })
}

/**
 * Takes down an answer that the asker published. The question stays, and says that the answer is not published.
 *
 * @param reason words that may be public
 */
export async function takeDownAnswer(
  trx: Trx,
  act: ScrutinyAct,
  question: RecordKey,
  answerId: string,
  reason: string,
): Promise<void> {
  const answers = await answersReceived(trx, act.viewer.organisation.id, question)
  const answer = answers.find(each => each.id === answerId) ?? gone('answer')
  const key = { areaId: answer.areaId, id: answer.id }
  refuseIf((await isPublished(trx, key)) ? [] : ['The answer is not published.'])
  await actingFor(trx, [answer.holder], () => takeDown(trx, act, key, reason))
  await publishRecord(trx, act, question)
}
