import { createHash } from 'node:crypto'
import type { Trx } from '../platform/database/tables.ts'
import { Refusal } from '../platform/refusals.ts'
import { touchPublicPages } from './areas.ts'
import { groundInWords } from './classification.ts'
import type { Snapshot } from './description.ts'
import { endEntry, writeEntry } from './entries.ts'
import { canonicalJson, recordEvent } from './history.ts'
import { kindOf } from './kinds.ts'
import type { Act, RecordHead, RecordKey } from './record.ts'
import { findRecord } from './records.ts'

/** What a publication made: the version and the address below the area. */
export interface Publication {
  version: number
  address: string
}

/** Why a record may not be published now, in words; empty where it may. Pure. */
export function publicationObstacles(record: RecordHead): string[] {
  const reasons: string[] = []
  if (record.classification !== 'open') {
    reasons.push(`It is not open: ${groundInWords(record.ground)}.`)
  }
  if (record.publication === 'taken-down') reasons.push('It was taken down and its address now says so.')
  return reasons
}

/**
 * Publishes a record: freezes what the public may have of it as the next version, with its files, its edges to what
 * is already published, and its gaps. Publishing again with the same content makes no new version.
 *
 * @param note what was corrected, shown to the public beside a later version
 * @throws Refusal with every reason where it may not be published
 */
export async function publishRecord(trx: Trx, act: Act, key: RecordKey, note?: string): Promise<Publication> {
  const record = await findRecord(trx, key)
  if (record === null) throw new Refusal(['This record is not there any more.'])
  const obstacles = publicationObstacles(record)
  if (obstacles.length > 0) throw new Refusal(obstacles)
  const snapshot = await kindOf(record.kind).snapshot(trx, record, { type: 'public' })
  const version = await freeze(trx, act, record, snapshot, note)
  await markPublished(trx, record)
  const address = await writeEntry(trx, act, record, version, snapshot)
  await publishFiles(trx, record, snapshot.files ?? [])
  await publishGaps(trx, act, record, snapshot.gaps ?? [])
  await publishLinks(trx, act, record)
  recordEvent(trx, act, {
    ...key,
    holders: record.holders,
    kind: `${record.kind}.published`,
    payload: { version, address, ...(note !== undefined && { note }) },
  })
  return { version, address }
}

async function freeze(trx: Trx, act: Act, record: RecordHead, snapshot: Snapshot, note?: string): Promise<number> {
  const body = canonicalJson(snapshot.body)
  const sha256 = createHash('sha256').update(body).digest()
  const last = await trx
    .selectFrom('published.snapshot')
    .select(['version', 'sha256'])
    .where('area_id', '=', record.areaId)
    .where('record_id', '=', record.id)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last !== undefined && last.sha256.equals(sha256)) return last.version
  const version = (last?.version ?? 0) + 1
  await trx
    .insertInto('published.snapshot')
    .values({
      area_id: record.areaId,
      record_id: record.id,
      version,
      kind: record.kind,
      body,
      sha256,
      published_at: act.now,
      note: note ?? null,
      withdrawn_at: null,
      withdrawn_reason: null,
    })
    .execute()
  return version
}

/** The version of the head stays: publishing changes nothing that somebody might be editing. */
async function markPublished(trx: Trx, key: RecordKey): Promise<void> {
  await trx
    .updateTable('record')
    .set({ publication: 'published' })
    .where('area_id', '=', key.areaId)
    .where('id', '=', key.id)
    .execute()
}

async function publishFiles(trx: Trx, key: RecordKey, files: readonly string[]): Promise<void> {
  for (const id of files) {
    await trx
      .insertInto('published.file')
      .columns(['id', 'area_id', 'record_id', 'name', 'media_type', 'size', 'sha256'])
      .expression(e =>
        e
          .selectFrom('file')
          .select(s => [
            'file.id',
            s.val(key.areaId).$castTo<number>().as('area_id'),
            s.cast<string>(s.val(key.id), 'uuid').as('record_id'),
            'file.name',
            'file.media_type',
            'file.size',
            'file.sha256',
          ])
          .where('file.id', '=', id),
      )
      .onConflict(conflict => conflict.doNothing())
      .execute()
    await trx
      .insertInto('published.file_piece')
      .columns(['file_id', 'piece', 'bytes'])
      .expression(e => e.selectFrom('file_piece').select(['file_id', 'piece', 'bytes']).where('file_id', '=', id))
      .onConflict(conflict => conflict.doNothing())
      .execute()
  }
}

async function publishGaps(trx: Trx, act: Act, record: RecordHead, gaps: NonNullable<Snapshot['gaps']>): Promise<void> {
  await trx
    .deleteFrom('published.gap')
    .where('area_id', '=', record.areaId)
    .where('record_id', '=', record.id)
    .execute()
  for (const gap of gaps) {
    await trx
      .insertInto('published.gap')
      .values({ area_id: record.areaId, record_id: record.id, ...gap, valid_from: act.now })
      .execute()
  }
}

/** An edge is published once both its ends are: what this record points to, and what already points to it. */
async function publishLinks(trx: Trx, act: Act, key: RecordKey): Promise<void> {
  const edges = await trx
    .selectFrom('link')
    .select(['from_area', 'from_id', 'relation', 'to_area', 'to_id'])
    .where(e =>
      e.or([
        e.and([e('from_area', '=', key.areaId), e('from_id', '=', key.id)]),
        e.and([e('to_area', '=', key.areaId), e('to_id', '=', key.id)]),
      ]),
    )
    .execute()
  for (const edge of edges) {
    if (!(await bothPublished(trx, edge)) || (await alreadyPublished(trx, edge))) continue
    await trx
      .insertInto('published.link')
      .values({ ...edge, valid_from: act.now })
      .execute()
    await touchPublicPages(trx, edge.from_area === key.areaId ? edge.to_area : edge.from_area)
  }
}

type Edge = { from_area: number; from_id: string; relation: string; to_area: number; to_id: string }

async function bothPublished(trx: Trx, edge: Edge): Promise<boolean> {
  const ends = await trx
    .selectFrom('published.entry')
    .select('record_id')
    .distinct()
    .where('record_id', 'in', [edge.from_id, edge.to_id])
    .execute()
  return ends.length === 2
}

async function alreadyPublished(trx: Trx, edge: Edge): Promise<boolean> {
  const row = await trx
    .selectFrom('published.link')
    .select('relation')
    .where('from_area', '=', edge.from_area)
    .where('from_id', '=', edge.from_id)
    .where('relation', '=', edge.relation)
    .where('to_area', '=', edge.to_area)
    .where('to_id', '=', edge.to_id)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Takes a published record down: the bodies and files of all its versions are destroyed; hash, dates and the permitted
 * reason remain, and its addresses answer 410 with that notice.
 *
 * @param reason words that may be public: restricted after all, personal data, a court order
 */
export async function takeDown(trx: Trx, act: Act, key: RecordKey, reason: string): Promise<void> {
  const record = await findRecord(trx, key)
  if (record?.publication !== 'published') throw new Refusal(['Only a published record can be taken down.'])
  const here = { area_id: key.areaId, record_id: key.id }
  await trx
    .updateTable('published.snapshot')
    .set({ body: null, note: null, withdrawn_at: act.now, withdrawn_reason: reason })
    .where(e => e.and(here))
    .execute()
  await trx
    .deleteFrom('published.file')
    .where(e => e.and(here))
    .execute()
  await trx
    .deleteFrom('published.gap')
    .where(e => e.and(here))
    .execute()
  await trx
    .updateTable('published.entry')
    .set({ title: record.reference, summary: '', facts: '{}', search: '' })
    .where(e => e.and(here))
    .execute()
  await endEntry(trx, act, key)
  await trx
    .updateTable('record')
    .set({ publication: 'taken-down' })
    .where('area_id', '=', key.areaId)
    .where('id', '=', key.id)
    .execute()
  await touchPublicPages(trx, key.areaId)
  recordEvent(trx, act, { ...key, holders: record.holders, kind: `${record.kind}.taken-down`, payload: { reason } })
}

/** Supersedes a published record: it leaves the registers, and its versions stay readable by `?as-of`. */
export async function supersede(trx: Trx, act: Act, key: RecordKey, reason: string): Promise<void> {
  const record = await findRecord(trx, key)
  if (record?.publication !== 'published') throw new Refusal(['Only a published record can be superseded.'])
  await endEntry(trx, act, key)
  await trx
    .updateTable('record')
    .set({ publication: 'superseded' })
    .where('area_id', '=', key.areaId)
    .where('id', '=', key.id)
    .execute()
  await touchPublicPages(trx, key.areaId)
  recordEvent(trx, act, { ...key, holders: record.holders, kind: `${record.kind}.superseded`, payload: { reason } })
}
