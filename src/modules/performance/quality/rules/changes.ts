import { verdictOnPercent, verdictOnPoints } from '../../analysis/change.ts'
import { periodText } from '../../period.ts'
import type { Figure } from '../../series-data.ts'
import {
  byPeriod,
  called,
  type Finding,
  finding,
  type MeasureFigures,
  named,
  otherPeriods,
  type QualityMeasure,
  type QualitySeries,
  type Rule,
  sourceOf,
} from '../finding.ts'
import { isChange } from '../kindred.ts'
import { finestStep, halfDigit, stepOf } from '../precision.ts'
import type { Verdict } from '../verdicts.ts'

const name = 'changes'

/**
 * A stated change, in per cent or percentage points, that the figures it is a change of do not bear out, allowing for
 * rounding (performance.md A7); or that only figures as at another date could (A12: +12% on the year before).
 */
export const changes: Rule = {
  name,
  inWords: 'A stated change does not follow from the figures before and after, allowing for rounding.',
  find(subject) {
    if (!isChange(subject.measure)) return []
    const bases = subject.kindred.filter(each => !isChange(each.measure))
    return subject.series.flatMap(series => bases.flatMap(base => lookAt(subject.measure, series, base)))
  },
}

interface Pair {
  earlier: Figure
  later: Figure
  earlierSeries: QualitySeries
  laterSeries: QualitySeries
}

interface Off extends Pair {
  verdict: Verdict
  stated: Figure
}

function lookAt(measure: QualityMeasure, series: QualitySeries, base: MeasureFigures): Finding[] {
  if (base.measure.frequency !== measure.frequency) return []
  const off = series.figures.flatMap(stated => {
    const found = check(measure, series, stated, base)
    return found === null ? [] : [found]
  })
  return [...Map.groupBy(off, each => each.verdict)].map(([verdict, found]) => {
    const last = found.at(-1)
    if (last === undefined) return finding(name, verdict, measure, [], '', [])
    const stated = named(measure, series, last.stated)
    const earlier = named(base.measure, last.earlierSeries, last.earlier)
    const later = named(base.measure, last.laterSeries, last.later)
    const sentence =
      `${called(measure, series.breakdown)}, ${stated.periodWords}: stated as ${stated.text} in “${stated.source}”; ` +
      `from ${earlier.text} (${earlier.periodWords}) to ${later.text} (${later.periodWords}) is ` +
      `${changeInWords(base.measure, last)}.${otherPeriods(found.length)}`
    const where = [series.breakdown, series.source, base.measure.id]
    return finding(name, verdict, measure, where, sentence, [stated, earlier, later])
  })
}

function changeInWords(base: QualityMeasure, { earlier, later }: Pair): string {
  const [before, after] = [earlier.value ?? 0, later.value ?? 0]
  const percent = before === 0 ? null : 100 * (after / before - 1)
  const relative = percent === null ? '' : `${signed(percent, 1)}%`
  return base.unit === 'percent' ? `${signed(after - before, 2)} percentage points, or ${relative}` : relative
}

const signed = (value: number, decimals: number): string =>
  `${value > 0 ? '+' : ''}${String(Number(value.toFixed(decimals)))}`

function check(measure: QualityMeasure, series: QualitySeries, stated: Figure, base: MeasureFigures): Off | null {
  if (stated.value === null) return null
  const value = stated.value
  const pairs = pairsFor(series, stated, base)
  const [first] = pairs
  if (first === undefined) return null
  const fits = (pair: Pair, as: 'percent' | 'points') => agrees(pair, value, as)
  const points = measure.unit === 'points' || unitIsPoints(measure)
  if (pairs.some(pair => fits(pair, points ? 'points' : 'percent'))) return null
  if (!points && base.measure.unit === 'percent' && pairs.some(pair => fits(pair, 'points'))) {
    return { verdict: 'pp-percent-confusion', stated, ...first }
  }
  const own = sourceOf(measure, series.source)
  const ownPair = pairs.find(
    pair =>
      sourceOf(base.measure, pair.earlierSeries.source) === own &&
      sourceOf(base.measure, pair.laterSeries.source) === own &&
      sameDay(pair.earlier, pair.later),
  )
  return { verdict: ownPair === undefined ? 'vintage-mismatch' : 'inconsistent', stated, ...(ownPair ?? first) }
}

/** A change printed in per cent under a heading of percentage points is read as the heading says. */
const unitIsPoints = ({ title }: QualityMeasure): boolean => /percentage points?/i.test(title)

function sameDay(one: Figure, other: Figure): boolean {
  return one.asAt === null || other.asAt === null || one.asAt.equals(other.asAt)
}

/** The figures a change may be meant of: the period itself, against a year before or the figure before it. */
function pairsFor(change: QualitySeries, stated: Figure, base: MeasureFigures): Pair[] {
  const period = periodText(stated.period)
  const yearBefore = periodText({ ...stated.period, start: stated.period.start.subtract({ years: 1 }) })
  const beside = base.series.filter(each => each.breakdown === change.breakdown)
  return beside.flatMap(laterSeries => {
    const later = byPeriod(laterSeries).get(period)
    if (later?.value == null) return []
    return beside.flatMap(earlierSeries => {
      const before = earlierSeries.figures.filter(
        each => each.value !== null && Temporal.PlainDate.compare(each.period.start, stated.period.start) < 0,
      )
      const candidates = [byPeriod(earlierSeries).get(yearBefore), before.at(-1)]
      return [...new Set(candidates)].flatMap(earlier =>
        earlier?.value == null ? [] : [{ earlier, later, earlierSeries, laterSeries }],
      )
    })
  })
}

function agrees({ earlier, later }: Pair, stated: number, as: 'percent' | 'points'): boolean {
  const [before, after] = [earlier.value ?? 0, later.value ?? 0]
  const step = finestStep([before, after])
  const half = halfDigit(step, Number.isInteger(before) && Number.isInteger(after))
  const verdict =
    as === 'points'
      ? verdictOnPoints(before, after, stated, Math.max(half, stepOf(stated) / 2))
      : verdictOnPercent(before, after, stated, half, stepOf(stated) / 2)
  return verdict !== 'inconsistent'
}
