import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import type { Database } from '../../src/platform/database/tables.ts'
import { type TestDatabase, testDatabase } from '../../src/platform/database/testing.ts'

describe('the logins of the database', () => {
  let database: TestDatabase
  before(async () => {
    database = await testDatabase()
    await sql`create table workspace.scratch (id int)`.execute(database.owner)
    await sql`insert into workspace.scratch values (1)`.execute(database.owner)
  })
  after(() => database.close())

  const refused = async (handle: Database, statements: readonly string[]) => {
    for (const statement of statements) {
      await assert.rejects(sql.raw(statement).execute(handle), /permission denied|must be|does not exist/, statement)
    }
  }

  it('the public one cannot read or write the workspace, whatever it tries', () =>
    refused(database.public, [
      'select * from workspace.scratch',
      'select * from scratch',
      'set role peelian_program',
      'set session authorization peelian_program',
      "select set_config('role', 'peelian_program', false)",
      "select set_config('role', 'peelian_owner', false)",
      'create table public.mine (id int)',
      'create temporary table mine (id int)',
      'select * from jobs.job',
      'select * from public.migration',
      "copy (select 1) to program 'true'",
      "select pg_read_file('/etc/passwd')",
    ]))

  it('setting a role to none leaves it what it was', async () => {
    await sql`select set_config('role', 'none', false)`.execute(database.public)
    await refused(database.public, ['select * from workspace.scratch'])
  })

  it('the program’s is neither owner nor superuser, and cannot take the row policies away', () =>
    refused(database.program, [
      'alter table workspace.scratch disable row level security',
      'drop table workspace.scratch',
      'truncate workspace.record',
      'set role peelian_owner',
      "select set_config('role', 'peelian_owner', false)",
      'create role mine superuser',
      'create database mine',
      'create schema mine',
      'set session_replication_role = replica',
      'update public.migration set checksum = null',
    ]))

  it('no login bypasses row policies or may make roles', async () => {
    const { rows } = await sql<{ name: string; powers: boolean }>`
      select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as powers
      from pg_roles where rolname like 'peelian%' order by 1`.execute(database.program)
    assert.deepEqual(rows, [
      { name: 'peelian_owner', powers: false },
      { name: 'peelian_program', powers: false },
      { name: 'peelian_public', powers: false },
    ])
  })

  it('a forced row policy hides rows from the program, and none from the owner', async () => {
    const { rows } = await sql<{ name: string; forced: boolean; owner: boolean }>`
      select c.relname as name, c.relforcerowsecurity as forced,
        exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'owner_sees_all') as owner
      from pg_class c where c.relkind = 'r' and c.relrowsecurity`.execute(database.owner)
    assert.ok(rows.length > 0)
    for (const row of rows) assert.deepEqual(row, { ...row, forced: true, owner: true })
  })
})
