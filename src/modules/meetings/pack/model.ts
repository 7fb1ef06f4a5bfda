import type { Block, Part, PdfDocument } from '../../../platform/pdf/document.ts'
import { slug } from '../../../record/entries.ts'
import type { PlacedPaper } from '../papers/placed-paper.ts'
import type { Copy, PackInput, PackItem } from './input.ts'
import type { PrintedNumbers } from './numbers.ts'
import { boundBlocks, boundName, elsewhereBlock, gapBlock, paperBlocks, restrictedNotice } from './paper-blocks.ts'
import { plainWords, wordsOf } from './words.ts'

/** A part of a pack: it begins on a page of its own, and keeps its numbers when others are added. */
export interface PackPart extends Part {
  /** The supplement that it belongs to; null for what was there from the beginning. */
  supplement: number | null
  /** The records whose words stand in it. */
  records: readonly string[]
}

/** A pack before it is typeset. */
export interface PackModel extends Omit<PdfDocument, 'labels' | 'parts'> {
  fileName: string
  parts: readonly PackPart[]
}

const watermarks: Readonly<Record<Copy, string | null>> = {
  open: null,
  restricted: 'RESTRICTED – not for publication',
  chair: 'CHAIR’S COPY – not for publication',
}

const fileEnds: Readonly<Record<Copy, string>> = {
  open: 'agenda-pack',
  restricted: 'agenda-pack-restricted',
  chair: 'agenda-pack-chairs-copy',
}

/** What decides how the parts of a pack follow one another. */
export interface PackLayout {
  /** Files that turned out not to be bindable. */
  unbindable: ReadonlySet<string>
  /** The numbers of the pack as it was before; null for the first. */
  before: PrintedNumbers | null
}

/** A pack as a document. Pure. */
export function packModel(input: PackInput, layout: PackLayout): PackModel {
  return {
    title: `Agenda pack: ${input.title}`,
    author: input.author,
    head: `${input.body}, ${input.date}`,
    watermark: watermarks[input.copy],
    fileName: `${input.fileName}-${fileEnds[input.copy]}.pdf`,
    parts: [coverPart(input), contentsPart(), ...new Agenda(input, layout).parts()],
  }
}

function coverPart(input: PackInput): PackPart {
  const blocks: Block[] = [
    { type: 'heading', level: 1, words: plainWords(`Agenda pack: ${input.title}`), listed: false },
    { type: 'facts', rows: input.facts },
    ...(input.cancelled === null
      ? []
      : [{ type: 'notice' as const, heading: 'This meeting was cancelled', words: plainWords(input.cancelled) }]),
    ...copyNotice(input.copy),
    ...(input.howToAsk === null ? [] : howToAskBlocks(input.howToAsk)),
  ]
  return { key: 'cover', head: '', cover: true, blocks, supplement: null, records: [] }
}

function copyNotice(copy: Copy): Block[] {
  if (copy === 'open') return []
  const words =
    copy === 'restricted'
      ? 'This copy holds what is withheld from the public. Its open pages have the numbers of the published pack.'
      : 'This copy is for whoever presides. It holds timings, private notes, and what is withheld from the public.'
  return [{ type: 'notice', heading: watermarks[copy], words: plainWords(words) }]
}

function howToAskBlocks(words: string): Block[] {
  return [
    { type: 'paragraph', number: null, words: [{ text: 'How to ask a question', strong: true }], note: null },
    ...words
      .split(/\n\s*\n/)
      .map((text): Block => ({ type: 'paragraph', number: null, words: plainWords(text), note: null })),
  ]
}

function contentsPart(): PackPart {
  const blocks: Block[] = [{ type: 'contents', title: 'Contents' }]
  return { key: 'contents', head: 'Contents', blocks, supplement: null, records: [] }
}

/**
 * Lays the items of an agenda into parts. Items without papers follow one another on a page; an item with papers
 * begins a page, and so does every paper after its first. A paper that the pack did not hold before goes after the
 * part in which its item stands, so that no page of before is torn in two.
 */
class Agenda {
  readonly #input: PackInput
  readonly #layout: PackLayout
  readonly #names = new Set<string>()
  readonly #parts: PackPart[] = []
  #items: { first: PackItem; blocks: Block[] } | null = null
  #later: PackPart[] = []

  constructor(input: PackInput, layout: PackLayout) {
    this.#input = input
    this.#layout = layout
  }

  parts(): PackPart[] {
    for (const item of this.#input.items) this.#add(item)
    this.#close()
    if (this.#input.items.length === 0) this.#parts.push(emptyAgenda())
    return this.#parts
  }

  #add(item: PackItem): void {
    const name = this.#unique(`Item ${item.number}`)
    const papers = this.#input.papers.filter(paper => paper.itemId === item.id)
    const titled = papers.map(paper => ({ paper, name: this.#unique(`${name}, ${placeWords(paper, papers)}`) }))
    const parts = titled
      .map(each => this.#paperParts(each.paper, each.name, item.isPart ? 3 : 2))
      .map(each => this.#inOrder(each))
    const [first, ...rest] = parts.filter(each => !each.isLater)
    if (first === undefined) {
      this.#items ??= { first: item, blocks: [] }
      this.#items.blocks.push(...itemBlocks(item, name))
      this.#later.push(...parts.flatMap(each => each.parts))
      return
    }
    this.#close()
    const [opening, ...others] = first.parts
    if (opening !== undefined) {
      this.#parts.push({ ...opening, blocks: [...itemBlocks(item, name), ...opening.blocks] })
    }
    this.#parts.push(...others, ...rest.flatMap(each => each.parts))
    this.#parts.push(...this.#inTheirOrder(parts.filter(each => each.isLater).flatMap(each => each.parts)))
  }

  #inOrder(parts: PackPart[]) {
    const isLater = parts.every(part => this.#cameLater(part))
    return { parts, isLater }
  }

  /** Whether a part was not in the first pack: it is new, or has letters after the page that it follows. */
  #cameLater(part: PackPart): boolean {
    const { before } = this.#layout
    return before === null ? part.supplement !== null : !/^\d+$/.test(before.get(part.key)?.[0] ?? '')
  }

  /** What has letters already stays before what is about to get some. */
  #inTheirOrder(parts: readonly PackPart[]): PackPart[] {
    const label = (part: PackPart) => this.#layout.before?.get(part.key)?.[0] ?? null
    return parts.toSorted((one, other) => inOrder(label(one), label(other)))
  }

  /** Ends the page of items without papers. */
  #close(): void {
    const items = this.#items
    if (items !== null) {
      const head = 'Agenda'
      const key = `agenda:${items.first.id}`
      this.#parts.push({ key, head, blocks: items.blocks, supplement: null, records: [] })
    }
    this.#parts.push(...this.#inTheirOrder(this.#later))
    this.#items = null
    this.#later = []
  }

  /** Two items may have been printed with one number. */
  #unique(name: string): string {
    let made = name
    for (let n = 2; this.#names.has(made); n += 1) made = `${name} (${String(n)})`
    this.#names.add(made)
    return made
  }

  #paperParts(paper: PlacedPaper, name: string, level: number): PackPart[] {
    const { content, supplement } = paper
    const title = paper.title === '' ? name : `${name}: ${paper.title}`
    const heading: Block = { type: 'heading', level, words: plainWords(title), listed: true, anchor: slug(name) }
    const added: Block[] =
      supplement === null
        ? []
        : [
            {
              type: 'notice',
              heading: null,
              words: plainWords(`Supplement ${String(supplement)}: added after the agenda was published.`),
            },
          ]
    const above = [heading, ...added, ...paperBlocks(paper)]
    const part = { head: name, supplement, records: [paper.paperId] }
    const key = `paper:${paper.id}`
    if (content.type !== 'file') return [{ ...part, key, blocks: above }]
    const file = boundName(content)
    if (file === null || this.#layout.unbindable.has(file)) {
      return [{ ...part, key, blocks: [...above, elsewhereBlock(content, this.#input.addressOf(content.fileId))] }]
    }
    const pages = boundBlocks(content, file, paper.title)
    // What is typed to stand before a file has pages of its own; a heading stands above the first page.
    if (content.before.length === 0) return [{ ...part, key, blocks: [...above, ...pages] }]
    return [
      { ...part, key, blocks: above },
      { ...part, key: `file:${paper.id}`, blocks: pages },
    ]
  }
}

/** Compares numbers of pages that follow the same page: 47B is before 47AA, and before one that has none yet. */
function inOrder(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  return one.length - other.length || (one < other ? -1 : Number(one > other))
}

/** What a paper goes by within its item. */
function placeWords(paper: PlacedPaper, beside: readonly PlacedPaper[]): string {
  if (paper.letter !== null) return `Appendix ${paper.letter}`
  const papers = beside.filter(each => each.letter === null)
  return papers.length === 1 ? 'Paper' : `Paper ${String(papers.indexOf(paper) + 1)}`
}

function itemBlocks(item: PackItem, name: string): Block[] {
  const title = item.title === '' ? name : `${name}: ${item.title}`
  const heading: Block = {
    type: 'heading',
    level: item.isPart ? 2 : 1,
    words: plainWords(title),
    listed: true,
    anchor: slug(name),
  }
  if (item.gap !== null) return [heading, gapBlock(null, item.gap.ground)]
  const rows = item.facts.map(({ name: key, text }) => ({ name: key, words: plainWords(text) }))
  return [
    heading,
    ...(item.restriction === null ? [] : [restrictedNotice(item.restriction)]),
    ...(rows.length === 0 ? [] : [{ type: 'facts' as const, rows }]),
    ...(item.withdrawn === null
      ? []
      : [{ type: 'notice' as const, heading: 'This item was withdrawn', words: plainWords(item.withdrawn) }]),
    ...(item.considers.length === 0
      ? []
      : [{ type: 'list' as const, ordered: false, items: item.considers.map(plainWords), note: null }]),
    ...(item.notes === null ? [] : [{ type: 'notice' as const, heading: 'Chair’s notes', words: wordsOf(item.notes) }]),
  ]
}

function emptyAgenda(): PackPart {
  const words = plainWords('The agenda has no item yet.')
  const blocks: Block[] = [{ type: 'paragraph', number: null, words, note: null }]
  return { key: 'agenda:none', head: 'Agenda', blocks, supplement: null, records: [] }
}
