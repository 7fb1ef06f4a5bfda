import type { Ground } from '../../../record/classification.ts'

/** An item of an agenda, as the resolution to exclude the public names it. */
export interface ExcludableItem {
  /** The number it goes by. */
  shown: string
  ground: Ground | null
  withdrawn: boolean
}

interface ExemptItem {
  shown: string
  paragraphs: readonly number[]
}

const list = new Intl.ListFormat('en-GB')

/** The items that are exempt under Schedule 12A. Confidential ones need no resolution: there the public must leave. */
export function exemptItems(items: readonly ExcludableItem[]): ExemptItem[] {
  return items.flatMap(({ shown, ground, withdrawn }) =>
    ground?.code === 'schedule-12a' && !withdrawn ? [{ shown, paragraphs: ground.paragraphs }] : [],
  )
}

/** The numbers of the items from which the public must be excluded (Local Government Act 1972 s.100A(2)). */
export function confidentialItems(items: readonly ExcludableItem[]): string[] {
  return items.filter(each => each.ground?.code === 'confidential' && !each.withdrawn).map(each => each.shown)
}

/**
 * The resolution to exclude the public in its proper words, for the exempt items of an agenda: it says to which part
 * of the meeting it applies and names the description of exempt information in the terms of Schedule 12A (Local
 * Government Act 1972 s.100A(4) and (5)). Null where nothing is exempt.
 */
export function exclusionWording(items: readonly ExcludableItem[]): string | null {
  const exempt = exemptItems(items)
  if (exempt.length === 0) return null
  const one = exempt.length === 1
  const numbers = list.format(exempt.map(each => each.shown))
  return [
    'That under section 100A(4) of the Local Government Act 1972 the public and press be excluded from the meeting for',
    `${one ? 'item' : 'items'} ${numbers} on the grounds that`,
    `${one ? 'it involves' : 'they involve'} the likely disclosure of exempt information as defined in`,
    `${paragraphWords(exempt)} of Part 1 of Schedule 12A to the Act, and that in all the circumstances of the case the`,
    'public interest in maintaining the exemption outweighs the public interest in disclosing the information.',
  ].join(' ')
}

function paragraphWords(exempt: readonly ExemptItem[]): string {
  const words = ({ paragraphs }: ExemptItem) =>
    `${paragraphs.length === 1 ? 'paragraph' : 'paragraphs'} ${list.format(paragraphs.map(String))}`
  const [first] = exempt
  if (first === undefined) return ''
  if (exempt.every(each => words(each) === words(first))) return words(first)
  return list.format(exempt.map(each => `${words(each)} (item ${each.shown})`))
}

/** The numbers that a wording gives as paragraphs: "paragraphs 1, 3 and 7". */
function paragraphsNamed(wording: string): Set<number> {
  const found = wording.matchAll(/paragraphs?(?:\(s\))?\s+(\d+(?:\s*(?:,|and|&|,\s*and)\s*\d+)*)/gi)
  return new Set([...found].flatMap(([, numbers]) => (numbers ?? '').match(/\d+/g) ?? []).map(Number))
}

/**
 * What is doubtful in a typed resolution to exclude the public; empty where nothing is. It may stand all the same,
 * with a reason: papers hold such wordings, and a meeting passes what it passes.
 */
export function exclusionQuestions(wording: string, items: readonly ExcludableItem[]): string[] {
  const exempt = exemptItems(items)
  const named = paragraphsNamed(wording)
  const questions: string[] = []
  if (exempt.length === 0) questions.push('No item of this agenda is marked as exempt, so nothing asks for it.')
  if (!/schedule\s*12A/i.test(wording)) {
    questions.push('It does not name Schedule 12A. The paragraphs stand in that Schedule, not in the Act itself.')
  }
  if (!/100A\s*\(\s*4\s*\)/i.test(wording)) {
    questions.push('It does not name section 100A(4), under which a meeting may exclude the public.')
  }
  for (const { shown, paragraphs } of exempt) {
    const missing = paragraphs.filter(each => !named.has(each))
    if (missing.length > 0) {
      const which = `${missing.length === 1 ? 'paragraph' : 'paragraphs'} ${list.format(missing.map(String))}`
      questions.push(`It does not name ${which}, under which item ${shown} is marked.`)
    }
  }
  const known = new Set(exempt.flatMap(each => each.paragraphs))
  const strange = [...named].filter(each => !known.has(each))
  if (exempt.length > 0 && strange.length > 0) {
    questions.push(`It names paragraph ${list.format(strange.map(String))}, under which no item is marked.`)
  }
  if (!/\bitems?\b/i.test(wording)) questions.push('It does not say for which part of the meeting.')
  if (!/public interest/i.test(wording)) questions.push('It does not say where the public interest lies.')
  return questions
}
