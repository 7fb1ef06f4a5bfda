import { z } from 'zod'
import { choice, optionalText, text, version } from '../../../../platform/web/form.ts'
import type { FormFields } from '../../../../platform/web/route.ts'
import type { HeldClaim } from '../quality-queries.ts'
import { linesOf } from './enter-claim.ts'
import { claimSorts, type ClaimSort, sortNames } from './claim.ts'

const fields = {
  title: text('Say in your own words what is said', 'What is said', 150),
  paper: text('Say in which paper it stands', 'The paper', 200),
  place: text('Say where in the paper it stands', 'The place', 200),
  sort: choice('Choose what sort of statement it is', sortNames),
  lines: text('Enter what it speaks of, one line each', 'What it speaks of', 8000),
  comment: optionalText('The comment', 2000),
}

/** The form in which a claim is entered. */
export const claimForm = z.object(fields)
export const changedClaimForm = z.object({ ...fields, version: version() })

/** A stored claim as the fields of the form. */
export function fieldsOf(claim: HeldClaim): FormFields {
  const { title, paper, place, sort, comment } = claim
  return { title, paper, place, sort, lines: linesOf(claim), comment: comment ?? '' }
}

/** The sorts, as the first page offers them. */
export const offeredSorts = sortNames.map(name => ({
  value: name,
  text: claimSorts[name].word,
  hint: claimSorts[name].example,
}))

/** What the lines of a sort begin with, for the page on which they are typed. */
export function helpFor(sort: ClaimSort) {
  return {
    word: claimSorts[sort].word,
    roles: claimSorts[sort].roles.map(({ role, hint, takes, least }) => ({
      role,
      hint,
      needed: least > 0,
      example: examples[takes],
    })),
  }
}

const examples = {
  value: '£11.7m, or M-2018-03 2017/18 Q1',
  pair: '15.3% to 22.2%, or M-2018-03 "North" 2016/17 to 2017/18',
  text: 'as it is printed',
} as const
