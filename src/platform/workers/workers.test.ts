import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import fastify from 'fastify'
import { createProcesses, createWorkers } from './workers.ts'

describe('createWorkers', () => {
  let directory: string
  let module: string
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'peelian-workers-'))
    const file = join(directory, 'tasks.mjs')
    await writeFile(
      file,
      `export const double = ({ value }) => ({ value: value * 2 })
       export const fail = () => { throw new RangeError('too far') }
       export const die = () => process.exit(3)
       export const abort = () => process.abort()
       export const spinForEver = () => { for (;;); }
       export const spin = flag => { const seen = new Int32Array(flag); Atomics.store(seen, 1, 1)
         while (Atomics.load(seen, 0) === 0); return 'spun' }`,
    )
    module = pathToFileURL(file).href
  })
  after(() => rm(directory, { recursive: true }))

  it('hands values in and out, more tasks than threads', async () => {
    const workers = createWorkers(2)
    const inputs = [1, 2, 3, 4, 5]
    const outputs = await Promise.all(inputs.map(value => workers.run({ module, name: 'double', input: { value } })))
    assert.deepEqual(
      outputs,
      inputs.map(value => ({ value: value * 2 })),
    )
    await workers.close()
  })

  it('passes on what a task throws, and goes on', async () => {
    const workers = createWorkers(1)
    await assert.rejects(workers.run({ module, name: 'fail', input: null }), /too far/)
    await assert.rejects(workers.run({ module, name: 'missing', input: null }), /exports no function missing/)
    assert.deepEqual(await workers.run({ module, name: 'double', input: { value: 4 } }), { value: 8 })
    await workers.close()
  })

  it('outlives a thread that dies', async () => {
    const workers = createWorkers(1)
    await assert.rejects(workers.run({ module, name: 'die', input: null }), /ended before its task/)
    assert.deepEqual(await workers.run({ module, name: 'double', input: { value: 5 } }), { value: 10 })
    await workers.close()
  })

  it('outlives a process that is killed, or that takes too long', async () => {
    const workers = createProcesses(1, 2000)
    assert.deepEqual(await workers.run({ module, name: 'double', input: { value: 6 } }), { value: 12 })
    await assert.rejects(workers.run({ module, name: 'abort', input: null }), /ended before its task/)
    await assert.rejects(workers.run({ module, name: 'fail', input: null }), /too far/)
    await assert.rejects(workers.run({ module, name: 'spinForEver', input: null }), /ended before its task/)
    assert.deepEqual(await workers.run({ module, name: 'double', input: { value: 7 } }), { value: 14 })
    await workers.close()
  })

  it('lets a page be served while a task has the processor to itself', async () => {
    const workers = createWorkers(1)
    const app = fastify()
    app.get('/', () => 'served')
    // The task spins until it is told to end, which happens only after a page has been served.
    const flag = new SharedArrayBuffer(8)
    const spinning = workers.run({ module, name: 'spin', input: flag })
    const seen = new Int32Array(flag)
    while (Atomics.load(seen, 1) === 0) await new Promise(resolve => setTimeout(resolve, 5))
    const page = await app.inject('/')
    assert.equal(page.body, 'served')
    Atomics.store(seen, 0, 1)
    assert.equal(await spinning, 'spun')
    await app.close()
    await workers.close()
  })
})
