import type { Trx } from '../../../platform/database/tables.ts'
import { composeMail, sendMail } from '../../../platform/mail.ts'
import { longDate } from '../../../platform/time.ts'
import { recordEvent } from '../../../record/history.ts'
import type { Act } from '../../../record/record.ts'
import type { PublicQuestion } from './queries.ts'

const views = 'modules/scrutiny/public-questions/views'

/** What an asker is written about. */
export type Told = 'received' | 'accepted' | 'refused' | 'withdrawn' | 'meeting' | 'cancelled' | 'put' | 'answered'

/** Whether the asker was written to, has to be written to by post, or cannot be reached any more. */
export type Reached = 'mailed' | 'post' | 'erased'

/**
 * Writes to whoever asked, where they gave an e-mail address. What they typed is never repeated but to the clerk: the
 * address may be somebody else's.
 *
 * @param more further values that the mail of this kind prints
 */
export async function tellAsker(
  trx: Trx,
  act: Act,
  question: PublicQuestion,
  told: Told,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Reached> {
  const { asker, head, row } = question
  if (asker === null) return 'erased'
  if (asker.email === null) return 'post'
  const values = {
    receipt: row.receipt,
    reference: head.reference,
    body: row.body_name,
    meeting: row.meeting_title ?? '',
    askBy: row.ask_by === null ? '' : longDate(row.ask_by),
    late: row.late,
    inPerson: row.wishes === 'in-person',
    keeper: act.viewer.organisation.name,
    ...more,
  }
  await sendMail(trx, composeMail(asker.email, `${views}/mail-${told}.njk`, values))
  recordEvent(trx, act, {
    areaId: head.areaId,
    id: head.id,
    holders: head.holders,
    kind: `${head.kind}.asker-told`,
    payload: { of: told },
  })
  return 'mailed'
}

/** What the clerk is told after a deed of which the asker is to know. */
export function reachedWords(reached: Reached): string {
  switch (reached) {
    case 'mailed':
      return 'Whoever asked is told by email.'
    case 'post':
      return 'Whoever asked gave a postal address only: write to them.'
    case 'erased':
      return 'The asker’s contact details are erased, so nobody is told.'
  }
}
