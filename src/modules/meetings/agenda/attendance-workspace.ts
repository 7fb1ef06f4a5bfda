import { Refusal } from '../../../platform/refusals.ts'
import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { organisationsOf } from '../../organisations/index.ts'
import { attendanceModel } from '../meeting/pages.ts'
import { findMeeting } from '../meeting/queries.ts'
import type { Meeting } from '../meeting/queries.ts'
import { asIdentity, openedKey } from '../opened-key.ts'
import { meetingPath } from '../paths.ts'
import { counts, seatsOn } from '../room/seats.ts'
import { attendable } from './attendable.ts'
import type { Attendable } from './attendable.ts'
import { addAttendance, attendeesOf, removeAttendance } from './attendance.ts'
import { attendanceForm } from './forms.ts'
import type { Part } from './queries.ts'

export const attendanceWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings/:id/attendance', permission: 'meetings.edit', handler: ask },
  { method: 'POST', path: '/meetings/:id/attendance', permission: 'meetings.edit', handler: doAdd },
  { method: 'POST', path: '/meetings/:id/attendance/all', permission: 'meetings.edit', handler: doAddAll },
  { method: 'POST', path: '/meetings/:id/attendance/remove', permission: 'meetings.edit', handler: doRemove },
]

const partWords: Readonly<Record<Part, string>> = {
  member: 'Member',
  'co-opted': 'Co-opted independent member',
  officer: 'Officer of the panel or council',
  office: 'Office of the commissioner',
  force: 'Police',
  guest: 'Guest',
  other: 'Others',
}
const partOptions = Object.entries(partWords).map(([value, text]) => ({ value, text }))

function load(context: WorkspaceContext): Promise<Meeting | null> {
  return findMeeting(context.trx, openedKey(context))
}

const pathOf = ({ head }: Meeting) => `${meetingPath(head.id)}/attendance`

async function ask(context: WorkspaceContext): Promise<Answer> {
  const meeting = await load(context)
  return meeting === null ? notFound() : attendancePage(context, meeting, [])
}

async function attendancePage(
  context: WorkspaceContext,
  meeting: Meeting,
  faults: readonly FieldFault[],
  refusals: readonly string[] = [],
): Promise<Answer> {
  const { trx, viewer, fields } = context
  const usual = await attendable(trx, context, meeting.head)
  const sides = await organisationsOf(trx, viewer.area.id)
  const refused = faults.length + refusals.length > 0
  const model = {
    title: 'Attendance',
    caption: meeting.head.title,
    attendance: attendanceModel(await attendeesOf(trx, meeting.head)),
    form: { action: pathOf(meeting), fields: refused ? fields : { presence: 'attended' }, faults, refusals },
    usual: usual.map(each => ({ value: each.key, text: inWords(each) })),
    replaceable: await replaceable(context, meeting),
    organisations: sides.map(each => ({ value: each.id, text: each.name })),
    parts: partOptions,
    addAll: usual.some(each => each.usual) ? `${pathOf(meeting)}/all` : null,
    remove: `${pathOf(meeting)}/remove`,
    room: `${meetingPath(meeting.head.id)}/room`,
    back: { text: 'Back to the meeting', href: meetingPath(meeting.head.id) },
  }
  return page('modules/meetings/views/attendance.njk', model, refused ? 422 : 200)
}

function inWords({ name, label, authority }: Attendable): string {
  return [name, label, ...(authority === null ? [] : [authority])].join(', ')
}

/** The members whom somebody may replace: those of every seat that counts. */
async function replaceable({ trx }: WorkspaceContext, { head, row }: Meeting) {
  const seats = await seatsOn(trx, { areaId: head.areaId, id: row.body_id }, head.dated)
  return seats
    .filter(seat => counts(seat) && seat.personId !== null)
    .map(seat => ({ value: seat.id, text: seat.authority === null ? seat.name : `${seat.name}, ${seat.authority}` }))
}

async function doAdd(context: WorkspaceContext): Promise<Answer> {
  const meeting = await load(context)
  if (meeting === null) return notFound()
  const read = readForm(attendanceForm, context.fields)
  if (!read.ok) return attendancePage(context, meeting, read.errors)
  const {
    person,
    organisation,
    label,
    initials,
    presence,
    part,
    authority,
    'substitute-for': substituteFor,
  } = read.value
  const known = (await attendable(context.trx, context, meeting.head)).find(each => each.key === person)
  const post = label ?? known?.label ?? null
  if (post === null) {
    const message = 'Choose somebody from the list, or enter the post of somebody else'
    return attendancePage(context, meeting, [{ field: 'label', message }])
  }
  try {
    await addAttendance(context.trx, context, meeting.head, {
      organisationId: organisation ?? known?.organisationId ?? null,
      personId: known?.personId ?? null,
      label: post,
      presence,
      initials,
      part,
      authority,
      seatId: known?.seatId ?? null,
      substituteFor,
    })
  } catch (error) {
    if (error instanceof Refusal) return attendancePage(context, meeting, [], error.reasons)
    throw error
  }
  return redirect(pathOf(meeting), 'Noted')
}

/** Notes everyone who usually attends as attending; whoever did not is then changed one by one. */
async function doAddAll(context: WorkspaceContext): Promise<Answer> {
  const meeting = await load(context)
  if (meeting === null) return notFound()
  const usual: readonly Attendable[] = await attendable(context.trx, context, meeting.head)
  for (const { personId, organisationId, label, seatId } of usual.filter(each => each.usual)) {
    const who = { personId, organisationId, label, seatId }
    await addAttendance(context.trx, context, meeting.head, { ...who, presence: 'attended' })
  }
  return redirect(pathOf(meeting), 'Everyone who usually attends is noted as attending.')
}

async function doRemove(context: WorkspaceContext): Promise<Answer> {
  const meeting = await load(context)
  if (meeting === null) return notFound()
  const row = asIdentity(context.fields['row'])
  try {
    await removeAttendance(context.trx, context, meeting.head, row)
  } catch (error) {
    if (error instanceof Refusal) return attendancePage(context, meeting, [], error.reasons)
    throw error
  }
  return redirect(pathOf(meeting), 'Taken off')
}
