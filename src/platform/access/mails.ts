import type { Trx } from '../database/tables.ts'
import { composeMail, sendMail } from '../mail.ts'
import { londonDate, longDate } from '../time.ts'
import type { Invitation, NewInvitation } from './invitations.ts'
import { type Role, roleWords } from './viewer.ts'

const views = 'platform/access/views'

/** "commissioner", "board clerk and administrator". */
export function rolesInWords(roles: readonly Role[]): string {
  return new Intl.ListFormat('en-GB').format(roles.map(roleWords))
}

/** The mail that carries the link of an invitation. */
export async function mailInvitation(
  trx: Trx,
  invitation: Pick<NewInvitation, 'email' | 'roles' | 'invitedBy'>,
  place: { organisation: string; area: string },
  link: { baseUrl: string; token: string; expiresAt: Temporal.Instant },
): Promise<void> {
  const mail = composeMail(invitation.email, `${views}/mail-invitation.njk`, {
    ...place,
    invitedBy: invitation.invitedBy,
    roles: rolesInWords(invitation.roles),
    until: longDate(londonDate(link.expiresAt)),
    address: `${link.baseUrl}/workspace/invitation/${link.token}`,
  })
  await sendMail(trx, mail)
}

/** Tells someone that an account was made for them: the other end of the invitation, in case it went astray. */
export async function mailAccepted(
  trx: Trx,
  invitation: Pick<Invitation, 'email'>,
  name: string,
  baseUrl: string,
): Promise<void> {
  const address = `${baseUrl}/workspace/sign-in`
  await sendMail(trx, composeMail(invitation.email, `${views}/mail-accepted.njk`, { name, address }))
}

/** The mail that carries the link for choosing a new password. */
export async function mailNewPassword(
  trx: Trx,
  user: { name: string; email: string },
  link: { baseUrl: string; token: string },
): Promise<void> {
  const address = `${link.baseUrl}/workspace/new-password/${link.token}`
  await sendMail(trx, composeMail(user.email, `${views}/mail-new-password.njk`, { name: user.name, address }))
}

/** Tells someone that their password was changed, so that they notice if it was not they who did. */
export async function mailPasswordChanged(
  trx: Trx,
  user: { name: string; email: string },
  at: { baseUrl: string; now: Temporal.Instant },
): Promise<void> {
  const mail = composeMail(user.email, `${views}/mail-password-changed.njk`, {
    name: user.name,
    when: longDate(londonDate(at.now)),
    address: `${at.baseUrl}/workspace/forgotten-password`,
  })
  await sendMail(trx, mail)
}
