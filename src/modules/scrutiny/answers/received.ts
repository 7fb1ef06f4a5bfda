import type { Trx } from '../../../platform/database/tables.ts'
import { linkedFrom } from '../../../record/links.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findReceived, listReceived } from '../../../record/release.ts'
import type { Received } from '../../../record/release.ts'
import { answerBody } from '../bodies.ts'
import type { AnswerBody } from '../bodies.ts'

/** An answer as the asker received it: a frozen copy that its giver cannot change. */
export interface ReceivedAnswer {
  id: string
  areaId: number
  reference: string
  title: string
  /** The organisation that holds it. */
  holder: string
  sentAt: Temporal.Instant
  body: AnswerBody
}

/** The answers that an organisation received to a question or challenge of its own, the earliest first. */
export async function answersReceived(trx: Trx, organisation: string, key: RecordKey): Promise<ReceivedAnswer[]> {
  const ids = (await linkedFrom(trx, key, 'answers')).map(each => each.id)
  const received = await listReceived(trx, organisation, { areaId: key.areaId, kinds: ['answer'], ids })
  return received.map(toReceivedAnswer).sort(earliestFirst)
}

/** Identities grow with time, so they part answers of one moment. */
function earliestFirst(a: ReceivedAnswer, b: ReceivedAnswer): number {
  return Temporal.Instant.compare(a.sentAt, b.sentAt) || (a.id < b.id ? -1 : 1)
}

/** One answer that the organisation received, or null. */
export async function findReceivedAnswer(
  trx: Trx,
  organisation: string,
  key: RecordKey,
): Promise<ReceivedAnswer | null> {
  const received = await findReceived(trx, organisation, key)
  return received?.kind === 'answer' ? toReceivedAnswer(received) : null
}

/** All answers that an organisation received in an area, newest first. */
export async function allAnswersReceived(trx: Trx, organisation: string, areaId: number): Promise<ReceivedAnswer[]> {
  return (await listReceived(trx, organisation, { areaId, kinds: ['answer'] })).map(toReceivedAnswer)
}

function toReceivedAnswer(received: Received): ReceivedAnswer {
  return {
    id: received.recordId,
    areaId: received.areaId,
    reference: received.reference,
    title: received.title,
    holder: received.fromOrganisation,
    sentAt: received.sentAt,
    body: answerBody.parse(received.body),
  }
}
