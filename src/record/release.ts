import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Trx } from '../platform/database/tables.ts'
import { Refusal } from '../platform/refusals.ts'
import { canonicalJson, recordEvent } from './history.ts'
import { kindOf } from './kinds.ts'
import type { Act, RecordKey } from './record.ts'
import { findRecord, isIdentity } from './records.ts'
import type { SentTable } from './tables.ts'

/** A version of a record as it was released to an organisation that does not hold it. */
export interface Received {
  areaId: number
  recordId: string
  version: number
  fromOrganisation: string
  toOrganisation: string
  kind: string
  reference: string
  title: string
  summary: string
  state: string
  dueDate: Temporal.PlainDate | null
  dated: Temporal.PlainDate
  body: Readonly<Record<string, unknown>>
  files: readonly string[]
  sentAt: Temporal.Instant
}

/**
 * Releases a record to other organisations: a frozen version that they may read from now on and that nobody can
 * change. The receiver works on its own record, tied to what it received.
 */
export async function releaseTo(trx: Trx, act: Act, key: RecordKey, organisations: readonly string[]): Promise<void> {
  const record = await findRecord(trx, key)
  if (record === null) throw new Refusal(['This record is not there any more.'])
  const giver = act.viewer.organisation.id
  const from = record.holders.includes(giver) ? giver : (record.holders[0] ?? giver)
  for (const organisation of organisations) {
    const snapshot = await kindOf(record.kind).snapshot(trx, record, { type: 'organisation', id: organisation })
    const body = canonicalJson(snapshot.body)
    await trx
      .insertInto('sent')
      .values({
        area_id: key.areaId,
        record_id: key.id,
        version: record.version,
        organisation_id: organisation,
        from_organisation: from,
        kind: record.kind,
        reference: record.reference,
        title: record.title,
        summary: snapshot.summary,
        state: record.state,
        due_date: record.due?.kind === 'condition' ? null : (record.due?.date ?? null),
        dated: record.dated,
        body,
        files: [...(snapshot.files ?? [])],
        sha256: createHash('sha256').update(body).digest(),
        sent_at: act.now,
      })
      .onConflict(conflict => conflict.doNothing())
      .execute()
  }
  recordEvent(trx, act, {
    ...key,
    holders: [...record.holders, ...organisations],
    kind: `${record.kind}.released`,
    payload: { to: organisations, version: record.version },
  })
}

/** The newest version of a record that was released to the organisation, or null. */
export async function findReceived(trx: Trx, organisation: string, key: RecordKey): Promise<Received | null> {
  if (!isIdentity(key.id)) return null
  const row = await trx
    .selectFrom('sent')
    .selectAll()
    .where('organisation_id', '=', organisation)
    .where('area_id', '=', key.areaId)
    .where('record_id', '=', key.id)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : toReceived(row)
}

/** What was released to an organisation, newest first, one line for each record. */
export async function listReceived(
  trx: Trx,
  organisation: string,
  options: { areaId: number; kinds?: readonly string[]; ids?: readonly string[]; limit?: number },
): Promise<Received[]> {
  let query = trx
    .selectFrom('sent')
    .selectAll()
    .distinctOn(['dated', 'record_id'])
    .where('organisation_id', '=', organisation)
    .where('area_id', '=', options.areaId)
    .orderBy('dated', 'desc')
    .orderBy('record_id', 'desc')
    .orderBy('version', 'desc')
    .limit(options.limit ?? 100)
  if (options.kinds !== undefined) query = query.where('kind', 'in', options.kinds)
  if (options.ids !== undefined) {
    if (options.ids.length === 0) return []
    query = query.where('record_id', 'in', options.ids)
  }
  return (await query.execute()).map(toReceived)
}

function toReceived(row: Selectable<SentTable>): Received {
  return {
    areaId: row.area_id,
    recordId: row.record_id,
    version: row.version,
    fromOrganisation: row.from_organisation,
    toOrganisation: row.organisation_id,
    kind: row.kind,
    reference: row.reference,
    title: row.title,
    summary: row.summary,
    state: row.state,
    dueDate: row.due_date,
    dated: row.dated,
    body: { ...row.body },
    files: row.files,
    sentAt: row.sent_at,
  }
}
