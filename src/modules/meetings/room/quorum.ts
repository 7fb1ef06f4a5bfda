/*
 * Who counts towards the quorum at an item. What the papers do not say is counted both ways: a meeting is quorate only
 * where even the fewest that may have been in the room are enough, and inquorate only where even the most are not.
 */

/** How many must be present, as a body's terms of reference say. */
export type QuorumRule =
  | { kind: 'number'; members: number; words: string | null }
  | { kind: 'fraction'; numerator: number; denominator: number; least: number | null; words: string | null }

/** Somebody coming into the room or leaving it. `position`: the place on the agenda of the item before which it was. */
export interface Movement {
  direction: 'arrived' | 'left'
  /** Null where only a time is recorded. */
  position: number | null
}

/** Somebody noted at a meeting, as far as quorum and vote ask. */
export interface Sitter {
  id: string
  /** Whether they have a seat that counts. */
  votes: boolean
  attended: boolean
  /** In the order in which they happened. */
  movements: readonly Movement[]
  /** Items for which they left because of an interest. */
  outOf: ReadonlySet<string>
}

/** An item by its place on the agenda. */
export interface ItemPlace {
  id: string
  position: number
}

export type Presence = 'in' | 'out' | 'not-known'

/** Whether somebody was in the room at an item; not known where the time alone of a coming or going is recorded. */
export function presenceAt(sitter: Sitter, item: ItemPlace): Presence {
  if (!sitter.attended || sitter.outOf.has(item.id)) return 'out'
  if (sitter.movements.some(each => each.position === null)) return 'not-known'
  const placed = sitter.movements.flatMap(({ direction, position }) =>
    position === null ? [] : [{ direction, position }],
  )
  const inOrder = placed.toSorted((a, b) => a.position - b.position)
  const happened = inOrder.filter(each => each.position <= item.position)
  const before = inOrder[0]?.direction === 'arrived' ? 'left' : 'arrived'
  return (happened.at(-1)?.direction ?? before) === 'arrived' ? 'in' : 'out'
}

/** How many must be present: a fraction of the members in post is rounded up. Null where it cannot be known. */
export function quorumNeeded(rule: QuorumRule | null, inPost: number | null): number | null {
  if (rule === null) return null
  if (rule.kind === 'number') return rule.members
  if (inPost === null) return null
  return Math.max(Math.ceil((inPost * rule.numerator) / rule.denominator), rule.least ?? 1)
}

/** Members who count in the room: at least, and at most. */
export interface Headcount {
  least: number
  most: number
}

export interface QuorumStanding extends Headcount {
  state: 'met' | 'not-met' | 'not-known'
  needed: number | null
}

/** How many members who count were in the room at an item. */
export function headcountAt(sitters: readonly Sitter[], item: ItemPlace): Headcount {
  const presences = sitters.filter(each => each.votes).map(each => presenceAt(each, item))
  const least = presences.filter(each => each === 'in').length
  return { least, most: least + presences.filter(each => each === 'not-known').length }
}

/** Whether the meeting was quorate at an item. */
export function quorumAt(
  rule: QuorumRule | null,
  inPost: number | null,
  sitters: readonly Sitter[],
  item: ItemPlace,
): QuorumStanding {
  const needed = quorumNeeded(rule, inPost)
  const count = headcountAt(sitters, item)
  if (needed === null) return { ...count, needed, state: 'not-known' }
  if (count.least >= needed) return { ...count, needed, state: 'met' }
  return { ...count, needed, state: count.most < needed ? 'not-met' : 'not-known' }
}

/** The rule in words: "one third of the members in post, and at least 3" is `1/3 of the members in post, at least 3`. */
export function quorumInWords(rule: QuorumRule | null): string {
  if (rule === null) return 'Not known'
  if (rule.kind === 'number') return rule.members === 1 ? '1 member' : `${String(rule.members)} members`
  const least = rule.least === null ? '' : `, and at least ${String(rule.least)}`
  return `${String(rule.numerator)}/${String(rule.denominator)} of the members in post${least}`
}
