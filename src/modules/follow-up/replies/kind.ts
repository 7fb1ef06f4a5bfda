import type { Trx } from '../../../platform/database/tables.ts'
import { groundInWords } from '../../../record/classification.ts'
import type { Audience, KindDescription, Snapshot } from '../../../record/description.ts'
import { attachmentsOf } from '../../../record/files.ts'
import type { RecordKey } from '../../../record/record.ts'
import type { ReplyBody } from './body.ts'
import { findReply } from './queries.ts'
import type { Reply } from './queries.ts'
import { receivedReplyPath, replyAnswerWords, replyPath, replyStates } from './words.ts'

/** What whoever asked, or the public, has of a reply. Its evidence goes to whoever asked alone. */
async function replySnapshot(trx: Trx, key: RecordKey, audience: Audience): Promise<Snapshot> {
  const reply = await findReply(trx, key)
  if (reply === null) throw new Error(`No reply ${key.id} to make a snapshot of`)
  const attachments = audience.type === 'public' ? [] : await attachmentsOf(trx, key)
  const evidence = attachments.map(({ title, file_id: fileId, url }) => ({ title, fileId, url }))
  const body = toBody(reply, evidence)
  return {
    body,
    summary: `${replyAnswerWords[body.answer]}. In the name of ${body.inTheNameOf}.`,
    searchText: `${body.reason} ${body.doing ?? ''}`,
    files: attachments.flatMap(each => each.file_id ?? []),
    preview: [
      { heading: 'The reply', text: replyAnswerWords[body.answer] },
      { heading: 'Reason', text: body.reason },
      ...(body.doing === null ? [] : [{ heading: 'What is being done', text: body.doing }]),
    ],
  }
}

function toBody({ head, row }: Reply, evidence: ReplyBody['evidence']): ReplyBody {
  return {
    recommendationId: row.recommendation_id,
    addresseeId: row.addressee_id,
    answer: row.answer,
    reason: row.reason,
    doing: row.doing,
    doneBy: row.done_by?.toString() ?? null,
    inTheNameOf: row.in_the_name_of,
    sentOn: row.sent_on?.toString() ?? null,
    withheld: head.classification === 'open' ? null : groundInWords(head.ground),
    evidence,
  }
}

/** A reply to a recommendation: the record of whoever replies, kept apart from the judgement of whoever asked. */
export const replyKind: KindDescription = {
  kind: 'reply',
  word: 'reply',
  plural: 'replies',
  prefix: 'RY',
  states: replyStates,
  publicStates: ['sent', 'asked-again', 'replaced'],
  relations: { 'replies-to': ['recommendation'], replaces: ['reply'] },
  waitsFor: { draft: 'follow-up.send-reply', 'asked-again': 'follow-up.send-reply' },
  workspacePath: replyPath,
  receivedPath: receivedReplyPath,
  publicPath: 'replies',
  snapshot: replySnapshot,
  publishing: {
    permission: 'follow-up.publish',
    obstacles: async (_trx, record) =>
      record.state === 'draft' ? ['It is still being written: it is sent before it is published.'] : [],
  },
  publicView: 'modules/follow-up/views/public-reply.njk',
  publicEmpty: 'Replies to recommendations appear here once whoever replied has published them.',
  events: {
    changed: 'Changed',
    sent: 'Sent',
    replaced: 'Replaced by a later reply',
    'asked-again': 'A fuller reply was asked for',
  },
}
