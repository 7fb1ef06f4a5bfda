import type { FieldFault } from '../../../platform/web/form.ts'
import { readForm } from '../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { openedKey } from '../opened-key.ts'
import { roleOptions } from '../roles.ts'
import { termWords } from '../terms.ts'
import { addAppointment, endAppointment, findOwnAppointment } from './appointments.ts'
import { appointmentForm, endForm, typedTerm } from './forms.ts'
import { openPerson } from './pages.ts'
import type { OpenedPerson } from './pages.ts'
import { findPersons } from './people.ts'
import type { Appointment } from './people.ts'
import { officeHolderOfPerson, officeHoldersOf } from './office-holders.ts'

interface Faults {
  faults?: readonly FieldFault[]
  refusals?: readonly string[]
}

export async function newAppointment(context: WorkspaceContext): Promise<Answer> {
  const opened = await openPerson(context)
  return opened === null ? notFound() : appointmentPage(context, opened, {})
}

function appointmentPage({ viewer, fields }: WorkspaceContext, opened: OpenedPerson, wrong: Faults): Answer {
  const { faults = [], refusals = [] } = wrong
  const model = {
    title: `Add a post of ${opened.record.title}`,
    back: { text: 'Back', href: personPath(opened.record.id) },
    form: { action: `${personPath(opened.record.id)}/posts/new`, fields, faults, refusals },
    organisation: viewer.organisation.name,
    roles: roleOptions(viewer.organisation.kind),
  }
  const status = faults.length + refusals.length > 0 ? 422 : 200
  return page('modules/organisations/views/appointment-form.njk', model, status)
}

const personPath = (id: string): string => `/workspace/organisations/people/${id}`

export async function createAppointment(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, fields } = context
  const opened = await openPerson(context)
  if (opened === null) return notFound()
  const read = readForm(appointmentForm(viewer.organisation.kind), fields)
  if (!read.ok) return appointmentPage(context, opened, { faults: read.errors })
  const { role, title, source } = read.value
  try {
    await addAppointment(trx, context, {
      areaId: viewer.area.id,
      organisationId: viewer.organisation.id,
      personId: opened.person.id,
      ...{ role, title, source, ...typedTerm(read.value) },
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return appointmentPage(context, opened, { refusals: error.reasons })
  }
  return redirect(personPath(opened.record.id), 'The post was added.')
}

export async function showEnd(context: WorkspaceContext): Promise<Answer> {
  const appointment = await openAppointment(context)
  return appointment === null ? notFound() : endPage(context, appointment, context.fields, {})
}

async function openAppointment(context: WorkspaceContext): Promise<Appointment | null> {
  const key = openedKey(context)
  return key && findOwnAppointment(context.trx, context, key.id)
}

async function endPage(
  context: WorkspaceContext,
  appointment: Appointment,
  fields: FormFields,
  wrong: Faults,
): Promise<Answer> {
  const { trx, viewer } = context
  const { faults = [], refusals = [] } = wrong
  const [person] = appointment.personId === null ? [] : await findPersons(trx, [appointment.personId])
  const others = (await officeHoldersOf(trx, viewer.area.id)).filter(each => each.personId !== appointment.personId)
  const model = {
    title: `End a post: ${appointment.title}`,
    form: { action: `/workspace/organisations/appointments/${appointment.id}/end`, fields, faults, refusals },
    post: appointment.title,
    holder: person?.name ?? 'Not named',
    when: termWords(appointment.term),
    successors: others.map(each => ({ value: each.personId, text: each.title })),
    mayManageUsers: context.may('organisations.manage-users'),
  }
  const status = faults.length + refusals.length > 0 ? 422 : 200
  return page('modules/organisations/views/end-appointment.njk', model, status)
}

export async function doEnd(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, fields } = context
  const appointment = await openAppointment(context)
  if (appointment === null) return notFound()
  const read = readForm(endForm, fields)
  if (!read.ok) return endPage(context, appointment, fields, { faults: read.errors })
  const { ended, successor, why } = read.value
  if (successor !== null && !(await mayFollow(context, successor))) {
    const faults = [{ field: 'successor', message: 'Choose the successor from the list' }]
    return endPage(context, appointment, fields, { faults })
  }
  try {
    const ending = { id: appointment.id, ended: ended.toString(), successor, ...(why !== null && { why }) }
    await endAppointment(trx, context, ending)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return endPage(context, appointment, fields, { refusals: error.reasons })
  }
  const holder =
    appointment.personId === null
      ? null
      : await officeHolderOfPerson(trx, viewer.area.id, appointment.personId, viewer.organisation.id)
  const to = holder === null ? '/workspace/organisations' : personPath(holder.id)
  return redirect(to, successor === null ? 'The post was ended.' : 'The post was ended and handed over.')
}

/** A successor is somebody whose record this organisation keeps. */
async function mayFollow({ trx, viewer }: WorkspaceContext, personId: string): Promise<boolean> {
  return (await officeHolderOfPerson(trx, viewer.area.id, personId, viewer.organisation.id)) !== null
}
