import type { Trx } from '../../../platform/database/tables.ts'
import type { Snapshot } from '../../../record/description.ts'
import { publicAddress } from '../../../record/entries.ts'
import { linkedTo } from '../../../record/links.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import { breaksFor, breaksOf } from '../breaks/breaks-queries.ts'
import { breakFacts } from '../breaks/words.ts'
import { figureText, markInWords } from '../figures.ts'
import { kindWords, type Measure, polarityWords, unitWords } from '../measure.ts'
import { overviewParts } from '../overview/compare-facts.ts'
import { frequencyWords, periodInWords } from '../period.ts'
import { findMeasures, type Revision, revisionsOf, type Series } from '../queries.ts'
import { seriesTitle } from '../series-data.ts'
import { dimensionsOf } from './breakdowns/breakdown-queries.ts'
import { placed } from './breakdowns/breakdown-tree.ts'
import { addingWords } from './breakdowns/words.ts'
import { basisWords } from './form-words.ts'
import type { PageSeries, PlacedDimension } from './measure-page.ts'
import { hiddenMark, publicMeasure } from './public-series.ts'
import type { FrozenChart, PrintedMeasure } from './series-chart.ts'
import { factsOfFigures } from './series-facts.ts'
import type { SeriesView } from './series-view.ts'
import { timesOfYear } from './times-of-year.ts'
import { standingWords } from './words.ts'
import { standardReportFacts } from '../standard-reports/held-reports.ts'
import { linesOfMeasure } from '../standard-reports/report-queries.ts'

/** One revised figure: every value it has had. */
export interface RevisionLine {
  series: string
  period: string
  revision: number
  value: string
  asAt: Temporal.PlainDate | null
  file: string
}

/** The objective that a measure serves; where it has served several, the last that was set. */
export async function objectiveOf(
  trx: Trx,
  key: RecordKey,
): Promise<{ id: string; title: string; address: string; published: boolean } | null> {
  const objective = (await linkedTo(trx, key, 'measures')).at(-1)
  const record = objective === undefined ? null : await findRecord(trx, objective)
  if (record === null) return null
  const { id, title, publication } = record
  return { id, title, address: publicAddress(record), published: publication === 'published' }
}

/** Revisions as lines of a table, newest period first. */
export function revisionLines(measure: Measure, series: readonly Series[], rows: readonly Revision[]): RevisionLine[] {
  const titles = new Map(series.map(each => [each.id, seriesTitle(measure, each.breakdown, each.source)]))
  return rows.map(row => ({
    series: titles.get(row.series_id) ?? '',
    period: periodInWords({ frequency: measure.frequency, start: row.period_start }),
    revision: row.revision,
    value: row.value === null ? markInWords(row.mark) : figureText(row.value, measure),
    asAt: row.as_at,
    file: row.file_name ?? '',
  }))
}

/** The words that tell what a measure is. */
export function measureFacts(measure: Measure) {
  const print = (value: number | null) => (value === null ? null : figureText(value, measure))
  return {
    definition: measure.definition,
    unit: unitWords[measure.unit],
    kind: kindWords[measure.kind].word,
    polarity: polarityWords[measure.polarity],
    frequency: frequencyWords[measure.frequency].adverb,
    numerator: measure.numerator,
    denominator: measure.denominator,
    per: measure.per,
    basis: measure.basis === null ? null : basisWords[measure.basis].word,
    source: measure.source,
    target: measure.target,
    aims: {
      target: print(measure.target),
      bandLow: print(measure.bandLow),
      bandHigh: print(measure.bandHigh),
    },
    disclosure: measure.disclosure,
  }
}

/** What its figures are printed and drawn by, without anything that is not for the public. */
export function printedOf(measure: Measure): PrintedMeasure {
  const { unit, kind, frequency, decimals, polarity, target, bandLow, bandHigh, settling } = measure
  return { unit, kind, frequency, decimals, polarity, target, bandLow, bandHigh, settling }
}

/** The dimensions of a measure with their breakdowns in reading order. */
export async function placedDimensions(trx: Trx, key: RecordKey): Promise<PlacedDimension[]> {
  const dimensions = (await dimensionsOf(trx, key.areaId, [key.id])).get(key.id) ?? []
  return dimensions.map(({ name, adding, breakdowns }) => ({
    ...{ name, adding: addingWords[adding].word },
    rows: placed(breakdowns).map(({ name: part, depth }) => ({ name: part, depth })),
  }))
}

/** A series with what its page says of the times of the year. */
export function withTimes(measure: Measure, view: SeriesView): PageSeries {
  const breaks = view.breaks.map(({ period }) => view.figures.findIndex(figure => figure.period === period))
  return { ...view, times: timesOfYear(measure, view.figures, breaks) }
}

/** What the public gets of a measure: what its workspace page shows of the figures, frozen, without small counts. */
export async function measureSnapshot(trx: Trx, key: RecordKey): Promise<Snapshot> {
  const [measure] = await findMeasures(trx, key.areaId, [key.id])
  if (measure === undefined) throw new Error(`The measure ${key.id} is not visible to whoever publishes it`)
  const parts = await publicMeasure(trx, measure)
  const breaks = (await breaksOf(trx, key.areaId, [key.id])).get(key.id)
  const views = parts.map(({ view }) => view)
  const overview = await overviewParts(trx, measure, views)
  const main = views[0]
  const held = await objectiveOf(trx, key)
  // What is published of a measure names its objective only once that is public itself.
  const objective = held?.published === true ? { title: held.title, address: held.address } : null
  return {
    body: {
      ...measureFacts(measure),
      objective,
      rules: measure.rules,
      printed: printedOf(measure),
      dimensions: await placedDimensions(trx, key),
      lines: parts.map(({ series, figures }) => ({
        ...{ breakdown: series.breakdown, source: series.source },
        facts: factsOfFigures(measure, series, figures, breaksFor(breaks, series.breakdown)),
        hidden: figures.at(-1)?.mark === hiddenMark,
      })),
      series: views.map(view => frozen(withTimes(measure, view))),
      standardReport: await standardReportFacts(trx, key),
      comparison: overview.comparison,
      breaks: breakFacts(measure, breaks ?? []),
      someHidden: views.some(view => view.figures.some(({ mark }) => mark === hiddenMark)),
      revisions: await publicRevisions(
        trx,
        measure,
        parts.map(({ series }) => series),
      ),
    },
    summary: main === undefined ? '' : (main.chart?.title ?? `${main.title}: ${main.latest}`),
    searchText: [measure.definition, ...views.map(each => each.breakdown)].join(' '),
    facts: {
      objective: objective?.title ?? null,
      objectiveAddress: objective?.address ?? null,
      reportLines: (await linesOfMeasure(trx, key)).join(' ') || null,
      latest: main?.latest ?? null,
      period: main?.latestPeriod ?? null,
      overview: overview.overview,
      reading: standingWords[standingOf(views)].word,
    },
    preview: views.map(each => ({
      heading: each.title,
      text: [each.chart?.title ?? '', ...each.says].join('\n'),
    })),
  }
}

/** Of several series the one that most needs explaining speaks for the measure. */
function standingOf(series: readonly SeriesView[]): SeriesView['standing'] {
  const order = ['bad', 'good', 'neutral', 'usual'] as const
  return order.find(each => series.some(({ standing }) => standing === each)) ?? 'silent'
}

/** The picture is drawn again from the same figures whenever the page is asked for; it would be most of the bytes. */
function frozen(series: PageSeries): PageSeries {
  const { chart } = series
  if (chart === null) return series
  const kept: FrozenChart = { ...chart, asAt: chart.asAt?.toString() ?? null }
  delete kept.svg
  return { ...series, chart: kept }
}

/**
 * The name of a file may say more than its figures: it stays inside. Of counts of people no earlier value is told, as
 * two versions of a table could be taken from one another.
 */
async function publicRevisions(trx: Trx, measure: Measure, series: readonly Series[]) {
  if (measure.disclosure !== null) return []
  const rows = await revisionsOf(
    trx,
    series.map(each => each.id),
  )
  return revisionLines(measure, series, rows).map(({ file: _file, asAt, ...rest }) => ({
    ...rest,
    asAt: asAt?.toString() ?? null,
  }))
}
