import { sparkline } from '../../platform/charts.ts'
import { writeCsv } from '../../platform/web/csv.ts'
import type { StateModel } from '../../platform/web/patterns.ts'
import type { Answer, PublicContext, PublicRoute } from '../../platform/web/route.ts'
import { notFound, page } from '../../platform/web/route.ts'
import { publicRecord } from '../../record/public-pages.ts'
import { allEntries, atAddress } from '../../record/published.ts'
import type { PublicEntry } from '../../record/register.ts'
import { counted } from '../../record/words.ts'
import { measureKind } from './kinds.ts'
import type { FigureData } from './measures/series-view.ts'
import { standingWords } from './measures/words.ts'

export const publicRoutes: readonly PublicRoute[] = [
  { path: '/performance', handler: showPerformance },
  { path: '/performance/:slug', handler: showMeasure },
]

/** A published measure's series, as far as lists and downloads read it. */
interface PublishedSeries {
  breakdown: string
  source: string
  standing: string
  figures: readonly FigureData[]
}

/** The measures by objective; within each, those with an exception first. */
async function showPerformance(context: PublicContext): Promise<Answer> {
  const { db, area, asOf } = context
  const entries = await allEntries(db, [area.id], measureKind.kind, asOf)
  const measures = await Promise.all(entries.map(entry => measureLine(context, entry)))
  const groups = Map.groupBy(measures, measure => measure.objective ?? '')
  const address = `/${area.slug}/performance`
  const downloads = { csv: `${address}.csv`, json: `${address}.json`, atom: `${address}.atom` }
  return page('modules/performance/views/public-performance.njk', {
    title: 'Performance',
    count: countInWords(measures),
    groups: [...groups]
      .sort(([a], [b]) => Number(a === '') - Number(b === '') || a.localeCompare(b, 'en-GB'))
      .map(([objective, found]) => ({
        title: objective === '' ? 'Other measures' : objective,
        href: objectiveHref(context, found[0]?.objectiveAddress ?? null),
        measures: found.sort((a, b) => a.order - b.order || a.title.localeCompare(b.title, 'en-GB')),
      })),
    downloads,
    feeds: downloads,
    breadcrumbs: [{ text: area.name, href: `/${area.slug}/` }],
  })
}

function countInWords(measures: readonly { order: number }[]): string {
  const out = measures.filter(measure => measure.order === 0).length
  const all = counted(measures.length, 'measure')
  return out === 0 ? all : `${all}, ${out.toLocaleString('en-GB')} out of the ordinary`
}

function objectiveHref({ area }: PublicContext, address: string | null): string | null {
  return address === null ? null : `/${area.slug}/${address}`
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

async function measureLine(context: PublicContext, entry: PublicEntry) {
  const facts: Readonly<Record<string, unknown>> = { ...entry.facts }
  const reading = readingModel(text(facts['reading']))
  const [main] = await seriesAt(context, entry.address)
  return {
    title: entry.title,
    href: `/${context.area.slug}/${entry.address}`,
    summary: entry.summary,
    latest: text(facts['latest']),
    period: text(facts['period']),
    objective: text(facts['objective']),
    objectiveAddress: await publishedAddress(context, text(facts['objectiveAddress'])),
    reading,
    order: reading.word.startsWith(standingWords.neutral.word) ? 0 : 1,
    svg: main === undefined || main.figures.length < 2 ? null : await sparkline(entry.title, lastYears(main)),
  }
}

/** Periods that a small line shows: enough for two years of months. */
const sparkPeriods = 24
const lastYears = (series: PublishedSeries) => series.figures.slice(-sparkPeriods).map(figure => figure.value)

function readingModel(word: string | null): StateModel {
  return Object.values(standingWords).find(each => each.word === word) ?? standingWords.silent
}

/** The objective's address, if it is published too. */
async function publishedAddress({ db, area, asOf }: PublicContext, address: string | null): Promise<string | null> {
  if (address === null) return null
  return (await atAddress(db, area.id, address, asOf)).found === 'record' ? address : null
}

async function seriesAt({ db, area, asOf }: PublicContext, address: string): Promise<readonly PublishedSeries[]> {
  const at = await atAddress(db, area.id, address, asOf)
  if (at.found !== 'record') return []
  const { series } = at.snapshot.body as { series?: readonly PublishedSeries[] }
  return series ?? []
}

/** A measure's page, or with `.csv` or `.json` after its address, its figures. */
async function showMeasure(context: PublicContext): Promise<Answer> {
  const form = /^(.+)\.(csv|json)$/.exec(context.params['slug'] ?? '')
  if (form !== null) return download(context, form[1] ?? '', form[2] === 'csv')
  const answer = await publicRecord(context, measureKind)
  if (answer.type !== 'page') return answer
  const address = `/${context.area.slug}/performance/${context.params['slug'] ?? ''}`
  const downloads = { csv: `${address}.csv`, json: `${address}.json` }
  return { ...answer, model: { ...answer.model, downloads, feeds: downloads } }
}

async function download(context: PublicContext, slug: string, asCsv: boolean): Promise<Answer> {
  const { db, area, asOf, baseUrl } = context
  const at = await atAddress(db, area.id, `performance/${slug}`, asOf)
  if (at.found === 'taken-down') return publicRecord({ ...context, params: { slug } }, measureKind)
  if (at.found !== 'record') return notFound()
  const { entry, snapshot } = at
  const address = `${baseUrl}/${area.slug}/${entry.address}`
  const series = (snapshot.body as { series?: readonly PublishedSeries[] }).series ?? []
  if (asCsv) return csvOf(context, entry.title, slug, series)
  const { definition, unit, kind, polarity, source, target, rules } = snapshot.body
  const body = {
    ...{ area: area.name, measure: entry.title, reference: entry.reference, address },
    ...(area.banner !== null && { note: area.banner }),
    ...{ definition, unit, kind, polarity, source, target, rules, version: snapshot.version },
    publishedAt: snapshot.publishedAt.toString(),
    series: series.map(withoutPicture),
  }
  return { type: 'content', mediaType: 'application/json; charset=utf-8', body: JSON.stringify(body, null, 2) }
}

function withoutPicture(series: PublishedSeries): object {
  return { ...series, chart: undefined }
}

const csvColumns = [
  'measure',
  'period',
  'value',
  'breakdown',
  'numerator',
  'denominator',
  'status',
  'as_at',
  'source',
  'mark',
  'signals',
] as const

/** The figures in the long form that is also loaded. */
function csvOf({ area }: PublicContext, title: string, slug: string, series: readonly PublishedSeries[]): Answer {
  const rows = series.flatMap(each =>
    each.figures.map(figure => [
      ...[title, figure.period, figure.value, each.breakdown, figure.numerator, figure.denominator],
      ...[figure.status === 'not-stated' ? '' : figure.status, figure.asAt, each.source, figure.mark],
      figure.signals.join(' '),
      ...(area.banner === null ? [] : [area.banner]),
    ]),
  )
  const columns = area.banner === null ? csvColumns : [...csvColumns, 'note']
  return {
    type: 'content',
    mediaType: 'text/csv; charset=utf-8',
    body: writeCsv(columns, rows),
    fileName: `${area.slug}-${slug}.csv`,
  }
}
