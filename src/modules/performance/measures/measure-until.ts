import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findRecords } from '../../../record/records.ts'
import { type FoundException, readSeries, type SeriesBreak } from '../exceptions/exceptions.ts'
import { isSame } from '../exceptions/reconcile.ts'
import { breaksFor, breaksOf } from '../breaks/breaks-queries.ts'
import type { Measure } from '../measure.ts'
import { yearChange } from '../overview/change-words.ts'
import { type Period, periodEnd } from '../period.ts'
import { exceptionsOfMeasure, figuresOf, findMeasures, type HeldException, seriesOf } from '../queries.ts'
import { type Figure, layOut } from '../series-data.ts'
import { periodsOfYear } from '../exceptions/choose-chart.ts'
import { publicParts, type PublicPart } from './public-series.ts'
import { type SeriesView, viewSeries } from './series-view.ts'

/** A measure as the public may see it, with no figure later than a day: what a report of a period is made of. */
export interface MeasureUntil {
  measure: Measure
  /** The whole area first, then its parts. */
  series: readonly SeriesView[]
  /** The latest figure of the whole area beside that of a year before, in words, or ''. */
  change: string
  /** The latest day as at which a figure of it stands. */
  asAt: Temporal.PlainDate | null
  /** What stood at the end of the period, as told then, each with the record it is kept as, where there is one. */
  exceptions: readonly ExceptionUntil[]
}

export interface ExceptionUntil extends Pick<FoundException, 'headline' | 'text' | 'judged'> {
  /** '' for the whole area. */
  breakdown: string
  held: HeldException | null
}

/**
 * A measure as it stood at the end of a period, read by the rules over the figures up to then and no others.
 *
 * @param until the last day of the period; a figure of a period that ends later is left out
 * @returns null if the measure is not visible
 */
export async function measureUntil(trx: Trx, key: RecordKey, until: Temporal.PlainDate): Promise<MeasureUntil | null> {
  const [measure] = await findMeasures(trx, key.areaId, [key.id])
  if (measure === undefined) return null
  const series = await seriesOf(trx, key.areaId, [key.id])
  const held = await figuresOf(
    trx,
    series.map(each => each.id),
  )
  const cut = new Map([...held].map(([id, figures]) => [id, figures.filter(figure => endsBy(figure.period, until))]))
  const breaks = (await breaksOf(trx, key.areaId, [key.id])).get(key.id) ?? []
  const breaksHere = (breakdown: string) => breaksFor(breaks, breakdown)
  const parts = await publicParts(trx, measure, series, cut, breaksHere, () => false)
  const views = await Promise.all(parts.map(part => drawnIfTold(measure, part, breaksHere(part.series.breakdown))))
  const main = layOut(cut.get(series.find(isWhole)?.id ?? -1) ?? [])
  const kept = Map.groupBy(await exceptionsOfMeasure(trx, key), each => each.series_id)
  return {
    measure,
    series: views,
    change: changeOf(measure, main.figures),
    asAt: latestOf([...cut.values()].flat()),
    exceptions: series.flatMap(each => {
      const reading = readSeries(
        measure,
        each.breakdown,
        each.source,
        layOut(cut.get(each.id) ?? []),
        breaksFor(breaks, each.breakdown),
      )
      const shown = viewOf(views, each)?.exceptions ?? []
      return standingOnes(each.breakdown, reading.exceptions, kept.get(each.id) ?? [], shown)
    }),
  }
}

/** The measures of an area that are in use and held by the transaction's organisations, by title. */
export async function measuresToReport(trx: Trx, areaId: number): Promise<{ id: string; title: string }[]> {
  const measures = await findMeasures(trx, areaId)
  const heads = await findRecords(
    trx,
    areaId,
    measures.map(({ id }) => id),
  )
  const inUse = new Set(heads.filter(({ state }) => state === 'in-use').map(({ id }) => id))
  return measures.filter(({ id }) => inUse.has(id)).map(({ id, title }) => ({ id, title }))
}

const viewOf = (views: readonly SeriesView[], { breakdown, source }: Pick<SeriesView, 'breakdown' | 'source'>) =>
  views.find(view => view.breakdown === breakdown && view.source === source)

/** A report shows the chart of the whole area where it has something to tell; drawing takes longer than all the rest. */
async function drawnIfTold(
  measure: Measure,
  { series, figures, view }: PublicPart,
  breaks: readonly SeriesBreak[],
): Promise<SeriesView> {
  const isTold = view.standing !== 'usual' && view.standing !== 'silent'
  return series.breakdown === '' && isTold ? viewSeries(measure, series, figures, breaks) : view
}

const isWhole = ({ breakdown }: { breakdown: string }): boolean => breakdown === ''

/** What stood then, as far as the public may be told of it. */
function standingOnes(
  breakdown: string,
  found: readonly FoundException[],
  kept: readonly HeldException[],
  shown: SeriesView['exceptions'],
): ExceptionUntil[] {
  return found
    .filter(each => each.told && each.state !== 'ended' && shown.some(({ headline }) => headline === each.headline))
    .map(each => ({
      ...{ breakdown, headline: each.headline, text: each.text, judged: each.judged },
      held: kept.find(held => isSame(held, each)) ?? null,
    }))
}

const endsBy = (period: Period, until: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(periodEnd(period), until) <= 0

function changeOf(measure: Measure, figures: readonly (Figure | null)[]): string {
  const at = figures.findLastIndex(figure => figure?.value != null)
  const before = figures[at - periodsOfYear[measure.frequency]]?.value ?? null
  return yearChange(measure, figures[at]?.value ?? null, before)?.text ?? ''
}

function latestOf(figures: readonly Figure[]): Temporal.PlainDate | null {
  return figures
    .flatMap(({ asAt }) => asAt ?? [])
    .reduce<Temporal.PlainDate | null>(
      (latest, each) => (latest === null || Temporal.PlainDate.compare(each, latest) > 0 ? each : latest),
      null,
    )
}
