import { z } from 'zod'
import type { OrganisationKind } from '../../../platform/access/viewer.ts'
import {
  choice,
  date,
  optionalDate,
  optionalId,
  optionalText,
  text,
  ticked,
  version,
} from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import { rolesOfKind } from '../../../platform/access/viewer.ts'
import type { GivenTerm } from '../terms.ts'
import type { Person } from './people.ts'

const person = {
  name: text('Enter the name', 'The name', 150),
  named: choice('Choose whether the public may read the name', ['yes', 'no']),
  printed: optionalText('Other spellings', 500),
  about: optionalText('The text about the person', 4000),
}

export const newPersonForm = z.object({ ...person, same: optionalText('The choice') })
export const personForm = z.object({ ...person, version: version() })

/** What was typed of a person, as it is kept. */
export function typedPerson(value: {
  name: string
  named: 'yes' | 'no'
  printed: string | null
}): Omit<Person, 'id' | 'slug'> {
  return {
    name: value.name,
    publicName: value.named === 'yes' ? value.name : null,
    alsoPrinted: (value.printed ?? '')
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== ''),
  }
}

/** The fields of a person's form as they are stored. */
export function personFields(stored: Person, about: string | null): FormFields {
  return {
    name: stored.name,
    named: stored.publicName === null ? 'no' : 'yes',
    printed: stored.alsoPrinted.join('\n'),
    about: about ?? '',
  }
}

/** The times of a term, as forms ask for them. */
export const termFields = {
  started: optionalDate('the day it began'),
  shown: optionalDate('the day they were known to be in post'),
  ended: optionalDate('the last day'),
  unknown: ticked(),
  source: optionalText('The source', 300),
}

/** A term from what was typed. */
export function typedTerm(value: {
  started: Temporal.PlainDate | null
  shown: Temporal.PlainDate | null
  ended: Temporal.PlainDate | null
  unknown: boolean
}): GivenTerm {
  return {
    started: value.started?.toString() ?? null,
    ended: value.ended?.toString() ?? null,
    endUnknown: value.unknown,
    shown: value.shown === null ? [] : [value.shown.toString()],
  }
}

/** The form of a post, with the roles of an organisation's kind. */
export function appointmentForm(kind: OrganisationKind) {
  return z.object({
    role: choice('Choose the role', rolesOfKind[kind]),
    title: text('Enter the title of the post', 'The title', 150),
    ...termFields,
  })
}

export const endForm = z.object({
  ended: date('the last day in the post'),
  successor: optionalId('Choose the successor from the list'),
  why: optionalText('The reason', 500),
})
