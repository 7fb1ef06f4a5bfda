import { sql } from 'kysely'
import { z } from 'zod'
import { addSeat } from '../../platform/access/seats.ts'
import { addUser, tieUser } from '../../platform/access/users.ts'
import type { Role, Viewer } from '../../platform/access/viewer.ts'
import { inTransaction } from '../../platform/database/transaction.ts'
import { startClock } from '../clock-store.ts'
import type { ClockOwner } from '../clock-store.ts'
import type { RecordHead } from '../record.ts'
import { createRecord } from '../records.ts'
import type { NewRecord } from '../records.ts'
import { testNow } from '../testing.ts'
import type { TestWorld } from '../testing.ts'

/** Somebody who signs in, for the tests of what people are sent. */
export interface TestUser {
  id: string
  email: string
}

/** Adds a user with seats, on a person of their own if asked for. */
export async function seat(
  world: TestWorld,
  name: string,
  seats: readonly { organisation: Viewer['organisation']; role: Role }[],
  personId?: string,
): Promise<TestUser> {
  const email = `${name}@${world.area.slug}.example`
  return inTransaction(world.database.program, null, async trx => {
    const id = await addUser(trx, { name, email, passwordHash: null }, testNow)
    for (const { organisation, role } of seats) {
      const from = Temporal.PlainDate.from('2026-01-01')
      await addSeat(trx, {
        userId: id,
        organisationId: organisation.id,
        areaId: world.area.id,
        role,
        from,
        until: null,
      })
    }
    if (personId !== undefined) await tieUser(trx, personId, id)
    return { id, email }
  })
}

/** A record of an organisation with a clock of a rule that began on a day. */
export async function owe(
  world: TestWorld,
  holder: Viewer['organisation'],
  title: string,
  clock: { rule: string; from: string; owner?: ClockOwner },
  more: Partial<NewRecord> = {},
): Promise<RecordHead> {
  return world.as(world.viewer(holder, 'administrator'), async (trx, context) => {
    const made = { areaId: world.area.id, kind: 'note', title, state: 'asked', ...more }
    const record = await createRecord(trx, context, made)
    await startClock(trx, context, record, clock.rule, { from: Temporal.PlainDate.from(clock.from) }, clock.owner)
    return record
  })
}

const mailRow = z.object({ to: z.string(), subject: z.string(), text: z.string(), html: z.string() })

/** The mails that wait to be sent to somebody, oldest first. */
export async function mailsTo(world: TestWorld, to: string) {
  const { rows } = await sql<{ data: unknown }>`
    select data from jobs.job where name = 'mail' and data ->> 'to' = ${to} order by created_on, id`.execute(
    world.database.program,
  )
  return rows.map(({ data }) => mailRow.parse(data))
}
