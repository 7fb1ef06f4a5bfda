import { randomUUIDv7 } from 'node:crypto'
import type { Database, Trx } from '../../../platform/database/tables.ts'
import { inTransaction } from '../../../platform/database/transaction.ts'
import { londonDate } from '../../../platform/time.ts'
import { recordEvent } from '../../../record/history.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { everyOrganisation, systemAct } from '../../../record/system-act.ts'
import { gone, refuseIf } from '../refuse.ts'
import { askersToErase, changePublicQuestion, deleteAsker, findPublicQuestion } from './queries.ts'
import { eraseObstacles } from './rules.ts'

/**
 * Erases who asked and how to reach them. The question stays; a name that its asker agreed to be published stays with
 * what is published. What was made of the contact details goes too: the receipt, and the mark by which the same message
 * is known again.
 *
 * @param why in a sentence, for the history
 * @throws Refusal while it is open, since its asker is still to be told
 */
export async function eraseAsker(trx: Trx, act: Act, key: RecordKey, why: string): Promise<void> {
  const { head, facts } = (await findPublicQuestion(trx, key)) ?? gone('question')
  refuseIf(eraseObstacles(facts))
  await deleteAsker(trx, key)
  const shown = facts.published ? {} : { shown_name: null }
  await changePublicQuestion(trx, key, { receipt: 'erased', message_id: randomUUIDv7(), ...shown })
  recordEvent(trx, act, { ...key, holders: head.holders, kind: `${head.kind}.asker-erased`, payload: { why } })
}

/**
 * Erases the contact details that the bodies' own rules keep no longer.
 *
 * @returns how many
 */
export async function eraseOldAskers(program: Database, now: Temporal.Instant): Promise<number> {
  const organisations = await inTransaction(program, null, everyOrganisation)
  const today = londonDate(now)
  return inTransaction(program, organisations, async trx => {
    const due = await askersToErase(trx, today)
    for (const key of due) {
      await eraseAsker(trx, systemAct(now), key, 'The time for which the body keeps them is over.')
    }
    return due.length
  })
}
