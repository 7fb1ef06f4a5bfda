import type { Trx } from '../../../platform/database/tables.ts'
import type { Snapshot } from '../../../record/description.ts'
import { publicAddress } from '../../../record/entries.ts'
import { linkedTo } from '../../../record/links.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import { markInWords } from '../figures.ts'
import { kindWords, type Measure, polarityWords, unitWords } from '../measure.ts'
import { frequencyWords, periodInWords } from '../period.ts'
import { figuresOf, findMeasures, type Revision, revisionsOf, type Series, seriesOf } from '../queries.ts'
import { seriesTitle } from '../series-data.ts'
import { type SeriesView, viewSeries } from './series-view.ts'
import { standingWords } from './words.ts'

/** One revised figure: every value it has had. */
export interface RevisionLine {
  series: string
  period: string
  revision: number
  value: string
  asAt: Temporal.PlainDate | null
  file: string
}

/** Everything a measure's page shows, in the workspace and, frozen, to the public. */
export interface MeasureView {
  measure: Measure
  objective: { title: string; address: string; published: boolean } | null
  series: readonly SeriesView[]
  revisions: readonly RevisionLine[]
}

/** Charts on one page at most; further breakdowns are in the downloads. */
const mostSeries = 24

/** Reads a measure with its series, drawn and read by the rules; null if it is not visible. */
export async function viewMeasure(trx: Trx, key: RecordKey): Promise<MeasureView | null> {
  const [measure] = await findMeasures(trx, key.areaId, [key.id])
  if (measure === undefined) return null
  const series = (await seriesOf(trx, key.areaId, [key.id])).slice(0, mostSeries)
  const ids = series.map(each => each.id)
  const figures = await figuresOf(trx, ids)
  const views: SeriesView[] = []
  for (const each of series) views.push(await viewSeries(measure, each, figures.get(each.id) ?? []))
  return {
    measure,
    objective: await objectiveOf(trx, key),
    series: views,
    revisions: revisionLines(measure, series, await revisionsOf(trx, ids)),
  }
}

async function objectiveOf(trx: Trx, key: RecordKey): Promise<MeasureView['objective']> {
  const [objective] = await linkedTo(trx, key, 'measures')
  const record = objective === undefined ? null : await findRecord(trx, objective)
  if (record === null) return null
  return { title: record.title, address: publicAddress(record), published: record.publication === 'published' }
}

function revisionLines(measure: Measure, series: readonly Series[], rows: readonly Revision[]): RevisionLine[] {
  const titles = new Map(series.map(each => [each.id, seriesTitle(measure, each.breakdown, each.source)]))
  return rows.map(row => ({
    series: titles.get(row.series_id) ?? '',
    period: periodInWords({ frequency: measure.frequency, start: row.period_start }),
    revision: row.revision,
    value: row.value === null ? markInWords(row.mark) : String(row.value),
    asAt: row.as_at,
    file: row.file_name ?? '',
  }))
}

/** The words that tell what a measure is. */
export function measureFacts({ measure }: Pick<MeasureView, 'measure'>) {
  return {
    definition: measure.definition,
    unit: unitWords[measure.unit],
    kind: kindWords[measure.kind].word,
    polarity: polarityWords[measure.polarity],
    frequency: frequencyWords[measure.frequency].adverb,
    numerator: measure.numerator,
    denominator: measure.denominator,
    source: measure.source,
    target: measure.target,
  }
}

/** What the public gets of a measure: everything its workspace page shows of the figures, frozen. */
export async function measureSnapshot(trx: Trx, key: RecordKey): Promise<Snapshot> {
  const view = await viewMeasure(trx, key)
  if (view === null) throw new Error(`The measure ${key.id} is not visible to whoever publishes it`)
  const [main] = view.series
  // What is published of a measure names its objective only once that is public itself.
  const objective = view.objective?.published === true ? view.objective : null
  const summary = main === undefined ? '' : (main.chart?.title ?? `${main.title}: ${main.latest}`)
  return {
    body: {
      ...measureFacts(view),
      objective,
      rules: view.measure.rules,
      series: view.series.map(frozen),
      revisions: view.revisions.map(publicRevision),
    },
    summary,
    searchText: [view.measure.definition, ...view.series.map(each => each.breakdown)].join(' '),
    facts: {
      objective: objective?.title ?? null,
      objectiveAddress: objective?.address ?? null,
      latest: main?.latest ?? null,
      period: main?.latestPeriod ?? null,
      reading: standingWords[standingOf(view.series)].word,
    },
    preview: view.series.map(each => ({
      heading: each.title,
      text: [each.chart?.title ?? '', ...each.says].join('\n'),
    })),
  }
}

/** Of several series the one that most needs explaining speaks for the measure. */
export function standingOf(series: readonly SeriesView[]): SeriesView['standing'] {
  const order = ['bad', 'good', 'neutral', 'usual'] as const
  return order.find(each => series.some(({ standing }) => standing === each)) ?? 'silent'
}

function frozen(series: SeriesView) {
  const { chart } = series
  return { ...series, chart: chart === null ? null : { ...chart, asAt: chart.asAt?.toString() ?? null } }
}

/** The name of a file may say more than its figures: it stays inside. */
function publicRevision({ series, period, revision, value, asAt }: RevisionLine) {
  return { series, period, revision, value, asAt: asAt?.toString() ?? null }
}
