import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Tables, Trx } from '../platform/database/tables.ts'
import { kindOf } from './kinds.ts'
import type { RecordKey } from './record.ts'

/** A record as it stands in a trail: what this audience may see of it, and nothing else. */
export interface TrailNode {
  areaId: number
  id: string
  kind: string
  reference: string
  title: string
  summary: string
  state: string
  dated: Temporal.PlainDate
  dueDate: Temporal.PlainDate | null
  /** Address in the workspace, or public address below the area. */
  address: string
}

/** An edge from the later record to what it came of. */
export interface TrailEdge {
  fromId: string
  relation: string
  toId: string
}

export interface TrailGap {
  /** What is awaited: `answer`. */
  awaited: string
  dueDate: Temporal.PlainDate | null
}

export interface TrailStep extends TrailNode {
  /** How far from the record in the middle: causes below 0, consequences above. */
  distance: number
  gaps: readonly TrailGap[]
}

/** The chain of one record: what led to it, itself, what came of it; each list earliest first. */
export interface Trail {
  causes: TrailStep[]
  self: TrailStep
  consequences: TrailStep[]
}

/** Steps at most on one side: a trail is read by people. */
const longest = 200

/** Where a trail is read from: two lookups, so that the same walk serves a desk and the public. */
export interface TrailSource {
  /** Edges of the whole chain of a record, both ways. */
  edges(key: RecordKey): Promise<{ back: TrailEdge[]; forward: TrailEdge[] }>
  /** Those of the nodes that this audience may see. */
  nodes(ids: readonly string[]): Promise<TrailNode[]>
}

/** The trail of a record, or null if this audience may not see the record itself. */
export async function trailOf(source: TrailSource, key: RecordKey): Promise<Trail | null> {
  const { back, forward } = await source.edges(key)
  const ids = new Set([key.id, ...[...back, ...forward].flatMap(edge => [edge.fromId, edge.toId])])
  const nodes = new Map((await source.nodes([...ids])).map(node => [node.id, node]))
  const self = nodes.get(key.id)
  if (self === undefined) return null
  const seen = [...back, ...forward].filter(edge => nodes.has(edge.fromId) && nodes.has(edge.toId))
  const causes = distances(key.id, back, nodes, edge => [edge.fromId, edge.toId])
  const consequences = distances(key.id, forward, nodes, edge => [edge.toId, edge.fromId])
  const step = (id: string, distance: number): TrailStep => {
    const node = nodes.get(id) as TrailNode
    return { ...node, distance, gaps: gapsOf(node, seen) }
  }
  return {
    causes: [...causes].map(([id, distance]) => step(id, -distance)).sort(earliestFirst),
    self: step(key.id, 0),
    consequences: [...consequences].map(([id, distance]) => step(id, distance)).sort(earliestFirst),
  }
}

/** Walks outwards through what may be seen: a hidden record hides what is only reached through it. */
function distances(
  start: string,
  edges: readonly TrailEdge[],
  nodes: ReadonlyMap<string, TrailNode>,
  direction: (edge: TrailEdge) => [string, string],
): Map<string, number> {
  const next = Map.groupBy(edges.map(direction), ([from]) => from)
  const found = new Map<string, number>()
  let front = [start]
  for (let distance = 1; front.length > 0 && found.size < longest; distance += 1) {
    front = [...new Set(front.flatMap(id => (next.get(id) ?? []).map(([, to]) => to)))].filter(
      id => id !== start && !found.has(id) && nodes.has(id),
    )
    for (const id of front) found.set(id, distance)
  }
  return found
}

function earliestFirst(a: TrailStep, b: TrailStep): number {
  return (
    Temporal.PlainDate.compare(a.dated, b.dated) || a.distance - b.distance || a.reference.localeCompare(b.reference)
  )
}

function gapsOf(node: TrailNode, edges: readonly TrailEdge[]): TrailGap[] {
  const pointing = new Set(edges.filter(edge => edge.toId === node.id).map(edge => edge.relation))
  return (kindOf(node.kind).expects ?? [])
    .filter(expected => expected.states.includes(node.state) && !pointing.has(expected.relation))
    .map(expected => ({ awaited: expected.awaited, dueDate: node.dueDate }))
}

/** The trail as an organisation sees it: its own records and what was released to it. */
export function workspaceTrail(trx: Trx, organisation: string): TrailSource {
  return {
    edges: key => walk(trx, 'link', sql`true`, key),
    nodes: ids => workspaceNodes(trx, organisation, ids),
  }
}

/** The trail as the public sees it, at a moment. */
export function publicTrail(db: Kysely<Tables>, asOf: Temporal.Instant): TrailSource {
  return {
    edges: key => walk(db, 'published.link', sql`l.valid_from <= ${asOf} and l.valid_to > ${asOf}`, key),
    nodes: ids => publicNodes(db, ids, asOf),
  }
}

type Condition = ReturnType<typeof sql<boolean>> | ReturnType<typeof sql>

async function walk(
  db: Kysely<Tables>,
  table: 'link' | 'published.link',
  holds: Condition,
  key: RecordKey,
): Promise<{ back: TrailEdge[]; forward: TrailEdge[] }> {
  const { rows } = await sql<TrailEdge & { way: 'back' | 'forward' }>`
    with recursive back as (
      select l.from_area, l.from_id, l.relation, l.to_area, l.to_id, 1 as depth from ${sql.table(table)} l
      where l.from_area = ${key.areaId} and l.from_id = ${key.id}::uuid and ${holds}
      union
      select l.from_area, l.from_id, l.relation, l.to_area, l.to_id, b.depth + 1
      from back b join ${sql.table(table)} l on l.from_area = b.to_area and l.from_id = b.to_id
      where b.depth < 12 and ${holds}
    ), forward as (
      select l.from_area, l.from_id, l.relation, l.to_area, l.to_id, 1 as depth from ${sql.table(table)} l
      where l.to_area = ${key.areaId} and l.to_id = ${key.id}::uuid and ${holds}
      union
      select l.from_area, l.from_id, l.relation, l.to_area, l.to_id, f.depth + 1
      from forward f join ${sql.table(table)} l on l.to_area = f.from_area and l.to_id = f.from_id
      where f.depth < 12 and ${holds}
    )
    (select distinct 'back' as way, from_id as "fromId", relation, to_id as "toId" from back limit 1000)
    union all
    (select distinct 'forward', from_id, relation, to_id from forward limit 1000)`.execute(db)
  return { back: rows.filter(row => row.way === 'back'), forward: rows.filter(row => row.way === 'forward') }
}

async function workspaceNodes(trx: Trx, organisation: string, ids: readonly string[]): Promise<TrailNode[]> {
  const { rows } = await sql<Omit<TrailNode, 'address'> & { received: boolean }>`
    select area_id as "areaId", id, kind, reference, title, '' as summary, state, dated, due_date as "dueDate",
      false as received
    from record where id = any (${[...ids]}::uuid[])
    union all
    (select distinct on (record_id) area_id, record_id, kind, reference, title, summary, state, dated, due_date, true
    from sent s where record_id = any (${[...ids]}::uuid[]) and organisation_id = ${organisation}::uuid
      and not exists (select 1 from record r where r.area_id = s.area_id and r.id = s.record_id)
    order by record_id, version desc)`.execute(trx)
  return rows.map(({ received, ...row }) => {
    const kind = kindOf(row.kind)
    return { ...row, address: ((received ? kind.receivedPath : undefined) ?? kind.workspacePath)(row.id) }
  })
}

async function publicNodes(db: Kysely<Tables>, ids: readonly string[], asOf: Temporal.Instant): Promise<TrailNode[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('published.entry')
    .innerJoin('published.area', 'published.area.id', 'published.entry.area_id')
    .select(['area_id as areaId', 'record_id as id', 'published.entry.kind', 'reference', 'title', 'summary'])
    .select(['state', 'dated', 'due_date as dueDate', 'address', 'slug'])
    .where('record_id', 'in', ids)
    .where(sql<boolean>`valid_from <= ${asOf} and valid_to > ${asOf}`)
    .execute()
  return rows.map(({ slug, ...row }) => ({ ...row, address: `/${slug}/${row.address}` }))
}
