import type { Trx } from '../../platform/database/tables.ts'
import { actingFor } from '../acting-for.ts'
import type { RunningClock } from '../clock-rows.ts'
import { kindOf } from '../kinds.ts'
import { findRecords } from '../records.ts'

/** A clock in words that may leave the workspace by mail or calendar. */
export interface ClockWords {
  /** "Answer a question to the chief constable" */
  what: string
  /** "question" */
  kind: string
  /** Null where the record was never released to the organisation that owes. */
  reference: string | null
  /** Null where it may not be named outside: the record is not open, or was not released. */
  title: string | null
  /** Below the site's own address, where the organisation can open it. */
  path: string | null
}

/**
 * The words of clocks that one organisation owes. Of a record it holds, its own; of one it was sent, what was sent to
 * it; of any other, nothing but the kind. A record that is not open is named by its reference alone: a mail lies on
 * other servers than ours.
 *
 * @param clocks of one area
 */
export async function wordsOf(
  trx: Trx,
  organisationId: string,
  clocks: readonly RunningClock[],
): Promise<Map<string, ClockWords>> {
  const [areaId] = clocks.map(clock => clock.areaId)
  if (areaId === undefined) return new Map()
  const ids = [...new Set(clocks.map(clock => clock.recordId))]
  const everyHolder = [...new Set(clocks.flatMap(clock => clock.holders))]
  const heads = await actingFor(trx, everyHolder, () => findRecords(trx, areaId, ids))
  const open = new Set(heads.filter(head => head.classification === 'open').map(head => head.id))
  const known = await knownRecords(trx, areaId, organisationId, ids)
  return new Map(
    clocks.map(clock => [clock.id, wordsOfClock(clock, known.get(clock.recordId), open.has(clock.recordId))]),
  )
}

/** A record as an organisation knows it. */
export interface KnownRecord {
  reference: string
  title: string
  /** In the workspace. */
  path: string
}

/** Records that an organisation holds, or was sent: then as they were sent. Any other is left out. */
export async function knownRecords(
  trx: Trx,
  areaId: number,
  organisationId: string,
  ids: readonly string[],
): Promise<Map<string, KnownRecord>> {
  if (ids.length === 0) return new Map()
  const held = (await findRecords(trx, areaId, ids)).filter(record => record.holders.includes(organisationId))
  const sent = await sentTo(trx, areaId, organisationId, ids)
  return new Map([
    ...sent,
    ...held.map(({ id, kind, reference, title }): [string, KnownRecord] => [
      id,
      { reference, title, path: kindOf(kind).workspacePath(id) },
    ]),
  ])
}

function wordsOfClock(clock: RunningClock, known: KnownRecord | undefined, open: boolean): ClockWords {
  return {
    what: clock.rule.title,
    kind: kindOf(clock.recordKind).word,
    reference: known?.reference ?? null,
    title: open ? (known?.title ?? null) : null,
    path: known?.path ?? null,
  }
}

async function sentTo(
  trx: Trx,
  areaId: number,
  organisationId: string,
  ids: readonly string[],
): Promise<[string, KnownRecord][]> {
  const rows = await trx
    .selectFrom('sent')
    .select(['record_id', 'kind', 'reference', 'title'])
    .distinctOn('record_id')
    .where('area_id', '=', areaId)
    .where('organisation_id', '=', organisationId)
    .where('record_id', 'in', ids)
    .orderBy('record_id')
    .orderBy('version', 'desc')
    .execute()
  return rows.map(({ record_id: id, kind, reference, title }) => {
    const { receivedPath, workspacePath } = kindOf(kind)
    return [id, { reference, title, path: (receivedPath ?? workspacePath)(id) }]
  })
}
