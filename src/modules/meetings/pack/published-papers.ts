import type { PlacedContent, PlacedPaper } from '../papers/placed-paper.ts'
import type { PaperBody } from '../papers/snapshot.ts'
import type { PublishedPaper } from './queries.ts'

/**
 * The papers of a meeting with the words that are published of them, and none that were written since: order, letters
 * and grounds come from the agenda, everything else from what is frozen. What is not published is left out; of what is
 * withheld altogether the notice stays. Pure.
 *
 * @param papers as the public may have them now
 * @param shown ids of the items that are published in full
 */
export function asPublished(
  papers: readonly PlacedPaper[],
  published: ReadonlyMap<string, PublishedPaper>,
  shown: ReadonlySet<string>,
): PlacedPaper[] {
  return papers
    .filter(paper => shown.has(paper.itemId))
    .flatMap((paper): PlacedPaper[] => {
      if (paper.content.type === 'gap') return [paper]
      const frozen = published.get(paper.paperId)
      if (frozen === undefined) return []
      if ('gap' in frozen.body) return paper.letter === null ? [withheld(paper, frozen.body.gap)] : []
      return paper.letter === null ? [mainPaper(paper, frozen.title, frozen.body)] : appendix(paper, frozen.body)
    })
}

function withheld(paper: PlacedPaper, gap: { title: string | null; ground: string }): PlacedPaper {
  return { ...paper, title: gap.title ?? '', author: null, contact: null, content: { type: 'gap', ...gap } }
}

function mainPaper(paper: PlacedPaper, title: string, body: PaperBody): PlacedPaper {
  const { author, contact, background } = body
  const heading = {
    type: 'heading' as const,
    level: 2 as const,
    number: null,
    text: 'Recommendations',
    restriction: null,
  }
  const parts = [...(body.recommendations.length > 0 ? [heading, ...body.recommendations] : []), ...body.parts]
  const content = withFile(paper, body.document, parts) ?? { type: 'text', parts, backgroundPapers: background }
  return { ...paper, title, author, contact, content }
}

function appendix(paper: PlacedPaper, body: PaperBody): PlacedPaper[] {
  const frozen = body.appendices.find(each => each.id === paper.id)
  if (frozen === undefined) return []
  if ('gap' in frozen) return [withheld(paper, frozen.gap)]
  const content = withFile(paper, frozen.document, frozen.parts) ?? {
    type: 'text',
    parts: frozen.parts,
    backgroundPapers: [],
  }
  return [{ ...paper, title: frozen.title, content }]
}

function withFile(
  paper: PlacedPaper,
  document: PaperBody['document'],
  before: PaperBody['parts'],
): Extract<PlacedContent, { type: 'file' }> | null {
  if (document === null) return null
  const { fileId, name, mediaType, size, pages, scanned } = document
  const known = paper.content.type === 'file' && paper.content.fileId === fileId ? paper.content.pageTexts : []
  return { type: 'file', fileId, name, mediaType, size, pages, scanned, pageTexts: known, before }
}
