import { spawn } from 'node:child_process'
import { open, readFile, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Fault } from '../fault.ts'
import { databaseAccount, invocation } from './account.ts'
import { binaries, clusterPaths, runningServer, type ServerAccess } from './cluster.ts'
import { folderFault, startSentence } from './start-faults.ts'

/** How the server is run: small, on the loopback only, every commit on the disk. */
function serverSettings(port: number, options: { unsafeButFast: boolean }): string[] {
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '80',
    shared_buffers: '48MB',
    wal_level: 'minimal',
    max_wal_senders: '0',
    log_min_messages: 'warning',
    log_timezone: 'UTC',
    timezone: 'UTC',
    jit: 'off',
    cluster_name: 'peelian',
    ...(options.unsafeButFast ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

export type Launch = { outcome: 'ready' } | { outcome: 'port taken' } | { outcome: 'another was quicker' }

/** The log is begun anew past this size, so that it cannot fill a disk. */
const longestLog = 10_000_000

/**
 * Starts PostgreSQL on a data directory as a process of its own, which outlives this one.
 *
 * @param options.unsafeButFast for tests only: commits do not wait for the disk
 * @throws Fault with a sentence if it cannot start
 */
export async function launchServer(
  dataDirectory: string,
  access: ServerAccess,
  options: { unsafeButFast: boolean },
): Promise<Launch> {
  const paths = clusterPaths(await realpath(dataDirectory))
  const account = await databaseAccount()
  const { postgres } = await binaries()
  const args = ['-D', paths.files, ...serverSettings(access.port, options)]
  const call = await invocation(account, postgres, args, [dirname(postgres), paths.home])
  const size = await stat(paths.log).then(
    found => found.size,
    () => 0,
  )
  const log = await open(paths.log, size > longestLog ? 'w' : 'a', 0o600).catch((fault: unknown) => {
    throw folderFault(paths.home, fault)
  })
  try {
    const child = spawn(call.file, call.args, { ...call.options, detached: true, stdio: ['ignore', log.fd, log.fd] })
    child.unref()
    return await readiness(child, dataDirectory, async () => (await readFile(paths.log, 'utf8')).slice(size))
  } finally {
    await log.close()
  }
}

/** Waits until a started server takes connections, or has ended. */
async function readiness(
  child: ReturnType<typeof spawn>,
  dataDirectory: string,
  newLog: () => Promise<string>,
): Promise<Launch> {
  let ended: Error | true | undefined
  child.once('error', fault => (ended = fault))
  child.once('exit', () => (ended = true))
  for (;;) {
    if (ended !== undefined) {
      const said = ended === true ? await newLog() : `FATAL: ${ended.message}`
      if (/lock file .* already exists/.test(said)) return { outcome: 'another was quicker' }
      if (/could not bind|Address already in use/.test(said)) return { outcome: 'port taken' }
      throw new Fault(startSentence(said, dataDirectory))
    }
    const running = await runningServer(dataDirectory)
    if (running?.ready && running.pid === child.pid) return { outcome: 'ready' }
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}
