import { z } from 'zod'
import { choices, emailAddress, optionalDate, text } from '../../web/form.ts'
import { passwordLength } from '../authentication-options.ts'
import { type PasswordFault, passwordFault } from '../password-rule.ts'
import { type OrganisationKind, roles, rolesOfKind } from '../viewer.ts'

/** A password exactly as typed: spaces at its ends belong to it. */
function password(ask: string): z.ZodType<string> {
  return z.preprocess(
    value => (typeof value === 'string' ? value : ''),
    z.string().min(1, ask).max(1000, 'Enter a shorter password'),
  )
}

export const signInForm = z.object({
  email: emailAddress('Enter your email address'),
  password: password('Enter your password'),
})

export const codeForm = z.object({ code: text('Enter the code', 'The code', 40) })

export const forgottenForm = z.object({ email: emailAddress('Enter your email address') })

export const currentPasswordForm = z.object({ password: password('Enter your password') })

const faultWords: Readonly<Record<PasswordFault, string>> = {
  'too-short': `Your password must be ${passwordLength.shortest} characters or more. Three words with something between them are easy to keep in mind`,
  'too-long': `Your password must be ${passwordLength.longest} characters or fewer`,
  'about-you': 'Choose a password that is not made of your name or email address',
  common: 'Choose a password that is harder to guess. Three words that have nothing to do with one another are good',
}

/** A password somebody is to have from now on. */
function newPassword(person: { email?: string; name?: string }): z.ZodType<string> {
  return password('Enter a new password').superRefine((value, context) => {
    const fault = passwordFault(value, person)
    if (fault !== null) context.addIssue({ code: 'custom', message: faultWords[fault] })
  })
}

export const newPasswordForm = (person: { email: string; name: string }) => z.object({ password: newPassword(person) })

export const changePasswordForm = (person: { email: string; name: string }) =>
  z.object({ current: password('Enter the password you have now'), password: newPassword(person) })

export const acceptForm = (invitation: { email: string }, name: string) =>
  z.object({
    name: text('Enter your name', 'Your name', 100),
    password: newPassword({ email: invitation.email, name }),
  })

export const inviteForm = (kind: OrganisationKind, today: Temporal.PlainDate) =>
  z.object({
    email: emailAddress('Enter the email address of whom you invite'),
    roles: choices('Choose roles from the list', roles)
      .refine(chosen => chosen.length > 0, 'Choose at least one role')
      .refine(
        chosen => chosen.every(role => rolesOfKind[kind].includes(role)),
        'Choose roles that there are in your organisation',
      ),
    until: optionalDate('the last day of these roles').refine(
      date => date === null || Temporal.PlainDate.compare(date, today) >= 0,
      'The last day of these roles must be today or later',
    ),
  })
