import type { FieldFault } from '../../../platform/web/form.ts'
import type { FormModel } from '../../../platform/web/patterns.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import { restriction } from '../agenda/notice.ts'
import { meetingPath } from '../paths.ts'
import { confidentialItems } from './exclusion.ts'
import { roomFindings } from './findings.ts'
import { cameOrWent, interestWords, sayResolution, standingWords, voteWords } from './for-minutes.ts'
import { informalItems, nameOf, placeOf } from './load-room.ts'
import type { Room, RoomItem } from './load-room.ts'
import { presenceAt, quorumInWords } from './quorum.ts'
import { excludable, proposedExclusion } from './resolve.ts'
import { memberVotes } from './votes.ts'
import type { ResolutionKind, VoteWay } from './votes.ts'

export const roomPath = (meeting: string) => `${meetingPath(meeting)}/room`

export const kindWords: Readonly<Record<ResolutionKind, string>> = {
  ordinary: 'Resolution',
  'exclude-public': 'Resolution to exclude the public',
  veto: 'Veto',
}

const wayWords: Readonly<Record<VoteWay, string>> = {
  agreed: 'Agreed without a vote',
  hands: 'Show of hands',
  recorded: 'Recorded vote, by name',
}

/** The form of one deed in the room. */
export function roomForm(
  action: string,
  fields: FormFields,
  faults: readonly FieldFault[] = [],
  refusals: readonly string[] = [],
): FormModel {
  return { action, fields, faults, refusals }
}

/** Everyone noted as attending, to choose from. */
export function hereOptions(room: Room, only: (id: string) => boolean = () => true) {
  return room.attendees
    .filter(({ row }) => row.presence === 'attended' && only(row.id))
    .map(({ row, name }) => ({ value: row.id, text: name === row.label ? name : `${name}, ${row.label}` }))
}

/** The items of the agenda that are not withdrawn, to choose from. */
export function itemOptions(room: Room) {
  return room.items
    .filter(item => item.withdrawn_on === null)
    .map(item => ({ value: item.id, text: `${item.shown}. ${item.title}` }))
}

/** Everything the page of a meeting in session shows. */
export function roomModel(meeting: string, room: Room) {
  const path = roomPath(meeting)
  const item = (id: string | null) => room.items.find(each => each.id === id)
  return {
    presided: room.presiding.notRecorded ? 'It is not recorded who presided.' : room.presiding.words,
    publicPresent: room.publicPresent,
    onlineFollowers: room.onlineFollowers,
    quorum: quorumInWords(room.rule),
    quorumKnown: room.rule !== null,
    quorumWords: room.rule?.words ?? null,
    inPost: room.inPost,
    informal: informalItems(room).map(each => each.shown),
    noneDeclared: room.noneDeclared,
    declarations: room.declarations.map(each => ({
      id: each.id,
      who: room.attendees.find(({ row }) => row.id === each.attendance_id)?.name ?? '',
      kind: interestWords[each.kind],
      item: item(each.item_id)?.shown ?? null,
      nature: each.nature,
      leftRoom: each.left_room,
    })),
    movements: movementLines(room),
    items: room.items.filter(each => each.withdrawn_on === null).map(each => itemModel(path, room, each)),
    findings: roomFindings(room),
    exclusion: proposedExclusion(room),
    confidential: confidentialItems(excludable(room)),
  }
}

function movementLines(room: Room) {
  return room.attendees.flatMap(attendee =>
    attendee.movements.map(movement => ({
      id: movement.id,
      who: attendee.name,
      words: `${movement.direction === 'arrived' ? 'came' : 'left'} ${
        cameOrWent(
          room,
          { ...attendee, row: { ...attendee.row, arrived: null, left_at: null }, movements: [movement] },
          movement.direction,
        ) ?? ''
      }`,
    })),
  )
}

function itemModel(path: string, room: Room, item: RoomItem) {
  return {
    id: item.id,
    number: item.shown,
    title: item.title,
    part: item.parent_id !== null,
    restricted: restriction(item),
    standing: standingWords(room, item.id),
    resolve: `${path}/resolution?item=${item.id}`,
    resolutions: room.resolutions
      .filter(each => each.item_id === item.id)
      .map(each => ({ id: each.id, word: kindWords[each.kind], ...sayResolution(room, each) })),
  }
}

/** What the page on which a resolution is recorded offers. */
export function resolutionChoices(room: Room, panel: boolean, itemId: string | null) {
  const place = itemId === null ? null : placeOf(room, itemId)
  const voters = room.sitters.filter(each => each.votes)
  const inRoom = (id: string) => {
    const sitter = voters.find(each => each.id === id)
    return sitter !== undefined && (place === null || presenceAt(sitter, place) !== 'out')
  }
  const kinds: readonly ResolutionKind[] = panel ? ['ordinary', 'exclude-public', 'veto'] : ['ordinary']
  return {
    items: itemOptions(room),
    kinds: kinds.map(value => ({ value, text: kindWords[value] })),
    movers: hereOptions(room, inRoom),
    ways: Object.entries(wayWords).map(([value, text]) => ({ value, text })),
    castings: [
      { value: 'for', text: 'For' },
      { value: 'against', text: 'Against' },
    ],
    voters: voters.map(({ id }) => ({ name: `vote-${id}`, label: nameOf(room, id) ?? '', here: inRoom(id) })),
    votes: memberVotes.map(value => ({ value, text: voteWords[value] })),
    offered: proposedExclusion(room),
    inPost: room.inPost,
    panel,
  }
}
