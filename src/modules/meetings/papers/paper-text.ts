import type { PaperGround } from './parts.ts'
import { paperGroundInWords } from './parts.ts'
import type { AppendixRow, Paper, PaperDocument } from './queries.ts'
import { letterOf } from './rules.ts'

/** Why all of a paper is withheld, in words; null where it is open. */
export function paperRestriction({ head }: Pick<Paper, 'head'>): string | null {
  if (head.classification === 'open') return null
  // A marking taken over from whoever sent it is their ground, in their words.
  if (head.ground?.code === 'legacy-marking') return head.ground.marking
  return paperGroundInWords(head.ground === null ? null : { own: head.ground })
}

/** Why all of an appendix is withheld, in words; null where it is open. */
export function appendixRestriction(appendix: Pick<AppendixRow, 'ground'>): string | null {
  return appendix.ground === null ? null : paperGroundInWords(appendix.ground)
}

/** A title that gives nothing away, where one was given. */
export function neutralTitle(ground: PaperGround | null): string | null {
  return ground !== null && 'own' in ground ? (ground.own.neutralTitle ?? null) : null
}

/** The texts of a paper, each under the name by which forms and comparisons call it. */
export interface SectionText {
  id: 'recommendations' | 'body' | (string & {})
  title: string
  source: string
  appendix: AppendixRow | null
}

/** The texts of a paper in reading order. */
export function sectionsOf({ row, appendices }: Pick<Paper, 'row' | 'appendices'>, firstLetter = 0): SectionText[] {
  return [
    { id: 'recommendations', title: 'Recommendations', source: row.recommendations, appendix: null },
    { id: 'body', title: 'Report', source: row.body, appendix: null },
    ...appendices.map((appendix, at) => ({
      id: appendix.id,
      title: `Appendix ${letterOf(firstLetter + at)}: ${appendix.title}`,
      source: appendix.body,
      appendix,
    })),
  ]
}

/** Whether anything was written or uploaded yet. */
export function isWritten({ row, appendices }: Pick<Paper, 'row' | 'appendices'>): boolean {
  return row.recommendations.trim() !== '' || row.body.trim() !== '' || row.document !== null || appendices.length > 0
}

/** The documents among a paper and its appendices. */
export function documentsOf({ row, appendices }: Pick<Paper, 'row' | 'appendices'>): PaperDocument[] {
  return [row.document, ...appendices.map(each => each.document)].filter(each => each !== null)
}
