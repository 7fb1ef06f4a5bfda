import { z } from 'zod'
import type { Database, Trx } from '../../../platform/database/tables.ts'
import { inTransaction } from '../../../platform/database/transaction.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { attachmentsOf, readFile } from '../../../record/files.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord, findRecord } from '../../../record/records.ts'
import { type ImportFile, fileInMemory } from '../import/csv-file.ts'
import { LoadFollower, LoadStopped } from './follower.ts'
import { endLoad, findLoad, holdLoad, type LoadState, type StoredLoad } from './load-queries.ts'
import { LoadTicker } from './load-ticker.ts'

export interface LoadServices {
  program: Database
  now: () => Temporal.Instant
  log: (message: string) => void
}

/** What a load came to: how it ended, and what its page tells of it. */
export interface LoadEnd {
  state: Extract<LoadState, 'done' | 'refused'>
  /** The state of its record then. */
  record: 'applied' | 'checked' | 'dropped'
  report: object
}

/** Loads a file in a transaction of its own making, and throws `LoadEnded` to have it rolled back. */
export type Loader = (
  trx: Trx,
  act: Act,
  load: { key: RecordKey; form: string; options: unknown; file: ImportFile; follower: LoadFollower },
) => Promise<LoadEnd>

/** Thrown by a loader whose work is to be undone, with what came of it. */
export class LoadEnded extends Error {
  readonly end: LoadEnd

  constructor(end: LoadEnd) {
    super('The load is undone')
    this.end = end
  }
}

/** A file that takes its process down is not tried for ever. */
const mostAttempts = 4

const viewerForm = z.object({
  userId: z.string(),
  personId: z.string().nullable(),
  name: z.string(),
  organisation: z.object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['office', 'force', 'panel', 'council', 'other']),
  }),
})

/**
 * Runs one load: all of it, or nothing, and never twice. What it does and the note that it is done are one
 * transaction; a process that is killed leaves neither, and the load is run again. How far it is, is written beside it.
 */
export async function runLoad(services: LoadServices, loader: Loader, key: RecordKey): Promise<void> {
  const { program, now } = services
  const load = await inTransaction(program, null, trx => findLoad(trx, key))
  if (load === undefined || !isUnfinished(load)) return
  const act: Act = { viewer: viewerForm.parse(load.asked_by), now: now() }
  if (load.stop) return end(program, act, load, 'stopped', null)
  if (load.attempts >= mostAttempts) return end(program, act, load, 'failed', null)
  const stopping = new AbortController()
  const follower = new LoadFollower(stopping.signal, Number(load.bytes))
  const ticker = new LoadTicker(program, key, follower, stopping, now)
  try {
    await inTransaction(program, act.viewer, trx => runInside(trx, act, load, loader, follower, ticker))
  } catch (fault) {
    await ticker.stop()
    await endAfter(services, act, load, fault)
  } finally {
    await ticker.stop()
  }
}

const isUnfinished = ({ state }: StoredLoad) => state === 'waiting' || state === 'running'

async function runInside(
  trx: Trx,
  act: Act,
  load: StoredLoad,
  loader: Loader,
  follower: LoadFollower,
  ticker: LoadTicker,
): Promise<void> {
  const key = { areaId: load.area_id, id: load.id }
  if (!(await holdLoad(trx, key))) return
  // Another process may have ended it between the first look and the hold.
  const held = await findLoad(trx, key)
  if (held === undefined || !isUnfinished(held)) return
  ticker.begin()
  const file = await keptFile(trx, load)
  const done = await loader(trx, act, { key, form: load.form, options: load.options, file, follower })
  follower.goOn()
  await ticker.stop()
  await setEnd(trx, act, key, done.state, done.report, done.record)
}

async function keptFile(trx: Trx, load: StoredLoad): Promise<ImportFile> {
  // Of a spreadsheet the rows that were read out of it were added last: they are what is loaded.
  const attachment = (await attachmentsOf(trx, { areaId: load.area_id, id: load.id })).at(-1)
  const fileId = attachment?.file_id ?? null
  const kept = fileId === null ? null : await readFile(trx, load.organisation_id, fileId)
  if (kept === null) throw new Refusal(['The file is not there any more.'])
  return fileInMemory(kept.name, kept.bytes)
}

/** What is written when the load's own transaction was rolled back. */
async function endAfter({ program, log }: LoadServices, act: Act, load: StoredLoad, fault: unknown): Promise<void> {
  if (fault instanceof LoadEnded) return end(program, act, load, fault.end.state, fault.end.report, fault.end.record)
  if (fault instanceof LoadStopped) return end(program, act, load, 'stopped', null)
  if (fault instanceof Refusal) return end(program, act, load, 'refused', { reasons: fault.reasons })
  log(`The load ${load.id} met a fault and is tried again: ${String(fault)}`)
}

async function end(
  program: Database,
  act: Act,
  load: StoredLoad,
  state: LoadState,
  report: object | null,
  record: LoadEnd['record'] = 'dropped',
): Promise<void> {
  const key = { areaId: load.area_id, id: load.id }
  await inTransaction(program, act.viewer, trx => setEnd(trx, act, key, state, report, record))
}

async function setEnd(
  trx: Trx,
  act: Act,
  key: RecordKey,
  state: LoadState,
  report: object | null,
  recordState: LoadEnd['record'],
): Promise<void> {
  await endLoad(trx, key, state, report)
  const record = await findRecord(trx, key)
  if (record === null || record.state === recordState) return
  await changeRecord(trx, act, key, null, { state: recordState }, { kind: recordState, details: { load: state } })
}
