import { z } from 'zod'
import { isRole, rolesOfKind, roleWords } from '../../platform/access/viewer.ts'
import type { OrganisationKind, Role } from '../../platform/access/viewer.ts'
import { seatsIn } from '../../platform/access/seats.ts'
import { Refusal } from '../../platform/refusals.ts'
import { choice, emailAddress, readForm, wholeNumber } from '../../platform/web/form.ts'
import type { FieldFault } from '../../platform/web/form.ts'
import type { CellModel, ColumnModel, FormModel, RowModel } from '../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../platform/web/route.ts'
import { notFound, page, redirect } from '../../platform/web/route.ts'
import { longDate, londonDate } from '../../platform/time.ts'
import { capital } from '../public-pages.ts'
import { countInWords } from '../clocks/days.ts'
import { defaultTarget, escalationOf, escalationsOf } from '../reminders/escalation.ts'
import type { Escalation, EscalationTarget } from '../reminders/escalation.ts'
import { daysBeforeOf, escalationsSet, setDaysBefore, setEscalation } from '../reminders/settings.ts'

const top = '/workspace/clocks/reminders'
const views = 'record/clock-pages/views'
const permission = 'clocks.settings'

/** The most days before, and working days after, that may be set. */
const most = 60

export const reminderRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/clocks/reminders', permission: 'record.read', handler: context => remindersPage(context) },
  { method: 'POST', path: '/clocks/reminders', permission, handler: saveDaysBefore },
  { method: 'GET', path: '/clocks/reminders/:role', permission, handler: showEscalation },
  { method: 'POST', path: '/clocks/reminders/:role', permission, handler: saveEscalation },
]

function placeOf({ viewer }: WorkspaceContext) {
  return { areaId: viewer.area.id, organisationId: viewer.organisation.id }
}

async function remindersPage(context: WorkspaceContext, faults: readonly FieldFault[] = []): Promise<Answer> {
  const { trx, viewer, today, fields } = context
  const before = await daysBeforeOf(trx, placeOf(context))
  const escalations = escalationsOf(viewer.organisation.kind, await escalationsSet(trx, placeOf(context)))
  const held = new Set((await seatsIn(trx, placeOf(context), today)).map(seat => seat.role))
  const form: FormModel = {
    action: top,
    fields: faults.length > 0 ? fields : { days: String(before.days) },
    faults,
  }
  const model = {
    title: 'Reminders and whom they go on to',
    organisation: viewer.organisation.name,
    form,
    before,
    setOn: before.set === null ? null : dayOf(before.set.at),
    may: context.may(permission),
    columns,
    rows: escalations.map(escalation => escalationRow(escalation, held, context.may(permission))),
    addressAwaited: escalations.some(({ addressAwaited }) => addressAwaited),
    addressHref: `${top}/panel-clerk`,
  }
  return page(`${views}/reminders.njk`, model, faults.length > 0 ? 422 : 200)
}

const columns: readonly ColumnModel[] = [
  { heading: 'What is owed by' },
  { heading: 'Goes on to' },
  { heading: 'After the first reminder' },
  { heading: 'Set by' },
]

function escalationRow(escalation: Escalation, held: ReadonlySet<string>, may: boolean): RowModel {
  const { owner, to, afterDays, set } = escalation
  const nobody = 'Nobody has this role now'
  const cells: CellModel[] = [
    {
      type: 'text',
      text: capital(roleWords(owner)),
      ...(may && { href: `${top}/${owner}` }),
      ...(!held.has(owner) && { hint: nobody }),
    },
    {
      type: 'text',
      text: targetWords(to, may),
      ...('role' in to && !held.has(to.role) && { hint: nobody }),
    },
    { type: 'text', text: countInWords(afterDays, 'working day') },
    set === null ? { type: 'text', text: 'the default' } : { type: 'text', text: set.by, hint: dayOf(set.at) },
  ]
  return { cells }
}

/** An address is somebody's own: it is shown to those who may set it. */
function targetWords(to: EscalationTarget, may: boolean): string {
  if ('role' in to) return roleWords(to.role)
  return may ? to.address : 'an email address outside'
}

function dayOf(at: Temporal.Instant): string {
  return longDate(londonDate(at))
}

const daysForm = z.object({
  days: wholeNumber('Enter a number of days', 'The number of days', 0, most),
})

async function saveDaysBefore(context: WorkspaceContext): Promise<Answer> {
  const read = readForm(daysForm, context.fields)
  if (!read.ok) return remindersPage(context, read.errors)
  await setDaysBefore(context.trx, context, context.viewer.area.id, read.value.days)
  return redirect(top, 'The days before are set.')
}

function roleOf({ params, viewer }: WorkspaceContext): Role | null {
  const role = params['role'] ?? ''
  return isRole(role) && rolesOfKind[viewer.organisation.kind].includes(role) ? role : null
}

async function showEscalation(context: WorkspaceContext): Promise<Answer> {
  const owner = roleOf(context)
  if (owner === null) return notFound()
  const { kind } = context.viewer.organisation
  const escalation = escalationOf(owner, kind, await escalationsSet(context.trx, placeOf(context)))
  return escalationPage(context, owner, typedFields(escalation))
}

function typedFields({ to, afterDays, set }: Escalation): FormFields {
  const chosen = set === null ? 'default' : 'role' in to ? to.role : 'address'
  return { to: chosen, address: 'address' in to ? to.address : '', after: String(afterDays) }
}

function escalationPage(
  { viewer }: WorkspaceContext,
  owner: Role,
  fields: FormFields,
  faults: readonly FieldFault[] = [],
  refusals: readonly string[] = [],
): Answer {
  const { kind, name } = viewer.organisation
  const form: FormModel = { action: `${top}/${owner}`, fields, faults, refusals }
  const model = {
    title: `What the ${roleWords(owner)} has not done`,
    back: { text: 'Back', href: top },
    organisation: name,
    form,
    targets: targetsFor(owner, kind),
    council: kind === 'panel' && owner === 'panel-clerk',
  }
  return page(`${views}/escalation.njk`, model, faults.length + refusals.length > 0 ? 422 : 200)
}

function targetsFor(owner: Role, kind: OrganisationKind): { value: string; text: string }[] {
  const roles = rolesOfKind[kind].filter(role => role !== owner)
  return [
    { value: 'default', text: `As the software has it: ${roleWords(defaultTarget(owner, kind))}, after 1 working day` },
    ...roles.map(role => ({ value: role, text: roleWords(role) })),
    { value: 'address', text: 'An email address outside' },
  ]
}

async function saveEscalation(context: WorkspaceContext): Promise<Answer> {
  const owner = roleOf(context)
  if (owner === null) return notFound()
  const read = readEscalation(owner, context)
  if (!read.ok) return escalationPage(context, owner, context.fields, read.errors)
  try {
    await setEscalation(context.trx, context, context.viewer.area.id, owner, read.value)
  } catch (fault) {
    if (fault instanceof Refusal) return escalationPage(context, owner, context.fields, [], fault.reasons)
    throw fault
  }
  return redirect(top, `It is set whom the deadlines of the ${roleWords(owner)} go on to.`)
}

/** What was chosen; null for the default. The address is asked for only where one was chosen. */
function readEscalation(owner: Role, { fields, viewer }: WorkspaceContext) {
  const values = targetsFor(owner, viewer.organisation.kind).map(({ value }) => value)
  const target = readForm(z.object({ to: choice('Choose whom it goes on to', values) }), fields)
  if (!target.ok || target.value.to === 'default') return target.ok ? { ok: true as const, value: null } : target
  const { to } = target.value
  const after = wholeNumber('Enter a number of working days', 'The number of working days', 1, most)
  if (isRole(to)) {
    const read = readForm(z.object({ after }), fields)
    return read.ok ? { ok: true as const, value: { to: { role: to }, afterDays: read.value.after } } : read
  }
  const read = readForm(z.object({ address: emailAddress(), after }), fields)
  if (!read.ok) return read
  return { ok: true as const, value: { to: { address: read.value.address }, afterDays: read.value.after } }
}
