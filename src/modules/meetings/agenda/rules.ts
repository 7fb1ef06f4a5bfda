import { groundFitsHolder } from '../../../record/classification.ts'
import type { Classification, Ground } from '../../../record/classification.ts'
import type { OrganisationKind } from '../../../platform/access/viewer.ts'

export const itemKinds = ['minutes', 'ordinary', 'other-business'] as const
export type ItemKind = (typeof itemKinds)[number]

/** What the rules ask of an item. */
export interface ItemFacts {
  id: string
  number: string | null
  classification: Classification
  withdrawn: boolean
}

/** An item of an agenda, as far as its number and place ask. */
export interface PlacedItem {
  id?: string
  number: string | null
  /** The item it is a part of. */
  parent_id?: string | null
}

/**
 * Items in the order of the agenda with the number each goes by: as printed, or its place; a part of item 5 is 5a. No
 * number is given twice, so that an item added later gets the next one that is free.
 */
export function numbered<Item extends PlacedItem>(items: readonly Item[]): (Item & { shown: string })[] {
  const taken = new Set(items.flatMap(item => item.number ?? []))
  const wholes = new Map<string, { shown: string; parts: number }>()
  let place = 0
  return items.map(item => {
    const whole = wholes.get(item.parent_id ?? '')
    const at = whole === undefined ? (place += 1) : (whole.parts += 1)
    const name = (n: number) => (whole === undefined ? String(n) : `${whole.shown}${letterOf(n)}`)
    const shown = item.number ?? free(name, at, taken)
    taken.add(shown)
    if (whole === undefined && item.id !== undefined) wholes.set(item.id, { shown, parts: 0 })
    return { ...item, shown }
  })
}

function free(name: (n: number) => string, from: number, taken: ReadonlySet<string>): string {
  let at = from
  while (taken.has(name(at))) at += 1
  return name(at)
}

/** 1 is a, 26 is z, 27 is aa. */
function letterOf(n: number): string {
  const last = String.fromCharCode(97 + ((n - 1) % 26))
  return n > 26 ? `${letterOf(Math.floor((n - 1) / 26))}${last}` : last
}

/** Whether the public may have what stands under an item. */
export function isOpen(item: Pick<ItemFacts, 'classification'>): boolean {
  return item.classification === 'open'
}

/** The classification that a ground stands for: the two codes, and a marking nobody has resolved. */
export function classificationOf(ground: Ground | null): Classification {
  if (ground === null) return 'open'
  switch (ground.code) {
    case 'schedule-12a':
      return 'exempt'
    case 'confidential':
      return 'confidential'
    case 'article-2-2':
      return 'withheld'
    case 'legacy-marking':
      return 'unresolved'
  }
}

/** What the rules ask before an item is marked. */
export interface MarkingFacts {
  /** The kind of organisation whose meeting it is: panel and commissioner withhold under different law. */
  holder: OrganisationKind
  /** The state of the meeting's minutes, where they were begun. */
  minutes: string | null
  /** References of what was raised under the item and is public already. */
  publishedOutcomes: readonly string[]
}

/** Why an item may not be given this marking now; empty where it may. */
export function markingObstacles(ground: Ground | null, facts: MarkingFacts): string[] {
  const reasons: string[] = []
  if (facts.minutes === 'published') {
    reasons.push('The minutes are published and frozen. If a part of them must be kept back, take them down.')
  }
  if (ground !== null && !groundFitsHolder(ground, facts.holder)) {
    reasons.push(
      facts.holder === 'panel' || facts.holder === 'council'
        ? 'A panel withholds under Schedule 12A or as confidential, not under article 2(2).'
        : 'A commissioner withholds under article 2(2) of the Specified Information Order, not under Schedule 12A.',
    )
  }
  if (ground !== null && facts.publishedOutcomes.length > 0) {
    const which = facts.publishedOutcomes.join(', ')
    reasons.push(`What was raised under it is published already: ${which}. Take that down first.`)
  }
  return reasons
}

/** Where an item goes when it is moved up or down: the order of ids, or null where it cannot. */
export function reordered(ids: readonly string[], id: string, direction: 'up' | 'down'): string[] | null {
  const at = ids.indexOf(id)
  const to = direction === 'up' ? at - 1 : at + 1
  if (at === -1 || to < 0 || to >= ids.length) return null
  const order = ids.filter(each => each !== id)
  order.splice(to, 0, id)
  return order
}

/** An item's identity and what it is a part of. */
interface Nested {
  id: string
  parent_id: string | null
}

/** Every item followed by its parts, each in the order in which they stand. */
export function withParts(items: readonly Nested[]): string[] {
  const parts = (id: string) => items.filter(item => item.parent_id === id).map(item => item.id)
  return items.filter(item => item.parent_id === null).flatMap(item => [item.id, ...parts(item.id)])
}

/** The order after an item has moved among its own kind: a whole item takes its parts along, a part stays in it. */
export function reorderedAgenda(items: readonly Nested[], id: string, direction: 'up' | 'down'): string[] | null {
  const moved = items.find(item => item.id === id)
  if (moved === undefined) return null
  const siblings = items.filter(item => item.parent_id === moved.parent_id).map(item => item.id)
  const order = reordered(siblings, id, direction)
  if (order === null) return null
  const place = (item: Nested) => (siblings.includes(item.id) ? order.indexOf(item.id) : siblings.length)
  return withParts(items.toSorted((a, b) => place(a) - place(b)))
}

/** How an item came onto an agenda that was published already. */
export const latenesses = ['late', 'urgent', 'tabled'] as const
export type Lateness = (typeof latenesses)[number]

/** The chair's decision to let an item in. */
export interface LateItem {
  as: Lateness
  reason: string
  decidedOn: Temporal.PlainDate
}

/**
 * Why an item may not be added so. Once the agenda is published, an item that was not on it is considered only if the
 * chair says why it cannot wait, and the reason is minuted (Local Government Act 1972 s.100B(4)).
 *
 * @param published whether the public has read the agenda
 */
export function lateObstacles(published: boolean, late: LateItem | null, today: Temporal.PlainDate): string[] {
  if (!published) return late === null ? [] : ['The agenda is not published yet. The item needs no reason.']
  if (late === null) {
    return ['The agenda is published. Say whether the item is late, urgent or tabled, and why the chair lets it in.']
  }
  return Temporal.PlainDate.compare(late.decidedOn, today) > 0 ? ['The chair’s decision lies after today.'] : []
}
