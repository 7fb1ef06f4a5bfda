import { randomUUIDv7 } from 'node:crypto'
import type { ExpressionBuilder } from 'kysely'
import type { Database, Tables, Trx } from '../database/tables.ts'
import { isRole, type OrganisationKind, type Role, type ViewerArea } from './viewer.ts'

/** One place someone may act for: an organisation in an area, with the roles held there. */
export interface Place {
  organisation: { id: string; name: string; kind: OrganisationKind }
  area: ViewerArea
  roles: readonly Role[]
}

/** A row of the session query or the list of places: one role in one place; nulls where there is no seat. */
export interface SeatRow {
  role: string | null
  organisation_id: string | null
  organisation_name: string | null
  organisation_kind: OrganisationKind | null
  area_id: number | null
  area_slug: string | null
  area_name: string | null
  area_historical: boolean | null
}

/** Puts rows of one role each together into places, in the order they come. Roles nobody knows are left out. */
export function placesOf(rows: readonly SeatRow[]): Place[] {
  const places = new Map<string, Place & { roles: Role[] }>()
  for (const row of rows) {
    const place = placeOf(row)
    if (!place) continue
    const key = `${place.organisation.id} ${place.area.id}`
    const known = places.get(key) ?? { ...place, roles: [] }
    if (row.role !== null && isRole(row.role) && !known.roles.includes(row.role)) known.roles.push(row.role)
    places.set(key, known)
  }
  return [...places.values()].filter(place => place.roles.length > 0)
}

function placeOf(row: SeatRow): Omit<Place, 'roles'> | null {
  if (row.organisation_id === null || row.organisation_name === null || row.organisation_kind === null) return null
  if (row.area_id === null || row.area_slug === null || row.area_name === null) return null
  return {
    organisation: { id: row.organisation_id, name: row.organisation_name, kind: row.organisation_kind },
    area: { id: row.area_id, slug: row.area_slug, name: row.area_name, historical: row.area_historical === true },
  }
}

/**
 * The place someone acts for: the one chosen if it is still theirs, the only one if there is one, else none until
 * they choose. Never two at once.
 */
export function actingPlace(
  places: readonly Place[],
  chosen: { organisation: string | null; area: number | null },
): Place | null {
  const found = places.find(place => place.organisation.id === chosen.organisation && place.area.id === chosen.area)
  if (found) return found
  return places.length === 1 ? (places[0] ?? null) : null
}

/** A seat counts from its first day to its last, both included. */
export function seatHolds(eb: ExpressionBuilder<Pick<Tables, 'seat'>, 'seat'>, today: Temporal.PlainDate) {
  return eb.and([
    eb('seat.from_date', '<=', today),
    eb.or([eb('seat.until_date', 'is', null), eb('seat.until_date', '>=', today)]),
  ])
}

export interface NewSeat {
  userId: string
  organisationId: string
  areaId: number
  role: Role
  from: Temporal.PlainDate
  /** The last day, or null for one without an end. */
  until: Temporal.PlainDate | null
}

/** Gives someone a role in an organisation and area. A seat that already runs with the same role is left as it is. */
export async function addSeat(trx: Trx, seat: NewSeat): Promise<void> {
  const running = await trx
    .selectFrom('seat')
    .select('id')
    .where('user_id', '=', seat.userId)
    .where('organisation_id', '=', seat.organisationId)
    .where('area_id', '=', seat.areaId)
    .where('role', '=', seat.role)
    .where(eb => seatHolds(eb, seat.from))
    .executeTakeFirst()
  if (running) return
  await trx
    .insertInto('seat')
    .values({
      id: randomUUIDv7(),
      user_id: seat.userId,
      organisation_id: seat.organisationId,
      area_id: seat.areaId,
      role: seat.role,
      from_date: seat.from,
      until_date: seat.until,
    })
    .execute()
}

/**
 * Ends a seat of one's own organisation and area: its last day becomes yesterday, so that it no longer counts at once.
 * A seat that began today is taken away altogether.
 *
 * @returns false when there is no such seat there
 */
export async function endSeat(
  trx: Trx,
  seatId: string,
  place: { organisationId: string; areaId: number },
  today: Temporal.PlainDate,
): Promise<boolean> {
  const seat = await trx
    .selectFrom('seat')
    .select(['id', 'from_date'])
    .where('id', '=', seatId)
    .where('organisation_id', '=', place.organisationId)
    .where('area_id', '=', place.areaId)
    .executeTakeFirst()
  if (!seat) return false
  const yesterday = today.subtract({ days: 1 })
  if (Temporal.PlainDate.compare(seat.from_date, yesterday) > 0) {
    await trx.deleteFrom('seat').where('id', '=', seat.id).execute()
  } else {
    await trx.updateTable('seat').set({ until_date: yesterday }).where('id', '=', seat.id).execute()
  }
  return true
}

/** A seat as the list of users shows it. */
export interface SeatOfUser {
  id: string
  userId: string
  name: string
  email: string
  role: string
  from: Temporal.PlainDate
  until: Temporal.PlainDate | null
  secondFactor: boolean
}

/** Seats in one organisation and area that run today or begin later, by name. */
export async function seatsIn(
  db: Database | Trx,
  place: { organisationId: string; areaId: number },
  today: Temporal.PlainDate,
): Promise<SeatOfUser[]> {
  const rows = await db
    .selectFrom('seat')
    .innerJoin('auth.user', 'auth.user.id', 'seat.user_id')
    .select([
      'seat.id',
      'seat.user_id',
      'seat.role',
      'seat.from_date',
      'seat.until_date',
      'auth.user.name',
      'auth.user.email',
      'auth.user.two_factor_enabled',
    ])
    .where('seat.organisation_id', '=', place.organisationId)
    .where('seat.area_id', '=', place.areaId)
    .where(eb => eb.or([eb('seat.until_date', 'is', null), eb('seat.until_date', '>=', today)]))
    .orderBy('auth.user.name')
    .orderBy('seat.role')
    .execute()
  return rows.map(row => ({
    id: row.id,
    userId: row.user_id,
    name: row.name,
    email: row.email,
    role: row.role,
    from: row.from_date,
    until: row.until_date,
    secondFactor: row.two_factor_enabled === true,
  }))
}
