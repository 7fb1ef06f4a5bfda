import { inTransaction } from '../../database/transaction.ts'
import { type FieldFault, readForm } from '../../web/form.ts'
import { type FormFields, page, redirect } from '../../web/route.ts'
import { forgottenForm, newPasswordForm } from './forms.ts'
import { mailPasswordChanged } from '../mails.ts'
import {
  type AccessAnswer,
  type AccessContext,
  type AccessRoute,
  type AccessServices,
  minutesToWait,
  waitWords,
} from './route.ts'
import { forgetTries, triesKey } from '../tries.ts'
import { ownerOfResetLink } from '../reset-link.ts'
import type { User } from '../users.ts'

const views = 'platform/access/views'

/**
 * Asking for a link takes at least this long, in milliseconds, whether or not the address has an account: the time
 * of the answer must not tell.
 */
const askingTakes = 400

function forgottenPage(fields: FormFields, faults: readonly FieldFault[], refusals: string[], status: number) {
  const form = { action: '/workspace/forgotten-password', fields, faults, refusals }
  return { answer: page(`${views}/forgotten-password.njk`, { title: 'Choose a new password', form }, status) }
}

async function askForLink(services: AccessServices, context: AccessContext): Promise<AccessAnswer> {
  const read = readForm(forgottenForm, context.fields)
  if (!read.ok) return forgottenPage(read.fields, read.errors, [], 422)
  const [reply] = await Promise.all([
    services.authentication.ask('/request-password-reset', { email: read.value.email.toLowerCase() }, context.caller),
    new Promise(resolve => setTimeout(resolve, askingTakes)),
  ])
  const wait = minutesToWait(reply)
  if (wait !== null) return forgottenPage(context.fields, [], [waitWords(wait)], 429)
  const title = 'Look at your mail'
  return { answer: page(`${views}/link-sent.njk`, { title, email: read.value.email }) }
}

function deadLink(): AccessAnswer {
  return { answer: page(`${views}/dead-link.njk`, { title: 'This link no longer works', again: true }, 404) }
}

function newPasswordPage(token: string, owner: User, faults: readonly FieldFault[], refusals: string[], status = 200) {
  const form = { action: `/workspace/new-password/${token}`, fields: {}, faults, refusals }
  const model = { title: 'Choose a new password', form, email: owner.email }
  return { answer: page(`${views}/new-password.njk`, model, status) }
}

async function showNewPassword(services: AccessServices, context: AccessContext): Promise<AccessAnswer> {
  const { token = '' } = context.params
  const owner = await ownerOfResetLink(services.db, token, context.now)
  return owner ? newPasswordPage(token, owner, [], []) : deadLink()
}

async function setNewPassword(services: AccessServices, context: AccessContext): Promise<AccessAnswer> {
  const { token = '' } = context.params
  const { db, settings } = services
  const owner = await ownerOfResetLink(services.db, token, context.now)
  if (!owner) return deadLink()
  const read = readForm(newPasswordForm(owner), context.fields)
  if (!read.ok) return newPasswordPage(token, owner, read.errors, [], 422)
  const body = { token, newPassword: read.value.password }
  const reply = await services.authentication.ask('/reset-password', body, context.caller)
  const wait = minutesToWait(reply)
  if (wait !== null) return newPasswordPage(token, owner, [], [waitWords(wait)], 429)
  if (!reply.ok) return deadLink()
  await forgetTries(db, triesKey(settings.sessionSecret, owner.email), context.now)
  const at = { baseUrl: settings.baseUrl, now: context.now }
  await inTransaction(db, null, trx => mailPasswordChanged(trx, owner, at))
  const notice = 'Your password is changed and every open session has ended. Sign in with the new password.'
  return { answer: redirect('/workspace/sign-in', notice), cookies: reply.cookies }
}

/** Choosing a new password by a link sent by mail. */
export function passwordRoutes(services: AccessServices): AccessRoute[] {
  const forgotten = '/forgotten-password'
  const chosen = '/new-password/:token'
  return [
    { method: 'GET', path: forgotten, handler: async () => forgottenPage({}, [], [], 200) },
    { method: 'POST', path: forgotten, handler: context => askForLink(services, context) },
    { method: 'GET', path: chosen, handler: context => showNewPassword(services, context) },
    { method: 'POST', path: chosen, handler: context => setNewPassword(services, context) },
  ]
}
