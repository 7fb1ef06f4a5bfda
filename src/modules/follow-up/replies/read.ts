import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import { listReceived } from '../../../record/release.ts'
import { replyBody } from './body.ts'
import type { ReplyBody } from './body.ts'
import { replyIdsTo } from './queries.ts'

/** Replies read at once at most. */
const most = 5000

/** A reply as whoever asked has it: frozen when it was sent. */
export interface ReceivedReply {
  id: string
  reference: string
  body: ReplyBody
  sentOn: Temporal.PlainDate
  /** False where the same addressee replied again later. */
  stands: boolean
}

/**
 * The replies that reached whoever raised a recommendation, earliest first. Those that are still being written by
 * their addressees are not among them: they were never released.
 *
 * @param asker the organisation that raised it
 */
export async function repliesTo(trx: Trx, recommendation: RecordKey, asker: string): Promise<ReceivedReply[]> {
  const found = await repliesToAll(trx, recommendation.areaId, [recommendation.id], asker)
  return found.get(recommendation.id) ?? []
}

/** The same for several recommendations of one organisation, by the recommendation's id. */
export async function repliesToAll(
  trx: Trx,
  areaId: number,
  recommendations: readonly string[],
  asker: string,
): Promise<Map<string, ReceivedReply[]>> {
  if (recommendations.length === 0) return new Map()
  const ids = await replyIdsTo(trx, areaId, recommendations)
  const sent = await listReceived(trx, asker, { areaId, kinds: ['reply'], ids, limit: most })
  const replies = sent
    .map(({ recordId: id, reference, body, dated: sentOn, sentAt }) => {
      return { id, reference, body: replyBody.parse(body), sentOn, sentAt }
    })
    .sort((a, b) => Temporal.Instant.compare(a.sentAt, b.sentAt) || (a.id < b.id ? -1 : 1))
  const last = new Map(replies.map(reply => [reply.body.addresseeId, reply.id]))
  const read = replies.map(({ sentAt: _sentAt, ...reply }) => ({
    ...reply,
    stands: last.get(reply.body.addresseeId) === reply.id,
  }))
  return Map.groupBy(read, reply => reply.body.recommendationId)
}
