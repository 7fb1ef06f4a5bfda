import { readRuns } from './fences.ts'
import type { Gap, Run } from './fences.ts'
import { markdown } from './markdown.ts'
import type { MarkdownToken } from './markdown.ts'

type Content =
  | { type: 'heading'; level: number; text: string }
  | { type: 'paragraph'; text: string }
  | { type: 'list'; ordered: boolean; items: string[] }
  | { type: 'table'; header: string[]; rows: string[][] }
  | ({ type: 'gap' } & Gap)

/** A heading, paragraph, list or table of a text, or the gap where one was. */
export type Block = Content & {
  number: string | null
  /** Key of the ground on which it is withheld; null where it is open. */
  mark: string | null
  /** The lines it comes from, the last excluded. */
  lines: readonly [number, number]
}

export interface ParsedText {
  blocks: Block[]
  /** What is wrong with the fences, in words. */
  faults: string[]
}

/** Reads a text into numbered blocks. Pure. */
export function parseText(source: string): ParsedText {
  const { runs, faults } = readRuns(source)
  const blocks = runs.flatMap(blocksOf)
  return { blocks: numberBlocks(blocks), faults }
}

/** The blocks between two fences, not numbered yet. */
export function blocksOf(run: Run): Block[] {
  const base = { number: null, mark: run.mark }
  if (run.gap !== undefined) return [{ type: 'gap', ...run.gap, ...base, lines: [run.from, run.from + 1] }]
  return readTokens(markdown.parse(run.lines.join('\n'), {})).map(({ content, lines }) => ({
    ...content,
    ...base,
    lines: [run.from + lines[0], run.from + lines[1]],
  }))
}

interface Read {
  content: Exclude<Content, { type: 'gap' }>
  lines: readonly [number, number]
}

function readTokens(tokens: readonly MarkdownToken[]): Read[] {
  const read: Read[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at]
    if (token === undefined) break
    const lines = token.map ?? [0, 0]
    const inside = tokens.slice(at + 1, endOf(tokens, at))
    const content = contentOf(token, inside)
    if (content === null) continue
    read.push({ content, lines })
    at += inside.length
  }
  return read
}

/** Where the token is that closes this one. */
function endOf(tokens: readonly MarkdownToken[], at: number): number {
  const opening = tokens[at]
  if (opening === undefined || opening.nesting !== 1) return at + 1
  const closing = opening.type.replace(/_open$/, '_close')
  const end = tokens.findIndex((each, i) => i > at && each.level === opening.level && each.type === closing)
  return end === -1 ? tokens.length : end
}

function contentOf(token: MarkdownToken, inside: readonly MarkdownToken[]): Read['content'] | null {
  switch (token.type) {
    case 'heading_open':
      return { type: 'heading', level: Number(token.tag.slice(1)), text: words(inside) }
    case 'paragraph_open':
      return { type: 'paragraph', text: words(inside) }
    case 'bullet_list_open':
    case 'ordered_list_open':
      return { type: 'list', ordered: token.type === 'ordered_list_open', items: itemsOf(inside) }
    case 'table_open': {
      const [header = [], ...rows] = rowsOf(inside)
      return { type: 'table', header, rows }
    }
    default:
      return null
  }
}

const words = (tokens: readonly MarkdownToken[]): string =>
  tokens
    .filter(token => token.type === 'inline')
    .map(token => token.content.replaceAll('\n', ' '))
    .join(' ')

/** The items of a list; those of a list within it follow the item they stand under. */
function itemsOf(tokens: readonly MarkdownToken[]): string[] {
  const items: string[] = []
  for (const token of tokens) {
    if (token.type === 'list_item_open') items.push('')
    if (token.type === 'inline') items.push([items.pop() ?? '', words([token])].filter(Boolean).join(' '))
  }
  return items
}

function rowsOf(tokens: readonly MarkdownToken[]): string[][] {
  const rows: string[][] = []
  for (const token of tokens) {
    if (token.type === 'tr_open') rows.push([])
    if (token.type === 'inline') rows.at(-1)?.push(token.content)
  }
  return rows
}

/**
 * Gives each paragraph its number, as papers of a panel print them: 1.1, 1.2 under the first heading, and so on. A
 * text without headings counts 1, 2, 3. What stands before the first heading, and lists and tables, have none.
 */
function numberBlocks(blocks: readonly Block[]): Block[] {
  const levels = blocks.flatMap(block => (headingLevel(block) === null ? [] : [headingLevel(block) ?? 0]))
  const top = levels.length === 0 ? null : Math.min(...levels)
  let section = 0
  let paragraph = 0
  return blocks.map(block => {
    const level = headingLevel(block)
    if (level !== null) {
      if (level !== top) return { ...block, ...lowered(block, level - (top ?? level)) }
      section += 1
      paragraph = 0
      return { ...block, ...lowered(block, 0), number: String(section) }
    }
    if (block.type !== 'paragraph' && !(block.type === 'gap' && block.was === 'paragraph')) return block
    if (top !== null && section === 0) return block
    paragraph += 1
    return { ...block, number: top === null ? String(paragraph) : `${String(section)}.${String(paragraph)}` }
  })
}

function headingLevel(block: Block): number | null {
  if (block.type === 'heading') return block.level
  return block.type === 'gap' && block.was === 'heading' ? block.level : null
}

/** Headings stand below the title of their paper: 2 for a section, 3 and 4 below it. */
function lowered(block: Block, below: number): Partial<Pick<Extract<Block, { type: 'heading' }>, 'level'>> {
  return block.type === 'heading' ? { level: Math.min(4, 2 + below) } : {}
}
