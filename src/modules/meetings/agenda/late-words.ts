import { sayDate } from '../said.ts'
import type { Said } from '../said.ts'
import type { ItemRow } from './queries.ts'
import type { Lateness } from './rules.ts'

/** How an item came onto the agenda after that was published, as the public reads it. */
export interface LatenessWords {
  as: string
  reason: string
  decidedOn: Said
}

export const latenessWords: Readonly<Record<Lateness, string>> = {
  late: 'Late item',
  urgent: 'Urgent item',
  tabled: 'Tabled at the meeting',
}

/** Why the chair let an item in, or null for one that was on the agenda from the beginning. */
export function lateWords(item: Pick<ItemRow, 'lateness' | 'late_reason' | 'late_decided_on'>): LatenessWords | null {
  const { lateness, late_reason: reason, late_decided_on: on } = item
  if (lateness === null || reason === null || on === null) return null
  return { as: latenessWords[lateness], reason, decidedOn: sayDate(on) }
}
