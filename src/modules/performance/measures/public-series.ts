import type { Trx } from '../../../platform/database/tables.ts'
import { breaksFor, breaksOf } from '../breaks/breaks-queries.ts'
import type { SeriesBreak } from '../exceptions/exceptions.ts'
import type { Measure } from '../measure.ts'
import { figuresOf, type Series, seriesOf } from '../queries.ts'
import type { Figure } from '../series-data.ts'
import { dimensionsOf, type Dimension } from './breakdowns/breakdown-queries.ts'
import { comparedDimension } from './breakdowns/words.ts'
import { type Counts, hiddenCounts, type Sum } from './hidden-counts.ts'
import { countsByLoad, type LoadedCount } from './measure-queries.ts'
import { type SeriesView, viewSeries } from './series-view.ts'

/** The mark of a figure that is held and not shown, as in official tables. */
export const hiddenMark = '[c]'

/** Which figures of a measure the public is not shown. */
export interface Hidden {
  has: (breakdown: string, period: Temporal.PlainDate) => boolean
  /** Whether anything at all is hidden of a breakdown. */
  any: (breakdown: string) => boolean
  /** Breakdowns that nobody has described: what they add up to is not known, so nothing of them is shown. */
  undescribed: ReadonlySet<string>
}

/** A series as the public may see it, with the figures that its reading rests on. */
export interface PublicPart {
  series: Series
  figures: readonly Figure[]
  view: SeriesView
}

/**
 * The series of a measure as the public may see them: small counts of people are hidden, with as many others as are
 * needed so that nobody can work them out, and everything else is read from what is left. Whoever publishes figures
 * goes through here.
 *
 * @param series of the measure, all of them: what is hidden of one depends on the others
 * @param held the figures of each series
 * @param breaks those that concern a breakdown
 * @param isDrawn of which breakdowns the chart is looked at; all unless said
 */
export async function publicParts(
  trx: Trx,
  measure: Measure,
  series: readonly Series[],
  held: ReadonlyMap<number, readonly Figure[]>,
  breaks: (breakdown: string) => readonly SeriesBreak[],
  isDrawn: (breakdown: string) => boolean = () => true,
): Promise<PublicPart[]> {
  const hidden = await hiddenFigures(trx, measure, series)
  const parts: PublicPart[] = []
  for (const each of series) {
    if (hidden.undescribed.has(each.breakdown)) continue
    const figures = publicFigures(measure, each.breakdown, held.get(each.id) ?? [], hidden)
    const view = await viewSeries(measure, each, figures, breaks(each.breakdown), isDrawn(each.breakdown))
    parts.push({ series: each, figures, view })
  }
  return parts
}

/** All of a visible measure that the public may see, read now; pictures are drawn when somebody looks at them. */
export async function publicMeasure(trx: Trx, measure: Measure): Promise<PublicPart[]> {
  const series = await seriesOf(trx, measure.areaId, [measure.id])
  const held = await figuresOf(
    trx,
    series.map(each => each.id),
  )
  const breaks = (await breaksOf(trx, measure.areaId, [measure.id])).get(measure.id)
  const breaksHere = (breakdown: string) => breaksFor(breaks, breakdown)
  return publicParts(trx, measure, series, held, breaksHere, () => false)
}

/** The figures of one breakdown without those that are hidden; of counts of people also without what they are made of. */
export function publicFigures(
  { disclosure }: Pick<Measure, 'disclosure'>,
  breakdown: string,
  figures: readonly Figure[],
  hidden: Pick<Hidden, 'has'>,
): Figure[] {
  if (disclosure === null) return [...figures]
  return figures.map(figure => {
    const open = { ...figure, numerator: null, denominator: null }
    return figure.value !== null && hidden.has(breakdown, figure.period.start)
      ? { ...open, value: null, mark: hiddenMark }
      : open
  })
}

const nothing: Hidden = { has: () => false, any: () => false, undescribed: new Set() }

/** What is hidden of a measure, worked out over all its series, periods and earlier revisions. */
export async function hiddenFigures(trx: Trx, measure: Measure, series: readonly Series[]): Promise<Hidden> {
  if (measure.disclosure === null) return nothing
  const dimensions = (await dimensionsOf(trx, measure.areaId, [measure.id])).get(measure.id) ?? []
  const loaded = await countsByLoad(
    trx,
    series.map(each => each.id),
  )
  return hiddenOf(measure.disclosure, series, dimensions, loaded)
}

/** The same from what was read. Pure. */
export function hiddenOf(
  threshold: number,
  series: readonly Series[],
  dimensions: readonly Dimension[],
  loaded: readonly LoadedCount[],
): Hidden {
  const sums = sumsOf(dimensions)
  const described = new Set(['', ...dimensions.flatMap(each => each.breakdowns.map(({ name }) => name))])
  const undescribed = new Set(series.map(each => each.breakdown).filter(name => !described.has(name)))
  const sourceOf = new Map(series.map(each => [each.id, each]))
  const cells = new Set<string>()
  for (const [period, counts] of Map.groupBy(loaded, each => each.period_start.toString())) {
    for (const name of hiddenInPeriod(threshold, sums, counts, sourceOf)) cells.add(`${period} ${name}`)
  }
  const names = new Set([...cells].map(cell => cell.slice(cell.indexOf(' ') + 1)))
  return {
    has: (breakdown, period) => undescribed.has(breakdown) || cells.has(`${period.toString()} ${breakdown}`),
    any: breakdown => undescribed.has(breakdown) || names.has(breakdown),
    undescribed,
  }
}

/** Two sources of one count tell of one another: what is hidden in either is hidden in both. */
function hiddenInPeriod(
  threshold: number,
  sums: readonly Sum[],
  loaded: readonly LoadedCount[],
  series: ReadonlyMap<number, Series>,
): Set<string> {
  const bySource = [...Map.groupBy(loaded, each => series.get(each.series_id)?.source ?? '').values()]
  let hidden = new Set<string>()
  for (;;) {
    const found = new Set(hidden)
    for (const counts of bySource) {
      const states = statesOf(counts, series)
      for (const name of hiddenCounts(sums, states, threshold, hidden)) found.add(name)
    }
    if (found.size === hidden.size) return hidden
    hidden = found
  }
}

/**
 * The counts of a period after each load that touched it, earliest first, and at the end as they stand: a file of older
 * figures may have come last.
 */
function statesOf(loaded: readonly LoadedCount[], series: ReadonlyMap<number, Series>): Counts[] {
  const states: Map<string, number>[] = []
  for (const counts of Map.groupBy(loaded, each => each.import_number).values()) {
    states.push(withCounts(states.at(-1) ?? new Map(), counts, series))
  }
  return [
    ...states,
    withCounts(
      new Map(),
      loaded.toSorted((a, b) => a.revision - b.revision),
      series,
    ),
  ]
}

/** Counts with others in their place, the later of them before the earlier. */
function withCounts(
  before: Counts,
  loaded: readonly LoadedCount[],
  series: ReadonlyMap<number, Series>,
): Map<string, number> {
  const counts = new Map(before)
  for (const { series_id, value } of loaded) {
    const name = series.get(series_id)?.breakdown
    if (name === undefined) continue
    if (value === null) counts.delete(name)
    else counts.set(name, value)
  }
  return counts
}

/** The sums that a reader can check: of dimensions whose parts add up to the whole, at every depth. */
export function sumsOf(dimensions: readonly Dimension[]): Sum[] {
  return dimensions
    .filter(({ name, adding }) => adding === 'to-the-whole' && name !== comparedDimension)
    .flatMap(({ breakdowns }) => {
      const names = new Set(breakdowns.map(({ name }) => name))
      const wholes = Map.groupBy(breakdowns, ({ parent }) => (parent !== null && names.has(parent) ? parent : ''))
      return [...wholes].map(([whole, parts]) => ({ whole, parts: parts.map(({ name }) => name) }))
    })
}
