import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { databaseAccount, invocation } from '../../src/platform/database/account.ts'
import { readAccess } from '../../src/platform/database/cluster.ts'
import { joinEmbeddedServer } from '../../src/platform/database/server.ts'
import { startSentence } from '../../src/platform/database/start-faults.ts'
import { Fault } from '../../src/platform/fault.ts'

const directories: string[] = []

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'peelian-server-'))
  directories.push(directory)
  return directory
}

after(async () => {
  for (const directory of directories) await rm(directory, { recursive: true, force: true })
})

describe('joinEmbeddedServer', () => {
  it('makes one cluster when several start at once', async () => {
    const directory = await newDirectory()
    const joined = await Promise.all([1, 2, 3].map(() => joinEmbeddedServer(directory, { unsafeButFast: true })))
    assert.equal(new Set(joined.map(({ urls }) => urls.program)).size, 1)
    for (const server of joined) await server.leave()
  })

  it('takes another port, and keeps it, when something else has its own', async () => {
    const directory = await newDirectory()
    await (await joinEmbeddedServer(directory, { unsafeButFast: true })).leave()
    const before = await readAccess(directory)
    assert.ok(before)
    const other = createServer().listen(before.port, '127.0.0.1')
    await once(other, 'listening')
    const server = await joinEmbeddedServer(directory, { unsafeButFast: true })
    other.close()
    assert.notEqual((await readAccess(directory))?.port, before.port)
    await server.leave()
  })

  it('works below a folder that other accounts may not pass', async () => {
    const closed = await newDirectory()
    await chmod(closed, 0o700)
    const server = await joinEmbeddedServer(join(closed, 'inside', 'data'), { unsafeButFast: true })
    assert.equal(server.created, true)
    await server.leave()
  })

  it('can be reached by its own programs there', async () => {
    const closed = await newDirectory()
    const program = join(closed, 'program')
    await writeFile(program, '#!/bin/sh\nid -u\n', { mode: 0o755 })
    await chmod(closed, 0o700)
    const account = await databaseAccount()
    // Like initdb, `test -x` asks with access(), which goes by other rules than running does.
    const { file, args, options } = await invocation(
      account,
      '/bin/sh',
      ['-c', `test -x ${program} && ${program}`],
      [closed],
    )
    const { stdout } = await promisify(execFile)(file, args, options)
    assert.equal(Number(stdout), account?.uid ?? process.getuid?.())
  })

  it('says what to set when the data directory cannot be made', async () => {
    const file = join(await newDirectory(), 'file')
    await writeFile(file, '')
    await assert.rejects(joinEmbeddedServer(join(file, 'data')), (fault: unknown) => {
      return fault instanceof Fault && /cannot be made\. Set DATA_DIR/.test(fault.message)
    })
  })
})

describe('startSentence', () => {
  const cases: [log: string, sentence: RegExp][] = [
    ['FATAL:  could not write lock file "postmaster.pid": No space left on device', /disk that holds \/data is full/],
    ['FATAL:  data directory "/data/cluster" has wrong ownership', /belongs to another account/],
    ['initdb: error: could not access directory "/data": Permission denied', /belongs to another account/],
    ['FATAL:  database files are incompatible with server', /another version of PostgreSQL.*npx peelian backup/s],
    ['2026-11-21 LOG: x\n2026-11-21 FATAL:  could not map memory', /did not start on \/data: could not map memory\.$/],
    ['', /it gave no reason/],
  ]
  for (const [log, sentence] of cases)
    it(`puts "${log}" into words`, () => assert.match(startSentence(log, '/data'), sentence))
})
