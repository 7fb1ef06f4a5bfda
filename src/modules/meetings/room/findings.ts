import { resolveInitials } from '../../organisations/index.ts'
import { nameOf, placeOf, quorumOfItem } from './load-room.ts'
import type { Room, RoomAttendee } from './load-room.ts'
import { headcountAt, presenceAt } from './quorum.ts'

/** Something about a meeting that does not resolve: to settle, or to let stand. Words for the organisation itself. */
export interface RoomFinding {
  kind:
    | 'substitute-apologised'
    | 'noted-twice'
    | 'shared-initials'
    | 'pecuniary-stayed'
    | 'inquorate-resolution'
    | 'more-votes-than-members'
    | 'proposer-outside'
    | 'time-without-item'
    | 'casting-vote-unknown'
    | 'wording-confirmed'
    | 'nobody-presided'
  words: string
  /** Those among whom somebody has to choose, for initials that several share. */
  choose?: { initials: string; among: { id: string; name: string }[] }
}

/** Everything that does not fit together about who was there, what they declared and what they resolved. Pure. */
export function roomFindings(room: Room): RoomFinding[] {
  return [
    ...presenceFindings(room),
    ...sharedInitials(room.attendees),
    ...interestFindings(room),
    ...resolutionFindings(room),
  ]
}

function presenceFindings({ attendees, presiding }: Room): RoomFinding[] {
  const found: RoomFinding[] = []
  const apologised = attendees.filter(each => each.row.presence === 'apologies')
  for (const each of attendees.filter(({ row }) => row.presence === 'attended')) {
    if (apologised.some(other => samePerson(each, other))) {
      found.push(
        each.row.as_substitute
          ? {
              kind: 'substitute-apologised',
              words: `${each.name} replaced ${each.row.substitute_for ?? 'a member'}, and apologies for them are noted too.`,
            }
          : { kind: 'noted-twice', words: `${each.name} is noted as attending, and so are their apologies.` },
      )
    }
    if (
      each.movements.some(movement => movement.item_id === null) ||
      each.row.arrived !== null ||
      each.row.left_at !== null
    ) {
      found.push({
        kind: 'time-without-item',
        words: `It is not recorded at which item ${each.name} came or went, so the quorum cannot be counted for certain.`,
      })
    }
  }
  const held = attendees.some(({ row }) => row.presence === 'attended')
  if (held && presiding.words === null && !presiding.notRecorded) {
    found.push({ kind: 'nobody-presided', words: 'Who presided is not entered.' })
  }
  return found
}

function samePerson(a: RoomAttendee, b: RoomAttendee): boolean {
  if (a.row.person_id !== null || b.row.person_id !== null) return a.row.person_id === b.row.person_id
  return a.row.label === b.row.label
}

/**
 * Initials that two of those present share. Printed beside one of them alone, they mean that one; printed beside both,
 * or beside neither, somebody has to choose.
 */
export function sharedInitials(attendees: readonly RoomAttendee[]): RoomFinding[] {
  const present = attendees.filter(({ row }) => row.presence !== 'apologies')
  const all = present.map(each => ({ each, initials: each.row.initials ?? initialsOf(each) }))
  const shared = [...Map.groupBy(all, ({ initials }) => initials)].flatMap(([initials, those]) => {
    const printed = those.filter(({ each }) => each.row.initials !== null).length
    return initials === null || those.length < 2 || printed === 1 ? [] : [{ initials, those }]
  })
  return shared.map(({ initials, those }) => ({
    kind: 'shared-initials',
    words: `${initials} are the initials of ${names(those.map(({ each }) => each.name))}. Say whom the minutes mean by them.`,
    choose: { initials, among: those.map(({ each }) => ({ id: each.row.id, name: each.name })) },
  }))
}

/** First and last name of somebody in initials, as a minute would write them. Titles before a name are no part of it. */
function initialsOf({ row, name }: RoomAttendee): string | null {
  if (row.person_id === null) return null
  const firsts = name.split(/\s+/).flatMap(word => /\p{L}/u.exec(word)?.[0].toUpperCase() ?? [])
  const last = firsts.at(-1) ?? ''
  const pairs = firsts.slice(0, -1).map(first => `${first}${last}`)
  return pairs.find(pair => resolveInitials([{ name }], pair).found === 'one') ?? null
}

const names = (all: readonly string[]) => new Intl.ListFormat('en-GB').format(all)

function interestFindings(room: Room): RoomFinding[] {
  return room.declarations.flatMap(({ kind, left_room, item_id, attendance_id }) => {
    const item = room.items.find(each => each.id === item_id)
    const sitter = room.sitters.find(each => each.id === attendance_id)
    if (kind !== 'pecuniary' || left_room || item === undefined || sitter?.votes !== true) return []
    const who = room.attendees.find(each => each.row.id === attendance_id)?.name ?? 'Somebody'
    const words = `${who} declared a pecuniary interest in item ${item.shown}, and it is not recorded that they left the room.`
    return [{ kind: 'pecuniary-stayed' as const, words }]
  })
}

function resolutionFindings(room: Room): RoomFinding[] {
  return room.resolutions.flatMap(resolution => {
    const shown = room.items.find(item => item.id === resolution.item_id)?.shown ?? ''
    const place = placeOf(room, resolution.item_id)
    const standing = quorumOfItem(room, resolution.item_id)
    const found: RoomFinding[] = []
    if (standing.state === 'not-met') {
      const words = `A resolution is recorded at item ${shown}, where ${String(standing.most)} members were in the room and the quorum was ${String(standing.needed)}.`
      found.push({ kind: 'inquorate-resolution', words })
    }
    const votes = (resolution.votes_for ?? 0) + (resolution.votes_against ?? 0) + (resolution.abstained ?? 0)
    if (votes > headcountAt(room.sitters, place).most) {
      found.push({
        kind: 'more-votes-than-members',
        words: `The resolution at item ${shown} has ${String(votes)} votes, more than there were members in the room.`,
      })
    }
    for (const mover of [resolution.proposer, resolution.seconder]) {
      const sitter = room.sitters.find(each => each.id === mover)
      if (sitter !== undefined && presenceAt(sitter, place) === 'out') {
        const words = `${nameOf(room, mover) ?? 'Somebody'} moved the resolution at item ${shown}, and was not in the room.`
        found.push({ kind: 'proposer-outside', words })
      }
    }
    if (resolution.casting !== null && room.castingVote === null) {
      const words = `A casting vote was given at item ${shown}. Whether the rules of this body give one is not known.`
      found.push({ kind: 'casting-vote-unknown', words })
    }
    if (resolution.confirmed_why !== null) {
      const words = `The wording to exclude the public at item ${shown} was let stand: ${resolution.confirmed_why}`
      found.push({ kind: 'wording-confirmed', words })
    }
    return found
  })
}
