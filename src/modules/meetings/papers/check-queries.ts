import { sql } from 'kysely'
import type { ColumnType } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'

interface SettledTable {
  area_id: number
  meeting_id: string
  fingerprint: Buffer
  reason: string
  settled_by: string
  settled_at: ColumnType<Temporal.Instant, Temporal.Instant, Temporal.Instant>
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    meetings_paper_settled: SettledTable
  }
}

/** What was settled about a meeting's papers: the reason, by fingerprint. Ask only for meetings that the viewer holds. */
export async function settledOf(trx: Trx, meeting: RecordKey): Promise<ReadonlyMap<string, string>> {
  const rows = await trx
    .selectFrom('meetings_paper_settled')
    .select(['fingerprint', 'reason'])
    .where('area_id', '=', meeting.areaId)
    .where('meeting_id', '=', meeting.id)
    .execute()
  return new Map(rows.map(row => [row.fingerprint.toString('hex'), row.reason]))
}

export async function insertSettled(
  trx: Trx,
  meeting: RecordKey,
  settled: { fingerprint: string; reason: string; by: string; at: Temporal.Instant },
): Promise<void> {
  const { reason } = settled
  await trx
    .insertInto('meetings_paper_settled')
    .values({
      area_id: meeting.areaId,
      meeting_id: meeting.id,
      fingerprint: Buffer.from(settled.fingerprint, 'hex'),
      reason,
      settled_by: settled.by,
      settled_at: settled.at,
    })
    .onConflict(conflict => conflict.columns(['area_id', 'meeting_id', 'fingerprint']).doUpdateSet({ reason }))
    .execute()
}

/** Every version that is readable in public of some records. */
export async function publishedBodies(
  trx: Trx,
  areaId: number,
  ids: readonly string[],
): Promise<{ title: string; version: number; body: unknown }[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ title: string; version: number; body: unknown }>`
    select coalesce(e.title, s.kind) as title, s.version, s.body
    from published.snapshot s
    left join lateral (
      select title from published.entry e
      where e.area_id = s.area_id and e.record_id = s.record_id order by e.valid_from desc limit 1
    ) e on true
    where s.area_id = ${areaId} and s.record_id = any (${[...ids]}::uuid[]) and s.body is not null
    order by s.published_at`.execute(trx)
  return rows
}
