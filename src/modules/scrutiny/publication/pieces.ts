import type { Trx } from '../../../platform/database/tables.ts'
import type { ReceivedAnswer } from '../answers/received.ts'
import { answerBody } from '../bodies.ts'
import { publishedBody } from './published.ts'

/** What may be published beside a question, piece by piece, and what may not with its ground. */
export async function pieceModels(trx: Trx, answers: readonly ReceivedAnswer[]) {
  const open = []
  const withheld: { heading: string; ground: string }[] = []
  for (const answer of answers) {
    const { id, reference, body, areaId } = answer
    if (body.ground != null) {
      withheld.push({ heading: `The answer ${reference}, with its attachments`, ground: body.ground })
      continue
    }
    const published = await publishedBody(trx, { areaId, id })
    const released = new Set(published === null ? [] : answerBody.parse(published).attachments.map(each => each.number))
    const attachments = body.attachments.filter(each => each.ground == null)
    open.push({
      id,
      reference,
      published: published !== null,
      heading: `Answer ${reference} by ${body.by}${body.on === null ? '' : `, ${body.on.words}`}`,
      text: body.text,
      attachments: attachments.map(({ id: attachment = '', title, number }) => ({
        id: attachment,
        title,
        published: released.has(number),
      })),
    })
    for (const each of body.attachments.filter(attachment => attachment.ground != null)) {
      withheld.push({ heading: `Attachment ${each.number} of ${reference}: ${each.title}`, ground: each.ground ?? '' })
    }
  }
  return { open, withheld }
}
