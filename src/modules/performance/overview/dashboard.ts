import type { LinkModel } from '../../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext } from '../../../platform/web/route.ts'
import { page } from '../../../platform/web/route.ts'
import { commentaryRegister } from '../commentary/paths.ts'
import { paths } from '../paths.ts'
import { qualityPaths } from '../quality/paths.ts'
import { dashboardModel } from './dashboard-model.ts'
import { overviewCsv, overviewJson } from './downloads.ts'
import { type OverviewFilters, partText, readFilters, shownGroups } from './filters.ts'
import { countedParts, heldBreakdowns, heldMeasures } from './held.ts'
import type { MeasureFacts } from './lines.ts'
import { overviewPaths } from './paths.ts'
import { reportPaths } from '../standard-reports/paths.ts'

/** The measures of this organisation by objective, exceptional ones first; the filters live in the address. */
export async function showDashboard(context: WorkspaceContext): Promise<Answer> {
  const { measures, offered, filters } = await load(context)
  const model = dashboardModel({
    side: 'workspace',
    title: 'Performance',
    address: overviewPaths.dashboard,
    measures,
    offered,
    filters,
    links: links(context),
    empty: 'Measures appear here, by objective, when they are set up. Figures are then loaded from a file.',
  })
  return page('modules/performance/views/overview.njk', model)
}

async function load({ trx, viewer, query }: WorkspaceContext) {
  const breakdowns = await heldBreakdowns(trx, viewer.area.id)
  const offered = countedParts(breakdowns)
  const filters = readFilters(query, offered)
  return { offered, filters, measures: await heldMeasures(trx, viewer.area.id, breakdowns, filters.part) }
}

function links(context: WorkspaceContext): LinkModel[] {
  return [
    { text: 'Areas and other breakdowns', href: overviewPaths.areas },
    { text: 'Compare areas', href: overviewPaths.compare },
    { text: 'Reports people know', href: reportPaths.all },
    { text: 'Exceptions', href: paths.exceptions },
    { text: 'Data queries', href: qualityPaths.queries },
    { text: 'Claims', href: qualityPaths.claims },
    { text: 'Commentary', href: commentaryRegister },
    { text: 'All measures', href: paths.measures },
    { text: 'Files loaded', href: paths.imports },
    ...(context.may('performance.load') ? [{ text: 'Load figures', href: `${paths.imports}/new` }] : []),
    ...(context.may('performance.set-up') ? [{ text: 'Set up a measure', href: `${paths.measures}/new` }] : []),
  ]
}

/** The same rows as a file. */
export async function downloadDashboardCsv(context: WorkspaceContext): Promise<Answer> {
  const { measures, filters } = await load(context)
  return overviewCsv(left(measures, filters), fileParts(context, filters))
}

export async function downloadDashboardJson(context: WorkspaceContext): Promise<Answer> {
  const { measures, filters } = await load(context)
  return overviewJson(left(measures, filters), fileParts(context, filters))
}

/** The measures that the page shows: those whose rows its filters leave. */
export function left(measures: readonly MeasureFacts[], filters: OverviewFilters): MeasureFacts[] {
  const shown = new Set(shownGroups(measures, filters).flatMap(({ rows }) => rows.map(row => row.href)))
  return measures.filter(each => shown.has(each.href))
}

function fileParts({ viewer, baseUrl }: WorkspaceContext, { part }: OverviewFilters) {
  return {
    fileName: `${viewer.area.slug}-performance`,
    part: part === null ? '' : partText(part),
    baseUrl,
    banner: null,
  }
}
