import type { Trx } from '../../../platform/database/tables.ts'
import { longDate, londonDate } from '../../../platform/time.ts'
import type { Act, Due, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { stopClockOf, stopItemClocks } from './clocks.ts'
import { mustLoad, refuseIf } from './load.ts'
import type { LoadedItem } from './load.ts'
import { insertDueChange, insertUpdate } from './queries.ts'
import { sendToAddressees } from './raise.ts'
import { dueInWords, isUnderWay } from './rules.ts'

/*
 * What an addressee's act does to the record of whoever recommended. Called for the organisation that raised it, and
 * small: it writes what was released, and hands nothing back.
 */

/**
 * A reply arrived. Once nobody owes one any more the recommendation is replied to, and due when the replies say that it
 * will be done; that moves nothing that was agreed, so it is not counted.
 *
 * @throws Refusal where it was closed or withdrawn meanwhile
 */
export async function replyArrived(
  trx: Trx,
  act: Act,
  key: RecordKey,
  reply: { addresseeId: string; answer: string },
): Promise<void> {
  const loaded = await mustLoad(trx, key)
  const { record, addressees, facts, item } = loaded
  refuseIf(isUnderWay(record.state) ? [] : ['The recommendation was closed or withdrawn meanwhile.'])
  const addressee = addressees.find(each => each.id === reply.addresseeId)
  await stopClockOf(trx, act, key, addressee?.organisation_id ?? item.raised_by_organisation)
  const details = { by: addressee?.words, answer: reply.answer }
  if (record.state !== 'open' || facts.awaited.length > 0) {
    await changeRecord(trx, act, key, null, {}, { kind: 'reply-received', details })
    return
  }
  await stopItemClocks(trx, act, key, 'recommendation', 'replied')
  const due = await dueByReplies(trx, act, loaded)
  await changeRecord(trx, act, key, null, { state: 'replied', due }, { kind: 'replied', details })
  await sendToAddressees(trx, act, await mustLoad(trx, key))
}

/** The latest day by which the replies that stand say it will be done, put beside the due that was set. */
async function dueByReplies(trx: Trx, act: Act, { record, replies }: LoadedItem): Promise<Due | null> {
  const days = replies
    .filter(reply => reply.stands && reply.body.doneBy !== null)
    .map(reply => Temporal.PlainDate.from(reply.body.doneBy ?? ''))
    .sort((a, b) => Temporal.PlainDate.compare(a, b))
  const last = days.at(-1)
  if (last === undefined) return null
  await insertDueChange(trx, {
    area_id: record.areaId,
    record_id: record.id,
    changed_on: londonDate(act.now),
    due_before: `${dueInWords(record.due)} (the reply)`,
    due_after: longDate(last),
    reason: 'The reply says that it will be done by then.',
    changed_by: act.viewer.name,
    counted: false,
  })
  return { kind: 'date', date: last }
}

/** An addressee told how it goes, or that it is done. */
export async function progressArrived(
  trx: Trx,
  act: Act,
  key: RecordKey,
  progress: { text: string; done: boolean },
): Promise<void> {
  const { record } = await mustLoad(trx, key)
  refuseIf(isUnderWay(record.state) ? [] : ['It was closed or withdrawn: nothing more is owed.'])
  refuseIf(progress.done && record.state === 'open' ? ['Reply to it before you report it done.'] : [])
  await insertUpdate(trx, {
    area_id: key.areaId,
    record_id: key.id,
    dated: londonDate(act.now),
    text: progress.text,
    written_by: act.viewer.name,
    organisation_id: act.viewer.organisation.id,
  })
  const done = progress.done && record.state === 'replied'
  const event = done ? { kind: 'reported', details: progress } : { kind: 'updated', details: progress }
  await changeRecord(trx, act, key, null, done ? { state: 'reported' } : {}, event)
  if (done) await sendToAddressees(trx, act, await mustLoad(trx, key))
}
