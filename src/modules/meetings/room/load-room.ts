import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findBody, findPersons } from '../../organisations/index.ts'
import { attendeesOf } from '../agenda/attendance.ts'
import type { Attendee } from '../agenda/attendance.ts'
import { itemsOf } from '../agenda/queries.ts'
import type { ItemRow } from '../agenda/queries.ts'
import { numbered } from '../agenda/rules.ts'
import type { MeetingForm } from '../meeting/form-of-meeting.ts'
import { bodyRuleOf, quorumRule } from './body-rule-queries.ts'
import { declarationRows, meetingFacts, movementsOf, resolutionRows, roomRowOf, votesOf } from './queries.ts'
import type { DeclarationRow, MovementRow, ResolutionRow, RoomRow, VoteRow } from './queries.ts'
import { quorumAt } from './quorum.ts'
import type { ItemPlace, QuorumRule, QuorumStanding, Sitter } from './quorum.ts'
import { counts, membersInPost, seatsOn } from './seats.ts'
import type { Seat } from './seats.ts'

/** An item with its number and its place on the agenda. */
export type RoomItem = ItemRow & { shown: string }

/** Somebody at the meeting, with when they came and went. */
export interface RoomAttendee extends Attendee {
  movements: readonly MovementRow[]
}

/** Who presided: somebody, nobody known since the paper does not say, or not entered yet. */
export interface Presiding {
  attendanceId: string | null
  /** As the public reads it. */
  words: string | null
  notRecorded: boolean
}

/** A meeting in session, whole: who was there and when, what they declared and resolved. */
export interface Room {
  form: MeetingForm
  items: readonly RoomItem[]
  attendees: readonly RoomAttendee[]
  sitters: readonly Sitter[]
  seats: readonly Seat[]
  inPost: number | null
  rule: QuorumRule | null
  castingVote: boolean | null
  presiding: Presiding
  publicPresent: number | null
  onlineFollowers: number | null
  noneDeclared: boolean
  exclusion: Pick<RoomRow, 'exclusion_text' | 'exclusion_why'>
  declarations: readonly DeclarationRow[]
  resolutions: readonly ResolutionRow[]
  votes: readonly VoteRow[]
}

/**
 * Reads a meeting in session whole. The meeting, or its minutes, must have been read under the viewer's scope; seats
 * and quorum come from the body, which only those who hold it can read.
 *
 * @param dated the day of the meeting
 */
export async function loadRoom(trx: Trx, key: RecordKey, dated: Temporal.PlainDate): Promise<Room | null> {
  const facts = await meetingFacts(trx, key)
  if (facts === null) return null
  const body = { areaId: key.areaId, id: facts.bodyId }
  const rule = await bodyRuleOf(trx, body)
  const seats = await seatsOn(trx, body, dated)
  const row = await roomRowOf(trx, key)
  const items = numbered(await itemsOf(trx, key))
  const movements = await movementsOf(trx, key)
  const attendees = (await attendeesOf(trx, key)).map(each => ({
    ...each,
    movements: movements.filter(({ attendance_id }) => attendance_id === each.row.id),
  }))
  const declarations = await declarationRows(trx, key)
  return {
    form: facts.form,
    items,
    attendees,
    sitters: sittersOf(attendees, items, declarations),
    seats,
    inPost: membersInPost(seats),
    rule: quorumRule(await findBody(trx, body), rule),
    castingVote: rule?.casting_vote ?? null,
    presiding: await presidingOf(trx, facts, row, attendees),
    publicPresent: row?.public_present ?? null,
    onlineFollowers: row?.online_followers ?? null,
    noneDeclared: row?.none_declared ?? false,
    exclusion: { exclusion_text: row?.exclusion_text ?? null, exclusion_why: row?.exclusion_why ?? null },
    declarations,
    resolutions: await resolutionRows(trx, key),
    votes: await votesOf(trx, key),
  }
}

async function presidingOf(
  trx: Trx,
  facts: { chairPerson: string | null; chairNote: string | null },
  row: RoomRow | null,
  attendees: readonly Attendee[],
): Promise<Presiding> {
  const found = attendees.find(each => each.row.id === row?.presided_by)
  if (found !== undefined) return { attendanceId: found.row.id, words: found.publicName, notRecorded: false }
  const notRecorded = row?.presiding_not_recorded ?? false
  const known = attendees.find(each => each.row.person_id !== null && each.row.person_id === facts.chairPerson)
  if (known !== undefined) return { attendanceId: known.row.id, words: known.publicName, notRecorded: false }
  const [person] = facts.chairPerson === null ? [] : await findPersons(trx, [facts.chairPerson])
  return { attendanceId: null, words: person?.publicName ?? null, notRecorded }
}

/** Everyone noted, as the count of quorum and votes sees them. Pure. */
export function sittersOf(
  attendees: readonly RoomAttendee[],
  items: readonly Pick<RoomItem, 'id'>[],
  declarations: readonly Pick<DeclarationRow, 'attendance_id' | 'item_id' | 'left_room'>[],
): Sitter[] {
  const place = new Map(items.map((item, at) => [item.id, at]))
  return attendees.map(({ row, movements }) => ({
    id: row.id,
    votes: row.votes,
    attended: row.presence === 'attended',
    movements: [
      ...(row.arrived === null ? [] : [{ direction: 'arrived' as const, position: null }]),
      ...(row.left_at === null ? [] : [{ direction: 'left' as const, position: null }]),
      ...movements.map(({ direction, item_id }) => ({ direction, position: place.get(item_id ?? '') ?? null })),
    ],
    outOf: new Set(
      declarations.flatMap(each =>
        each.attendance_id === row.id && each.left_room && each.item_id !== null ? [each.item_id] : [],
      ),
    ),
  }))
}

type Counted = Pick<Room, 'rule' | 'inPost' | 'sitters' | 'items' | 'seats'>

/** Whether the meeting was quorate at one of its items. Where no member is known, neither is that. */
export function quorumOfItem(room: Counted, itemId: string): QuorumStanding {
  const known = room.seats.some(counts) || room.sitters.some(each => each.votes)
  return quorumAt(known ? room.rule : null, room.inPost, room.sitters, placeOf(room, itemId))
}

/** An item by its place on the agenda. */
export function placeOf(room: Pick<Room, 'items'>, itemId: string): ItemPlace {
  return { id: itemId, position: room.items.findIndex(item => item.id === itemId) }
}

/** Items at which the meeting was certainly not quorate, once anybody is noted as attending: it went on informally. */
export function informalItems(room: Room): RoomItem[] {
  if (!room.sitters.some(each => each.attended)) return []
  return room.items.filter(item => item.withdrawn_on === null && quorumOfItem(room, item.id).state === 'not-met')
}

/** Somebody at the meeting by their row, as the public reads them. */
export function nameOf(room: Pick<Room, 'attendees'>, attendanceId: string | null): string | null {
  return room.attendees.find(each => each.row.id === attendanceId)?.publicName ?? null
}
