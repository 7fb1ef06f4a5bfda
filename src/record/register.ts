import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { Tables, Trx } from '../platform/database/tables.ts'
import type { RecordHead } from './record.ts'
import { toHead } from './records.ts'
import type { EntryTable } from './tables.ts'

/** What a register may be sorted by: each has an index, so that a list of a hundred thousand opens like a short one. */
export const sortColumns = ['dated', 'due', 'title'] as const
export type SortColumn = (typeof sortColumns)[number]

/** What a reader asked of a register; it lives in the address. */
export interface RegisterQuery {
  sort: SortColumn
  descending: boolean
  /** Rows after this one: the last row seen, as `cursorOf` wrote it. */
  after?: string
  /** Rows before this one: the first row seen. */
  before?: string
  state?: string
  size: number
}

export interface RegisterPage<Row> {
  rows: Row[]
  /** Cursors of the neighbouring pages, null where there is none. */
  next: string | null
  previous: string | null
}

/**
 * Reads a register's query from the address: `sort=due` or `sort=-due`, `after`, `before`, `state`. What makes no sense
 * is left out.
 */
export function registerQuery(query: Readonly<Record<string, string | undefined>>, size = 25): RegisterQuery {
  const asked = query['sort'] ?? defaultSort
  const sort = sortColumns.find(column => column === asked.replace(/^-/, '')) ?? 'dated'
  return {
    sort,
    descending: asked.startsWith('-'),
    size,
    ...(query['after'] !== undefined && { after: query['after'] }),
    ...(query['before'] !== undefined && { before: query['before'] }),
    ...(query['state'] !== undefined && query['state'] !== '' && { state: query['state'] }),
  }
}

/** Newest first. */
export const defaultSort = '-dated'

const columns = {
  dated: { expression: 'dated', type: 'date' },
  due: { expression: `coalesce(due_date, 'infinity'::date)`, type: 'date' },
  title: { expression: `lower(title) collate "C"`, type: 'text' },
} as const

/** A page of an organisation's register of one kind. The transaction must be scoped to the organisation. */
export async function workspaceRegister(
  trx: Trx,
  organisation: string,
  areaId: number,
  kind: string,
  query: RegisterQuery,
): Promise<RegisterPage<RecordHead>> {
  const holds = sql`area_id = ${areaId} and kind = ${kind} and holders && ${[organisation]}::uuid[]`
  const page = await registerPage<Selectable<Tables['record']>>(
    trx,
    { table: 'record', id: 'id', shown: sql`*` },
    holds,
    query,
  )
  return { ...page, rows: page.rows.map(toHead) }
}

/** What registers, feeds and pages read of an entry. Its end is not among it: it may be infinite. */
export const entryColumns = [
  'area_id',
  'record_id',
  'version',
  'kind',
  'reference',
  'title',
  'summary',
  'state',
  'due_date',
  'due_text',
  'dated',
  'address',
  'facts',
  'valid_from',
] as const

/** A published record as registers and feeds show it. */
export type PublicEntry = Pick<Selectable<EntryTable>, (typeof entryColumns)[number]>

/** A page of a public register, as it stood at a moment; of an area and the collaborations it belongs to. */
export async function publicRegister(
  db: Kysely<Tables>,
  areaIds: readonly number[],
  kind: string,
  asOf: Temporal.Instant | null,
  query: RegisterQuery,
): Promise<RegisterPage<PublicEntry>> {
  const valid = asOf === null ? sql`valid_to = 'infinity'` : sql`valid_from <= ${asOf} and valid_to > ${asOf}`
  const holds = sql`${areaIn(areaIds)} and kind = ${kind} and ${valid}`
  const shown = sql.join(entryColumns.map(column => sql.ref(column)))
  return registerPage<PublicEntry>(db, { table: 'published.entry', id: 'record_id', shown }, holds, query)
}

/** One area is compared by equality, so that its index gives the order too. */
function areaIn(areaIds: readonly number[]) {
  const [only, another] = areaIds
  return another === undefined ? sql`area_id = ${only ?? 0}` : sql`area_id = any (${[...areaIds]}::smallint[])`
}

async function registerPage<Row extends object>(
  db: Kysely<Tables>,
  from: { table: string; id: string; shown: ReturnType<typeof sql> },
  holds: ReturnType<typeof sql>,
  query: RegisterQuery,
): Promise<RegisterPage<Row>> {
  const column = columns[query.sort]
  const backwards = query.before !== undefined
  const descending = query.descending !== backwards
  const cursor = readCursor(query.before ?? query.after)
  const key = sql`(${sql.raw(column.expression)}, ${sql.ref(from.id)})`
  const beyond =
    cursor === null
      ? sql`true`
      : sql`${key} ${sql.raw(descending ? '<' : '>')} (${cursor.value}::${sql.raw(column.type)}, ${cursor.id}::uuid)`
  const state = query.state === undefined ? sql`true` : sql`state = ${query.state}`
  const order = sql.raw(descending ? 'desc' : 'asc')
  const { rows } = await sql<Row & { sortValue: string; sortId: string }>`
    select ${from.shown}, (${sql.raw(column.expression)})::text as "sortValue", ${sql.ref(from.id)}::text as "sortId"
    from ${sql.table(from.table)} where ${holds} and ${state} and ${beyond}
    order by ${sql.raw(column.expression)} ${order}, ${sql.ref(from.id)} ${order} limit ${query.size + 1}`.execute(db)
  const more = rows.length > query.size
  const shown = rows.slice(0, query.size)
  if (backwards) shown.reverse()
  return { rows: shown, ...neighbours(shown, more, backwards, cursor !== null) }
}

function neighbours(
  rows: readonly { sortValue: string; sortId: string }[],
  more: boolean,
  backwards: boolean,
  moved: boolean,
): { next: string | null; previous: string | null } {
  const first = rows[0]
  const last = rows.at(-1)
  return {
    next: last !== undefined && (backwards || more) ? cursorOf(last) : null,
    previous: first !== undefined && (backwards ? more : moved) ? cursorOf(first) : null,
  }
}

function cursorOf(row: { sortValue: string; sortId: string }): string {
  return Buffer.from(JSON.stringify([row.sortValue, row.sortId])).toString('base64url')
}

function readCursor(cursor: string | undefined): { value: string; id: string } | null {
  if (cursor === undefined) return null
  try {
    const [value, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, unknown]
    if (typeof value !== 'string' || typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) return null
    return { value, id }
  } catch {
    return null
  }
}

/** How many records of a kind stand in each state, from the counter kept in the writing transactions. */
export async function workspaceCounts(
  trx: Trx,
  organisation: string,
  areaId: number,
  kind: string,
): Promise<Map<string, number>> {
  const rows = await trx
    .selectFrom('record_count')
    .select(['state', 'n'])
    .where('area_id', '=', areaId)
    .where('organisation_id', '=', organisation)
    .where('kind', '=', kind)
    .execute()
  return new Map(rows.map(row => [row.state, row.n]))
}

export async function publicCounts(
  db: Kysely<Tables>,
  areaIds: readonly number[],
  kind: string,
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('published.entry_count')
    .select(['state', e => e.fn.sum<string>('n').as('n')])
    .where('area_id', 'in', areaIds)
    .where('kind', '=', kind)
    .groupBy('state')
    .execute()
  return new Map(rows.map(row => [row.state, Number(row.n)]))
}
