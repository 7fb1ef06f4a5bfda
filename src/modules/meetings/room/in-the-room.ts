import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { openRoom } from '../agenda/attendance.ts'
import { mustFindMeeting } from '../meeting/add-meeting.ts'
import { refuseIf } from '../refuse.ts'
import { loadRoom } from './load-room.ts'
import type { Room } from './load-room.ts'
import { changeRoom, deleteDeclaration, deleteMovement, insertDeclaration, insertMovement } from './queries.ts'
import type { InterestKind } from './queries.ts'

/** The room of a meeting that the transaction's organisations hold, for a deed in it. */
export async function mustLoadRoom(trx: Trx, key: RecordKey): Promise<Room> {
  const { head } = await mustFindMeeting(trx, key)
  const room = await loadRoom(trx, key, head.dated)
  if (room === null) throw new Refusal(['This meeting is not there any more.'])
  return room
}

async function noteRoom(trx: Trx, act: Act, key: RecordKey, kind: string, details: object = {}): Promise<void> {
  await changeRecord(trx, act, key, null, {}, { kind, details })
}

/** What is entered of the meeting as a whole. What is left out stays as it is. */
export interface AtTheMeeting {
  /** Somebody noted at the meeting; null for nobody yet. */
  presiding?: string | null
  /** The paper does not say who presided. */
  presidingNotRecorded?: boolean
  /** People of the press and public in the room. */
  publicPresent?: number | null
  /** People who followed it online. */
  onlineFollowers?: number | null
}

/**
 * Enters who presided, and how many of the public were there and followed online.
 *
 * @throws Refusal where the minutes are agreed, or whoever presided is not noted as attending
 */
export async function noteMeeting(trx: Trx, act: Act, key: RecordKey, made: AtTheMeeting): Promise<void> {
  await openRoom(trx, key)
  const { presiding, presidingNotRecorded = false, publicPresent, onlineFollowers } = made
  if (presidingNotRecorded) await changeRoom(trx, key, { presided_by: null, presiding_not_recorded: true })
  else if (presiding !== undefined) {
    if (presiding !== null) mustBeHere(await mustLoadRoom(trx, key), presiding)
    await changeRoom(trx, key, { presided_by: presiding, presiding_not_recorded: false })
  }
  if (publicPresent !== undefined) await changeRoom(trx, key, { public_present: publicPresent })
  if (onlineFollowers !== undefined) await changeRoom(trx, key, { online_followers: onlineFollowers })
  await noteRoom(trx, act, key, 'room-changed')
}

function mustBeHere(room: Room, attendanceId: string): void {
  const found = room.attendees.find(each => each.row.id === attendanceId)
  if (found?.row.presence !== 'attended') throw new Refusal(['Choose somebody who is noted as attending.'])
}

export interface NewMovement {
  attendanceId: string
  direction: 'arrived' | 'left'
  /** The item before which it was; null where only the time is known. */
  itemId: string | null
  /** London time of day: `10:20`. */
  at: string | null
}

/** Notes that somebody came after the beginning, or went before the end. */
export async function noteMovement(trx: Trx, act: Act, key: RecordKey, made: NewMovement): Promise<string> {
  await openRoom(trx, key)
  const room = await mustLoadRoom(trx, key)
  mustBeHere(room, made.attendanceId)
  const { attendanceId: attendance_id, direction, itemId: item_id, at: at_time } = made
  if (item_id === null && at_time === null) throw new Refusal(['Say before which item it was, or at what time.'])
  if (item_id !== null) mustBeOnAgenda(room, item_id)
  const id = await insertMovement(trx, { area_id: key.areaId, attendance_id, direction, item_id, at_time })
  await noteRoom(trx, act, key, 'attendance-changed')
  return id
}

export async function removeMovement(trx: Trx, act: Act, key: RecordKey, id: string): Promise<void> {
  await openRoom(trx, key)
  const room = await mustLoadRoom(trx, key)
  if (!room.attendees.some(each => each.movements.some(movement => movement.id === id))) return
  await deleteMovement(trx, { areaId: key.areaId, id })
  await noteRoom(trx, act, key, 'attendance-changed')
}

function mustBeOnAgenda(room: Room, itemId: string): void {
  const item = room.items.find(each => each.id === itemId)
  if (item === undefined || item.withdrawn_on !== null) throw new Refusal(['Choose an item of this agenda.'])
}

export interface NewDeclaration {
  attendanceId: string
  /** Null for an interest in the business of the whole meeting. */
  itemId: string | null
  kind: InterestKind
  /** What the interest is, as the public may read. */
  nature: string
  /** Whether they left the room for the item: then they count neither for its quorum nor for its votes. */
  leftRoom: boolean
}

/**
 * Notes an interest that a member or an officer declared.
 *
 * @throws Refusal where the minutes are agreed, whoever declared it was not there, or the item is not on the agenda
 */
export async function declareInterest(trx: Trx, act: Act, key: RecordKey, made: NewDeclaration): Promise<string> {
  await openRoom(trx, key)
  const room = await mustLoadRoom(trx, key)
  mustBeHere(room, made.attendanceId)
  if (made.itemId !== null) mustBeOnAgenda(room, made.itemId)
  if (made.itemId === null && made.leftRoom) throw new Refusal(['Say for which item they left the room.'])
  refuseIf(votedAnyway(room, made))
  const id = await insertDeclaration(trx, {
    area_id: key.areaId,
    meeting_id: key.id,
    attendance_id: made.attendanceId,
    item_id: made.itemId,
    kind: made.kind,
    nature: made.nature,
    left_room: made.leftRoom,
  })
  await changeRoom(trx, key, { none_declared: false })
  await noteRoom(trx, act, key, 'interest-declared')
  return id
}

/** Somebody whose vote at the item is recorded cannot have been outside. */
function votedAnyway(room: Room, { attendanceId, itemId, leftRoom }: NewDeclaration): string[] {
  const ids = new Set(room.resolutions.filter(each => each.item_id === itemId).map(each => each.id))
  const voted = room.votes.some(
    each => each.attendance_id === attendanceId && ids.has(each.resolution_id) && each.vote !== 'absent',
  )
  return leftRoom && voted ? ['A vote of theirs at this item is recorded. Put that right first.'] : []
}

export async function removeDeclaration(trx: Trx, act: Act, key: RecordKey, id: string): Promise<void> {
  await openRoom(trx, key)
  await deleteDeclaration(trx, key, id)
  await noteRoom(trx, act, key, 'interest-declared')
}

/** Notes that nobody declared an interest, or takes that back. */
export async function noteNoneDeclared(trx: Trx, act: Act, key: RecordKey, none: boolean): Promise<void> {
  await openRoom(trx, key)
  const room = await mustLoadRoom(trx, key)
  if (none && room.declarations.length > 0) throw new Refusal(['Interests are recorded. Take those off first.'])
  await changeRoom(trx, key, { none_declared: none })
  await noteRoom(trx, act, key, 'interest-declared')
}
