import { createHash, randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Trx } from '../platform/database/tables.ts'
import type { Upload } from '../platform/web/route.ts'
import { recordEvent } from './history.ts'
import type { Act, RecordHead, RecordKey } from './record.ts'
import { findReceived } from './release.ts'
import { findRecord, isIdentity } from './records.ts'
import type { AttachmentTable } from './tables.ts'

/** Bytes in one row: large files are kept in pieces so that no query handles 50 MB at once. */
const pieceSize = 1024 * 1024

/** Something attached to a record: a file of ours or a link to somewhere else. */
export type Attachment = Selectable<AttachmentTable>

/** Keeps a file's bytes in the database, so that rights, backup and replicas cover them. */
async function keepFile(trx: Trx, act: Act, areaId: number, upload: Upload): Promise<string> {
  const id = randomUUIDv7()
  await trx
    .insertInto('file')
    .values({
      id,
      area_id: areaId,
      name: upload.fileName,
      media_type: upload.mediaType,
      size: upload.bytes.length,
      sha256: createHash('sha256').update(upload.bytes).digest(),
      added_at: act.now,
    })
    .execute()
  for (let piece = 0; piece * pieceSize < upload.bytes.length; piece += 1) {
    const bytes = upload.bytes.subarray(piece * pieceSize, (piece + 1) * pieceSize)
    await trx.insertInto('file_piece').values({ file_id: id, piece, bytes }).execute()
  }
  return id
}

/**
 * Attaches a file or a link to a record.
 *
 * @param what an upload, or the address of something published elsewhere
 * @param purpose evidence that an action is done, a letter, or simply an attachment
 * @returns the attachment's id
 */
export async function attach(
  trx: Trx,
  act: Act,
  record: Pick<RecordHead, 'areaId' | 'id' | 'kind' | 'holders'>,
  what: { upload: Upload } | { url: string },
  title: string,
  purpose: AttachmentTable['purpose'] = 'attachment',
): Promise<string> {
  const id = randomUUIDv7()
  const fileId = 'upload' in what ? await keepFile(trx, act, record.areaId, what.upload) : null
  await trx
    .insertInto('attachment')
    .values({
      area_id: record.areaId,
      record_id: record.id,
      id,
      title,
      file_id: fileId,
      url: 'url' in what ? what.url : null,
      purpose,
      added_by: act.viewer.name,
      added_at: act.now,
    })
    .execute()
  recordEvent(trx, act, {
    areaId: record.areaId,
    id: record.id,
    holders: record.holders,
    kind: `${record.kind}.attached`,
    payload: { title, purpose },
  })
  return id
}

/** What is attached to a record, in the order it was added. Ask only for records the viewer may see. */
export async function attachmentsOf(trx: Trx, key: RecordKey): Promise<Attachment[]> {
  return trx
    .selectFrom('attachment')
    .selectAll()
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .orderBy('added_at')
    .orderBy('seq')
    .execute()
}

/** Marks which attachments go public with their record; the publication of each is its own choice. */
export async function releaseAttachments(trx: Trx, key: RecordKey, ids: readonly string[]): Promise<void> {
  await trx
    .updateTable('attachment')
    .set({ released_publicly: sql<boolean>`id = any (${[...ids]}::uuid[])` })
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .execute()
}

export interface StoredFile {
  name: string
  mediaType: string
  bytes: Buffer
}

/** A file that the viewer's organisation may read, because it holds the record or was sent it; null otherwise. */
export async function readFile(trx: Trx, organisation: string, fileId: string): Promise<StoredFile | null> {
  if (!isIdentity(fileId)) return null
  const attachment = await trx
    .selectFrom('attachment')
    .select(['area_id', 'record_id'])
    .where('file_id', '=', fileId)
    .executeTakeFirst()
  if (attachment === undefined) return null
  const key = { areaId: attachment.area_id, id: attachment.record_id }
  const held = await findRecord(trx, key)
  const received = held === null ? await findReceived(trx, organisation, key) : null
  if (held === null && received?.files.includes(fileId) !== true) return null
  const file = await trx.selectFrom('file').selectAll().where('id', '=', fileId).executeTakeFirstOrThrow()
  const pieces = await trx
    .selectFrom('file_piece')
    .select('bytes')
    .where('file_id', '=', fileId)
    .orderBy('piece')
    .execute()
  return { name: file.name, mediaType: file.media_type, bytes: Buffer.concat(pieces.map(piece => piece.bytes)) }
}
