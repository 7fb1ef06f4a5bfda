/** A run of words in one style. */
export interface Words {
  text: string
  strong?: boolean
  emphasis?: boolean
  code?: boolean
  /** An address that the words lead to. */
  href?: string
}

/** One piece of a document, from top to bottom. */
export type Block =
  | {
      type: 'heading'
      /** 1 to 6; a level that would skip one is raised, so that the outline has no hole. */
      level: number
      words: readonly Words[]
      /** Whether it stands in the contents and among the bookmarks. */
      listed: boolean
      /** By which other forms of the document lead here. */
      anchor?: string
    }
  | { type: 'paragraph'; number: string | null; words: readonly Words[]; note: string | null }
  | { type: 'list'; ordered: boolean; items: readonly (readonly Words[])[]; note: string | null }
  | {
      type: 'table'
      header: readonly (readonly Words[])[]
      rows: readonly (readonly (readonly Words[])[])[]
      note: string | null
    }
  | { type: 'facts'; rows: readonly { name: string; words: readonly Words[] }[] }
  /** Set apart from the text round it. */
  | { type: 'notice'; heading: string | null; words: readonly Words[] }
  /** A page of a PDF, or a picture, as large as the page allows. */
  | { type: 'bound'; file: string; page: number; alternative: string }
  /** A drawing (SVG) as wide as the text, told in words to whoever cannot see it. */
  | { type: 'picture'; file: string; alternative: string }
  | { type: 'contents'; title: string }

/** A part of a document begins on a new page. */
export interface Part {
  /** The same whenever this part is typeset. */
  key: string
  /** At the head of its pages, on the right. */
  head: string
  blocks: readonly Block[]
  /** Whether its first heading is the title of the whole document, set large and without number. */
  cover?: boolean
}

/** What is typeset: plain values, without any measure of paper. */
export interface PdfDocument {
  title: string
  author: string
  /** At the head of every page, on the left. */
  head: string
  /** Across every page, and once in plain words at its head; null for none. */
  watermark: string | null
  parts: readonly Part[]
  /** What is printed as the number of each page, where it is not 1, 2, 3. */
  labels: readonly string[] | null
}

/** What came of it. */
export interface Typeset {
  bytes: Buffer
  /** How many pages it has. */
  pages: number
  /** The page on which each block begins, counted from 1: by part, then by block. */
  places: readonly (readonly number[])[]
  /** Whether it claims to be PDF/UA-1; it is tagged in any case. */
  accessible: boolean
}

/** The files that a document binds in, by the name that its blocks use; it ends in .pdf, .png, .jpg or .svg, as they are. */
export type BoundFiles = ReadonlyMap<string, Uint8Array>
