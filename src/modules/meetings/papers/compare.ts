import type { Block } from './text.ts'
import { parseText } from './text.ts'

/** What became of one block between two versions of a text. */
export interface Change {
  number: string | null
  before: string | null
  after: string | null
}

/** A section of a paper of which something changed. */
export interface ChangedSection {
  title: string
  changes: Change[]
}

export interface Section {
  /** The same in both versions, where the section is in both. */
  id: string
  title: string
  /** Markdown; or of a document its name and fingerprint. */
  text: string
}

/**
 * What changed from one version of a paper to the next, by section: only what differs, blocks in the order of the
 * later one. Withheld blocks are compared by their notice alone, so that nothing is said here that is not said there.
 */
export function compareSections(before: readonly Section[], after: readonly Section[]): ChangedSection[] {
  const gone = before.filter(each => !after.some(other => other.id === each.id))
  return [
    ...after.map(section => {
      const old = before.find(each => each.id === section.id)
      const retitled = old !== undefined && old.title !== section.title
      return {
        title: section.title,
        changes: [
          ...(retitled ? [{ number: null, before: old.title, after: section.title }] : []),
          ...compareBlocks(parseText(old?.text ?? '').blocks, parseText(section.text).blocks),
        ],
      }
    }),
    ...gone.map(section => ({ title: section.title, changes: compareBlocks(parseText(section.text).blocks, []) })),
  ].filter(section => section.changes.length > 0)
}

function compareBlocks(before: readonly Block[], after: readonly Block[]): Change[] {
  const kept = commonBlocks(before.map(blockText), after.map(blockText))
  const changes: Change[] = []
  let i = 0
  let j = 0
  for (const [keptBefore, keptAfter] of [...kept, [before.length, after.length] as const]) {
    const removed = before.slice(i, keptBefore)
    const added = after.slice(j, keptAfter)
    for (let k = 0; k < Math.max(removed.length, added.length); k += 1) {
      const [old, now] = [removed[k], added[k]]
      changes.push({
        number: now?.number ?? old?.number ?? null,
        before: old === undefined ? null : blockText(old),
        after: now === undefined ? null : blockText(now),
      })
    }
    i = keptBefore + 1
    j = keptAfter + 1
  }
  return changes
}

/** The words of a block; of what was withheld before it was sent, only that. */
export function blockText(block: Block): string {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
      return block.text
    case 'list':
      return block.items.join('\n')
    case 'table':
      return [block.header, ...block.rows].map(row => row.join(' | ')).join('\n')
    case 'gap':
      return `[${block.was} withheld]`
  }
}

/** The longest run of blocks that both have in the same order, as pairs of places. */
function commonBlocks(before: readonly string[], after: readonly string[]): (readonly [number, number])[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1))
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const row = lengths[i]
    if (row === undefined) continue
    for (let j = after.length - 1; j >= 0; j -= 1) {
      row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const pairs: (readonly [number, number])[] = []
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    if (before[i] === after[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return pairs
}
