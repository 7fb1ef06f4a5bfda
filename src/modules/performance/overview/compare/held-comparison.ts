import type { Trx } from '../../../../platform/database/tables.ts'
import type { RecordKey } from '../../../../record/record.ts'
import { breaksOf } from '../../breaks/breaks-queries.ts'
import type { Measure } from '../../measure.ts'
import { dimensionsOf } from '../../measures/breakdowns/breakdown-queries.ts'
import { figuresOf, findMeasures, seriesOf } from '../../queries.ts'
import type { Figure } from '../../series-data.ts'
import { comparators } from '../held.ts'
import { findSimilarGroup } from '../similar-group/similar-queries.ts'
import type { Compared, ComparedArea, ComparedFigure, ComparedGroup } from './compared.ts'

/** A series with its figures in the form of the compare page. */
export interface AreaSeries {
  breakdown: string
  source: string
  figures: readonly ComparedFigure[]
}

/** A measure that is held here with the figures of all its areas; null where it is not visible. */
export async function heldComparison(trx: Trx, key: RecordKey): Promise<Compared | null> {
  const [measure] = await findMeasures(trx, key.areaId, [key.id])
  if (measure === undefined) return null
  const series = await seriesOf(trx, key.areaId, [key.id])
  const ids = series.map(({ id }) => id)
  const figures = await figuresOf(trx, ids)
  const held = series.map(({ id, breakdown, source }) => ({
    ...{ breakdown, source },
    figures: (figures.get(id) ?? []).map(comparedFigure),
  }))
  return comparedOf(trx, measure, held)
}

function comparedFigure({ period, value, mark, numerator, denominator }: Figure): ComparedFigure {
  return {
    at: period.start.toString(),
    value,
    ...(value === null && { mark: mark ?? '' }),
    ...(numerator !== null && { numerator }),
    ...(denominator !== null && { denominator }),
  }
}

/**
 * A measure with its areas by dimension, its breaks and the most similar group as it is held.
 *
 * @param series all breakdowns; of several sources the measure's own speaks
 */
export async function comparedOf(trx: Trx, measure: Measure, series: readonly AreaSeries[]): Promise<Compared> {
  const dimensions = await dimensionByName(trx, measure)
  const breaks = (await breaksOf(trx, measure.areaId, [measure.id])).get(measure.id) ?? []
  const own = ownSources(series)
  const named = own.filter(({ breakdown }) => dimensions.has(breakdown))
  const groups = Map.groupBy(named, ({ breakdown }) => dimensions.get(breakdown) ?? '')
  const { title, unit, kind, decimals, polarity, frequency, per, numerator, denominator, source } = measure
  return {
    measure: { title, unit, kind, decimals, polarity, frequency, per, numerator, denominator, source },
    whole: { name: '', figures: own.find(({ breakdown }) => breakdown === '')?.figures ?? [] },
    dimensions: [...groups].map(([name, found]) => ({ name, areas: found.map(areaOf) })),
    group: groups.has(comparators) ? await groupOf(trx, measure.areaId) : null,
    breaks: breaks.map(({ from, breakdown }) => ({ from: from.toString(), breakdown })),
  }
}

/** The dimension of each breakdown that the dictionary lists for a measure. */
export async function dimensionByName(trx: Trx, measure: Pick<Measure, 'areaId' | 'id'>): Promise<Map<string, string>> {
  const found = (await dimensionsOf(trx, measure.areaId, [measure.id])).get(measure.id) ?? []
  return new Map(found.flatMap(({ name, breakdowns }) => breakdowns.map(part => [part.name, name] as const)))
}

const areaOf = ({ breakdown, figures }: AreaSeries): ComparedArea => ({ name: breakdown, figures })

function ownSources(series: readonly AreaSeries[]): AreaSeries[] {
  const groups = Map.groupBy(series, ({ breakdown }) => breakdown)
  return [...groups.values()].flatMap(found => found.find(({ source }) => source === '') ?? found[0] ?? [])
}

async function groupOf(trx: Trx, areaId: number): Promise<ComparedGroup | null> {
  const group = await findSimilarGroup(trx, areaId)
  if (group === null) return null
  return {
    ownName: group.ownName,
    members: group.members.map(({ name, from_date, to_date, source }) => ({
      name,
      from: from_date.toString(),
      to: to_date?.toString() ?? null,
      source,
    })),
  }
}
