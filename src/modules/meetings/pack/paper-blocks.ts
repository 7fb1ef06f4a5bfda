import type { Block, Words } from '../../../platform/pdf/document.ts'
import type { PaperPart, PlacedContent, PlacedPaper } from '../papers/placed-paper.ts'
import { plainWords, wordsOf } from './words.ts'

const gapWords = 'Not for publication. Ground: '

/** In the place of what is not for these readers: that something is not here, and the ground. */
export function gapBlock(heading: string | null, ground: string): Block {
  return { type: 'notice', heading, words: plainWords(`${gapWords}${ground}.`) }
}

/** Whether a block stands in the place of something withheld. */
export function isGap(block: Block): boolean {
  return (
    block.type === 'notice' && block.heading !== restrictedHeading && block.words[0]?.text.startsWith(gapWords) === true
  )
}

const restrictedHeading = 'Restricted'

const restrictedNote = (ground: string | null) => (ground === null ? null : `Restricted. Ground: ${ground}.`)

/** One part of a paper, below the heading of the paper itself. */
export function partBlock(part: PaperPart): Block {
  switch (part.type) {
    case 'heading': {
      const number = part.number === null ? [] : plainWords(`${part.number}. `)
      const note = part.restriction === null ? [] : plainWords(' (restricted)')
      const words = [...number, ...wordsOf(part.text), ...note]
      return { type: 'heading', level: part.level + 1, words, listed: false }
    }
    case 'paragraph': {
      const { number, text, restriction } = part
      return { type: 'paragraph', number, words: wordsOf(text), note: restrictedNote(restriction) }
    }
    case 'list': {
      const { ordered, items, restriction } = part
      return { type: 'list', ordered, items: items.map(wordsOf), note: restrictedNote(restriction) }
    }
    case 'table': {
      const { header, rows, restriction } = part
      return {
        type: 'table',
        header: header.map(wordsOf),
        rows: rows.map(row => row.map(wordsOf)),
        note: restrictedNote(restriction),
      }
    }
    case 'gap':
      return gapBlock(part.number === null ? null : `Paragraph ${part.number}`, part.ground)
  }
}

/** What stands under the heading of a paper, but for the pages of a file. */
export function paperBlocks(paper: PlacedPaper): Block[] {
  const { content, author, contact, restriction } = paper
  if (content.type === 'gap') return [gapBlock(null, content.ground)]
  const rows = [
    ...(author === null ? [] : [{ name: 'Author', words: plainWords(author) }]),
    ...(contact === null ? [] : [{ name: 'Contact', words: plainWords(contact) }]),
  ]
  return [
    ...(restriction === null ? [] : [restrictedNotice(restriction)]),
    ...(rows.length > 0 && paper.letter === null ? [{ type: 'facts' as const, rows }] : []),
    ...(content.type === 'text' ? content.parts : content.before).map(partBlock),
    ...(content.type === 'text' ? backgroundBlocks(content) : []),
  ]
}

export function restrictedNotice(ground: string): Block {
  return { type: 'notice', heading: restrictedHeading, words: plainWords(`${gapWords}${ground}.`) }
}

function backgroundBlocks({ backgroundPapers }: Extract<PlacedContent, { type: 'text' }>): Block[] {
  if (backgroundPapers.length === 0) return []
  const items = backgroundPapers.map(({ title, url }): Words[] => [{ text: title, ...(url !== null && { href: url }) }])
  return [
    { type: 'heading', level: 3, words: plainWords('Background papers'), listed: false },
    { type: 'list', ordered: false, items, note: null },
  ]
}

/** What each kind of file that can be bound in ends in; others are led to. */
const bindable: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
}

/** The name by which a file's pages are bound in; null where it is no file that has pages. */
export function boundName({ fileId, mediaType, pages }: Extract<PlacedContent, { type: 'file' }>): string | null {
  const end = bindable[mediaType]
  return end === undefined || (end === 'pdf' && pages === null) ? null : `${fileId}.${end}`
}

/** The pages of a file, each with words for those who cannot see it. */
export function boundBlocks(content: Extract<PlacedContent, { type: 'file' }>, name: string, title: string): Block[] {
  return Array.from({ length: content.pages ?? 1 }, (_, at): Block => {
    const page = at + 1
    const alternative = content.pageTexts[at] ?? `${title}, page ${String(page)} of ${String(content.pages ?? 1)}`
    return { type: 'bound', file: name, page, alternative }
  })
}

/** In the place of the pages of a file that cannot be bound in: where it can be read. */
export function elsewhereBlock(content: Extract<PlacedContent, { type: 'file' }>, address: string): Block {
  const why =
    bindable[content.mediaType] === undefined
      ? 'This document is not a PDF or a picture, so its pages are not in this pack.'
      : 'This document could not be bound into the pack: it is protected by a password, or damaged.'
  return {
    type: 'notice',
    heading: 'Not bound in',
    words: [{ text: `${why} It can be read by itself: ` }, { text: content.name, href: address }],
  }
}
