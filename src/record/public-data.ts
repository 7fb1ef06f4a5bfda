import { writeCsv } from '../platform/web/csv.ts'
import { atomType, writeAtom } from '../platform/web/feed.ts'
import type { FeedEntry } from '../platform/web/feed.ts'
import type { Answer, PublicContext } from '../platform/web/route.ts'
import { london, longDate } from '../platform/time.ts'
import type { KindDescription } from './description.ts'
import { stateOf } from './kinds.ts'
import { allEntries, newestEntries, publishedHeads, shownAreas } from './published.ts'
import { capital, publicDuePath } from './public-pages.ts'
import type { PublicEntry } from './register.ts'

/*
 * Each public register in its other forms. They read the same entries as the page, so that they cannot disagree.
 */

/** Entries of a feed at most; whoever follows it has the rest. */
const feedLength = 50

const columns = ['reference', 'title', 'state', 'date', 'due', 'summary', 'address', 'working'] as const

/** The whole register as CSV, with the columns its kind adds. */
export async function registerCsv(context: PublicContext, kind: KindDescription): Promise<Answer> {
  const { entries, slugs } = await wholeRegister(context, kind)
  const facts = [...new Set(entries.flatMap(entry => Object.keys(entry.facts)))].sort()
  const banner = context.area.banner === null ? [] : ['note']
  const rows = entries.map(entry => {
    const known: Readonly<Record<string, unknown>> = { ...entry.facts }
    return [...plainCells(context, slugs, entry), ...facts.map(fact => cellText(known[fact])), ...noteCell(context)]
  })
  return {
    type: 'content',
    mediaType: 'text/csv; charset=utf-8',
    body: writeCsv([...columns, ...facts, ...banner], rows),
    fileName: `${context.area.slug}-${kind.publicPath}.csv`,
  }
}

function noteCell({ area }: PublicContext): string[] {
  return area.banner === null ? [] : [area.banner]
}

function cellText(value: unknown): string | number | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null
}

async function wholeRegister(context: PublicContext, kind: KindDescription) {
  const slugs = await shownAreas(context.db, context.area.id)
  return { slugs, entries: await allEntries(context.db, [...slugs.keys()], kind.kind, context.asOf) }
}

type Slugs = ReadonlyMap<number, string>

/** The address of an entry below the site's own: in its area, or in the collaboration that holds it. */
function path(context: PublicContext, slugs: Slugs, entry: PublicEntry): string {
  return `/${slugs.get(entry.area_id) ?? context.area.slug}/${entry.address}`
}

function plainCells(context: PublicContext, slugs: Slugs, entry: PublicEntry) {
  return [
    entry.reference,
    entry.title,
    stateOf(entry.kind, entry.state).word,
    entry.dated,
    entry.due_date,
    entry.summary,
    context.baseUrl + path(context, slugs, entry),
    workingAddress(context, slugs, entry),
  ]
}

/** Where it is shown how a due was worked out; null where nothing is due. */
function workingAddress(context: PublicContext, slugs: Slugs, entry: PublicEntry): string | null {
  if (entry.due_date === null && entry.due_text === null) return null
  const slug = slugs.get(entry.area_id) ?? context.area.slug
  return context.baseUrl + publicDuePath(context, slug, entry.record_id)
}

/** The whole register as JSON. */
export async function registerJson(context: PublicContext, kind: KindDescription): Promise<Answer> {
  const { entries, slugs } = await wholeRegister(context, kind)
  const body = {
    area: context.area.name,
    ...(context.area.banner !== null && { note: context.area.banner }),
    [kind.publicPath]: entries.map(entry => ({
      id: entry.record_id,
      reference: entry.reference,
      title: entry.title,
      state: stateOf(entry.kind, entry.state).word,
      date: entry.dated,
      due: entry.due_date,
      dueOn: entry.due_text,
      working: workingAddress(context, slugs, entry),
      summary: entry.summary,
      ...entry.facts,
      address: context.baseUrl + path(context, slugs, entry),
      data: `${context.baseUrl}/${slugs.get(entry.area_id) ?? context.area.slug}/records/${entry.record_id}.json`,
    })),
  }
  return { type: 'content', mediaType: 'application/json; charset=utf-8', body: JSON.stringify(body, null, 2) }
}

/** The newest of the register as an Atom feed. */
export async function registerFeed(context: PublicContext, kind: KindDescription): Promise<Answer> {
  const slugs = await shownAreas(context.db, context.area.id)
  const newest = await newestEntries(context.db, [...slugs.keys()], [kind.kind], context.asOf, feedLength)
  const entries = newest.map(entry => feedEntry(context, slugs, entry))
  return feed(
    context,
    `/${context.area.slug}/${kind.publicPath}`,
    `${capital(kind.plural)}: ${context.area.name}`,
    entries,
  )
}

function feedEntry(context: PublicContext, slugs: Slugs, entry: PublicEntry): FeedEntry {
  const slug = slugs.get(entry.area_id) ?? context.area.slug
  const isDue = entry.due_date !== null || entry.due_text !== null
  return {
    id: entry.record_id,
    title: `${entry.title} (${stateOf(entry.kind, entry.state).word.toLowerCase()})`,
    path: path(context, slugs, entry),
    published: entry.valid_from,
    updated: entry.valid_from,
    summary: entry.summary,
    ...(isDue && {
      related: { path: publicDuePath(context, slug, entry.record_id), title: 'How its due date is worked out' },
    }),
  }
}

/** The head of the area's history at the end of each day, so that anyone can keep it and hold it against the record. */
export async function headsFeed(context: PublicContext): Promise<Answer> {
  const heads = await publishedHeads(context.db, context.area.id)
  const entries = heads.map(head => {
    const at = head.day.toZonedDateTime({ timeZone: london, plainTime: '23:59' }).toInstant()
    return {
      id: headId(head.hash),
      title: longDate(head.day),
      path: `/${context.area.slug}/history.atom`,
      published: at,
      updated: at,
      summary: `${String(head.seq)} events, head ${head.hash}`,
    }
  })
  return feed(context, `/${context.area.slug}/history`, `Heads of the history: ${context.area.name}`, entries)
}

/** An identity that follows from the hash itself (RFC 9562, version 8: free form). */
function headId(hash: string): string {
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

function feed(context: PublicContext, path: string, title: string, entries: readonly FeedEntry[]): Answer {
  const body = writeAtom(
    {
      path: `${path}.atom`,
      page: path.endsWith('/history') ? `/${context.area.slug}/` : path,
      title,
      author: context.area.name,
      subtitle: context.area.banner,
      entries,
    },
    context.baseUrl,
    context.now,
  )
  return { type: 'content', mediaType: atomType, body }
}
