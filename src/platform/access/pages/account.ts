import { inTransaction } from '../../database/transaction.ts'
import { type FieldFault, readForm } from '../../web/form.ts'
import { page, redirect } from '../../web/route.ts'
import { keepActing, owesSecondFactor } from './arrival.ts'
import { changePasswordForm } from './forms.ts'
import { mailPasswordChanged, rolesInWords } from '../mails.ts'
import {
  type AccessAnswer,
  type AccessRoute,
  type AccessServices,
  minutesToWait,
  signedIn,
  type SignedInContext,
  waitWords,
} from './route.ts'
import { openSessions } from '../sessions.ts'
import { countTry, forgetTries, triesKey } from '../tries.ts'

const views = 'platform/access/views'

const browsers = [
  ['Edg/', 'Edge'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const
const devices = [
  ['iPhone', 'an iPhone'],
  ['iPad', 'an iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS', 'a Mac'],
  ['Linux', 'Linux'],
] as const

/** What a browser says of itself, in words by which its owner knows it again: "Firefox on Windows". */
export function browserWords(userAgent: string | null): string {
  const found = (list: readonly (readonly [string, string])[]) =>
    list.find(([mark]) => userAgent?.includes(mark))?.[1] ?? null
  const browser = found(browsers)
  const device = found(devices)
  if (browser === null) return 'Another program'
  return device === null ? browser : `${browser} on ${device}`
}

async function accountPage(services: AccessServices, context: SignedInContext): Promise<AccessAnswer> {
  const { person } = context
  const sessions = await openSessions(services.db, person.userId, context.now)
  const model = {
    title: 'Your account',
    person,
    demo: services.settings.demo,
    owesSecondFactor: owesSecondFactor(services, person),
    places: person.places.map(place => ({ ...place, roles: rolesInWords(place.roles) })),
    sessions: sessions.map(session => ({
      ...session,
      here: session.id === person.sessionId,
      browser: browserWords(session.browser),
    })),
  }
  return { answer: page(`${views}/account.njk`, model) }
}

function passwordPage(faults: readonly FieldFault[] = [], refusals: string[] = [], status = 200): AccessAnswer {
  const form = { action: '/workspace/account/password', fields: {}, faults, refusals }
  const model = { title: 'Change your password', form }
  return { answer: page(`${views}/change-password.njk`, model, status) }
}

async function changePassword(services: AccessServices, context: SignedInContext): Promise<AccessAnswer> {
  const { person, now } = context
  const { db, settings } = services
  const read = readForm(changePasswordForm(person), context.fields)
  if (!read.ok) return passwordPage(read.errors, [], 422)
  const key = triesKey(settings.sessionSecret, person.email)
  const counted = await countTry(db, key, now)
  if (!counted.allowed) return passwordPage([], [waitWords(counted.minutes)], 429)
  const { current, password } = read.value
  const body = { currentPassword: current, newPassword: password, revokeOtherSessions: true }
  const reply = await services.authentication.ask('/change-password', body, context.caller)
  const wait = minutesToWait(reply)
  if (wait !== null) return passwordPage([], [waitWords(wait)], 429)
  if (!reply.ok) return passwordPage([{ field: 'current', message: 'That is not the password you have now' }], [], 422)
  await forgetTries(db, key, now)
  await keepActing(services, person, reply)
  await inTransaction(db, null, trx => mailPasswordChanged(trx, person, { baseUrl: settings.baseUrl, now }))
  const notice = 'Your password is changed. Every other session has ended.'
  return { answer: redirect('/workspace/account', notice), cookies: reply.cookies }
}

async function signOutEverywhere(services: AccessServices, context: SignedInContext): Promise<AccessAnswer> {
  const reply = await services.authentication.ask('/revoke-sessions', {}, context.caller)
  const notice = 'You are signed out everywhere.'
  return { answer: redirect('/workspace/sign-in', notice), cookies: reply.cookies }
}

/** One's own account: password and sessions. The authenticator code has its own file. */
export function accountRoutes(services: AccessServices): AccessRoute[] {
  const password = '/account/password'
  return [
    { method: 'GET', path: '/account', handler: signedIn(context => accountPage(services, context)) },
    { method: 'GET', path: password, handler: signedIn(async () => passwordPage()) },
    { method: 'POST', path: password, handler: signedIn(context => changePassword(services, context)) },
    {
      method: 'POST',
      path: '/account/sign-out-everywhere',
      handler: signedIn(context => signOutEverywhere(services, context)),
    },
  ]
}
