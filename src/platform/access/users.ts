import { randomUUIDv7 } from 'node:crypto'
import type { Database, Trx } from '../database/tables.ts'

export interface User {
  id: string
  name: string
  email: string
}

/** An e-mail address as it is stored and compared: without spaces round it and in small letters. */
export function plainEmail(email: string): string {
  return email.trim().toLowerCase()
}

/** The user with an e-mail address, or null. */
export async function userByEmail(db: Database | Trx, email: string): Promise<User | null> {
  const user = await db
    .selectFrom('auth.user')
    .select(['id', 'name', 'email'])
    .where('email', '=', plainEmail(email))
    .executeTakeFirst()
  return user ?? null
}

export interface NewUser {
  name: string
  email: string
  /** Hash made by better-auth's `hashPassword`; null for someone who has yet to choose a password by mail. */
  passwordHash: string | null
  /** The person of the public record this user is. */
  personId?: string | null
}

/**
 * Makes a user. There is no self-registration: only invitations, the command line and the sample areas call this.
 *
 * @returns the new user's id
 */
export async function addUser(trx: Trx, user: NewUser, now: Temporal.Instant): Promise<string> {
  const id = randomUUIDv7()
  await trx
    .insertInto('auth.user')
    .values({
      id,
      name: user.name,
      email: plainEmail(user.email),
      email_verified: true,
      created_at: now,
      updated_at: now,
      two_factor_enabled: false,
      person_id: user.personId ?? null,
    })
    .execute()
  await trx
    .insertInto('auth.account')
    .values({
      id: randomUUIDv7(),
      account_id: id,
      provider_id: 'credential',
      user_id: id,
      password: user.passwordHash,
      created_at: now,
      updated_at: now,
    })
    .execute()
  return id
}

/**
 * Says which person of the record a user is, so that what waits for that person waits for them. Nobody is two users.
 *
 * @param userId null: nobody signs in as this person
 */
export async function tieUser(trx: Trx, personId: string, userId: string | null): Promise<void> {
  await trx.updateTable('auth.user').set({ person_id: null }).where('person_id', '=', personId).execute()
  if (userId === null) return
  await trx.updateTable('auth.user').set({ person_id: personId }).where('id', '=', userId).execute()
}

/** The user who signs in as a person, by name and e-mail address, or null. */
export async function userOfPerson(trx: Trx, personId: string): Promise<{ id: string; name: string } | null> {
  const row = await trx
    .selectFrom('auth.user')
    .select(['id', 'name'])
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row ?? null
}

/** Ends every session of a user at once. */
export async function endSessions(trx: Trx, userId: string): Promise<void> {
  await trx.deleteFrom('auth.session').where('user_id', '=', userId).execute()
}

/** A user and a seat, as the command line lists them. */
export interface UserLine {
  name: string
  email: string
  secondFactor: boolean
  organisation: string | null
  area: string | null
  role: string | null
  seat: string | null
  from: Temporal.PlainDate | null
  until: Temporal.PlainDate | null
}

/** Every user with every seat, past ones too; one line each, and one for a user without any. */
export async function allUsers(db: Database): Promise<UserLine[]> {
  const rows = await db
    .selectFrom('auth.user as u')
    .leftJoin('seat', 'seat.user_id', 'u.id')
    .leftJoin('workspace.organisation as o', 'o.id', 'seat.organisation_id')
    .leftJoin('workspace.area as a', 'a.id', 'seat.area_id')
    .select([
      'u.name',
      'u.email',
      'u.two_factor_enabled',
      'o.slug as organisation',
      'a.slug as area',
      'seat.role',
      'seat.id as seat',
      'seat.from_date',
      'seat.until_date',
    ])
    .orderBy('u.email')
    .orderBy('seat.from_date')
    .execute()
  return rows.map(row => ({
    name: row.name,
    email: row.email,
    secondFactor: row.two_factor_enabled === true,
    organisation: row.organisation,
    area: row.area,
    role: row.role,
    seat: row.seat,
    from: row.from_date,
    until: row.until_date,
  }))
}
