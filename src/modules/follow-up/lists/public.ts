import { z } from 'zod'
import { writeCsv } from '../../../platform/web/csv.ts'
import { atomType, writeAtom } from '../../../platform/web/feed.ts'
import type { CellModel, RegisterModel } from '../../../platform/web/patterns.ts'
import { withQuery } from '../../../platform/web/patterns.ts'
import type { Answer, PublicContext, PublicRoute } from '../../../platform/web/route.ts'
import { page } from '../../../platform/web/route.ts'
import { plural } from '../../../platform/plural.ts'
import { longDate } from '../../../platform/time.ts'
import { publicDue, publicRecord } from '../../../record/public-pages.ts'
import { shownAreas } from '../../../record/published.ts'
import { stateOf } from '../../../record/kinds.ts'
import { kindWord, stateModel } from '../../../record/words.ts'
import { itemDescription } from '../items/kinds.ts'
import { itemKinds } from '../items/words.ts'
import { bodyFilter, filterModels, isFiltered, readFilters } from './filters.ts'
import { closureInWords, logColumns, replyInWords } from './log.ts'
import { publishedItems, publishedRaisers } from './queries.ts'
import type { PublishedItem } from './queries.ts'

const sizes = { page: 50, download: 10_000, feed: 50 } as const

/** What the register of recommendations holds unless all three kinds are asked for: actions have one of their own. */
const recommended = ['recommendation', 'information-request'] as const

/** Recommendations and requests for information share a register, in the layout of the panels' own logs. */
export const publicRoutes: readonly PublicRoute[] = [
  { path: '/recommendations', handler: showLog },
  { path: '/recommendations.csv', handler: sendCsv },
  { path: '/recommendations.json', handler: sendJson },
  { path: '/recommendations.atom', handler: sendFeed },
  { path: '/recommendations/asked-before', handler: showAskedBefore },
  { path: '/recommendations/:slug', handler: context => publicRecord(context, itemDescription('recommendation')) },
]

/** What this page reads of a published item; other kinds have none of it. */
const shown = z.object({
  asked: z.string().optional(),
  lead: z.string().optional(),
  raisedBy: z.string().optional(),
  firstDue: z.string().nullish(),
  due: z.string().optional(),
  moves: z.number().optional(),
  printedState: z.string().nullish(),
  rowShows: z.string().nullish(),
  updates: z.array(z.object({ on: z.string(), text: z.string() })).optional(),
  replies: z
    .array(
      z.object({
        by: z.string(),
        on: z.string(),
        stands: z.boolean(),
        withheld: z.string().nullable(),
        answer: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    )
    .optional(),
  closures: z
    .array(z.object({ on: z.string(), decided: z.string(), answersAsked: z.string(), reason: z.string() }))
    .optional(),
  text: z.string().optional(),
})
type Shown = z.output<typeof shown>

const day = (text: string): string => longDate(Temporal.PlainDate.from(text))

function notesOf(item: PublishedItem, body: Shown): string[] {
  return [
    body.printedState ?? stateOf(item.kind, item.state).word,
    ...(body.replies ?? [])
      .filter(reply => reply.stands)
      .map(({ by, on, withheld, answer, reason }) =>
        withheld === null
          ? replyInWords(day(on), by, answer ?? '', reason ?? '')
          : `${day(on)}, the reply of ${by} is not published. ${withheld}.`,
      ),
    ...(body.updates ?? []).map(update => `${day(update.on)}: ${update.text}`),
    ...(body.closures ?? []).map(each => closureInWords(day(each.on), each.decided, each.answersAsked, each.reason)),
    ...(body.rowShows == null ? [] : [`${body.rowShows}.`]),
  ]
}

async function read(context: PublicContext, size: number) {
  const asked = readFilters(context.query, recommended)
  const areas = [...(await shownAreas(context.db, context.area.id)).keys()]
  const filter = {
    kinds: asked.kinds,
    ...(asked.states !== undefined && { states: asked.states }),
    ...(asked.lead !== undefined && { lead: asked.lead }),
    ...(asked.words !== undefined && { words: asked.words }),
    ...(asked.body !== undefined && { raisedBy: asked.body }),
  }
  const after = size === sizes.page && asked.after !== undefined ? { after: asked.after } : {}
  return { asked, areas, ...(await publishedItems(context.db, areas, filter, context.asOf, { ...after, size })) }
}

function listModel(
  context: PublicContext,
  address: string,
  found: { rows: RegisterModel['rows']; next: string | null },
  parts: Pick<RegisterModel, 'title' | 'columns' | 'empty'> & Partial<RegisterModel>,
): RegisterModel {
  const more = found.next === null ? '' : ' on this page'
  const asOf = context.query['as-of']
  return {
    count: `${plural(found.rows.length, 'entry', 'entries')}${more}, the latest first`,
    address,
    rows: found.rows,
    ...(asOf !== undefined && { kept: [{ name: 'as-of', value: asOf }] }),
    ...(context.query['after'] !== undefined && {
      previous: withQuery(address, context.query, { after: undefined }),
    }),
    ...(found.next !== null && { next: withQuery(address, context.query, { after: found.next }) }),
    ...parts,
  }
}

async function showLog(context: PublicContext): Promise<Answer> {
  const { items, next, asked, areas } = await read(context, sizes.page)
  const { area } = context
  const address = `/${area.slug}/recommendations`
  const raisers = await publishedRaisers(context.db, areas, itemKinds)
  const feeds = { csv: `${address}.csv`, json: `${address}.json`, atom: `${address}.atom` }
  const list = listModel(
    context,
    address,
    { rows: items.map(item => ({ cells: logCells(context, item) })), next },
    {
      title: 'Recommendations and requests',
      columns: logColumns,
      empty: 'No recommendations or requests for information have been published yet.',
      filters: filterModels(
        asked,
        raisers.map(raiser => ({ value: raiser, text: raiser })),
        [
          { value: '', text: 'Recommendations and requests' },
          { value: 'all', text: 'All, with actions' },
        ],
      ),
      filtered: isFiltered(asked),
      downloads: feeds,
    },
  )
  return publicPage(context, list, feeds)
}

function publicPage(context: PublicContext, list: RegisterModel, feeds?: object): Answer {
  const { area } = context
  return page('modules/follow-up/views/public-log.njk', {
    title: list.title,
    register: list,
    area,
    breadcrumbs: [{ text: area.name, href: `/${area.slug}` }],
    ...(feeds !== undefined && { feeds }),
  })
}

function logCells(context: PublicContext, item: PublishedItem): CellModel[] {
  const body = shown.parse(item.body)
  return [
    { type: 'date', date: item.dated },
    {
      type: 'text',
      text: body.asked ?? item.title,
      href: `/${item.slug}/${item.address}`,
      hint: `${kindWord(item.kind)} ${item.reference}`,
    },
    { type: 'text', text: body.lead ?? '' },
    dueCell(context, item),
    { type: 'paragraphs', text: notesOf(item, body).join('\n\n') },
  ]
}

function dueCell(context: PublicContext, item: PublishedItem): CellModel {
  if (item.due_date === null && item.due_text === null) return { type: 'text', text: 'not set' }
  return { type: 'due', due: publicDue(context, item, item.slug) }
}

async function sendCsv(context: PublicContext): Promise<Answer> {
  const { items } = await read(context, sizes.download)
  const banner = context.area.banner
  const columns = [
    ...['date raised', 'recommendation or action', 'lead', 'panel update', 'progress notes', 'kind', 'reference'],
    ...['state', 'raised by', 'due as first set', 'times moved', 'address', ...(banner === null ? [] : ['note'])],
  ]
  const rows = items.map(item => {
    const body = shown.parse(item.body)
    return [
      item.dated,
      body.asked ?? item.title,
      body.lead ?? null,
      item.due_date ?? item.due_text,
      notesOf(item, body).join(' '),
      kindWord(item.kind),
      item.reference,
      stateOf(item.kind, item.state).word,
      body.raisedBy ?? null,
      body.firstDue ?? null,
      body.moves ?? null,
      `${context.baseUrl}/${item.slug}/${item.address}`,
      ...(banner === null ? [] : [banner]),
    ]
  })
  return {
    type: 'content',
    mediaType: 'text/csv; charset=utf-8',
    body: writeCsv(columns, rows),
    fileName: `${context.area.slug}-recommendations.csv`,
  }
}

async function sendJson(context: PublicContext): Promise<Answer> {
  const { items } = await read(context, sizes.download)
  const { area, baseUrl } = context
  const body = {
    area: area.name,
    ...(area.banner !== null && { note: area.banner }),
    recommendations: items.map(item => {
      const { asked, lead, raisedBy, firstDue, moves, replies, updates, closures } = shown.parse(item.body)
      return {
        id: item.record_id,
        kind: item.kind,
        reference: item.reference,
        title: item.title,
        state: stateOf(item.kind, item.state).word,
        date: item.dated,
        due: item.due_date,
        dueOn: item.due_text,
        summary: item.summary,
        ...{ asked, lead, raisedBy, firstDue, moves, replies, updates, closures },
        address: `${baseUrl}/${item.slug}/${item.address}`,
      }
    }),
  }
  return { type: 'content', mediaType: 'application/json; charset=utf-8', body: JSON.stringify(body, null, 2) }
}

async function sendFeed(context: PublicContext): Promise<Answer> {
  const { items } = await read(context, sizes.feed)
  const { area, baseUrl, now } = context
  const address = `/${area.slug}/recommendations`
  const body = writeAtom(
    {
      path: `${address}.atom`,
      page: address,
      title: `Recommendations and requests: ${area.name}`,
      author: area.name,
      subtitle: area.banner,
      entries: items.map(item => ({
        id: item.record_id,
        title: `${item.title} (${stateOf(item.kind, item.state).word.toLowerCase()})`,
        path: `/${item.slug}/${item.address}`,
        published: item.valid_from,
        updated: item.valid_from,
        summary: item.summary,
      })),
    },
    baseUrl,
    now,
  )
  return { type: 'content', mediaType: atomType, body }
}

/** Everything that was asked, by whatever record: what a reader wants to know before asking it again. */
const askedKinds = [...itemKinds, 'question', 'challenge']

async function showAskedBefore(context: PublicContext): Promise<Answer> {
  const asked = readFilters(context.query)
  const areas = [...(await shownAreas(context.db, context.area.id)).keys()]
  const filter = {
    kinds: askedKinds,
    ...(asked.words !== undefined && { words: asked.words }),
    ...(asked.body !== undefined && { raisedBy: asked.body }),
  }
  const after = asked.after === undefined ? {} : { after: asked.after }
  const { items, next } = await publishedItems(context.db, areas, filter, context.asOf, { ...after, size: sizes.page })
  const raisers = await publishedRaisers(context.db, areas, itemKinds)
  const list = listModel(
    context,
    `/${context.area.slug}/recommendations/asked-before`,
    { rows: items.map(item => ({ cells: askedCells(item) })), next },
    {
      title: 'What was asked before, and what came of it',
      introduction: 'Search by a theme, such as “domestic abuse”, and see what was asked, by whom, and how it ended.',
      columns: ['What was asked', 'When', 'State', 'What came of it'].map(heading => ({ heading })),
      empty: 'Nothing that was asked has been published yet.',
      filters: [
        { type: 'words', name: 'q', label: 'About', value: asked.words ?? '' },
        ...bodyFilter(
          asked,
          raisers.map(raiser => ({ value: raiser, text: raiser })),
        ),
      ],
      filtered: asked.words !== undefined || asked.body !== undefined,
    },
  )
  return publicPage(context, list)
}

function askedCells(item: PublishedItem): CellModel[] {
  const body = shown.parse(item.body)
  const told = body.asked === undefined ? [] : notesOf(item, body).slice(body.printedState == null ? 1 : 0)
  const trail = { text: 'See the whole trail', href: `/${item.slug}/records/${item.record_id}/trail` }
  return [
    {
      type: 'text',
      text: body.asked ?? item.title,
      href: `/${item.slug}/${item.address}`,
      hint: `${kindWord(item.kind)} ${item.reference}. ${item.summary}`,
    },
    { type: 'date', date: item.dated },
    { type: 'state', state: stateModel(item.kind, item.state) },
    told.length === 0 ? { type: 'links', links: [trail] } : { type: 'paragraphs', text: told.join('\n\n') },
  ]
}
