import { sql } from 'kysely'
import { randomUUIDv7 } from 'node:crypto'
import type { ColumnType, Insertable, JSONColumnType, Selectable, Updateable } from 'kysely'
import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecord, findRecords } from '../../../record/records.ts'
import type { PaperGround, PaperGrounds } from './parts.ts'
import type { BackgroundPaper } from './placed-paper.ts'

/** An uploaded document that stands as a paper or an appendix. */
export interface PaperDocument {
  fileId: string
  name: string
  mediaType: string
  size: number
  /** Null where there are none to count: not a PDF. */
  pages: number | null
  scanned: boolean
  /** Of a copy: the file it was made from. */
  sourceFileId?: string
}

type Moment = ColumnType<Temporal.Instant, Temporal.Instant, Temporal.Instant>
type OptionalJson<T extends object> = ColumnType<T | null, string | null | undefined, string | null>
type Json<T extends object> = JSONColumnType<T, string | undefined, string>

interface PaperTable {
  area_id: number
  record_id: string
  request_id: string | null
  meeting_words: string | null
  author: string | null
  contact: string | null
  recommendations: ColumnType<string, string | undefined, string>
  body: ColumnType<string, string | undefined, string>
  background: Json<readonly BackgroundPaper[]>
  grounds: Json<PaperGrounds>
  document: OptionalJson<PaperDocument>
  received_id: ColumnType<string | null, string | null | undefined, string | null>
  received_version: ColumnType<number | null, number | null | undefined, number | null>
  received_from: ColumnType<string | null, string | null | undefined, string | null>
  may_publish: ColumnType<boolean, boolean | undefined, boolean>
  unsettled: Json<readonly string[]>
}

interface AppendixTable {
  area_id: number
  id: string
  paper_id: string
  position: number
  title: string
  body: string
  document: OptionalJson<PaperDocument>
  ground: OptionalJson<PaperGround>
  kept_back: ColumnType<boolean, boolean | undefined, boolean>
  received_id: ColumnType<string | null, string | null | undefined, string | null>
}

interface ReceiverTable {
  area_id: number
  paper_id: string
  organisation_id: string
  in_full: boolean
  may_publish: boolean
  sent_version: number
  sent_at: Moment
}

interface PlaceTable {
  area_id: number
  paper_id: string
  meeting_id: string
  item_id: string
  position: number
  supplement: number | null
  placed_at: Moment
}

interface PageTable {
  area_id: number
  file_id: string
  page: number
  text: string
  alternative: string
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    meetings_paper: PaperTable
    meetings_paper_appendix: AppendixTable
    meetings_paper_receiver: ReceiverTable
    meetings_paper_place: PlaceTable
    meetings_paper_page: PageTable
  }
}

export type PaperRow = Selectable<PaperTable>
export type AppendixRow = Selectable<AppendixTable>
export type ReceiverRow = Selectable<ReceiverTable>
export type PlaceRow = Selectable<PlaceTable>
export type PageRow = Pick<Selectable<PageTable>, 'file_id' | 'page' | 'text' | 'alternative'>

/** A paper with its appendices in order. */
export interface Paper {
  head: RecordHead
  row: PaperRow
  appendices: readonly AppendixRow[]
}

/** The paper with this key that the transaction's organisations hold, or null. */
export async function findPaper(trx: Trx, key: RecordKey): Promise<Paper | null> {
  const head = await findRecord(trx, key)
  if (head?.kind !== 'paper') return null
  return (await withParticulars(trx, key.areaId, [head]))[0] ?? null
}

/** Several papers; those that are not visible are left out. */
export async function findPapers(trx: Trx, areaId: number, ids: readonly string[]): Promise<Paper[]> {
  const heads = await findRecords(trx, areaId, ids)
  return withParticulars(
    trx,
    areaId,
    heads.filter(head => head.kind === 'paper'),
  )
}

/** Only for heads that were read under the viewer's scope. */
async function withParticulars(trx: Trx, areaId: number, heads: readonly RecordHead[]): Promise<Paper[]> {
  if (heads.length === 0) return []
  const ids = heads.map(head => head.id)
  const rows = await trx
    .selectFrom('meetings_paper')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('record_id', 'in', ids)
    .execute()
  const appendices = await trx
    .selectFrom('meetings_paper_appendix')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('paper_id', 'in', ids)
    .orderBy('position')
    .execute()
  return heads.flatMap(head => {
    const row = rows.find(each => each.record_id === head.id)
    return row === undefined ? [] : [{ head, row, appendices: appendices.filter(each => each.paper_id === head.id) }]
  })
}

export async function insertPaper(trx: Trx, row: Insertable<PaperTable>): Promise<void> {
  await trx.insertInto('meetings_paper').values(row).execute()
}

export async function changePaperRow(trx: Trx, key: RecordKey, changes: Updateable<PaperTable>): Promise<void> {
  await trx
    .updateTable('meetings_paper')
    .set(changes)
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

export async function insertAppendix(trx: Trx, row: Omit<Insertable<AppendixTable>, 'id'>): Promise<string> {
  const id = randomUUIDv7()
  await trx
    .insertInto('meetings_paper_appendix')
    .values({ id, ...row })
    .execute()
  return id
}

export async function changeAppendixRow(
  trx: Trx,
  areaId: number,
  id: string,
  changes: Updateable<AppendixTable>,
): Promise<void> {
  await trx
    .updateTable('meetings_paper_appendix')
    .set(changes)
    .where('area_id', '=', areaId)
    .where('id', '=', id)
    .execute()
}

export async function deleteAppendix(trx: Trx, areaId: number, id: string): Promise<void> {
  await trx.deleteFrom('meetings_paper_appendix').where('area_id', '=', areaId).where('id', '=', id).execute()
}

/** Keeps what was read of the pages of a file, and what each is called. */
export async function insertPages(
  trx: Trx,
  areaId: number,
  fileId: string,
  pages: readonly Pick<PageRow, 'text' | 'alternative'>[],
): Promise<void> {
  const rows = pages.map((each, at) => ({ area_id: areaId, file_id: fileId, page: at + 1, ...each }))
  for (let at = 0; at < rows.length; at += 500) {
    await trx
      .insertInto('meetings_paper_page')
      .values(rows.slice(at, at + 500))
      .execute()
  }
}

/** The pages of files, in order. Ask only for files of papers that the viewer may read. */
export async function pagesOf(trx: Trx, fileIds: readonly string[]): Promise<PageRow[]> {
  if (fileIds.length === 0) return []
  return trx
    .selectFrom('meetings_paper_page')
    .select(['file_id', 'page', 'text', 'alternative'])
    .where('file_id', 'in', fileIds)
    .orderBy('file_id')
    .orderBy('page')
    .execute()
}

export async function changeAlternative(trx: Trx, fileId: string, page: number, alternative: string): Promise<void> {
  await trx
    .updateTable('meetings_paper_page')
    .set({ alternative })
    .where('file_id', '=', fileId)
    .where('page', '=', page)
    .execute()
}

/** A file as this organisation's own copy, with what was read of its pages: what it received stays with the giver. */
export async function copyFile(trx: Trx, fileId: string, now: Temporal.Instant): Promise<string> {
  const id = randomUUIDv7()
  await sql`insert into file (id, area_id, name, media_type, size, sha256, added_at)
    select ${id}::uuid, area_id, name, media_type, size, sha256, ${now.toString()}::timestamptz
    from file where id = ${fileId}::uuid`.execute(trx)
  await sql`insert into file_piece (file_id, piece, bytes)
    select ${id}::uuid, piece, bytes from file_piece where file_id = ${fileId}::uuid`.execute(trx)
  await sql`insert into meetings_paper_page (area_id, file_id, page, text, alternative)
    select area_id, ${id}::uuid, page, text, alternative from meetings_paper_page
    where file_id = ${fileId}::uuid`.execute(trx)
  return id
}

/** Ties a file that is kept already to a record, so that who may read the record may read the file. */
export async function attachCopy(
  trx: Trx,
  record: RecordKey,
  file: { fileId: string; title: string; by: string; at: Temporal.Instant },
): Promise<void> {
  await trx
    .insertInto('attachment')
    .values({
      area_id: record.areaId,
      record_id: record.id,
      id: randomUUIDv7(),
      title: file.title,
      file_id: file.fileId,
      url: null,
      purpose: 'attachment',
      added_by: file.by,
      added_at: file.at,
    })
    .execute()
}

/** The bytes of a file. Ask only for files of papers that the viewer may read. */
export async function bytesOf(trx: Trx, fileId: string): Promise<Buffer> {
  const pieces = await trx
    .selectFrom('file_piece')
    .select('bytes')
    .where('file_id', '=', fileId)
    .orderBy('piece')
    .execute()
  return Buffer.concat(pieces.map(piece => piece.bytes))
}

/** To whom a paper goes, and on what terms. */
export async function receiversOfPaper(trx: Trx, paper: RecordKey): Promise<ReceiverRow[]> {
  return trx
    .selectFrom('meetings_paper_receiver')
    .selectAll()
    .where('area_id', '=', paper.areaId)
    .where('paper_id', '=', paper.id)
    .orderBy('sent_at')
    .execute()
}

export async function putReceiver(trx: Trx, row: Insertable<ReceiverTable>): Promise<void> {
  const { in_full, may_publish, sent_version, sent_at } = row
  await trx
    .insertInto('meetings_paper_receiver')
    .values(row)
    .onConflict(conflict =>
      conflict
        .columns(['area_id', 'paper_id', 'organisation_id'])
        .doUpdateSet({ in_full, may_publish, sent_version, sent_at }),
    )
    .execute()
}

/** Where the papers of a meeting stand, in order. Ask only for meetings that the viewer holds. */
export async function placesOf(trx: Trx, meeting: RecordKey): Promise<PlaceRow[]> {
  return trx
    .selectFrom('meetings_paper_place')
    .selectAll()
    .where('area_id', '=', meeting.areaId)
    .where('meeting_id', '=', meeting.id)
    .orderBy('position')
    .orderBy('placed_at')
    .execute()
}

/** Where one paper stands. */
export async function placesOfPaper(trx: Trx, paper: RecordKey): Promise<PlaceRow[]> {
  return trx
    .selectFrom('meetings_paper_place')
    .selectAll()
    .where('area_id', '=', paper.areaId)
    .where('paper_id', '=', paper.id)
    .orderBy('placed_at')
    .execute()
}

export async function insertPlace(trx: Trx, row: Insertable<PlaceTable>): Promise<void> {
  await trx.insertInto('meetings_paper_place').values(row).execute()
}

export async function deletePlace(trx: Trx, paper: RecordKey, itemId: string): Promise<void> {
  await trx
    .deleteFrom('meetings_paper_place')
    .where('area_id', '=', paper.areaId)
    .where('paper_id', '=', paper.id)
    .where('item_id', '=', itemId)
    .execute()
}

/** This organisation's own copy of a paper it received, or null before it placed it. */
export async function findCopy(trx: Trx, received: RecordKey): Promise<Paper | null> {
  const rows = await trx
    .selectFrom('meetings_paper as p')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'p.area_id').onRef('r.id', '=', 'p.record_id'))
    .select('p.record_id')
    .where('p.area_id', '=', received.areaId)
    .where('p.received_id', '=', received.id)
    .orderBy('r.created_at', 'desc')
    .limit(1)
    .execute()
  const id = rows[0]?.record_id
  return id === undefined ? null : findPaper(trx, { areaId: received.areaId, id })
}

/** The papers of this organisation that are written for a request. */
export async function papersForRequest(trx: Trx, request: RecordKey): Promise<Paper[]> {
  const rows = await trx
    .selectFrom('meetings_paper as p')
    .innerJoin('record as r', join => join.onRef('r.area_id', '=', 'p.area_id').onRef('r.id', '=', 'p.record_id'))
    .select('p.record_id')
    .where('p.area_id', '=', request.areaId)
    .where('p.request_id', '=', request.id)
    .execute()
  return findPapers(
    trx,
    request.areaId,
    rows.map(row => row.record_id),
  )
}

/** Whether the public may open something: its address is live. */
export async function publishedAddresses(
  trx: Trx,
  areaId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ record_id: string; address: string }>`
    select record_id, address from published.entry
    where area_id = ${areaId} and record_id = any (${[...ids]}::uuid[]) and valid_to = 'infinity'`.execute(trx)
  return new Map(rows.map(row => [row.record_id, row.address]))
}
