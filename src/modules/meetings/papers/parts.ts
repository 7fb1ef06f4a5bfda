import { groundInWords } from '../../../record/classification.ts'
import type { Ground } from '../../../record/classification.ts'
import { inlineHtml, plainText } from './markdown.ts'
import type { PaperPart } from './placed-paper.ts'
import type { Block } from './text.ts'
import { parseText } from './text.ts'

/**
 * Why something of a paper is withheld: this organisation's own ground, or, of a paper received from another, the
 * words of that one's ground. The words of one code are never turned into a ground of the other.
 */
export type PaperGround = { own: Ground } | { received: string }

export type PaperGrounds = Readonly<Record<string, PaperGround>>

/** The ground in words, as notices print it; a key that leads nowhere says that none is given. */
export function paperGroundInWords(ground: PaperGround | null | undefined): string {
  if (ground == null) return groundInWords(null)
  return 'own' in ground ? groundInWords(ground.own) : ground.received
}

/**
 * A text as these readers may have it.
 *
 * @param everything whether they read what is withheld; then it says so with its ground
 */
export function partsOf(source: string, grounds: PaperGrounds, everything: boolean): PaperPart[] {
  return parseText(source).blocks.map(block => partOf(block, grounds, everything))
}

function partOf(block: Block, grounds: PaperGrounds, everything: boolean): PaperPart {
  const restriction = block.mark === null ? null : paperGroundInWords(grounds[block.mark])
  if (block.type === 'gap' || (restriction !== null && !everything)) {
    return { type: 'gap', number: block.number, ground: restriction ?? paperGroundInWords(null) }
  }
  switch (block.type) {
    case 'heading': {
      const level = block.level === 2 || block.level === 3 ? block.level : 4
      return { type: 'heading', level, number: block.number, text: block.text, restriction }
    }
    case 'paragraph':
      return { type: 'paragraph', number: block.number, text: block.text, restriction }
    case 'list':
      return { type: 'list', ordered: block.ordered, items: block.items, restriction }
    case 'table':
      return { type: 'table', header: block.header, rows: block.rows, restriction }
  }
}

/** A part with its words as HTML, as templates print it. */
export type ShownPart = PaperPart & {
  html?: string
  htmlItems?: string[]
  htmlHeader?: string[]
  htmlRows?: string[][]
}

/** Parts with their words as HTML beside. The HTML holds emphasis, links and code, and nothing that was not escaped. */
export function shownParts(parts: readonly PaperPart[]): ShownPart[] {
  return parts.map(part => {
    switch (part.type) {
      case 'heading':
      case 'paragraph':
        return { ...part, html: inlineHtml(part.text) }
      case 'list':
        return { ...part, htmlItems: part.items.map(inlineHtml) }
      case 'table':
        return { ...part, htmlHeader: part.header.map(inlineHtml), htmlRows: part.rows.map(row => row.map(inlineHtml)) }
      case 'gap':
        return part
    }
  })
}

/** What readers see of a part, without marks of Markdown; of a gap nothing. */
export function wordsOf(part: PaperPart): string {
  switch (part.type) {
    case 'heading':
    case 'paragraph':
      return plainText(part.text)
    case 'list':
      return part.items.map(plainText).join(' ')
    case 'table':
      return [part.header, ...part.rows].map(row => row.map(plainText).join(' ')).join(' ')
    case 'gap':
      return ''
  }
}
