import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { londonDate, longDate } from '../../../platform/time.ts'
import { cancelClock } from '../../../record/clock-changes.ts'
import { clocksOf } from '../../../record/clock-rows.ts'
import { isRunning, startClock, stopClock } from '../../../record/clock-store.ts'
import type { Audience, Snapshot } from '../../../record/description.ts'
import { link } from '../../../record/links.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import { releaseTo } from '../../../record/release.ts'
import { organisationNames } from '../../organisations/index.ts'
import { itemsOf } from '../agenda/queries.ts'
import { isOpen, numbered } from '../agenda/rules.ts'
import { mustFindMeeting } from '../meeting/add-meeting.ts'
import { findMeeting } from '../meeting/queries.ts'
import { refuseIf } from '../refuse.ts'
import { sayDate } from '../said.ts'
import { changeRequestRow, findRequest, insertRequest } from './request-queries.ts'

/** Whoever was asked owes the paper by the day that was named: My work, the duties and the daily message say so. */
const paperRule = 'PAPER'

export interface NewRequest {
  meeting: RecordKey
  itemId: string | null
  title: string
  /** What the paper is to cover. */
  covers: string
  organisationId: string
  role: string | null
  due: Temporal.PlainDate
}

/** Why a paper may not be asked for so. Pure. */
export function requestObstacles(
  due: Temporal.PlainDate,
  meetingDay: Temporal.PlainDate,
  meetingState: string,
): string[] {
  const reasons: string[] = []
  if (meetingState === 'cancelled') reasons.push('The meeting is cancelled.')
  if (meetingState === 'held') reasons.push('The meeting has been held.')
  if (Temporal.PlainDate.compare(due, meetingDay) > 0) {
    reasons.push(`The meeting is on ${longDate(meetingDay)}. A paper is due before it.`)
  }
  return reasons
}

/**
 * Asks an organisation, this one or another, for a paper. Another is sent the request; it stands in its My work until
 * it begins a paper, and then the paper does.
 */
export async function requestPaper(trx: Trx, act: Act, made: NewRequest): Promise<RecordHead> {
  const { head: meeting, state } = await mustFindMeeting(trx, made.meeting)
  refuseIf(requestObstacles(made.due, meeting.dated, state))
  const own = made.organisationId === act.viewer.organisation.id
  const head = await createRecord(trx, act, {
    areaId: meeting.areaId,
    kind: 'paper-request',
    title: made.title,
    state: 'asked',
    owner: {
      organisationId: act.viewer.organisation.id,
      role: (own ? made.role : null) ?? (act.viewer.organisation.kind === 'panel' ? 'panel-clerk' : 'board-clerk'),
    },
    due: { kind: 'date', date: made.due },
    searchText: made.covers,
  })
  await insertRequest(trx, {
    area_id: meeting.areaId,
    record_id: head.id,
    meeting_id: meeting.id,
    item_id: made.itemId,
    covers: made.covers,
    asked_organisation: made.organisationId,
    asked_role: made.role,
    withdrawn_why: null,
  })
  await link(trx, act, head, 'asked-for', meeting)
  const owner = { organisationId: made.organisationId, ...(made.role !== null && { role: made.role }) }
  const due = { kind: 'date', date: made.due } as const
  await startClock(trx, act, head, paperRule, { from: londonDate(act.now) }, owner, due)
  if (!own) await releaseTo(trx, act, head, [made.organisationId])
  return head
}

/** Takes a request back, with the reason, and tells the organisation that was asked. */
export async function withdrawRequest(trx: Trx, act: Act, key: RecordKey, version: number, why: string): Promise<void> {
  const request = await findRequest(trx, key)
  if (request?.head.state !== 'asked') throw new Refusal(['It is not waiting for a paper any more.'])
  await changeRequestRow(trx, key, { withdrawn_why: why })
  for (const clock of (await clocksOf(trx, key)).filter(isRunning)) await cancelClock(trx, act, clock, why)
  await changeRecord(trx, act, key, version, { state: 'withdrawn', due: null }, { kind: 'withdrawn', why })
  if (request.row.asked_organisation !== act.viewer.organisation.id) {
    await releaseTo(trx, act, key, [request.row.asked_organisation])
  }
}

/** Moves a request on where it stands: its paper came, or was placed. Nothing where it is not there. */
export async function moveRequest(trx: Trx, act: Act, key: RecordKey, state: 'received' | 'placed'): Promise<void> {
  const request = await findRequest(trx, key)
  if (request === null || request.head.state === state || request.head.state === 'withdrawn') return
  if (state === 'received' && request.head.state === 'placed') return
  await stopClock(trx, act, key, paperRule, state)
  await changeRecord(trx, act, key, null, { state, due: null }, { kind: state })
}

/** What an organisation that is asked reads of the request. Of a withheld item it learns nothing here. */
export async function requestSnapshot(trx: Trx, key: RecordKey, audience: Audience): Promise<Snapshot> {
  const request = await findRequest(trx, key)
  if (request === null) throw new Error(`No request ${key.id} to make a snapshot of`)
  const { head, row } = request
  const meeting = await findMeeting(trx, { areaId: key.areaId, id: row.meeting_id })
  const items = meeting === null ? [] : numbered(await itemsOf(trx, meeting.head))
  const item = items.find(each => each.id === row.item_id)
  const own = audience.type === 'organisation' && head.holders.includes(audience.id)
  const names = await organisationNames(trx, [row.asked_organisation, ...head.holders])
  const body = {
    meeting: meeting?.head.title ?? null,
    date: sayDate(meeting?.head.dated ?? null),
    item: item === undefined ? null : own || isOpen(item) ? `${item.shown}. ${item.title}` : `Item ${item.shown}`,
    covers: row.covers,
    role: row.asked_role,
    from: names.get(head.holders[0] ?? '') ?? null,
    asked: names.get(row.asked_organisation) ?? null,
    due: sayDate(head.due?.kind === 'date' ? head.due.date : null),
    withdrawn: row.withdrawn_why,
  }
  return { body, summary: `A paper for ${body.meeting ?? 'a meeting'}`, searchText: row.covers }
}
