import { writeCsv } from '../../../platform/web/csv.ts'
import type { CellModel, RegisterModel } from '../../../platform/web/patterns.ts'
import { withQuery } from '../../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { page } from '../../../platform/web/route.ts'
import { plural } from '../../../platform/plural.ts'
import { longDate } from '../../../platform/time.ts'
import { dueModel, duePath } from '../../../record/record-pages.ts'
import type { RecordHead } from '../../../record/record.ts'
import { workspaceAddress } from '../../../record/records.ts'
import { listReceived } from '../../../record/release.ts'
import { kindWord, stateModel } from '../../../record/words.ts'
import { coloursOf } from '../colours/find-rule.ts'
import { colourTag } from '../colours/pages.ts'
import { bodyChoices, offered } from '../items/choices.ts'
import { dueChangesOfAll, findItems } from '../items/queries.ts'
import { dueInWords, isUnderWay } from '../items/rules.ts'
import { isItemKind, itemPath } from '../items/words.ts'
import { receivedPath } from '../replies/words.ts'
import { bodyFilter, filterModels, isFiltered, readFilters } from './filters.ts'
import type { Asked } from './filters.ts'
import { logCells, logColumns, logCsvColumns, logCsvRow, logLines } from './log.ts'
import type { LogLine } from './log.ts'
import { askedBefore, listItems, redatedItems } from './queries.ts'
import type { ListedItem } from './queries.ts'

/** Rows on a page of each list, and at most in a download. */
const sizes = { register: 25, log: 100, asked: 25, download: 10_000, redated: 500 } as const

export const listRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/follow-up', permission: 'follow-up.read', handler: showRegister },
  { method: 'GET', path: '/follow-up/log', permission: 'follow-up.read', handler: showLog },
  { method: 'GET', path: '/follow-up/log.csv', permission: 'follow-up.read', handler: sendLog },
  { method: 'GET', path: '/follow-up/re-dated', permission: 'follow-up.read', handler: showRedated },
  { method: 'GET', path: '/follow-up/re-dated.csv', permission: 'follow-up.read', handler: sendRedated },
  { method: 'GET', path: '/follow-up/asked-before', permission: 'follow-up.read', handler: showAskedBefore },
]

const bodiesOffered = async ({ trx, viewer }: WorkspaceContext) => offered(await bodyChoices(trx, viewer))

/** What every list in the workspace has in common: filters, pages, and where they lead. */
function listModel(
  context: WorkspaceContext,
  address: string,
  found: { rows: RegisterModel['rows']; next: string | null },
  parts: Pick<RegisterModel, 'title' | 'columns' | 'empty'> & Partial<RegisterModel>,
): RegisterModel {
  const more = found.next === null ? '' : ' on this page'
  return {
    count: `${plural(found.rows.length, 'entry', 'entries')}${more}, the latest first`,
    address,
    rows: found.rows,
    ...(context.query['after'] !== undefined && {
      previous: withQuery(address, context.query, { after: undefined }),
    }),
    ...(found.next !== null && { next: withQuery(address, context.query, { after: found.next }) }),
    ...parts,
  }
}

async function showRegister(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, now } = context
  const asked = readFilters(context.query)
  const { items, next } = await listItems(trx, viewer.area.id, narrowed(asked), {
    ...page1(asked),
    size: sizes.register,
  })
  const colours = await coloursOf(trx, { area: viewer.area, now }, items)
  const list = listModel(
    context,
    '/workspace/follow-up',
    { rows: items.map(each => ({ cells: registerCells(each, colours.get(each.record.id)) })), next },
    {
      title: 'Recommendations, requests and actions',
      columns: ['What is asked', 'Lead', 'State', 'Colour', 'Date', 'Due'].map(heading => ({ heading })),
      empty: 'What is asked of anybody appears here: recommendations, requests for information, and actions.',
      filters: filterModels(asked, await bodiesOffered(context)),
      filtered: isFiltered(asked),
      ...(context.may('follow-up.raise') && {
        actions: [{ text: 'Raise something', href: '/workspace/follow-up/new' }],
      }),
    },
  )
  return page('modules/follow-up/views/register.njk', {
    title: list.title,
    register: list,
    received: await receivedLines(context),
  })
}

const narrowed = ({ kinds, states, lead, words, body }: Asked) => ({
  kinds,
  ...(states !== undefined && { states }),
  ...(lead !== undefined && { lead }),
  ...(words !== undefined && { words }),
  ...(body !== undefined && { body }),
})

const page1 = ({ after }: Asked) => (after === undefined ? {} : { after })

type Found = Awaited<ReturnType<typeof coloursOf>> extends Map<string, infer Value> ? Value : never

function registerCells({ record, item }: ListedItem, colour: Found | undefined): CellModel[] {
  const hint = `${kindWord(record.kind)} ${record.reference}`
  return [
    { type: 'text', text: record.title, href: workspaceAddress(record), hint },
    { type: 'text', text: item.lead_words },
    { type: 'state', state: stateModel(record.kind, record.state) },
    colour === undefined ? { type: 'text', text: '' } : { type: 'state', state: colourTag(colour.result) },
    { type: 'date', date: record.dated },
    record.due === null
      ? { type: 'text', text: '' }
      : { type: 'due', due: dueModel(record.kind, record.state, record.due, { href: duePath(record.id) }) },
  ]
}

/** Recommendations of others to this organisation that are still under way. */
async function receivedLines({ trx, viewer }: WorkspaceContext) {
  const sent = await listReceived(trx, viewer.organisation.id, { areaId: viewer.area.id, kinds: ['recommendation'] })
  return sent
    .filter(each => isUnderWay(each.state))
    .map(each => ({
      reference: each.reference,
      title: each.title,
      href: receivedPath(each.recordId),
      sentAt: each.sentAt,
      state: stateModel('recommendation', each.state),
      dueDate: each.dueDate,
    }))
}

async function showLog(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const asked = readFilters(context.query)
  const filter = { ...narrowed(asked), raisedBy: viewer.organisation.id }
  const { items, next } = await listItems(trx, viewer.area.id, filter, { ...page1(asked), size: sizes.log })
  const lines = await logLines(trx, viewer.area.id, items)
  const address = '/workspace/follow-up/log'
  const list = listModel(
    context,
    address,
    { rows: lines.map(line => ({ cells: logCells(line) })), next },
    {
      title: 'Recommendations and actions log',
      columns: logColumns,
      empty: 'What your organisation raises appears here with what came of it, in the layout of the panel’s papers.',
      filters: filterModels(asked, await bodiesOffered(context)),
      filtered: isFiltered(asked),
      downloads: { csv: withQuery(`${address}.csv`, context.query, { after: undefined }) },
    },
  )
  return page('modules/follow-up/views/log.njk', { title: list.title, register: list, breadcrumbs: here })
}

const here = [{ text: 'Recommendations, requests and actions', href: '/workspace/follow-up' }]

async function sendLog(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const filter = { ...narrowed(readFilters(context.query)), raisedBy: viewer.organisation.id }
  const { items } = await listItems(trx, viewer.area.id, filter, { size: sizes.download })
  const lines = await logLines(trx, viewer.area.id, items)
  return csv(writeCsv(logCsvColumns, lines.map(logCsvRow)), 'recommendations-and-actions-log.csv')
}

function csv(body: string, fileName: string): Answer {
  return { type: 'content', mediaType: 'text/csv; charset=utf-8', body, fileName }
}

/** What was re-dated, with every change and its reason. */
async function redated({ trx, viewer }: WorkspaceContext) {
  const items = await redatedItems(trx, viewer.area.id, viewer.organisation.id, sizes.redated)
  const ids = items.map(({ record }) => record.id)
  const changes = Map.groupBy(await dueChangesOfAll(trx, viewer.area.id, ids), change => change.record_id)
  return items.map(each => ({
    ...each,
    changes: (changes.get(each.record.id) ?? []).filter(change => change.counted),
  }))
}

async function showRedated(context: WorkspaceContext): Promise<Answer> {
  const found = await redated(context)
  const address = '/workspace/follow-up/re-dated'
  const moves = found.reduce((sum, { item }) => sum + item.due_moves, 0)
  const list: RegisterModel = {
    title: 'What was re-dated',
    count: `${plural(found.length, 'entry', 'entries')}, ${plural(moves, 'change')} of date`,
    address,
    columns: [
      { heading: 'What is asked' },
      { heading: 'Lead' },
      { heading: 'Due as first set' },
      { heading: 'Due as it stands' },
      { heading: 'Moved', numeric: true },
      { heading: 'Each change and its reason' },
    ],
    rows: found.map(({ record, item, changes }) => ({
      cells: [
        {
          type: 'text',
          text: record.title,
          href: workspaceAddress(record),
          hint: `${record.reference}, ${stateModel(record.kind, record.state).word.toLowerCase()}`,
        },
        { type: 'text', text: item.lead_words },
        { type: 'text', text: item.first_due ?? 'not set' },
        { type: 'text', text: dueInWords(record.due) },
        { type: 'number', value: item.due_moves },
        {
          type: 'paragraphs',
          text: changes.map(each => `${longDate(each.changed_on)}: to ${each.due_after}. ${each.reason}`).join('\n\n'),
        },
      ],
    })),
    empty: 'Nothing that your organisation raised was re-dated. Each change of a date is listed here with its reason.',
    downloads: { csv: `${address}.csv` },
  }
  return page('modules/follow-up/views/log.njk', { title: list.title, register: list, breadcrumbs: here })
}

async function sendRedated(context: WorkspaceContext): Promise<Answer> {
  const columns = [
    ...['reference', 'kind', 'title', 'lead', 'state', 'due as first set', 'due as it stands', 'times moved'],
    ...['changed on', 'from', 'to', 'reason', 'changed by'],
  ]
  const rows = (await redated(context)).flatMap(({ record, item, changes }) =>
    changes.map(change => [
      record.reference,
      kindWord(record.kind),
      record.title,
      item.lead_words,
      stateModel(record.kind, record.state).word,
      item.first_due,
      dueInWords(record.due),
      item.due_moves,
      change.changed_on,
      change.due_before,
      change.due_after,
      change.reason,
      change.changed_by,
    ]),
  )
  return csv(writeCsv(columns, rows), 're-dated.csv')
}

async function showAskedBefore(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const asked = readFilters(context.query)
  const { records, next } = await askedBefore(trx, viewer.area.id, viewer.organisation.id, {
    ...(asked.words !== undefined && { words: asked.words }),
    ...(asked.body !== undefined && { body: asked.body }),
    ...page1(asked),
    size: sizes.asked,
  })
  const address = '/workspace/follow-up/asked-before'
  const list = listModel(
    context,
    address,
    { rows: (await askedRows(context, records)).map(cells => ({ cells })), next },
    {
      title: `What ${viewer.organisation.name} has asked before, and what came of it`,
      introduction:
        'For whoever is new: search by a theme, such as “domestic abuse”, and see what was asked, when, and how it ended.',
      columns: ['What was asked', 'When', 'State', 'What came of it'].map(heading => ({ heading })),
      empty: 'Nothing has been asked yet. Recommendations, requests, actions, questions and challenges appear here.',
      filters: [
        { type: 'words', name: 'q', label: 'About', value: asked.words ?? '' },
        ...bodyFilter(asked, await bodiesOffered(context)),
      ],
      filtered: asked.words !== undefined || asked.body !== undefined,
    },
  )
  return page('modules/follow-up/views/log.njk', { title: list.title, register: list, breadcrumbs: here })
}

async function askedRows({ trx, viewer }: WorkspaceContext, records: readonly RecordHead[]): Promise<CellModel[][]> {
  const areaId = viewer.area.id
  const items = await findItems(
    trx,
    areaId,
    records.map(record => record.id),
  )
  const listed = records.flatMap(record => {
    const item = items.get(record.id)
    return item === undefined ? [] : [{ record, item }]
  })
  const lines = new Map((await logLines(trx, areaId, listed)).map(line => [line.id, line]))
  return records.map(record => {
    const line = lines.get(record.id)
    const trail = { type: 'links' as const, links: [{ text: 'See the whole trail', href: trailOf(record.id) }] }
    return [
      {
        type: 'text',
        text: line?.asked ?? record.title,
        href: isItemKind(record.kind) ? itemPath(record.kind, record.id) : workspaceAddress(record),
        hint: `${kindWord(record.kind)} ${record.reference}`,
      },
      { type: 'date', date: record.dated },
      { type: 'state', state: stateModel(record.kind, record.state) },
      line === undefined ? trail : { type: 'paragraphs', text: cameOfIt(line) },
    ]
  })
}

const trailOf = (id: string): string => `/workspace/records/${id}/trail`

/** What came of something, beyond its state. The state that an old log prints is told in its own words. */
function cameOfIt({ notes, shows }: LogLine): string {
  const told = shows === null ? notes.slice(1) : [...notes, `${shows}.`]
  return told.length === 0 ? 'Nothing yet.' : told.join('\n\n')
}
