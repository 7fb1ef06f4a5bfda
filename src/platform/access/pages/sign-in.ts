import { type FieldFault, readForm } from '../../web/form.ts'
import { type Answer, type FormFields, notFound, page, redirect } from '../../web/route.ts'
import { firstPage, letIn } from './arrival.ts'
import type { Caller } from '../authentication.ts'
import { demonstrationCredentials, demonstrationUsers } from '../demonstration.ts'
import { codeForm, signInForm } from './forms.ts'
import { rolesInWords } from '../mails.ts'
import {
  type AccessAnswer,
  type AccessContext,
  type AccessRoute,
  type AccessServices,
  minutesToWait,
  destination,
  waitWords,
} from './route.ts'
import { sessionCookieName } from '../sessions.ts'
import { countTry, forgetTries, triesKey } from '../tries.ts'

const views = 'platform/access/views'

interface FormState {
  fields?: FormFields
  faults?: readonly FieldFault[]
  refusals?: readonly string[]
  status?: number
}

/** Who can be chosen on the sign-in page of a demonstration; nobody anywhere else. */
async function listed(services: AccessServices, today: Temporal.PlainDate) {
  if (!services.settings.demo) return []
  const users = await demonstrationUsers(services.db, today)
  return users.map(user => ({
    id: user.id,
    name: user.name,
    places: user.places.map(place => `${rolesInWords(place.roles)}, ${place.organisation}`),
  }))
}

async function signInPage(
  services: AccessServices,
  context: AccessContext,
  state: FormState = {},
): Promise<AccessAnswer> {
  const to = destination(context.query.to ?? context.fields.to)
  const { fields = {}, faults = [], refusals = [], status = 200 } = state
  const form = { action: '/workspace/sign-in', fields: { email: fields.email }, faults, refusals }
  const demonstration = await listed(services, context.today)
  return { answer: page(`${views}/sign-in.njk`, { title: 'Sign in', form, to, demonstration }, status) }
}

async function showSignIn(services: AccessServices, context: AccessContext): Promise<AccessAnswer> {
  const { person } = context
  if (!person) return await signInPage(services, context)
  if (person.places.length > 0) return { answer: redirect(firstPage(services, person, context.query.to)) }
  return { answer: page(`${views}/no-seat.njk`, { title: 'You have no role at the moment', name: person.name }) }
}

/** The same words whether the address is unknown or the password wrong, so that addresses cannot be tried out. */
const wrongWords = 'The email address or password is not right. Check both and try again.'

async function signIn(services: AccessServices, context: AccessContext): Promise<AccessAnswer> {
  const read = readForm(signInForm, context.fields)
  if (!read.ok) return await signInPage(services, context, { fields: read.fields, faults: read.errors, status: 422 })
  const { db, settings, authentication } = services
  const again = (refusal: string, status: number) =>
    signInPage(services, context, { fields: context.fields, refusals: [refusal], status })
  const key = triesKey(settings.sessionSecret, read.value.email)
  const counted = await countTry(db, key, context.now)
  if (!counted.allowed) return await again(waitWords(counted.minutes), 429)
  const reply = await authentication.ask('/sign-in/email', read.value, context.caller)
  const wait = minutesToWait(reply)
  if (wait !== null) return await again(waitWords(wait), 429)
  if (!reply.ok) return await again(wrongWords, 422)
  await forgetTries(db, key, context.now)
  if (reply.body.twoFactorRedirect !== true) return await letIn(services, reply, context.fields.to)
  const to = encodeURIComponent(destination(context.fields.to))
  return { answer: redirect(`/workspace/sign-in/code?to=${to}`), cookies: reply.cookies }
}

function codePage(context: AccessContext, state: FormState = {}): Answer {
  const to = destination(context.query.to ?? context.fields.to)
  const { faults = [], refusals = [], status = 200 } = state
  const form = { action: '/workspace/sign-in/code', fields: {}, faults, refusals }
  return page(`${views}/code.njk`, { title: 'Enter the code from your app', form, to }, status)
}

/** The cookies without a session that may still be open in this browser: the code belongs to the one being begun. */
function withoutSession(caller: Caller, baseUrl: string): Caller {
  const name = `${sessionCookieName(baseUrl)}=`
  const kept = (caller.cookies ?? '').split(/;\s*/).filter(cookie => !cookie.startsWith(name))
  return { ...caller, cookies: kept.join('; ') }
}

const overWords = 'The time for entering a code is over. Sign in again.'

async function signInWithCode(services: AccessServices, context: AccessContext): Promise<AccessAnswer> {
  const read = readForm(codeForm, context.fields)
  if (!read.ok) return { answer: codePage(context, { faults: read.errors, status: 422 }) }
  const code = read.value.code.replaceAll(/\s/g, '')
  const path = /^\d+$/.test(code) ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code'
  const caller = withoutSession(context.caller, services.settings.baseUrl)
  const reply = await services.authentication.ask(path, { code }, caller)
  if (reply.ok) return await letIn(services, reply, context.fields.to)
  if (reply.status === 429) {
    // better-auth names no time when it is the account that is locked: a quarter of an hour (its own default).
    const minutes = reply.waitSeconds !== null && reply.code === null ? (minutesToWait(reply) ?? 1) : 15
    return { answer: codePage(context, { refusals: [waitWords(minutes)], status: 429 }) }
  }
  if (reply.code === 'INVALID_CODE' || reply.code === 'INVALID_BACKUP_CODE') {
    const message = 'That code is not right. Enter the code that your app shows now'
    return { answer: codePage(context, { faults: [{ field: 'code', message }], status: 422 }) }
  }
  return { answer: redirect('/workspace/sign-in', overWords), cookies: reply.cookies }
}

async function signOut(services: AccessServices, context: AccessContext): Promise<AccessAnswer> {
  const reply = await services.authentication.ask('/sign-out', {}, context.caller)
  return { answer: redirect('/workspace/sign-in', 'You are signed out.'), cookies: reply.cookies }
}

/** Signs in as a sample user, through the same door as everybody: the form's password is filled in here. */
async function signInAsSample(services: AccessServices, context: AccessContext): Promise<AccessAnswer> {
  const { user } = context.fields
  const known = typeof user === 'string' && /^[0-9a-f-]{36}$/.test(user)
  const credentials = known ? await demonstrationCredentials(services.db, user) : null
  if (!credentials) return { answer: notFound() }
  const reply = await services.authentication.ask('/sign-in/email', credentials, context.caller)
  const wait = minutesToWait(reply)
  if (wait !== null) return await signInPage(services, context, { refusals: [waitWords(wait)], status: 429 })
  if (reply.ok && reply.body.twoFactorRedirect === true) {
    return { answer: redirect('/workspace/sign-in/code'), cookies: reply.cookies }
  }
  if (!reply.ok) {
    const refusals = ['Somebody changed the password of this sample user. Sign in with it, or choose another.']
    return await signInPage(services, context, { refusals, status: 422 })
  }
  return await letIn(services, reply, context.fields.to)
}

/** Signing in and out. The list of sample users exists only in demonstration mode: elsewhere its address is unknown. */
export function signInRoutes(services: AccessServices): AccessRoute[] {
  const routes: AccessRoute[] = [
    { method: 'GET', path: '/sign-in', handler: context => showSignIn(services, context) },
    { method: 'POST', path: '/sign-in', handler: context => signIn(services, context) },
    { method: 'GET', path: '/sign-in/code', handler: async context => ({ answer: codePage(context) }) },
    { method: 'POST', path: '/sign-in/code', handler: context => signInWithCode(services, context) },
    { method: 'POST', path: '/sign-out', handler: context => signOut(services, context) },
  ]
  if (!services.settings.demo) return routes
  const handler: AccessRoute['handler'] = context => signInAsSample(services, context)
  return [...routes, { method: 'POST', path: '/sign-in/sample', handler }]
}
