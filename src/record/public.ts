import type { DueModel } from '../platform/web/patterns.ts'
import type { Answer, PublicContext, PublicRoute } from '../platform/web/route.ts'
import { notFound, page } from '../platform/web/route.ts'
import type { KindDescription } from './description.ts'
import { allKinds, kindOf, stateOf } from './kinds.ts'
import {
  newestEntries,
  publishedFile,
  publishedRecord,
  searchPublished,
  shownAreas,
  upcomingEntries,
  withheldByGround,
} from './published.ts'
import type { SearchHit } from './published.ts'
import { showDue, showDueData, showRecordData } from './public-due.ts'
import {
  answerRecord,
  capital,
  publicDue,
  publicDuePath,
  publicRecord,
  publicRegisterPage,
  trailModel,
} from './public-pages.ts'
import { headsFeed, registerCsv, registerFeed, registerJson } from './public-data.ts'
import { isIdentity } from './records.ts'
import type { PublicEntry } from './register.ts'
import { publicTrail, trailOf } from './trail.ts'
import { kindWord, stateModel } from './words.ts'

/** Addresses that no module owns: home, any record by its identity, its trail, files, the history's heads. */
export const recordPublic: readonly PublicRoute[] = [
  { path: '/', handler: showHome },
  { path: '/records/:id', handler: showRecord },
  { path: '/records/:id.json', handler: showRecordData },
  { path: '/records/:id/trail', handler: showTrail },
  { path: '/records/:id/due', handler: showDue },
  { path: '/records/:id/due.json', handler: showDueData },
  { path: '/files/:id', handler: sendFile },
  { path: '/history.atom', handler: headsFeed },
]

export const searchPublicRoutes: readonly PublicRoute[] = [{ path: '/search', handler: showSearch }]

/**
 * The addresses every kind has on the public side: its register, in four forms, and its records. A module that has a
 * page of its own for one of them declares that address itself, and it wins.
 */
export function publicRoutesOf(kinds: readonly KindDescription[], own: readonly PublicRoute[]): PublicRoute[] {
  const taken = new Set(own.map(route => route.path))
  return kinds.flatMap(kind => kindRoutes(kind)).filter(route => !taken.has(route.path))
}

function kindRoutes(kind: KindDescription): PublicRoute[] {
  const path = `/${kind.publicPath}`
  return [
    { path, handler: context => publicRegisterPage(context, kind) },
    { path: `${path}.csv`, handler: context => registerCsv(context, kind) },
    { path: `${path}.json`, handler: context => registerJson(context, kind) },
    { path: `${path}.atom`, handler: context => registerFeed(context, kind) },
    { path: `${path}/:slug`, handler: context => publicRecord(context, kind) },
  ]
}

async function showHome(context: PublicContext): Promise<Answer> {
  const { db, area } = context
  const slugs = await shownAreas(db, area.id)
  const kinds = allKinds()
    .flatMap(kind => (kind.home === undefined ? [] : [{ kind, home: kind.home }]))
    .sort((a, b) => a.home.place - b.home.place)
  const blocks = []
  for (const { kind, home } of kinds) {
    const entries = await homeEntries(context, [...slugs.keys()], kind, home)
    if (entries.length === 0) continue
    blocks.push({
      id: kind.kind,
      heading: home.heading,
      more: home.more,
      href: `/${area.slug}/${kind.publicPath}`,
      entries: entries.map(entry => entryLine(context, entry, slugs)),
    })
  }
  return page('record/views/home.njk', {
    title: `Holding policing in ${area.name} to account`,
    base: `/${area.slug}`,
    blocks,
    withheld: await withheldByGround(db, area.id),
  })
}

async function homeEntries(
  context: PublicContext,
  ids: readonly number[],
  kind: KindDescription,
  home: NonNullable<KindDescription['home']>,
): Promise<PublicEntry[]> {
  const { db, asOf, area, today } = context
  if (home.order === 'upcoming') {
    return upcomingEntries(db, ids, kind.kind, area.asAt ?? today, asOf, home.limit)
  }
  const entries = await newestEntries(db, ids, [kind.kind], asOf, home.states === undefined ? home.limit : 200)
  return entries.filter(entry => home.states?.includes(entry.state) ?? true).slice(0, home.limit)
}

function entryLine(context: PublicContext, entry: PublicEntry, slugs: ReadonlyMap<number, string>) {
  const slug = slugs.get(entry.area_id) ?? context.area.slug
  return {
    kind: kindWord(entry.kind),
    title: entry.title,
    summary: entry.summary,
    href: `/${slug}/${entry.address}`,
    state: stateModel(entry.kind, entry.state),
    dated: entry.dated,
    due: lineDue(context, entry, slug),
  }
}

function lineDue(context: PublicContext, entry: PublicEntry, slug: string): DueModel | null {
  if (!stateOf(entry.kind, entry.state).open || (entry.due_date === null && entry.due_text === null)) return null
  const { words, ...due } = publicDue(context, entry, slug)
  return { ...due, ...(words !== undefined && entry.due_text !== 'meeting' && { words }) }
}

async function showSearch(context: PublicContext): Promise<Answer> {
  const { db, area, asOf } = context
  const words = (context.query['q'] ?? '').trim()
  const shown = await shownAreas(db, area.id)
  const hits = words === '' ? [] : await searchPublished(db, [...shown.keys()], words, asOf)
  const groups = Map.groupBy(hits, hit => hit.kind)
  return page('record/views/public-search.njk', {
    title: 'Search',
    action: `/${area.slug}/search`,
    words,
    count: hits.length,
    groups: [...groups].map(([kind, found]) => ({
      heading: capital(kindOf(kind).plural),
      hits: found.map(searchLine),
    })),
    breadcrumbs: [{ text: area.name, href: `/${area.slug}/` }],
  })
}

function searchLine(hit: SearchHit) {
  return {
    title: hit.title,
    href: `/${hit.slug}/${hit.address}`,
    reference: hit.reference,
    dated: hit.dated,
    state: stateModel(hit.kind, hit.state),
    excerpt: hit.excerpt.split(/[«»]/).map((text, at) => ({ text, matched: at % 2 === 1 })),
  }
}

async function showRecord(context: PublicContext): Promise<Answer> {
  return answerRecord(
    context,
    await publishedRecord(context.db, context.area.id, context.params['id'] ?? '', context.asOf),
  )
}

async function showTrail(context: PublicContext): Promise<Answer> {
  const { db, area, asOf, today } = context
  const id = context.params['id'] ?? ''
  if (!isIdentity(id)) return notFound()
  const trail = await trailOf(publicTrail(db, asOf), { areaId: area.id, id })
  if (trail === null) return notFound()
  return page('record/views/public-trail.njk', {
    title: `Trail of ${trail.self.title}`,
    trail: trailModel(trail, {
      today: area.asAt ?? today,
      historical: area.historical,
      duePath: step => publicDuePath(context, step.address.split('/')[1] ?? area.slug, step.id),
    }),
    record: { text: `${kindWord(trail.self.kind)} ${trail.self.reference}`, href: trail.self.address },
    breadcrumbs: [{ text: area.name, href: `/${area.slug}/` }],
  })
}

async function sendFile(context: PublicContext): Promise<Answer> {
  const file = await publishedFile(context.db, context.area.id, context.params['id'] ?? '')
  if (file === null) return notFound()
  return { type: 'content', mediaType: file.mediaType, body: file.bytes, fileName: file.name }
}
