import { randomBytes } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import type { Database, Trx } from '../database/tables.ts'
import { londonDate } from '../time.ts'
import { addSeat, placesOf, seatHolds } from './seats.ts'
import { addUser } from './users.ts'
import type { Role } from './viewer.ts'

export interface DemonstrationUser {
  name: string
  email: string
  personId?: string | null
  seats: readonly { organisationId: string; areaId: number; role: Role; from?: Temporal.PlainDate }[]
}

/**
 * Makes the sample users of a demonstration. Their password is made here, for this installation alone, and is known
 * to nobody: the sign-in page uses it when someone chooses to be one of them.
 *
 * @param users in the order in which the sign-in page is to list them
 * @returns ids in the same order
 */
export async function addDemonstrationUsers(
  trx: Trx,
  users: readonly DemonstrationUser[],
  now: Temporal.Instant,
): Promise<string[]> {
  const password = randomBytes(24).toString('base64url')
  const passwordHash = await hashPassword(password)
  const ids: string[] = []
  for (const [position, user] of users.entries()) {
    const { name, email, personId = null } = user
    const id = await addUser(trx, { name, email, personId, passwordHash }, now)
    for (const seat of user.seats) {
      await addSeat(trx, { from: londonDate(now), ...seat, userId: id, until: null })
    }
    await trx.insertInto('auth.demonstration_user').values({ user_id: id, position, password }).execute()
    ids.push(id)
  }
  return ids
}

/** A sample user as the sign-in page lists them. */
export interface ListedUser {
  id: string
  name: string
  /** What they are, and where: one line for each organisation and area. */
  places: readonly { organisation: string; area: string; roles: readonly Role[] }[]
}

/** The sample users in the order they were made. For demonstration mode only: callers see to that. */
export async function demonstrationUsers(db: Database, today: Temporal.PlainDate): Promise<ListedUser[]> {
  const rows = await db
    .selectFrom('auth.demonstration_user as d')
    .innerJoin('auth.user as u', 'u.id', 'd.user_id')
    .leftJoin('seat', join => join.onRef('seat.user_id', '=', 'u.id').on(eb => seatHolds(eb, today)))
    .leftJoin('workspace.organisation as o', 'o.id', 'seat.organisation_id')
    .leftJoin('workspace.area as a', 'a.id', 'seat.area_id')
    .select([
      'u.id',
      'u.name',
      'seat.role',
      'o.id as organisation_id',
      'o.name as organisation_name',
      'o.kind as organisation_kind',
      'a.id as area_id',
      'a.slug as area_slug',
      'a.name as area_name',
      'a.historical as area_historical',
    ])
    .orderBy('d.position')
    .orderBy('o.name')
    .orderBy('seat.role')
    .execute()
  return [...Map.groupBy(rows, row => row.id).values()].flatMap(ofUser => {
    const [first] = ofUser
    if (!first) return []
    const places = placesOf(ofUser).map(place => ({
      organisation: place.organisation.name,
      area: place.area.name,
      roles: place.roles,
    }))
    return [{ id: first.id, name: first.name, places }]
  })
}

/** What the sign-in form would need to be a sample user; null when there is no such sample user. */
export async function demonstrationCredentials(
  db: Database,
  userId: string,
): Promise<{ email: string; password: string } | null> {
  const row = await db
    .selectFrom('auth.demonstration_user as d')
    .innerJoin('auth.user as u', 'u.id', 'd.user_id')
    .select(['u.email', 'd.password'])
    .where('d.user_id', '=', userId)
    .executeTakeFirst()
  return row ?? null
}
