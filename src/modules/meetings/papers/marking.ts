import { gapLine, noKey, readRuns } from './fences.ts'
import type { Gap } from './fences.ts'
import { blocksOf, parseText } from './text.ts'

/**
 * The text with one block marked as withheld under a key, or as open again.
 *
 * @param at which block, in the order of `parseText`
 */
export function markBlock(source: string, at: number, mark: string | null): string {
  const block = parseText(source).blocks[at]
  if (block === undefined || block.type === 'gap') return source
  const marked = linesWithMarks(source).map(each =>
    each.at >= block.lines[0] && each.at < block.lines[1] ? { ...each, mark } : each,
  )
  return writeLines(marked)
}

/** The text with its keys called otherwise, those of gaps too; null for a part that is open now. */
export function renameMarks(source: string, renamed: (mark: string) => string | null): string {
  const lines = linesWithMarks(source).map(each => ({
    ...each,
    line: each.gap === undefined ? each.line : gapLine(renamed(each.gap.mark) ?? each.gap.mark, each.gap.gap),
    mark: each.mark === null ? null : renamed(each.mark),
  }))
  return writeLines(lines)
}

interface MarkedLine {
  at: number
  line: string
  mark: string | null
  gap?: { mark: string; gap: Gap }
}

function linesWithMarks(source: string): MarkedLine[] {
  return readRuns(source).runs.flatMap((run): MarkedLine[] =>
    run.gap === undefined
      ? run.lines.map((line, i) => ({ at: run.from + i, line, mark: run.mark }))
      : [
          {
            at: run.from,
            line: gapLine(run.mark, run.gap),
            mark: null,
            gap: { mark: run.mark ?? noKey, gap: run.gap },
          },
        ],
  )
}

/** Empty lines belong to what stands on both sides of them, so that fences close round words. */
function writeLines(lines: readonly MarkedLine[]): string {
  const written: string[] = []
  let open: string | null = null
  for (const [i, each] of lines.entries()) {
    const mark = each.line.trim() === '' ? sharedMark(lines, i) : each.mark
    if (mark !== open) {
      if (open !== null) written.push(':::')
      if (mark !== null) written.push(`::: restricted ${mark}`)
      open = mark
    }
    written.push(each.line)
  }
  if (open !== null) written.push(':::')
  return written.join('\n')
}

function sharedMark(lines: readonly MarkedLine[], at: number): string | null {
  const filled = (each: MarkedLine) => each.line.trim() !== ''
  const before = lines.slice(0, at).findLast(filled)?.mark ?? null
  const after = lines.slice(at + 1).find(filled)?.mark ?? null
  return before === after ? before : null
}

/** The text as it may be handed to those who do not read what is withheld: gaps, and none of the words. */
export function redactText(source: string): string {
  return readRuns(source)
    .runs.flatMap(run => {
      if (run.gap !== undefined) return [gapLine(run.mark, run.gap)]
      if (run.mark === null) return run.lines
      return blocksOf(run).map(block =>
        block.type === 'gap'
          ? ''
          : gapLine(run.mark, { was: block.type, level: block.type === 'heading' ? block.level : 0 }),
      )
    })
    .join('\n')
}

/** The keys under which something of a text is withheld, each once. */
export function marksOf(source: string): string[] {
  return [...new Set(readRuns(source).runs.flatMap(run => (run.mark === null ? [] : [run.mark])))]
}

/** The keys of what is withheld here and still has its words: not those of gaps. */
export function heldMarksOf(source: string): string[] {
  const held = readRuns(source).runs.filter(run => run.gap === undefined)
  return [...new Set(held.flatMap(run => (run.mark === null ? [] : [run.mark])))]
}
