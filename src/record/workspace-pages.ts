import type { ActionModel, CellModel, ColumnModel, RegisterModel } from '../platform/web/patterns.ts'
import { sortableColumn, withQuery } from '../platform/web/patterns.ts'
import type { Answer, WorkspaceContext } from '../platform/web/route.ts'
import { page } from '../platform/web/route.ts'
import type { KindDescription } from './description.ts'
import { capital, countInWords, stateFilter } from './public-pages.ts'
import type { RecordHead } from './record.ts'
import { dueModel, duePath } from './record-pages.ts'
import { listReceived } from './release.ts'
import type { Received } from './release.ts'
import { defaultSort, registerQuery, workspaceCounts, workspaceRegister } from './register.ts'
import { stateModel } from './words.ts'

/** What a module adds to the common register of one kind in the workspace. */
export interface RegisterParts {
  address: string
  introduction?: string
  actions?: readonly ActionModel[]
  empty: string
  /** At most two columns between title and state; `cells` is asked once for the whole page. */
  columns?: readonly ColumnModel[]
  cells?: (records: readonly RecordHead[]) => Promise<ReadonlyMap<string, readonly CellModel[]>>
  /** More for the template: what others have released to this organisation is under `received`. */
  title?: string
}

/**
 * The register of a kind in an organisation's part of the workspace: its own records as a paged table, and before it,
 * in the same template, what others released to it.
 */
export async function workspaceRegisterPage(
  context: WorkspaceContext,
  kind: KindDescription,
  parts: RegisterParts,
): Promise<Answer> {
  const { trx, viewer } = context
  const query = registerQuery(context.query)
  const organisation = viewer.organisation.id
  const found = await workspaceRegister(trx, organisation, viewer.area.id, kind.kind, query)
  const counts = await workspaceCounts(trx, organisation, viewer.area.id, kind.kind)
  const cells = (await parts.cells?.(found.rows)) ?? new Map<string, readonly CellModel[]>()
  const turn = (changes: Record<string, string | undefined>) => withQuery(parts.address, context.query, changes)
  const model: RegisterModel = {
    title: parts.title ?? capital(kind.plural),
    count: countInWords(kind, counts, query.state),
    address: parts.address,
    ...(parts.introduction !== undefined && { introduction: parts.introduction }),
    filters: [stateFilter(kind, Object.keys(kind.states), query.state)],
    filtered: query.state !== undefined,
    ...(context.query['sort'] !== undefined && { kept: [{ name: 'sort', value: context.query['sort'] }] }),
    columns: registerColumns(context, kind, parts),
    rows: found.rows.map(record => ({ cells: rowCells(context, kind, record, cells.get(record.id) ?? []) })),
    empty: parts.empty,
    ...(found.previous !== null && { previous: turn({ before: found.previous, after: undefined }) }),
    ...(found.next !== null && { next: turn({ after: found.next, before: undefined }) }),
    ...(parts.actions !== undefined && { actions: parts.actions }),
  }
  const received = await listReceived(trx, organisation, { areaId: viewer.area.id, kinds: [kind.kind] })
  return page('record/views/workspace-register.njk', {
    title: model.title,
    register: model,
    received: received.map(each => receivedLine(context, kind, each)),
  })
}

function registerColumns(context: WorkspaceContext, kind: KindDescription, parts: RegisterParts): ColumnModel[] {
  const sortable = (heading: string, name: string) =>
    sortableColumn(heading, name, parts.address, context.query, defaultSort)
  return [
    sortable(capital(kind.word), 'title'),
    ...(parts.columns ?? []),
    { heading: 'State' },
    sortable('Date', 'dated'),
    sortable('Due', 'due'),
  ]
}

function rowCells(
  { viewer }: WorkspaceContext,
  kind: KindDescription,
  record: RecordHead,
  more: readonly CellModel[],
): CellModel[] {
  const parts = { historical: viewer.area.historical, href: duePath(record.id) }
  return [
    { type: 'text', text: record.title, href: kind.workspacePath(record.id), hint: record.reference },
    ...more,
    { type: 'state', state: stateModel(record.kind, record.state) },
    { type: 'date', date: record.dated },
    record.due === null
      ? { type: 'text', text: '' }
      : { type: 'due', due: dueModel(record.kind, record.state, record.due, parts) },
  ]
}

/** A record that another organisation released to this one, as a line above the register. */
function receivedLine({ viewer }: WorkspaceContext, kind: KindDescription, received: Received) {
  const { recordId, state, dueDate } = received
  const parts = { historical: viewer.area.historical, href: duePath(recordId) }
  const path = kind.receivedPath ?? kind.workspacePath
  return {
    reference: received.reference,
    title: received.title,
    href: path(received.recordId),
    sentAt: received.sentAt,
    due: dueDate === null ? null : dueModel(kind.kind, state, { kind: 'date', date: dueDate }, parts),
  }
}
