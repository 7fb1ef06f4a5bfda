import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Tables } from '../platform/database/tables.ts'
import { londonDate } from '../platform/time.ts'
import type { PublicClock } from './public-clock.ts'
import { isIdentity } from './records.ts'
import { entryColumns } from './register.ts'
import type { PublicEntry } from './register.ts'

/*
 * What the public login reads: entries, snapshots, gaps, files. Nothing here knows the workspace.
 */

const validAt = (asOf: Temporal.Instant) => sql<boolean>`valid_from <= ${asOf} and valid_to > ${asOf}`

/** A published version: its body, and the note that tells what was corrected. */
export interface PublishedBody {
  version: number
  body: Readonly<Record<string, unknown>>
  sha256: string
  publishedAt: Temporal.Instant
  note: string | null
}

/** What stands at an address: the record as it was at that moment, that it moved or was taken down, or nothing. */
export type AtAddress =
  | {
      found: 'record'
      entry: PublicEntry
      snapshot: PublishedBody
      versions: PublishedVersion[]
      /** Its deadlines as they stood then, with their working. */
      clocks: readonly PublicClock[]
    }
  | { found: 'taken-down'; on: Temporal.Instant; reason: string }
  | { found: 'moved'; address: string }
  | { found: 'nothing' }

export interface PublishedVersion {
  version: number
  publishedAt: Temporal.Instant
  note: string | null
  sha256: string
}

/** Looks up a public address below an area. An address that a record once had leads to the one it has now. */
export async function atAddress(
  db: Kysely<Tables>,
  areaId: number,
  address: string,
  asOf: Temporal.Instant,
): Promise<AtAddress> {
  const entry = await db
    .selectFrom('published.entry')
    .select(entryColumns)
    .where('area_id', '=', areaId)
    .where('address', '=', address)
    .where(validAt(asOf))
    .executeTakeFirst()
  if (entry !== undefined) return withSnapshot(db, entry, asOf)
  return formerAddress(db, areaId, address, asOf)
}

/** The published record with this identity, whichever its address. */
export async function publishedRecord(
  db: Kysely<Tables>,
  areaId: number,
  id: string,
  asOf: Temporal.Instant,
): Promise<AtAddress> {
  if (!isIdentity(id)) return { found: 'nothing' }
  const entry = await db
    .selectFrom('published.entry')
    .select(entryColumns)
    .where('area_id', '=', areaId)
    .where('record_id', '=', id)
    .where(validAt(asOf))
    .executeTakeFirst()
  if (entry !== undefined) return withSnapshot(db, entry, asOf)
  return (await takenDown(db, areaId, id)) ?? { found: 'nothing' }
}

async function withSnapshot(db: Kysely<Tables>, entry: PublicEntry, asOf: Temporal.Instant): Promise<AtAddress> {
  const snapshots = await db
    .selectFrom('published.snapshot')
    .selectAll()
    .where('area_id', '=', entry.area_id)
    .where('record_id', '=', entry.record_id)
    .orderBy('version', 'desc')
    .execute()
  const snapshot = snapshots.find(each => each.version === entry.version)
  if (snapshot === undefined) return { found: 'nothing' }
  if (snapshot.body === null) {
    return {
      found: 'taken-down',
      on: snapshot.withdrawn_at ?? snapshot.published_at,
      reason: snapshot.withdrawn_reason ?? '',
    }
  }
  const versions = snapshots.map(each => ({
    version: each.version,
    publishedAt: each.published_at,
    note: each.note,
    sha256: each.sha256.toString('hex'),
  }))
  return {
    found: 'record',
    entry,
    snapshot: {
      version: snapshot.version,
      body: { ...snapshot.body },
      sha256: snapshot.sha256.toString('hex'),
      publishedAt: snapshot.published_at,
      note: snapshot.note,
    },
    versions,
    clocks: await publishedClocks(db, entry, asOf),
  }
}

async function publishedClocks(
  db: Kysely<Tables>,
  entry: Pick<PublicEntry, 'area_id' | 'record_id'>,
  asOf: Temporal.Instant,
): Promise<readonly PublicClock[]> {
  const row = await db
    .selectFrom('published.entry')
    .select('clocks')
    .where('area_id', '=', entry.area_id)
    .where('record_id', '=', entry.record_id)
    .where(validAt(asOf))
    .executeTakeFirst()
  return row?.clocks ?? []
}

async function formerAddress(
  db: Kysely<Tables>,
  areaId: number,
  address: string,
  asOf: Temporal.Instant,
): Promise<AtAddress> {
  const former = await db
    .selectFrom('published.entry')
    .select('record_id')
    .where('area_id', '=', areaId)
    .where('address', '=', address)
    .where('valid_from', '<=', asOf)
    .orderBy('valid_from', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (former === undefined) return { found: 'nothing' }
  const gone = await takenDown(db, areaId, former.record_id)
  if (gone !== null) return gone
  const now = await db
    .selectFrom('published.entry')
    .select('address')
    .where('area_id', '=', areaId)
    .where('record_id', '=', former.record_id)
    .where(validAt(asOf))
    .executeTakeFirst()
  return now === undefined || now.address === address ? { found: 'nothing' } : { found: 'moved', address: now.address }
}

async function takenDown(db: Kysely<Tables>, areaId: number, id: string): Promise<AtAddress | null> {
  const row = await db
    .selectFrom('published.snapshot')
    .select(['withdrawn_at', 'withdrawn_reason'])
    .where('area_id', '=', areaId)
    .where('record_id', '=', id)
    .where('withdrawn_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  if (row?.withdrawn_at == null) return null
  return { found: 'taken-down', on: row.withdrawn_at, reason: row.withdrawn_reason ?? '' }
}

/** A public search hit: the entry and the sentence that matched, with matched words between guillemets. */
export interface SearchHit extends PublicEntry {
  slug: string
  excerpt: string
}

/** Published records that match some words, best first, in one area (with its collaborations) or in all. */
export async function searchPublished(
  db: Kysely<Tables>,
  areaIds: readonly number[],
  words: string,
  asOf: Temporal.Instant,
  limit = 50,
): Promise<SearchHit[]> {
  const { rows } = await sql<SearchHit>`
    select e.area_id, e.record_id, e.version, e.kind, e.reference, e.title, e.summary, e.state, e.due_date, e.due_text,
      e.dated, e.address, e.facts, e.valid_from, a.slug,
      ts_headline('english', e.title || '. ' || e.summary, q, 'MaxFragments=1, MaxWords=30, MinWords=10,
        StartSel=«, StopSel=»') as excerpt
    from published.entry e join published.area a on a.id = e.area_id,
      websearch_to_tsquery('english', ${words}) q
    where e.area_id = any (${[...areaIds]}::smallint[]) and e.search @@ q
      and e.valid_from <= ${asOf} and e.valid_to > ${asOf}
    order by ts_rank(e.search, q) desc, e.dated desc, e.record_id limit ${limit}`.execute(db)
  return rows
}

/** The newest published records of some kinds. */
export async function newestEntries(
  db: Kysely<Tables>,
  areaIds: readonly number[],
  kinds: readonly string[],
  asOf: Temporal.Instant,
  limit: number,
): Promise<PublicEntry[]> {
  if (areaIds.length === 0) return []
  return db
    .selectFrom('published.entry')
    .select(entryColumns)
    .where('area_id', 'in', areaIds)
    .where('kind', 'in', kinds)
    .where(validAt(asOf))
    .orderBy('dated', 'desc')
    .orderBy('reference')
    .limit(limit)
    .execute()
}

/** The next published records of a kind from a day on, soonest first. */
export async function upcomingEntries(
  db: Kysely<Tables>,
  areaIds: readonly number[],
  kind: string,
  from: Temporal.PlainDate,
  asOf: Temporal.Instant,
  limit: number,
): Promise<PublicEntry[]> {
  return db
    .selectFrom('published.entry')
    .select(entryColumns)
    .where('area_id', 'in', areaIds)
    .where('kind', '=', kind)
    .where('dated', '>=', from)
    .where(validAt(asOf))
    .orderBy('dated')
    .orderBy('record_id')
    .limit(limit)
    .execute()
}

/** The areas whose records appear on an area's pages: itself and the collaborations it belongs to, id to slug. */
export async function shownAreas(db: Kysely<Tables>, areaId: number): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{ id: number; slug: string }>`
    select id, slug from published.area where id = ${areaId} or ${areaId} = any (members) order by id`.execute(db)
  return new Map(rows.map(row => [row.id, row.slug]))
}

/** The corrections made to what is published, newest first, in all areas. */
export async function corrections(
  db: Kysely<Tables>,
  limit = 100,
): Promise<{ date: Temporal.PlainDate; area: string; title: string; href: string; note: string }[]> {
  const rows = await db
    .selectFrom('published.snapshot as s')
    .innerJoin('published.entry as e', join =>
      join.onRef('e.area_id', '=', 's.area_id').onRef('e.record_id', '=', 's.record_id'),
    )
    .innerJoin('published.area as a', 'a.id', 's.area_id')
    .select(['s.published_at', 's.note', 'e.title', 'e.address', 'a.slug', 'a.name'])
    .where('s.note', 'is not', null)
    .where(sql<boolean>`e.valid_to = 'infinity'`)
    .orderBy('s.published_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(row => ({
    date: londonDate(row.published_at),
    area: row.name,
    title: row.title,
    href: `/${row.slug}/${row.address}`,
    note: row.note ?? '',
  }))
}

/** Every published record of a kind, for downloads and for pages that group them all. */
export async function allEntries(
  db: Kysely<Tables>,
  areaIds: readonly number[],
  kind: string,
  asOf: Temporal.Instant,
): Promise<PublicEntry[]> {
  return newestEntries(db, areaIds, [kind], asOf, 100_000)
}

/** How many items were withheld, by year and ground. */
export async function withheldByGround(
  db: Kysely<Tables>,
  areaId: number,
): Promise<{ year: number; ground: string; n: number }[]> {
  const { rows } = await sql<{ year: number; ground: string; n: number }>`
    select extract(year from dated)::int as year, ground, count(*)::int as n from published.gap
    where area_id = ${areaId} and valid_to = 'infinity' group by 1, 2 order by 1 desc, 2`.execute(db)
  return rows
}

export interface PublishedFile {
  name: string
  mediaType: string
  bytes: Buffer
}

export async function publishedFile(db: Kysely<Tables>, areaId: number, id: string): Promise<PublishedFile | null> {
  if (!isIdentity(id)) return null
  const file = await db
    .selectFrom('published.file')
    .select(['name', 'media_type'])
    .where('id', '=', id)
    .where('area_id', '=', areaId)
    .executeTakeFirst()
  if (file === undefined) return null
  const pieces = await db
    .selectFrom('published.file_piece')
    .select('bytes')
    .where('file_id', '=', id)
    .orderBy('piece')
    .execute()
  return { name: file.name, mediaType: file.media_type, bytes: Buffer.concat(pieces.map(piece => piece.bytes)) }
}

/** The daily heads of an area's history, newest first. */
export async function publishedHeads(
  db: Kysely<Tables>,
  areaId: number,
  limit = 60,
): Promise<{ day: Temporal.PlainDate; seq: number; hash: string }[]> {
  const rows = await db
    .selectFrom('published.head')
    .select(['day', 'seq', 'hash'])
    .where('area_id', '=', areaId)
    .orderBy('day', 'desc')
    .limit(limit)
    .execute()
  return rows.map(row => ({ ...row, hash: row.hash.toString('hex') }))
}
