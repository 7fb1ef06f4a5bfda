import { z } from 'zod'
import {
  choice,
  date,
  type FieldFault,
  optionalDate,
  optionalText,
  readForm,
  text,
  ticked,
} from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import type { Frequency } from '../period.ts'
import { frequencyWords, parsePeriod } from '../period.ts'
import type { GivenAnswer } from './asked.ts'
import type { Explanation, WatchUntil } from './deeds.ts'

/** What was typed, or what to do about it. */
export type Typed<T> = { ok: true; value: T } | { ok: false; errors: readonly FieldFault[] }

/** The choice that the explanation is typed here, and does not stand in an answer. */
export const typedHere = 'typed'

const wordsLength = 4000
const reasonLength = 1000

const sourceForm = z.object({ source: text('Choose where the explanation stands', 'The choice') })
const typedForm = z.object({
  words: text('Enter the explanation', 'The explanation', wordsLength),
  saidBy: text('Enter who gave it', 'Who gave it', 200),
  saidOn: date('the date on which it was given'),
  open: ticked(),
})

/**
 * An explanation as it was chosen or typed.
 *
 * @param answers those that may be chosen; where there are none, the form does not ask
 * @param today an explanation cannot have been given after it
 */
export function readExplanation(
  fields: FormFields,
  answers: readonly GivenAnswer[],
  today: Temporal.PlainDate,
): Typed<Explanation> {
  const chosen = readForm(sourceForm, {
    ...fields,
    source: fields['source'] ?? (answers.length === 0 ? typedHere : ''),
  })
  if (!chosen.ok) return chosen
  const answer = answers.find(({ id }) => id === chosen.value.source)
  if (answer !== undefined) {
    const { text: words, by: saidBy, on: saidOn, id: fromRecord, open } = answer
    return { ok: true, value: { words, saidBy, saidOn, fromRecord, open } }
  }
  if (chosen.value.source !== typedHere) {
    return { ok: false, errors: [{ field: 'source', message: 'Choose one of the answers, or type the explanation' }] }
  }
  const read = readForm(typedForm, fields)
  if (!read.ok) return read
  if (Temporal.PlainDate.compare(read.value.saidOn, today) > 0) {
    return {
      ok: false,
      errors: [{ field: 'saidOn', message: 'The date on which it was given must be today or earlier' }],
    }
  }
  return { ok: true, value: { ...read.value, fromRecord: null } }
}

const watchForm = z.object({
  until: choice('Choose until when it is watched', ['day', 'period']),
  day: optionalDate('the day'),
  period: optionalText('The period', 50),
  reason: text('Say why it is watched', 'The reason', reasonLength),
})

/** Until when something is watched and why. */
export function readWatch(fields: FormFields, frequency: Frequency): Typed<{ until: WatchUntil; reason: string }> {
  const read = readForm(watchForm, fields)
  if (!read.ok) return read
  const { until, day, period, reason } = read.value
  if (until === 'day') {
    if (day === null) return { ok: false, errors: [{ field: 'day', message: 'Enter the day' }] }
    return { ok: true, value: { until: { day }, reason } }
  }
  const { one, example } = frequencyWords[frequency]
  if (period === null) return { ok: false, errors: [{ field: 'period', message: `Enter the ${one}, like ${example}` }] }
  const parsed = parsePeriod(period)
  if ('fault' in parsed) return { ok: false, errors: [{ field: 'period', message: parsed.fault }] }
  if (parsed.frequency !== frequency) {
    return { ok: false, errors: [{ field: 'period', message: `The figures come by ${one}: write it like ${example}` }] }
  }
  return { ok: true, value: { until: { period: parsed }, reason } }
}

const reasonForm = z.object({ reason: text('Say why', 'The reason', reasonLength) })
const noteForm = z.object({ reason: optionalText('The note', reasonLength) })

export function readReason(fields: FormFields): Typed<string> {
  const read = readForm(reasonForm, fields)
  return read.ok ? { ok: true, value: read.value.reason } : read
}

export function readNote(fields: FormFields): Typed<string | null> {
  const read = readForm(noteForm, fields)
  return read.ok ? { ok: true, value: read.value.reason } : read
}
