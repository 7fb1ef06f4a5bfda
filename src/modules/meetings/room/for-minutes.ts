import type { Trx } from '../../../platform/database/tables.ts'
import type { Audience } from '../../../record/description.ts'
import type { RecordKey } from '../../../record/record.ts'
import { inGroups } from '../agenda/attendance.ts'
import { isWithheldFrom } from '../agenda/notice.ts'
import type { LatenessWords } from '../agenda/late-words.ts'
import { lateWords } from '../agenda/late-words.ts'
import { findMinutesOf } from '../minutes/queries.ts'
import { findMeeting } from '../meeting/queries.ts'
import { informalItems, loadRoom, nameOf, quorumOfItem } from './load-room.ts'
import type { Room, RoomAttendee } from './load-room.ts'
import { quorumInWords } from './quorum.ts'
import { voteInWords } from './votes.ts'
import type { ResolutionRow } from './queries.ts'

/** Somebody who was there, as the minutes print them. */
export interface SaidAttendee {
  name: string
  as: string
  /** Whom they replaced for this meeting. */
  for: string | null
  arrived: string | null
  left: string | null
}

export interface SaidDeclaration {
  who: string
  kind: string
  /** The item's number; null for the whole meeting. */
  item: string | null
  nature: string
  leftRoom: boolean
}

export interface SaidResolution {
  text: string
  kind: ResolutionRow['kind']
  proposer: string | null
  seconder: string | null
  carried: boolean
  /** How it came about, with the figures. */
  vote: string
  /** How each member voted, where it was recorded. */
  votes: { vote: string; names: string[] }[]
}

/** What minutes hold of the meeting besides what was said: it is frozen with them. */
export interface SaidRoom {
  attendance: { side: string; people: SaidAttendee[] }[]
  /** Who presided, or that the paper does not say; null where nothing is entered. */
  presided: string | null
  publicPresent: number | null
  onlineFollowers: number | null
  quorum: string | null
  /** Numbers of the items at which the meeting was not quorate and went on informally. */
  informal: string[]
  noneDeclared: boolean
  declarations: SaidDeclaration[]
  /** Items that were let onto the published agenda, with the chair's reason. */
  late: ({ number: string; title: string } & LatenessWords)[]
  /** By item, for those items that these readers may read. */
  resolutions: Record<string, SaidResolution[]>
}

/**
 * What the minutes of a meeting hold of who was there, interests, quorum, resolutions and votes, as these readers may
 * have it: under an item that is withheld from them there is nothing. The meeting or its minutes must have been read
 * under the viewer's scope.
 */
export async function roomForMinutes(trx: Trx, meeting: RecordKey, audience: Audience): Promise<SaidRoom | null> {
  const minutes = await findMinutesOf(trx, meeting)
  const head = minutes?.head ?? (await findMeeting(trx, meeting))?.head ?? null
  const room = head === null ? null : await loadRoom(trx, meeting, head.dated)
  if (room === null || head === null) return null
  const everything = audience.type === 'organisation' && head.holders.includes(audience.id)
  return sayRoom(room, everything)
}

/** Pure: the same facts say the same. @param everything whether these readers read withheld items */
export function sayRoom(room: Room, everything: boolean): SaidRoom {
  const shown = room.items.filter(item => !isWithheldFrom(item, everything))
  const open = new Set(shown.map(item => item.id))
  return {
    attendance: inGroups(room.attendees).map(([side, people]) => ({
      side,
      people: people.map(person => sayAttendee(room, person)),
    })),
    presided: presidedInWords(room),
    publicPresent: room.publicPresent,
    onlineFollowers: room.onlineFollowers,
    quorum: room.rule === null ? null : quorumInWords(room.rule),
    informal: informalItems(room).map(item => item.shown),
    noneDeclared: room.noneDeclared && room.declarations.length === 0,
    declarations: sayDeclarations(room, open),
    late: shown.flatMap(item => {
      const late = lateWords(item)
      return late === null ? [] : [{ number: item.shown, title: item.title, ...late }]
    }),
    resolutions: Object.fromEntries(
      shown.flatMap(item => {
        const under = room.resolutions.filter(each => each.item_id === item.id)
        return under.length === 0 ? [] : [[item.id, under.map(each => sayResolution(room, each))]]
      }),
    ),
  }
}

function presidedInWords({ presiding }: Room): string | null {
  return presiding.notRecorded ? 'It is not recorded who presided.' : presiding.words
}

const presences = { attended: 'Attended', apologies: 'Apologies', minutes: 'Took the minutes' } as const

function sayAttendee(room: Room, person: RoomAttendee): SaidAttendee {
  const { row, publicName } = person
  return {
    name: publicName,
    as: presences[row.presence],
    for: row.substitute_for,
    arrived: cameOrWent(room, person, 'arrived'),
    left: cameOrWent(room, person, 'left'),
  }
}

/** When somebody came or went: "before item 3, at 10:20". */
export function cameOrWent(
  room: Pick<Room, 'items'>,
  { row, movements }: RoomAttendee,
  direction: 'arrived' | 'left',
): string | null {
  const printed = direction === 'arrived' ? row.arrived : row.left_at
  const told = movements
    .filter(each => each.direction === direction)
    .map(({ item_id, at_time }) => {
      const number = room.items.find(item => item.id === item_id)?.shown
      const before = number === undefined ? [] : [`before item ${number}`]
      return [...before, ...(at_time === null ? [] : [`at ${at_time}`])].join(', ')
    })
  const all = [...(printed === null ? [] : [printed]), ...told]
  return all.length === 0 ? null : all.join('; ')
}

export const interestWords = { pecuniary: 'Pecuniary interest', other: 'Other interest' } as const

/** An interest in an item that is withheld says what the item is about: it goes with the item. */
function sayDeclarations(room: Room, open: ReadonlySet<string>): SaidDeclaration[] {
  return room.declarations
    .filter(each => each.item_id === null || open.has(each.item_id))
    .map(each => ({
      who: nameOf(room, each.attendance_id) ?? '',
      kind: interestWords[each.kind],
      item: room.items.find(item => item.id === each.item_id)?.shown ?? null,
      nature: each.nature,
      leftRoom: each.left_room,
    }))
}

export const voteWords = { for: 'For', against: 'Against', abstained: 'Abstained', absent: 'Absent' } as const

/** A resolution as it is read aloud, with its vote. */
export function sayResolution(room: Room, row: ResolutionRow): SaidResolution {
  const cast = room.votes.filter(each => each.resolution_id === row.id)
  const words = Object.entries(voteWords).map(([vote, word]) => ({
    vote: word,
    names: cast.filter(each => each.vote === vote).map(each => nameOf(room, each.attendance_id) ?? ''),
  }))
  return {
    text: row.text,
    kind: row.kind,
    proposer: nameOf(room, row.proposer),
    seconder: nameOf(room, row.seconder),
    carried: row.carried,
    vote: voteInWords({
      kind: row.kind,
      way: row.way,
      tally:
        row.votes_for === null || row.votes_against === null
          ? null
          : { for: row.votes_for, against: row.votes_against, abstained: row.abstained ?? 0 },
      casting: row.casting,
      membersInPost: row.members_in_post,
    }),
    votes: words.filter(each => each.names.length > 0),
  }
}

/** Whether the quorum at an item is known to be met, not met, or not known: for the page of the meeting. */
export function standingWords(room: Room, itemId: string): string {
  const { state, least, most, needed } = quorumOfItem(room, itemId)
  const here = least === most ? String(least) : `${String(least)} to ${String(most)}`
  if (needed === null) return `${here} in the room. The quorum is not known.`
  const asked = `the quorum is ${String(needed)}`
  return {
    met: `${here} in the room; ${asked}.`,
    'not-met': `${here} in the room; ${asked}.`,
    'not-known': `${here} in the room; ${asked}. Whether it was met is not certain.`,
  }[state]
}
