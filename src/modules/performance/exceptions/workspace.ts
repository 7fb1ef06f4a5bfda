import type { ActionModel, CellModel } from '../../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext } from '../../../platform/web/route.ts'
import { notFound, page } from '../../../platform/web/route.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { findRecord } from '../../../record/records.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { exceptionKind, paths } from '../kinds.ts'
import { findExceptions } from '../queries.ts'
import { viewException } from './snapshot.ts'
import { judgementWords } from './texts.ts'

/** The register of exceptions, good and bad. */
export function showExceptions(context: WorkspaceContext): Promise<Answer> {
  return workspaceRegisterPage(context, exceptionKind, {
    address: paths.exceptions,
    introduction: 'Figures that the rules say need explaining, for better or worse.',
    empty: 'Exceptions appear here when figures are loaded that the rules say need explaining.',
    columns: [{ heading: 'Judged' }],
    cells: async records => {
      const ids = records.map(record => record.id)
      const found = await findExceptions(context.trx, context.viewer.area.id, ids)
      return new Map(
        found.map(each => [each.id, [{ type: 'text', text: judgementWords[each.judged] } satisfies CellModel]]),
      )
    },
  })
}

/** One exception: what happened in words, its chart, and what can be asked about it. */
export async function showException(context: WorkspaceContext): Promise<Answer> {
  const key = { areaId: context.viewer.area.id, id: context.params['id'] ?? '' }
  const record = await findRecord(context.trx, key)
  const found = record === null ? null : await viewException(context.trx, key)
  if (record === null || found === null) return notFound()
  const { exception, measure, view } = found
  const actions: ActionModel[] = [
    ...(context.may('scrutiny.draft-question')
      ? [{ text: 'Draft a question from this', href: paths.draftQuestion(record.id) }]
      : []),
    ...(context.may('performance.publish')
      ? [{ text: 'Publish', href: `/workspace/records/${record.id}/publish` }]
      : []),
  ]
  return page('modules/performance/views/exception.njk', {
    title: record.title,
    breadcrumbs: [
      { text: 'Performance', href: paths.measures },
      { text: 'Exceptions', href: paths.exceptions },
    ],
    record: await recordModel(context, record, {
      summary: [
        { key: 'Measure', value: { type: 'text', text: measure.title, href: paths.measure(measure.id) } },
        { key: 'Judged', value: { type: 'text', text: judgementWords[exception.judged] } },
      ],
      actions,
    }),
    text: exception.text,
    view,
  })
}
