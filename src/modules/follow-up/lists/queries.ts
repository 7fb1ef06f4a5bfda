import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { Tables, Trx } from '../../../platform/database/tables.ts'
import type { RecordHead } from '../../../record/record.ts'
import { isIdentity, toHead } from '../../../record/records.ts'
import type { PublicEntry } from '../../../record/register.ts'
import type { ItemRow } from '../items/queries.ts'
import type { ItemKind } from '../items/words.ts'
import '../items/queries.ts'

/** What a list of items is narrowed to. What is left out does not narrow. */
export interface ListFilter {
  kinds: readonly ItemKind[]
  /** Raised by this organisation; all that the viewer's organisations hold unless given. */
  raisedBy?: string
  body?: string
  states?: readonly string[]
  /** Words within the lead's. */
  lead?: string
  /** Words that search finds it by. */
  words?: string
}

/** A page of a list: rows after one already seen, at most so many. */
export interface ListPage {
  after?: string
  size: number
}

/** An item in a list. */
export interface ListedItem {
  record: RecordHead
  item: ItemRow
}

/**
 * Items that the transaction's organisations hold, the latest first, and the cursor of the next page. Drafts are not
 * listed. Each kind is read along its own index and only so far as one page may need of it, so that a list of a hundred
 * thousand opens like a short one.
 */
export async function listItems(
  trx: Trx,
  areaId: number,
  filter: ListFilter,
  page: ListPage,
): Promise<{ items: ListedItem[]; next: string | null }> {
  const found: ListedItem[] = []
  for (const kind of filter.kinds) found.push(...(await listKind(trx, areaId, kind, filter, page)))
  const items = found.sort(latestFirst).slice(0, page.size)
  const last = items.at(-1)?.record
  const more = found.length > page.size && last !== undefined
  return { items, next: more ? `${last.dated.toString()}_${last.id}` : null }
}

function latestFirst({ record: a }: ListedItem, { record: b }: ListedItem): number {
  return Temporal.PlainDate.compare(b.dated, a.dated) || (a.id < b.id ? 1 : -1)
}

async function listKind(
  trx: Trx,
  areaId: number,
  kind: ItemKind,
  filter: ListFilter,
  { after, size }: ListPage,
): Promise<ListedItem[]> {
  let query = trx
    .selectFrom('record')
    .innerJoin('follow_up_item', join =>
      join.onRef('record.area_id', '=', 'follow_up_item.area_id').onRef('record.id', '=', 'follow_up_item.record_id'),
    )
    .selectAll('follow_up_item')
    .selectAll('record')
    .where('record.area_id', '=', areaId)
    .where('record.kind', '=', kind)
    .where('record.state', '!=', 'draft')
    .orderBy('record.dated', 'desc')
    .orderBy('record.id', 'desc')
    .limit(size + 1)
  if (filter.raisedBy !== undefined) query = query.where('raised_by_organisation', '=', filter.raisedBy)
  if (filter.body !== undefined && isIdentity(filter.body)) query = query.where('raised_by_body', '=', filter.body)
  if (filter.states !== undefined) query = query.where('record.state', 'in', filter.states)
  if (filter.lead !== undefined) query = query.where('lead_words', 'ilike', `%${plainPattern(filter.lead)}%`)
  if (filter.words !== undefined) query = query.where(matches('record.search', filter.words))
  const cursor = readCursor(after)
  if (cursor !== null) {
    query = query.where(sql<boolean>`(record.dated, record.id) < (${cursor.dated}::date, ${cursor.id}::uuid)`)
  }
  const rows = await query.execute()
  return rows.map(row => ({ record: toHead(row), item: row }))
}

function matches(column: string, words: string) {
  return sql<boolean>`${sql.ref(column)} @@ websearch_to_tsquery('english', ${words})`
}

/** What somebody typed as text that matches itself alone. */
function plainPattern(typed: string): string {
  return typed.replaceAll(/[\\%_]/g, found => `\\${found}`)
}

function readCursor(cursor: string | undefined): { dated: string; id: string } | null {
  const [, dated, id] = /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(cursor ?? '') ?? []
  return dated === undefined || id === undefined || !isIdentity(id) || !isDay(dated) ? null : { dated, id }
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}

/** Items whose due moved at least once, those that moved most often first. */
export async function redatedItems(
  trx: Trx,
  areaId: number,
  organisation: string,
  limit: number,
): Promise<ListedItem[]> {
  const rows = await trx
    .selectFrom('record')
    .innerJoin('follow_up_item', join =>
      join.onRef('record.area_id', '=', 'follow_up_item.area_id').onRef('record.id', '=', 'follow_up_item.record_id'),
    )
    .selectAll('follow_up_item')
    .selectAll('record')
    .where('record.area_id', '=', areaId)
    .where('due_moves', '>', 0)
    .where('raised_by_organisation', '=', organisation)
    .orderBy('due_moves', 'desc')
    .orderBy('record.dated', 'desc')
    .orderBy('record.id')
    .limit(limit)
    .execute()
  return rows.map(row => ({ record: toHead(row), item: row }))
}

/** The items that were raised from some records (a meeting, its minutes, a question), by the record they came of. */
export async function itemsRaisedFrom(
  trx: Trx,
  areaId: number,
  causes: readonly string[],
): Promise<Map<string, ListedItem[]>> {
  if (causes.length === 0) return new Map()
  const rows = await trx
    .selectFrom('record')
    .innerJoin('follow_up_item', join =>
      join.onRef('record.area_id', '=', 'follow_up_item.area_id').onRef('record.id', '=', 'follow_up_item.record_id'),
    )
    .innerJoin('link', join =>
      join.onRef('link.from_area', '=', 'record.area_id').onRef('link.from_id', '=', 'record.id'),
    )
    .selectAll('follow_up_item')
    .selectAll('record')
    .select('link.to_id as cause')
    .distinct()
    .where('record.area_id', '=', areaId)
    .where('link.to_area', '=', areaId)
    .where('link.to_id', 'in', causes)
    .where('link.relation', 'in', ['raised-by', 'raised-at'])
    .orderBy('record.dated')
    .orderBy('record.reference')
    .execute()
  const found = Map.groupBy(rows, row => row.cause)
  return new Map([...found].map(([cause, all]) => [cause, all.map(row => ({ record: toHead(row), item: row }))]))
}

/** Kinds of record by which a body asks something besides items, as the record layer knows them. */
const askedByQuestion = ['question', 'challenge']

/** Everything an organisation has asked, the latest first: items it raised, and questions and challenges it put. */
export async function askedBefore(
  trx: Trx,
  areaId: number,
  organisation: string,
  filter: { words?: string; body?: string; after?: string; size: number },
): Promise<{ records: RecordHead[]; next: string | null }> {
  const cursor = readCursor(filter.after)
  const words = filter.words === undefined ? sql`true` : matches('r.search', filter.words)
  const body =
    filter.body === undefined || !isIdentity(filter.body) ? sql`true` : sql`i.raised_by_body = ${filter.body}::uuid`
  const beyond = cursor === null ? sql`true` : sql`(r.dated, r.id) < (${cursor.dated}::date, ${cursor.id}::uuid)`
  const { rows } = await sql<Selectable<Tables['record']>>`
    select r.* from record r left join follow_up_item i on i.area_id = r.area_id and i.record_id = r.id
    where r.area_id = ${areaId} and r.state not in ('draft', 'ready')
      and (i.raised_by_organisation = ${organisation}::uuid
        or (i.record_id is null and r.kind = any (${askedByQuestion}) and r.holders && ${[organisation]}::uuid[]))
      and ${words} and ${body} and ${beyond}
    order by r.dated desc, r.id desc limit ${filter.size + 1}`.execute(trx)
  const records = rows.slice(0, filter.size).map(toHead)
  const last = records.at(-1)
  return {
    records,
    next: rows.length > filter.size && last !== undefined ? `${last.dated.toString()}_${last.id}` : null,
  }
}

/** A published item with what was published of it. */
export interface PublishedItem extends PublicEntry {
  slug: string
  body: Readonly<Record<string, unknown>>
}

/** What a public list is narrowed to. */
export interface PublicFilter {
  kinds: readonly string[]
  raisedBy?: string
  states?: readonly string[]
  lead?: string
  words?: string
}

/** Published records with their bodies, the latest first, as they stood at a moment. */
export async function publishedItems(
  db: Kysely<Tables>,
  areaIds: readonly number[],
  filter: PublicFilter,
  asOf: Temporal.Instant,
  { after, size }: ListPage,
): Promise<{ items: PublishedItem[]; next: string | null }> {
  const cursor = readCursor(after)
  const conditions = [
    sql`e.area_id = any (${[...areaIds]}::smallint[])`,
    sql`e.kind = any (${[...filter.kinds]})`,
    sql`e.valid_from <= ${asOf} and e.valid_to > ${asOf}`,
    ...(filter.raisedBy === undefined ? [] : [sql`e.facts ->> 'raisedBy' = ${filter.raisedBy}`]),
    ...(filter.states === undefined ? [] : [sql`e.state = any (${[...filter.states]})`]),
    ...(filter.lead === undefined ? [] : [sql`e.facts ->> 'lead' ilike ${`%${plainPattern(filter.lead)}%`}`]),
    ...(filter.words === undefined ? [] : [matches('e.search', filter.words)]),
    ...(cursor === null ? [] : [sql`(e.dated, e.record_id) < (${cursor.dated}::date, ${cursor.id}::uuid)`]),
  ]
  const { rows } = await sql<PublishedItem>`
    select e.area_id, e.record_id, e.version, e.kind, e.reference, e.title, e.summary, e.state, e.due_date, e.due_text,
      e.dated, e.address, e.facts, e.valid_from, a.slug, coalesce(s.body, '{}'::jsonb) as body
    from published.entry e join published.area a on a.id = e.area_id
    join published.snapshot s on s.area_id = e.area_id and s.record_id = e.record_id and s.version = e.version
    where ${sql.join(conditions, sql` and `)}
    order by e.dated desc, e.record_id desc limit ${size + 1}`.execute(db)
  const items = rows.slice(0, size)
  const last = items.at(-1)
  return { items, next: rows.length > size && last !== undefined ? `${last.dated.toString()}_${last.record_id}` : null }
}

/** The bodies that raised what is published of some kinds, by name. */
export async function publishedRaisers(
  db: Kysely<Tables>,
  areaIds: readonly number[],
  kinds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ raiser: string }>`
    select distinct facts ->> 'raisedBy' as raiser from published.entry
    where area_id = any (${[...areaIds]}::smallint[]) and kind = any (${[...kinds]}) and valid_to = 'infinity'
      and facts ->> 'raisedBy' is not null order by 1 limit 200`.execute(db)
  return rows.map(row => row.raiser)
}
