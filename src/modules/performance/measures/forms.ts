import { z } from 'zod'
import {
  choice,
  optionalChoice,
  optionalId,
  optionalText,
  text,
  version,
  wholeNumber,
} from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import { readNumber } from '../import/cells.ts'
import { bases, chartChoices, kinds, type Measure, units } from '../measure.ts'
import { frequencies } from '../period.ts'
import type { MeasureObstacle } from './measure-obstacles.ts'
import type { NewMeasure } from './set-up-measure.ts'

/** A figure that may be left out. `what` within a sentence: "the target". */
function optionalFigure(what: string) {
  return z
    .unknown()
    .transform(value => (typeof value === 'string' ? value.trim() : ''))
    .transform((typed, context) => {
      if (typed === '') return null
      const read = readNumber(typed)
      if (typeof read === 'number') return read
      context.addIssue({ code: 'custom', message: `Enter ${what} as digits, like 12.5, or leave it empty` })
      return z.NEVER
    })
}

/** A whole number that may be left out. */
function optionalWhole(ask: string, what: string, least: number, most: number) {
  const whole = wholeNumber(ask, what, least, most)
  return z.preprocess(value => (typeof value === 'string' && value.trim() === '' ? null : value), z.null().or(whole))
}

const yesOrNo = ['yes', 'no'] as const

/** What every form of a measure asks. */
const always = {
  title: text('Enter what is measured', 'The title', 150),
  definition: text('Say what exactly is counted', 'The definition', 2000),
  unit: choice('Choose the unit', units),
  kind: choice('Choose the kind of figure', kinds),
  polarity: choice('Choose which way is good', ['increase', 'decrease', 'neutral']),
  frequency: choice('Choose how often it is measured', frequencies),
  source: text('Say where the figures come from', 'The source', 200),
}

/** What a form may leave out: then it stays as it is. */
const whereShown = {
  decimals: wholeNumber('Enter how many digits after the point, 0 for none', 'The number of digits', 0, 6).optional(),
  numerator: optionalText('What is counted', 200).optional(),
  denominator: optionalText('What it is out of', 200).optional(),
  per: optionalWhole('Enter a number, like 1000', 'The number that a rate is given for', 1, 10_000_000).optional(),
  basis: optionalChoice('Choose what the stock counts', bases).optional(),
  objective: optionalId('Choose an objective from the list').optional(),
  target: optionalFigure('the target').optional(),
  bandLow: optionalFigure('the lower end').optional(),
  bandHigh: optionalFigure('the upper end').optional(),
  disclosure: optionalWhole('Enter a number, like 5, or leave it empty', 'The number', 2, 100).optional(),
  settling: wholeNumber('Enter how many periods, 0 for none', 'The number of periods', 0, 24).optional(),
  seasonal: choice('Choose whether the figures follow the year', yesOrNo).optional(),
  chart: choice('Choose a chart', chartChoices).optional(),
  shift: wholeNumber('Enter how many points make a shift', 'A shift', 2, 30).optional(),
  trend: wholeNumber('Enter how many points make a trend', 'A trend', 3, 30).optional(),
  near: choice('Choose how two of three points near a limit are read', ['nhs', 'we', 'off']).optional(),
  screening: choice('Choose whether extreme jumps are left out', yesOrNo).optional(),
}

/** The form in which a measure is set up. */
export const measureForm = z.object({ ...always, ...whereShown })

/** The same for a measure that exists, with the version it was opened at. */
export const changedMeasureForm = measureForm.extend({ version: version() })

type Typed = z.output<typeof measureForm>

/**
 * What was typed as the parts of a measure. What the form did not show is left out, so that it stays as it is.
 *
 * @param rules those that hold now, for the ones that the form did not show
 */
export function measureOf(areaId: number, typed: Typed, rules: Measure['rules']): NewMeasure {
  const { title, definition, unit, kind, polarity, frequency, source, objective } = typed
  return {
    ...{ areaId, title, definition, unit, kind, polarity, frequency, source },
    ...shown(typed, ['decimals', 'numerator', 'denominator', 'per', 'basis', 'target', 'bandLow', 'bandHigh']),
    ...shown(typed, ['disclosure', 'settling', 'chart']),
    ...(typed.seasonal !== undefined && { seasonal: typed.seasonal === 'yes' }),
    ...(objective !== undefined && { objective: objective === null ? null : { areaId, id: objective } }),
    rules: rulesOf(typed, rules),
  }
}

/** Of some fields those that were shown. */
function shown<Name extends keyof Typed>(
  typed: Typed,
  names: readonly Name[],
): { [Each in Name]?: Exclude<Typed[Each], undefined> } {
  const found: { [Each in Name]?: Exclude<Typed[Each], undefined> } = {}
  for (const name of names) {
    const value = typed[name]
    if (value !== undefined) found[name] = value as Exclude<Typed[Name], undefined>
  }
  return found
}

function rulesOf(typed: Typed, rules: Measure['rules']): Measure['rules'] {
  return {
    shift: typed.shift ?? rules.shift,
    trend: typed.trend ?? rules.trend,
    near: typed.near ?? rules.near,
    screening: typed.screening === undefined ? rules.screening : typed.screening === 'yes',
  }
}

/** Obstacles as faults of the fields they were typed in; the rules of process control belong to the shift. */
export function faultsOf(obstacles: readonly MeasureObstacle[]): FieldFault[] {
  return obstacles.map(({ field, reason }) => ({ field: field === 'rules' ? 'shift' : field, message: reason }))
}

const shownNumber = (value: number | null): string => (value === null ? '' : String(value))

/** A stored measure as the fields of the form. */
export function fieldsOf(measure: Measure, objective: string | null): FormFields {
  const { title, definition, unit, kind, polarity, frequency, source, chart } = measure
  return {
    ...{ title, definition, unit, kind, polarity, frequency, source, chart },
    decimals: String(measure.decimals),
    numerator: measure.numerator ?? '',
    denominator: measure.denominator ?? '',
    per: shownNumber(measure.per),
    basis: measure.basis ?? '',
    target: shownNumber(measure.target),
    bandLow: shownNumber(measure.bandLow),
    bandHigh: shownNumber(measure.bandHigh),
    disclosure: shownNumber(measure.disclosure),
    settling: String(measure.settling),
    seasonal: measure.seasonal ? 'yes' : 'no',
    objective: objective ?? '',
    shift: String(measure.rules.shift),
    trend: String(measure.rules.trend),
    near: measure.rules.near,
    screening: measure.rules.screening ? 'yes' : 'no',
  }
}

/** What an empty form begins with: the rules' defaults. */
export const emptyFields: FormFields = {
  ...{ decimals: '0', settling: '0', seasonal: 'no', chart: 'auto', basis: '' },
  ...{ shift: '7', trend: '7', near: 'nhs', screening: 'no' },
}
