import { z } from 'zod'
import {
  choice,
  choices,
  date,
  optionalChoice,
  optionalId,
  optionalText,
  optionalWebAddress,
  text,
  version,
  wholeNumber,
} from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import { roles } from '../../../platform/access/viewer.ts'
import { termFields } from '../people/forms.ts'
import type { BodyParts } from './add-body.ts'
import type { Body } from './bodies.ts'
import { bodyForms, capacities } from './words.ts'

/** The quorum may be left out: then it is not known. */
const quorum = z.preprocess(
  value => (typeof value === 'string' && value.trim() === '' ? undefined : value),
  z.union([z.undefined(), wholeNumber('Enter the quorum as a number, like 5', 'The quorum', 1, 1000)], {
    error: 'The quorum must be a whole number, like 5; leave it empty if it is not known',
  }),
)

/** @param sides ids of the organisations that may be chosen as attending */
export function bodyForm(sides: readonly string[]) {
  return z.object({
    name: text('Enter the name of the body', 'The name', 200),
    form: choice('Choose what kind of body it is', bodyForms),
    state: choice('Choose whether it still meets', ['standing', 'dissolved']),
    purpose: optionalText('The purpose', 2000),
    terms: optionalText('The terms of reference', 20_000),
    quorum,
    frequency: optionalText('How often it meets', 200),
    chairing: optionalText('Who chairs it', 200),
    sides: choices('Choose organisations from the list', sides),
    ask: optionalText('How to ask a question', 2000),
    complain: optionalText('How to complain', 2000),
    register: optionalWebAddress(),
  })
}

/** The same, with the version that the person saw. */
export function changeBodyForm(sides: readonly string[]) {
  return bodyForm(sides).extend({ version: version() })
}

/** What was typed of a body, as it is kept. */
export function typedBody(
  value: z.output<ReturnType<typeof bodyForm>>,
): BodyParts & { name: string; state: 'standing' | 'dissolved' } {
  return {
    name: value.name,
    state: value.state,
    form: value.form,
    purpose: value.purpose,
    termsOfReference: value.terms,
    quorum: value.quorum ?? null,
    frequency: value.frequency,
    chairing: value.chairing,
    howToAsk: value.ask,
    howToComplain: value.complain,
    interestsRegister: value.register,
    sides: value.sides,
  }
}

/** The fields of a body's form as they are stored. */
export function bodyFields(body: Body): FormFields {
  return {
    name: body.name,
    form: body.form,
    state: body.state,
    purpose: body.purpose ?? '',
    terms: body.termsOfReference ?? '',
    quorum: body.quorum === null ? '' : String(body.quorum),
    frequency: body.frequency ?? '',
    chairing: body.chairing ?? '',
    sides: body.sides,
    ask: body.howToAsk ?? '',
    complain: body.howToComplain ?? '',
    register: body.interestsRegister ?? '',
  }
}

export const membershipForm = z.object({
  person: optionalId('Choose the person from the list'),
  organisation: optionalId('Choose the organisation from the list'),
  role: optionalChoice('Choose the role from the list', roles),
  capacity: choice('Choose in what capacity they sit', capacities),
  title: optionalText('The title', 150),
  authority: optionalText('The authority', 200),
  substitute: optionalId('Choose the member from the list'),
  ...termFields,
})

export const endMembershipForm = z.object({ ended: date('the last day as a member') })
