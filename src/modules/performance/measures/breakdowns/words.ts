import type { Adding } from '../../tables.ts'

/** Whether the parts of a dimension add up to the whole, in words for forms and pages. */
export const addingWords: Record<Adding, { word: string; hint: string }> = {
  'to-the-whole': {
    word: 'The parts add up to the whole',
    hint: 'Every crime happens in one district. Small numbers are then hidden together with others.',
  },
  'several-answers': {
    word: 'One case may be in several parts',
    hint: 'A person may give several reasons, so the parts add up to more than the whole.',
  },
  not: { word: 'The parts do not add up', hint: 'Shares and rates never do; nor do parts that leave some cases out.' },
}

/** Dimensions that other pages know by their name. */
export const knownDimensions = [
  'Local policing area',
  'District',
  'Community safety partnership',
  'Crime type',
  'Outcome',
  'Ethnic group',
  'Age group',
  'Sex',
  'Police area',
] as const

/** The dimension of other forces, with which a measure is compared: no part of this one. */
export const comparedDimension: (typeof knownDimensions)[number] = 'Police area'
