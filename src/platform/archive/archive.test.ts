import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import type { Database } from '../database/tables.ts'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { writeBackup } from './backup.ts'
import { restoreBackup } from './restore.ts'

const made = Temporal.Instant.from('2026-11-21T10:00:00Z')

/** Tables with what is hard to carry over: keys both ways, computed columns, row policies, triggers, odd text. */
const structure = `
  create table workspace.parent (id int primary key, child int, name text not null, upper_name text
    generated always as (upper(name)) stored, made timestamptz, body bytea, data jsonb);
  create table workspace.child (id int generated always as identity primary key, parent int not null references workspace.parent);
  alter table workspace.parent add foreign key (child) references workspace.child;
  create table workspace.hidden (id int primary key);
  alter table workspace.hidden enable row level security;
  alter table workspace.hidden force row level security;
  create policy owner_sees_all on workspace.hidden to peelian_owner using (true);
  create table workspace.counted (n int not null);
  create function workspace.count_up() returns trigger language plpgsql as
    $$ begin insert into workspace.counted values (1); return null; end $$;
  create trigger count_up after insert on workspace.child for each row execute function workspace.count_up()`

const content = `
  insert into workspace.parent (id, name, made, body, data) values
    (1, E'tab\\t newline\\n backslash \\\\ "quote" é 👮', '2022-07-06 10:00:00.123456+01', '\\x00ff', '{"a": [1.10, null]}'),
    (2, '\\N', null, null, null);
  insert into workspace.child (parent) values (1), (2), (2);
  update workspace.parent set child = 3 where id = 1;
  insert into workspace.hidden values (1), (2)`

async function everything(owner: Database): Promise<unknown> {
  const all = []
  for (const table of ['parent', 'child', 'hidden', 'counted']) {
    const name = sql.table(`workspace.${table}`)
    all.push((await sql`select ${sql.ref(table)}::text as row from ${name} order by 1`.execute(owner)).rows)
  }
  return all
}

describe('backup and restore', () => {
  let from: TestDatabase
  let directory: string
  const others: TestDatabase[] = []
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'peelian-archive-'))
    from = await newDatabase()
    await sql.raw(content).execute(from.owner)
  })
  after(async () => {
    for (const database of others) await database.close()
    await rm(directory, { recursive: true })
  })

  async function newDatabase(): Promise<TestDatabase> {
    const database = await testDatabase()
    others.push(database)
    await sql.raw(structure).execute(database.owner)
    return database
  }

  it('carry every row over, readable by nobody else, with its safeguards in place again', async () => {
    const file = join(directory, 'whole')
    const written = await writeBackup(from.urls.owner, file, made)
    assert.equal((await stat(file)).mode & 0o777, 0o600)
    const to = await newDatabase()
    assert.deepEqual(await restoreBackup(to.urls.owner, file), written)
    assert.deepEqual(await everything(to.owner), await everything(from.owner))

    const next = await sql<{ id: number }>`insert into workspace.child (parent) values (1) returning id`.execute(
      to.owner,
    )
    assert.equal(next.rows[0]?.id, 4, 'numbers go on where they stood')
    await assert.rejects(sql`insert into workspace.child (parent) values (9)`.execute(to.owner), /foreign key/)
    const counted = await sql<{ n: number }>`select count(*) as n from workspace.counted`.execute(to.owner)
    assert.equal(counted.rows[0]?.n, 4, 'triggers work again, and did not while loading')
    const forced = await sql<{ forced: boolean }>`
      select relforcerowsecurity as forced from pg_class where oid = 'workspace.hidden'::regclass`.execute(to.owner)
    assert.equal(forced.rows[0]?.forced, true)
  })

  it('refuse a database in which somebody has written', async () => {
    const file = join(directory, 'refused')
    await writeBackup(from.urls.owner, file, made)
    const to = await newDatabase()
    await sql`insert into workspace.hidden values (7)`.execute(to.owner)
    await assert.rejects(restoreBackup(to.urls.owner, file), /not empty \(there are rows in workspace\.hidden\)/)
    await assert.rejects(restoreBackup(from.urls.owner, file), /not empty/)
  })

  it('refuse an archive of another structure', async () => {
    const file = join(directory, 'other-structure')
    const older = await newDatabase()
    await sql`update public.migration set checksum = 'older' where name like '0001%'`.execute(older.owner)
    await writeBackup(older.urls.owner, file, made)
    await assert.rejects(restoreBackup((await newDatabase()).urls.owner, file), /another structure/)
  })

  it('restore nothing of a file that is cut short, altered or something else', async () => {
    const file = join(directory, 'good')
    await writeBackup(from.urls.owner, file, made)
    const bytes = await readFile(file)
    const altered = Buffer.from(bytes)
    altered.writeUInt8(altered.readUInt8(bytes.length >> 1) ^ 0xff, bytes.length >> 1)
    const broken: [name: string, bytes: Buffer][] = [
      ['cut', bytes.subarray(0, bytes.length - 40)],
      ['altered', altered],
      ['empty', Buffer.alloc(0)],
      ['text', Buffer.from('measure,period,value\n')],
    ]
    const to = await newDatabase()
    const before = await everything(to.owner)
    for (const [name, content] of broken) {
      await writeFile(join(directory, name), content)
      await assert.rejects(
        restoreBackup(to.urls.owner, join(directory, name)),
        /no backup of Peelian, or not a whole one|nothing of it was/,
        name,
      )
      assert.deepEqual(await everything(to.owner), before, name)
    }
    await assert.rejects(restoreBackup(to.urls.owner, join(directory, 'missing')), /There is no file/)
  })

  it('write no file where one is, or where none can be', async () => {
    const file = join(directory, 'there')
    await writeFile(file, 'mine')
    await assert.rejects(writeBackup(from.urls.owner, file, made), /exists already/)
    assert.equal(await readFile(file, 'utf8'), 'mine')
    const nowhere = join(directory, 'no-such-folder', 'file')
    await assert.rejects(writeBackup(from.urls.owner, nowhere, made), /cannot be written/)
    assert.equal(existsSync(nowhere), false)
  })
})
