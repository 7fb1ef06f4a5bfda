import type { Words } from '../../../platform/pdf/document.ts'
import type { PlacedPaper } from '../papers/placed-paper.ts'

/** Whose copy of the pack it is: everyone's; of those who read what is withheld; of the chair, with private notes. */
export type Copy = 'open' | 'restricted' | 'chair'

/** An item of the agenda, as a copy of the pack prints it. */
export interface PackItem {
  id: string
  number: string
  title: string
  /** Whether it is a part of the item before it: 5a of 5. */
  isPart: boolean
  /** Printed under its title: who leads, why it is late, when it should begin. */
  facts: readonly { name: string; text: string }[]
  /** Records considered under it, in words. */
  considers: readonly string[]
  withdrawn: string | null
  /** The ground, for those who read it in full. */
  restriction: string | null
  /** Why it is not in this copy. Nothing else of it is known then. */
  gap: { ground: string } | null
  /** The chair's own notes. */
  notes: string | null
}

/** Everything that a copy of a pack is made of. */
export interface PackInput {
  copy: Copy
  title: string
  body: string
  /** Whose pack it is, for the description of the file. */
  author: string
  /** 11 March 2026 */
  date: string
  /** Name of the file without its end. */
  fileName: string
  facts: readonly { name: string; words: readonly Words[] }[]
  howToAsk: string | null
  cancelled: string | null
  items: readonly PackItem[]
  papers: readonly PlacedPaper[]
  /** The address at which a file can be had by itself. */
  addressOf: (fileId: string) => string
}
