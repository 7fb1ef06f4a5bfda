import type { Trx } from '../../../platform/database/tables.ts'
import { breaksFor, breaksOf, type HeldBreak } from '../breaks/breaks-queries.ts'
import { drawnLimits, type Measure } from '../measure.ts'
import { parsePeriod, type Period } from '../period.ts'
import type { Compared } from './compare/compared.ts'
import { comparedOf, dimensionByName } from './compare/held-comparison.ts'
import { comparators } from './held.ts'
import type { SeriesFacts, Standing } from './lines.ts'

/** A series as the public may see it: suppression has been applied, so a hidden figure is null with its mark. */
export interface PublicFigures {
  breakdown: string
  source: string
  standing: Standing
  /** The chart's title says in one sentence what the rules say; without a chart the first of `says` does. */
  chart: { title: string } | null
  says: readonly string[]
  limits: { lower: number; upper: number } | null
  figures: readonly {
    /** As `periodText` writes it. */
    period: string
    value: number | null
    mark: string | null
    numerator: number | null
    denominator: number | null
    status: string
  }[]
}

/** What is published of a measure for lists: how the whole area and each part stands. Plain JSON. */
export interface PublishedOverview {
  measure: Pick<Measure, 'unit' | 'kind' | 'frequency' | 'decimals'>
  whole: SeriesFacts | null
  /** By dimension, then by name; other police areas are not among them. */
  parts: Readonly<Record<string, Readonly<Record<string, SeriesFacts>>>>
}

/** What a measure's snapshot carries for the pages that show many measures or many areas. */
export interface OverviewParts {
  /** Goes into the snapshot's body under `comparison`: the figures of all areas, and the group as it is held. */
  comparison: Compared
  /** Goes into the snapshot's facts under `overview`: a `PublishedOverview` as JSON text, for lists. */
  overview: string
}

/**
 * What the public dashboard, area pages and compare page need of a measure, to be frozen with it at publication.
 *
 * @param series every series that is published, all breakdowns, figures in order of time, already suppressed
 */
export async function overviewParts(
  trx: Trx,
  measure: Measure,
  series: readonly PublicFigures[],
): Promise<OverviewParts> {
  const dimensions = await dimensionByName(trx, measure)
  const breaks = (await breaksOf(trx, measure.areaId, [measure.id])).get(measure.id)
  const comparison = await comparedOf(trx, measure, series.map(comparedSeries))
  return { comparison, overview: JSON.stringify(publishedOverview(measure, series, dimensions, breaks)) }
}

function comparedSeries({ breakdown, source, figures }: PublicFigures) {
  return {
    ...{ breakdown, source },
    figures: figures.map(({ period, value, mark, numerator, denominator }) => ({
      at: periodOf(period).start.toString(),
      value,
      ...(value === null && { mark: mark ?? '' }),
      // Beside a hidden figure neither of its parts may stand, whoever hid it.
      ...(value !== null && numerator !== null && { numerator }),
      ...(value !== null && denominator !== null && { denominator }),
    })),
  }
}

function periodOf(text: string): Period {
  const read = parsePeriod(text)
  if ('fault' in read) throw new Error(`A published period is not readable: ${text}`)
  return read
}

function publishedOverview(
  measure: Measure,
  series: readonly PublicFigures[],
  dimensions: ReadonlyMap<string, string>,
  breaks: readonly HeldBreak[] | undefined,
): PublishedOverview {
  const { unit, kind, frequency, decimals } = measure
  const parts: Record<string, Record<string, SeriesFacts>> = {}
  for (const each of ownSources(series)) {
    const dimension = dimensions.get(each.breakdown) ?? ''
    if (each.breakdown === '' || dimension === comparators) continue
    const facts = seriesFacts(measure, each, breaks)
    parts[dimension] = { ...parts[dimension], [each.breakdown]: facts }
  }
  const whole = ownSources(series).find(({ breakdown }) => breakdown === '')
  return {
    measure: { unit, kind, frequency, decimals },
    whole: whole === undefined ? null : seriesFacts(measure, whole, breaks),
    parts,
  }
}

function ownSources(series: readonly PublicFigures[]): PublicFigures[] {
  const groups = Map.groupBy(series, ({ breakdown }) => breakdown)
  return [...groups.values()].flatMap(found => found.find(({ source }) => source === '') ?? found[0] ?? [])
}

/** How many of the latest figures a small line shows: two years of months. */
const recentPeriods = 24

function seriesFacts(measure: Measure, series: PublicFigures, breaks: readonly HeldBreak[] | undefined): SeriesFacts {
  const { figures } = series
  const latest = figures.findLast(({ value }) => value !== null)
  const start = latest === undefined ? null : periodOf(latest.period).start
  const before = start?.subtract({ years: 1 })
  const yearBefore = figures.find(each => before !== undefined && periodOf(each.period).start.equals(before))
  return {
    at: start?.toString() ?? null,
    latest: latest?.value ?? null,
    yearBefore: yearBefore?.value ?? null,
    status: latest?.status === 'provisional' ? 'provisional' : '',
    standing: series.standing,
    says: (series.standing === 'silent' ? undefined : series.chart?.title) ?? series.says[0] ?? '',
    recent: figures.slice(-recentPeriods).map(({ value }) => value),
    range: series.limits === null ? null : drawnLimits(measure, series.limits),
    broken: start === null ? null : brokenBetween(breaksFor([...(breaks ?? [])], series.breakdown), start),
  }
}

/** The last break between a figure and the one of a year before. */
function brokenBetween(breaks: readonly HeldBreak[], start: Temporal.PlainDate): SeriesFacts['broken'] {
  const before = start.subtract({ years: 1 })
  const found = breaks.findLast(({ from }) => comesAfter(from, before) && !comesAfter(from, start))
  return found === undefined ? null : { from: found.from.toString(), cause: found.cause }
}

const comesAfter = (a: Temporal.PlainDate, b: Temporal.PlainDate): boolean => Temporal.PlainDate.compare(a, b) > 0
