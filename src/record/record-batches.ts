import { sql } from 'kysely'
import type { Trx } from '../platform/database/tables.ts'
import { londonDate } from '../platform/time.ts'
import { refreshEntries } from './entries.ts'
import { recordEvent } from './history.ts'
import { kindOf, stateOf } from './kinds.ts'
import type { Act, RecordHead, RecordKey } from './record.ts'
import { findRecords, followNew, newRow, type NewRecord, whatChanged } from './records.ts'
import { nextReferences } from './references.ts'

/*
 * Many records of one kind and area at once: what a load of figures raises and changes. A few statements, however many
 * records there are; the history has an event for each, as if they had been made one by one.
 */

/** Rows in one statement at most: PostgreSQL takes 65,535 parameters, and a record has 25. */
const atOnce = 1000

/**
 * Makes records of one kind in one area, each with its event.
 *
 * @returns their heads, in the order given
 * @throws Refusal where the area is read-only
 */
export async function createRecords(
  trx: Trx,
  act: Act,
  areaId: number,
  kind: string,
  made: readonly Omit<NewRecord, 'areaId' | 'kind' | 'reference'>[],
): Promise<RecordHead[]> {
  const heads: RecordHead[] = []
  for (let at = 0; at < made.length; at += atOnce) {
    heads.push(...(await createPart(trx, act, areaId, kind, made.slice(at, at + atOnce))))
  }
  return heads
}

async function createPart(
  trx: Trx,
  act: Act,
  areaId: number,
  kind: string,
  made: readonly Omit<NewRecord, 'areaId' | 'kind' | 'reference'>[],
): Promise<RecordHead[]> {
  for (const { state } of made) stateOf(kind, state)
  const dated = made.map(each => each.dated ?? londonDate(act.now))
  const references = await referencesFor(trx, act, areaId, kind, dated)
  const rows = made.map((each, i) =>
    newRow(act, { ...each, areaId, kind }, references[i] ?? '', dated[i] ?? londonDate(act.now)),
  )
  await trx.insertInto('record').values(rows).execute()
  for (const { id, holders, title } of rows) {
    recordEvent(trx, act, { areaId, id, holders, kind: `${kind}.created`, payload: { title } })
  }
  const saved = await findRecords(
    trx,
    areaId,
    rows.map(row => row.id),
  )
  const byId = new Map(saved.map(head => [head.id, head]))
  const heads = rows.map(row => byId.get(row.id) ?? unreadable(row.id))
  for (const head of heads) await followNew(trx, act, head)
  return heads
}

function unreadable(id: string): never {
  throw new Error(`Record ${id} was written but cannot be read by the organisation that wrote it`)
}

async function referencesFor(
  trx: Trx,
  act: Act,
  areaId: number,
  kind: string,
  dated: readonly Temporal.PlainDate[],
): Promise<string[]> {
  const places = [...dated.entries()]
  const references: string[] = []
  for (const [year, ofYear] of Map.groupBy(places, ([, date]) => date.year)) {
    const next = await nextReferences(trx, act, areaId, kind, year, ofYear.length)
    for (const [at, [place]] of ofYear.entries()) references[place] = next[at] ?? ''
  }
  return references
}

/** A change that new facts make to a record, as software makes it: nobody's version is asked. */
export interface BatchChange {
  head: RecordHead
  title: string
  state: string
  searchText: string
  event: { kind: string; details?: object }
}

/**
 * Changes title, state and search text of records of one area, each with its event; published ones get a new public
 * entry where their state changed.
 */
export async function changeRecords(
  trx: Trx,
  act: Act,
  areaId: number,
  changes: readonly BatchChange[],
): Promise<void> {
  for (let at = 0; at < changes.length; at += atOnce) {
    await changePart(trx, act, areaId, changes.slice(at, at + atOnce))
  }
}

async function changePart(trx: Trx, act: Act, areaId: number, changes: readonly BatchChange[]): Promise<void> {
  for (const { head, state } of changes) stateOf(head.kind, state)
  await sql`
    update record r set title = c.title, state = c.state, updated_at = ${act.now}, version = r.version + 1,
      search = setweight(to_tsvector('english', r.reference || ' ' || c.title), 'A') || to_tsvector('english', c.words)
    from unnest(${changes.map(({ head }) => head.id)}::uuid[], ${changes.map(({ title }) => title)}::text[],
      ${changes.map(({ state }) => state)}::text[], ${changes.map(({ searchText }) => searchText)}::text[])
      as c (id, title, state, words)
    where r.area_id = ${areaId} and r.id = c.id`.execute(trx)
  for (const { head, title, state, event } of changes) {
    recordEvent(trx, act, {
      ...{ areaId, id: head.id, holders: head.holders, kind: `${head.kind}.${event.kind}` },
      payload: { changes: whatChanged(head, { title, state }), ...event.details },
    })
  }
  const published = changes.filter(({ head }) => head.publication === 'published')
  if (published.length > 0) {
    await refreshEntries(
      trx,
      act,
      areaId,
      published.map(({ head, title, state }) => ({ ...head, title, state })),
    )
  }
}

/** Ties records of one kind to what they came of, all by one relation; see `link`. */
export async function linkMany(
  trx: Trx,
  act: Act,
  kinds: { from: string; relation: string; to: string },
  ties: readonly { from: RecordKey; to: RecordKey }[],
): Promise<void> {
  if (kindOf(kinds.from).relations[kinds.relation]?.includes(kinds.to) !== true) {
    throw new Error(`A ${kinds.from} may not be tied to a ${kinds.to} by "${kinds.relation}"`)
  }
  for (let at = 0; at < ties.length; at += atOnce) {
    const rows = ties.slice(at, at + atOnce).map(({ from, to }) => ({
      ...{ from_area: from.areaId, from_id: from.id, relation: kinds.relation },
      ...{ to_area: to.areaId, to_id: to.id, made_at: act.now },
    }))
    await trx
      .insertInto('link')
      .values(rows)
      .onConflict(conflict => conflict.doNothing())
      .execute()
  }
}
