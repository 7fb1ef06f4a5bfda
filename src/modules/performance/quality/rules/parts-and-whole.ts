import { periodInWords, periodText } from '../../period.ts'
import type { Figure } from '../../series-data.ts'
import type { Kind } from '../../measure.ts'
import {
  byPeriod,
  bySource,
  called,
  type Finding,
  finding,
  isWithheld,
  named,
  numberText,
  otherPeriods,
  parentsOf,
  type QualityMeasure,
  type QualitySeries,
  type Rule,
  sourceOf,
  topsOf,
} from '../finding.ts'
import { sumOf, verdictOnSum } from '../precision.ts'

const name = 'parts-and-whole'
const additive: readonly Kind[] = ['count', 'stock', 'money', 'rolling', 'cumulative']

/** Parts that do not add up to the whole that stands with them; only where the measure says that they do. */
export const partsAndWhole: Rule = {
  name,
  inWords: 'The parts of a dimension that adds up to the whole do not add up to the figure of the whole.',
  find({ measure, series }) {
    if (!additive.includes(measure.kind)) return []
    const groups = measure.dimensions
      .filter(each => each.adding === 'to-the-whole')
      .flatMap(each => [{ name: '', parts: topsOf(each), of: each.name }, ...withDimension(parentsOf(each), each.name)])
    return [...bySource(series).values()].flatMap(held => groups.flatMap(group => lookAt(measure, held, group)))
  },
}

interface Group {
  /** The breakdown that is parted; '' for the whole area. */
  name: string
  parts: readonly string[]
  of: string
}

const withDimension = (parents: readonly { name: string; parts: string[] }[], of: string): Group[] =>
  parents.map(parent => ({ ...parent, of }))

interface Off {
  verdict: 'inconsistent-beyond-rounding' | 'missing-component'
  total: Figure
  parts: { series: QualitySeries; figure: Figure }[]
  missing: string[]
}

function lookAt(measure: QualityMeasure, held: ReadonlyMap<string, QualitySeries>, group: Group): Finding[] {
  const whole = held.get(group.name)
  if (whole === undefined || group.parts.length === 0) return []
  const off = whole.figures.flatMap((total): Off[] => {
    const each = checkPeriod(measure, held, group, total)
    return each === null ? [] : [each]
  })
  return [...Map.groupBy(off, each => each.verdict)].map(([verdict, found]) =>
    findingOf(measure, whole, group, verdict, found),
  )
}

function checkPeriod(
  measure: QualityMeasure,
  held: ReadonlyMap<string, QualitySeries>,
  group: Group,
  total: Figure,
): Off | null {
  if (total.value === null) return null
  const period = periodText(total.period)
  const parts: Off['parts'] = []
  const missing: string[] = []
  for (const part of group.parts) {
    const series = held.get(part)
    const figure = series === undefined ? undefined : byPeriod(series).get(period)
    if (figure !== undefined && isWithheld(figure)) return null
    if (series === undefined || figure?.value == null) missing.push(part)
    else parts.push({ series, figure })
  }
  if (parts.length === 0) return null
  const values = parts.map(each => each.figure.value ?? 0)
  const counted = measure.unit === 'count' || measure.unit === 'money'
  if (verdictOnSum(values, total.value, counted) !== 'inconsistent-beyond-rounding') return null
  const short = missing.length > 0 && sumOf(values) < total.value
  return { verdict: short ? 'missing-component' : 'inconsistent-beyond-rounding', total, parts, missing }
}

function findingOf(
  measure: QualityMeasure,
  whole: QualitySeries,
  group: Group,
  verdict: Off['verdict'],
  found: readonly Off[],
): Finding {
  const last = found.at(-1)
  const where = [group.of, group.name, whole.source, ...(verdict === 'missing-component' ? (last?.missing ?? []) : [])]
  if (last === undefined) return finding(name, verdict, measure, where, '', [])
  const { total, parts, missing } = last
  const sum = numberText(measure, sumOf(parts.map(each => each.figure.value ?? 0)))
  const without = missing.length === 0 ? '' : ` ${missing.slice(0, 3).join(', ')}: no figure.`
  const sentence =
    `${called(measure, group.name)}, ${periodInWords(total.period)}, in “${sourceOf(measure, whole.source)}”: ` +
    `the parts (${group.of}) add up to ${sum}, the figure is ${numberText(measure, total.value ?? 0)}.` +
    `${without}${otherPeriods(found.length)}`
  const figures = [named(measure, whole, total), ...parts.map(({ series, figure }) => named(measure, series, figure))]
  return finding(name, verdict, measure, where, sentence, figures)
}
