import type { Trx } from '../../../platform/database/tables.ts'
import { latestJudged } from '../exceptions/episodes.ts'
import { rangeInWords } from '../exceptions/exception-text.ts'
import { type Reading, readSeries, type SeriesBreak } from '../exceptions/exceptions.ts'
import { stands } from '../exceptions/life.ts'
import { reconcile } from '../exceptions/reconcile.ts'
import type { Measure } from '../measure.ts'
import { exceptionsOfSeries, figuresOf, type HeldException, seriesOf } from '../queries.ts'
import { type Figure, layOut, seriesTitle } from '../series-data.ts'
import type { NewBreak } from './breaks.ts'
import { breaksFor, breaksOf, type HeldBreak } from './breaks-queries.ts'

/** What would become of one series. */
export interface SeriesPreview {
  title: string
  /** The usual range at the latest figure, in words, or why there is none. */
  before: string
  after: string
  /** Figures that come before the break, and from it on. */
  figures: { before: number; after: number }
}

/** What entering, changing or taking back a break would do; nothing is saved. */
export interface BreakPreview {
  series: readonly SeriesPreview[]
  /** Exceptions for the worse, or neither way, that stand now and would not stand after it. */
  clears: readonly HeldException[]
  /** Those for the better. */
  clearsGood: readonly HeldException[]
}

/** New limits want so many figures after a break, better twelve (performance.md A6). */
export const fewestAfter = 6

/**
 * Reads the series of a measure by its breaks as they are, and as they would be.
 *
 * @param changed the break to enter or change to; null to take one back
 * @param replaced the identity of the break that is changed or taken back
 */
export async function previewBreak(
  trx: Trx,
  measure: Measure,
  changed: NewBreak | null,
  replaced: string | null,
): Promise<BreakPreview> {
  const now = (await breaksOf(trx, measure.areaId, [measure.id])).get(measure.id) ?? []
  const concerned = (await seriesOf(trx, measure.areaId, [measure.id])).filter(series =>
    concerns(
      series.breakdown,
      changed,
      now.find(each => each.id === replaced),
    ),
  )
  const ids = concerned.map(each => each.id)
  const figures = await figuresOf(trx, ids)
  const held = Map.groupBy(await exceptionsOfSeries(trx, measure.areaId, ids), each => each.series_id)
  const series: SeriesPreview[] = []
  const cleared: HeldException[] = []
  for (const each of concerned) {
    const later = breaksAfter(now, changed, replaced, each.breakdown)
    const found = figures.get(each.id) ?? []
    const data = layOut(found)
    const before = readSeries(measure, each.breakdown, each.source, data, breaksFor(now, each.breakdown))
    const after = readSeries(measure, each.breakdown, each.source, data, later)
    series.push({
      title: seriesTitle(measure, each.breakdown, each.source),
      before: limitsInWords(measure, before),
      after: limitsInWords(measure, after),
      figures: countAround(found, changed),
    })
    cleared.push(...clearedBy(held.get(each.id) ?? [], after, data.periods.at(-1) ?? null))
  }
  return {
    series,
    clears: cleared.filter(({ judged }) => judged !== 'good'),
    clearsGood: cleared.filter(({ judged }) => judged === 'good'),
  }
}

function concerns(breakdown: string, changed: NewBreak | null, replaced: HeldBreak | undefined): boolean {
  return [changed, replaced].some(each => each != null && (each.breakdown === null || each.breakdown === breakdown))
}

function breaksAfter(
  now: readonly HeldBreak[],
  changed: NewBreak | null,
  replaced: string | null,
  breakdown: string,
): SeriesBreak[] {
  const kept: SeriesBreak[] = breaksFor(
    now.filter(each => each.id !== replaced),
    breakdown,
  )
  if (changed === null || (changed.breakdown !== null && changed.breakdown !== breakdown)) return kept
  return [...kept, changed].toSorted((a, b) => Temporal.PlainDate.compare(a.from, b.from))
}

function limitsInWords(measure: Measure, reading: Reading): string {
  const limits = reading.chart?.limitsAt(latestJudged(reading.chart)) ?? null
  if (!reading.read || limits === null) return reading.read ? '' : reading.reason
  return rangeInWords(measure, reading.chart, limits)
}

function countAround(figures: readonly Figure[], changed: NewBreak | null) {
  const there = figures.filter(({ value }) => value !== null)
  if (changed === null) return { before: there.length, after: 0 }
  const after = there.filter(({ period }) => Temporal.PlainDate.compare(period.start, changed.from) >= 0).length
  return { before: there.length - after, after }
}

/** Of what stands now what would be over or not found any more. */
function clearedBy(
  held: readonly HeldException[],
  after: Reading,
  latest: Parameters<typeof reconcile>[2],
): HeldException[] {
  const { change, lapse } = reconcile(held, after.exceptions, latest)
  const ended = change.filter(({ found }) => found.state === 'ended').map(each => each.held)
  return [...lapse, ...ended].filter(({ standing }) => stands(standing))
}
