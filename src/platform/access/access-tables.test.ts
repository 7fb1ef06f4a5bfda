import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { getMigrations } from 'better-auth/db/migration'
import { sql } from 'kysely'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { authenticationOptions } from './authentication-options.ts'

let database: TestDatabase
before(async () => {
  database = await testDatabase()
})
after(() => database.close())

describe('migrations/0002-access.sql', () => {
  it('makes all that better-auth asks for', async () => {
    const settings = { baseUrl: 'http://localhost:3000', sessionSecret: 'x'.repeat(32), demo: false }
    const { toBeCreated, toBeAdded } = await getMigrations({
      ...authenticationOptions(settings),
      database: { db: database.program, type: 'postgres', schemaName: 'auth' },
    })
    assert.deepEqual([...toBeCreated, ...toBeAdded], [])
    const elsewhere = await getMigrations({
      ...authenticationOptions(settings),
      database: { db: database.program, type: 'postgres', schemaName: 'published' },
    })
    assert.ok(elsewhere.toBeCreated.length >= 6, 'the comparison reads the database')
  })

  it('keeps the public login out of users, sessions and seats', async () => {
    const { rows } = await sql<{ name: string }>`select schemaname || '.' || tablename as name from pg_tables
      where schemaname = 'auth' or (schemaname = 'workspace' and tablename = 'seat')`.execute(database.program)
    assert.ok(rows.length >= 10)
    for (const { name } of rows) {
      await assert.rejects(sql`select 1 from ${sql.table(name)}`.execute(database.public), /permission denied/, name)
      await sql`select 1 from ${sql.table(name)}`.execute(database.program)
    }
  })
})
