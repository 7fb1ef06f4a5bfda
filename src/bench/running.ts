import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { environmentOfChild } from '../platform/configuration.ts'

const launcher = join(import.meta.dirname, '../../bin/peelian.mjs')

/** A server in a process of its own, with the milliseconds it took until it answered. */
export interface RunningProcess {
  baseUrl: string
  startedIn: number
  child: ChildProcess
  stop(): Promise<void>
}

/** Peelian as `npm start` runs it, on a data directory. */
export async function runPeelian(dataDirectory: string): Promise<RunningProcess> {
  const port = await freePort()
  const env = { DATA_DIR: dataDirectory, PORT: String(port) }
  return run([launcher, 'serve'], env, port, '/ready')
}

/** A script that serves at `/` on the port it is given as its last word. */
export async function runScript(script: string, ...words: readonly string[]): Promise<RunningProcess> {
  const port = await freePort()
  return run([script, ...words, String(port)], {}, port, '/')
}

async function run(
  words: readonly string[],
  env: Record<string, string>,
  port: number,
  path: string,
): Promise<RunningProcess> {
  const baseUrl = `http://127.0.0.1:${String(port)}`
  const from = performance.now()
  const child = spawn(process.execPath, [...words], { env: environmentOfChild(env), stdio: 'ignore' })
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended before it was ready: ${words.join(' ')}`)
    const answer = await fetch(baseUrl + path).catch(() => null)
    if (answer?.ok === true) break
    await wait(20)
  }
  const startedIn = performance.now() - from
  return {
    baseUrl,
    startedIn,
    child,
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
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
