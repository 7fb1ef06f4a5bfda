import { z } from 'zod'
import { optionalText, readForm, text, version } from '../../../platform/web/form.ts'
import type { FieldFault, FormResult } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import { chosenParty, valueOf } from '../parties.ts'
import type { PartyOption } from '../parties.ts'
import type { Challenge } from './queries.ts'
import type { ChallengeDraft } from './send.ts'

/** How many subjects the form has room for; empty ones are left out. */
export const roomForSubjects = 8

const shape = {
  title: text('Enter a title for the challenge', 'The title', 200),
  answerer: text('Choose whom you challenge', 'Whom you challenge'),
  letter: optionalText('The letter', 50_000),
}
const newSchema = z.object(shape)
const changeSchema = z.object({ ...shape, version: version() })

export type TypedChallenge = Omit<ChallengeDraft, 'asker'>

/** What was typed into the form of a new challenge. */
export function readChallenge(fields: FormFields, answerers: readonly PartyOption[]): FormResult<TypedChallenge> {
  const read = readForm(newSchema, fields)
  return read.ok ? typedChallenge(read.value, fields, answerers) : read
}

/** The same for a draft that there is already. */
export function readChangedChallenge(
  fields: FormFields,
  answerers: readonly PartyOption[],
): FormResult<TypedChallenge & { version: number }> {
  const read = readForm(changeSchema, fields)
  if (!read.ok) return read
  const made = typedChallenge(read.value, fields, answerers)
  return made.ok ? { ok: true, value: { ...made.value, version: read.value.version } } : made
}

function typedChallenge(
  typed: z.output<typeof newSchema>,
  fields: FormFields,
  answerers: readonly PartyOption[],
): FormResult<TypedChallenge> {
  const answerer = chosenParty(answerers, typed.answerer)
  const { subjects, errors } = readSubjects(fields)
  if (answerer === null) errors.unshift({ field: 'answerer', message: 'Choose whom you challenge' })
  if (answerer === null || errors.length > 0) return { ok: false, errors, fields }
  return { ok: true, value: { title: typed.title, letter: typed.letter ?? '', answerer, subjects } }
}

function readSubjects(fields: FormFields) {
  const subjects: { heading: string; asks: string | null }[] = []
  const errors: FieldFault[] = []
  for (let number = 1; number <= roomForSubjects; number += 1) {
    const heading = single(fields[`subject-${number}`])
    const asks = single(fields[`asks-${number}`])
    if (heading.length > 200)
      errors.push({ field: `subject-${number}`, message: 'A subject must be 200 characters or fewer' })
    if (heading === '' && asks !== '') {
      errors.push({ field: `subject-${number}`, message: `Enter subject ${number}, or take away what is asked of it` })
    }
    if (heading !== '') subjects.push({ heading, asks: asks === '' ? null : asks })
  }
  return { subjects, errors }
}

function single(value: FormFields[string]): string {
  const last = typeof value === 'string' ? value : value?.at(-1)
  return (last ?? '').replaceAll('\r\n', '\n').trim()
}

/** A challenge as the fields of its form. */
export function challengeFields(
  { head, row, subjects, answerer }: Challenge,
  answerers: readonly PartyOption[],
): FormFields {
  const fields: Record<string, string> = {
    title: head.title,
    letter: row.letter,
    answerer: valueOf(answerers, answerer),
  }
  for (const { number, heading, asks } of subjects) {
    fields[`subject-${number}`] = heading
    fields[`asks-${number}`] = asks ?? ''
  }
  return fields
}
