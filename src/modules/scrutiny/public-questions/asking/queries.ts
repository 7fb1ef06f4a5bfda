import type { Kysely } from 'kysely'
import type { Tables, Trx } from '../../../../platform/database/tables.ts'
import { messageKind } from './message.ts'
import type { AskedMessage } from './message.ts'

/** A message as it waits at the intake. */
export interface Waiting {
  id: string
  areaId: number
  body: unknown
  receivedAt: Temporal.Instant
}

/** Leaves a question at the intake with the public login, which can do no more. The same message again is no second. */
export async function leaveAtIntake(
  db: Kysely<Tables>,
  message: { id: string; areaId: number; body: AskedMessage; receivedAt: Temporal.Instant },
): Promise<void> {
  await db
    .insertInto('intake.message')
    .values({
      id: message.id,
      area_id: message.areaId,
      kind: messageKind,
      body: JSON.stringify(message.body),
      received_at: message.receivedAt,
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** Questions that wait at the intake, the earliest first. */
export async function waitingQuestions(trx: Trx): Promise<Waiting[]> {
  const rows = await trx
    .selectFrom('intake.message')
    .selectAll()
    .where('kind', '=', messageKind)
    .orderBy('received_at')
    .limit(500)
    .execute()
  return rows.map(row => ({ id: row.id, areaId: row.area_id, body: row.body, receivedAt: row.received_at }))
}

/** Takes a message from the intake; false where somebody else has taken it meanwhile. */
export async function takeFromIntake(trx: Trx, id: string): Promise<boolean> {
  const taken = await trx.deleteFrom('intake.message').where('id', '=', id).returning('id').executeTakeFirst()
  return taken !== undefined
}
