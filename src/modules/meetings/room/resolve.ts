import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { londonDate, longDate } from '../../../platform/time.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { openRoom } from '../agenda/attendance.ts'
import { mustFindMeeting } from '../meeting/add-meeting.ts'
import { isPanel } from '../meeting/form-of-meeting.ts'
import type { Meeting } from '../meeting/queries.ts'
import { refuseIf } from '../refuse.ts'
import { exclusionQuestions, exclusionWording } from './exclusion.ts'
import { mustLoadRoom } from './in-the-room.ts'
import { placeOf, quorumOfItem } from './load-room.ts'
import type { Room } from './load-room.ts'
import { changeRoom, deleteResolution, insertResolution, insertVotes } from './queries.ts'
import { headcountAt, presenceAt } from './quorum.ts'
import { isCarried, tallyOf, voteFaults } from './votes.ts'
import type { MemberVote, ResolutionKind, Tally, VoteFacts, VoteWay } from './votes.ts'

export interface NewResolution {
  itemId: string
  kind: ResolutionKind
  text: string
  /** Somebody noted at the meeting. */
  proposer?: string | null
  seconder?: string | null
  way: VoteWay
  /** Hands counted; with a recorded vote they follow from the votes. */
  tally?: Tally | null
  votes?: readonly { attendanceId: string; vote: MemberVote }[]
  casting?: 'for' | 'against' | null
  /** For a veto; as the seats of the body say unless given. */
  membersInPost?: number | null
  /** Why a doubtful wording of the resolution to exclude the public stands. */
  confirmedWhy?: string | null
}

/** Thrown where a wording is doubtful and nobody has said why it stands. */
export class WordingQuestioned extends Refusal {}

/**
 * Records what a meeting resolved, and how.
 *
 * @returns the resolution's id, and whether it was carried
 * @throws Refusal where the meeting was certainly not quorate at the item, where it has not begun, or where votes and
 *   voters do not fit; a loaded paper is not refused, its defects are findings
 * @throws WordingQuestioned where the words to exclude the public are doubtful and no reason is given
 */
export async function addResolution(
  trx: Trx,
  act: Act,
  key: RecordKey,
  made: NewResolution,
): Promise<{ id: string; carried: boolean }> {
  await openRoom(trx, key)
  const meeting = await mustFindMeeting(trx, key)
  const room = await mustLoadRoom(trx, key)
  const facts = factsOf(made, room)
  if (act.loading !== true) {
    refuseIf([
      ...sessionObstacles(act, meeting, made),
      ...roomObstacles(room, made),
      ...ballotFaults(room, made, facts),
    ])
    askAboutWording(room, made)
  }
  const carried = isCarried(facts)
  const id = await insertResolution(trx, rowOf(act, key, made, facts))
  await insertVotes(trx, { areaId: key.areaId, id }, made.way === 'recorded' ? (made.votes ?? []) : [])
  await changeRecord(trx, act, key, null, {}, { kind: 'resolved', details: { item: made.itemId, carried } })
  return { id, carried }
}

function rowOf(act: Act, key: RecordKey, made: NewResolution, facts: VoteFacts) {
  return {
    area_id: key.areaId,
    meeting_id: key.id,
    item_id: made.itemId,
    kind: made.kind,
    text: made.text,
    proposer: made.proposer ?? null,
    seconder: made.seconder ?? null,
    way: made.way,
    votes_for: facts.tally?.for ?? null,
    votes_against: facts.tally?.against ?? null,
    abstained: facts.tally?.abstained ?? null,
    casting: facts.casting,
    members_in_post: facts.membersInPost,
    carried: isCarried(facts),
    confirmed_why: made.confirmedWhy ?? null,
    recorded_by: act.viewer.name,
    recorded_at: act.now,
  }
}

function factsOf(made: NewResolution, room: Room): VoteFacts {
  const tally = {
    agreed: null,
    hands: made.tally ?? null,
    recorded: tallyOf((made.votes ?? []).map(each => each.vote)),
  }[made.way]
  return {
    kind: made.kind,
    way: made.way,
    tally,
    casting: made.casting ?? null,
    membersInPost: made.kind === 'veto' ? (made.membersInPost ?? room.inPost) : null,
  }
}

/** Outcomes belong to a meeting in session, of the body whose agenda it was. */
function sessionObstacles(act: Act, { head, row, state }: Meeting, { kind }: NewResolution): string[] {
  const reasons: string[] = []
  if (state === 'cancelled') reasons.push('The meeting was cancelled.')
  if (Temporal.PlainDate.compare(head.dated, londonDate(act.now)) > 0) {
    reasons.push(`The meeting is on ${longDate(head.dated)}. Resolutions are recorded from that day on.`)
  }
  if (row.form === 'private-briefing') reasons.push('A private briefing takes no decisions.')
  if (kind !== 'ordinary' && !isPanel(act.viewer.organisation.kind)) {
    reasons.push(
      kind === 'veto' ? 'Only a panel has a veto.' : 'Part VA of the Local Government Act 1972 binds panels alone.',
    )
  }
  return reasons
}

/** What stands against a resolution at this item among those who are in the room. */
export function roomObstacles(room: Room, { itemId, proposer, seconder }: NewResolution): string[] {
  const item = room.items.find(each => each.id === itemId)
  if (item === undefined || item.withdrawn_on !== null) return ['Choose an item of this agenda.']
  const reasons: string[] = []
  const standing = quorumOfItem(room, itemId)
  if (standing.state === 'not-met') {
    const here = standing.most === 1 ? '1 member is' : `${String(standing.most)} members are`
    reasons.push(
      `The meeting is not quorate at item ${item.shown}: ${here} in the room, and the quorum is ${String(standing.needed)}. Nothing can be resolved. It may go on as an informal meeting.`,
    )
  }
  if (proposer != null && proposer === seconder) reasons.push('Somebody else seconds a resolution.')
  for (const each of [proposer, seconder]) {
    if (each != null && !mayMove(room, each, itemId)) {
      reasons.push('A resolution is proposed and seconded by members who are in the room.')
      break
    }
  }
  return reasons
}

function mayMove(room: Room, attendanceId: string, itemId: string): boolean {
  const sitter = room.sitters.find(each => each.id === attendanceId)
  return sitter !== undefined && sitter.votes && presenceAt(sitter, placeOf(room, itemId)) !== 'out'
}

function ballotFaults(room: Room, made: NewResolution, facts: VoteFacts): string[] {
  const place = placeOf(room, made.itemId)
  const reasons = voteFaults(facts, headcountAt(room.sitters, place), room.castingVote)
  if (made.way === 'hands' && made.tally == null) reasons.push('Count the hands for and against.')
  if (made.casting != null && room.presiding.words === null)
    reasons.push('Say who presided before a casting vote is recorded.')
  if (made.way !== 'recorded') return reasons
  const votes = (made.votes ?? []).filter(each => each.vote !== 'absent')
  if (votes.length === 0) reasons.push('Record how each member voted.')
  const outside = votes.filter(each => !mayMove(room, each.attendanceId, made.itemId))
  return outside.length === 0
    ? reasons
    : [...reasons, 'Somebody who was not in the room at this item, or has no vote, is recorded as voting.']
}

function askAboutWording(room: Room, { kind, text, confirmedWhy }: NewResolution): void {
  if (kind !== 'exclude-public' || confirmedWhy != null) return
  const questions = exclusionQuestions(text, excludable(room))
  if (questions.length > 0) throw new WordingQuestioned(questions)
}

/** The items of a meeting, as the resolution to exclude the public sees them. */
export function excludable(room: Pick<Room, 'items'>) {
  return room.items.map(({ shown, ground, withdrawn_on: withdrawn }) => ({
    shown,
    ground,
    withdrawn: withdrawn !== null,
  }))
}

/** Takes a resolution off that was recorded by mistake. */
export async function removeResolution(trx: Trx, act: Act, key: RecordKey, id: string): Promise<void> {
  await openRoom(trx, key)
  await deleteResolution(trx, key, id)
  await changeRecord(trx, act, key, null, {}, { kind: 'resolution-removed' })
}

/**
 * Sets the words in which the agenda proposes to exclude the public; null for the words that the law asks for.
 *
 * @throws WordingQuestioned where they are doubtful and no reason is given
 */
export async function setExclusionWording(
  trx: Trx,
  act: Act,
  key: RecordKey,
  text: string | null,
  why: string | null,
): Promise<void> {
  await mustFindMeeting(trx, key)
  const room = await mustLoadRoom(trx, key)
  const own = text === exclusionWording(excludable(room)) ? null : text
  const questions = own === null ? [] : exclusionQuestions(own, excludable(room))
  if (questions.length > 0 && why === null && act.loading !== true) throw new WordingQuestioned(questions)
  await changeRoom(trx, key, { exclusion_text: own, exclusion_why: own === null ? null : why })
  await changeRecord(trx, act, key, null, {}, { kind: 'exclusion-worded', ...(why !== null && { why }) })
}

/** The words in which the agenda proposes to exclude the public: its own, or those of the law; null where none is due. */
export function proposedExclusion(room: Pick<Room, 'items' | 'exclusion'>): string | null {
  return room.exclusion.exclusion_text ?? exclusionWording(excludable(room))
}
