import type { SaidRoom } from './for-minutes.ts'

/** What was resolved under an item, as a preview prints it. */
export function resolvedWords(room: SaidRoom | null, itemId: string): string[] {
  return (room?.resolutions[itemId] ?? []).map(each => {
    const movers = each.proposer === null ? '' : ` Proposed by ${each.proposer}.`
    const result = each.carried ? 'Resolved' : 'Not carried'
    const names = each.votes.map(({ vote, names: all }) => `${vote}: ${all.join('; ')}`)
    return [`${result}: ${each.text}${movers} ${each.vote}`, ...names].join('\n')
  })
}

/** Who presided, quorum and interests, for the page on which somebody decides to publish them. */
export function previewOfRoom(room: SaidRoom | null): { heading: string; text: string }[] {
  if (room === null) return []
  const chair = room.presided === null ? [] : [`In the chair: ${room.presided}`]
  const people = room.attendance.flatMap(({ side, people: those }) => [
    `${side}: ${those.map(({ name, as }) => (as === 'Attended' ? name : `${name} (${as.toLowerCase()})`)).join('; ')}`,
  ])
  const informal =
    room.informal.length === 0 ? [] : [`Not quorate at item ${room.informal.join(', ')}; held informally.`]
  const interests = room.declarations.map(({ who, kind, item, nature, leftRoom }) => {
    const where = item === null ? 'the whole meeting' : `item ${item}`
    return `${who}, ${where}: ${nature} (${kind.toLowerCase()}${leftRoom ? ', left the room' : ''})`
  })
  const none = room.noneDeclared ? ['Nobody declared an interest.'] : []
  const about = [...chair, ...people, ...informal]
  const declared = [...interests, ...none]
  return [
    ...(about.length === 0 ? [] : [{ heading: 'Who was there', text: about.join('\n') }]),
    ...(declared.length === 0 ? [] : [{ heading: 'Declared interests', text: declared.join('\n') }]),
  ]
}
