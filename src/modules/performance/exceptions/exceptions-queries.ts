import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import type { ExceptionTable, Life, Standing } from '../tables.ts'

export interface DeedTable {
  area_id: number
  exception_id: string
  number: number
  deed: 'explained' | 'accepted' | 'not-accepted' | 'watched' | 'returned' | 'resolved' | 'taken-up-again'
  words: string | null
  said_by: string | null
  said_on: Temporal.PlainDate | null
  from_record: string | null
  open: boolean
  until_day: Temporal.PlainDate | null
  until_period: Temporal.PlainDate | null
  at_period: Temporal.PlainDate
  at_value: number
  done_by: string
  done_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    performance_exception_deed: DeedTable
  }
}

export type DoneDeed = Selectable<DeedTable>

/** Writes rows of new exceptions, in one statement however many they are. */
export async function insertExceptions(trx: Trx, rows: readonly ExceptionTable[]): Promise<void> {
  if (rows.length === 0) return
  await sql`insert into performance_exception (area_id, id, measure_id, series_id, rule, direction, judged, first_period,
      completed_period, last_period, revision, value, text, standing, life, level, worse, loads_since, explained,
      then_value, then_level, watch_day, watch_period)
    select area_id, id, measure_id, series_id, rule, direction, judged, first_period, completed_period, last_period,
      revision, value, text, standing, life, level, worse, loads_since, explained, then_value, then_level, watch_day,
      watch_period
    from json_populate_recordset(null::performance_exception, ${JSON.stringify(rows)}::json)`.execute(trx)
}

/** Brings rows of exceptions that the caller has found visible in line with the figures, in one statement. */
export async function updateExceptions(
  trx: Trx,
  rows: readonly Omit<ExceptionTable, 'explained' | 'then_value' | 'then_level' | 'measure_id' | 'series_id'>[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`update performance_exception e set rule = c.rule, direction = c.direction, judged = c.judged,
      first_period = c.first_period, completed_period = c.completed_period, last_period = c.last_period,
      revision = c.revision, value = c.value, text = c.text, standing = c.standing, life = c.life, level = c.level,
      worse = c.worse, loads_since = c.loads_since, watch_day = c.watch_day, watch_period = c.watch_period
    from json_populate_recordset(null::performance_exception, ${JSON.stringify(rows)}::json) c
    where e.area_id = c.area_id and e.id = c.id`.execute(trx)
}

/** Takes exceptions of one area, found visible by the caller, off what the figures bear out. */
export async function lapseExceptions(trx: Trx, areaId: number, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`update performance_exception set standing = 'lapsed', worse = false
    where area_id = ${areaId} and id = any (${[...ids]}::uuid[])`.execute(trx)
}

/** What a deed changes in an exception that the caller has found visible. */
export async function changeLife(
  trx: Trx,
  key: RecordKey,
  changes: Pick<
    ExceptionTable,
    'life' | 'level' | 'explained' | 'loads_since' | 'then_value' | 'then_level' | 'watch_day' | 'watch_period'
  >,
): Promise<void> {
  await trx
    .updateTable('performance_exception')
    .set({ ...changes, worse: false })
    .where('area_id', '=', key.areaId)
    .where('id', '=', key.id)
    .execute()
}

/** Adds to what was done with an exception; the numbers count up. */
export async function insertDeed(trx: Trx, deed: Omit<DeedTable, 'number'>): Promise<void> {
  await trx
    .insertInto('performance_exception_deed')
    .values(e => ({
      ...deed,
      number: e
        .selectFrom('performance_exception_deed')
        .select(s => s(s.fn.coalesce(s.fn.max('number'), sql<number>`0`), '+', 1).as('next'))
        .where('area_id', '=', deed.area_id)
        .where('exception_id', '=', deed.exception_id),
    }))
    .execute()
}

/** What was done with an exception, newest first; nothing where it is not visible. */
export async function deedsOf(trx: Trx, key: RecordKey): Promise<DoneDeed[]> {
  return trx
    .selectFrom('performance_exception_deed as d')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'd.area_id').onRef('r.id', '=', 'd.exception_id'))
    .selectAll('d')
    .where('d.area_id', '=', key.areaId)
    .where('d.exception_id', '=', key.id)
    .orderBy('d.number', 'desc')
    .execute()
}

/** Exceptions that stand and are watched up to a day before this one. */
export async function watchesEnded(trx: Trx, areaId: number, today: Temporal.PlainDate): Promise<string[]> {
  const rows = await trx
    .selectFrom('performance_exception as e')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'e.area_id').onRef('r.id', '=', 'e.id'))
    .select('e.id')
    .where('e.area_id', '=', areaId)
    .where('e.life', '=', 'watched')
    .where('e.standing', 'in', ['new', 'continuing'])
    .where('e.watch_day', '<', today)
    .execute()
  return rows.map(row => row.id)
}

/** Of records of another kind those that the public can read. */
export async function publicOnes(trx: Trx, areaId: number, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await trx
    .selectFrom('published.entry')
    .select('record_id')
    .where('area_id', '=', areaId)
    .where('record_id', 'in', ids)
    .where(sql<boolean>`valid_to = 'infinity'`)
    .execute()
  return new Set(rows.map(row => row.record_id))
}

/** What the register of exceptions is filtered by. */
export interface ExceptionFilter {
  standing: readonly Standing[] | null
  /** As it has come to: an exception that is over is resolved whatever was done. */
  life: Life | null
  judged: ExceptionTable['judged'] | null
  level: ExceptionTable['level'] | null
}

/** One line of the register. */
export type RegisterLine = Pick<
  Selectable<ExceptionTable>,
  'id' | 'judged' | 'standing' | 'life' | 'level' | 'worse' | 'watch_day' | 'watch_period'
> & { title: string; reference: string; dated: Temporal.PlainDate }

export interface RegisterPlace {
  dated: string
  id: string
}

function filtered({ standing, life, judged, level }: ExceptionFilter) {
  const standingNow = sql`e.standing in ('new', 'continuing')`
  const lived =
    life === 'resolved' ? sql`(e.life = 'resolved' or not ${standingNow})` : sql`e.life = ${life} and ${standingNow}`
  return sql.join(
    [
      ...(standing === null ? [] : [sql`e.standing = any (${[...standing]}::text[])`]),
      ...(life === null ? [] : [lived]),
      ...(judged === null ? [] : [sql`e.judged = ${judged}`]),
      ...(level === null ? [] : [sql`e.level = ${level} and ${standingNow}`]),
      sql`true`,
    ],
    sql` and `,
  )
}

/**
 * A page of the exceptions that an organisation holds in an area, newest first.
 *
 * @param place the last line seen, or the first with `back`
 */
export async function exceptionLines(
  trx: Trx,
  scope: { areaId: number; organisation: string },
  filter: ExceptionFilter,
  page: { place: RegisterPlace | null; back: boolean; size: number },
): Promise<RegisterLine[]> {
  const { place, back } = page
  const beyond =
    place === null
      ? sql`true`
      : sql`(r.dated, r.id) ${sql.raw(back ? '>' : '<')} (${place.dated}::date, ${place.id}::uuid)`
  const order = sql.raw(back ? 'asc' : 'desc')
  const { rows } = await sql<RegisterLine>`
    select e.id, e.judged, e.standing, e.life, e.level, e.worse, e.watch_day, e.watch_period, r.title, r.reference, r.dated
    from record r join performance_exception e on e.area_id = r.area_id and e.id = r.id
    where r.area_id = ${scope.areaId} and r.kind = 'exception' and r.holders && ${[scope.organisation]}::uuid[]
      and ${filtered(filter)} and ${beyond}
    order by r.dated ${order}, r.id ${order} limit ${page.size}`.execute(trx)
  return back ? rows.reverse() : rows
}

/** How many there are with these filters, counted no further than `most`. */
export async function countExceptions(
  trx: Trx,
  scope: { areaId: number; organisation: string },
  filter: ExceptionFilter,
  most: number,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (
      select from record r join performance_exception e on e.area_id = r.area_id and e.id = r.id
      where r.area_id = ${scope.areaId} and r.kind = 'exception' and r.holders && ${[scope.organisation]}::uuid[]
        and ${filtered(filter)} limit ${most}) found`.execute(trx)
  return rows[0]?.n ?? 0
}

/** The usual range at the latest figure of a series of a visible measure, as it was last read. */
export async function rangeOf(trx: Trx, seriesId: number): Promise<{ lower: number | null; upper: number | null }> {
  const row = await trx
    .selectFrom('performance_reading')
    .select(['lower', 'upper'])
    .where('series_id', '=', seriesId)
    .executeTakeFirst()
  return row ?? { lower: null, upper: null }
}
