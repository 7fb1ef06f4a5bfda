import type { Figure } from '../../series-data.ts'
import { nextPeriod, type Frequency, periodText } from '../../period.ts'
import type { Kind } from '../../measure.ts'
import {
  byPeriod,
  called,
  type Finding,
  finding,
  type MeasureFigures,
  named,
  numberText,
  otherPeriods,
  type QualityMeasure,
  type QualitySeries,
  type Rule,
  sourceOf,
} from '../finding.ts'
import { isChange } from '../kindred.ts'
import { sumOf, verdictOnMean, verdictOnShare, verdictOnSum } from '../precision.ts'
import type { Verdict } from '../verdicts.ts'

const name = 'year-of-periods'

/** How many periods of a shorter kind make one of a longer. */
const within: Partial<Record<Frequency, Partial<Record<Frequency, number>>>> = {
  year: { quarter: 4, month: 12 },
  quarter: { month: 3 },
}
const added: readonly Kind[] = ['count', 'money']

/**
 * A year's total that its quarters do not add up to, or a year's average that is not theirs (84.25 against 84.225),
 * where the year and its quarters are two measures of one name.
 */
export const yearOfPeriods: Rule = {
  name,
  inWords: 'The total or average of a year is not that of its months or quarters.',
  find: subject =>
    subject.kindred
      .filter(finer => comparable(subject.measure, finer.measure))
      .flatMap(finer => subject.series.flatMap(series => lookAt(subject, series, finer))),
}

function comparable(whole: QualityMeasure, part: QualityMeasure): boolean {
  if (isChange(whole) || isChange(part) || whole.unit !== part.unit || whole.kind !== part.kind) return false
  return within[whole.frequency]?.[part.frequency] !== undefined
}

interface Off {
  verdict: Verdict
  stated: Figure
  parts: readonly Figure[]
  comesTo: number
}

function lookAt(whole: MeasureFigures, series: QualitySeries, finer: MeasureFigures): Finding[] {
  const { measure } = whole
  const source = sourceOf(measure, series.source)
  const same = finer.series.filter(each => each.breakdown === series.breakdown)
  const alone = same.length === 1 && whole.series.filter(each => each.breakdown === series.breakdown).length === 1
  // A year from one source and its quarters from another are of two vintages, which is said where the years differ.
  const parts = same.find(each => sourceOf(finer.measure, each.source) === source) ?? (alone ? same[0] : undefined)
  if (parts === undefined) return []
  const off = series.figures.flatMap(stated => checkYear(measure, stated, finer.measure, parts))
  return [...Map.groupBy(off, each => each.verdict)].map(([verdict, found]) => {
    const last = found.at(-1)
    const stated = last === undefined ? undefined : named(measure, series, last.stated)
    const what = added.includes(measure.kind) ? 'add up to' : 'come to an average of'
    const comesTo = numberText({ ...measure, decimals: 0 }, Math.round((last?.comesTo ?? 0) * 1e6) / 1e6)
    const sentence =
      `${called(measure, series.breakdown)}, ${stated?.periodWords ?? ''}: the figures of its ` +
      `${finer.measure.frequency}s ${what} ${comesTo}; “${source}” gives ${stated?.text ?? ''}.` +
      otherPeriods(found.length)
    const figures = [
      ...(stated === undefined ? [] : [stated]),
      ...(last?.parts.map(part => named(finer.measure, parts, part)) ?? []),
    ]
    const where = [series.breakdown, series.source, finer.measure.id, parts.source]
    return finding(name, verdict, measure, where, sentence, figures)
  })
}

function checkYear(measure: QualityMeasure, stated: Figure, finer: QualityMeasure, series: QualitySeries): Off[] {
  const parts = partsOf(stated, finer.frequency, series)
  if (stated.value === null || parts === null) return []
  const values = parts.map(part => part.value ?? 0)
  if (added.includes(measure.kind)) {
    const counted = measure.unit === 'count' || measure.unit === 'money'
    const verdict = verdictOnSum(values, stated.value, counted)
    if (verdict !== 'inconsistent-beyond-rounding') return []
    const vintages = parts.some(part => part.asAt !== null && stated.asAt !== null && !part.asAt.equals(stated.asAt))
    return [{ verdict: vintages ? 'different-vintages' : verdict, stated, parts, comesTo: sumOf(values) }]
  }
  if (measure.kind !== 'proportion') return []
  const numerators = parts.flatMap(part => part.numerator ?? [])
  const denominators = parts.flatMap(part => part.denominator ?? [])
  const weighted = numerators.length === parts.length && denominators.length === parts.length
  const [top, base] = [sumOf(numerators), sumOf(denominators)]
  const verdict = weighted ? verdictOnShare(top, base, stated.value) : verdictOnMean(values, stated.value)
  const comesTo = weighted ? (100 * top) / base : sumOf(values) / values.length
  return verdict === 'inconsistent' ? [{ verdict, stated, parts, comesTo }] : []
}

/** Every period of the shorter kind within one of the longer; null if any has no figure. */
function partsOf(whole: Figure, frequency: Frequency, series: QualitySeries): Figure[] | null {
  const figures = byPeriod(series)
  const parts: Figure[] = []
  let period = { frequency, start: whole.period.start }
  for (let i = within[whole.period.frequency]?.[frequency] ?? 0; i > 0; i--) {
    const figure = figures.get(periodText(period))
    if (figure?.value == null) return null
    parts.push(figure)
    period = nextPeriod(period)
  }
  return parts
}
