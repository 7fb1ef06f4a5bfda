import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/*
 * Signed double submit: a form carries a token that only this server could have made from the value of a cookie and,
 * in the workspace, from the session. Another site can neither read the cookie nor make the token, and a token taken
 * from one session is worth nothing in another. Public forms have no session; their token stands for the cookie alone.
 */

/** The name of the cookie that a token is made from. */
export const csrfCookie = 'peelian_form'

/** A fresh value for the cookie. */
export function newCsrfCookie(): string {
  return randomBytes(18).toString('base64url')
}

/**
 * @param secret the installation's own
 * @param cookie the value of the visitor's cookie
 * @param sessionId the session the form is for; null for a form without one
 */
export function csrfToken(secret: string, cookie: string, sessionId: string | null): string {
  return createHmac('sha256', secret)
    .update(`form\n${sessionId ?? ''}\n${cookie}`)
    .digest('base64url')
}

/** Whether a form that came back was made here, for this visitor and session. */
export function csrfHolds(
  secret: string,
  cookie: string | undefined,
  sessionId: string | null,
  token: string | readonly string[] | undefined,
): boolean {
  if (cookie === undefined || cookie === '' || typeof token !== 'string') return false
  const expected = Buffer.from(csrfToken(secret, cookie, sessionId))
  const given = Buffer.from(token)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/**
 * Whether the browser itself says that a request was started by another site. Browsers that say nothing are judged by
 * the token alone.
 */
export function startedElsewhere(headers: Readonly<Record<string, string | string[] | undefined>>): boolean {
  return headers['sec-fetch-site'] === 'cross-site'
}
