import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { stopClock } from '../../../record/clock-store.ts'
import { link } from '../../../record/links.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import { findBody } from '../../organisations/index.ts'
import { publicQuestionsFollow } from '../../scrutiny/index.ts'
import { agendaRule, moveAgendaClock, startAgendaClock } from '../agenda/notice-clock.ts'
import { clerkOf } from '../clerk.ts'
import { programmeFollows, programmeWaits } from '../programme/moved.ts'
import { refuseIf } from '../refuse.ts'
import { formObstacles, usualForm } from './form-of-meeting.ts'
import type { MeetingForm } from './form-of-meeting.ts'
import { changeMeetingRow, findMeeting, insertMeeting, meetingsOfBody, raiseSequence } from './queries.ts'
import type { Meeting } from './queries.ts'
import { refreshReaders } from './readers.ts'
import { cancellingObstacles, meetingTitle, movingObstacles } from './rules.ts'
import type { MeetingState } from './rules.ts'

/** When and where a meeting is. */
export interface TimeAndPlace {
  date: Temporal.PlainDate
  /** London time of day: `10:00`. */
  starts?: string | null
  place?: string | null
  onlineLink?: string | null
  /** Whether the public may attend; not known unless said. */
  openToPublic?: boolean | null
}

export interface NewMeeting extends TimeAndPlace {
  areaId: number
  bodyId: string
  /** Made of body and day unless said. */
  title?: string
  /** Planned unless said; a loaded one may be further. */
  state?: MeetingState
  printedReference?: string
  /** The marking printed on its papers, as found. */
  printedMarking?: string | null
  chair?: { personId: string | null; note?: string | null }
  source?: string | null
  /** Made of the kind of body unless said. */
  form?: MeetingForm
  /** For a confirmation hearing, the post for which a candidate is proposed. */
  candidatePost?: string | null
}

/**
 * Plans a meeting of a body.
 *
 * @throws Refusal where the body is not one that this organisation holds, or such a meeting may not be held so
 */
export async function addMeeting(trx: Trx, act: Act, made: NewMeeting): Promise<RecordHead> {
  const key = { areaId: made.areaId, id: made.bodyId }
  const body = await findBody(trx, key)
  if (body === null) throw new Refusal(['This body is not there any more.'])
  const form = made.form ?? usualForm(body.form)
  const candidatePost = made.candidatePost ?? null
  const holder = act.viewer.organisation.kind
  refuseIf(formObstacles({ form, holder, openToPublic: made.openToPublic ?? null, candidatePost }))
  const others = await meetingsOfBody(trx, key)
  const taken = others.map(({ head }) => head.title)
  const record = await createRecord(trx, act, {
    areaId: made.areaId,
    kind: 'meeting',
    title: made.title ?? meetingTitle(body.name, made.date, taken),
    state: made.state ?? 'planned',
    owner: clerkOf(act),
    dated: made.date,
    ...(made.printedReference !== undefined && { printedReference: made.printedReference }),
    searchText: made.place ?? '',
  })
  await insertMeeting(trx, {
    area_id: record.areaId,
    record_id: record.id,
    body_id: body.id,
    body_name: body.name,
    ...placeColumns(made),
    agenda_sent_on: null,
    cancelled_why: null,
    chair_person: made.chair?.personId ?? null,
    chair_note: made.chair?.note ?? null,
    printed_marking: made.printedMarking ?? null,
    source: made.source ?? null,
    form,
    candidate_post: candidatePost,
  })
  await link(trx, act, record, 'of-body', { areaId: made.areaId, id: body.id, kind: 'body' })
  await startAgendaClock(trx, act, record)
  return record
}

function placeColumns(where: Omit<TimeAndPlace, 'date'>) {
  return {
    starts: where.starts ?? null,
    place: where.place ?? null,
    online_link: where.onlineLink ?? null,
    open_to_public: where.openToPublic ?? null,
  }
}

/** The meeting with this key, for a deed on it. */
export async function mustFindMeeting(trx: Trx, key: RecordKey): Promise<Meeting> {
  const meeting = await findMeeting(trx, key)
  if (meeting === null) throw new Refusal(['This meeting is not there any more.'])
  return meeting
}

/**
 * Changes when and where a meeting is. Those who were sent the agenda, the public page and the calendars follow at
 * once; its address changes with its day, and the old one leads to the new.
 *
 * @param version the version the person saw
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function moveMeeting(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  to: TimeAndPlace,
): Promise<void> {
  const { head, row, state } = await mustFindMeeting(trx, key)
  refuseIf(movingObstacles({ state }))
  const { form, candidate_post: candidatePost } = row
  const holder = act.viewer.organisation.kind
  refuseIf(formObstacles({ form, holder, openToPublic: to.openToPublic ?? null, candidatePost }))
  const others = await meetingsOfBody(trx, { areaId: key.areaId, id: row.body_id })
  const taken = others.filter(each => each.head.id !== head.id).map(each => each.head.title)
  const title = head.dated.equals(to.date) ? head.title : meetingTitle(row.body_name, to.date, taken)
  const details = { from: timeWords(head.dated, row.starts), to: timeWords(to.date, to.starts ?? null) }
  await changeRecord(
    trx,
    act,
    key,
    version,
    { title, dated: to.date, searchText: to.place ?? '' },
    { kind: 'moved', details },
  )
  await changeMeetingRow(trx, key, placeColumns(to))
  await raiseSequence(trx, key)
  if (!head.dated.equals(to.date)) {
    await moveAgendaClock(trx, act, key)
    await programmeFollows(trx, act, key, to.date)
  }
  await refreshReaders(trx, act, key, 'The day, time or place was changed.')
  await publicQuestionsFollow(trx, act, key)
}

function timeWords(date: Temporal.PlainDate, starts: string | null): string {
  return starts === null ? date.toString() : `${date.toString()} ${starts}`
}

/** Cancels a meeting, with the reason; calendars that follow it are told. */
export async function cancelMeeting(trx: Trx, act: Act, key: RecordKey, version: number, why: string): Promise<void> {
  const { state } = await mustFindMeeting(trx, key)
  refuseIf(cancellingObstacles({ state }))
  await changeRecord(trx, act, key, version, { state: 'cancelled' }, { kind: 'cancelled', why })
  await changeMeetingRow(trx, key, { cancelled_why: why })
  await stopClock(trx, act, key, agendaRule, 'cancelled')
  await programmeWaits(trx, act, key, why)
  await raiseSequence(trx, key)
  await refreshReaders(trx, act, key, 'The meeting was cancelled.')
  await publicQuestionsFollow(trx, act, key)
}
