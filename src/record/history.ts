import canonicalize from 'canonicalize'
import { createHash, randomBytes } from 'node:crypto'
import type { Trx } from '../platform/database/tables.ts'
import { beforeCommit } from '../platform/database/transaction.ts'
import { Refusal } from '../platform/refusals.ts'
import { londonDate } from '../platform/time.ts'
import { actingFor } from './acting-for.ts'
import type { Act, RecordKey } from './record.ts'

/** What happened, before it has a place in the chain. */
export interface NewEvent {
  areaId: number
  /** The record it happened to, where it happened to one. */
  id?: string
  /** `question.put`, `minutes.signed` */
  kind: string
  /** The organisations that may read what happened. */
  holders: readonly string[]
  payload: object
}

interface PendingEvent extends NewEvent {
  act: Act
}

const pending = new WeakMap<Trx, PendingEvent[]>()

/**
 * Adds an event to the area's history. Events of a transaction are chained together just before it commits, so that
 * the head of the chain is locked once and briefly; if the transaction fails, none of them was.
 */
export function recordEvent(trx: Trx, act: Act, event: NewEvent): void {
  const waiting = pending.get(trx)
  if (waiting !== undefined) {
    waiting.push({ ...event, act })
    return
  }
  const batch: PendingEvent[] = [{ ...event, act }]
  pending.set(trx, batch)
  beforeCommit(trx, () => chain(trx, batch))
}

/** The records to which something has happened in a transaction so far, each with its kind, in the order it did. */
export function touchedRecords(trx: Trx): { areaId: number; id: string; kind: string }[] {
  const seen = new Map<string, { areaId: number; id: string; kind: string }>()
  for (const { areaId, id, kind } of pending.get(trx) ?? []) {
    if (id !== undefined) seen.set(id, { areaId, id, kind: kind.replace(/\.[^.]*$/, '') })
  }
  return [...seen.values()]
}

async function chain(trx: Trx, batch: readonly PendingEvent[]): Promise<void> {
  const byArea = Map.groupBy(batch, event => event.areaId)
  for (const areaId of [...byArea.keys()].sort((a, b) => a - b)) {
    await chainArea(trx, areaId, byArea.get(areaId) ?? [])
  }
}

async function chainArea(trx: Trx, areaId: number, events: readonly PendingEvent[]): Promise<void> {
  await refuseReadOnly(trx, areaId, events)
  let head = await lockHead(trx, areaId)
  const rows = events.map(event => {
    const link = nextLink(head, areaId, event)
    head = { seq: link.seq, hash: link.hash }
    return link
  })
  // A release also writes into the receiver's history, which the giver's organisation alone could not.
  await actingFor(trx, [...new Set(events.flatMap(event => event.holders))], async () => {
    for (const part of chunks(rows, 500)) {
      await trx.insertInto('event').values(part.map(eventColumns)).execute()
      await trx.insertInto('event_payload').values(part.map(payloadColumns)).execute()
    }
  })
  await trx.updateTable('event_head').set(head).where('area_id', '=', areaId).execute()
  const lastOfEachDay = new Map(rows.map(row => [londonDate(row.at).toString(), row]))
  for (const { at, seq, hash } of lastOfEachDay.values()) await publishHead(trx, areaId, londonDate(at), { seq, hash })
}

async function refuseReadOnly(trx: Trx, areaId: number, events: readonly PendingEvent[]): Promise<void> {
  if (events.every(event => event.act.loading === true)) return
  const area = await trx.selectFrom('area').select(['historical', 'name']).where('id', '=', areaId).executeTakeFirst()
  if (area?.historical !== true) return
  throw new Refusal([`${area.name} is a historical area, kept as its papers left it. Nothing in it can be changed.`])
}

interface Head {
  seq: number
  hash: Buffer
}

async function lockHead(trx: Trx, areaId: number): Promise<Head> {
  await trx
    .insertInto('event_head')
    .values({ area_id: areaId, seq: 0, hash: Buffer.alloc(32) })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  return trx
    .selectFrom('event_head')
    .select(['seq', 'hash'])
    .where('area_id', '=', areaId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

function nextLink(head: Head, areaId: number, event: PendingEvent) {
  const salt = randomBytes(16)
  const payload = { ...event.payload, who: event.act.viewer.name, organisation: event.act.viewer.organisation.name }
  const text = canonicalJson(payload)
  const payloadHash = hashPayload(salt, text)
  const link = {
    areaId,
    seq: head.seq + 1,
    recordId: event.id ?? null,
    at: event.act.now.round('millisecond'),
    kind: event.kind,
    payloadHash,
  }
  return { ...link, hash: hashLink(head.hash, link), salt, text, holders: event.holders }
}

type Link = ReturnType<typeof nextLink>

function eventColumns(link: Link) {
  return {
    area_id: link.areaId,
    seq: link.seq,
    record_id: link.recordId,
    at: link.at,
    kind: link.kind,
    payload_hash: link.payloadHash,
    hash: link.hash,
  }
}

function payloadColumns(link: Link) {
  return {
    area_id: link.areaId,
    seq: link.seq,
    holders: [...link.holders],
    salt: link.salt,
    payload: link.text,
    erased_at: null,
    erased_under: null,
  }
}

/** Each day's last hash, published so that nobody can rewrite the past unseen. */
async function publishHead(trx: Trx, areaId: number, day: Temporal.PlainDate, head: Head): Promise<void> {
  await trx
    .insertInto('published.head')
    .values({ area_id: areaId, day, ...head })
    .onConflict(conflict => conflict.columns(['area_id', 'day']).doUpdateSet(head))
    .execute()
}

/** JSON in one agreed spelling (RFC 8785), so that the same content always has the same hash. */
export function canonicalJson(value: object): string {
  return canonicalize(JSON.parse(JSON.stringify(value))) ?? '{}'
}

function hashPayload(salt: Buffer, text: string): Buffer {
  return createHash('sha256').update(salt).update(text).digest()
}

function hashLink(
  previous: Buffer,
  link: {
    areaId: number
    seq: number
    recordId: string | null
    at: Temporal.Instant
    kind: string
    payloadHash: Buffer
  },
): Buffer {
  const at = link.at.toString({ fractionalSecondDigits: 3 })
  const head = [link.areaId, link.seq, link.recordId ?? '', at, link.kind].join('|')
  return createHash('sha256').update(previous).update(head).update(link.payloadHash).digest()
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
}

/** One event of a record as its history shows it. */
export interface HistoryLine {
  at: Temporal.Instant
  kind: string
  /** Null where the payload was erased under a retention rule. */
  payload: Readonly<Record<string, unknown>> | null
  erasedUnder: string | null
}

/** The history of a record, newest first, as far as the transaction's organisations may read it. */
export async function historyOf(trx: Trx, key: RecordKey, limit = 50): Promise<HistoryLine[]> {
  const rows = await trx
    .selectFrom('event')
    .innerJoin('event_payload', join =>
      join.onRef('event_payload.area_id', '=', 'event.area_id').onRef('event_payload.seq', '=', 'event.seq'),
    )
    .select(['event.at', 'event.kind', 'event_payload.payload', 'event_payload.erased_under'])
    .where('event.area_id', '=', key.areaId)
    .where('event.record_id', '=', key.id)
    .orderBy('event.seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map(row => ({
    at: row.at,
    kind: row.kind,
    payload: row.payload === null ? null : { ...row.payload },
    erasedUnder: row.erased_under,
  }))
}

/** A place where the chain does not hold. */
export interface BrokenLink {
  area: string
  record: string | null
  seq: number
  reason: string
}

/**
 * Walks every area's chain from its first event and recomputes each hash. The transaction must act for every
 * organisation, since payloads are read.
 *
 * @param against a head hash somebody else kept (hexadecimal): it must occur in one of the chains
 */
export async function verifyHistory(
  trx: Trx,
  against?: string,
): Promise<{ events: number; erased: number; broken: BrokenLink[] }> {
  const result = { events: 0, erased: 0, broken: [] as BrokenLink[] }
  let found = against === undefined
  for (const area of await trx.selectFrom('area').select(['id', 'slug']).orderBy('id').execute()) {
    const seen = await verifyArea(trx, area, against)
    result.events += seen.events
    result.erased += seen.erased
    result.broken.push(...seen.broken)
    found ||= seen.found
  }
  if (!found) {
    result.broken.push({ area: '', record: null, seq: 0, reason: `No event has the hash ${against ?? ''}` })
  }
  return result
}

async function verifyArea(trx: Trx, area: { id: number; slug: string }, against: string | undefined) {
  const seen = { events: 0, erased: 0, broken: [] as BrokenLink[], found: false }
  let head: Head = { seq: 0, hash: Buffer.alloc(32) }
  for (;;) {
    const rows = await eventsAfter(trx, area.id, head.seq)
    if (rows.length === 0) break
    for (const row of rows) {
      const reason = fault(head, row)
      if (reason !== null) seen.broken.push({ area: area.slug, record: row.record_id, seq: row.seq, reason })
      seen.events += 1
      if (row.erased_at !== null) seen.erased += 1
      if (row.hash.toString('hex') === against) seen.found = true
      head = { seq: row.seq, hash: row.hash }
    }
  }
  const kept = await trx.selectFrom('event_head').selectAll().where('area_id', '=', area.id).executeTakeFirst()
  if (kept !== undefined && (kept.seq !== head.seq || !kept.hash.equals(head.hash))) {
    seen.broken.push({ area: area.slug, record: null, seq: kept.seq, reason: 'The head does not match the last event' })
  }
  return seen
}

function eventsAfter(trx: Trx, areaId: number, seq: number) {
  return trx
    .selectFrom('event')
    .leftJoin('event_payload', join =>
      join.onRef('event_payload.area_id', '=', 'event.area_id').onRef('event_payload.seq', '=', 'event.seq'),
    )
    .select(['event.area_id', 'event.seq', 'record_id', 'at', 'kind', 'payload_hash', 'hash'])
    .select(['salt', 'payload', 'erased_at', 'erased_under'])
    .where('event.area_id', '=', areaId)
    .where('event.seq', '>', seq)
    .orderBy('event.seq')
    .limit(2000)
    .execute()
}

type StoredEvent = Awaited<ReturnType<typeof eventsAfter>>[number]

function fault(previous: Head, row: StoredEvent): string | null {
  if (row.seq !== previous.seq + 1) return `Event ${String(previous.seq + 1)} is missing`
  const expected = hashLink(previous.hash, {
    areaId: row.area_id,
    seq: row.seq,
    recordId: row.record_id,
    at: row.at,
    kind: row.kind,
    payloadHash: row.payload_hash,
  })
  if (!expected.equals(row.hash)) return 'The event was changed after it was written'
  if (row.erased_at !== null) return null
  if (row.payload === null || row.salt === null) return 'What happened is missing, and no erasure is recorded'
  if (!hashPayload(row.salt, canonicalJson(row.payload)).equals(row.payload_hash)) {
    return 'What happened was changed after it was written'
  }
  return null
}

/**
 * Erases what an event says under a retention rule and records that as an event of its own. The chain stays whole.
 *
 * @param under the rule, as `verify` will name it
 */
export async function erasePayload(trx: Trx, act: Act, areaId: number, seq: number, under: string): Promise<void> {
  const erased = await trx
    .updateTable('event_payload')
    .set({ payload: null, salt: null, erased_at: act.now, erased_under: under })
    .where('area_id', '=', areaId)
    .where('seq', '=', seq)
    .where('erased_at', 'is', null)
    .returning('holders')
    .executeTakeFirst()
  if (erased === undefined) throw new Refusal(['There is nothing there to erase.'])
  recordEvent(trx, act, { areaId, kind: 'history.erased', holders: erased.holders, payload: { seq, under } })
}
