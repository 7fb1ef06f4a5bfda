import { sql } from 'kysely'
import type { Trx } from '../../platform/database/tables.ts'
import { london } from '../../platform/time.ts'
import { toClock } from '../clock-rows.ts'
import type { RunningClock } from '../clock-rows.ts'
import { allKinds, openStates } from '../kinds.ts'

/** Days from the first to the last, both included. */
export interface Days {
  first: Temporal.PlainDate
  last: Temporal.PlainDate
}

/** The running clocks of an organisation whose day lies between two days, the soonest first. */
export async function clocksBetween(
  trx: Trx,
  areaId: number,
  organisation: string,
  { first, last }: Days,
  limit: number,
): Promise<RunningClock[]> {
  const rows = await trx
    .selectFrom('clock')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('organisation_id', '=', organisation)
    .where('state', '=', 'running')
    .where('in_force', '=', true)
    .where('due', '>=', first)
    .where('due', '<=', last)
    .orderBy('due')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toClock)
}

/** How many running clocks end on each day, where there are too many to name. */
export async function clocksByDay(
  trx: Trx,
  areaId: number,
  organisation: string,
  { first, last }: Days,
): Promise<{ day: Temporal.PlainDate; count: number }[]> {
  const { rows } = await sql<{ day: Temporal.PlainDate; count: number }>`
    select due as day, count(*)::integer as count from clock
    where area_id = ${areaId} and organisation_id = ${organisation}::uuid and state = 'running' and in_force
      and due between ${first}::date and ${last}::date
    group by due order by due`.execute(trx)
  return rows
}

/** A record that speaks of a day to come, as a meeting does. */
export interface DatedAhead {
  id: string
  kind: string
  reference: string
  title: string
  dated: Temporal.PlainDate
  received: boolean
}

/** What an organisation holds, or was sent, that was dated ahead when it was made, and is not over: its meetings. */
export async function datedAhead(
  trx: Trx,
  areaId: number,
  organisation: string,
  { first, last }: Days,
  limit: number,
): Promise<DatedAhead[]> {
  const kinds = allKinds().map(kind => kind.kind)
  const { rows } = await sql<DatedAhead>`
    select id, kind, reference, title, dated, false as received from record
    where area_id = ${areaId} and kind = any (${kinds}) and dated between ${first}::date and ${last}::date
      and (created_at at time zone ${london})::date < dated
      and kind || '/' || state = any (${openStates()}) and holders && ${[organisation]}::uuid[]
    union all
    select record_id, kind, reference, title, dated, true from (
      select distinct on (record_id) * from sent
      where organisation_id = ${organisation}::uuid and area_id = ${areaId}
        and dated between ${first}::date and ${last}::date and (sent_at at time zone ${london})::date < dated
      order by record_id, version desc
    ) s
    where kind || '/' || state = any (${openStates()})
      and not exists (select 1 from record r where r.area_id = s.area_id and r.id = s.record_id)
    order by dated, title limit ${limit}`.execute(trx)
  return rows
}
