import { sql } from 'kysely'
import type { RawBuilder, Selectable } from 'kysely'
import type { Trx } from '../../platform/database/tables.ts'
import type { JudgedAt } from '../clock-models.ts'
import { toClock } from '../clock-rows.ts'
import type { RunningClock } from '../clock-rows.ts'
import type { ClockTable } from '../tables.ts'
import { hasDays, isUrgent, urgencies } from './urgency.ts'
import type { Urgency } from './urgency.ts'

/** Whose duties are asked for: those that organisations owe, or of them those on records that another one holds. */
export interface DutyScope {
  areaId: number
  owedBy: readonly string[]
  /** Only what lies on records of this organisation. */
  heldBy?: string
}

/** What a reader asked of the list; it lives in the address. */
export interface DutyQuery {
  urgency: Urgency | null
  role?: string
  personId?: string
  kind?: string
  after?: string
  before?: string
  size: number
}

export interface DutyPage {
  clocks: RunningClock[]
  /** Cursors of the neighbouring pages, null where there is none. */
  next: string | null
  previous: string | null
}

type Row = Selectable<ClockTable>

/** The last row seen, or the first: its day (null where it has none) and its identity. */
interface Cursor {
  due: string | null
  id: string
}

/**
 * Duties by day, those without a day last; paged from the last row seen. The conditions compare plain columns, which
 * under a row policy are the only ones that may begin in the middle of an index.
 */
export async function pageOfDuties(trx: Trx, scope: DutyScope, judged: JudgedAt, query: DutyQuery): Promise<DutyPage> {
  const backwards = query.before !== undefined
  const cursor = readCursor(query.before ?? query.after)
  const found: Row[] = []
  for (const dated of partsOf(query.urgency, backwards)) {
    const missing = query.size + 1 - found.length
    const beyond = beyondCursor(dated, cursor, backwards)
    if (missing <= 0 || beyond === null) continue
    const asked = sql<boolean>`${isUrgent(query.urgency, judged)} and ${wanted(query)} and ${beyond}`
    found.push(...(await ofEveryOrganisation(trx, scope, asked, { dated, backwards, limit: missing })))
  }
  const more = found.length > query.size
  const rows = found.slice(0, query.size)
  if (backwards) rows.reverse()
  return { clocks: rows.map(toClock), ...neighbours(rows, more, backwards, cursor !== null) }
}

/** With a day first, then without; the other way round when paging back. */
function partsOf(urgency: Urgency | null, backwards: boolean): boolean[] {
  const days = urgency === null ? 'some' : hasDays(urgency)
  if (days !== 'some') return [days]
  return backwards ? [false, true] : [true, false]
}

function beyondCursor(dated: boolean, cursor: Cursor | null, backwards: boolean): RawBuilder<boolean> | null {
  if (cursor === null) return sql`true`
  const sign = sql.raw(backwards ? '<' : '>')
  if ((cursor.due !== null) !== dated) return dated === backwards ? sql`true` : null
  return dated ? sql`(due, id) ${sign} (${cursor.due}::date, ${cursor.id}::uuid)` : sql`id ${sign} ${cursor.id}::uuid`
}

function wanted({ role, personId, kind }: DutyQuery): RawBuilder<boolean> {
  const conditions = [
    ...(role === undefined ? [] : [sql`owner_role = ${role}`]),
    ...(personId === undefined ? [] : [sql`owner_person = ${personId}::uuid`]),
    ...(kind === undefined ? [] : [sql`record_kind = ${kind}`]),
  ]
  return conditions.length === 0 ? sql`true` : sql<boolean>`${sql.join(conditions, sql` and `)}`
}

interface Part {
  dated: boolean
  backwards: boolean
  limit: number
}

/** Each organisation's duties have an index in their order; of several, the first of each are put together. */
async function ofEveryOrganisation(trx: Trx, scope: DutyScope, asked: RawBuilder<boolean>, part: Part): Promise<Row[]> {
  const rows: Row[] = []
  for (const organisation of scope.owedBy) rows.push(...(await ofOne(trx, scope, organisation, asked, part)))
  if (scope.owedBy.length < 2) return rows
  const sign = part.backwards ? -1 : 1
  return rows.sort((a, b) => sign * inOrder(a, b)).slice(0, part.limit)
}

function inOrder(a: Row, b: Row): number {
  if (a.due !== null && b.due !== null) {
    const byDay = Temporal.PlainDate.compare(a.due, b.due)
    if (byDay !== 0) return byDay
  }
  return a.id < b.id ? -1 : 1
}

async function ofOne(
  trx: Trx,
  { areaId, heldBy }: DutyScope,
  organisation: string,
  asked: RawBuilder<boolean>,
  { dated, backwards, limit }: Part,
): Promise<Row[]> {
  const direction = backwards ? 'desc' : 'asc'
  const rows = trx
    .selectFrom('clock')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('organisation_id', '=', organisation)
    .where('state', 'in', ['running', 'paused'])
    .where('due', dated ? 'is not' : 'is', null)
    .where(asked)
    .orderBy('due', direction)
    .orderBy('id', direction)
    .limit(limit)
  return (heldBy === undefined ? rows : rows.where(heldByOne(heldBy))).execute()
}

function heldByOne(organisation: string): RawBuilder<boolean> {
  return sql<boolean>`holders && ${[organisation]}::uuid[]`
}

function neighbours(rows: readonly Row[], more: boolean, backwards: boolean, moved: boolean) {
  const first = rows[0]
  const last = rows.at(-1)
  return {
    next: last !== undefined && (backwards || more) ? cursorOf(last) : null,
    previous: first !== undefined && (backwards ? more : moved) ? cursorOf(first) : null,
  }
}

function cursorOf({ due, id }: Row): string {
  return Buffer.from(JSON.stringify([due?.toString() ?? null, id])).toString('base64url')
}

function readCursor(cursor: string | undefined): Cursor | null {
  if (cursor === undefined) return null
  try {
    const [due, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, unknown]
    if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) return null
    if (due === null) return { due, id }
    return typeof due === 'string' ? { due: Temporal.PlainDate.from(due).toString(), id } : null
  } catch {
    return null
  }
}

/** As far as duties are counted: beyond it a list says "more than 1,000". */
export const countedTo = 1000

/** How many duties of each urgency there are, each counted to one more than `countedTo`. */
export function countDuties(
  trx: Trx,
  scope: DutyScope,
  judged: JudgedAt,
  query: Omit<DutyQuery, 'urgency' | 'size'>,
): Promise<Map<Urgency, number>> {
  const held = scope.heldBy === undefined ? sql`true` : heldByOne(scope.heldBy)
  const counts = urgencies.map(urgency => {
    const days = hasDays(urgency) === false ? sql`due is null` : sql`true`
    return sql`(select count(*)::integer from (
      select 1 from unnest(${[...scope.owedBy]}::uuid[]) as owing (id) cross join lateral (
        select 1 from clock
        where area_id = ${scope.areaId} and organisation_id = owing.id and state in ('running', 'paused') and ${days}
          and ${held} and ${isUrgent(urgency, judged)} and ${wanted({ ...query, urgency, size: 0 })}
        limit ${countedTo + 1}) owed
      limit ${countedTo + 1}) counted) as ${sql.ref(urgency)}`
  })
  return alongIndexes(trx, async () => {
    const { rows } = await sql<Record<Urgency, number>>`select ${sql.join(counts)}`.execute(trx)
    return new Map(urgencies.map(urgency => [urgency, rows[0]?.[urgency] ?? 0]))
  })
}

/**
 * Keeps the planner to the indexes. It takes a row policy to let one row in a hundred through, so that a limit of a
 * thousand looks to it like reading everything, where nearly every row passes.
 */
async function alongIndexes<T>(trx: Trx, fn: () => Promise<T>): Promise<T> {
  const others = (value: 'on' | 'off') =>
    sql`
    select set_config('enable_seqscan', ${value}, true), set_config('enable_bitmapscan', ${value}, true)`.execute(trx)
  await others('off')
  const value = await fn()
  await others('on')
  return value
}

type Told = 'owner_role' | 'owner_person' | 'record_kind'

/**
 * The different values that running clocks of an organisation have in a column, found by leaping from one to the next:
 * a hundred thousand clocks are never read for a filter's few choices.
 */
export async function valuesOf(trx: Trx, areaId: number, organisation: string, column: Told): Promise<string[]> {
  const value = sql.ref(column)
  const running = sql`area_id = ${areaId} and organisation_id = ${organisation}::uuid
    and state in ('running', 'paused') and ${value} is not null`
  const { rows } = await sql<{ value: string }>`
    with recursive leap as (
      (select ${value} as value from clock where ${running} order by ${value} limit 1)
      union all
      select (select ${value} from clock where ${running} and ${value} > leap.value order by ${value} limit 1)
      from leap where leap.value is not null)
    select value::text from leap where value is not null limit 100`.execute(trx)
  return rows.map(row => row.value)
}

/** The other organisations of an area that owe something this transaction may see, found in the same way. */
export async function othersWhoOwe(trx: Trx, areaId: number, organisation: string): Promise<string[]> {
  const running = sql`area_id = ${areaId} and state in ('running', 'paused')`
  const { rows } = await sql<{ value: string }>`
    with recursive leap as (
      (select organisation_id as value from clock where ${running} order by organisation_id limit 1)
      union all
      select (select organisation_id from clock where ${running} and organisation_id > leap.value
        order by organisation_id limit 1)
      from leap where leap.value is not null)
    select value from leap where value is not null and value <> ${organisation}::uuid limit 100`.execute(trx)
  return rows.map(row => row.value)
}

/** Duties done after their day, the latest done first. */
export async function keptLate(
  trx: Trx,
  areaId: number,
  organisation: string,
  between: { first: Temporal.PlainDate; last: Temporal.PlainDate },
  limit: number,
): Promise<RunningClock[]> {
  const rows = await trx
    .selectFrom('clock')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('organisation_id', '=', organisation)
    .where('state', '=', 'stopped')
    .where(sql<boolean>`stopped_on > due`)
    .where('in_force', '=', true)
    .where('stopped_on', '>=', between.first)
    .where('stopped_on', '<=', between.last)
    .orderBy('stopped_on', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toClock).filter(clock => clock.rule.lastDay === 'do-by')
}
