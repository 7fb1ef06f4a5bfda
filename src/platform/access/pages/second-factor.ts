import { type FieldFault, readForm } from '../../web/form.ts'
import { page, redirect } from '../../web/route.ts'
import { keepActing, owesSecondFactor } from './arrival.ts'
import type { Reply } from '../authentication.ts'
import { codeForm, currentPasswordForm } from './forms.ts'
import {
  type AccessAnswer,
  type AccessRoute,
  type AccessServices,
  minutesToWait,
  signedIn,
  type SignedInContext,
  waitWords,
} from './route.ts'
import { qrPicture } from '../second-factor.ts'
import { countTry, forgetTries, triesKey } from '../tries.ts'

const views = 'platform/access/views'
const top = '/workspace/account/second-factor'

interface FormState {
  faults?: readonly FieldFault[]
  refusals?: readonly string[]
  status?: number
}

function overview(services: AccessServices, context: SignedInContext, state: FormState = {}): AccessAnswer {
  const { person } = context
  const { faults = [], refusals = [], status = 200 } = state
  const model = {
    title: 'Sign in with a code as well',
    person,
    demo: services.settings.demo,
    owes: owesSecondFactor(services, person),
    form: { action: top, fields: {}, faults, refusals },
    removal: { action: `${top}/remove`, fields: {}, faults: [], refusals: [] },
    renewal: { action: `${top}/backup-codes`, fields: {}, faults: [], refusals: [] },
  }
  return { answer: page(`${views}/second-factor.njk`, model, status) }
}

/**
 * Asks better-auth for something that needs the password once more. Wrong ones count like wrong ones at sign-in.
 *
 * @returns its reply, or the overview with what is wrong
 */
async function withPassword(
  services: AccessServices,
  context: SignedInContext,
  path: string,
): Promise<{ reply: Reply } | { refused: AccessAnswer }> {
  const { db, settings } = services
  const read = readForm(currentPasswordForm, context.fields)
  if (!read.ok) return { refused: overview(services, context, { faults: read.errors, status: 422 }) }
  const key = triesKey(settings.sessionSecret, context.person.email)
  const counted = await countTry(db, key, context.now)
  const refusal = (words: string) => ({ refused: overview(services, context, { refusals: [words], status: 429 }) })
  if (!counted.allowed) return refusal(waitWords(counted.minutes))
  const reply = await services.authentication.ask(path, { password: read.value.password }, context.caller)
  const wait = minutesToWait(reply)
  if (wait !== null) return refusal(waitWords(wait))
  if (!reply.ok && reply.code === 'INVALID_PASSWORD') {
    const faults = [{ field: 'password', message: 'That is not your password' }]
    return { refused: overview(services, context, { faults, status: 422 }) }
  }
  await forgetTries(db, key, context.now)
  return { reply }
}

async function begin(services: AccessServices, context: SignedInContext): Promise<AccessAnswer> {
  const asked = await withPassword(services, context, '/two-factor/enable')
  if ('refused' in asked) return asked.refused
  return { answer: redirect(asked.reply.ok ? `${top}/set-up` : top) }
}

async function setUpPage(
  services: AccessServices,
  context: SignedInContext,
  state: FormState = {},
): Promise<AccessAnswer> {
  const { userId, email } = context.person
  const pending = await services.authentication.pendingKey(userId, email)
  if (!pending) return { answer: redirect(top) }
  const { faults = [], refusals = [], status = 200 } = state
  const model = {
    title: 'Set up your authenticator app',
    back: { text: 'Back', href: top },
    picture: await qrPicture(pending.address),
    codes: await services.authentication.backupCodes(userId),
    key: pending.key.match(/.{1,4}/g)?.join(' ') ?? '',
    form: { action: `${top}/set-up`, fields: {}, faults, refusals },
  }
  return { answer: page(`${views}/second-factor-set-up.njk`, model, status) }
}

async function finish(services: AccessServices, context: SignedInContext): Promise<AccessAnswer> {
  const { person, caller } = context
  const read = readForm(codeForm, context.fields)
  if (!read.ok) return await setUpPage(services, context, { faults: read.errors, status: 422 })
  const code = read.value.code.replaceAll(/\s/g, '')
  const reply = await services.authentication.ask('/two-factor/verify-totp', { code }, caller)
  const wait = minutesToWait(reply)
  if (wait !== null) return await setUpPage(services, context, { refusals: [waitWords(wait)], status: 429 })
  if (!reply.ok) {
    const message = 'That code is not right. Enter the code that your app shows now'
    return await setUpPage(services, context, { faults: [{ field: 'code', message }], status: 422 })
  }
  await keepActing(services, person, reply)
  const notice = 'Your code is set up. From now on you are asked for it when you sign in.'
  return { answer: redirect('/workspace/account', notice), cookies: reply.cookies }
}

async function remove(services: AccessServices, context: SignedInContext): Promise<AccessAnswer> {
  const asked = await withPassword(services, context, '/two-factor/disable')
  if ('refused' in asked) return asked.refused
  await keepActing(services, context.person, asked.reply)
  const notice = 'The code is no longer asked for. You can set it up again on another phone.'
  return { answer: redirect(top, notice), cookies: asked.reply.cookies }
}

async function renewCodes(services: AccessServices, context: SignedInContext): Promise<AccessAnswer> {
  const asked = await withPassword(services, context, '/two-factor/generate-backup-codes')
  if ('refused' in asked) return asked.refused
  if (!asked.reply.ok) return { answer: redirect(top) }
  const codes = await services.authentication.backupCodes(context.person.userId)
  return { answer: page(`${views}/backup-codes.njk`, { title: 'Your new backup codes', codes }) }
}

/** Setting up, renewing and taking off the authenticator code. */
export function secondFactorRoutes(services: AccessServices): AccessRoute[] {
  const path = '/account/second-factor'
  return [
    { method: 'GET', path, handler: signedIn(async context => overview(services, context)) },
    { method: 'POST', path, handler: signedIn(context => begin(services, context)) },
    { method: 'GET', path: `${path}/set-up`, handler: signedIn(context => setUpPage(services, context)) },
    { method: 'POST', path: `${path}/set-up`, handler: signedIn(context => finish(services, context)) },
    { method: 'POST', path: `${path}/remove`, handler: signedIn(context => remove(services, context)) },
    { method: 'POST', path: `${path}/backup-codes`, handler: signedIn(context => renewCodes(services, context)) },
  ]
}
