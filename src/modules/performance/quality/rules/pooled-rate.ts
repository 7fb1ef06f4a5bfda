import { periodText } from '../../period.ts'
import type { Figure } from '../../series-data.ts'
import {
  byPeriod,
  bySource,
  called,
  type Finding,
  finding,
  isComposition,
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
import { finestStep } from '../precision.ts'

const name = 'pooled-rate'

/** A share or rate of a whole lies between those of its parts (performance.md A7, vector change-02). */
export const pooledRate: Rule = {
  name,
  inWords: 'The share or rate of a whole does not lie between the lowest and the highest of its parts.',
  find(subject) {
    const { measure, series } = subject
    if ((measure.kind !== 'proportion' && measure.kind !== 'rate') || isComposition(subject)) return []
    const groups = measure.dimensions.flatMap(each => [
      ...(each.adding === 'to-the-whole' ? [{ name: '', parts: topsOf(each) }] : []),
      ...parentsOf(each),
    ])
    return [...bySource(series).values()].flatMap(held => groups.flatMap(group => lookAt(measure, held, group)))
  },
}

interface Outside {
  pooled: Figure
  parts: { series: QualitySeries; figure: Figure }[]
  least: number
  most: number
}

function lookAt(
  measure: QualityMeasure,
  held: ReadonlyMap<string, QualitySeries>,
  group: { name: string; parts: readonly string[] },
): Finding[] {
  const pooled = held.get(group.name)
  if (pooled === undefined) return []
  const found = pooled.figures.flatMap((figure): Outside[] => {
    const outside = checkPeriod(held, group.parts, figure)
    return outside === null ? [] : [outside]
  })
  const last = found.at(-1)
  if (last === undefined) return []
  const figure = named(measure, pooled, last.pooled)
  const sentence =
    `${called(measure, group.name)}, ${figure.periodWords}, in “${sourceOf(measure, pooled.source)}”: ${figure.text} ` +
    `does not lie between its parts, ${numberText(measure, last.least)} to ${numberText(measure, last.most)}.` +
    otherPeriods(found.length)
  const figures = [figure, ...last.parts.map(({ series, figure: part }) => named(measure, series, part))]
  return [finding(name, 'outside-its-parts', measure, [group.name, pooled.source], sentence, figures)]
}

function checkPeriod(
  held: ReadonlyMap<string, QualitySeries>,
  names: readonly string[],
  pooled: Figure,
): Outside | null {
  if (pooled.value === null) return null
  const period = periodText(pooled.period)
  const parts = names.flatMap(part => {
    const series = held.get(part)
    const figure = series === undefined ? undefined : byPeriod(series).get(period)
    return series === undefined || figure?.value == null ? [] : [{ series, figure }]
  })
  // A part without a figure may hold the lowest or the highest of all.
  if (parts.length < 2 || parts.length < names.length) return null
  const values = parts.map(({ figure }) => figure.value ?? 0)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const allowed = finestStep([...values, pooled.value]) + 1e-9
  return pooled.value < least - allowed || pooled.value > most + allowed ? { pooled, parts, least, most } : null
}
