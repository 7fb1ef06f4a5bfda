import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../database/tables.ts'

/** Wrong passwords in a row after which an account has to wait. */
export const triesAllowed = 8

/** How long it then waits, in minutes. */
export const waitMinutes = 15

/** Whether another try may be made now; if not, how many minutes to wait. */
export type Try = { allowed: true } | { allowed: false; minutes: number }

/** The key under which tries for an e-mail address are counted; the address itself is not kept. */
export function triesKey(secret: string, email: string): string {
  return createHmac('sha256', secret).update(email.trim().toLowerCase()).digest('base64url')
}

/**
 * Counts a try before the password is looked at, so that many at once cannot slip through together. A right password
 * forgets the count (`forgetTries`). The limit is per account and holds for addresses that have no account too, so
 * that it tells nobody who has one.
 */
export async function countTry(db: Database, key: string, now: Temporal.Instant): Promise<Try> {
  const since = now.subtract({ minutes: waitMinutes })
  const row = await db
    .insertInto('auth.failed_try')
    .values({ key, tries: 1, last_at: now })
    .onConflict(conflict =>
      conflict.column('key').doUpdateSet(eb => ({
        tries: sql<number>`case when auth.failed_try.last_at <= ${since} then 1
          else least(auth.failed_try.tries + 1, ${triesAllowed + 1}::integer) end`,
        last_at: eb
          .case()
          .when(eb.and([eb('auth.failed_try.tries', '>=', triesAllowed), eb('auth.failed_try.last_at', '>', since)]))
          .then(eb.ref('auth.failed_try.last_at'))
          .else(now)
          .end(),
      })),
    )
    .returning(['tries', 'last_at'])
    .executeTakeFirstOrThrow()
  if (row.tries <= triesAllowed) return { allowed: true }
  const until = row.last_at.add({ minutes: waitMinutes })
  // The database keeps microseconds and may round up: without the upper bound 15 minutes could read as 16.
  const minutes = Math.ceil(now.until(until).total('minutes'))
  return { allowed: false, minutes: Math.min(waitMinutes, Math.max(1, minutes)) }
}

/** Forgets the tries of an account, after a right password or a new one; old counts of others go with them. */
export async function forgetTries(db: Database, key: string, now: Temporal.Instant): Promise<void> {
  await db
    .deleteFrom('auth.failed_try')
    .where(eb => eb.or([eb('key', '=', key), eb('last_at', '<', now.subtract({ hours: 24 }))]))
    .execute()
}
