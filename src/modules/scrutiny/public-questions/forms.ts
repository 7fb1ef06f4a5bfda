import { z } from 'zod'
import { choice, chosenId, date, optionalText, readForm, text, version } from '../../../platform/web/form.ts'
import type { FieldFault, FormResult } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import type { AtMeeting } from './at-meeting.ts'
import type { Acceptance } from './decide.ts'

type Versioned<T> = T & { version: number }

const acceptSchema = z.object({
  title: text('Enter what the question is about', 'What it is about', 200),
  wishes: choice('Choose how the question is to be put', ['in-person', 'read-out']),
  'late-why': optionalText('Why the chair takes it', 1000),
  version: version(),
})

/** What the clerk typed to accept a question; a late one needs the chair's reason. */
export function readAcceptance(fields: FormFields, late: boolean): FormResult<Versioned<Acceptance>> {
  const read = readForm(acceptSchema, fields)
  if (!read.ok) return read
  const { title, wishes, 'late-why': lateWhy } = read.value
  if (late && lateWhy === null) {
    return faulty(fields, { field: 'late-why', message: 'Say why the chair takes a late question' })
  }
  return { ok: true, value: { title, wishes, lateWhy: late ? lateWhy : null, version: read.value.version } }
}

const faulty = <T>(fields: FormFields, ...errors: FieldFault[]): FormResult<T> => ({ ok: false, errors, fields })

/** The ground on which a question is refused, as one of the body's own, and why it applies. */
export function readRefusal(
  fields: FormFields,
  grounds: readonly string[],
): FormResult<Versioned<{ ground: string; why: string }>> {
  const schema = z.object({
    ground: choice('Choose the ground from the rules of the body', grounds),
    why: text('Say why that ground applies: whoever asked reads it', 'Why that ground applies', 2000),
    version: version(),
  })
  return readForm(schema, fields)
}

/** A deed that needs no more than its reason. */
export const reasonSchema = z.object({ reason: text('Say why', 'The reason', 2000), version: version() })

export const meetingSchema = z.object({ meeting: chosenId('Choose a meeting from the list'), version: version() })

export const versionSchema = z.object({ version: version() })

const putSchema = z.object({
  how: choice('Choose what happened', ['in-person', 'read-out', 'not-put']),
  answered: z.preprocess(value => (value === '' ? undefined : value), z.enum(['now', 'writing']).optional()),
  answer: optionalText('The answer', 10_000),
  by: optionalText('Who answered', 200),
  why: optionalText('Why it was not put', 1000),
  version: version(),
})

/** What happened to a question at its meeting. */
export function readAtMeeting(fields: FormFields): FormResult<Versioned<{ what: AtMeeting }>> {
  const read = readForm(putSchema, fields)
  if (!read.ok) return read
  const { how, answered, answer, by, why, version: seen } = read.value
  if (how === 'not-put') {
    if (why === null) return faulty(fields, { field: 'why', message: 'Say why it was not put' })
    return { ok: true, value: { what: { how, why }, version: seen } }
  }
  if (answered === undefined) {
    return faulty(fields, { field: 'answered', message: 'Choose whether it was answered at the meeting' })
  }
  if (answered === 'writing') return { ok: true, value: { what: { how, answer: 'in-writing' }, version: seen } }
  const missing = answerFaults(answer, by)
  if (answer === null || by === null) return faulty(fields, ...missing)
  return { ok: true, value: { what: { how, answer: { text: answer, by } }, version: seen } }
}

function answerFaults(answer: string | null, by: string | null): FieldFault[] {
  return [
    ...(answer === null ? [{ field: 'answer', message: 'Enter the answer' }] : []),
    ...(by === null ? [{ field: 'by', message: 'Enter who answered, by name and office' }] : []),
  ]
}

export const writtenAnswerSchema = z.object({
  answer: text('Enter the answer', 'The answer', 10_000),
  by: text('Enter who answered, by name and office', 'Who answered', 200),
  on: date('the date of the answer'),
  version: version(),
})

const supplementarySchema = z.object({
  text: text('Enter the supplementary question', 'The supplementary question', 5000),
  answer: optionalText('The answer', 10_000),
  by: optionalText('Who answered', 200),
  version: version(),
})

/** A supplementary question; an answer to it needs who gave it. */
export function readSupplementary(
  fields: FormFields,
): FormResult<Versioned<{ text: string; answer: { text: string; by: string } | null }>> {
  const read = readForm(supplementarySchema, fields)
  if (!read.ok) return read
  const { text: asked, answer, by, version: seen } = read.value
  if (answer === null) return { ok: true, value: { text: asked, answer: null, version: seen } }
  if (by === null) return faulty(fields, ...answerFaults(answer, by))
  return { ok: true, value: { text: asked, answer: { text: answer, by }, version: seen } }
}
