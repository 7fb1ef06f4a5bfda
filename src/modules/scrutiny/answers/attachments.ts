import type { Trx } from '../../../platform/database/tables.ts'
import type { Upload } from '../../../platform/web/route.ts'
import { groundInWords } from '../../../record/classification.ts'
import { attach, attachmentsOf } from '../../../record/files.ts'
import type { Attachment } from '../../../record/files.ts'
import type { RecordKey } from '../../../record/record.ts'
import type { AttachmentBody } from '../bodies.ts'
import type { ScrutinyAct } from '../party.ts'
import { gone, refuseIf } from '../refuse.ts'
import { changeConsent, consentsOf, findAnswer, insertConsent } from './queries.ts'
import type { AttachmentConsent } from './queries.ts'
import type { Limb } from './limbs.ts'
import { editAnswerObstacles } from './rules.ts'

/** An attachment of an answer, with what its giver says about publishing it. */
export interface AnswerAttachment {
  attachment: Attachment
  number: number
  /** In words, where it may not be published; null where it may. */
  ground: string | null
}

/** Attaches a file or a link to an answer that is being prepared. It may be published unless its giver says not. */
export async function attachToAnswer(
  trx: Trx,
  act: ScrutinyAct,
  key: RecordKey,
  what: { upload: Upload } | { url: string },
  title: string,
): Promise<string> {
  const answer = (await findAnswer(trx, key)) ?? gone('answer')
  refuseIf(editAnswerObstacles(answer.facts))
  const id = await attach(trx, act, answer.head, what, title)
  const number = (await consentsOf(trx, key)).length + 1
  await insertConsent(trx, {
    area_id: key.areaId,
    attachment_id: id,
    answer_id: key.id,
    number,
    withheld_limb: null,
    withheld_by: null,
  })
  return id
}

/** Says which attachments may not be published, on which limb; the others may. */
export async function withholdAttachments(
  trx: Trx,
  act: ScrutinyAct,
  key: RecordKey,
  withheld: ReadonlyMap<string, Limb>,
): Promise<void> {
  for (const { attachment_id: id } of await consentsOf(trx, key)) {
    const limb = withheld.get(id)
    const columns =
      limb === undefined
        ? { withheld_limb: null, withheld_by: null }
        : { withheld_limb: limb, withheld_by: act.viewer.name }
    await changeConsent(trx, key.areaId, id, columns)
  }
}

/** The attachments of an answer in order. Ask only for answers the viewer may see. */
export async function answerAttachments(trx: Trx, key: RecordKey): Promise<AnswerAttachment[]> {
  const attachments = await attachmentsOf(trx, key)
  return (await consentsOf(trx, key)).flatMap(consent => {
    const attachment = attachments.find(each => each.id === consent.attachment_id)
    return attachment === undefined ? [] : [{ attachment, number: consent.number, ground: groundOf(consent) }]
  })
}

function groundOf({ withheld_limb: limb, withheld_by: decidedBy }: AttachmentConsent): string | null {
  if (limb === null || decidedBy === null) return null
  return groundInWords({ code: 'article-2-2', limb, decidedBy })
}

/** An attachment as it stands in a frozen body, by its title alone. */
export function attachmentBodyOf(attachment: Attachment, number: number): AttachmentBody {
  return {
    number,
    title: attachment.title,
    fileId: attachment.file_id,
    url: attachment.url,
    type: attachment.file_id === null ? 'link' : 'file',
  }
}
