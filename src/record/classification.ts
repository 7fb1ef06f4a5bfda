/**
 * Why something is kept back, from one of two codes that are never mixed (statute.md section 8): the panel's
 * (Local Government Act 1972, Schedule 12A) and the commissioner's (Specified Information Order 2011, article 2(2)).
 * A legacy marking found in a paper is kept as found until a reviewer chooses.
 */
export type Ground =
  | ({ code: 'schedule-12a'; paragraphs: readonly number[]; publicInterest: string } & Review)
  | ({ code: 'confidential'; reason: string } & Review)
  | ({ code: 'article-2-2'; limb: 'a' | 'b' | 'c' | 'd'; decidedBy: string } & Review)
  | ({ code: 'legacy-marking'; marking: string } & Review)

/** Who looked at a classification and when it is looked at again; stays inside the organisation. */
interface Review {
  reviewer?: string
  reviewOn?: string
  /** A title that gives nothing away, shown in the gap notice where the body allows it. */
  neutralTitle?: string
}

export type Classification = 'open' | 'exempt' | 'confidential' | 'withheld' | 'unresolved'

const limbs = {
  a: 'publication would be against the interests of national security',
  b: 'publication might jeopardise the safety of a person',
  c: 'publication might prejudice the prevention or detection of crime, or justice',
  d: 'publication is prohibited by an enactment',
} as const

/** The ground in words, as the gap notice prints it: the law, and nothing of the content. */
export function groundInWords(ground: Ground | null): string {
  if (ground === null) return 'Marked as restricted in the paper; no ground is given'
  switch (ground.code) {
    case 'schedule-12a':
      return `Local Government Act 1972, Schedule 12A, ${paragraphsInWords(ground.paragraphs)}`
    case 'confidential':
      return 'Confidential information, Local Government Act 1972, section 100A(3)'
    case 'article-2-2':
      return `Elected Local Policing Bodies (Specified Information) Order 2011, article 2(2)(${ground.limb}): ${limbs[ground.limb]}`
    case 'legacy-marking':
      return `Marked ${ground.marking} in the paper; no ground is given`
  }
}

function paragraphsInWords(paragraphs: readonly number[]): string {
  const word = paragraphs.length === 1 ? 'paragraph' : 'paragraphs'
  return `${word} ${new Intl.ListFormat('en-GB').format(paragraphs.map(String))}`
}

/** Classifications whose ground the law knows by which organisation: the codes of panel and office are not mixed. */
export function groundFitsHolder(
  ground: Ground,
  holderKind: 'office' | 'force' | 'panel' | 'council' | 'other',
): boolean {
  if (ground.code === 'legacy-marking') return true
  const panelCode = ground.code === 'schedule-12a' || ground.code === 'confidential'
  return holderKind === 'panel' || holderKind === 'council' ? panelCode : !panelCode
}
