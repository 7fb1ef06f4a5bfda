import type { CellModel } from '../../../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext } from '../../../../platform/web/route.ts'
import { page, redirect } from '../../../../platform/web/route.ts'
import { paths } from '../../paths.ts'
import { forgetMapping, keptMappings } from '../reading-queries.ts'
import { stepPaths } from './draft.ts'
import { isPeriodLike } from './offer.ts'

/** How spreadsheets are read, as the viewer's organisation keeps it. */
export async function showMappings({ trx, viewer }: WorkspaceContext): Promise<Answer> {
  const kept = await keptMappings(trx, viewer.area.id, viewer.organisation.id)
  const model = {
    title: 'How your spreadsheets are read',
    breadcrumbs: [
      { text: 'Performance', href: paths.measures },
      { text: 'Files of figures', href: paths.imports },
    ],
    kept: kept.map(({ id, name, mapping, kept_by, kept_at }) => ({
      name,
      by: kept_by,
      at: kept_at,
      sheet: mapping.sheet,
      known: mapping.columns
        .filter(column => column.holds !== 'nothing' && column.heading !== '' && !isPeriodLike(column.heading))
        .map(column => column.heading),
      labels: labelCells(mapping),
      forget: `${stepPaths.mappings}/${id}/forget`,
    })),
  }
  return page('modules/performance/import/views/mappings.njk', model)
}

function labelCells({
  measures,
  breakdowns,
}: {
  measures: Record<string, string | null>
  breakdowns: Record<string, string | null>
}) {
  const text = (words: string): CellModel => ({ type: 'text', text: words })
  return [
    ...Object.entries(measures).map(([label, reference]) => ({ cells: [text(label), text(reference ?? 'left out')] })),
    ...Object.entries(breakdowns).map(([label, name]) => ({
      cells: [text(label), text(name === null ? 'left out' : name === '' ? 'the whole area' : name)],
    })),
  ]
}

export async function doForget({ trx, viewer, params }: WorkspaceContext): Promise<Answer> {
  await forgetMapping(trx, viewer.area.id, viewer.organisation.id, params['id'] ?? '')
  return redirect(stepPaths.mappings, 'Files of that shape are described afresh from now on')
}
