import { z } from 'zod'
import { choice, choices, optionalText, text } from '../../../../platform/web/form.ts'
import { addingWords } from './words.ts'

const addings = ['to-the-whole', 'several-answers', 'not'] as const

/** A dimension and whether its parts add up. */
export const dimensionForm = z.object({
  dimension: text('Enter what the measure is broken down by', 'The dimension', 80),
  adding: choice('Choose whether the parts add up to the whole', addings),
})

/** One breakdown at its place. */
export const breakdownForm = z.object({
  name: text('Enter the breakdown as files of figures name it', 'The breakdown', 200),
  dimension: text('Choose what it is a part by', 'The dimension', 80),
  parent: optionalText('The larger part', 200),
})

/** Several breakdowns that files brought, described at once. */
export const undescribedForm = (names: readonly string[]) =>
  z.object({
    names: choices('Choose breakdowns from the list', names).refine(chosen => chosen.length > 0, {
      error: 'Tick the breakdowns that belong together',
    }),
    into: text('Choose what they are parts by', 'The dimension', 80),
    within: optionalText('The larger part', 200),
  })

/** The name of what is to be taken out. */
export const removalForm = z.object({ name: text('Choose what to take out', 'The name', 200) })

export const offeredAddings = addings.map(value => ({
  value,
  text: addingWords[value].word,
  hint: addingWords[value].hint,
}))
