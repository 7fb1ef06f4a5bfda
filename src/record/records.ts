import { sql } from 'kysely'
import type { Insertable, Selectable } from 'kysely'
import { randomUUIDv7 } from 'node:crypto'
import type { Trx } from '../platform/database/tables.ts'
import { londonDate } from '../platform/time.ts'
import type { Classification, Ground } from './classification.ts'
import { followAgreedDue } from './clock-rows.ts'
import { recordEvent } from './history.ts'
import { kindOf, stateOf } from './kinds.ts'
import type { Act, Due, Owner, RecordHead, RecordKey } from './record.ts'
import { Refusal, StaleRecord } from '../platform/refusals.ts'
import { nextReference } from './references.ts'
import { refreshEntry } from './entries.ts'
import type { RecordTable } from './tables.ts'

/** What a new record is made of. Left out: reference (the next one), holders (the maker's organisation), dated (today). */
export interface NewRecord {
  areaId: number
  kind: string
  title: string
  state: string
  id?: string
  holders?: readonly string[]
  reference?: string
  printedReference?: string
  classification?: Classification
  ground?: Ground | null
  owner?: Owner | null
  others?: readonly string[]
  due?: Due | null
  dated?: Temporal.PlainDate
  /** Words that search finds it by besides title and reference. */
  searchText?: string
}

/** What may change in a record's head. What is left out stays as it is. */
export type RecordChanges = Partial<
  Pick<
    RecordHead,
    | 'title'
    | 'state'
    | 'owner'
    | 'others'
    | 'due'
    | 'dated'
    | 'classification'
    | 'ground'
    | 'holders'
    | 'printedReference'
  >
> & { searchText?: string }

/** What follows when a record is made or changed with another classification than it had. */
type Follower = (
  trx: Trx,
  act: Act,
  record: RecordHead,
  was: Pick<RecordHead, 'classification' | 'ground'>,
) => Promise<void>

let follower: Follower = async () => undefined

/** Says what follows a classification, whoever gives it. Called once, by the list of modules. */
export function onClassified(follows: Follower): void {
  follower = follows
}

/** Lets whatever follows a classification know of a record that was made with one. */
export async function followNew(trx: Trx, act: Act, made: RecordHead): Promise<void> {
  if (made.classification !== 'open') await follower(trx, act, made, { classification: 'open', ground: null })
}

/**
 * Makes a record and writes the event of its making into the area's history.
 *
 * @returns the head as saved
 * @throws Refusal where the area is read-only
 */
export async function createRecord(trx: Trx, act: Act, made: NewRecord): Promise<RecordHead> {
  stateOf(made.kind, made.state)
  const dated = made.dated ?? londonDate(act.now)
  const reference = made.reference ?? (await nextReference(trx, act, made.areaId, made.kind, dated.year))
  const row = newRow(act, made, reference, dated)
  await trx.insertInto('record').values(row).execute()
  const key = { areaId: made.areaId, id: row.id }
  recordEvent(trx, act, { ...key, holders: row.holders, kind: `${made.kind}.created`, payload: { title: made.title } })
  const saved = (await findRecord(trx, key)) ?? unreadable(key)
  await followNew(trx, act, saved)
  return saved
}

/** A new record as its row. */
export function newRow(act: Act, made: NewRecord, reference: string, dated: Temporal.PlainDate) {
  return {
    area_id: made.areaId,
    id: made.id ?? randomUUIDv7(),
    kind: made.kind,
    holders: [...(made.holders ?? [act.viewer.organisation.id])],
    reference,
    printed_reference: made.printedReference ?? null,
    title: made.title,
    classification: made.classification ?? 'open',
    ground: made.ground ? JSON.stringify(made.ground) : null,
    state: made.state,
    ...ownerColumns(made.owner ?? null),
    others: JSON.stringify(made.others ?? []),
    ...dueColumns(made.due ?? null),
    dated,
    created_at: act.now,
    updated_at: act.now,
    search: searchVector(reference, made.title, made.searchText ?? ''),
  } satisfies Insertable<RecordTable>
}

/**
 * Changes a record's head, raises its version and writes what changed, from what to what, into the history.
 * A published record whose state or due changes gets a new public entry in the same transaction.
 *
 * @param expectedVersion the version the person saw; null only for changes the software itself makes
 * @param why the reason, where one is owed
 * @param details what changed in the module's own tables, for the history
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function changeRecord(
  trx: Trx,
  act: Act,
  key: RecordKey,
  expectedVersion: number | null,
  changes: RecordChanges,
  event: { kind: string; why?: string; details?: object },
): Promise<RecordHead> {
  const before = await lockRecord(trx, key)
  if (before === null) throw new Refusal(['This record is not there any more.'])
  if (expectedVersion !== null && before.version !== expectedVersion) throw new StaleRecord()
  if (changes.state !== undefined) stateOf(before.kind, changes.state)
  await trx
    .updateTable('record')
    .set({ ...changedColumns(before, changes), updated_at: act.now, version: before.version + 1 })
    .where('area_id', '=', key.areaId)
    .where('id', '=', key.id)
    .execute()
  if (changes.due) await followAgreedDue(trx, key, changes.due, act.now)
  recordEvent(trx, act, {
    ...key,
    holders: changes.holders ?? before.holders,
    kind: `${before.kind}.${event.kind}`,
    payload: { why: event.why, changes: whatChanged(before, changes), ...event.details },
  })
  const after = (await findRecord(trx, key)) ?? unreadable(key)
  if (after.publication === 'published') await refreshEntry(trx, act, after)
  if (changes.classification !== undefined) await follower(trx, act, after, before)
  return after
}

function unreadable(key: RecordKey): never {
  throw new Error(`Record ${key.id} was written but cannot be read by the organisation that wrote it`)
}

function changedColumns(before: RecordHead, changes: RecordChanges) {
  return {
    ...(changes.title !== undefined && { title: changes.title }),
    ...(changes.state !== undefined && { state: changes.state }),
    ...(changes.holders !== undefined && { holders: [...changes.holders] }),
    ...(changes.printedReference !== undefined && { printed_reference: changes.printedReference }),
    ...(changes.classification !== undefined && { classification: changes.classification }),
    ...(changes.ground !== undefined && { ground: changes.ground ? JSON.stringify(changes.ground) : null }),
    ...(changes.others !== undefined && { others: JSON.stringify(changes.others) }),
    ...(changes.dated !== undefined && { dated: changes.dated }),
    ...(changes.owner !== undefined && ownerColumns(changes.owner)),
    ...(changes.due !== undefined && dueColumns(changes.due)),
    ...(changes.title !== undefined || changes.searchText !== undefined
      ? { search: searchVector(before.reference, changes.title ?? before.title, changes.searchText ?? '') }
      : {}),
  }
}

/** What a change changes, from what to what, for the history. */
export function whatChanged(
  before: RecordHead,
  changes: RecordChanges,
): Record<string, { from: unknown; to: unknown }> {
  const heads: Record<string, unknown> = { ...before }
  return Object.fromEntries(
    Object.entries(changes)
      .filter(([name, to]) => name !== 'searchText' && JSON.stringify(heads[name]) !== JSON.stringify(to))
      .map(([name, to]) => [name, { from: heads[name], to }]),
  )
}

function ownerColumns(owner: Owner | null) {
  return {
    owner_person: owner?.personId ?? null,
    owner_role: owner?.role ?? null,
    owner_organisation: owner?.organisationId ?? null,
  }
}

function dueColumns(due: Due | null) {
  const date = due === null || due.kind === 'condition' ? null : due.date
  return {
    due_kind: due?.kind ?? null,
    due_date: date,
    due_meeting: due?.kind === 'meeting' ? due.meeting : null,
    due_condition: due?.kind === 'condition' ? due.condition : null,
    due_look_again: due?.kind === 'condition' ? due.lookAgain : null,
  }
}

function searchVector(reference: string, title: string, text: string) {
  return sql<string>`setweight(to_tsvector('english', ${`${reference} ${title}`}), 'A') || to_tsvector('english', ${text})`
}

/** The head of a record that the transaction's organisations hold, or null: missing and not-yours are the same. */
export async function findRecord(trx: Trx, key: RecordKey): Promise<RecordHead | null> {
  if (!isIdentity(key.id)) return null
  const row = await selectHead(trx, key).executeTakeFirst()
  return row === undefined ? null : toHead(row)
}

/** Whether a text out of an address can be the identity of a record at all. */
export function isIdentity(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

async function lockRecord(trx: Trx, key: RecordKey): Promise<RecordHead | null> {
  const row = await selectHead(trx, key).forUpdate().executeTakeFirst()
  return row === undefined ? null : toHead(row)
}

function selectHead(trx: Trx, key: RecordKey) {
  return trx.selectFrom('record').selectAll().where('area_id', '=', key.areaId).where('id', '=', key.id)
}

/** Heads of several records, in no particular order; those not visible are left out. */
export async function findRecords(trx: Trx, areaId: number, ids: readonly string[]): Promise<RecordHead[]> {
  if (ids.length === 0) return []
  const rows = await trx.selectFrom('record').selectAll().where('area_id', '=', areaId).where('id', 'in', ids).execute()
  return rows.map(toHead)
}

/** A row of the record table as the head that the rest of the program speaks of. */
export function toHead(row: Selectable<RecordTable>): RecordHead {
  return {
    areaId: row.area_id,
    id: row.id,
    kind: row.kind,
    holders: row.holders,
    reference: row.reference,
    printedReference: row.printed_reference,
    title: row.title,
    classification: row.classification,
    ground: row.ground,
    state: row.state,
    owner: toOwner(row),
    others: row.others,
    due: toDue(row),
    dated: row.dated,
    publication: row.publication,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  }
}

function toOwner(row: Selectable<RecordTable>): Owner | null {
  if (row.owner_organisation === null) return null
  return {
    organisationId: row.owner_organisation,
    ...(row.owner_person !== null && { personId: row.owner_person }),
    ...(row.owner_role !== null && { role: row.owner_role }),
  }
}

function toDue(row: Selectable<RecordTable>): Due | null {
  if (row.due_kind === 'condition') {
    return { kind: 'condition', condition: row.due_condition ?? '', lookAgain: row.due_look_again }
  }
  if (row.due_kind === 'meeting') return { kind: 'meeting', meeting: row.due_meeting ?? '', date: row.due_date }
  return row.due_date === null ? null : { kind: 'date', date: row.due_date }
}

/** The address of a record in the workspace. */
export function workspaceAddress(record: Pick<RecordHead, 'kind' | 'id'>): string {
  return kindOf(record.kind).workspacePath(record.id)
}
