import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Trx } from '../platform/database/tables.ts'
import { touchPublicPages } from './areas.ts'
import type { Snapshot } from './description.ts'
import { canonicalJson } from './history.ts'
import { kindOf } from './kinds.ts'
import { publicClocksOf, publicClocksOfAll } from './public-clock.ts'
import type { Act, Due, RecordHead, RecordKey } from './record.ts'
import type { EntryTable } from './tables.ts'

/**
 * Writes the public entry of a published record: the one row that registers, search, feeds and the trail read. The
 * entry before it ends at this moment and stays readable by `?as-of`.
 */
export async function writeEntry(
  trx: Trx,
  act: Act,
  record: RecordHead,
  version: number,
  snapshot: Pick<Snapshot, 'summary' | 'searchText' | 'facts'>,
): Promise<string> {
  const address = publicAddress(record)
  await endEntry(trx, act, record)
  await trx
    .insertInto('published.entry')
    .values({
      area_id: record.areaId,
      record_id: record.id,
      version,
      kind: record.kind,
      reference: record.reference,
      title: record.title,
      summary: snapshot.summary,
      state: publicState(record),
      ...publicDue(record.due),
      dated: record.dated,
      address,
      holders: [...record.holders],
      facts: JSON.stringify(snapshot.facts ?? {}),
      clocks: JSON.stringify(await publicClocksOf(trx, record)),
      search: sql<string>`setweight(to_tsvector('english', ${`${record.reference} ${record.title}`}), 'A')
        || to_tsvector('english', ${`${snapshot.summary} ${snapshot.searchText}`})`,
      valid_from: act.now,
    })
    .execute()
  await touchPublicPages(trx, record.areaId)
  return address
}

/** Ends the current entry; one that began at this very moment is replaced, since nobody can have read it. */
export function endEntry(trx: Trx, act: Act, key: RecordKey): Promise<void> {
  return endEntries(trx, act, key.areaId, [key.id])
}

async function endEntries(trx: Trx, act: Act, areaId: number, recordIds: readonly string[]): Promise<void> {
  const current = () =>
    sql<boolean>`area_id = ${areaId} and record_id = any (${[...recordIds]}::uuid[]) and valid_to = 'infinity'`
  await trx.deleteFrom('published.entry').where(current()).where('valid_from', '>=', act.now).execute()
  await trx.updateTable('published.entry').set({ valid_to: act.now }).where(current()).execute()
}

/**
 * Brings the public entry of a published record up to date with its state, due and clocks. Title, summary and facts stay as
 * they were published: a change of content is a new version, and needs publishing.
 */
export function refreshEntry(trx: Trx, act: Act, record: RecordHead): Promise<void> {
  return refreshEntries(trx, act, record.areaId, [record])
}

/** The same for many published records of an area at once: what a new bank holiday moves. A thousand at most. */
export async function refreshEntries(
  trx: Trx,
  act: Act,
  areaId: number,
  records: readonly RecordHead[],
): Promise<void> {
  const ids = records.map(record => record.id)
  const current = new Map((await currentEntries(trx, areaId, ids)).map(entry => [entry.record_id, entry]))
  const clocks = await publicClocksOfAll(trx, areaId, ids)
  const changed = records.flatMap(record => {
    const entry = current.get(record.id)
    const now = { state: publicState(record), ...publicDue(record.due) }
    const shown = canonicalJson(clocks.get(record.id) ?? [])
    if (entry === undefined || (sameStanding(entry, now) && shown === canonicalJson([...entry.clocks]))) return []
    return [{ ...entry, ...now, kind: record.kind, reference: record.reference, clocks: shown }]
  })
  if (changed.length === 0) return
  await endEntries(
    trx,
    act,
    areaId,
    changed.map(entry => entry.record_id),
  )
  await trx
    .insertInto('published.entry')
    .values(
      changed.map(entry => ({
        ...entry,
        area_id: areaId,
        facts: JSON.stringify(entry.facts),
        search: sql<string>`${entry.search}::tsvector`,
        valid_from: act.now,
      })),
    )
    .execute()
  await touchPublicPages(trx, areaId)
}

async function currentEntries(trx: Trx, areaId: number, recordIds: readonly string[]) {
  if (recordIds.length === 0) return []
  return trx
    .selectFrom('published.entry')
    .select(['record_id', 'version', 'title', 'summary', 'state', 'due_date', 'due_text', 'dated', 'address'])
    .select(['holders', 'facts', 'clocks', 'search'])
    .where('area_id', '=', areaId)
    .where('record_id', 'in', recordIds)
    .where(sql<boolean>`valid_to = 'infinity'`)
    .forUpdate()
    .execute()
}

type Standing = Pick<Selectable<EntryTable>, 'state' | 'due_date' | 'due_text'>

function sameStanding(a: Standing, b: Standing): boolean {
  return a.state === b.state && a.due_text === b.due_text && String(a.due_date) === String(b.due_date)
}

/** The state as the public may see it: a state that the kind does not publish shows as the first that it does. */
function publicState(record: RecordHead): string {
  const { publicStates } = kindOf(record.kind)
  return publicStates.includes(record.state) ? record.state : (publicStates[0] ?? record.state)
}

function publicDue(due: Due | null): { due_date: Temporal.PlainDate | null; due_text: string | null } {
  if (due === null) return { due_date: null, due_text: null }
  if (due.kind === 'condition') return { due_date: due.lookAgain, due_text: due.condition }
  return { due_date: due.date, due_text: due.kind === 'meeting' ? 'meeting' : null }
}

/** `questions/q-2026-04`: the address of a record below its area. */
export function publicAddress(record: Pick<RecordHead, 'kind' | 'reference' | 'title' | 'dated'>): string {
  const kind = kindOf(record.kind)
  return `${kind.publicPath}/${kind.publicSlug?.(record) ?? slug(record.reference)}`
}

/** Letters and digits with hyphens, as addresses are written. */
export function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
}
