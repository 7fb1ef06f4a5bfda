import { z } from 'zod'
import { choice, optionalId, optionalText, text, version, wholeNumber } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import { kinds, kindWords, type Measure, polarityWords, units, unitWords } from '../measure.ts'
import { frequencies, frequencyWords } from '../period.ts'
import { readNumber } from '../import/cells.ts'
import type { NewMeasure } from './set-up-measure.ts'

const optionalFigure = z
  .unknown()
  .transform(value => (typeof value === 'string' ? value.trim() : ''))
  .transform((typed, context) => {
    if (typed === '') return null
    const read = readNumber(typed)
    if (typeof read === 'number') return read
    context.addIssue({ code: 'custom', message: 'Enter the target as digits, like 12.5, or leave it empty' })
    return z.NEVER
  })

/** The form in which a measure is set up. */
export const measureForm = z.object({
  title: text('Enter what is measured', 'The title', 150),
  definition: text('Say what exactly is counted', 'The definition', 2000),
  unit: choice('Choose the unit', units),
  kind: choice('Choose the kind of figure', kinds),
  polarity: choice('Choose which way is good', ['increase', 'decrease', 'neutral']),
  frequency: choice('Choose how often it is measured', frequencies),
  decimals: wholeNumber('Enter how many digits after the point, 0 for none', 'The number of digits', 0, 6),
  numerator: optionalText('The numerator', 200),
  denominator: optionalText('The denominator', 200),
  source: text('Say where the figures come from', 'The source', 200),
  target: optionalFigure,
  objective: optionalId('Choose an objective from the list'),
  shift: wholeNumber('Enter how many points make a shift', 'A shift', 2, 30),
  trend: wholeNumber('Enter how many points make a trend', 'A trend', 3, 30),
  near: choice('Choose how two of three points near a limit are read', ['nhs', 'we', 'off']),
})

/** The same for a measure that exists, with the version it was opened at. */
export const changedMeasureForm = measureForm.extend({ version: version() })

/** What was typed as the parts of a measure. */
export function measureOf(areaId: number, typed: z.output<typeof measureForm>): NewMeasure {
  const { shift, trend, near, objective, ...rest } = typed
  return {
    ...rest,
    areaId,
    rules: { shift, trend, near, screening: false },
    objective: objective === null ? null : { areaId, id: objective },
  }
}

/** A stored measure as the fields of the form. */
export function fieldsOf(measure: Measure, objective: string | null): FormFields {
  const { title, definition, unit, kind, polarity, frequency, source } = measure
  return {
    ...{ title, definition, unit, kind, polarity, frequency, source },
    decimals: String(measure.decimals),
    numerator: measure.numerator ?? '',
    denominator: measure.denominator ?? '',
    target: measure.target === null ? '' : String(measure.target),
    objective: objective ?? '',
    shift: String(measure.rules.shift),
    trend: String(measure.rules.trend),
    near: measure.rules.near,
  }
}

/** What an empty form begins with: the rules' defaults. */
export const emptyFields: FormFields = { decimals: '0', shift: '7', trend: '7', near: 'nhs' }

/** What the form's lists offer. */
export const offered = {
  units: units.map(value => ({ value, text: unitWords[value] })),
  kinds: kinds.map(value => ({ value, text: kindWords[value].word, hint: kindWords[value].hint })),
  polarities: (['increase', 'decrease', 'neutral'] as const).map(value => ({ value, text: polarityWords[value] })),
  frequencies: frequencies.map(value => ({
    value,
    text: capital(frequencyWords[value].adverb),
    hint: `Periods are written like ${frequencyWords[value].example}.`,
  })),
  near: [
    { value: 'nhs', text: 'All three on one side of the average, two near the limit (NHS England)' },
    { value: 'we', text: 'Two of three near or beyond the limit, the third anywhere (Western Electric)' },
    { value: 'off', text: 'Do not use this rule' },
  ],
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
