import type { z } from 'zod'
import { londonDate } from '../../../platform/time.ts'
import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { ActionModel } from '../../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { findRecords } from '../../../record/records.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { findReceived } from '../../../record/release.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { bodiesOf } from '../../organisations/index.ts'
import { attendeesOf } from '../agenda/attendance.ts'
import { consideredAt, itemsOf } from '../agenda/queries.ts'
import { numbered } from '../agenda/rules.ts'
import { addHearingItems } from '../agenda/hearing-items.ts'
import { noticeRows } from '../agenda/notice-pages.ts'
import { noticeOf } from '../agenda/notice-clock.ts'
import { findMinutesOf } from '../minutes/queries.ts'
import { startMinutes } from '../minutes/start-minutes.ts'
import { agendaPapers } from '../papers/agenda-papers.ts'
import { meetingPapersPath } from '../papers/paths.ts'
import { papersObstacles } from '../papers/publish-papers.ts'
import { openedKey } from '../opened-key.ts'
import { meetingPath, minutesPath, minutesRegister, receivedMeetingPath, register } from '../paths.ts'
import { offeredForAdoption } from '../outcomes/adoption-workspace.ts'
import { standingToPlace } from '../programme/standing-items.ts'
import { isOpened } from '../room/body-rule-queries.ts'
import { mustLoadRoom } from '../room/in-the-room.ts'
import { roomModel, roomPath } from '../room/pages.ts'
import { orOvertaken, overtakenPage } from '../stale.ts'
import { addMeeting, cancelMeeting, moveMeeting } from './add-meeting.ts'
import type { NewMeeting } from './add-meeting.ts'
import { beginAgenda } from './begin-agenda.ts'
import { formObstacles, formOptions, isPanel } from './form-of-meeting.ts'
import { cancelForm, moveForm, newMeetingForm, publishAgendaForm } from './forms.ts'
import { meetingKind } from './kind.ts'
import { agendaLines, attendanceModel, meetingActions, meetingForm, meetingSummary, storedPlace } from './pages.ts'
import type { MeetingParts } from './pages.ts'
import { publishAgenda, sendAgenda } from './publish-agenda.ts'
import { findMeeting, findMeetings } from './queries.ts'
import type { Meeting } from './queries.ts'
import { meetingSnapshot } from './snapshot.ts'

export const meetingWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings', permission: 'meetings.read', handler: showRegister },
  { method: 'GET', path: '/meetings/new', permission: 'meetings.edit', handler: askNew },
  { method: 'POST', path: '/meetings/new', permission: 'meetings.edit', handler: doAdd },
  { method: 'GET', path: '/meetings/received/:id', permission: 'meetings.read', handler: showReceived },
  { method: 'GET', path: '/meetings/:id', permission: 'meetings.read', handler: showMeeting },
  { method: 'GET', path: '/meetings/:id/change', permission: 'meetings.edit', handler: askChange },
  { method: 'POST', path: '/meetings/:id/change', permission: 'meetings.edit', handler: doChange },
  { method: 'GET', path: '/meetings/:id/cancel', permission: 'meetings.edit', handler: askCancel },
  { method: 'POST', path: '/meetings/:id/cancel', permission: 'meetings.edit', handler: doCancel },
  { method: 'POST', path: '/meetings/:id/send', permission: 'meetings.edit', handler: doSend },
  { method: 'GET', path: '/meetings/:id/agenda', permission: 'meetings.publish', handler: askPublish },
  { method: 'POST', path: '/meetings/:id/agenda', permission: 'meetings.publish', handler: doPublish },
  { method: 'POST', path: '/meetings/:id/minutes', permission: 'meetings.minute', handler: doStartMinutes },
]

async function showRegister(context: WorkspaceContext): Promise<Answer> {
  const minutes = { text: 'Minutes', href: minutesRegister }
  const schedule = { text: 'Schedule a meeting', href: `${register}/new` }
  return workspaceRegisterPage(context, meetingKind, {
    address: register,
    actions: context.may('meetings.edit') ? [schedule, minutes] : [minutes],
    empty: 'Meetings appear here when they are scheduled. What another organisation sends you stands below.',
    columns: [{ heading: 'Place' }],
    cells: async heads => {
      const ids = heads.map(head => head.id)
      const meetings = await findMeetings(context.trx, context.viewer.area.id, ids)
      return new Map(meetings.map(({ head, row }) => [head.id, [{ type: 'text', text: row.place ?? '' }]]))
    },
  })
}

function load(context: WorkspaceContext): Promise<Meeting | null> {
  return findMeeting(context.trx, openedKey(context))
}

async function askNew(context: WorkspaceContext): Promise<Answer> {
  return newPage(context, [])
}

async function newPage(context: WorkspaceContext, faults: readonly FieldFault[]): Promise<Answer> {
  const bodies = (await bodiesOf(context.trx, context.viewer.area.id)).filter(body => body.state === 'standing')
  const model = {
    title: 'Schedule a meeting',
    form: meetingForm(`${register}/new`, null, context.fields, faults),
    bodies: bodies.map(body => ({ value: body.id, text: body.name })),
    forms: formOptions,
    back: { text: 'Back', href: register },
  }
  return page('modules/meetings/views/new-meeting.njk', model, faults.length > 0 ? 422 : 200)
}

async function doAdd(context: WorkspaceContext): Promise<Answer> {
  const read = readForm(newMeetingForm, context.fields)
  if (!read.ok) return newPage(context, read.errors)
  const { trx, viewer } = context
  const where = placeOf(read.value)
  const { body: bodyId, form, 'candidate-post': candidatePost } = read.value
  const chosen = form === null ? {} : { form }
  const made = { areaId: viewer.area.id, bodyId, ...where, ...chosen, candidatePost }
  const faults = await formFaultsOf(context, made)
  if (faults.length > 0) return newPage(context, faults)
  const record = await addMeeting(trx, context, made)
  await beginAgenda(trx, context, record)
  if (form === 'confirmation-hearing') await addHearingItems(trx, context, record, candidatePost ?? '')
  return redirect(meetingPath(record.id), 'Meeting scheduled. Put its agenda together below.')
}

/** What a kind of meeting asks for, by field. */
async function formFaultsOf({ viewer }: WorkspaceContext, made: NewMeeting): Promise<FieldFault[]> {
  const { form = 'ordinary', openToPublic = null, candidatePost = null } = made
  const reasons = formObstacles({ form, holder: viewer.organisation.kind, openToPublic, candidatePost })
  return reasons.map(message => ({
    field: message.includes('post') ? 'candidate-post' : message.includes('public') ? 'open-to-public' : 'form',
    message,
  }))
}

function placeOf(value: Omit<z.output<typeof moveForm>, 'version'>) {
  return {
    date: value.date,
    starts: value.starts,
    place: value.place,
    onlineLink: value['online-link'],
    openToPublic: value['open-to-public'],
  }
}

const mayOf = (context: WorkspaceContext) => (permission: string) => context.may(permission)

/** Everything the page of a meeting shows. */
async function partsOf({ trx, viewer }: WorkspaceContext, meeting: Meeting): Promise<MeetingParts> {
  const considered = await consideredAt(trx, meeting.head)
  return {
    meeting,
    items: numbered(await itemsOf(trx, meeting.head)),
    considered,
    records: await findRecords(
      trx,
      meeting.head.areaId,
      considered.map(each => each.record_id),
    ),
    attendees: await attendeesOf(trx, meeting.head),
    minutes: await findMinutesOf(trx, meeting.head),
    holder: viewer.organisation.kind,
    opened: await isOpened(trx, { areaId: meeting.head.areaId, id: meeting.row.body_id }),
    papers: await agendaPapers(trx, meeting.head, { type: 'organisation', id: viewer.organisation.id }),
  }
}

async function showMeeting(context: WorkspaceContext): Promise<Answer> {
  const meeting = await load(context)
  if (meeting === null) return receivedOr404(context)
  const parts = await partsOf(context, meeting)
  return page('modules/meetings/views/meeting.njk', {
    title: meeting.head.title,
    breadcrumbs: [{ text: 'Meetings', href: register }],
    record: await recordModel(context, meeting.head, {
      summary: [...meetingSummary(meeting), ...noticeRows(await noticeOf(context.trx, context, meeting), meeting)],
      actions: [
        ...meetingActions(parts, mayOf(context), londonDate(context.now)),
        ...(await standingAction(context, meeting)),
        ...(await adoptionAction(context, meeting)),
      ],
    }),
    agenda: agendaLines(parts, mayOf(context)),
    attendance: attendanceModel(parts.attendees),
    chairNote: meeting.row.chair_note,
    ...(await roomParts(context, meeting)),
  })
}

/** What the page of a meeting says of the meeting in session. */
async function roomParts({ trx, viewer }: WorkspaceContext, { head }: Meeting) {
  const room = roomModel(head.id, await mustLoadRoom(trx, head))
  return { room, roomPath: roomPath(head.id), exclusion: isPanel(viewer.organisation.kind) ? room.exclusion : null }
}

/** What working groups asked for is adopted at a meeting of the body that was held. */
async function adoptionAction(context: WorkspaceContext, { head, state }: Meeting): Promise<ActionModel[]> {
  if (state !== 'held' || !context.may('meetings.agree')) return []
  const waiting = await offeredForAdoption(context)
  if (waiting.length === 0) return []
  return [{ text: 'Adopt what working groups asked for', href: `${meetingPath(head.id)}/adopt` }]
}

/** The standing items of the body are put on an agenda at once, as long as it is being put together. */
async function standingAction(context: WorkspaceContext, { head, row, state }: Meeting): Promise<ActionModel[]> {
  if (state !== 'planned' || !context.may('meetings.edit')) return []
  const waiting = await standingToPlace(context.trx, head, row.body_id)
  if (waiting.length === 0) return []
  return [
    { text: `Add the standing items (${String(waiting.length)})`, post: `${meetingPath(head.id)}/standing-items` },
  ]
}

async function receivedOr404(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const key = openedKey(context)
  const received = await findReceived(trx, viewer.organisation.id, key)
  return received?.kind === 'meeting' ? redirect(receivedMeetingPath(key.id)) : notFound()
}

/** The agenda as it was sent to this organisation, with the minutes where they are its own too. */
async function showReceived(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const key = openedKey(context)
  const received = await findReceived(trx, viewer.organisation.id, key)
  if (received?.kind !== 'meeting') return notFound()
  const minutes = await findMinutesOf(trx, key)
  return page('modules/meetings/views/received-meeting.njk', {
    title: received.title,
    breadcrumbs: [{ text: 'Meetings', href: register }],
    received,
    body: received.body,
    minutes: minutes === null ? null : { text: minutes.head.title, href: minutesPath(minutes.head.id) },
    trail: `/workspace/records/${key.id}/trail`,
  })
}

async function askChange(context: WorkspaceContext): Promise<Answer> {
  const meeting = await load(context)
  if (meeting === null) return notFound()
  return changePage(meeting, meetingForm(changeAddress(meeting), meeting.head.version, storedPlace(meeting)))
}

const changeAddress = ({ head }: Meeting) => `${meetingPath(head.id)}/change`

function changePage({ head }: Meeting, form: ReturnType<typeof meetingForm>): Answer {
  const model = { title: head.title, form, back: { text: 'Back', href: meetingPath(head.id) } }
  return page('modules/meetings/views/change-meeting.njk', model, form.faults.length > 0 ? 422 : 200)
}

async function doChange(context: WorkspaceContext): Promise<Answer> {
  const meeting = await load(context)
  if (meeting === null) return notFound()
  const read = readForm(moveForm, context.fields)
  if (!read.ok) {
    return changePage(meeting, meetingForm(changeAddress(meeting), meeting.head.version, context.fields, read.errors))
  }
  const { version, ...value } = read.value
  return orOvertaken(
    async () => {
      await moveMeeting(context.trx, context, meeting.head, version, placeOf(value))
      return redirect(meetingPath(meeting.head.id), 'Saved. Whoever was sent the agenda has the new time and place.')
    },
    async () => overtakenMeeting(context, meeting),
  )
}

function overtakenMeeting({ fields }: WorkspaceContext, meeting: Meeting): Answer {
  const stored = storedPlace(meeting)
  const labels = {
    starts: 'Starts',
    place: 'Place',
    'online-link': 'Online',
    'date-day': 'Day',
    'date-month': 'Month',
    'date-year': 'Year',
  }
  return overtakenPage({
    title: meeting.head.title,
    action: changeAddress(meeting),
    fields,
    version: meeting.head.version,
    changed: 'Someone else changed this meeting.',
    rows: Object.entries(labels).map(([field, label]) => ({ field, label, now: String(stored[field] ?? '') })),
    current: meetingPath(meeting.head.id),
  })
}

async function askCancel(context: WorkspaceContext): Promise<Answer> {
  return cancelPage(context, [])
}

async function cancelPage(context: WorkspaceContext, faults: readonly FieldFault[]): Promise<Answer> {
  const meeting = await load(context)
  if (meeting === null) return notFound()
  const path = meetingPath(meeting.head.id)
  const model = {
    title: meeting.head.title,
    form: meetingForm(`${path}/cancel`, meeting.head.version, context.fields, faults),
    back: { text: 'Back', href: path },
  }
  return page('modules/meetings/views/cancel-meeting.njk', model, faults.length > 0 ? 422 : 200)
}

async function doCancel(context: WorkspaceContext): Promise<Answer> {
  const meeting = await load(context)
  if (meeting === null) return notFound()
  const read = readForm(cancelForm, context.fields)
  if (!read.ok) return cancelPage(context, read.errors)
  await cancelMeeting(context.trx, context, meeting.head, read.value.version, read.value.why)
  return redirect(meetingPath(meeting.head.id), 'Meeting cancelled.')
}

async function doSend(context: WorkspaceContext): Promise<Answer> {
  const meeting = await load(context)
  if (meeting === null) return notFound()
  const sent = await sendAgenda(context.trx, context, meeting.head)
  const notice = sent.length === 0 ? 'No other organisation takes part in this body.' : 'Agenda sent.'
  return redirect(meetingPath(meeting.head.id), notice)
}

async function askPublish(context: WorkspaceContext): Promise<Answer> {
  return publishPage(context, [])
}

/** What the public will see of the agenda, and what stays back, before it is published and sent. */
async function publishPage(context: WorkspaceContext, faults: readonly FieldFault[]): Promise<Answer> {
  const meeting = await load(context)
  if (meeting === null) return notFound()
  const path = meetingPath(meeting.head.id)
  const snapshot = await meetingSnapshot(context.trx, meeting.head, { type: 'public' })
  const model = {
    title: `Publish the agenda: ${meeting.head.title}`,
    form: meetingForm(`${path}/agenda`, meeting.head.version, context.fields, faults),
    shown: snapshot.preview ?? [],
    withheld: (snapshot.gaps ?? []).map(gap => ({ heading: gap.title ?? gap.position, ground: gap.ground })),
    again: meeting.head.publication === 'published',
    reasons: await papersObstacles(context.trx, meeting.head),
    papers: meetingPapersPath(meeting.head.id),
    asPublic: `/workspace/records/${meeting.head.id}/as-public`,
    back: { text: 'Back', href: path },
  }
  return page('modules/meetings/views/publish-agenda.njk', model, faults.length > 0 ? 422 : 200)
}

async function doPublish(context: WorkspaceContext): Promise<Answer> {
  const meeting = await load(context)
  if (meeting === null) return notFound()
  const read = readForm(publishAgendaForm, context.fields)
  if (!read.ok) return publishPage(context, read.errors)
  const { version, note } = read.value
  await publishAgenda(context.trx, context, meeting.head, version, note ?? undefined)
  return redirect(meetingPath(meeting.head.id), 'Agenda published, and sent to the other side.')
}

async function doStartMinutes(context: WorkspaceContext): Promise<Answer> {
  const meeting = await load(context)
  if (meeting === null) return notFound()
  const minutes = await startMinutes(context.trx, context, meeting.head, londonDate(context.now))
  return redirect(`${minutesPath(minutes.id)}/take`, 'Minutes begun. Each item is saved by itself.')
}
