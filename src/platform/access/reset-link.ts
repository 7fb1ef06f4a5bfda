import { createHash, randomBytes } from 'node:crypto'
import type { Database, Trx } from '../database/tables.ts'
import { resetSeconds } from './authentication-options.ts'
import type { User } from './users.ts'

/** How better-auth keeps the token of a link (its option `storeIdentifier: 'hashed'`). */
function identifierOf(token: string): string {
  return createHash('sha256').update(`reset-password:${token}`).digest('base64url')
}

/** Whose link for a new password this is; null when it was used or its hour is over. */
export async function ownerOfResetLink(db: Database, token: string, now: Temporal.Instant): Promise<User | null> {
  const link = await db
    .selectFrom('auth.verification')
    .select('value')
    .where('identifier', '=', identifierOf(token))
    .where('expires_at', '>', now)
    .executeTakeFirst()
  if (!link) return null
  const user = await db
    .selectFrom('auth.user')
    .select(['id', 'name', 'email'])
    .where('id', '=', link.value)
    .executeTakeFirst()
  return user ?? null
}

/**
 * A link for a new password made by an operator, of the same kind as the ones better-auth sends.
 *
 * @returns the token for `/workspace/new-password/…`; it works once, within an hour
 */
export async function createResetLink(trx: Trx, userId: string, now: Temporal.Instant): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  const expires = now.add({ seconds: resetSeconds })
  await trx
    .insertInto('auth.verification')
    .values({ identifier: identifierOf(token), value: userId, expires_at: expires })
    .execute()
  return token
}
