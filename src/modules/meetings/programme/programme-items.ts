import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { londonDate } from '../../../platform/time.ts'
import { link } from '../../../record/links.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import { findBody } from '../../organisations/index.ts'
import { addItem } from '../agenda/items.ts'
import { takeUp } from '../agenda/considered.ts'
import type { LateItem } from '../agenda/rules.ts'
import { clerkOf } from '../clerk.ts'
import { findMeeting } from '../meeting/queries.ts'
import { refuseIf } from '../refuse.ts'
import { changeProgrammeRow, findProgrammeItem, insertMove, insertProgrammeItem } from './queries.ts'
import type { ProgrammeItem } from './queries.ts'
import {
  circulatingObstacles,
  droppingObstacles,
  dueOfNext,
  isDeferral,
  nextInWords,
  placingObstacles,
  schedulingObstacles,
} from './rules.ts'
import type { NextReport, ProgrammeForm } from './rules.ts'

/** An item as it is added to a body's programme. */
export interface NewProgrammeItem {
  areaId: number
  bodyId: string
  form: ProgrammeForm
  title: string
  covers: string
  lead?: string | null
  standing?: boolean
  last?: { meeting: string | null; date: Temporal.PlainDate } | null
  next?: NextReport
  requestedOn?: Temporal.PlainDate | null
  circulatedOn?: Temporal.PlainDate | null
  source?: string | null
}

/**
 * Adds an item to the work programme of a body, or a briefing note that was asked for.
 *
 * @throws Refusal where the body is not one that this organisation holds
 */
export async function addProgrammeItem(trx: Trx, act: Act, made: NewProgrammeItem): Promise<RecordHead> {
  const body = await findBody(trx, { areaId: made.areaId, id: made.bodyId })
  if (body === null) throw new Refusal(['This body is not there any more.'])
  const next = made.next ?? { meeting: null, date: null, words: null }
  const circulated = made.circulatedOn ?? null
  const record = await createRecord(trx, act, {
    areaId: made.areaId,
    kind: 'programme-item',
    title: made.title,
    state: firstState(made.form, circulated),
    owner: clerkOf(act),
    due: circulated === null ? dueOfNext(next) : null,
    searchText: `${made.covers} ${made.lead ?? ''}`,
    ...(made.requestedOn && { dated: made.requestedOn }),
  })
  await insertProgrammeItem(trx, {
    area_id: record.areaId,
    record_id: record.id,
    body_id: body.id,
    form: made.form,
    covers: made.covers,
    lead: made.lead ?? null,
    standing: made.standing ?? false,
    last_meeting: made.last?.meeting ?? null,
    last_date: made.last?.date ?? null,
    ...nextColumns(next),
    requested_on: made.requestedOn ?? (made.form === 'briefing-note' ? londonDate(act.now) : null),
    circulated_on: circulated,
    source: made.source ?? null,
  })
  await link(trx, act, record, 'programme-of', { areaId: made.areaId, id: body.id, kind: 'body' })
  return record
}

function firstState(form: ProgrammeForm, circulated: Temporal.PlainDate | null) {
  if (form === 'report') return 'programmed'
  return circulated === null ? 'requested' : 'circulated'
}

function nextColumns({ meeting, date, words }: NextReport) {
  return { next_meeting: meeting?.id ?? null, next_date: meeting?.date ?? date, next_words: words }
}

/** The item with this key, for a deed on it. */
export async function mustFindProgrammeItem(trx: Trx, key: RecordKey): Promise<ProgrammeItem> {
  const item = await findProgrammeItem(trx, key)
  if (item === null) throw new Refusal(['This item of the work programme is not there any more.'])
  return item
}

/** Changes what an item is to cover and who leads. */
export async function changeProgrammeItem(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  changed: { title: string; covers: string; lead: string | null; standing: boolean },
): Promise<void> {
  await mustFindProgrammeItem(trx, key)
  const { title, covers, lead, standing } = changed
  const searchText = `${covers} ${lead ?? ''}`
  await changeRecord(trx, act, key, version, { title, searchText }, { kind: 'changed' })
  await changeProgrammeRow(trx, key, { covers, lead, standing })
}

/**
 * Says when an item comes next. Putting it off needs a reason, and the programme keeps when it was to come.
 *
 * @throws Refusal with every reason
 */
export async function scheduleItem(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number | null,
  next: NextReport,
  why: string | null,
): Promise<void> {
  const item = await mustFindProgrammeItem(trx, key)
  refuseIf(schedulingObstacles(item.facts, next, why))
  await moveNext(trx, act, item, version, next, why)
}

async function moveNext(
  trx: Trx,
  act: Act,
  { head, facts }: ProgrammeItem,
  version: number | null,
  next: NextReport,
  why: string | null,
): Promise<void> {
  const event = { kind: isDeferral(facts.next, next) ? 'deferred' : 'scheduled', ...(why !== null && { why }) }
  await changeRecord(trx, act, head, version, { state: open(facts.form), due: dueOfNext(next) }, event)
  await changeProgrammeRow(trx, head, nextColumns(next))
  if (!isDeferral(facts.next, next) || why === null) return
  await insertMove(trx, {
    area_id: head.areaId,
    record_id: head.id,
    moved_on: londonDate(act.now),
    was: nextInWords(facts.next),
    became: nextInWords(next),
    why,
    moved_by: act.viewer.name,
  })
}

const open = (form: ProgrammeForm) => (form === 'report' ? 'programmed' : 'requested')

/**
 * Puts an item on the agenda of a meeting, under its own title: nothing is typed again. The agenda's item considers
 * it, and so do the minutes.
 *
 * @param late owed where the agenda is published already
 * @returns the id of the agenda's item
 */
export async function placeOnAgenda(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number | null,
  meetingKey: RecordKey,
  late: LateItem | null = null,
): Promise<string> {
  const item = await mustFindProgrammeItem(trx, key)
  const meeting = await findMeeting(trx, meetingKey)
  refuseIf(placingObstacles(item.facts, meeting && { bodyId: meeting.row.body_id, state: meeting.state }))
  if (meeting === null) throw new Refusal(['This meeting is not there any more.'])
  const agendaItem = await addItem(trx, act, meetingKey, { title: item.head.title, lead: item.row.lead, late })
  await takeUp(trx, act, meeting.head, agendaItem, key)
  const next = { meeting: { id: meeting.head.id, date: meeting.head.dated }, date: null, words: null }
  // A standing item is on every agenda, and stays on the programme for the next one.
  const changes = { state: item.row.standing ? 'programmed' : 'on-agenda', due: dueOfNext(next) }
  await changeRecord(trx, act, key, version, changes, { kind: 'placed-on-agenda' })
  await changeProgrammeRow(trx, key, nextColumns(next))
  return agendaItem
}

/** Notes that a briefing note was circulated. */
export async function circulateBriefing(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  on: Temporal.PlainDate,
): Promise<void> {
  const { facts } = await mustFindProgrammeItem(trx, key)
  refuseIf(circulatingObstacles(facts))
  await changeRecord(trx, act, key, version, { state: 'circulated', due: null }, { kind: 'circulated' })
  await changeProgrammeRow(trx, key, { circulated_on: on })
}

/** Takes an item off the programme, with the reason. */
export async function dropItem(trx: Trx, act: Act, key: RecordKey, version: number, why: string): Promise<void> {
  const { facts } = await mustFindProgrammeItem(trx, key)
  refuseIf(droppingObstacles(facts))
  await changeRecord(trx, act, key, version, { state: 'dropped', due: null }, { kind: 'dropped', why })
}
