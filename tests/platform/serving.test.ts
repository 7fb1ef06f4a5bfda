import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { z } from 'zod'
import { clusterPaths, isAlive, runningServer } from '../../src/platform/database/cluster.ts'
import { joinEmbeddedServer } from '../../src/platform/database/server.ts'

const program = join(import.meta.dirname, 'serving-program.ts')
const directories: string[] = []
const children: ChildProcess[] = []

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'peelian-serving-'))
  directories.push(directory)
  return directory
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  assert.ok(address && typeof address === 'object')
  return address.port
}

interface Started {
  child: ChildProcess
  address: string
  said: () => string
  ended: Promise<number | null>
}

/** Starts the program and waits until it serves or has ended. */
async function start(directory: string, port: number, settings: Record<string, string> = {}): Promise<Started> {
  const env = { PATH: process.env['PATH'], DATA_DIR: directory, PORT: String(port), ...settings }
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  let said = ''
  child.stderr.on('data', chunk => (said += String(chunk)))
  const ended = new Promise<number | null>(resolve => child.once('close', code => resolve(code)))
  const ready = new Promise<void>(resolve => {
    let printed = ''
    child.stdout.on('data', chunk => {
      printed += String(chunk)
      if (printed.includes('ready')) resolve()
    })
  })
  await Promise.race([ready, ended])
  return { child, address: `http://127.0.0.1:${port}`, said: () => said, ended }
}

async function areas({ address }: Started): Promise<{ areas: number[]; demo: boolean }> {
  const response = await fetch(`${address}/areas`)
  return z.object({ areas: z.array(z.number()), demo: z.boolean() }).parse(await response.json())
}

async function stop(started: Started): Promise<number | null> {
  started.child.kill('SIGTERM')
  return started.ended
}

async function killHard(started: Started): Promise<void> {
  started.child.kill('SIGKILL')
  await started.ended
}

describe('serving from a data directory', () => {
  after(async () => {
    for (const child of children) child.kill('SIGKILL')
    for (const directory of directories) {
      const left = await runningServer(directory).catch(() => undefined)
      if (left) process.kill(left.pid, 'SIGQUIT')
      await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    }
  })

  it('adopts the server of a killed process, with everything that was acknowledged', async () => {
    const directory = await newDirectory()
    const port = await freePort()
    const first = await start(directory, port)
    const acknowledged = await fetch(`${first.address}/areas/7`, { method: 'POST' })
    assert.equal(await acknowledged.text(), 'committed')
    const server = await runningServer(directory)
    await killHard(first)
    assert.ok(server && isAlive(server.pid), 'the database outlives the process')

    const second = await start(directory, port)
    assert.equal((await runningServer(directory))?.pid, server.pid)
    assert.deepEqual(await areas(second), { areas: [7, 900], demo: true })
    assert.equal(await stop(second), 0)
    assert.equal(isAlive(server.pid), false, 'whoever ends last stops the database')
  })

  it('recovers from a database that was killed too', async () => {
    const directory = await newDirectory()
    const port = await freePort()
    const first = await start(directory, port)
    await fetch(`${first.address}/areas/8`, { method: 'POST' })
    const server = await runningServer(directory)
    await killHard(first)
    assert.ok(server)
    process.kill(server.pid, 'SIGKILL')
    const second = await start(directory, port)
    assert.deepEqual((await areas(second)).areas, [8, 900])
    assert.equal(await stop(second), 0)
  })

  it('is not held up by a lock file whose process number belongs to another program now', async () => {
    const directory = await newDirectory()
    const port = await freePort()
    assert.equal(await stop(await start(directory, port)), 0)
    const { files } = clusterPaths(directory)
    await writeFile(join(files, 'postmaster.pid'), `${process.pid}\n${files}\n1\n5432\n\n127.0.0.1\n1 1\nready\n`)
    const second = await start(directory, port)
    assert.deepEqual((await areas(second)).areas, [900])
    assert.equal(await stop(second), 0)
  })

  it('refuses a second start on the same directory, saying where the first one is', async () => {
    const directory = await newDirectory()
    const port = await freePort()
    const first = await start(directory, port)
    const second = await start(directory, await freePort())
    assert.equal(await second.ended, 1)
    assert.match(
      second.said(),
      new RegExp(`already running on .*, at http://localhost:${port} \\(process ${first.child.pid}\\)`),
    )
    assert.equal((await areas(first)).demo, true, 'the first one goes on')
    assert.equal(await stop(first), 0)
  })

  it('says which setting to change when the port is taken', async () => {
    const port = await freePort()
    const other = createServer().listen(port, '127.0.0.1')
    await once(other, 'listening')
    const started = await start(await newDirectory(), port)
    other.close()
    assert.equal(await started.ended, 1)
    assert.match(started.said(), new RegExp(`Port ${port} is taken by another program\\. Set PORT to a free one`))
  })

  it('lets commands work beside it, and goes on when they end', async () => {
    const directory = await newDirectory()
    const serving = await start(directory, await freePort())
    const command = await joinEmbeddedServer(directory)
    assert.equal(command.created, false)
    await command.leave()
    assert.deepEqual((await areas(serving)).areas, [900])
    assert.equal(await stop(serving), 0)
    assert.equal(await runningServer(directory), undefined)
  })

  it('leaves the database to a process that joined while it ran', async () => {
    const directory = await newDirectory()
    const command = await joinEmbeddedServer(directory)
    const serving = await start(directory, await freePort(), { DEMO: '0' })
    await command.leave()
    assert.deepEqual(await areas(serving), { areas: [], demo: false })
    assert.equal(await stop(serving), 0)
  })

  it('is a demonstration only on the loopback, or when asked', async () => {
    const directory = await newDirectory()
    const port = await freePort()
    const loopback = await start(directory, port)
    assert.equal((await areas(loopback)).demo, true)
    await stop(loopback)
    const open = await start(directory, port, { HOST: '0.0.0.0' })
    assert.equal((await areas(open)).demo, false)
    await stop(open)
    const asked = await start(directory, port, { HOST: '0.0.0.0', DEMO: '1' })
    assert.equal((await areas(asked)).demo, true)
    await stop(asked)
  })

  it('keeps its secrets from other accounts', async () => {
    const directory = await newDirectory()
    await stop(await start(directory, await freePort()))
    for (const file of [join(directory, 'session-secret'), clusterPaths(directory).access]) {
      assert.equal((await stat(file)).mode & 0o777, 0o600, file)
    }
    assert.ok((await readFile(join(directory, 'session-secret'), 'utf8')).length >= 32)
    assert.equal(existsSync(join(directory, 'samples-due')), false)
  })
})
