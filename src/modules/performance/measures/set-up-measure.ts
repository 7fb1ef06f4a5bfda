import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { londonDate } from '../../../platform/time.ts'
import { link } from '../../../record/links.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import { defaultRules } from '../analysis/process-control.ts'
import { raiseExceptions } from '../exceptions/raise-exceptions.ts'
import type { Measure } from '../measure.ts'
import { findMeasures, hasFigures, insertMeasure, updateMeasure, seriesOf } from '../queries.ts'
import { changeObstacles, type MeasureObstacle, measureObstacles } from './measure-obstacles.ts'

/** What a measure is made of. Left out: decimals by its unit, no target, the default rules, holder the maker's. */
export type NewMeasure = Pick<Measure, 'areaId' | 'title' | 'unit' | 'kind' | 'polarity' | 'frequency'> &
  Pick<Measure, 'definition' | 'source'> &
  Partial<Pick<Measure, 'decimals' | 'numerator' | 'denominator' | 'target' | 'rules'>> &
  Partial<
    Pick<Measure, 'per' | 'basis' | 'bandLow' | 'bandHigh' | 'chart' | 'seasonal' | 'settling' | 'disclosure'>
  > & {
    reference?: string
    holders?: readonly string[]
    dated?: Temporal.PlainDate
    /** The objective it measures, where there is one. */
    objective?: RecordKey | null
  }

/** The digits after the point that figures of a unit usually have. */
const usualDecimals: Record<Measure['unit'], number> = { count: 0, rate: 1, percent: 1, points: 1, money: 0 }

/**
 * Sets up a measure: its record, what it is, and the objective it measures.
 *
 * @throws Refusal where its parts do not fit together
 */
export async function setUpMeasure(trx: Trx, act: Act, made: NewMeasure): Promise<RecordHead> {
  const reasons = reasonsOf(measureObstacles(made))
  if (reasons.length > 0) throw new Refusal(reasons)
  const record = await createRecord(trx, act, {
    areaId: made.areaId,
    kind: 'measure',
    title: made.title,
    state: 'in-use',
    searchText: `${made.definition} ${made.source}`,
    ...(made.reference !== undefined && { reference: made.reference }),
    ...(made.holders !== undefined && { holders: made.holders }),
    ...(made.dated !== undefined && { dated: made.dated }),
  })
  const row = { area_id: made.areaId, id: record.id, ...columnsOf(made, londonDate(act.now)) }
  await insertMeasure(trx, row)
  if (made.objective) await link(trx, act, record, 'measures', { ...made.objective, kind: 'objective' })
  return record
}

/**
 * Changes what a measure is. Its unit, kind and frequency stay once it has figures: figures of another unit need a
 * measure of their own. Changed rules hold from today, and its figures are read by them at once; what was published
 * before keeps its own. What `changes` leaves out stays as it is.
 *
 * @param version the version of the record that the person saw
 */
export async function changeMeasure(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number | null,
  changes: NewMeasure,
): Promise<RecordHead> {
  const [before] = await findMeasures(trx, key.areaId, [key.id])
  if (before === undefined) throw new Refusal(['This measure is not there any more.'])
  const changed = { ...before, ...changes }
  const figuresHeld = await hasFigures(trx, key)
  const reasons = reasonsOf([...measureObstacles(changed), ...changeObstacles(before, changed, figuresHeld)])
  if (reasons.length > 0) throw new Refusal(reasons)
  const { title, definition, source } = changed
  const record = await changeRecord(
    trx,
    act,
    key,
    version,
    { title, searchText: `${definition} ${source}` },
    { kind: 'changed', details: { measure: whatDiffers(before, changes) } },
  )
  const rulesChanged = JSON.stringify(before.rules) !== JSON.stringify(changed.rules)
  await updateMeasure(trx, key, columnsOf(changed, rulesChanged ? londonDate(act.now) : before.rulesSince))
  if (changes.objective) await link(trx, act, record, 'measures', { ...changes.objective, kind: 'objective' })
  const series = await seriesOf(trx, key.areaId, [key.id])
  await raiseExceptions(
    trx,
    act,
    key.areaId,
    series.map(({ id }) => id),
  )
  return record
}

/** The reasons of a refusal, for callers that have no form. */
const reasonsOf = (obstacles: readonly MeasureObstacle[]): string[] => obstacles.map(({ reason }) => reason)

function whatDiffers(before: Measure, changed: NewMeasure): Record<string, { from: unknown; to: unknown }> {
  const old: Record<string, unknown> = { ...before }
  return Object.fromEntries(
    Object.entries(changed)
      .filter(([name, to]) => name !== 'objective' && JSON.stringify(old[name]) !== JSON.stringify(to))
      .map(([name, to]) => [name, { from: old[name] ?? null, to }]),
  )
}

function columnsOf(made: NewMeasure, rulesSince: Temporal.PlainDate) {
  const rules = { ...defaultRules, ...made.rules }
  return {
    unit: made.unit,
    kind: made.kind,
    polarity: made.polarity,
    frequency: made.frequency,
    decimals: made.decimals ?? usualDecimals[made.unit],
    numerator: made.numerator ?? null,
    denominator: made.denominator ?? null,
    definition: made.definition,
    source: made.source,
    per: made.per ?? null,
    basis: made.basis ?? null,
    target: made.target ?? null,
    band_low: made.bandLow ?? null,
    band_high: made.bandHigh ?? null,
    chart: made.chart ?? ('auto' as const),
    seasonal: made.seasonal ?? false,
    settling: made.settling ?? 0,
    disclosure: made.disclosure ?? null,
    shift_points: rules.shift,
    trend_points: rules.trend,
    near_rule: rules.near,
    screening: rules.screening,
    rules_since: rulesSince,
  }
}
