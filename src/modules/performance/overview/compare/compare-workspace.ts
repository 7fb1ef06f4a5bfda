import type { Answer, WorkspaceContext } from '../../../../platform/web/route.ts'
import { notFound, page } from '../../../../platform/web/route.ts'
import { withQuery } from '../../../../platform/web/patterns.ts'
import { slug } from '../../../../record/entries.ts'
import { paths } from '../../paths.ts'
import { layouts } from '../dashboard-model.ts'
import { comparators } from '../held.ts'
import { overviewPaths } from '../paths.ts'
import { compareCsv, compareJson } from './compare-downloads.ts'
import { compareModel, comparisonOf } from './compare-model.ts'
import { comparableMeasures } from './compare-queries.ts'
import { type Compared, offeredBy, readChoices } from './compared.ts'
import { heldComparison } from './held-comparison.ts'

const home = { text: 'Performance', href: overviewPaths.dashboard }
const list = { text: 'Compare areas and other parts', href: overviewPaths.compare }

/** The measures whose areas can be compared, each with the kinds of area. */
export async function showComparable({ trx, viewer }: WorkspaceContext): Promise<Answer> {
  const measures = await comparableMeasures(trx, viewer.area.id)
  return page('modules/performance/views/compare-list.njk', {
    layout: layouts.workspace,
    title: list.text,
    breadcrumbs: [home],
    links: [{ text: 'Most similar forces', href: overviewPaths.similar }],
    measures: measures.map(({ id, title, dimensions }) => ({
      title,
      dimensions: dimensions.map(text => ({
        text,
        href: withQuery(overviewPaths.compareMeasure(id), {}, { dimension: text }),
      })),
    })),
    empty:
      'Measures appear here once they have figures of two areas or more that their dictionary lists under one dimension: districts, local policing areas, or other police areas.',
  })
}

async function load({ trx, viewer, params, query }: WorkspaceContext) {
  const compared = await heldComparison(trx, { areaId: viewer.area.id, id: params['id'] ?? '' })
  if (compared === null) return null
  const offered = offeredBy(compared, query, comparators)
  return { compared, offered, choices: readChoices(query, offered) }
}

/** The areas of one measure at one time. */
export async function showCompare(context: WorkspaceContext): Promise<Answer> {
  const id = context.params['id'] ?? ''
  const found = await load(context)
  if (found === null) return notFound()
  const { compared, offered, choices } = found
  const breadcrumbs = [home, { text: compared.measure.title, href: paths.measure(id) }]
  if (choices === null) return nothingToCompare(compared, breadcrumbs)
  const model = await compareModel(compared, offered, choices, {
    side: 'workspace',
    address: overviewPaths.compareMeasure(id),
    areaName: context.viewer.area.name,
    breadcrumbs,
    group: { text: 'Most similar forces', href: overviewPaths.similar },
  })
  return page('modules/performance/views/compare.njk', model, choices.groupFault === null ? 200 : 422)
}

function nothingToCompare({ measure }: Compared, breadcrumbs: object): Answer {
  return page('modules/performance/views/compare-list.njk', {
    layout: layouts.workspace,
    title: `${measure.title}: areas compared`,
    breadcrumbs,
    links: [],
    measures: [],
    empty: 'No two areas of this measure have figures for the same period yet.',
  })
}

export async function downloadCompareCsv(context: WorkspaceContext): Promise<Answer> {
  return download(context, compareCsv)
}

export async function downloadCompareJson(context: WorkspaceContext): Promise<Answer> {
  return download(context, compareJson)
}

async function download(context: WorkspaceContext, write: typeof compareCsv): Promise<Answer> {
  const found = await load(context)
  if (found === null || found.choices === null) return notFound()
  const { compared, choices } = found
  const comparison = await comparisonOf(compared, choices, {
    areaName: context.viewer.area.name,
    side: 'workspace',
  })
  const fileName = `${slug(compared.measure.title)}-compared`
  return write(compared, choices, comparison, { fileName, banner: null })
}
