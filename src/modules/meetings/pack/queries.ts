import { createHash, randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { ColumnType, Kysely } from 'kysely'
import type { Tables, Trx } from '../../../platform/database/tables.ts'
import { touchPublicPages } from '../../../record/areas.ts'
import { canonicalJson } from '../../../record/history.ts'
import type { RecordKey } from '../../../record/record.ts'
import type { MeetingBody } from '../meeting/snapshot.ts'
import type { PaperBody } from '../papers/snapshot.ts'
import type { MadePack, PackBody } from './make-pack.ts'

interface PackTable {
  area_id: number
  meeting_id: string
  version: number
  supplement: number
  file_id: string
  records: string[]
  body: ColumnType<PackBody, string, string>
  made_at: ColumnType<Temporal.Instant, Temporal.Instant, never>
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    'published.pack': PackTable
  }
}

/** Bytes in one row, as other files are kept. */
const pieceSize = 1024 * 1024

/** A pack that the public has. */
export interface PublishedPack {
  version: number
  supplement: number
  fileId: string
  body: PackBody
  madeAt: Temporal.Instant
}

/**
 * The newest pack of a meeting at a moment, or null.
 *
 * @param supplement 0 for the pack with everything in it
 */
export async function findPack(
  db: Kysely<Tables>,
  meeting: RecordKey,
  asOf: Temporal.Instant,
  supplement = 0,
): Promise<PublishedPack | null> {
  const row = await db
    .selectFrom('published.pack')
    .select(['version', 'supplement', 'file_id', 'body', 'made_at'])
    .where('area_id', '=', meeting.areaId)
    .where('meeting_id', '=', meeting.id)
    .where('supplement', '=', supplement)
    .where('made_at', '<=', asOf)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : { ...row, fileId: row.file_id, madeAt: row.made_at }
}

/** Every pack of a meeting, whatever its version, without supplements by themselves. */
export async function packsOf(trx: Trx, meeting: RecordKey): Promise<PublishedPack[]> {
  const rows = await trx
    .selectFrom('published.pack')
    .select(['version', 'supplement', 'file_id', 'body', 'made_at'])
    .where('area_id', '=', meeting.areaId)
    .where('meeting_id', '=', meeting.id)
    .where('supplement', '=', 0)
    .orderBy('version', 'desc')
    .execute()
  return rows.map(row => ({ ...row, fileId: row.file_id, madeAt: row.made_at }))
}

/** Keeps a pack as a published file, and makes the pages of the area anew. */
export async function insertPack(
  trx: Trx,
  meeting: RecordKey,
  place: { version: number; supplement: number; madeAt: Temporal.Instant },
  made: MadePack,
): Promise<void> {
  const id = randomUUIDv7()
  const { bytes, fileName } = made
  await trx
    .insertInto('published.file')
    .values({
      id,
      area_id: meeting.areaId,
      record_id: meeting.id,
      name: fileName,
      media_type: 'application/pdf',
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest(),
    })
    .execute()
  for (let piece = 0; piece * pieceSize < bytes.length; piece += 1) {
    const part = bytes.subarray(piece * pieceSize, (piece + 1) * pieceSize)
    await trx.insertInto('published.file_piece').values({ file_id: id, piece, bytes: part }).execute()
  }
  await trx
    .insertInto('published.pack')
    .values({
      area_id: meeting.areaId,
      meeting_id: meeting.id,
      version: place.version,
      supplement: place.supplement,
      file_id: id,
      records: [meeting.id, ...new Set(made.body.parts.flatMap(part => part.records))],
      body: canonicalJson(made.body),
      made_at: place.madeAt,
    })
    .execute()
  await touchPublicPages(trx, meeting.areaId)
}

/** Destroys every pack of a meeting with its bytes: something in them is withheld by now. */
export async function destroyPacks(trx: Trx, meeting: RecordKey): Promise<void> {
  await sql`
    delete from published.file f using published.pack p
    where p.file_id = f.id and p.area_id = ${meeting.areaId} and p.meeting_id = ${meeting.id}`.execute(trx)
  await touchPublicPages(trx, meeting.areaId)
}

/** What is published of a meeting now. */
export interface PublishedMeeting {
  title: string
  version: number
  address: string
  areaSlug: string
  body: MeetingBody
}

/** The meeting as the public has it now; null where it is not published, or not any more. */
export async function publishedMeeting(db: Kysely<Tables>, meeting: RecordKey): Promise<PublishedMeeting | null> {
  const row = await db
    .selectFrom('published.entry as e')
    .innerJoin('published.snapshot as s', join =>
      join
        .onRef('s.area_id', '=', 'e.area_id')
        .onRef('s.record_id', '=', 'e.record_id')
        .onRef('s.version', '=', 'e.version'),
    )
    .innerJoin('published.area as a', 'a.id', 'e.area_id')
    .select(['e.title', 'e.version', 'e.address', 'a.slug as areaSlug', 's.body'])
    .where('e.area_id', '=', meeting.areaId)
    .where('e.record_id', '=', meeting.id)
    .where(sql<boolean>`e.valid_to = 'infinity'`)
    .executeTakeFirst()
  return row === undefined || row.body === null ? null : { ...row, body: row.body as MeetingBody }
}

/** A paper as it is published now. */
export interface PublishedPaper {
  title: string
  body: PaperBody | { gap: { title: string | null; ground: string } }
}

/** The papers among some records that are published now, by id. */
export async function publishedPapers(
  db: Kysely<Tables>,
  areaId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PublishedPaper>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('published.entry as e')
    .innerJoin('published.snapshot as s', join =>
      join
        .onRef('s.area_id', '=', 'e.area_id')
        .onRef('s.record_id', '=', 'e.record_id')
        .onRef('s.version', '=', 'e.version'),
    )
    .select(['e.record_id', 'e.title', 's.body'])
    .where('e.area_id', '=', areaId)
    .where('e.record_id', 'in', ids)
    .where('e.kind', '=', 'paper')
    .where(sql<boolean>`e.valid_to = 'infinity'`)
    .execute()
  return new Map(
    rows.flatMap(({ record_id: id, title, body }) =>
      body === null ? [] : [[id, { title, body: body as PublishedPaper['body'] }]],
    ),
  )
}
