import { mkdir, realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import pg from 'pg'
import { Fault } from '../fault.ts'
import {
  changePort,
  createCluster,
  isAlive,
  readAccess,
  type RunningServer,
  runningServer,
  type ServerAccess,
} from './cluster.ts'
import { launchServer } from './launch.ts'
import { prepareServer } from './logins.ts'

/** Addresses of a database, one for each login. */
export interface DatabaseUrls {
  owner: string
  program: string
  public: string
}

/** This process's use of the embedded server of a data directory. */
export interface EmbeddedServer {
  urls: DatabaseUrls
  /** Address of the superuser on the maintenance database, for tests and for making databases. */
  superuserUrl: string
  /** Whether this call made the cluster, so that the database is new. */
  created: boolean
  /** Addresses of the three logins on another database of the same server. */
  urlsOf(database: string): DatabaseUrls
  /** Claims to be the one process that serves pages from this directory; false if another does. */
  claimServing(): Promise<boolean>
  /** Ends this process's use; the server is stopped if nobody else uses it. */
  leave(): Promise<void>
}

/**
 * Advisory locks on the maintenance database: every process that uses the server holds the first one shared, so that
 * whoever can take it alone is the last; the process that serves pages holds the second. PostgreSQL lets go of both
 * when a process dies, however it dies.
 */
const lock = { usedBySomeone: 780_001, serving: 780_002 } as const

function url(login: string, password: string, port: number, database: string): string {
  return `postgres://${login}:${password}@127.0.0.1:${port}/${database}`
}

function urlsFor(access: ServerAccess, port: number, database: string): DatabaseUrls {
  return {
    owner: url('peelian_owner', access.ownerPassword, port, database),
    program: url('peelian_program', access.programPassword, port, database),
    public: url('peelian_public', access.publicPassword, port, database),
  }
}

const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))

/** A connection of the superuser that stands for this process's use of the server. */
async function takePart(address: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: address, application_name: 'peelian presence' })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('select pg_advisory_lock_shared($1)', [lock.usedBySomeone])
  return client
}

/** Brings a server up on the directory, by adopting the one that lives there or by starting one. */
async function serverOn(dataDirectory: string, unsafeButFast: boolean): Promise<RunningServer | undefined> {
  const running = await runningServer(dataDirectory)
  if (running) return running
  const access = await readAccess(dataDirectory)
  if (!access) return undefined
  const launch = await launchServer(dataDirectory, access, { unsafeButFast })
  if (launch.outcome === 'port taken') await changePort(dataDirectory, access)
  return runningServer(dataDirectory)
}

interface Joined {
  client: pg.Client
  access: ServerAccess
  running: RunningServer
}

const longestWait = 120_000

/** Starts or adopts until a connection stands; a server that is just starting, recovering or stopping is waited for. */
async function joinServer(dataDirectory: string, unsafeButFast: boolean): Promise<Joined> {
  const until = Date.now() + longestWait
  for (;;) {
    const running = await serverOn(dataDirectory, unsafeButFast)
    const access = await readAccess(dataDirectory)
    if (running?.ready && access) {
      try {
        const client = await takePart(url('postgres', access.superuserPassword, running.port, 'postgres'))
        return { client, access, running }
      } catch (fault) {
        if (Date.now() > until || isPermanent(fault)) throw joinFault(dataDirectory, fault)
      }
    }
    if (Date.now() > until) throw joinFault(dataDirectory, undefined)
    await pause(20)
  }
}

/** 28P01: the password is not the server's, so the folder's parts do not belong together. */
function isPermanent(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === '28P01'
}

function joinFault(dataDirectory: string, fault: unknown): Fault {
  const reason = fault instanceof Error ? ` (${fault.message})` : ''
  return new Fault(
    `The database in ${dataDirectory} does not answer${reason}. ` +
      `What it said last is in ${dataDirectory}/database/server.log.`,
  )
}

/**
 * Makes the data directory if it is not there.
 *
 * @returns its path without symbolic links
 * @throws Fault if it cannot be made
 */
export async function prepareDataDirectory(dataDirectory: string): Promise<string> {
  try {
    await mkdir(dirname(dataDirectory), { recursive: true })
    await mkdir(dataDirectory, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    return await realpath(dataDirectory)
  } catch {
    throw new Fault(`The folder ${dataDirectory} cannot be made. Set DATA_DIR to a folder of your own.`)
  }
}

/** Asks the server to stop at once but in good order (open transactions are rolled back), and waits until it has. */
async function stopServer(running: RunningServer): Promise<void> {
  try {
    process.kill(running.pid, 'SIGINT')
  } catch {
    return
  }
  for (let waited = 0; isAlive(running.pid) && waited < longestWait; waited += 10) await pause(10)
}

/**
 * Uses the embedded server of a data directory: makes it if there is none, adopts one that lives (left by a killed
 * process, or at work for another), starts it otherwise.
 *
 * @param options.unsafeButFast for tests only: commits do not wait for the disk
 * @throws Fault with a sentence that says why it cannot
 */
export async function joinEmbeddedServer(
  dataDirectory: string,
  options: { unsafeButFast?: boolean } = {},
): Promise<EmbeddedServer> {
  const directory = await prepareDataDirectory(dataDirectory)
  const created = (await readAccess(directory)) === undefined
  if (created) await createCluster(directory)
  const { client, access, running } = await joinServer(directory, options.unsafeButFast === true)
  await prepareServer(client, access)
  const end = () => leave(client, running)
  joined.add(end)
  return {
    urls: urlsFor(access, running.port, 'peelian'),
    superuserUrl: url('postgres', access.superuserPassword, running.port, 'postgres'),
    created,
    urlsOf: database => urlsFor(access, running.port, database),
    claimServing: () => claim(client),
    async leave() {
      if (joined.delete(end)) await end()
    },
  }
}

/** What this process has yet to leave. */
const joined = new Set<() => Promise<void>>()

/** Leaves every server this process uses, for a process that ends before its work is done. */
export async function leaveEmbeddedServers(): Promise<void> {
  const ends = [...joined]
  joined.clear()
  await Promise.all(ends.map(end => end()))
}

/** A process just killed may hold its claim a moment longer, until the server has seen its connection end. */
async function claim(client: pg.Client): Promise<boolean> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [lock.serving])
    if (rows[0]?.taken) return true
    await pause(100)
  }
  return false
}

async function leave(client: pg.Client, running: RunningServer): Promise<void> {
  const alone = await client
    .query<{ alone: boolean }>('select pg_advisory_unlock_shared($1) and pg_try_advisory_lock($1) as alone', [
      lock.usedBySomeone,
    ])
    .then(
      ({ rows }) => rows[0]?.alone === true,
      () => false,
    )
  if (alone) await stopServer(running)
  await client.end().catch(() => undefined)
}
