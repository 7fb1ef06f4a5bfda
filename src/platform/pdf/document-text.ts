import type { Block, PdfDocument, Words } from './document.ts'

type Change = (text: string) => string

/** A document with every text that is printed changed in the same way; addresses and names of files stay. Pure. */
export function withText(document: PdfDocument, change: Change): PdfDocument {
  return {
    ...document,
    head: change(document.head),
    watermark: orNull(document.watermark, change),
    parts: document.parts.map(part => ({
      ...part,
      head: change(part.head),
      blocks: part.blocks.map(block => blockWith(block, change)),
    })),
  }
}

const orNull = (text: string | null, change: Change) => (text === null ? null : change(text))
const wordsWith = (words: readonly Words[], change: Change) => words.map(each => ({ ...each, text: change(each.text) }))

function blockWith(block: Block, change: Change): Block {
  const words = (each: readonly Words[]) => wordsWith(each, change)
  switch (block.type) {
    case 'heading':
      return { ...block, words: words(block.words) }
    case 'paragraph':
      return {
        ...block,
        number: orNull(block.number, change),
        words: words(block.words),
        note: orNull(block.note, change),
      }
    case 'list':
      return { ...block, items: block.items.map(words), note: orNull(block.note, change) }
    case 'table': {
      const { header, rows, note } = block
      return { ...block, header: header.map(words), rows: rows.map(row => row.map(words)), note: orNull(note, change) }
    }
    case 'facts':
      return { ...block, rows: block.rows.map(row => ({ name: change(row.name), words: words(row.words) })) }
    case 'notice':
      return { ...block, heading: orNull(block.heading, change), words: words(block.words) }
    case 'contents':
    case 'picture':
    case 'bound':
      return block
  }
}
