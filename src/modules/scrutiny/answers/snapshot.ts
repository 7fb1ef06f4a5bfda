import { groundInWords } from '../../../record/classification.ts'
import type { Snapshot } from '../../../record/description.ts'
import type { AnswerBody } from '../bodies.ts'
import { sayDate } from '../bodies.ts'
import { howWords } from '../words.ts'
import { attachmentBodyOf } from './attachments.ts'
import type { AnswerAttachment } from './attachments.ts'
import type { Answer } from './queries.ts'

/**
 * What the public may have of an answer: its text, and those attachments whose publication was chosen. A withheld
 * attachment leaves a gap with its number and ground.
 *
 * @param corrects the reference of the answer that this one corrects
 */
export function publicAnswer(
  answer: Answer,
  attachments: readonly AnswerAttachment[],
  corrects: string | null,
): Snapshot {
  const open = attachments.filter(each => each.ground === null)
  const released = open.filter(each => each.attachment.released_publicly)
  const body: AnswerBody = {
    ...common(answer, corrects),
    attachments: released.map(({ attachment, number }) => attachmentBodyOf(attachment, number)),
    attachmentsToCome: open.length - released.length,
  }
  return {
    body,
    ...words(answer, released),
    files: released.flatMap(({ attachment }) => attachment.file_id ?? []),
    preview: [{ heading: `Answer by ${body.by}`, text: body.text }],
    gaps: attachments.flatMap(({ attachment, number, ground }) =>
      ground === null
        ? []
        : [{ id: attachment.id, position: `Attachment ${number}`, title: null, ground, dated: answer.head.dated }],
    ),
  }
}

/** What the asker is given: everything, and what may not be published on which ground. */
export function sentAnswer(
  answer: Answer,
  attachments: readonly AnswerAttachment[],
  corrects: string | null,
): Snapshot {
  const { classification, ground } = answer.head
  const body: AnswerBody = {
    ...common(answer, corrects),
    attachments: attachments.map(({ attachment, number, ground: withheld }) => ({
      ...attachmentBodyOf(attachment, number),
      id: attachment.id,
      ground: withheld,
    })),
    attachmentsToCome: 0,
    ground: classification === 'open' ? null : groundInWords(ground),
    answers: { kind: answer.row.answers_kind, id: answer.row.answers_id },
  }
  return {
    body,
    ...words(answer, attachments),
    files: attachments.flatMap(({ attachment }) => attachment.file_id ?? []),
  }
}

function common(
  { row, giver }: Answer,
  corrects: string | null,
): Omit<AnswerBody, 'attachments' | 'attachmentsToCome'> {
  return {
    text: row.text,
    by: giver.name,
    how: howWords[row.how],
    on: sayDate(row.given_on),
    part: row.part,
    replyBy: sayDate(row.reply_by),
    corrects,
    source: row.source,
  }
}

function words({ row, giver }: Answer, attachments: readonly AnswerAttachment[]) {
  const part = row.part ? 'Answered in part' : 'Answered'
  return {
    summary: `${part} ${howWords[row.how]} by ${giver.name}.`,
    searchText: [row.text, ...attachments.map(({ attachment }) => attachment.title)].join('\n'),
  }
}
