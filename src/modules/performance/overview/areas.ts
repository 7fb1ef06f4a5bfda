import type { Answer, WorkspaceContext } from '../../../platform/web/route.ts'
import { notFound, page } from '../../../platform/web/route.ts'
import { areaBreadcrumbs, areasModel, formOf, partAt } from './areas-model.ts'
import { dashboardModel, layouts } from './dashboard-model.ts'
import { left } from './dashboard.ts'
import { overviewCsv, overviewJson } from './downloads.ts'
import { partText, readFilters } from './filters.ts'
import { comparators, countedParts, heldBreakdowns, heldMeasures } from './held.ts'
import { overviewPaths } from './paths.ts'

const home = { text: 'Performance', href: overviewPaths.dashboard }

/** The parts into which measures are broken down: districts, local policing areas, and others. */
export async function showAreas({ trx, viewer }: WorkspaceContext): Promise<Answer> {
  const breakdowns = await heldBreakdowns(trx, viewer.area.id)
  return page('modules/performance/views/overview-areas.njk', {
    layout: layouts.workspace,
    title: 'Areas and other breakdowns',
    breadcrumbs: [home],
    groups: areasModel(countedParts(breakdowns), overviewPaths.areas, comparators),
    empty: 'Areas appear here once figures are loaded that name them, and other breakdowns with them.',
  })
}

/** One part across all the measures that are broken down to it. */
export async function showArea(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, params, query, baseUrl } = context
  const { name, form } = formOf(params['part'] ?? '')
  const breakdowns = await heldBreakdowns(trx, viewer.area.id)
  const part = partAt(countedParts(breakdowns), params['dimension'] ?? '', name)
  if (part === null) return notFound()
  const measures = (await heldMeasures(trx, viewer.area.id, breakdowns, part)).filter(each => each.series !== null)
  const filters = { ...readFilters(query, []), part }
  const file = { fileName: `${viewer.area.slug}-${name}`, part: partText(part), baseUrl, banner: null }
  if (form === 'csv') return overviewCsv(left(measures, filters), file)
  if (form === 'json') return overviewJson(left(measures, filters), file)
  const model = dashboardModel({
    side: 'workspace',
    title: part.name,
    address: overviewPaths.area(part),
    measures,
    offered: [],
    filters,
    onePart: true,
    breadcrumbs: areaBreadcrumbs(home, overviewPaths.areas),
    links: [],
    empty: 'No figures are held of this part.',
  })
  return page('modules/performance/views/overview.njk', model)
}
