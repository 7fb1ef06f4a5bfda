import type { Measure } from '../measure.ts'

/*
 * Measures that measure the same by another definition, over another length of time, or as a change. Nobody declares
 * them: their titles say so, once the words that tell them apart are taken out.
 */

interface Label {
  family: 'people' | 'budget' | 'extent'
  label: string
  words: RegExp
}

/** Words that tell which of several definitions is meant. Figures of two labels are never one figure. */
const labels: readonly Label[] = [
  { family: 'people', label: 'establishment', words: /\b(?:establishment|established posts)\b/g },
  {
    family: 'people',
    label: 'full-time-equivalent',
    words: /\b(?:strength|fte|full[- ]time[- ]equivalents?|in post)\b/g,
  },
  { family: 'people', label: 'headcount', words: /\bhead ?count\b/g },
  { family: 'budget', label: 'original', words: /\boriginal(?:ly)?\b/g },
  { family: 'budget', label: 'revised', words: /\brevised\b/g },
  { family: 'budget', label: 'forecast', words: /\b(?:forecast|projected|projection)\b/g },
  { family: 'budget', label: 'outturn', words: /\b(?:outturn|actual)\b/g },
  { family: 'extent', label: 'gross', words: /\bgross\b/g },
  { family: 'extent', label: 'net', words: /\bnet\b/g },
]

const changeWords =
  /\b(?:percentage )?(?:change|difference|increase|decrease)\b|\bon the (?:year|quarter|month) before\b|\bpercentage points?\b|\bper cent\b/g
const lengthWords = /\b(?:annual|year(?:ly)?|full[- ]year|quarter(?:ly)?|month(?:ly)?|total|average|mean|overall)\b/g
const smallWords = /\b(?:the|of|in|for|a|an|and|by|on|all)\b/g

/** The labels of definitions that a text carries, by family. */
export function definitionsIn(text: string): Map<Label['family'], string> {
  const lower = text.toLowerCase()
  return new Map(
    labels.filter(({ words }) => lower.search(words) !== -1).map(({ family, label }) => [family, label] as const),
  )
}

/** The labels of a measure: what its title says, and what its stock counts. */
export function definitionsOf(measure: Pick<Measure, 'title' | 'basis'>): Map<Label['family'], string> {
  const found = definitionsIn(measure.title)
  if (measure.basis !== null) found.set('people', measure.basis)
  return found
}

/** Whether the title speaks of a change and not of a figure itself. */
export function isChange(measure: Pick<Measure, 'title' | 'kind' | 'unit'>): boolean {
  return (
    measure.kind === 'change' || measure.unit === 'points' || measure.title.toLowerCase().search(changeWords) !== -1
  )
}

/** What is left of a title without the words that tell kindred measures apart; '' if nothing is. */
export function coreOf(title: string): string {
  let text = title.toLowerCase()
  for (const words of [...labels.map(label => label.words), changeWords, lengthWords, smallWords]) {
    text = text.replaceAll(words, ' ')
  }
  return text
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replaceAll(/\s+/g, ' ')
}

/** Measures with the same core, in groups of two or more. */
export function kindredGroups<M extends Pick<Measure, 'title'>>(measures: readonly M[]): M[][] {
  const groups = Map.groupBy(measures, measure => coreOf(measure.title))
  return [...groups].filter(([core, found]) => core !== '' && found.length > 1).map(([, found]) => found)
}
