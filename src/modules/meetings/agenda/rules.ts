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

/** Items in the order of the agenda with the number each goes by: as printed, or its place. */
export function numbered<Item extends { number: string | null }>(items: readonly Item[]): (Item & { shown: string })[] {
  return items.map((item, at) => ({ ...item, shown: item.number ?? String(at + 1) }))
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
