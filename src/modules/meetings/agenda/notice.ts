import { groundInWords } from '../../../record/classification.ts'
import type { ItemRow } from './queries.ts'
import { isOpen } from './rules.ts'

/** What stands in the place of a withheld item: its number, its ground, and a neutral title if there is one. */
export interface GapNotice {
  id: string
  number: string
  gap: { title: string | null; ground: string }
}

/** Whether these readers get an item itself or the notice in its place. */
export function isWithheldFrom(item: ItemRow, readsEverything: boolean): boolean {
  return !readsEverything && !isOpen(item)
}

export function gapNotice(item: ItemRow & { shown: string }): GapNotice {
  return {
    id: item.id,
    number: item.shown,
    gap: { title: item.ground?.neutralTitle ?? null, ground: groundInWords(item.ground) },
  }
}

/** For those who read a withheld item in full: that it is restricted, and why; null for an open one. */
export function restriction(item: ItemRow): string | null {
  return isOpen(item) ? null : groundInWords(item.ground)
}
