import type { Database, Trx } from '../database/tables.ts'
import { type Place, placesOf, seatHolds, type SeatRow } from './seats.ts'

/** Somebody who acts for at least one organisation on a day, with all the places they act in. */
export interface SeatedUser {
  userId: string
  /** The person of the public record this user is, where there is one. */
  personId: string | null
  name: string
  email: string
  places: readonly Place[]
}

/** Which of the seats on a day are asked for; all of them unless narrowed. */
export interface SeatsAsked {
  userId?: string
  place?: { organisationId: string; areaId: number }
}

/** Whoever has a seat on a day, in the order of their accounts. Those without one are left out. */
export async function seatedUsers(
  db: Database | Trx,
  today: Temporal.PlainDate,
  { userId, place }: SeatsAsked = {},
): Promise<SeatedUser[]> {
  const rows = await db
    .selectFrom('auth.user as u')
    .innerJoin('seat', join => join.onRef('seat.user_id', '=', 'u.id').on(eb => seatHolds(eb, today)))
    .innerJoin('workspace.organisation as o', 'o.id', 'seat.organisation_id')
    .innerJoin('workspace.area as a', 'a.id', 'seat.area_id')
    .select(['u.id as user_id', 'u.name', 'u.email', 'u.person_id', 'seat.role'])
    .select(['o.id as organisation_id', 'o.name as organisation_name', 'o.kind as organisation_kind'])
    .select(['a.id as area_id', 'a.slug as area_slug', 'a.name as area_name', 'a.historical as area_historical'])
    .$if(userId !== undefined, query => query.where('u.id', '=', userId ?? ''))
    .$if(place !== undefined, query =>
      query
        .where('seat.organisation_id', '=', place?.organisationId ?? '')
        .where('seat.area_id', '=', place?.areaId ?? 0),
    )
    .orderBy('u.id')
    .orderBy('o.name')
    .orderBy('a.name')
    .orderBy('seat.role')
    .execute()
  const people = Map.groupBy(rows, row => row.user_id)
  return [...people.values()].flatMap(seats => userOf(seats)).filter(({ places }) => places.length > 0)
}

type UserRow = SeatRow & { user_id: string; name: string; email: string; person_id: string | null }

function userOf(rows: readonly UserRow[]): SeatedUser[] {
  const [first] = rows
  if (first === undefined) return []
  const { user_id: userId, person_id: personId, name, email } = first
  return [{ userId, personId, name, email, places: placesOf(rows) }]
}
