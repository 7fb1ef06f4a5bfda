import { sql } from 'kysely'
import type { Trx } from '../platform/database/tables.ts'
import type { Viewer } from '../platform/access/viewer.ts'
import { allKinds, kindOf, openStates } from './kinds.ts'

/** Something that is owed, as My work lists it. */
export interface WorkItem {
  id: string
  kind: string
  reference: string
  title: string
  state: string
  dueDate: Temporal.PlainDate | null
  ownerRole: string | null
  ownerPerson: string | null
  /** True where another organisation released it to this one and it waits for a reply. */
  received: boolean
}

/**
 * What is owed by an organisation, the most urgent first: its own open records, and what was released to it and not
 * yet replied to. Reads the record layer's tables alone.
 */
export async function workOf(trx: Trx, viewer: Viewer, limit = 100): Promise<WorkItem[]> {
  const open = openStates()
  const owedByReceiver = open.filter(each => !onlyHolderOwes(each))
  const awaiting = allKinds()
    .flatMap(kind => kind.expects ?? [])
    .map(expected => expected.relation)
  const { rows } = await sql<WorkItem>`
    select id, kind, reference, title, state, due_date as "dueDate", owner_role as "ownerRole",
      owner_person as "ownerPerson", false as received
    from record
    where area_id = ${viewer.area.id} and kind || '/' || state = any (${open})
      and (owner_organisation is null or owner_organisation = ${viewer.organisation.id}::uuid)
    union all
    select record_id, kind, reference, title, state, due_date, null, null, true from (
      select distinct on (record_id) * from sent
      where organisation_id = ${viewer.organisation.id}::uuid and area_id = ${viewer.area.id}
      order by record_id, version desc
    ) s
    where kind || '/' || state = any (${owedByReceiver})
      and not exists (select 1 from record r where r.area_id = s.area_id and r.id = s.record_id)
      and not exists (
        select 1 from link l join record r on r.area_id = l.from_area and r.id = l.from_id
        where l.to_area = s.area_id and l.to_id = s.record_id and l.relation = any (${awaiting}))
    order by "dueDate" nulls last, title limit ${limit}`.execute(trx)
  return rows
}

/** Whether in a state (`question/answered`) nothing is awaited but what the holder itself makes. */
function onlyHolderOwes(kindAndState: string): boolean {
  const [kind = '', state = ''] = kindAndState.split('/')
  const expected = (kindOf(kind).expects ?? []).filter(each => each.states.includes(state))
  return expected.length > 0 && expected.every(each => each.byHolder === true)
}

/** Where an item of My work leads. */
export function workAddress(item: Pick<WorkItem, 'id' | 'kind' | 'received'>): string {
  const kind = kindOf(item.kind)
  return ((item.received ? kind.receivedPath : undefined) ?? kind.workspacePath)(item.id)
}

/** What changed lately in what an organisation holds, newest first. */
export async function movedLately(
  trx: Trx,
  viewer: Viewer,
  limit = 10,
): Promise<{ id: string; kind: string; title: string; event: string; at: Temporal.Instant }[]> {
  const { rows } = await sql<{ id: string; kind: string; title: string; event: string; at: Temporal.Instant }>`
    select r.id, r.kind, r.title, e.kind as event, e.at
    from event e join record r on r.area_id = e.area_id and r.id = e.record_id
    where e.area_id = ${viewer.area.id} order by e.seq desc limit ${limit}`.execute(trx)
  return rows
}
