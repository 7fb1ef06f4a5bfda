import { z } from 'zod'
import { choice, type FieldFault, optionalText, readForm, text } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import type { Measure } from '../measure.ts'
import { frequencyWords, parsePeriod, periodText } from '../period.ts'
import type { NewBreak } from './breaks.ts'
import type { HeldBreak } from './breaks-queries.ts'
import { causes } from './words.ts'

export type Typed<T> = { ok: true; value: T } | { ok: false; errors: readonly FieldFault[] }

const breakForm = z.object({
  from: text('Enter the first period after the break', 'The period', 50),
  breakdown: optionalText('The part', 200),
  cause: choice('Choose what changed', causes),
  reason: text('Say what changed and how it is known', 'The reason', 1000),
  rebases: choice('Choose whether new limits begin there', ['yes', 'no']),
})

/** A break as it was typed, or what to do about it. */
export function readBreak(fields: FormFields, measure: Measure, breakdowns: readonly string[]): Typed<NewBreak> {
  const read = readForm(breakForm, fields)
  if (!read.ok) return read
  const { from, breakdown, cause, reason, rebases } = read.value
  const period = parsePeriod(from)
  if ('fault' in period) return { ok: false, errors: [{ field: 'from', message: period.fault }] }
  if (period.frequency !== measure.frequency) {
    const { one, example } = frequencyWords[measure.frequency]
    return { ok: false, errors: [{ field: 'from', message: `The figures come by ${one}: write it like ${example}` }] }
  }
  if (breakdown !== null && !breakdowns.includes(breakdown)) {
    return { ok: false, errors: [{ field: 'breakdown', message: 'Choose one of the parts, or all of them' }] }
  }
  return { ok: true, value: { from: period.start, breakdown, cause, reason, rebases: rebases === 'yes' } }
}

/** A stored break as the fields of the form. */
export function fieldsOf(measure: Measure, held: HeldBreak): FormFields {
  return {
    from: periodText({ frequency: measure.frequency, start: held.from }),
    breakdown: held.breakdown ?? '',
    cause: held.cause,
    reason: held.reason,
    rebases: held.rebases ? 'yes' : 'no',
  }
}

const takeBackForm = z.object({ reason: text('Say why it is taken back', 'The reason', 1000) })

export function readTakingBack(fields: FormFields): Typed<string> {
  const read = readForm(takeBackForm, fields)
  return read.ok ? { ok: true, value: read.value.reason } : read
}
