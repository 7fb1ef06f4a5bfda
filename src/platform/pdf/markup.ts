import type { Block, Part, PdfDocument, Words } from './document.ts'
import { breakable, content, literal, plain } from './markup-text.ts'
import { fontFamilies } from './fonts.ts'

/** How a table of so many columns is set, in points: the wider, the smaller. */
const tableSizes: readonly { columns: number; size: number }[] = [
  { columns: 4, size: 10 },
  { columns: 6, size: 9 },
  { columns: 8, size: 7.5 },
  { columns: 12, size: 6 },
  { columns: Infinity, size: 5 },
]

/** Characters of one point that fit the width of a page, with some room for the edges of columns. */
const lineOfText = 700

/**
 * The Typst source of a document. Pure: the same document gives the same source. All text stands in strings, so that
 * nothing anyone typed is read as markup.
 */
export function markup(document: PdfDocument): string {
  const heads = new Headings()
  return [
    preamble(document),
    ...document.parts.map((part, at) => partMarkup(document, part, at, heads)),
    '#context [#metadata(query(<at>).map(it => it.location().page())) <places>]',
  ].join('\n')
}

function preamble({ title, author, labels, watermark }: PdfDocument): string {
  const families = fontFamilies.map(family => literal(family)).join(', ')
  const numbers = labels === null ? 'none' : `(${labels.map(each => `${literal(each)},`).join('')})`
  return `
#set document(title: ${literal(orUntitled(title))}, author: (${literal(author)},), date: none)
#set text(font: (${families}), fallback: false, size: 11pt, lang: "en", region: "GB", hyphenate: false)
#set par(leading: 0.65em, spacing: 1em)
#set list(marker: ([•],))
#set heading(outlined: false, bookmarked: false)
#show heading: set block(above: 1.4em, below: 0.7em, sticky: true)
#show heading: set text(weight: 600)
#show heading.where(level: 1): set text(size: 17pt)
#show heading.where(level: 2): set text(size: 14pt)
#show heading.where(level: 3): set text(size: 12pt)
#show title: set text(size: 26pt, weight: 600)
#show link: underline
#let code(it) = box(fill: luma(240), outset: (y: 2pt), it)
#let labels = ${numbers}
#let line-of(left, right) = text(9pt, fill: luma(70), grid(columns: (1fr, auto), column-gutter: 1em, left, right))
#let shown-mark = ${watermark === null ? 'none' : literal(watermark)}
#set page(
  paper: "a4",
  margin: (x: 22mm, top: 25mm, bottom: 22mm),
  numbering: ${labels === null ? '"1"' : 'number => labels.at(number - 1, default: "")'},
  footer: context align(center, text(10pt)[Page #counter(page).display()]),
  // Above what is printed: a scan is as opaque as paper.
  foreground: if shown-mark != none {
    rotate(-55deg, box(width: 30cm, align(center, text(42pt, weight: 600, fill: luma(90).transparentize(80%), shown-mark))))
  },
)
#let head-of(left, right) = {
  if shown-mark != none { align(center, text(9pt, weight: 600, shown-mark)) }
  line-of(left, right)
}
#let at = [#metadata(none) <at>]
#let aside(it) = block(stroke: (left: 3pt + luma(120)), inset: (left: 9pt, y: 3pt), width: 100%, it)
#let noted(note, it) = if note == none { it } else { aside[#par(strong(note)) #it] }
#let numbered(number, it) = par(hanging-indent: 3em, box(width: calc.max(3, number.len() * 0.6 + 0.6) * 1em, number) + it)
#let fact(name, it) = par(hanging-indent: 9em, box(width: 9em, strong(name)) + it)
#let bound(file, sheet, alt, above) = context {
  let natural = measure(image(file, page: sheet))
  set page(flipped: natural.width > natural.height)
  above
  at
  block(width: 100%, height: 1fr, align(center + horizon,
    image(file, page: sheet, alt: alt, width: 100%, height: 100%, fit: "contain")))
}
#set outline(indent: 1.2em)
#show outline.entry: set block(above: 0.7em)
#show outline.entry.where(level: 1): set text(weight: 600)`
}

/** Keeps the levels of headings without holes, as PDF/UA-1 asks. */
class Headings {
  #last = 0

  level(wanted: number): number {
    this.#last = Math.min(Math.max(1, wanted), this.#last + 1, 6)
    return this.#last
  }
}

function partMarkup(document: PdfDocument, part: Part, at: number, heads: Headings): string {
  const head = `header: head-of(${literal(shortened(document.head, 60))}, ${literal(shortened(part.head, 40))})`
  const isBound = part.blocks.some(block => block.type === 'bound')
  const margin = isBound ? ', margin: (x: 12mm, top: 22mm, bottom: 18mm)' : ''
  const blocks = part.cover === true ? coverBlocks(part.blocks) : isBound ? boundBlocks(part, heads) : null
  const inside = blocks ?? part.blocks.map(block => `#at\n${blockMarkup(block, heads)}`)
  return [`#[`, `#set page(${head}${margin})`, `// part ${String(at)}`, ...inside, `]`].join('\n')
}

/** Words at the head of a page stand on one line. */
function shortened(words: string, most: number): string {
  const letters = [...words]
  return letters.length <= most ? words : `${letters.slice(0, most - 1).join('')}…`
}

/** The title of the document stands where others have their first heading. */
function coverBlocks(blocks: readonly Block[]): string[] {
  const none = new Headings()
  return blocks.map((block, at) =>
    at === 0 && block.type === 'heading' ? '#v(18mm)\n#at\n#title()' : `#at\n${blockMarkup(block, none)}`,
  )
}

/** Each bound page has a page of its own; headings and notices stand above the first. */
function boundBlocks({ blocks }: Part, heads: Headings): string[] {
  let above = ''
  return blocks.map(block => {
    if (block.type !== 'bound') {
      above += `#at ${blockMarkup(block, heads)}\n`
      return ''
    }
    const made = `#bound(${literal(`/${block.file}`)}, ${String(block.page)}, ${literal(block.alternative)}, [${above}])`
    above = ''
    return made
  })
}

function blockMarkup(block: Block, heads: Headings): string {
  switch (block.type) {
    case 'heading': {
      const level = heads.level(block.level)
      const listed = block.listed ? ', outlined: true, bookmarked: true' : ''
      return `#heading(level: ${String(level)}${listed}, ${content(withWords(block.words))})`
    }
    case 'paragraph':
      return `#noted(${note(block.note)}, ${paragraph(block.number, block.words)})`
    case 'list': {
      const items = block.items.map(item => content(item)).join(', ')
      return `#noted(${note(block.note)}, ${block.ordered ? 'enum' : 'list'}(${items}))`
    }
    case 'table':
      return `#noted(${note(block.note)}, ${table(block.header, block.rows)})`
    case 'facts':
      return block.rows.map(row => `#fact(${breakable(row.name)}, ${content(row.words)})`).join('\n')
    case 'notice': {
      const heading = block.heading === null ? '' : `#par(strong(${breakable(block.heading)}))\n`
      return `#aside[${heading}#par(${content(block.words)})]`
    }
    case 'contents':
      return [
        `#heading(level: ${String(heads.level(1))}, outlined: false, bookmarked: true, ${literal(block.title)})`,
        '#outline(title: none)',
      ].join('\n')
    case 'picture':
      return `#image(${literal(`/${block.file}`)}, width: 100%, alt: ${literal(block.alternative)})`
    case 'bound':
      return ''
  }
}

const note = (words: string | null): string => (words === null ? 'none' : breakable(words))

/** A title or heading without words would leave a hole in the outline. */
function orUntitled(title: string): string {
  return literal(title) === '" "' || literal(title) === '""' ? 'Without title' : title
}

function withWords(words: readonly Words[]): readonly Words[] {
  const title = plain(words)
  return orUntitled(title) === title ? words : [{ text: orUntitled(title) }]
}

function paragraph(number: string | null, words: readonly Words[]): string {
  return number === null ? `par(${content(words)})` : `numbered(${literal(number)}, ${content(words)})`
}

type Cells = readonly (readonly Words[])[]

function table(header: Cells, rows: readonly Cells[]): string {
  const columns = Math.max(1, header.length, ...rows.map(row => row.length))
  const size = tableSizes.find(each => columns <= each.columns)?.size ?? 5
  const longest = Math.max(4, Math.floor(lineOfText / size / columns))
  const filled = (cells: Cells) => Array.from({ length: columns }, (_, at) => content(cells[at] ?? [], longest))
  const widths = columnWidths([header, ...rows], columns)
  return `{
  set text(size: ${String(size)}pt)
  set par(leading: 0.5em)
  show table.cell.where(y: 0): strong
  table(columns: (${widths.map(width => `${String(width)}fr`).join(', ')},), inset: 4pt, stroke: 0.5pt + luma(150),
    table.header(${filled(header).join(', ')}),
    ${rows.map(row => filled(row).join(', ')).join(',\n    ')})
}`
}

/** Shares of the width by how much a column holds, none less than a fifth or more than five times another. */
function columnWidths(rows: readonly Cells[], columns: number): number[] {
  return Array.from({ length: columns }, (_, at) => {
    const longest = Math.max(1, ...rows.map(row => plain(row[at] ?? []).length))
    return Math.round(Math.min(50, Math.max(10, Math.sqrt(longest) * 5)))
  })
}
