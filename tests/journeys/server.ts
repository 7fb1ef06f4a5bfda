import { spawn } from 'node:child_process'
import type { ChildProcess, ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { environmentOfChild } from '../../src/platform/configuration.ts'
import { testDatabase } from '../../src/platform/database/testing.ts'

const launcher = join(import.meta.dirname, '../../bin/peelian.mjs')

/** Peelian as somebody runs it: the real launcher, a data directory of its own, the sample areas. */
export interface RunningServer {
  baseUrl: string
  dataDirectory: string
  /** The settings it runs with, for commands beside it. */
  settings: Readonly<Record<string, string>>
  /** Stops it; with 'kill' at once, without a chance to end anything, and the data directory stays. */
  stop(how?: 'kill'): Promise<void>
}

/** Serves from the embedded database in a new data directory, or in one that is there. */
export async function serveEmbedded(dataDirectory?: string): Promise<RunningServer> {
  const directory = dataDirectory ?? (await mkdtemp(join(tmpdir(), 'peelian-journey-')))
  return serve(directory, { DATA_DIR: directory })
}

/** Serves from a PostgreSQL server given by its addresses, after loading one sample area. */
export async function serveGiven(area: string): Promise<RunningServer> {
  const directory = await mkdtemp(join(tmpdir(), 'peelian-journey-'))
  const database = await testDatabase()
  const settings = {
    DATA_DIR: directory,
    DATABASE_URL: database.urls.program,
    DATABASE_PUBLIC_URL: database.urls.public,
    DATABASE_OWNER_URL: database.urls.owner,
    SESSION_SECRET: 'a secret that only this test knows, of fair length',
    DEMO: '1',
  }
  await command(['sample', area], settings)
  const server = await serve(directory, settings)
  return {
    ...server,
    async stop(how) {
      await server.stop(how)
      await database.close()
    },
  }
}

/** Runs a command to its end and gives what it printed; throws if it fails. */
export async function command(words: readonly string[], settings: Readonly<Record<string, string>>): Promise<string> {
  const child = launch(words, settings)
  const output = collect(child)
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`peelian ${words.join(' ')} ended with ${String(code)}:\n${output.text}`)
  return output.text
}

/** Begins a command, and kills it as soon as it has said something of how far it is; fails if it ended before. */
export async function commandKilled(
  words: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const child = launch(words, settings)
  const ended = once(child, 'exit')
  await Promise.race([once(child.stderr, 'data'), ended])
  if (child.exitCode !== null) throw new Error(`peelian ${words.join(' ')} ended before it could be killed`)
  await kill(child)
  await ended
}

function launch(
  words: readonly string[],
  settings: Readonly<Record<string, string>>,
): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [launcher, ...words], {
    env: environmentOfChild(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Kills the program itself, which the launcher runs as its child; the launcher ends with it. */
async function kill({ pid }: ChildProcess): Promise<void> {
  const children = await readFile(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8')
  for (const each of children.trim().split(' ')) process.kill(Number(each), 'SIGKILL')
}

function collect(child: ChildProcess): { text: string } {
  const output = { text: '' }
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      output.text += part
    })
  }
  return output
}

async function serve(dataDirectory: string, settings: Readonly<Record<string, string>>): Promise<RunningServer> {
  const port = await freePort()
  const baseUrl = `http://127.0.0.1:${String(port)}`
  const all = { ...settings, PORT: String(port), BASE_URL: baseUrl }
  const child = launch(['serve'], all)
  const output = collect(child)
  await ready(baseUrl, child, output)
  return { baseUrl, dataDirectory, settings: all, stop: how => stop(child, dataDirectory, how) }
}

async function ready(baseUrl: string, child: ChildProcess, output: { text: string }): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended before it was ready:\n${output.text}`)
    const answer = await fetch(`${baseUrl}/ready`).catch(() => null)
    if (answer?.ok === true) return
    await wait(100)
  }
}

async function stop(child: ChildProcess, dataDirectory: string, how?: 'kill'): Promise<void> {
  const ended = once(child, 'exit')
  if (how === 'kill') await kill(child)
  else child.kill('SIGTERM')
  await ended
  if (how !== 'kill') await rm(dataDirectory, { recursive: true, force: true })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No port was given')
  return address.port
}
