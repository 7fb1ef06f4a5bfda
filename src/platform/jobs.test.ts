import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { type TestDatabase, testDatabase } from './database/testing.ts'
import { inTransaction } from './database/transaction.ts'
import { enqueue, type JobData, registerJob, type RunningJobs, startJobs } from './jobs.ts'

/** Waits until something holds; the test's own time limit ends a wait that is in vain. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(resolve => setTimeout(resolve, 50))
}

describe('jobs', () => {
  let database: TestDatabase
  let jobs: RunningJobs | undefined
  const done: JobData[] = []
  const failures: string[] = []
  before(async () => {
    database = await testDatabase()
    registerJob('test.note', async data => {
      if (data['poison'] === true && !done.some(({ poison }) => poison === 'met')) {
        done.push({ poison: 'met' })
        throw new Error('poisoned')
      }
      done.push(data)
    })
  })
  after(async () => {
    await jobs?.stop()
    await database.close()
  })

  const waiting = async () => {
    const { rows } = await sql<{ data: JobData; start: Temporal.Instant }>`
      select data, start_after as start from jobs.job where name = 'test.note' order by created_on, data::text`.execute(
      database.program,
    )
    return rows
  }
  const put = (...args: [data: JobData, options?: Parameters<typeof enqueue>[3]]) =>
    inTransaction(database.program, null, trx => enqueue(trx, 'test.note', ...args))

  it('exist if the transaction commits, and not otherwise', async () => {
    const refused = inTransaction(database.program, null, async trx => {
      await enqueue(trx, 'test.note', { number: 1 })
      throw new Error('rolled back')
    })
    await assert.rejects(refused, /rolled back/)
    assert.deepEqual(await waiting(), [])
    await inTransaction(database.program, null, async trx => {
      await enqueue(trx, 'test.note', { number: 2 })
      await enqueue(trx, 'test.note', { number: 3 })
    })
    assert.deepEqual(
      (await waiting()).map(({ data }) => data),
      [{ number: 2 }, { number: 3 }],
    )
  })

  it('are refused when nobody would do them', async () => {
    const unknown = inTransaction(database.program, null, trx => enqueue(trx, 'test.nobody', {}))
    await assert.rejects(unknown, /No handler is registered/)
  })

  it('wait until their time', async () => {
    const later = Temporal.Instant.from('2099-01-01T00:00:00Z')
    await put({ number: 4 }, { startAfter: later })
    assert.ok((await waiting()).some(({ start }) => start.equals(later)))
  })

  it('of one key are one, with the data last given', async () => {
    const startAfter = Temporal.Instant.from('2099-01-01T00:00:00Z')
    await put({ key: 'first' }, { singletonKey: 'k', startAfter })
    await put({ key: 'second' }, { singletonKey: 'k', startAfter })
    await put({ key: 'other' }, { singletonKey: 'l', startAfter })
    const keyed = (await waiting()).map(({ data }) => data['key']).filter(key => key !== undefined)
    assert.deepEqual(keyed, ['second', 'other'])
  })

  it('are done by a login without the right to create, each by itself', async () => {
    await put({ poison: true })
    await put({ number: 5 })
    const onFailure = (job: string | null, fault: unknown) => failures.push(`${job}: ${String(fault)}`)
    jobs = await startJobs({ url: database.urls.program, onFailure })
    await until(() => [2, 3, 5].every(number => done.some(data => data['number'] === number)))
    assert.deepEqual(failures, ['test.note: Error: poisoned'])
    const { rows } = await sql<{ state: string }>`select state from jobs.job where data ->> 'poison' = 'true'`.execute(
      database.program,
    )
    assert.equal(rows[0]?.state, 'retry', 'the failed one is tried again, the others are not held up')
    await assert.rejects(sql`create table jobs.mine (id int)`.execute(database.program), /permission denied/)
  })
})
