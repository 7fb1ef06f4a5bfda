import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecords } from '../../../record/records.ts'
import type { Frequency } from '../period.ts'

export interface CommentaryTable {
  area_id: number
  id: string
  measure_id: string
  breakdown: string
  period_start: Temporal.PlainDate
  organisation_id: string
  organisation_name: string
  may_publish: boolean
}

export interface WordingTable {
  area_id: number
  commentary_id: string
  number: number
  words: string
  author: string
  written_at: Temporal.Instant
  released_at: Temporal.Instant | null
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    performance_commentary: CommentaryTable
    performance_commentary_wording: WordingTable
  }
}

export type Wording = Selectable<WordingTable>

/** A commentary with all its wordings, the one that stands first. */
export interface Commentary {
  head: RecordHead
  row: Selectable<CommentaryTable>
  stands: Wording
  earlier: readonly Wording[]
}

export async function insertCommentary(trx: Trx, row: CommentaryTable): Promise<void> {
  await trx.insertInto('performance_commentary').values(row).execute()
}

export async function updateCommentary(trx: Trx, key: RecordKey, changes: { may_publish: boolean }): Promise<void> {
  await trx
    .updateTable('performance_commentary')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('id', '=', key.id)
    .execute()
}

export async function insertWording(trx: Trx, row: WordingTable): Promise<void> {
  await trx.insertInto('performance_commentary_wording').values(row).execute()
}

/** Changes a wording that nobody else has seen. */
export async function updateWording(
  trx: Trx,
  key: RecordKey,
  number: number,
  changes: Partial<Pick<WordingTable, 'words' | 'author' | 'written_at' | 'released_at'>>,
): Promise<void> {
  await trx
    .updateTable('performance_commentary_wording')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('commentary_id', '=', key.id)
    .where('number', '=', number)
    .execute()
}

/** Commentaries by their ids, those that the transaction's organisations hold. */
export async function findCommentaries(trx: Trx, areaId: number, ids: readonly string[]): Promise<Commentary[]> {
  const heads = (await findRecords(trx, areaId, ids)).filter(head => head.kind === 'commentary')
  if (heads.length === 0) return []
  const own = heads.map(head => head.id)
  const rows = await trx
    .selectFrom('performance_commentary')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('id', 'in', own)
    .execute()
  const wordings = await trx
    .selectFrom('performance_commentary_wording')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('commentary_id', 'in', own)
    .orderBy('number', 'desc')
    .execute()
  const byId = Map.groupBy(wordings, each => each.commentary_id)
  return rows.flatMap(row => {
    const head = heads.find(each => each.id === row.id)
    const [stands, ...earlier] = byId.get(row.id) ?? []
    return head === undefined || stands === undefined ? [] : [{ head, row, stands, earlier }]
  })
}

export async function findCommentary(trx: Trx, key: RecordKey): Promise<Commentary | null> {
  const [found] = await findCommentaries(trx, key.areaId, [key.id])
  return found ?? null
}

/** Whether an organisation has written on a period of a measure's part already. */
export async function hasCommentary(
  trx: Trx,
  on: { areaId: number; measureId: string; breakdown: string; period: Temporal.PlainDate; organisation: string },
): Promise<boolean> {
  const row = await trx
    .selectFrom('performance_commentary')
    .select('id')
    .where('area_id', '=', on.areaId)
    .where('measure_id', '=', on.measureId)
    .where('breakdown', '=', on.breakdown)
    .where('period_start', '=', on.period)
    .where('organisation_id', '=', on.organisation)
    .executeTakeFirst()
  return row !== undefined
}

/** A measure that somebody may write about: its own, or one that the area has published. */
export interface WritableMeasure {
  id: string
  title: string
  frequency: Frequency
}

/**
 * The measures of an area that the transaction's organisations hold, or that are published: whoever can read the
 * figures may write about them.
 */
export async function writableMeasures(trx: Trx, areaId: number): Promise<WritableMeasure[]> {
  const { rows } = await sql<WritableMeasure>`
    select m.id, coalesce(r.title, e.title) as title, m.frequency
    from performance_measure m
    left join record r on r.area_id = m.area_id and r.id = m.id
    left join published.entry e on e.area_id = m.area_id and e.record_id = m.id and e.valid_to = 'infinity'
    where m.area_id = ${areaId} and coalesce(r.title, e.title) is not null
    order by 2, 1`.execute(trx)
  return rows
}

/** The parts of a measure that were published, as its latest published version names them. */
export async function publishedParts(trx: Trx, key: RecordKey): Promise<string[]> {
  const { rows } = await sql<{ breakdown: string }>`
    select distinct part ->> 'breakdown' as breakdown
    from published.entry e
    join published.snapshot s on s.area_id = e.area_id and s.record_id = e.record_id and s.version = e.version
    cross join lateral jsonb_array_elements(
      case when jsonb_typeof(s.body -> 'series') = 'array' then s.body -> 'series' else '[]' end) part
    where e.area_id = ${key.areaId} and e.record_id = ${key.id}::uuid and e.valid_to = 'infinity'
      and part ->> 'breakdown' <> ''
    order by 1`.execute(trx)
  return rows.map(row => row.breakdown)
}

/** Whether the public can read a measure now. */
export async function isPublishedMeasure(trx: Trx, key: RecordKey): Promise<boolean> {
  const row = await trx
    .selectFrom('published.entry')
    .select('record_id')
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .where(sql<boolean>`valid_to = 'infinity'`)
    .executeTakeFirst()
  return row !== undefined
}
