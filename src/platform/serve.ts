import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Configuration, isLoopback } from './configuration.ts'
import { readAccess } from './database/cluster.ts'
import { type OpenDatabase, openDatabase } from './database/open.ts'
import { prepareDataDirectory } from './database/server.ts'
import { Fault } from './fault.ts'
import { type RunningJobs, startJobs } from './jobs.ts'
import type { Services } from './services.ts'

/** The part of a web server that serving needs. */
export interface Site {
  listen(where: { port: number; host: string }): Promise<string>
  close(): Promise<unknown>
}

/** What the program is made of, handed in from above: the platform knows neither the sites nor the sample areas. */
export interface Program {
  /** Builds the sites and registers the kinds of jobs. */
  createApp: (services: Services) => Promise<Site>
  /** Fills a new database with the sample areas. */
  loadSamples: (services: Services) => Promise<void>
  /** Lines that say who can sign in. */
  whoCanSignIn: (services: Services) => Promise<string[]>
}

export interface Serving {
  /** Ends in good order: no new requests, those in hand answered, jobs put back, the embedded server stopped. */
  stop(): Promise<void>
}

interface Files {
  secret: string
  /** There while the data directory is a demonstration: it was made by this program for the sample areas. */
  demonstration: string
  /** There until the sample areas are loaded. */
  samplesDue: string
  /** Who serves from this directory, for the sentence of a second start. */
  serving: string
}

function filesIn(directory: string): Files {
  return {
    secret: join(directory, 'session-secret'),
    demonstration: join(directory, 'demonstration'),
    samplesDue: join(directory, 'samples-due'),
    serving: join(directory, 'serving.json'),
  }
}

/** The secret kept in the data directory, made if it is not there. */
async function keptSecret(file: string): Promise<string> {
  const made = randomBytes(32).toString('base64url')
  try {
    // Fails if the file is there: of two starts at once, one writes.
    await writeFile(file, made, { mode: 0o600, flag: 'wx' })
    return made
  } catch {
    return (await readFile(file, 'utf8')).trim()
  }
}

/** Who serves from a data directory. */
const servingForm = z.object({ pid: z.number().optional(), address: z.string().optional() })

async function refuseSecondServer(configuration: Configuration, database: OpenDatabase): Promise<void> {
  if (!database.embedded || (await database.embedded.claimServing())) return
  const other = await readFile(filesIn(configuration.dataDirectory).serving, 'utf8').catch(() => '{}')
  const { pid, address } = servingForm.parse(JSON.parse(other))
  throw new Fault(
    `Peelian is already running on ${configuration.dataDirectory}` +
      (address === undefined ? '. ' : `, at ${address} (process ${pid}). `) +
      'Use that one, stop it first, or set DATA_DIR to another folder.',
  )
}

/**
 * Whether this start is a demonstration: asked for, or on the loopback with a data directory that this program made
 * for the sample areas.
 */
function isDemonstration(configuration: Configuration, madeForSamples: boolean): boolean {
  if (configuration.demo !== 'if it is a new sample') return configuration.demo === 'asked for'
  return madeForSamples && isLoopback(configuration.host)
}

/**
 * Notes, before there is a database, that it is going to be one for the sample areas: whatever moment this or a later
 * start is killed at, the next one knows that loading them is still due.
 */
async function noteSamplesDue({ database, dataDirectory, demo }: Configuration): Promise<void> {
  if (database.kind !== 'embedded' || demo === 'refused') return
  await prepareDataDirectory(dataDirectory)
  if (!(await readAccess(dataDirectory))) await writeFile(filesIn(dataDirectory).samplesDue, '')
}

async function openServices(
  configuration: Configuration,
  database: OpenDatabase,
  samplesDue: boolean,
  log: (message: string) => void,
): Promise<Services> {
  const files = filesIn(configuration.dataDirectory)
  await prepareDataDirectory(configuration.dataDirectory)
  return {
    configuration,
    sessionSecret: configuration.sessionSecret ?? (await keptSecret(files.secret)),
    demo: isDemonstration(configuration, samplesDue || existsSync(files.demonstration)),
    program: database.program,
    public: database.public,
    publicRead: database.publicRead,
    now: () => Temporal.Now.instant(),
    log,
  }
}

async function loadSamples(program: Program, services: Services): Promise<void> {
  const { demonstration, samplesDue } = filesIn(services.configuration.dataDirectory)
  services.log('Loading the sample areas. This happens once.')
  await program.loadSamples(services)
  await writeFile(demonstration, '')
  await rm(samplesDue)
}

/** A port that cannot be listened on, as a sentence. */
function listenFault(fault: unknown, { port, host }: Configuration): unknown {
  const code = fault instanceof Error && 'code' in fault ? fault.code : undefined
  if (code === 'EADDRINUSE') {
    return new Fault(`Port ${port} is taken by another program. Set PORT to a free one, for example PORT=${port + 1}.`)
  }
  if (code === 'EACCES') return new Fault(`Port ${port} may not be used by this account. Set PORT to one above 1023.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new Fault(`HOST is "${host}", which is no address of this machine. Set it to 127.0.0.1 or 0.0.0.0.`)
  }
  return fault
}

/** Several things to undo, the last begun first; one that fails does not keep the others. */
class Undoing {
  readonly #steps: (() => Promise<unknown>)[] = []

  add(step: () => Promise<unknown>): void {
    this.#steps.unshift(step)
  }

  async run(): Promise<void> {
    for (let step = this.#steps.shift(); step; step = this.#steps.shift()) await step().catch(() => undefined)
  }
}

/**
 * Starts everything: database, sample areas where they are due, sites, jobs; then listens.
 *
 * @param print shows a line to whoever started the program
 * @throws Fault with a sentence if it cannot; what was begun is ended first
 */
export async function serve(
  configuration: Configuration,
  program: Program,
  print: (line: string) => void,
  log: (message: string) => void,
): Promise<Serving> {
  const undoing = new Undoing()
  try {
    await noteSamplesDue(configuration)
    const database = await openDatabase(configuration)
    undoing.add(() => database.close())
    await refuseSecondServer(configuration, database)
    const due = existsSync(filesIn(configuration.dataDirectory).samplesDue)
    const services = await openServices(configuration, database, due, log)
    // Before the sites are made: they know their areas from the first moment on.
    if (due) await loadSamples(program, services)
    const app = await program.createApp(services)
    undoing.add(() => app.close())
    const jobs = await beginJobs(database, log)
    undoing.add(() => jobs.stop())
    await listen(configuration, database, app, undoing)
    print(`Peelian is at ${configuration.baseUrl}/`)
    for (const line of await program.whoCanSignIn(services)) print(line)
    return { stop: () => undoing.run() }
  } catch (fault) {
    await undoing.run()
    throw fault
  }
}

function beginJobs(database: OpenDatabase, log: (message: string) => void): Promise<RunningJobs> {
  return startJobs({
    url: database.programUrl,
    onFailure: (job, fault) => log(`${job === null ? 'The jobs' : `The job ${job}`} met a fault: ${String(fault)}`),
  })
}

async function listen(
  configuration: Configuration,
  database: OpenDatabase,
  app: Site,
  undoing: Undoing,
): Promise<void> {
  const { port, host, baseUrl } = configuration
  await app.listen({ port, host }).catch((fault: unknown) => {
    throw listenFault(fault, configuration)
  })
  if (!database.embedded) return
  const { serving } = filesIn(configuration.dataDirectory)
  await writeFile(serving, JSON.stringify({ pid: process.pid, address: baseUrl }), { mode: 0o600 })
  undoing.add(() => rm(serving, { force: true }))
}
