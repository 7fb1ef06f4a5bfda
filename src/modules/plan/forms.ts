import { z } from 'zod'
import { choice, date, optionalDate, optionalText, text, version, wholeNumber } from '../../platform/web/form.ts'
import { dateFields } from '../../platform/web/form.ts'
import type { FormFields } from '../../platform/web/route.ts'
import type { Objective, Plan } from './plans.ts'
import { progressWords } from './rules.ts'

/** A year that may be left out. */
function optionalYear(which: string) {
  const ask = `Enter the ${which} as four figures, like 2026; leave it empty if it is not known`
  return z.preprocess(
    value => (typeof value === 'string' && value.trim() === '' ? undefined : value),
    z.union([z.undefined(), wholeNumber(ask, `The ${which}`, 1900, 2999)], { error: ask }),
  )
}

const plan = {
  title: text('Enter the title of the plan', 'The title', 200),
  first: optionalYear('first year'),
  last: optionalYear('last year'),
  issued: optionalDate('the day it was issued'),
  vision: optionalText('The vision', 2000),
}

export const newPlanForm = z.object(plan)
export const planForm = z.object({ ...plan, version: version() })

/** What was typed of a plan, as it is kept. */
export function typedPlan(
  value: z.output<typeof newPlanForm>,
): Pick<Plan, 'title' | 'firstYear' | 'lastYear' | 'issuedOn' | 'vision'> {
  return {
    title: value.title,
    firstYear: value.first ?? null,
    lastYear: value.last ?? null,
    issuedOn: value.issued,
    vision: value.vision,
  }
}

/** The fields of a plan's form as they are stored. */
export function planFields(stored: Plan): FormFields {
  const year = (value: number | null) => (value === null ? '' : String(value))
  return {
    title: stored.title,
    first: year(stored.firstYear),
    last: year(stored.lastYear),
    vision: stored.vision ?? '',
    ...dateFields('issued', stored.issuedOn),
  }
}

const objective = {
  number: wholeNumber('Enter the number of the objective', 'The number', 1, 99),
  title: text('Enter the objective', 'The objective', 300),
  aim: optionalText('The aim', 4000),
}

export const newObjectiveForm = z.object(objective)
export const objectiveForm = z.object({ ...objective, version: version() })

/** The fields of an objective's form as they are stored. */
export function objectiveFields(stored: Objective): FormFields {
  return { number: String(stored.number), title: stored.title, aim: stored.aim ?? '' }
}

export const progressForm = z.object({
  word: choice('Choose how it goes', progressWords),
  sentence: text('Say in a sentence how it goes', 'The sentence', 500),
  dated: date('the day this speaks of'),
})
