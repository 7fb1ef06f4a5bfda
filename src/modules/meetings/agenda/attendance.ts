import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { findOrganisation, findPersons, organisationNames } from '../../organisations/index.ts'
import { mustFindMeeting } from '../meeting/add-meeting.ts'
import { findMinutesOf } from '../minutes/queries.ts'
import { refuseIf } from '../refuse.ts'
import { declarationRows, resolutionRows, votesOf } from '../room/queries.ts'
import { counts, partOfSeat, partOfSide, seatsOn } from '../room/seats.ts'
import type { Seat } from '../room/seats.ts'
import { attendanceOf, deleteAttendance, insertAttendance, setInitials } from './queries.ts'
import type { AttendanceRow, Part, Presence } from './queries.ts'
import { sittingObstacles } from './sitting.ts'

export interface NewAttendance {
  organisationId: string | null
  personId?: string | null
  /** The post, as the public reads it of somebody without a public name. */
  label: string
  presence: Presence
  /** Initials by which the minutes name them, as printed: `BS`. */
  initials?: string | null
  arrived?: string | null
  left?: string | null
  /** The group in which the minutes list them; by their seat or side unless said. */
  part?: Part | null
  /** The authority they sit for; that of their seat unless said. */
  authority?: string | null
  /** Their own seat on the body; found by the person unless said, where they have one. */
  seatId?: string | null
  /** The seat of the member whom they replace. */
  substituteFor?: string | null
}

/**
 * Notes who attended, sent apologies, or took the minutes.
 *
 * @throws Refusal where the minutes are agreed, or the seat is sat in by somebody else; a loaded paper is not refused
 */
export async function addAttendance(trx: Trx, act: Act, key: RecordKey, made: NewAttendance): Promise<string> {
  await openRoom(trx, key)
  const sits = await sitsWhere(trx, key, made)
  if (act.loading !== true) refuseIf(sittingObstacles(sits, await attendanceOf(trx, key)))
  const id = await insertAttendance(trx, {
    area_id: key.areaId,
    meeting_id: key.id,
    organisation_id: made.organisationId,
    person_id: made.personId ?? null,
    label: made.label,
    initials: made.initials ?? null,
    presence: made.presence,
    arrived: made.arrived ?? null,
    left_at: made.left ?? null,
    ...(await seatColumns(trx, act, made, sits)),
  })
  await changeRecord(trx, act, key, null, {}, { kind: 'attendance-changed' })
  return id
}

/** In which seat somebody sits: the one that was chosen, that of whom they replace, or their only own one. */
async function sitsWhere(trx: Trx, key: RecordKey, made: NewAttendance) {
  const { head, row } = await mustFindMeeting(trx, key)
  const seats = await seatsOn(trx, { areaId: key.areaId, id: row.body_id }, head.dated)
  const ownSeats = seats.filter(each => counts(each) && each.personId !== null && each.personId === made.personId)
  const wanted = made.substituteFor ?? made.seatId ?? null
  const chosen = seats.find(each => each.id === wanted)
  if (wanted !== null && chosen === undefined) throw new Refusal(['That seat was nobody’s on the day of the meeting.'])
  return {
    personId: made.personId ?? null,
    presence: made.presence,
    seat: chosen ?? (ownSeats.length === 1 ? (ownSeats[0] ?? null) : null),
    asSubstitute: made.substituteFor != null,
    ownSeats,
  }
}

async function seatColumns(
  trx: Trx,
  act: Act,
  made: NewAttendance,
  { seat, asSubstitute }: { seat: Seat | null; asSubstitute: boolean },
) {
  const side = made.organisationId === null ? null : await findOrganisation(trx, made.organisationId)
  const bySeat = seat === null ? null : partOfSeat(seat, act.viewer.organisation.kind)
  const part = made.part ?? bySeat ?? partOfSide(side?.kind ?? null)
  const seated = seat !== null && (counts(seat) || asSubstitute)
  return {
    part,
    authority: made.authority ?? seat?.authority ?? null,
    seat_id: seat?.id ?? null,
    as_substitute: asSubstitute,
    substitute_for: asSubstitute ? (seat?.publicName ?? null) : null,
    votes: seated || part === 'member' || part === 'co-opted',
  }
}

/**
 * Takes somebody off again.
 *
 * @throws Refusal where an interest, a resolution or a vote of theirs is recorded
 */
export async function removeAttendance(trx: Trx, act: Act, key: RecordKey, id: string): Promise<void> {
  await openRoom(trx, key)
  if (await isNamedElsewhere(trx, key, id)) {
    throw new Refusal(['An interest, a resolution or a vote of theirs is recorded. Take that off first.'])
  }
  await deleteAttendance(trx, key, id)
  await changeRecord(trx, act, key, null, {}, { kind: 'attendance-changed' })
}

async function isNamedElsewhere(trx: Trx, key: RecordKey, id: string): Promise<boolean> {
  const declared = (await declarationRows(trx, key)).some(each => each.attendance_id === id)
  const moved = (await resolutionRows(trx, key)).some(each => each.proposer === id || each.seconder === id)
  const voted = (await votesOf(trx, key)).some(each => each.attendance_id === id)
  return declared || moved || voted
}

/**
 * Says by which initials the minutes mean somebody, so that two people with the same ones are told apart.
 *
 * @param initials null to leave it to their name
 */
export async function nameByInitials(
  trx: Trx,
  act: Act,
  key: RecordKey,
  id: string,
  initials: string | null,
): Promise<void> {
  await openRoom(trx, key)
  await setInitials(trx, key, id, initials)
  await changeRecord(trx, act, key, null, {}, { kind: 'attendance-changed' })
}

/** What happened in the room is part of the minutes: it stays once they are agreed. */
export async function openRoom(trx: Trx, key: RecordKey): Promise<void> {
  await mustFindMeeting(trx, key)
  const minutes = await findMinutesOf(trx, key)
  if (minutes !== null && minutes.head.state !== 'draft' && minutes.head.state !== 'circulated') {
    throw new Refusal(['The minutes are agreed. What they say of the meeting stays as it is.'])
  }
}

/** Somebody at a meeting, with what different readers may know of them. */
export interface Attendee {
  row: AttendanceRow
  organisation: string | null
  /** As their own organisations know them. */
  name: string
  /** As the public may read: a public name with the post, or the post alone. */
  publicName: string
  names: readonly string[]
}

/** Everyone noted at a meeting, with their names and sides. */
export async function attendeesOf(trx: Trx, key: RecordKey): Promise<Attendee[]> {
  const rows = await attendanceOf(trx, key)
  const people = new Map(
    (
      await findPersons(
        trx,
        rows.flatMap(row => row.person_id ?? []),
      )
    ).map(each => [each.id, each]),
  )
  const sides = await organisationNames(
    trx,
    rows.flatMap(row => row.organisation_id ?? []),
  )
  return rows.map(row => {
    const person = people.get(row.person_id ?? '')
    const known = person?.publicName ?? null
    return {
      row,
      organisation: sides.get(row.organisation_id ?? '') ?? null,
      name: person?.name ?? row.label,
      publicName: known === null ? row.label : sameWords(known, row.label) ? row.label : `${known}, ${row.label}`,
      names:
        person === undefined ? [row.label] : [person.name, ...person.alsoPrinted, ...(known === null ? [] : [known])],
    }
  })
}

/** A printed label may hold the name already: "Councillor Derek Poole". */
function sameWords(name: string, label: string): boolean {
  return label.toLowerCase().includes(name.toLowerCase())
}

/** The group under which somebody is listed: members by the authority they sit for, others by their organisation. */
export function groupOf({ row, organisation }: Attendee): string {
  switch (row.part) {
    case 'member':
      return row.authority === null ? 'Members' : `Members for ${row.authority}`
    case 'co-opted':
      return 'Co-opted independent members'
    case 'guest':
      return 'Guests'
    default:
      return organisation ?? 'Others'
  }
}

const ranks: Readonly<Partial<Record<Part, number>>> = { member: 0, 'co-opted': 1, guest: 3 }

/** Who was there, by group: members first, then those who sit for nobody, then the others as they were entered. */
export function inGroups<Someone extends Attendee>(attendees: readonly Someone[]): [string, Someone[]][] {
  const rank = ({ row }: Attendee) => (row.part === null ? 2 : (ranks[row.part] ?? 2))
  return [
    ...Map.groupBy(
      attendees.toSorted((a, b) => rank(a) - rank(b)),
      groupOf,
    ),
  ]
}
