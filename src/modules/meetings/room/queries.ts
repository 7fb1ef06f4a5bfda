import { randomUUIDv7 } from 'node:crypto'
import type { ColumnType, Insertable, Selectable, Updateable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import type { MeetingForm } from '../meeting/form-of-meeting.ts'
import type { MemberVote, ResolutionKind, VoteWay } from './votes.ts'

interface MovementTable {
  area_id: number
  id: string
  attendance_id: string
  direction: 'arrived' | 'left'
  item_id: string | null
  at_time: string | null
}

interface RoomTable {
  area_id: number
  meeting_id: string
  presided_by: string | null
  presiding_not_recorded: ColumnType<boolean, boolean | undefined, boolean>
  public_present: number | null
  online_followers: number | null
  none_declared: ColumnType<boolean, boolean | undefined, boolean>
  exclusion_text: string | null
  exclusion_why: string | null
}

export const interestKinds = ['pecuniary', 'other'] as const
export type InterestKind = (typeof interestKinds)[number]

interface DeclarationTable {
  area_id: number
  id: string
  meeting_id: string
  attendance_id: string
  item_id: string | null
  kind: InterestKind
  nature: string
  left_room: boolean
}

interface ResolutionTable {
  area_id: number
  id: string
  meeting_id: string
  item_id: string
  kind: ResolutionKind
  text: string
  proposer: string | null
  seconder: string | null
  way: VoteWay
  votes_for: number | null
  votes_against: number | null
  abstained: number | null
  casting: 'for' | 'against' | null
  members_in_post: number | null
  carried: boolean
  confirmed_why: string | null
  recorded_by: string
  recorded_at: ColumnType<Temporal.Instant, Temporal.Instant, never>
}

interface VoteTable {
  area_id: number
  resolution_id: string
  attendance_id: string
  vote: MemberVote
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    meetings_movement: MovementTable
    meetings_room: RoomTable
    meetings_declaration: DeclarationTable
    meetings_resolution: ResolutionTable
    meetings_vote: VoteTable
  }
}

export type MovementRow = Selectable<MovementTable>
export type RoomRow = Selectable<RoomTable>
export type DeclarationRow = Selectable<DeclarationTable>
export type ResolutionRow = Selectable<ResolutionTable>
export type VoteRow = Pick<Selectable<VoteTable>, 'resolution_id' | 'attendance_id' | 'vote'>

/*
 * None of these tables has a policy of its own: ask only for meetings that the viewer holds, or whose minutes the
 * viewer's organisation holds.
 */

/** The little of a meeting that whoever holds its minutes may know, without holding the meeting itself. */
export async function meetingFacts(
  trx: Trx,
  meeting: RecordKey,
): Promise<{ bodyId: string; form: MeetingForm; chairPerson: string | null; chairNote: string | null } | null> {
  const row = await trx
    .selectFrom('meetings_meeting')
    .select(['body_id', 'form', 'chair_person', 'chair_note'])
    .where('area_id', '=', meeting.areaId)
    .where('record_id', '=', meeting.id)
    .executeTakeFirst()
  if (row === undefined) return null
  return { bodyId: row.body_id, form: row.form, chairPerson: row.chair_person, chairNote: row.chair_note }
}

/** What is entered of a meeting in session, or null where nothing is. */
export async function roomRowOf(trx: Trx, meeting: RecordKey): Promise<RoomRow | null> {
  const row = await trx
    .selectFrom('meetings_room')
    .selectAll()
    .where('area_id', '=', meeting.areaId)
    .where('meeting_id', '=', meeting.id)
    .executeTakeFirst()
  return row ?? null
}

export async function changeRoom(
  trx: Trx,
  meeting: RecordKey,
  changes: Omit<Updateable<RoomTable>, 'area_id' | 'meeting_id'>,
): Promise<void> {
  await trx
    .insertInto('meetings_room')
    .values({
      area_id: meeting.areaId,
      meeting_id: meeting.id,
      presided_by: null,
      public_present: null,
      online_followers: null,
      exclusion_text: null,
      exclusion_why: null,
      ...changes,
    })
    .onConflict(conflict => conflict.columns(['area_id', 'meeting_id']).doUpdateSet(changes))
    .execute()
}

/** Who came and went, in the order in which it was entered. */
export async function movementsOf(trx: Trx, meeting: RecordKey): Promise<MovementRow[]> {
  return trx
    .selectFrom('meetings_movement as m')
    .innerJoin('meetings_attendance as a', join =>
      join.onRef('a.area_id', '=', 'm.area_id').onRef('a.id', '=', 'm.attendance_id'),
    )
    .selectAll('m')
    .where('a.area_id', '=', meeting.areaId)
    .where('a.meeting_id', '=', meeting.id)
    .orderBy('m.id')
    .execute()
}

export async function insertMovement(trx: Trx, row: Omit<Insertable<MovementTable>, 'id'>): Promise<string> {
  const id = randomUUIDv7()
  await trx
    .insertInto('meetings_movement')
    .values({ id, ...row })
    .execute()
  return id
}

export async function deleteMovement(trx: Trx, key: RecordKey): Promise<void> {
  await trx.deleteFrom('meetings_movement').where('area_id', '=', key.areaId).where('id', '=', key.id).execute()
}

/** Interests declared, in the order in which they were entered. */
export async function declarationRows(trx: Trx, meeting: RecordKey): Promise<DeclarationRow[]> {
  return trx
    .selectFrom('meetings_declaration')
    .selectAll()
    .where('area_id', '=', meeting.areaId)
    .where('meeting_id', '=', meeting.id)
    .orderBy('id')
    .execute()
}

export async function insertDeclaration(trx: Trx, row: Omit<Insertable<DeclarationTable>, 'id'>): Promise<string> {
  const id = randomUUIDv7()
  await trx
    .insertInto('meetings_declaration')
    .values({ id, ...row })
    .execute()
  return id
}

export async function deleteDeclaration(trx: Trx, meeting: RecordKey, id: string): Promise<void> {
  await trx
    .deleteFrom('meetings_declaration')
    .where('area_id', '=', meeting.areaId)
    .where('meeting_id', '=', meeting.id)
    .where('id', '=', id)
    .execute()
}

/** Resolutions of a meeting in the order in which they were recorded. */
export async function resolutionRows(trx: Trx, meeting: RecordKey): Promise<ResolutionRow[]> {
  return trx
    .selectFrom('meetings_resolution')
    .selectAll()
    .where('area_id', '=', meeting.areaId)
    .where('meeting_id', '=', meeting.id)
    .orderBy('recorded_at')
    .orderBy('id')
    .execute()
}

export async function insertResolution(trx: Trx, row: Omit<Insertable<ResolutionTable>, 'id'>): Promise<string> {
  const id = randomUUIDv7()
  await trx
    .insertInto('meetings_resolution')
    .values({ id, ...row })
    .execute()
  return id
}

export async function deleteResolution(trx: Trx, meeting: RecordKey, id: string): Promise<void> {
  await trx
    .deleteFrom('meetings_resolution')
    .where('area_id', '=', meeting.areaId)
    .where('meeting_id', '=', meeting.id)
    .where('id', '=', id)
    .execute()
}

/** How each member voted on the resolutions of a meeting. */
export async function votesOf(trx: Trx, meeting: RecordKey): Promise<VoteRow[]> {
  return trx
    .selectFrom('meetings_vote as v')
    .innerJoin('meetings_resolution as r', join =>
      join.onRef('r.area_id', '=', 'v.area_id').onRef('r.id', '=', 'v.resolution_id'),
    )
    .select(['v.resolution_id', 'v.attendance_id', 'v.vote'])
    .where('r.area_id', '=', meeting.areaId)
    .where('r.meeting_id', '=', meeting.id)
    .execute()
}

export async function insertVotes(
  trx: Trx,
  resolution: RecordKey,
  votes: readonly { attendanceId: string; vote: MemberVote }[],
): Promise<void> {
  if (votes.length === 0) return
  const rows = votes.map(({ attendanceId, vote }) => ({
    area_id: resolution.areaId,
    resolution_id: resolution.id,
    attendance_id: attendanceId,
    vote,
  }))
  await trx.insertInto('meetings_vote').values(rows).execute()
}
