import { type FieldFault, readForm } from '../../web/form.ts'
import { type Answer, notFound, page, redirect, type WorkspaceContext, type WorkspaceRoute } from '../../web/route.ts'
import type { AuthenticationSettings } from '../authentication-options.ts'
import { inviteForm } from './forms.ts'
import { invite, invitationDays, waitingInvitations, withdrawInvitation } from '../invitations.ts'
import { mailInvitation, rolesInWords } from '../mails.ts'
import { endSeat, seatsIn } from '../seats.ts'
import { isRole, rolesOfKind, roleWords } from '../viewer.ts'

/** Who may give and end roles in their own organisation; `organisations` declares whose permission it is. */
export const manageUsers = 'organisations.manage-users'

const views = 'platform/access/views'
const top = '/workspace/organisations/users'

/** The organisation and area that this person acts for: the only ones whose users they see or change. */
function placeOf({ viewer }: WorkspaceContext) {
  return { organisationId: viewer.organisation.id, areaId: viewer.area.id }
}

async function list(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, today, now } = context
  const seats = await seatsIn(trx, placeOf(context), today)
  const waiting = await waitingInvitations(trx, placeOf(context), now)
  const model = {
    title: `People who work for ${viewer.organisation.name}`,
    area: viewer.area.name,
    seats: seats.map(seat => ({
      ...seat,
      role: isRole(seat.role) ? roleWords(seat.role) : seat.role,
      end: mayEnd(seat.userId, context) ? `${top}/seats/${seat.id}/end` : null,
    })),
    waiting: waiting.map(invitation => ({
      ...invitation,
      roles: rolesInWords(invitation.roles),
      withdraw: `${top}/invitations/${invitation.id}/withdraw`,
    })),
  }
  return page(`${views}/users.njk`, model)
}

/** Nobody ends a role of their own: an organisation could be left without anyone to give it back. */
function mayEnd(userId: string, { viewer }: WorkspaceContext): boolean {
  return userId !== viewer.userId
}

function invitePage(context: WorkspaceContext, faults: readonly FieldFault[] = []): Answer {
  const { viewer, fields } = context
  const model = {
    title: `Invite someone to work for ${viewer.organisation.name}`,
    back: { text: 'Back', href: top },
    area: viewer.area.name,
    days: invitationDays,
    roles: rolesOfKind[viewer.organisation.kind].map(role => ({ value: role, text: roleWords(role) })),
    form: { action: `${top}/invite`, fields, faults },
  }
  return page(`${views}/invite.njk`, model, faults.length > 0 ? 422 : 200)
}

async function sendInvitation(context: WorkspaceContext, settings: AuthenticationSettings): Promise<Answer> {
  const { trx, viewer, now, today, fields } = context
  const read = readForm(inviteForm(viewer.organisation.kind, today), fields)
  if (!read.ok) return invitePage(context, read.errors)
  const { email, roles, until } = read.value
  const invitation = { email, roles, until, invitedBy: viewer.name, ...placeOf(context) }
  const token = await invite(trx, invitation, now)
  const place = { organisation: viewer.organisation.name, area: viewer.area.name }
  const expiresAt = now.add({ hours: 24 * invitationDays })
  await mailInvitation(trx, invitation, place, { baseUrl: settings.baseUrl, token, expiresAt })
  return redirect(top, `The invitation is on its way to ${email}.`)
}

async function endRole(context: WorkspaceContext): Promise<Answer> {
  const { trx, params, today } = context
  const { seat: id = '' } = params
  if (!isId(id)) return notFound()
  const seat = (await seatsIn(trx, placeOf(context), today)).find(each => each.id === id)
  if (!seat || !mayEnd(seat.userId, context)) return notFound()
  if (!(await endSeat(trx, id, placeOf(context), today))) return notFound()
  return redirect(top, `${seat.name} no longer acts for ${context.viewer.organisation.name} in that role.`)
}

async function withdraw(context: WorkspaceContext): Promise<Answer> {
  const { invitation: id = '' } = context.params
  const gone = isId(id) && (await withdrawInvitation(context.trx, id, placeOf(context)))
  return gone ? redirect(top, 'The invitation no longer works.') : notFound()
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

/** Users of one's own organisation and area: who they are, inviting, ending a role. */
export function userRoutes(settings: AuthenticationSettings): WorkspaceRoute[] {
  const path = '/organisations/users'
  const permission = manageUsers
  return [
    { method: 'GET', path, permission, handler: list },
    { method: 'GET', path: `${path}/invite`, permission, handler: context => invitePage(context) },
    { method: 'POST', path: `${path}/invite`, permission, handler: context => sendInvitation(context, settings) },
    { method: 'POST', path: `${path}/seats/:seat/end`, permission, handler: endRole },
    { method: 'POST', path: `${path}/invitations/:invitation/withdraw`, permission, handler: withdraw },
  ]
}
