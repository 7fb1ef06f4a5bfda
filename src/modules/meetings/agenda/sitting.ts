import type { Seat } from '../room/seats.ts'
import type { AttendanceRow, Presence } from './queries.ts'

/** Somebody about to be noted at a meeting. */
export interface Sitting {
  personId: string | null
  presence: Presence
  /** The seat they sit in, their own or that of whom they replace; null where they have none. */
  seat: Seat | null
  asSubstitute: boolean
  /** Their own seats that count, where no seat was chosen. */
  ownSeats: readonly Seat[]
}

type Noted = Pick<AttendanceRow, 'person_id' | 'presence' | 'seat_id' | 'as_substitute' | 'label'>

/**
 * Why somebody may not be noted so; empty where they may. A seat is sat in by one person, and a person sits in one
 * seat: a member of two authorities attends for one of them.
 *
 * @param noted who is noted at the meeting already
 */
export function sittingObstacles(sitting: Sitting, noted: readonly Noted[]): string[] {
  const { personId, presence, seat, asSubstitute, ownSeats } = sitting
  if (presence !== 'attended') return asSubstitute ? ['A substitute is somebody who was there.'] : []
  const here = noted.filter(each => each.presence === 'attended')
  const reasons: string[] = []
  if (personId !== null && here.some(each => each.person_id === personId)) {
    reasons.push('They are noted as attending already. Somebody who sits for two authorities attends for one of them.')
  }
  if (seat === null && ownSeats.length > 1) {
    const places = ownSeats.map(each => each.authority ?? each.label)
    reasons.push(`They sit for ${new Intl.ListFormat('en-GB').format(places)}. Choose for which of them they attend.`)
  }
  const inSeat = seat === null ? [] : here.filter(each => each.seat_id === seat.id)
  return [...reasons, ...(seat === null ? [] : inSeat.map(each => takenWords(seat, each, asSubstitute)))]
}

function takenWords(seat: Seat, taken: Noted, asSubstitute: boolean): string {
  if (!asSubstitute) return `Somebody is noted as replacing ${seat.name}. Take that off first.`
  return taken.as_substitute
    ? `Somebody is noted as replacing ${seat.name} already.`
    : `${seat.name} is noted as attending, so nobody replaces them.`
}
