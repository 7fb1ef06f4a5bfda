import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Trx } from '../../../../platform/database/tables.ts'
import type { RecordKey } from '../../../../record/record.ts'
import { toHead } from '../../../../record/records.ts'
import type { RecordHead } from '../../../../record/record.ts'

export interface SimilarGroupTable {
  area_id: number
  id: string
  own_name: string | null
}

export interface SimilarMemberTable {
  area_id: number
  id: string
  group_id: string
  name: string
  from_date: Temporal.PlainDate
  to_date: Temporal.PlainDate | null
  source: string
}

declare module '../../../../platform/database/tables.ts' {
  interface Tables {
    performance_similar_group: SimilarGroupTable
    performance_similar_member: SimilarMemberTable
  }
}

export type Member = Selectable<SimilarMemberTable>

/** An organisation's most similar group with everyone who is or was in it. */
export interface SimilarGroup {
  record: RecordHead
  /** What the force itself is called among the police areas of the files. */
  ownName: string | null
  /** By name, then by first day. */
  members: readonly Member[]
}

/** The most similar group that the transaction's organisations hold; null where none was entered. */
export async function findSimilarGroup(trx: Trx, areaId: number): Promise<SimilarGroup | null> {
  const row = await trx
    .selectFrom('record as r')
    .innerJoin('performance_similar_group as g', join =>
      join.onRef('g.area_id', '=', 'r.area_id').onRef('g.id', '=', 'r.id'),
    )
    .selectAll('r')
    .select('g.own_name')
    .where('r.area_id', '=', areaId)
    .where('r.kind', '=', 'similar-group')
    .orderBy('r.created_at')
    .executeTakeFirst()
  if (row === undefined) return null
  const members = await trx
    .selectFrom('performance_similar_member')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('group_id', '=', row.id)
    .orderBy(sql`lower(name) collate "C"`)
    .orderBy('from_date')
    .execute()
  return { record: toHead(row), ownName: row.own_name, members }
}

export async function insertGroup(trx: Trx, row: SimilarGroupTable): Promise<void> {
  await trx.insertInto('performance_similar_group').values(row).execute()
}

export async function updateOwnName(trx: Trx, key: RecordKey, ownName: string): Promise<void> {
  await trx
    .updateTable('performance_similar_group')
    .set({ own_name: ownName })
    .where('area_id', '=', key.areaId)
    .where('id', '=', key.id)
    .execute()
}

export async function insertMembers(trx: Trx, rows: readonly SimilarMemberTable[]): Promise<void> {
  await trx
    .insertInto('performance_similar_member')
    .values([...rows])
    .execute()
}

/** Changes a membership of a group that the caller has found visible. */
export async function updateMember(
  trx: Trx,
  group: RecordKey,
  id: string,
  changes: Pick<SimilarMemberTable, 'from_date' | 'to_date' | 'source'>,
): Promise<void> {
  await trx
    .updateTable('performance_similar_member')
    .set(changes)
    .where('area_id', '=', group.areaId)
    .where('group_id', '=', group.id)
    .where('id', '=', id)
    .execute()
}

export async function deleteMember(trx: Trx, group: RecordKey, id: string): Promise<void> {
  await trx
    .deleteFrom('performance_similar_member')
    .where('area_id', '=', group.areaId)
    .where('group_id', '=', group.id)
    .where('id', '=', id)
    .execute()
}

/** The names that measures visible here are broken down to in one dimension. */
export async function namesOfDimension(trx: Trx, areaId: number, dimension: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct b.name from performance_breakdown b
    join record r on r.area_id = b.area_id and r.id = b.measure_id
    where b.area_id = ${areaId} and b.dimension = ${dimension}`.execute(trx)
  return rows.map(({ name }) => name).sort((a, b) => a.localeCompare(b, 'en-GB'))
}
