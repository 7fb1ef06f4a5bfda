import { sql } from 'kysely'
import type { ClientBase } from 'pg'
import { type ConstructorOptions, fromKysely, type Job, PgBoss } from 'pg-boss'
import type { Trx } from './database/tables.ts'

/**
 * Work that happens after a transaction, exactly if it commits: mail, feeds, reminders, what the public has sent.
 * This file is the only door to pg-boss, whose tables lie in the schema `jobs`.
 */
const schema = 'jobs'

export type JobData = Readonly<Record<string, unknown>>

export interface EnqueueOptions {
  /** Not before this moment. */
  startAfter?: Temporal.Instant
  /** Of several jobs of one name that wait with the same key, one is kept, with the data last given. */
  singletonKey?: string
}

export type JobHandler = (data: JobData) => Promise<void>

const handlers = new Map<string, JobHandler>()

/** Says who does a kind of job; the name is `<module>.<what>`. Called again, it replaces the handler. */
export function registerJob(name: string, handler: JobHandler): void {
  handlers.set(name, handler)
}

/** Without its own timers, and without the right to change its tables: those belong to the owner. */
const plain: ConstructorOptions = { schema, migrate: false, createSchema: false, supervise: false, schedule: false }

const senders = new WeakMap<Trx, Promise<PgBoss>>()

/** A pg-boss that does all its work on the transaction's handle. It is stopped at once, which ends its timers only. */
async function openSender(trx: Trx): Promise<PgBoss> {
  const boss = new PgBoss({ ...plain, db: fromKysely(trx) })
  await boss.start()
  await boss.stop({ graceful: false })
  return boss
}

/**
 * Puts a job into the caller's transaction: it exists if that commits, and not otherwise.
 *
 * @param name a job that was registered
 * @param data as JSON holds it
 * @throws if no handler is registered under that name
 */
export async function enqueue(trx: Trx, name: string, data: JobData, options: EnqueueOptions = {}): Promise<void> {
  if (!handlers.has(name)) throw new Error(`No handler is registered for the job ${name}`)
  let sender = senders.get(trx)
  if (!sender) senders.set(trx, (sender = openSender(trx)))
  const boss = await sender
  if (!(await boss.getQueue(name))) {
    // Not boss.createQueue(): that begins and commits a transaction of its own.
    await sql`select jobs.create_queue(${name}, ${JSON.stringify({ policy: 'standard' })}::jsonb)`.execute(trx)
  }
  const when = options.startAfter ? { startAfter: options.startAfter.toString() } : {}
  if (options.singletonKey === undefined) await boss.send(name, data, when)
  else await boss.upsert(name, data, { ...when, singletonKey: options.singletonKey })
}

/** Makes pg-boss run on a client of `pg`; its commands may hold several statements, which take no parameters. */
function onClient(client: ClientBase): NonNullable<ConstructorOptions['db']> {
  return {
    async executeSql(text, values) {
      const result = values && values.length > 0 ? await client.query(text, values) : await client.query(text)
      // Several statements in one text give an array of results.
      return Array.isArray(result) ? { rows: [] } : result
    },
  }
}

/**
 * Makes or updates the tables of the jobs, and lets the program's login use them.
 *
 * @param client the owner of the database
 */
export async function installJobs(client: ClientBase): Promise<void> {
  const boss = new PgBoss({ ...plain, migrate: true, createSchema: true, db: onClient(client) })
  await boss.start()
  await boss.stop({ graceful: false })
  await client.query(`
    grant usage on schema ${schema} to peelian_program;
    grant select, insert, update, delete on all tables in schema ${schema} to peelian_program;
    grant usage, select on all sequences in schema ${schema} to peelian_program;
    grant execute on all functions in schema ${schema} to peelian_program`)
}

export interface JobsSettings {
  /** The program's login. */
  url: string
  /** Told of what went wrong: the job's name, or null for the machinery itself. */
  onFailure: (job: string | null, fault: unknown) => void
}

/** Jobs being worked on in this process. */
export interface RunningJobs {
  /** Takes no more, and waits up to 10 seconds for those in hand; a job cut short is tried again later. */
  stop(): Promise<void>
}

/** Jobs taken at one look; pg-boss would take one every two seconds. */
const batchSize = 50

/** Works a batch through, each job by itself: one that fails is tried again later, and does not take others along. */
async function workThrough(jobs: Job<JobData>[], settings: JobsSettings) {
  const results: { id: string; status: 'completed' | 'failed'; output?: object }[] = []
  for (const job of jobs) {
    try {
      await handlers.get(job.name)?.(job.data)
      results.push({ id: job.id, status: 'completed' })
    } catch (fault) {
      settings.onFailure(job.name, fault)
      results.push({ id: job.id, status: 'failed', output: { message: String(fault) } })
    }
  }
  return results
}

/** Begins to work on the jobs that are registered. */
export async function startJobs(settings: JobsSettings): Promise<RunningJobs> {
  const boss = new PgBoss({
    ...plain,
    connectionString: settings.url,
    application_name: 'peelian jobs',
    max: 4,
    supervise: true,
    reindex: false,
  })
  boss.on('error', fault => settings.onFailure(null, fault))
  await boss.start()
  for (const name of handlers.keys()) {
    await boss.createQueue(name)
    const options = { batchSize, perJobResults: true, pollingIntervalSeconds: 1 } as const
    await boss.work<JobData, unknown, typeof options>(name, options, jobs => workThrough(jobs, settings))
  }
  return { stop: () => boss.stop({ graceful: true, timeout: 10_000 }) }
}
