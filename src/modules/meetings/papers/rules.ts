import type { OrganisationKind } from '../../../platform/access/viewer.ts'
import { groundFitsHolder } from '../../../record/classification.ts'
import type { Classification, Ground } from '../../../record/classification.ts'
import type { StateDescription } from '../../../record/description.ts'

/*
 * The lives of a paper and of a request for one. Each function returns every reason against a deed, in words; an
 * empty list means that it is allowed.
 */

export const paperStates = {
  draft: { word: 'Being written', colour: 'grey', open: true },
  sent: { word: 'Sent', colour: 'blue', open: false },
  placed: { word: 'On the agenda', colour: 'green', open: false },
  'taken-off': { word: 'Taken off the agenda', colour: 'grey', open: false },
} as const satisfies Record<string, StateDescription>
export type PaperState = keyof typeof paperStates

export const requestStates = {
  asked: { word: 'Asked for', colour: 'yellow', open: true },
  received: { word: 'Received', colour: 'blue', open: false },
  placed: { word: 'On the agenda', colour: 'green', open: false },
  withdrawn: { word: 'Withdrawn', colour: 'grey', open: false },
} as const satisfies Record<string, StateDescription>

/** What the rules ask of a paper. */
export interface PaperFacts {
  classification: Classification
  publication: 'unpublished' | 'published' | 'superseded' | 'taken-down'
  /** It came from another organisation: its words are theirs. */
  received: boolean
  /** It has words or a document. */
  written: boolean
  /** Markings whose place is lost, in words. */
  unsettled: readonly string[]
}

/** Why its words may not be changed here. */
export function writingObstacles(facts: Pick<PaperFacts, 'received'>): string[] {
  return facts.received ? ['Another organisation wrote it. Ask them for a new version.'] : []
}

/** What goes with a paper when it is sent. */
export interface SendingTerms {
  inFull: boolean
  mayPublish: boolean
}

/** Why it may not be sent so. */
export function sendingObstacles(facts: PaperFacts, terms: SendingTerms): string[] {
  const reasons = writingObstacles(facts)
  if (!facts.written) reasons.push('It has no words and no document yet.')
  reasons.push(...facts.unsettled)
  if (facts.classification !== 'open' && !terms.inFull) {
    reasons.push('All of it is withheld. Send it in full, or open it: otherwise there is nothing to read.')
  }
  if (facts.classification !== 'open' && terms.mayPublish) {
    reasons.push('All of it is withheld: it cannot be sent with leave to publish.')
  }
  return reasons
}

/** What the rules ask before something of a paper is marked. */
export interface PaperMarkingFacts extends Pick<PaperFacts, 'publication'> {
  /** The kind of organisation that marks: panel and commissioner withhold under different law. */
  holder: OrganisationKind
}

/** Why something of a paper may not be given this marking now. */
export function paperMarkingObstacles(ground: Ground | null, facts: PaperMarkingFacts): string[] {
  const reasons: string[] = []
  if (ground !== null && !groundFitsHolder(ground, facts.holder)) {
    reasons.push(
      facts.holder === 'panel' || facts.holder === 'council'
        ? 'A panel withholds under Schedule 12A or as confidential, not under article 2(2).'
        : 'A commissioner withholds under article 2(2) of the Specified Information Order, not under Schedule 12A.',
    )
  }
  if (ground !== null && facts.publication === 'published') {
    reasons.push(
      'It is public, and its earlier versions would stay readable. Take it down first; then place a marked copy.',
    )
  }
  return reasons
}

/** What the rules ask of a paper that stands on an agenda, before the agenda is published. */
export interface PlacedFacts extends PaperFacts {
  title: string
  /** Keys of what another organisation withheld and sent in full, for which this one has given no ground of its own. */
  borrowed: number
}

/** Why the papers of a meeting may not be published with it yet. */
export function publishingObstacles(papers: readonly PlacedFacts[], unsettledLeaks: number): string[] {
  const reasons = papers.flatMap(paper => [
    ...paper.unsettled.map(each => `${paper.title}: ${each}`),
    ...(paper.borrowed > 0
      ? [
          `${paper.title}: ${String(paper.borrowed)} withheld ${paper.borrowed === 1 ? 'part has' : 'parts have'} only the ground of the organisation that sent it. Give your own.`,
        ]
      : []),
  ])
  if (unsettledLeaks > 0) {
    reasons.push(
      unsettledLeaks === 1
        ? 'Something withheld in one paper is printed in another. Settle it on the page of the papers.'
        : `${String(unsettledLeaks)} things withheld in one paper are printed in another. Settle them on the page of the papers.`,
    )
  }
  return reasons
}

/** A, B … Z, AA, AB: the letter of an appendix by its place among those of an item, from 0. */
export function letterOf(place: number): string {
  const last = String.fromCharCode(65 + (place % 26))
  return place < 26 ? last : letterOf(Math.floor(place / 26) - 1) + last
}

/** The key for another ground of a paper: G1, G2 … */
export function nextGroundKey(keys: readonly string[]): string {
  const numbers = keys.map(key => Number(/^G(\d+)$/.exec(key)?.[1] ?? 0))
  return `G${String(Math.max(0, ...numbers) + 1)}`
}
