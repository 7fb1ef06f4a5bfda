import { blockText } from './compare.ts'
import { markBlock } from './marking.ts'
import type { PaperGrounds } from './parts.ts'
import type { Paper } from './queries.ts'
import { parseText } from './text.ts'

/** A sender's key as the receiver keeps it, so that it never meets one of the receiver's own. */
export const receivedKey = (key: string): string => (/^[\w?]+$/.test(key) ? `R${key}` : 'R?')

/** The sender's grounds, in their words, under the keys the receiver keeps them by. */
export function receivedGrounds(words: Readonly<Record<string, string>>): PaperGrounds {
  return Object.fromEntries(Object.entries(words).map(([key, received]) => [receivedKey(key), { received }]))
}

/** The texts of a version that was sent, with the sender's keys renamed. */
export interface IncomingTexts {
  recommendations: string
  body: string
  appendices: readonly { id: string; title: string; body: string }[]
}

export interface TakenOver {
  recommendations: string
  body: string
  /** By the sender's id of the appendix. */
  appendices: Map<string, string>
  /** Markings that found no place, in words without content. */
  unsettled: string[]
}

/**
 * Carries the receiver's own markings over into a later version: to the same words, or else to the paragraph of the
 * same number, so that a changed paragraph stays withheld. What finds neither is named. Pure.
 */
export function takeOverMarks({ row, appendices }: Paper, incoming: IncomingTexts): TakenOver {
  const unsettled: string[] = []
  const carry = (before: string, after: string, where: string): string => {
    let text = after
    for (const block of parseText(before).blocks) {
      const ground = block.mark === null ? undefined : row.grounds[block.mark]
      if (block.mark === null || ground === undefined || !('own' in ground)) continue
      const now = parseText(text).blocks
      const words = blockText(block)
      const same = now.findIndex(each => each.type === block.type && blockText(each) === words)
      const at =
        same !== -1
          ? same
          : now.findIndex(each => each.number !== null && each.number === block.number && each.type === block.type)
      if (at !== -1) text = markBlock(text, at, block.mark)
      if (same === -1) unsettled.push(lostMark(where, block.number, at !== -1))
    }
    return text
  }
  const texts = new Map(
    incoming.appendices.map(each => {
      const old = appendices.find(other => other.received_id === each.id)
      return [each.id, carry(old?.body ?? '', each.body, `Appendix “${each.title}”`)]
    }),
  )
  for (const gone of appendices) {
    if (gone.received_id !== null && !texts.has(gone.received_id) && gone.ground !== null && 'own' in gone.ground) {
      unsettled.push(
        'An appendix that was withheld here is not in the new version. Look whether its words are elsewhere.',
      )
    }
  }
  return {
    recommendations: carry(row.recommendations, incoming.recommendations, 'Recommendations'),
    body: carry(row.body, incoming.body, 'Report'),
    appendices: texts,
    unsettled: [...row.unsettled, ...unsettled],
  }
}

function lostMark(where: string, number: string | null, found: boolean): string {
  const which = number === null ? 'a part' : `paragraph ${number}`
  return found
    ? `${where}: ${which} was withheld here and now reads otherwise. It is still withheld; look whether that fits.`
    : `${where}: ${which} was withheld here and is not found in the new version. Look where its words are now.`
}
