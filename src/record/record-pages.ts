import type { ActionModel, DueModel, HistoryModel, RecordModel, SummaryRowModel } from '../platform/web/patterns.ts'
import type { ChainLinkModel, WorkingModel } from '../platform/web/patterns.ts'
import type { WorkspaceContext } from '../platform/web/route.ts'
import { groundInWords } from './classification.ts'
import { judgedHere, shownClocksOf, workingModel } from './clock-models.ts'
import { historyOf } from './history.ts'
import type { HistoryLine } from './history.ts'
import { stateOf } from './kinds.ts'
import type { Due, RecordHead } from './record.ts'
import { trailOf, workspaceTrail } from './trail.ts'
import type { TrailStep } from './trail.ts'
import { eventWords, kindWord, noLaterPaper, stateModel } from './words.ts'

/** What a module adds to the common page of a record. */
export interface RecordPageParts {
  summary?: readonly SummaryRowModel[]
  actions?: readonly ActionModel[]
  note?: string
}

/**
 * The workspace page of one record: reference, state, due and classification, then the module's own rows, the nearest
 * of the trail, and the history. The module prints its content between.
 */
export async function recordModel(
  context: WorkspaceContext,
  record: RecordHead,
  parts: RecordPageParts,
): Promise<RecordModel> {
  const { trx, viewer } = context
  const trail = await trailOf(workspaceTrail(trx, viewer.organisation.id), record)
  const due = await openedDue(context, record)
  return {
    caption: `${kindWord(record.kind)} ${record.reference}`,
    title: record.title,
    state: stateModel(record.kind, record.state),
    summary: [...headRows(record, due), ...(parts.summary ?? [])],
    ...(parts.actions !== undefined && { actions: parts.actions }),
    ...(parts.note !== undefined && { note: parts.note }),
    before: (trail?.causes ?? []).map(chainLink),
    after: (trail?.consequences ?? []).map(chainLink),
    trail: `/workspace/records/${record.id}/trail`,
    history: (await historyOf(trx, record)).map(historyModel),
  }
}

/** What a record's own page opens of its deadlines: the working of its due, and the page with all of them. */
interface OpenedDue extends DueParts {
  clocks: number
}

async function openedDue({ trx, viewer, now }: WorkspaceContext, record: RecordHead): Promise<OpenedDue> {
  const clocks = await shownClocksOf(trx, record)
  const setting = clocks.find(({ clock }) => clock.setsDue)
  const judged = await judgedHere(trx, record.areaId, now)
  return {
    clocks: clocks.length,
    historical: viewer.area.historical,
    ...(clocks.length > 0 && { href: duePath(record.id) }),
    ...(setting !== undefined && { working: workingModel(setting.shown, judged) }),
  }
}

/** The workspace page that shows every deadline of a record with its working. */
export function duePath(recordId: string): string {
  return `/workspace/records/${recordId}/due`
}

function headRows(record: RecordHead, due: OpenedDue): SummaryRowModel[] {
  const rows: SummaryRowModel[] = [{ key: 'Date', value: { type: 'date', date: record.dated } }]
  if (record.printedReference !== null) {
    rows.push({ key: 'Reference as printed', value: { type: 'text', text: record.printedReference } })
  }
  if (record.due !== null) {
    rows.push({ key: 'Due', value: { type: 'due', due: dueModel(record.kind, record.state, record.due, due) } })
  } else if (due.clocks > 0) {
    const text = due.clocks === 1 ? '1 deadline' : `${String(due.clocks)} deadlines`
    rows.push({ key: 'Deadlines', value: { type: 'text', text, href: duePath(record.id) } })
  }
  if (record.classification !== 'open') {
    const text = `Not open: ${groundInWords(record.ground)}`
    rows.push({ key: 'Classification', value: { type: 'text', text } })
  }
  if (record.publication === 'published') rows.push({ key: 'Published', value: { type: 'text', text: 'Yes' } })
  return rows
}

/** What goes with a due: its working or the page that has it, and whether its area stands still. */
export interface DueParts {
  working?: WorkingModel
  href?: string
  /** In a historical area nothing is late: what is missing there is a paper that is not held. */
  historical?: boolean
}

/** A due as pages show it; days are counted only while something is still owed. */
export function dueModel(kind: string, state: string, due: Due, parts: DueParts = {}): DueModel {
  const open = stateOf(kind, state).open
  const { working, href, historical = false } = parts
  const more = {
    running: open && !historical,
    ...(open && historical && { standing: noLaterPaper }),
    ...(working !== undefined && { working }),
    ...(href !== undefined && { href }),
  }
  if (due.kind === 'condition') return { date: null, words: due.condition, lookAgain: due.lookAgain, ...more }
  return { date: due.date, ...(due.kind === 'meeting' && { words: 'At the meeting' }), ...more }
}

/** A step of the trail as it stands under "What led to this" and "What came of it". */
export function chainLink(step: TrailStep): ChainLinkModel {
  return {
    kind: kindWord(step.kind),
    title: step.title,
    href: step.address,
    date: step.dated,
    state: stateModel(step.kind, step.state),
  }
}

function historyModel(line: HistoryLine): HistoryModel {
  if (line.payload === null) return { at: line.at, what: `Erased: ${line.erasedUnder ?? ''}` }
  const { who, why, changes } = line.payload
  return {
    at: line.at,
    what: eventWords(line),
    ...(typeof who === 'string' && { who }),
    ...(typeof why === 'string' && { why }),
    ...(typeof changes === 'object' && changes !== null && { changes: changedFields(changes) }),
  }
}

function changedFields(changes: object): { name: string; before: string; after: string }[] {
  return Object.entries(changes as Record<string, { from: unknown; to: unknown }>)
    .filter(([, { from, to }]) => isPlain(from) && isPlain(to))
    .map(([name, { from, to }]) => ({ name, before: plainText(from), after: plainText(to) }))
}

function plainText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** Owners, dues and the like are told by the pages themselves; the history prints words and numbers. */
function isPlain(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}
