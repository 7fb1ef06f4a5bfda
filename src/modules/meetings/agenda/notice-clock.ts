import type { Trx } from '../../../platform/database/tables.ts'
import { londonDate } from '../../../platform/time.ts'
import { moveClockStart } from '../../../record/clock-changes.ts'
import { startClock, stopClock } from '../../../record/clock-store.ts'
import { dueDay, workOut } from '../../../record/clock-work-out.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { needsStatutoryNotice } from '../meeting/form-of-meeting.ts'
import { changeMeetingRow, findMeeting } from '../meeting/queries.ts'
import type { Meeting } from '../meeting/queries.ts'
import { bodyRuleOf } from '../room/body-rule-queries.ts'
import { localNoticeDay } from './local-notice.ts'

/** Five clear days of public notice in England (Local Government Act 1972 s.100A(6) and 100B, SI 2002/715). */
export const agendaRule = 'AGENDA-E'

/** Starts the clock of a panel's agenda when its meeting gets a day. A loaded meeting of the past has none to run. */
export async function startAgendaClock(trx: Trx, act: Act, key: RecordHead): Promise<void> {
  const meeting = await findMeeting(trx, key)
  if (meeting?.state !== 'planned' || act.loading === true) return
  if (!needsStatutoryNotice(meeting.row.form, act.viewer.organisation.kind)) return
  const owner = { role: 'panel-clerk', bodyId: meeting.row.body_id, setsDue: false } as const
  await startClock(trx, act, key, agendaRule, { from: key.dated }, owner)
}

/**
 * Counts the notice from the day a meeting was moved to. Where the agenda is out already, the public is told of the new
 * day in the same moment, and it is from then that its notice counts.
 */
export async function moveAgendaClock(trx: Trx, act: Act, key: RecordKey): Promise<void> {
  const meeting = await findMeeting(trx, key)
  if (meeting === null) return
  await moveClockStart(trx, act, key, agendaRule, meeting.head.dated, 'The meeting was moved.')
  if (meeting.state === 'agenda-published') await noteNotice(trx, act, key)
}

/** The agenda is published: the clock stops, and the day of the notice is kept. */
export async function giveNotice(trx: Trx, act: Act, key: RecordKey): Promise<void> {
  await stopClock(trx, act, key, agendaRule, 'published')
  const meeting = await findMeeting(trx, key)
  if (meeting?.row.noticed_on === null) await noteNotice(trx, act, key)
}

async function noteNotice(trx: Trx, act: Act, key: RecordKey): Promise<void> {
  await changeMeetingRow(trx, key, { noticed_on: londonDate(act.now) })
}

/** By when an agenda is published, how that is worked out, and whether it was. */
export interface Notice {
  /** The last day that the law allows; null where the law asks for no notice. */
  lawful: Temporal.PlainDate | null
  /** The last day by the body's own longer notice; null where it sets none. */
  local: Temporal.PlainDate | null
  /** The earlier of the two. */
  by: Temporal.PlainDate
  working: readonly string[]
  /** The day on which the public was told; null while it was not. */
  given: Temporal.PlainDate | null
  standing: NoticeStanding
}

/** `short`: fewer days than the law asks; `short-of-own`: enough for the law, fewer than the body gives itself. */
export type NoticeStanding = 'to-give' | 'in-time' | 'short' | 'short-of-own'

/** How the notice of a meeting stands; null where neither law nor body asks for any. */
export async function noticeOf(trx: Trx, act: Act, { head, row }: Meeting): Promise<Notice | null> {
  const { kind, id: organisationId } = act.viewer.organisation
  const own = (await bodyRuleOf(trx, { areaId: head.areaId, id: row.body_id }))?.notice_days ?? null
  const asked = needsStatutoryNotice(row.form, kind)
  if (!asked && own === null) return null
  const place = { areaId: head.areaId, organisationId, bodyId: row.body_id }
  const counted = asked ? await workOut(trx, place, agendaRule, { from: head.dated }) : null
  const lawful = counted === null ? null : dueDay(counted)
  const local = own === null ? null : await localNoticeDay(trx, head, own)
  const days = [lawful, local].flatMap(day => day ?? [])
  const [by] = days.toSorted((a, b) => Temporal.PlainDate.compare(a, b))
  if (by === undefined) return null
  const dates = { lawful, local, by, given: row.noticed_on }
  const ownWords = local === null || own === null ? [] : [ownNoticeWords(own)]
  return { ...dates, working: [...(counted?.working ?? []), ...ownWords], standing: standingOf(dates) }
}

function ownNoticeWords(days: number): string {
  return `The body gives itself ${String(days)} clear working days; neither the day of publication nor that of the meeting counts.`
}

/** Whether the notice was given in time, or is still to give. Pure. */
export function standingOf({ given, lawful, local }: Pick<Notice, 'given' | 'lawful' | 'local'>): NoticeStanding {
  if (given === null) return 'to-give'
  const after = (day: Temporal.PlainDate | null) => day !== null && Temporal.PlainDate.compare(given, day) > 0
  if (after(lawful)) return 'short'
  return after(local) ? 'short-of-own' : 'in-time'
}
