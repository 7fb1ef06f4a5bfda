import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { sql } from 'kysely'
import { compare, migrate, pendingMigrations, readMigrations } from './migrate.ts'
import { joinEmbeddedServer } from './server.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

describe('migrate', () => {
  let database: TestDatabase
  let directory: string
  before(async () => {
    database = await testDatabase()
    // A database of its own for steps that are not the project's.
    await sql`drop table public.migration`.execute(database.owner)
  })
  after(() => database.close())
  beforeEach(async t => {
    directory = await mkdtemp(join(tmpdir(), 'peelian-migrations-'))
    await sql`drop table if exists public.migration, workspace.first, workspace.second`.execute(database.owner)
    if ('after' in t) t.after(() => rm(directory, { recursive: true }))
    await write('0001-first.sql', 'create table first (id int); insert into first values (1);')
  })

  const write = (name: string, text: string) => writeFile(join(directory, name), text)
  const run = () => migrate(database.urls.owner, directory)
  const tables = async () => {
    const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables
      where schemaname = 'workspace' and tablename in ('first', 'second') order by 1`.execute(database.owner)
    return rows.map(({ name }) => name)
  }

  it('applies each step once, in the schema of the workspace', async () => {
    assert.deepEqual(await run(), ['0001-first.sql'])
    assert.deepEqual(await run(), [])
    await write('0002-second.sql', 'create table second (id int)')
    assert.deepEqual(await run(), ['0002-second.sql'])
    assert.deepEqual(await tables(), ['first', 'second'])
  })

  it('is safe when several start at once', async () => {
    const applied = await Promise.all([run(), run(), run()])
    assert.deepEqual(applied.flat(), ['0001-first.sql'])
  })

  it('applies a step whole or not at all, and none after it', async () => {
    await write('0002-second.sql', 'create table second (id int); select 1/0;')
    await write('0003-third.sql', 'create table third (id int)')
    await assert.rejects(run(), /0002-second\.sql could not be applied, and nothing of it was: division by zero/)
    assert.deepEqual(await tables(), ['first'])
    assert.deepEqual(await pendingMigrations(database.urls.owner, directory), ['0002-second.sql', '0003-third.sql'])
  })

  it('refuses a step that was changed after it was applied', async () => {
    await run()
    await write('0001-first.sql', 'create table first (id bigint);')
    await assert.rejects(run(), /0001-first\.sql has been changed since it was applied/)
  })

  it('refuses a database of a later version', async () => {
    await run()
    await rm(join(directory, '0001-first.sql'))
    await assert.rejects(run(), /0001-first\.sql, which this version of Peelian does not know/)
  })

  it('lets the program see what is pending', async () => {
    await run()
    await write('0002-second.sql', 'create table second (id int)')
    assert.deepEqual(await pendingMigrations(database.urls.program, directory), ['0002-second.sql'])
  })

  it('refuses names out of pattern and numbers used twice', async () => {
    await write('0001-again.sql', '')
    await assert.rejects(readMigrations(directory), /Two migrations have the number 0001/)
    await rm(join(directory, '0001-again.sql'))
    await write('2-second.sql', '')
    await assert.rejects(readMigrations(directory), /must be named like/)
  })

  it('reads the project’s own steps', async () => {
    const migrations = await readMigrations()
    assert.ok(migrations.length > 0)
    assert.deepEqual(compare(migrations, migrations), [])
  })
})

describe('migrate with DATA_DIR', () => {
  it('twice on a new directory changes nothing the second time', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'peelian-migrate-'))
    const server = await joinEmbeddedServer(directory, { unsafeButFast: true })
    try {
      const all = (await readMigrations()).map(({ name }) => name)
      assert.deepEqual(await migrate(server.urls.owner), all)
      assert.deepEqual(await migrate(server.urls.owner), [])
    } finally {
      await server.leave()
      await rm(directory, { recursive: true, force: true })
    }
  })
})
