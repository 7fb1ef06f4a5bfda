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
import { addAttendance, attendable, attendeesOf, removeAttendance } from './attendance.ts'
import type { Attendable } from './attendance.ts'
import { attendanceForm } from './forms.ts'

export const attendanceWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings/:id/attendance', permission: 'meetings.edit', handler: ask },
  { method: 'POST', path: '/meetings/:id/attendance', permission: 'meetings.edit', handler: doAdd },
  { method: 'POST', path: '/meetings/:id/attendance/all', permission: 'meetings.edit', handler: doAddAll },
  { method: 'POST', path: '/meetings/:id/attendance/remove', permission: 'meetings.edit', handler: doRemove },
]

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
): Promise<Answer> {
  const { trx, viewer, fields } = context
  const usual = await attendable(trx, context, meeting.head)
  const sides = await organisationsOf(trx, viewer.area.id)
  const model = {
    title: 'Attendance',
    caption: meeting.head.title,
    attendance: attendanceModel(await attendeesOf(trx, meeting.head)),
    form: { action: pathOf(meeting), fields: faults.length > 0 ? fields : { presence: 'attended' }, faults },
    usual: usual.map(each => ({ value: each.personId, text: `${each.name}, ${each.label}` })),
    organisations: sides.map(each => ({ value: each.id, text: each.name })),
    addAll: usual.length > 0 ? `${pathOf(meeting)}/all` : null,
    remove: `${pathOf(meeting)}/remove`,
    back: { text: 'Back to the meeting', href: meetingPath(meeting.head.id) },
  }
  return page('modules/meetings/views/attendance.njk', model, faults.length > 0 ? 422 : 200)
}

async function doAdd(context: WorkspaceContext): Promise<Answer> {
  const meeting = await load(context)
  if (meeting === null) return notFound()
  const read = readForm(attendanceForm, context.fields)
  if (!read.ok) return attendancePage(context, meeting, read.errors)
  const { person, organisation, label, initials, presence, arrived, left } = read.value
  const known = (await attendable(context.trx, context, meeting.head)).find(each => each.personId === person)
  const post = label ?? known?.label ?? null
  if (post === null) {
    const message = 'Choose somebody from the list, or enter the post of somebody else'
    return attendancePage(context, meeting, [{ field: 'label', message }])
  }
  await addAttendance(context.trx, context, meeting.head, {
    organisationId: organisation ?? known?.organisationId ?? null,
    personId: known?.personId ?? null,
    label: post,
    presence,
    initials,
    arrived,
    left,
  })
  return redirect(pathOf(meeting), 'Noted')
}

/** Notes everyone who usually attends as attending; whoever did not is then changed one by one. */
async function doAddAll(context: WorkspaceContext): Promise<Answer> {
  const meeting = await load(context)
  if (meeting === null) return notFound()
  const usual: readonly Attendable[] = await attendable(context.trx, context, meeting.head)
  for (const { personId, organisationId, label } of usual) {
    await addAttendance(context.trx, context, meeting.head, { personId, organisationId, label, presence: 'attended' })
  }
  return redirect(pathOf(meeting), 'Everyone who usually attends is noted as attending.')
}

async function doRemove(context: WorkspaceContext): Promise<Answer> {
  const meeting = await load(context)
  if (meeting === null) return notFound()
  await removeAttendance(context.trx, context, meeting.head, asIdentity(context.fields['row']))
  return redirect(pathOf(meeting), 'Taken off')
}
