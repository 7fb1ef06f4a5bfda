import type { LinkModel } from '../../../platform/web/patterns.ts'
import type { Answer, PublicContext, PublicRoute } from '../../../platform/web/route.ts'
import { notFound, page } from '../../../platform/web/route.ts'
import { areaBreadcrumbs, areasModel, formOf, partAt } from './areas-model.ts'
import { downloadPublicCompareCsv, downloadPublicCompareJson, showPublicCompare } from './compare/compare-public.ts'
import { dashboardModel, layouts } from './dashboard-model.ts'
import { left } from './dashboard.ts'
import { overviewCsv, overviewJson } from './downloads.ts'
import { type OverviewFilters, partText, readFilters } from './filters.ts'
import { comparators } from './held.ts'
import { byName } from './lines.ts'
import { partAddress } from './paths.ts'
import { publishedFacts, publishedMeasures, publishedParts } from './published.ts'
import { publishedLines } from '../standard-reports/published-reports.ts'

/** Public addresses of the pages that show many figures at once. */
export const overviewPublic: readonly PublicRoute[] = [
  { path: '/performance', handler: showPublicDashboard },
  { path: '/performance.csv', handler: context => downloadPublicDashboard(context, 'csv') },
  { path: '/performance.json', handler: context => downloadPublicDashboard(context, 'json') },
  { path: '/performance/areas', handler: showPublicAreas },
  { path: '/performance/areas/:dimension/:part', handler: showPublicArea },
  { path: '/performance/:slug/compare', handler: showPublicCompare },
  { path: '/performance/:slug/compare.csv', handler: downloadPublicCompareCsv },
  { path: '/performance/:slug/compare.json', handler: downloadPublicCompareJson },
]

const homeOf = ({ area }: PublicContext): LinkModel => ({ text: area.name, href: `/${area.slug}/` })
const performanceOf = ({ area }: PublicContext): LinkModel => ({
  text: 'Performance',
  href: `/${area.slug}/performance`,
})

/** What the form and the links keep: the day whose published state is shown. */
function keptOf({ query }: PublicContext): Record<string, string> {
  const asOf = query['as-of']
  return asOf === undefined || asOf === '' ? {} : { 'as-of': asOf }
}

async function load(context: PublicContext) {
  const published = await publishedMeasures(context)
  const offered = publishedParts(published).toSorted(
    (a, b) => byName(a.dimension, b.dimension) || byName(a.name, b.name),
  )
  const filters = readFilters(context.query, offered)
  return { published, offered, filters, measures: publishedFacts(context, published, filters.part) }
}

/** The published measures by objective, exceptional ones first. */
async function showPublicDashboard(context: PublicContext): Promise<Answer> {
  const { offered, filters, measures } = await load(context)
  const address = performanceOf(context).href
  const model = dashboardModel({
    side: 'public',
    title: 'Performance',
    address,
    measures,
    offered,
    filters,
    links: [
      ...(offered.length === 0 ? [] : [{ text: 'Areas and other breakdowns', href: `${address}/areas` }]),
      ...((await publishedLines(context)).size === 0
        ? []
        : [{ text: 'Reports people know', href: `${address}/reports` }]),
    ],
    empty: 'No measures have been published yet. They appear here, by objective, when the first is.',
    kept: keptOf(context),
    atom: `${address}.atom`,
    breadcrumbs: [homeOf(context)],
  })
  return page('modules/performance/views/overview.njk', model)
}

async function downloadPublicDashboard(context: PublicContext, form: 'csv' | 'json'): Promise<Answer> {
  const { filters, measures } = await load(context)
  return (form === 'csv' ? overviewCsv : overviewJson)(left(measures, filters), fileOf(context, 'performance', filters))
}

function fileOf({ area, baseUrl }: PublicContext, name: string, { part }: OverviewFilters) {
  return {
    fileName: `${area.slug}-${name}`,
    part: part === null ? '' : partText(part),
    baseUrl,
    banner: area.banner,
  }
}

async function showPublicAreas(context: PublicContext): Promise<Answer> {
  const parts = publishedParts(await publishedMeasures(context))
  const { href } = performanceOf(context)
  return page('modules/performance/views/overview-areas.njk', {
    layout: layouts.public,
    title: 'Areas and other breakdowns',
    breadcrumbs: [homeOf(context), performanceOf(context)],
    groups: areasModel(parts, `${href}/areas`, comparators),
    empty: 'No published measure is broken down by area yet.',
  })
}

async function showPublicArea(context: PublicContext): Promise<Answer> {
  const { params, query } = context
  const { name, form } = formOf(params['part'] ?? '')
  const published = await publishedMeasures(context)
  const part = partAt(publishedParts(published), params['dimension'] ?? '', name)
  if (part === null) return notFound()
  const measures = publishedFacts(context, published, part).filter(each => each.series !== null)
  const filters = { ...readFilters(query, []), part }
  if (form !== 'page') {
    return (form === 'csv' ? overviewCsv : overviewJson)(left(measures, filters), fileOf(context, name, filters))
  }
  const areas = `${performanceOf(context).href}/areas`
  const model = dashboardModel({
    side: 'public',
    title: part.name,
    address: `${areas}/${partAddress(part)}`,
    measures,
    offered: [],
    filters,
    onePart: true,
    breadcrumbs: [homeOf(context), ...areaBreadcrumbs(performanceOf(context), areas)],
    links: [],
    empty: 'No figures are published of this part.',
    kept: keptOf(context),
  })
  return page('modules/performance/views/overview.njk', model)
}
