/** For whom papers are read: everyone, or the people of one organisation. */
export type PaperReader = 'public' | { id: string }

/**
 * One part of a paper as these readers may have it. Text is inline Markdown (emphasis, strong, links, code); it holds
 * no HTML. Where something is withheld from them stands a gap, with its number and ground and nothing else; those who
 * read it in full see its ground in words as `restriction`.
 */
export type PaperPart =
  | { type: 'heading'; level: 2 | 3 | 4; number: string | null; text: string; restriction: string | null }
  | { type: 'paragraph'; number: string | null; text: string; restriction: string | null }
  | { type: 'list'; ordered: boolean; items: readonly string[]; restriction: string | null }
  | {
      type: 'table'
      header: readonly string[]
      rows: readonly (readonly string[])[]
      restriction: string | null
    }
  | { type: 'gap'; number: string | null; ground: string }

/** Something published elsewhere on which the author relied (Local Government Act 1972, section 100D). */
export interface BackgroundPaper {
  title: string
  url: string | null
}

export type PlacedContent =
  | { type: 'text'; parts: readonly PaperPart[]; backgroundPapers: readonly BackgroundPaper[] }
  | {
      type: 'file'
      /** Its bytes are read with `bytesOfPlacedFile`. */
      fileId: string
      name: string
      mediaType: string
      size: number
      /** Null where the pages are not known: not a PDF. */
      pages: number | null
      /** What each page is called for those who cannot see it; one for each page of a PDF. */
      pageTexts: readonly string[]
      /** It has no text of its own to read aloud or search: a scan. */
      scanned: boolean
      /** Words typed to stand before it: recommendations, what it is. */
      before: readonly PaperPart[]
    }
  | { type: 'gap'; title: string | null; ground: string }

/** A paper or an appendix as it stands under an item of a meeting, for these readers. */
export interface PlacedPaper {
  /** The same for every audience; an appendix has its own. */
  id: string
  /** The record of the paper it is or belongs to. */
  paperId: string
  itemId: string
  /** Empty where it is withheld from these readers and no neutral title was given. */
  title: string
  /** Order within the item, over papers and appendices together, from 0. */
  position: number
  /** Null: a paper of the item. Otherwise the letter of an appendix, unique within the item. */
  letter: string | null
  /** Placed after the papers were first published: the number of the supplement, from 1. */
  supplement: number | null
  /** As published. */
  author: string | null
  contact: string | null
  /** The ground in words, for those who read in full what others do not; null for what is open. */
  restriction: string | null
  content: PlacedContent
}
