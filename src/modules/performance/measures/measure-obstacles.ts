import { checkRules, defaultRules } from '../analysis/process-control.ts'
import { type ChartChoice, type Measure, refusalOfKind } from '../measure.ts'
import type { NewMeasure } from './set-up-measure.ts'

/** A part of a measure that does not fit the others: the field it is typed in, and why. */
export interface MeasureObstacle {
  field: keyof NewMeasure
  reason: string
}

/** What in a measure does not fit together, in words. Pure. */
export function measureObstacles(made: NewMeasure): MeasureObstacle[] {
  return [...kindObstacles(made), ...chartObstacles(made), ...peopleObstacles(made), ...aimObstacles(made)]
}

function kindObstacles(made: NewMeasure): MeasureObstacle[] {
  const found: MeasureObstacle[] = []
  if (made.title.startsWith('='))
    found.push({ field: 'title', reason: 'The title must not begin with an equals sign.' })
  if (made.kind === 'proportion' && made.unit !== 'percent')
    found.push({ field: 'unit', reason: 'A proportion is given in per cent.' })
  if (made.kind === 'money' && made.unit !== 'money')
    found.push({ field: 'unit', reason: 'A measure of money is given in pounds.' })
  if (made.per != null && made.kind !== 'rate')
    found.push({ field: 'per', reason: 'Only a rate is given for so many people. Leave it empty for other figures.' })
  return found
}

/** Which kinds a chart fits (performance.md A2); the others are fitted by any kind that the rules read at all. */
const chartKinds: Partial<Record<ChartChoice, { kind: Measure['kind']; reason: string }>> = {
  poisson: { kind: 'count', reason: 'Limits for small counts fit only a count.' },
  p: { kind: 'proportion', reason: 'A p chart fits only a proportion with its denominator.' },
  u: { kind: 'rate', reason: 'A u chart fits only a rate with its denominator.' },
}

function chartObstacles(made: NewMeasure): MeasureObstacle[] {
  const found: MeasureObstacle[] = []
  const { chart = 'auto' } = made
  const fits = chartKinds[chart]
  const refusal = chart === 'auto' || chart === 'none' ? null : refusalOfKind(made.kind)
  if (refusal !== null) found.push({ field: 'chart', reason: `${refusal} Choose “automatic” or “none”.` })
  else if (fits !== undefined && fits.kind !== made.kind) found.push({ field: 'chart', reason: fits.reason })
  if (made.seasonal === true && made.frequency === 'year')
    found.push({ field: 'seasonal', reason: 'Figures of whole years have no season.' })
  try {
    checkRules({ ...defaultRules, ...made.rules })
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault
    found.push({ field: 'rules', reason: fault.message })
  }
  return found
}

function peopleObstacles(made: NewMeasure): MeasureObstacle[] {
  const found: MeasureObstacle[] = []
  if (made.basis != null && made.kind !== 'stock')
    found.push({
      field: 'basis',
      reason: 'Posts, working time and people are bases of a stock. Leave this out for other figures.',
    })
  if (made.basis != null && made.unit !== 'count')
    found.push({ field: 'basis', reason: 'Posts, working time and people are counted: the unit is a count.' })
  if (made.disclosure != null && made.unit !== 'count')
    found.push({
      field: 'disclosure',
      reason: 'Small numbers are hidden in counts. A share, a rate or money counts nobody.',
    })
  return found
}

function aimObstacles(made: NewMeasure): MeasureObstacle[] {
  const found: MeasureObstacle[] = []
  const { target = null, bandLow = null, bandHigh = null } = made
  if (bandLow !== null && bandHigh !== null && bandLow > bandHigh)
    found.push({ field: 'bandLow', reason: 'The lower end of the band lies above its upper end.' })
  if (made.kind === 'grade' && [target, bandLow, bandHigh].some(each => each !== null))
    found.push({ field: 'target', reason: 'A grade is no number, so it has no target in figures.' })
  if (made.kind === 'proportion') {
    for (const [field, value] of Object.entries({ target, bandLow, bandHigh }))
      if (value !== null && (value < 0 || value > 100))
        found.push({ field: field as 'target', reason: 'A share lies between 0 and 100%.' })
  }
  return found
}

/** What may no longer be changed because figures are held. Pure. */
export function changeObstacles(before: Measure, changed: NewMeasure, figuresHeld: boolean): MeasureObstacle[] {
  if (!figuresHeld) return []
  const fixed = [
    { field: 'unit', reason: 'Figures are held in this unit. Set up another measure for another unit.' },
    { field: 'kind', reason: 'Figures are held of this kind. Set up another measure for another kind.' },
    { field: 'frequency', reason: 'Figures are held for these periods. Set up another measure for others.' },
  ] as const
  return fixed.filter(({ field }) => before[field] !== changed[field])
}
