import type { OrganisationKind } from '../../../platform/access/viewer.ts'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import { membersOn } from '../../organisations/index.ts'
import type { Capacity, Member } from '../../organisations/index.ts'
import type { Part } from '../agenda/queries.ts'

/** A seat on a body, as it was on a day. */
export interface Seat {
  id: string
  /** Null for a vacancy. */
  personId: string | null
  /** As their own organisation knows them; the words of the seat for a vacancy. */
  name: string
  /** As the public may read. */
  publicName: string
  /** What the member is called there: "Chair". */
  label: string
  capacity: Capacity
  authority: string | null
  organisationId: string | null
  /** Whether papers say that the seat was held on the day. */
  certain: boolean
  /** The seat of the member whom this one substitutes for. */
  substituteFor: string | null
}

const labels: Readonly<Record<Capacity, string>> = {
  chair: 'Chair',
  'vice-chair': 'Vice-chair',
  member: 'Member',
  'co-opted-independent': 'Co-opted independent member',
  substitute: 'Substitute member',
  attending: 'Attends',
}

/** The seats of a body on a day, the chair's first. */
export async function seatsOn(trx: Trx, body: RecordKey, on: Temporal.PlainDate): Promise<Seat[]> {
  return (await membersOn(trx, body, on)).map(toSeat)
}

function toSeat({ membership, person, holding }: Member): Seat {
  const label = membership.title ?? labels[membership.capacity]
  return {
    id: membership.id,
    personId: person?.id ?? null,
    name: person?.name ?? label,
    publicName: person?.publicName ?? label,
    label,
    capacity: membership.capacity,
    authority: membership.authority,
    organisationId: membership.organisationId,
    certain: holding === 'yes',
    substituteFor: membership.substituteFor,
  }
}

/** Whether whoever sits in a seat counts for quorum and vote. Substitutes count in the seat of another. */
export function counts({ capacity }: Pick<Seat, 'capacity'>): boolean {
  return capacity !== 'attending' && capacity !== 'substitute'
}

/**
 * The persons who are members at the time: vacancies do not count, and somebody with two seats counts once. Null where
 * papers do not say of every seat whether it was held then, or no member is known at all.
 */
export function membersInPost(seats: readonly Seat[]): number | null {
  const counting = seats.filter(counts)
  if (counting.some(seat => !seat.certain)) return null
  const people = new Set(counting.flatMap(seat => seat.personId ?? []))
  return people.size === 0 ? null : people.size
}

/** The group in which the minutes list somebody with this seat. */
export function partOfSeat(
  seat: Pick<Seat, 'capacity' | 'authority' | 'label'>,
  holder: OrganisationKind,
): Part | null {
  if (!counts(seat) && seat.capacity !== 'substitute') return null
  if (seat.capacity === 'co-opted-independent' || /co-opted|independent/i.test(seat.label)) return 'co-opted'
  return holder === 'panel' || holder === 'council' || seat.authority !== null ? 'member' : null
}

/** The group in which the minutes list somebody without a seat. */
export function partOfSide(side: OrganisationKind | null): Part {
  switch (side) {
    case 'office':
      return 'office'
    case 'force':
      return 'force'
    case 'panel':
    case 'council':
      return 'officer'
    default:
      return 'other'
  }
}
