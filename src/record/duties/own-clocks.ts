import { sql } from 'kysely'
import type { RawBuilder, Selectable } from 'kysely'
import type { Trx } from '../../platform/database/tables.ts'
import { toClock } from '../clock-rows.ts'
import type { ClockKey, RunningClock } from '../clock-rows.ts'
import type { ClockTable } from '../tables.ts'
import type { Mine } from './owners.ts'

type Row = Selectable<ClockTable>

/**
 * The running clocks that are somebody's own, the soonest first. Each way of owning one has its index: by person, by
 * role, and by a rule that names the role where the clock names nobody.
 */
export async function ownClocks(
  trx: Trx,
  { areaId, organisationId }: { areaId: number; organisationId: string },
  mine: Mine,
  limit: number,
): Promise<RunningClock[]> {
  const first = (condition: RawBuilder<boolean>) => sql`
    (select * from clock where area_id = ${areaId} and organisation_id = ${organisationId}::uuid
      and state in ('running', 'paused') and in_force and ${condition} order by due, id limit ${limit})`
  const unnamed = mine.personId === null ? sql<boolean>`true` : sql<boolean>`owner_person is null`
  const { rows } = await sql<Row>`
    select * from (
      ${first(sql`owner_person = ${mine.personId}::uuid`)}
      union
      select c.* from unnest(${[...mine.owners]}::text[]) as own (owner)
        cross join lateral ${first(sql`owner_role = own.owner and ${unnamed}`)} c
      union
      ${first(sql`owner_role is null and rule = any (${[...mine.rules]}::text[]) and ${unnamed}`)}
    ) own order by due, id limit ${limit}`.execute(trx)
  return rows.map(toClock)
}

/** The running clocks on some records that this transaction may see, by record, the soonest first. */
export async function runningOn(
  trx: Trx,
  areaId: number,
  recordIds: readonly string[],
): Promise<Map<string, RunningClock[]>> {
  if (recordIds.length === 0) return new Map()
  const rows = await trx
    .selectFrom('clock')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('record_id', 'in', recordIds)
    .where('state', 'in', ['running', 'paused'])
    .orderBy('due')
    .orderBy('id')
    .execute()
  return Map.groupBy(rows.map(toClock), clock => clock.recordId)
}

/** Clocks that this transaction may see and that changed since a moment, the latest first. */
export async function changedClocks(
  trx: Trx,
  areaId: number,
  since: Temporal.Instant,
  limit: number,
): Promise<RunningClock[]> {
  const rows = await trx
    .selectFrom('clock')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('sequence', '>', 0)
    .where('updated_at', '>=', since)
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toClock)
}

/** A deadline that got another day or another owner. */
export interface ClockMove {
  at: Temporal.Instant
  kind: string
  clock: string
  was: string | null
  now: string | null
  why: string | null
  handedOver: boolean
}

/** What moved clocks since a moment, newest first: their day, or whose they are. */
export async function movesOf(
  trx: Trx,
  clocks: readonly (ClockKey & { recordId: string })[],
  since: Temporal.Instant,
): Promise<ClockMove[]> {
  const [areaId] = clocks.map(clock => clock.areaId)
  if (areaId === undefined) return []
  const { rows } = await sql<ClockMove>`
    select e.at, e.kind, p.payload ->> 'clock' as clock, p.payload ->> 'was' as was, p.payload ->> 'now' as now,
      p.payload ->> 'why' as why, e.kind like '%.clock-handed-over' as "handedOver"
    from event e join event_payload p on p.area_id = e.area_id and p.seq = e.seq
    where e.area_id = ${areaId} and e.record_id = any (${[...new Set(clocks.map(clock => clock.recordId))]}::uuid[])
      and e.at >= ${since} and p.payload ->> 'clock' = any (${clocks.map(clock => clock.id)}::text[])
      and (e.kind like '%.clock-handed-over'
        or (p.payload ? 'was' and p.payload ->> 'was' is distinct from p.payload ->> 'now'))
    order by e.seq desc`.execute(trx)
  return rows
}

/** What other organisations sent since a moment, each record once, the latest first. */
export interface SentLately {
  id: string
  kind: string
  reference: string
  title: string
  from: string
  at: Temporal.Instant
}

export async function sentLately(
  trx: Trx,
  { areaId, organisationId }: { areaId: number; organisationId: string },
  since: Temporal.Instant,
  limit: number,
): Promise<SentLately[]> {
  const { rows } = await sql<SentLately>`
    select * from (
      select distinct on (record_id) record_id as id, s.kind, reference, title, o.name as "from", sent_at as at
      from sent s join workspace.organisation o on o.id = s.from_organisation
      where organisation_id = ${organisationId}::uuid and area_id = ${areaId} and sent_at >= ${since}
      order by record_id, version desc
    ) lately order by at desc limit ${limit}`.execute(trx)
  return rows
}
