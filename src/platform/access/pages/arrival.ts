import { redirect } from '../../web/route.ts'
import type { Reply } from '../authentication.ts'
import { type AccessAnswer, type AccessServices, cookiesAfter, destination } from './route.ts'
import { requiresSecondFactor } from '../second-factor.ts'
import { actFor, type SignedIn } from '../sessions.ts'

/** The session that a reply of better-auth has just begun, read back as the browser will send it. */
async function newSession(services: AccessServices, reply: Reply): Promise<SignedIn | null> {
  return await services.sessions.signedInOf({ headers: { cookie: cookiesAfter(reply.cookies) } })
}

/** Whether someone still has to set up an authenticator code. A demonstration does not ask for one. */
export function owesSecondFactor(services: AccessServices, person: SignedIn): boolean {
  if (services.settings.demo || person.secondFactor) return false
  return person.places.some(place => requiresSecondFactor(place.roles, services.permissions))
}

/** The page that someone who has just signed in sees first. An invitation comes before all else: it gives a role. */
export function firstPage(services: AccessServices, person: SignedIn | null, asked: unknown): string {
  const to = destination(asked)
  if (person && to.startsWith('/workspace/invitation/')) return to
  if (!person || person.places.length === 0) return '/workspace/sign-in'
  if (owesSecondFactor(services, person)) return '/workspace/account/second-factor'
  return person.acting ? to : `/workspace/acting?to=${encodeURIComponent(to)}`
}

/** Lets someone in whom better-auth has just given a session. */
export async function letIn(services: AccessServices, reply: Reply, asked: unknown): Promise<AccessAnswer> {
  const person = await newSession(services, reply)
  return { answer: redirect(firstPage(services, person, asked)), cookies: reply.cookies }
}

/** better-auth begins a new session after some changes: it acts for whom the one before it acted. */
export async function keepActing(services: AccessServices, before: SignedIn, reply: Reply): Promise<void> {
  const after = await newSession(services, reply)
  if (after && before.acting && !after.acting) await actFor(services.db, after.sessionId, before.acting)
}
