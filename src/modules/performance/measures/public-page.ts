import type { Answer, PublicContext, PublicRoute } from '../../../platform/web/route.ts'
import { notFound } from '../../../platform/web/route.ts'
import { publicRecord } from '../../../record/public-pages.ts'
import { atAddress } from '../../../record/published.ts'
import { measureKind } from '../kinds.ts'
import { compareLinks } from '../overview/compare/compare-public.ts'
import { parsePeriod } from '../period.ts'
import { publicDictionaryRoutes } from './dictionary.ts'
import { figuresCsv, figuresJson, withinWindow } from './downloads.ts'
import { figuresModel, keptQuery, type PageSeries, type PageSource, type Part, readAsked } from './measure-page.ts'
import type { PrintedMeasure } from './series-chart.ts'

/** Public addresses of the measures. */
export const publicMeasureRoutes: readonly PublicRoute[] = [
  ...publicDictionaryRoutes,
  { path: '/performance/:slug', handler: showMeasure },
]

/** What was frozen of a measure; what came later is missing in what was published before. */
interface PublishedMeasure {
  printed?: PrintedMeasure
  dimensions?: PageSource['dimensions']
  lines?: readonly Part[]
  series?: readonly (Omit<PageSeries, 'times' | 'breaks' | 'summary'> & Partial<PageSeries>)[]
}

const unknownMeasure: PrintedMeasure = {
  ...{ unit: 'count', kind: 'count', frequency: 'month', decimals: 0, polarity: 'neutral', settling: 0 },
  ...{ target: null, bandLow: null, bandHigh: null },
}

function seriesOf({ series = [] }: PublishedMeasure): PageSeries[] {
  return series.map(each => ({ times: [], breaks: [], summary: '', ...each }))
}

/** A row of the tree from a series that was published before rows were frozen beside it. */
function partOf({ breakdown, source, figures, standing, chart, says }: PageSeries): Part {
  const latest = figures.findLast(({ value }) => value !== null)
  const period = latest === undefined ? null : parsePeriod(latest.period)
  return {
    ...{ breakdown, source },
    facts: {
      at: period === null || 'fault' in period ? null : period.start.toString(),
      latest: latest?.value ?? null,
      ...{ yearBefore: null, status: '', standing, says: chart?.title ?? says[0] ?? '' },
      recent: figures.slice(-24).map(({ value }) => value),
      ...{ range: null, broken: null },
    },
  }
}

/** A measure's page, or with `.csv` or `.json` after its address, its figures. */
async function showMeasure(context: PublicContext): Promise<Answer> {
  const slug = context.params['slug'] ?? ''
  const form = /^(.+)\.(csv|json)$/.exec(slug)
  if (form !== null) return download(context, form[1] ?? '', form[2] === 'csv')
  const answer = await publicRecord(context, measureKind)
  if (answer.type !== 'page') return answer
  const { body } = answer.model as { body: PublishedMeasure }
  const address = `/${context.area.slug}/performance/${slug}`
  const all = seriesOf(body)
  const lines = body.lines ?? all.map(partOf)
  const query = keptQuery(context.query)
  const asked = readAsked(query, [...new Set(lines.map(({ breakdown }) => breakdown))])
  const source: PageSource = {
    measure: body.printed ?? unknownMeasure,
    dimensions: body.dimensions ?? [],
    parts: lines,
    series: all.filter(each => each.breakdown === asked.breakdown),
  }
  const figures = await figuresModel(source, asked, address, query)
  const shown = new Set(figures.shown.map(({ title }) => title))
  const downloads = { csv: `${address}.csv`, json: `${address}.json` }
  const compare = compareLinks(body, address)
  return { ...answer, model: { ...answer.model, figures, shown: [...shown], compare, downloads, feeds: downloads } }
}

/** The figures of every breakdown, or of the one that the address names, in the periods that it names. */
async function download(context: PublicContext, slug: string, asCsv: boolean): Promise<Answer> {
  const { db, area, asOf, baseUrl, query } = context
  const at = await atAddress(db, area.id, `performance/${slug}`, asOf)
  if (at.found === 'taken-down') return publicRecord({ ...context, params: { slug } }, measureKind)
  if (at.found !== 'record') return notFound()
  const { entry, snapshot } = at
  const all = seriesOf(snapshot.body)
  const { breakdown, from = '', to = '' } = query
  const series = all
    .filter(each => breakdown === undefined || each.breakdown === breakdown)
    .map(each => withinWindow(each, { from, to }))
  if (asCsv) return figuresCsv(entry.title, series, `${area.slug}-${slug}.csv`, area.banner)
  const { definition, unit, kind, polarity, source, target, rules, dimensions } = snapshot.body
  const head = {
    ...{ area: area.name, measure: entry.title, reference: entry.reference },
    address: `${baseUrl}/${area.slug}/${entry.address}`,
    ...(area.banner !== null && { note: area.banner }),
    ...{ definition, unit, kind, polarity, source, target, rules, dimensions, version: snapshot.version },
    publishedAt: snapshot.publishedAt.toString(),
  }
  return figuresJson(head, series)
}
