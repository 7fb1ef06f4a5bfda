import type { Database } from '../../database/tables.ts'
import { localPath } from '../../web/local-path.ts'
import type { Answer, FormFields } from '../../web/route.ts'
import { signInAddress } from '../../web/workspace-site.ts'
import type { Authentication, Caller, Reply } from '../authentication.ts'
import type { AuthenticationSettings } from '../authentication-options.ts'
import type { Permissions } from '../may.ts'
import type { Sessions, SignedIn } from '../sessions.ts'

/** What the pages of signing in and of one's account work with. */
export interface AccessServices {
  db: Database
  settings: AuthenticationSettings
  permissions: Permissions
  authentication: Authentication
  sessions: Sessions
  now: () => Temporal.Instant
}

/** What such a page is handed. Unlike other pages of the workspace it may have nobody signed in. */
export interface AccessContext {
  person: SignedIn | null
  caller: Caller
  now: Temporal.Instant
  today: Temporal.PlainDate
  /** The address asked for, with its query. */
  address: string
  params: Readonly<Record<string, string>>
  query: Readonly<Record<string, string | undefined>>
  fields: FormFields
}

/** An answer, and the `Set-Cookie` headers that go with it. */
export interface AccessAnswer {
  answer: Answer
  cookies?: readonly string[]
}

export interface AccessRoute {
  method: 'GET' | 'POST'
  /** Below `/workspace`: `/sign-in`. */
  path: string
  handler: (context: AccessContext) => Promise<AccessAnswer>
}

/** What a page for someone signed in is handed. */
export type SignedInContext = AccessContext & { person: SignedIn }

/** A handler for people who are signed in; all others are asked to sign in first, and come back afterwards. */
export function signedIn(handler: (context: SignedInContext) => Promise<AccessAnswer>): AccessRoute['handler'] {
  return async context => {
    const { person } = context
    if (person) return await handler({ ...context, person })
    return { answer: { type: 'redirect', to: signInAddress(context.address) } }
  }
}

/**
 * Where to go on to after signing in, as asked for by the address or form: a page of this workspace, never another
 * site, nor a page that would sign out or in again.
 */
export function destination(asked: unknown): string {
  const to = localPath(typeof asked === 'string' ? asked : undefined)
  const workspace = /^\/workspace(\/|\?|$)/.test(to) && !/^\/workspace\/(sign-|acting)/.test(to)
  return workspace ? to : '/workspace'
}

/** What "too many" is said as. Minutes are rounded up. */
export function waitWords(minutes: number): string {
  return `Too many tries. Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} and try again.`
}

/** The waiting time of a reply that was refused for too many requests, in minutes; null for any other reply. */
export function minutesToWait(reply: Reply): number | null {
  if (reply.status !== 429) return null
  return Math.ceil((reply.waitSeconds ?? 60) / 60)
}

/** A `Cookie` header as the browser would send it once the given `Set-Cookie` headers reached it. */
export function cookiesAfter(setCookies: readonly string[]): string {
  return setCookies.map(cookie => cookie.slice(0, cookie.indexOf(';'))).join('; ')
}
