import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import { actingFor } from '../../../record/acting-for.ts'
import { startClock } from '../../../record/clock-store.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, findRecord } from '../../../record/records.ts'
import { clockRule, stopItemClocks } from './clocks.ts'
import { actorOf, mustLoad, refuseIf } from './load.ts'
import type { LoadedItem } from './load.ts'
import { tellAddressees } from './progress.ts'
import { changeItem, insertClosure, undoClosure } from './queries.ts'
import { startReplyClocks } from './raise.ts'
import {
  askAgainObstacles,
  cancellingObstacles,
  closingObstacles,
  meetingObstacles,
  reopeningObstacles,
} from './rules.ts'
import type { Answers, NamedMeeting } from './rules.ts'

/** Where something is decided: at a meeting that is named, or by the chair. */
export type Decided = { way: 'meeting'; meeting: NamedMeeting } | { way: 'chair' }

/** A closing: where it was decided, whether what was done answers what was asked, and why. */
export interface Closing {
  decided: Decided
  answersAsked: Answers
  reason: string
}

/**
 * Closes an item, at a meeting of the body that raised it or by its chair, saying whether what was done answers what
 * was asked, and why.
 *
 * @throws Refusal with every reason where it may not be closed, or the meeting is still to come
 */
export async function closeItem(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  { decided, answersAsked, reason }: Closing,
): Promise<void> {
  const { record, kind, facts } = await mustLoad(trx, key)
  const today = londonDate(act.now)
  const meeting = decided.way === 'meeting' ? decided.meeting : null
  refuseIf([...closingObstacles(facts, actorOf(act)), ...(meeting === null ? [] : meetingObstacles(meeting, today))])
  await insertClosure(trx, {
    area_id: key.areaId,
    record_id: key.id,
    closed_on: today,
    way: decided.way,
    meeting_id: meeting?.id ?? null,
    meeting_words: meeting?.words ?? null,
    answers_asked: answersAsked,
    reason,
  })
  await stopItemClocks(trx, act, key, kind, 'closed')
  const details = { answersAsked, decided: meeting?.words ?? 'by the chair' }
  await changeRecord(trx, act, record, version, { state: 'closed' }, { kind: 'closed', why: reason, details })
  await tellAddressees(trx, act, key)
}

/** Re-opens what was closed, at a meeting, with a reason; how often that happened is kept, and so is the closing. */
export async function reopenItem(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  { meeting, reason }: { meeting: NamedMeeting; reason: string },
): Promise<void> {
  const loaded = await mustLoad(trx, key)
  const { record, item, facts, kind } = loaded
  const today = londonDate(act.now)
  refuseIf([...reopeningObstacles(facts, actorOf(act)), ...meetingObstacles(meeting, today)])
  await undoClosure(trx, key, { on: today, why: reason, meetingId: meeting.id, meetingWords: meeting.words })
  await changeItem(trx, key, { reopened: item.reopened + 1 })
  const state = kind === 'recommendation' ? 'replied' : 'open'
  const event = { kind: 'reopened', why: reason, details: { meeting: meeting.words } }
  const reopened = await changeRecord(trx, act, record, version, { state }, event)
  if (state === 'open' && act.loading !== true) await runAgain(trx, act, reopened, loaded)
  await tellAddressees(trx, act, key)
}

/** The clock runs again from the day of re-opening; the due stays as it stood, be it past. */
async function runAgain(trx: Trx, act: Act, record: RecordHead, { item, kind }: LoadedItem): Promise<void> {
  const owner = item.raised_by_body === null ? {} : { bodyId: item.raised_by_body }
  await startClock(trx, act, record, clockRule[kind], { from: londonDate(act.now) }, owner, record.due)
}

/** Gives an item up, with the reason. */
export async function cancelItem(trx: Trx, act: Act, key: RecordKey, version: number, reason: string): Promise<void> {
  const { record, kind, facts } = await mustLoad(trx, key)
  refuseIf(cancellingObstacles(facts, actorOf(act)))
  await stopItemClocks(trx, act, key, kind, 'cancelled')
  await changeItem(trx, key, { cancelled_why: reason })
  await changeRecord(trx, act, record, version, { state: 'cancelled' }, { kind: 'cancelled', why: reason })
  if (record.state !== 'draft') await tellAddressees(trx, act, key)
}

/**
 * Asks the addressees of a recommendation for a fuller reply, with the reason: the clock begins again, and what they
 * replied so far stays on record.
 */
export async function askAgain(trx: Trx, act: Act, key: RecordKey, version: number, reason: string): Promise<void> {
  const loaded = await mustLoad(trx, key)
  refuseIf(askAgainObstacles(loaded.facts, actorOf(act)))
  const due = await startReplyClocks(trx, act, { ...loaded, record: { ...loaded.record, due: null } })
  await changeRecord(trx, act, key, version, { state: 'open', due }, { kind: 'asked-again', why: reason })
  await markRepliesAskedAgain(trx, act, loaded, reason)
  await tellAddressees(trx, act, key)
}

/** The one place where the raiser's act reaches into the addressees' records: their replies are owed once more. */
async function markRepliesAskedAgain(trx: Trx, act: Act, loaded: LoadedItem, why: string): Promise<void> {
  const repliers = loaded.addressees.flatMap(each => each.organisation_id ?? [])
  if (repliers.length === 0) return
  await actingFor(trx, repliers, async () => {
    for (const { id } of loaded.replies.filter(reply => reply.stands)) {
      const reply = await findRecord(trx, { areaId: loaded.record.areaId, id })
      if (reply?.state !== 'sent') continue
      await changeRecord(trx, act, reply, null, { state: 'asked-again' }, { kind: 'asked-again', why })
    }
  })
}
