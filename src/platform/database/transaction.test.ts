import assert from 'node:assert/strict'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { from as copyFrom } from 'pg-copy-streams'
import { clientOf } from './connect.ts'
import type { Trx } from './tables.ts'
import { type TestDatabase, testDatabase } from './testing.ts'
import { afterCommit, beforeCommit, inTransaction } from './transaction.ts'

describe('inTransaction', () => {
  let database: TestDatabase
  before(async () => {
    database = await testDatabase()
    await sql`create table workspace.scratch (id int primary key)`.execute(database.owner)
  })
  after(() => database.close())

  const insert = (trx: Trx, id: number) => sql`insert into scratch values (${id})`.execute(trx)
  const stored = async () =>
    (await sql<{ id: number }>`select id from scratch order by id`.execute(database.program)).rows.map(({ id }) => id)

  it('commits what is done with its handle, and rolls back what throws', async () => {
    await inTransaction(database.program, null, trx => insert(trx, 1))
    await assert.rejects(
      inTransaction(database.program, null, async trx => {
        await insert(trx, 2)
        throw new Error('on second thoughts')
      }),
      /second thoughts/,
    )
    assert.deepEqual(await stored(), [1])
  })

  it('throws when the outer handle is used inside, by whatever way', async () => {
    const outer: (() => Promise<unknown>)[] = [
      () => sql`select 1`.execute(database.program),
      () => sql`select 1`.execute(database.public),
      () => database.program.transaction().execute(trx => sql`select 1`.execute(trx)),
      () => inTransaction(database.program, null, trx => sql`select 1`.execute(trx)),
    ]
    for (const use of outer) {
      await assert.rejects(inTransaction(database.program, null, use), /outer database handle|inside another/)
    }
    assert.equal((await sql<{ one: number }>`select 1 as one`.execute(database.program)).rows[0]?.one, 1)
  })

  it('does not mistake one caller for another', async () => {
    const pair = Array.from({ length: 20 }, (_, number) =>
      inTransaction(database.program, null, async trx => {
        await sql`select pg_sleep(0.01)`.execute(trx)
        return number
      }),
    )
    const beside = sql`select 1`.execute(database.program)
    assert.deepEqual(
      await Promise.all(pair),
      Array.from({ length: 20 }, (_, number) => number),
    )
    await beside
  })

  it('sets the organisations for itself alone', async () => {
    const setting = sql<{
      value: string | null
    }>`select nullif(current_setting('peelian.organisations', true), '') as value`
    const id = '019363d2-0000-7000-8000-000000000001'
    const other = '019363d2-0000-7000-8000-000000000002'
    const seen = async (scope: Parameters<typeof inTransaction>[1]) =>
      (await inTransaction(database.program, scope, trx => setting.execute(trx))).rows[0]?.value
    assert.equal(await seen({ organisation: { id } }), `{${id}}`)
    assert.equal(await seen([id, other]), `{${id},${other}}`)
    assert.equal(await seen(null), '{}')
    assert.equal((await setting.execute(database.program)).rows[0]?.value, null)
  })

  it('runs what was registered before the commit inside it, and afterwards what waits for it', async () => {
    const order: string[] = []
    await inTransaction(database.program, null, async trx => {
      afterCommit(trx, async () => {
        order.push(`after, ${(await stored()).includes(10) ? 'stored' : 'not stored'}`)
      })
      beforeCommit(trx, async () => {
        order.push('before')
        await insert(trx, 10)
        beforeCommit(trx, () => void order.push('registered while running'))
      })
      order.push('body')
    })
    assert.deepEqual(order, ['body', 'before', 'registered while running', 'after, stored'])
  })

  it('rolls back, and runs nothing afterwards, when work before the commit throws', async () => {
    let ran = false
    const refused = inTransaction(database.program, null, async trx => {
      await insert(trx, 20)
      afterCommit(trx, () => void (ran = true))
      beforeCommit(trx, () => Promise.reject(new Error('the chain is broken')))
    })
    await assert.rejects(refused, /chain is broken/)
    assert.equal(ran, false)
    assert.equal((await stored()).includes(20), false)
  })

  it('registers only on its own handles', async () => {
    await assert.rejects(
      database.program.transaction().execute(async trx => beforeCommit(trx, () => undefined)),
      /not a transaction begun by/,
    )
  })

  it('gives the client of its connection, for COPY in the same transaction', async () => {
    const load = inTransaction(database.program, null, async trx => {
      const client = await clientOf(trx)
      await pipeline(Readable.from(['30\n31\n']), client.query(copyFrom('copy scratch from stdin')))
      const { rows } = await sql<{ n: number }>`select count(*) as n from scratch where id >= 30`.execute(trx)
      assert.equal(rows[0]?.n, 2)
      throw new Error('undone')
    })
    await assert.rejects(load, /undone/)
    assert.equal((await stored()).includes(30), false)
    await assert.rejects(clientOf(database.program), /Only a transaction/)
  })
})
