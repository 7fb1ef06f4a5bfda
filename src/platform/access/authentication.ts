import { betterAuth } from 'better-auth'
import { symmetricDecrypt } from 'better-auth/crypto'
import type { KyselyPlugin } from 'kysely'
import type { Database } from '../database/tables.ts'
import {
  authenticationOptions,
  authenticationPath,
  type AuthenticationSettings,
  clientAddressHeader,
} from './authentication-options.ts'

/** Who sends a form, as better-auth needs to know it: for rate limits, sessions and cookies. */
export interface Caller {
  address: string
  userAgent: string | null
  /** The request's `Cookie` header. */
  cookies: string | null
}

/** What better-auth answered. */
export interface Reply {
  ok: boolean
  status: number
  /** Its own word for a refusal: `INVALID_EMAIL_OR_PASSWORD`. */
  code: string | null
  body: Readonly<Record<string, unknown>>
  /** `Set-Cookie` headers to pass on. */
  cookies: readonly string[]
  /** When there were too many requests: how long to wait. */
  waitSeconds: number | null
}

export interface Authentication {
  /** Sends a form's content to better-auth as a request of its own, so that its rate limits hold. */
  ask(path: string, body: object, caller: Caller): Promise<Reply>
  /** Address (`otpauth://…`) and key of an authenticator app that is being set up; null when none is. */
  pendingKey(userId: string, email: string): Promise<{ address: string; key: string } | null>
  /** The codes on paper that a user still has. */
  backupCodes(userId: string): Promise<readonly string[]>
}

export interface AuthenticationServices {
  db: Database
  settings: AuthenticationSettings
  /** Sends the mail with the link for a new password. */
  sendResetLink: (user: { id: string; name: string; email: string }, token: string) => Promise<void>
  /** Where better-auth's own complaints go; they name no person. */
  complain: (message: string) => void
}

/** better-auth compares moments as `Date`, the rest of Peelian as `Temporal.Instant`. */
const momentsAsDates: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => ({ ...result, rows: result.rows.map(withDates) }),
}

function withDates(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asDate(value)]))
}

function asDate(value: unknown): unknown {
  return value instanceof Temporal.Instant ? new Date(value.epochMilliseconds) : value
}

function createBetterAuth(services: AuthenticationServices) {
  const options = authenticationOptions(services.settings)
  return betterAuth({
    ...options,
    database: {
      db: services.db.withPlugin(momentsAsDates),
      type: 'postgres',
      schemaName: 'auth',
      transaction: true,
    },
    emailAndPassword: {
      ...options.emailAndPassword,
      sendResetPassword: async ({ user, token }) => await services.sendResetLink(user, token),
    },
    logger: { level: 'error', log: (_level, message) => services.complain(message) },
  })
}

function headersOf(caller: Caller, origin: string): Headers {
  const headers = new Headers({ 'content-type': 'application/json', origin })
  headers.set(clientAddressHeader, caller.address)
  if (caller.userAgent !== null) headers.set('user-agent', caller.userAgent)
  if (caller.cookies !== null) headers.set('cookie', caller.cookies)
  return headers
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text()
  const parsed: unknown = text === '' ? {} : JSON.parse(text)
  const body = isObject(parsed) ? parsed : {}
  const wait = Number(response.headers.get('x-retry-after') ?? '')
  return {
    ok: response.ok,
    status: response.status,
    code: typeof body.code === 'string' ? body.code : null,
    body,
    cookies: response.headers.getSetCookie(),
    waitSeconds: response.status === 429 ? Math.max(wait, 1) : null,
  }
}

/** The base32 form of a key (RFC 4648), as authenticator apps take it when typed. */
function keyOf(address: string): string {
  return new URL(address).searchParams.get('secret') ?? ''
}

/** The address of RFC 6238 keys that authenticator apps read from a QR code. */
function otpAddress(secret: string, email: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...Buffer.from(secret)].map(byte => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  const key = groups.map(group => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')
  return `otpauth://totp/Peelian:${encodeURIComponent(email)}?secret=${key}&issuer=Peelian&digits=6&period=30`
}

/** better-auth, behind our own forms: nothing of it is reachable but through `ask`. */
export function createAuthentication(services: AuthenticationServices): Authentication {
  const auth = createBetterAuth(services)
  const { baseUrl } = services.settings
  const origin = new URL(baseUrl).origin

  return {
    async ask(path, body, caller) {
      const request = new Request(`${origin}${authenticationPath}${path}`, {
        method: 'POST',
        headers: headersOf(caller, origin),
        body: JSON.stringify(body),
      })
      return await replyOf(await auth.handler(request))
    },

    async pendingKey(userId, email) {
      const row = await services.db
        .selectFrom('auth.two_factor')
        .select('secret')
        .where('user_id', '=', userId)
        .where('verified', '=', false)
        .executeTakeFirst()
      if (!row) return null
      const { secretConfig } = await auth.$context
      const address = otpAddress(await symmetricDecrypt({ key: secretConfig, data: row.secret }), email)
      return { address, key: keyOf(address) }
    },

    async backupCodes(userId) {
      const { backupCodes } = await auth.api.viewBackupCodes({ body: { userId } })
      return backupCodes
    },
  }
}
