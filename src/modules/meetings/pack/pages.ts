import type { Block } from '../../../platform/pdf/document.ts'
import type { PackBody, PlacedPart } from './make-pack.ts'
import { fileIdOf, pagesInWords } from './make-pack.ts'

/** A line of the contents: where it leads, and the page on which it is printed. */
interface ContentsLine {
  text: string
  href: string
  level: number
  page: string
}

/** A block with the numbers of the pages that begin at it. */
interface ShownBlock {
  block: Block
  /** Of a heading: which of h2 to h6. */
  level: number
  pages: readonly string[]
  /** Of a bound page: the file it comes from. */
  file: string | null
}

/** What the page of a pack shows. */
export interface PackPage {
  watermark: string | null
  pages: string
  /** Printed numbers of the pages before the first item: of the cover, and of the contents. */
  front: { cover: readonly string[]; contents: readonly string[] }
  cover: readonly ShownBlock[]
  contents: readonly ContentsLine[]
  parts: readonly { blocks: readonly ShownBlock[] }[]
  goTo: { page: string; missing: string | null }
}

/** An answer to "go to page 34": where it is on the page of the pack, or that there is none. */
export type AskedPage = { found: string } | { missing: string } | null

/** Where a page is, by the number printed on it. Pure. */
export function findPage(body: Pick<PackBody, 'labels'>, asked: string | undefined): AskedPage {
  const wanted = (asked ?? '').trim().toUpperCase()
  if (wanted === '') return null
  const label = body.labels.find(each => each.toUpperCase() === wanted)
  return label === undefined ? { missing: (asked ?? '').trim() } : { found: `#${pageAnchor(label)}` }
}

export const pageAnchor = (label: string): string => `page-${label.toLowerCase()}`

/**
 * A pack as one page: its contents, everything in it, and the places where its printed pages begin. Pure.
 *
 * @param missing the number of a page that was asked for and is not there
 */
export function packPage(body: PackBody, missing: string | null): PackPage {
  const [cover, contents, ...parts] = body.parts
  return {
    watermark: body.watermark,
    pages: pagesInWords(body.labels),
    front: { cover: cover?.labels ?? [], contents: contents?.labels ?? [] },
    cover: cover === undefined ? [] : shownBlocks(cover).slice(1),
    contents: parts.flatMap(contentsOf),
    parts: withLevels(parts.map(shownBlocks)).map(blocks => ({ blocks })),
    goTo: { page: missing ?? '', missing },
  }
}

function contentsOf(part: PlacedPart): ContentsLine[] {
  return part.blocks.flatMap((block, at) =>
    block.type === 'heading' && block.anchor !== undefined
      ? [
          {
            text: block.words.map(each => each.text).join(''),
            href: `#${block.anchor}`,
            level: block.level,
            page: part.places[at] ?? '',
          },
        ]
      : [],
  )
}

/**
 * The blocks of a part, each with the pages that begin at it; of a block that goes on over several pages, all of them.
 */
function shownBlocks(part: PlacedPart): ShownBlock[] {
  let shown = 0
  return part.blocks.map((block, at) => {
    const isLast = at + 1 === part.blocks.length
    const next = isLast ? part.labels.length : part.labels.indexOf(part.places[at + 1] ?? '')
    const here = part.labels.indexOf(part.places[at] ?? '')
    const end = Math.max(here + 1, next)
    const pages = part.labels.slice(shown, end)
    shown = Math.max(shown, end)
    return { block, level: 0, pages, file: block.type === 'bound' ? fileIdOf(block.file) : null }
  })
}

/** Gives headings the levels below that of the page, without leaving one out. */
function withLevels(parts: readonly (readonly ShownBlock[])[]): ShownBlock[][] {
  let last = 1
  return parts.map(blocks =>
    blocks.map(shown => {
      if (shown.block.type !== 'heading') return shown
      last = Math.min(shown.block.level + 1, last + 1, 6)
      return { ...shown, level: last }
    }),
  )
}
