import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { Fault } from '../fault.ts'
import { installJobs } from '../jobs.ts'

/** The migrations that belong to this version of the program. */
export const migrationsDirectory = join(import.meta.dirname, '../../../migrations')

/** One step of the database's structure: a file `NNNN-name.sql`, run once, never changed afterwards. */
export interface Migration {
  name: string
  sql: string
  checksum: string
}

/** Only one migration at a time, whoever starts it. */
const migrating = 780_010

const fileName = /^(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.sql$/

/**
 * Reads the migrations of a directory in order of their numbers.
 *
 * @throws Fault if a file is not named by the pattern or two have one number
 */
export async function readMigrations(directory: string = migrationsDirectory): Promise<Migration[]> {
  const names = (await readdir(directory)).filter(name => name.endsWith('.sql')).sort()
  const numbers = new Set<string>()
  const migrations: Migration[] = []
  for (const name of names) {
    const number = fileName.exec(name)?.[1]
    if (number === undefined) throw new Fault(`The migration ${name} must be named like 0007-what-it-does.sql.`)
    if (numbers.has(number)) throw new Fault(`Two migrations have the number ${number}. Give one of them another.`)
    numbers.add(number)
    const sql = await readFile(join(directory, name), 'utf8')
    migrations.push({ name, sql, checksum: createHash('sha256').update(sql).digest('hex') })
  }
  return migrations
}

interface Applied {
  name: string
  checksum: string
}

/** What has been applied; nothing where the table that records it does not exist yet. */
async function readApplied(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('public.migration') is not null as there`)
  if (!rows[0]?.there) return []
  return (await client.query<Applied>('select name, checksum from public.migration order by name')).rows
}

/**
 * Which migrations are still to be applied.
 *
 * @throws Fault if one that was applied has been changed since, or is not known to this version of the program
 */
export function compare(migrations: readonly Migration[], applied: readonly Applied[]): Migration[] {
  const known = new Map(migrations.map(migration => [migration.name, migration]))
  for (const { name, checksum } of applied) {
    const migration = known.get(name)
    if (!migration) {
      throw new Fault(
        `The database holds the migration ${name}, which this version of Peelian does not know. ` +
          'Use the version of Peelian that was last used with it, or a later one.',
      )
    }
    if (migration.checksum !== checksum) {
      throw new Fault(
        `The migration ${name} has been changed since it was applied to this database. ` +
          'Put the file back as it was, and write what is new as a further migration.',
      )
    }
  }
  const done = new Set(applied.map(({ name }) => name))
  return migrations.filter(({ name }) => !done.has(name))
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'peelian migrate' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * The names of the migrations that a database still lacks.
 *
 * @param url any login that may read `public.migration`
 */
export async function pendingMigrations(url: string, directory?: string): Promise<string[]> {
  const migrations = await readMigrations(directory)
  const applied = await connected(url, readApplied)
  return compare(migrations, applied).map(({ name }) => name)
}

/** One migration and the record of it, both or neither. Bare names in it mean the schema `workspace`. */
async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query('set local search_path = workspace')
    await client.query(sql)
    await client.query('insert into public.migration (name, checksum) values ($1, $2)', [name, checksum])
    await client.query('commit')
  } catch (fault) {
    await client.query('rollback')
    const reason = fault instanceof Error ? fault.message : String(fault)
    throw new Fault(`The migration ${name} could not be applied, and nothing of it was: ${reason}.`)
  }
}

const migrationTable = `
  create table if not exists public.migration (
    name text primary key,
    checksum text not null,
    applied_at timestamptz not null default now()
  );
  grant select on public.migration to peelian_program`

/**
 * Lets the owner see every row of tables with a forced row policy. Without it a migration or a backup would pass over
 * those rows in silence.
 */
const ownerPolicies = `
  do $$ declare found record;
  begin
    for found in
      select c.oid::regclass as name from pg_class c
      where c.relkind = 'r' and c.relrowsecurity and c.relforcerowsecurity
        and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'owner_sees_all')
    loop
      execute format('create policy owner_sees_all on %s to current_user using (true) with check (true)', found.name);
    end loop;
  end $$`

/**
 * Brings a database to the structure this version of the program needs. Forward only; safe to run at any time and by
 * several at once.
 *
 * @param url the owner's login
 * @returns the names of the migrations that were applied
 * @throws Fault if a migration fails, or the database does not belong to this version
 */
export async function migrate(url: string, directory?: string): Promise<string[]> {
  const migrations = await readMigrations(directory)
  return connected(url, async client => {
    await client.query('select pg_advisory_lock($1)', [migrating])
    const pending = compare(migrations, await readApplied(client))
    await client.query(migrationTable)
    for (const migration of pending) await apply(client, migration)
    await client.query(ownerPolicies)
    await installJobs(client)
    return pending.map(({ name }) => name)
  })
}
