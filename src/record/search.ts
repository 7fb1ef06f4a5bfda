import { sql } from 'kysely'
import type { Trx } from '../platform/database/tables.ts'
import type { Viewer } from '../platform/access/viewer.ts'
import { kindOf } from './kinds.ts'

export interface FoundRecord {
  id: string
  kind: string
  reference: string
  title: string
  state: string
  dated: Temporal.PlainDate
  address: string
}

/** Records that match some words, best first, among what the viewer's organisation holds or was sent. */
export async function searchWorkspace(trx: Trx, viewer: Viewer, words: string, limit = 50): Promise<FoundRecord[]> {
  const { rows } = await sql<Omit<FoundRecord, 'address'> & { received: boolean; rank: number }>`
    with q as (select websearch_to_tsquery('english', ${words}) as q)
    select id, kind, reference, title, state, dated, false as received, ts_rank(search, q.q) as rank
    from record, q where area_id = ${viewer.area.id} and search @@ q.q
    union all
    (select distinct on (record_id) record_id, kind, reference, title, state, dated, true,
      ts_rank(to_tsvector('english', reference || ' ' || title || ' ' || summary), q.q)
    from sent s, q
    where organisation_id = ${viewer.organisation.id}::uuid and area_id = ${viewer.area.id}
      and to_tsvector('english', reference || ' ' || title || ' ' || summary) @@ q.q
      and not exists (select 1 from record r where r.area_id = s.area_id and r.id = s.record_id)
    order by record_id, version desc)
    order by rank desc, dated desc, id limit ${limit}`.execute(trx)
  return rows.map(({ received, rank: _rank, ...row }) => {
    const kind = kindOf(row.kind)
    return { ...row, address: ((received ? kind.receivedPath : undefined) ?? kind.workspacePath)(row.id) }
  })
}
