import { z } from 'zod'
import { choices, type FieldFault, optionalText, readForm, text, ticked } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import { type Frequency, frequencyWords, parsePeriod, type Period } from '../period.ts'
import type { Words } from './commentary.ts'
import type { Commentary } from './commentary-queries.ts'

export type Typed<T> = { ok: true; value: T } | { ok: false; errors: readonly FieldFault[] }

const wordsShape = {
  words: text('Enter the commentary', 'The commentary', 4000),
  author: text('Enter who wrote it', 'Who wrote it', 200),
  mayPublish: ticked(),
}
const newForm = z.object({
  period: text('Enter the period', 'The period', 50),
  breakdown: optionalText('The part', 200),
  ...wordsShape,
})
const changedForm = z.object(wordsShape)

/** A new commentary as it was typed, or what to do about it. */
export function readNew(
  fields: FormFields,
  frequency: Frequency,
  parts: readonly string[],
): Typed<{ period: Period; breakdown: string; said: Words }> {
  const read = readForm(newForm, fields)
  if (!read.ok) return read
  const { period: typed, breakdown, ...said } = read.value
  const period = parsePeriod(typed)
  if ('fault' in period) return { ok: false, errors: [{ field: 'period', message: period.fault }] }
  if (period.frequency !== frequency) {
    const { one, example } = frequencyWords[frequency]
    return { ok: false, errors: [{ field: 'period', message: `The figures come by ${one}: write it like ${example}` }] }
  }
  if (breakdown !== null && !parts.includes(breakdown)) {
    return { ok: false, errors: [{ field: 'breakdown', message: 'Choose one of the parts, or all of it' }] }
  }
  return { ok: true, value: { period, breakdown: breakdown ?? '', said } }
}

export function readChanged(fields: FormFields): Typed<Words> {
  return readForm(changedForm, fields)
}

/** A stored commentary as the fields of its form. */
export function fieldsOf({ row, stands }: Commentary): FormFields {
  return { words: stands.words, author: stands.author, ...(row.may_publish && { mayPublish: 'yes' }) }
}

/** The organisations that were chosen to have it. */
export function readReceivers(fields: FormFields, offered: readonly string[]): Typed<string[]> {
  const [first, ...others] = offered
  if (first === undefined) return { ok: true, value: [] }
  const read = readForm(z.object({ to: choices('Choose from the list', [first, ...others]) }), fields)
  if (!read.ok) return read
  const { to } = read.value
  if (to.length === 0) return { ok: false, errors: [{ field: 'to', message: 'Choose at least one organisation' }] }
  return { ok: true, value: to }
}
