import { hashPassword } from 'better-auth/crypto'
import { inTransaction } from '../../database/transaction.ts'
import { type FieldFault, readForm } from '../../web/form.ts'
import { type FormFields, page, redirect } from '../../web/route.ts'
import { firstPage, letIn } from './arrival.ts'
import { acceptForm } from './forms.ts'
import { acceptInvitation, type Invitation, invitationByToken } from '../invitations.ts'
import { mailAccepted, rolesInWords } from '../mails.ts'
import { type AccessAnswer, type AccessContext, type AccessRoute, type AccessServices } from './route.ts'
import { signInAddress } from '../../web/workspace-site.ts'
import type { SignedIn } from '../sessions.ts'
import { addUser, userByEmail } from '../users.ts'

const views = 'platform/access/views'

function deadInvitation(): AccessAnswer {
  return { answer: page(`${views}/dead-link.njk`, { title: 'This invitation no longer works', again: false }, 404) }
}

interface Acceptance {
  invitation: Invitation
  address: string
  /** The invited person has an account already, from another organisation or area. */
  known: boolean
  person: SignedIn | null
}

function invitationPage(
  acceptance: Acceptance,
  fields: FormFields = {},
  faults: readonly FieldFault[] = [],
): AccessAnswer {
  const { invitation, address, known, person } = acceptance
  const mine = person !== null && person.email === invitation.email
  const model = {
    title: `Work for ${invitation.organisation.name}`,
    invitation: { ...invitation, roles: rolesInWords(invitation.roles) },
    step: mine ? 'accept' : person !== null ? 'someone-else' : known ? 'sign-in' : 'new',
    signIn: signInAddress(address),
    form: { action: address, fields: { name: fields.name }, faults },
  }
  return { answer: page(`${views}/invitation.njk`, model, faults.length > 0 ? 422 : 200) }
}

async function acceptanceOf(services: AccessServices, context: AccessContext): Promise<Acceptance | null> {
  const { token = '' } = context.params
  const invitation = await invitationByToken(services.db, token, context.now)
  if (!invitation) return null
  const known = (await userByEmail(services.db, invitation.email)) !== null
  return { invitation, address: `/workspace/invitation/${token}`, known, person: context.person }
}

/** Someone who has an account and is signed in takes the further roles. */
async function acceptAsSelf(
  services: AccessServices,
  context: AccessContext,
  invitation: Invitation,
  person: SignedIn,
): Promise<AccessAnswer> {
  const accepted = await inTransaction(services.db, null, trx =>
    acceptInvitation(trx, invitation, person.userId, context.now),
  )
  if (!accepted) return deadInvitation()
  const now = await services.sessions.signedInOf({ headers: { cookie: context.caller.cookies ?? '' } })
  return {
    answer: redirect(firstPage(services, now, undefined), `You now work for ${invitation.organisation.name}.`),
  }
}

/** Somebody new chooses a name and a password, and is signed in. */
async function acceptAsNew(
  services: AccessServices,
  context: AccessContext,
  acceptance: Acceptance,
): Promise<AccessAnswer> {
  const { invitation } = acceptance
  const typedName = typeof context.fields.name === 'string' ? context.fields.name : ''
  const read = readForm(acceptForm(invitation, typedName), context.fields)
  if (!read.ok) return invitationPage(acceptance, read.fields, read.errors)
  const { name, password } = read.value
  const passwordHash = await hashPassword(password)
  const accepted = await inTransaction(services.db, null, async trx => {
    const userId = await addUser(trx, { name, email: invitation.email, passwordHash }, context.now)
    if (!(await acceptInvitation(trx, invitation, userId, context.now))) throw new UsedMeanwhile()
    await mailAccepted(trx, invitation, name, services.settings.baseUrl)
    return true
  }).catch(usedMeanwhile)
  if (!accepted) return deadInvitation()
  const body = { email: invitation.email, password }
  const reply = await services.authentication.ask('/sign-in/email', body, context.caller)
  if (!reply.ok) return { answer: redirect('/workspace/sign-in', 'Your account is ready. Sign in.') }
  return await letIn(services, reply, undefined)
}

/** Two opened the same link at once; nothing of the second is kept. */
class UsedMeanwhile extends Error {}

function usedMeanwhile(fault: unknown): false {
  const code = typeof fault === 'object' && fault !== null && 'code' in fault ? fault.code : null
  // 23505: the e-mail address has an account since a moment ago.
  if (fault instanceof UsedMeanwhile || code === '23505') return false
  throw fault
}

async function show(services: AccessServices, context: AccessContext): Promise<AccessAnswer> {
  const acceptance = await acceptanceOf(services, context)
  return acceptance ? invitationPage(acceptance) : deadInvitation()
}

async function accept(services: AccessServices, context: AccessContext): Promise<AccessAnswer> {
  const acceptance = await acceptanceOf(services, context)
  if (!acceptance) return deadInvitation()
  const { invitation, known, person } = acceptance
  if (person?.email === invitation.email) return await acceptAsSelf(services, context, invitation, person)
  if (person !== null || known) return invitationPage(acceptance)
  return await acceptAsNew(services, context, acceptance)
}

/** Accepting an invitation by the link in its mail. */
export function invitationRoutes(services: AccessServices): AccessRoute[] {
  const path = '/invitation/:token'
  return [
    { method: 'GET', path, handler: context => show(services, context) },
    { method: 'POST', path, handler: context => accept(services, context) },
  ]
}
