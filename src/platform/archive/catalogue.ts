import type { ClientBase } from 'pg'

/** A table that holds rows, with the columns that are stored (and not computed from others). */
export interface StoredTable {
  schema: string
  name: string
  columns: string[]
}

/** A sequence and where it stands. */
export interface StoredSequence {
  schema: string
  name: string
  value: string
  called: boolean
}

/** What says which structure a database has. */
export interface AppliedMigration {
  name: string
  checksum: string
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

export function qualified({ schema, name }: { schema: string; name: string }): string {
  return `${quoted(schema)}.${quoted(name)}`
}

/** Which schemas are ours: all but PostgreSQL's own. */
const ours = `n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'`

/**
 * Every table whose rows belong into an archive: all but the record of migrations, which is compared instead, and
 * pg-boss's version of its own structure, which migrations keep.
 */
export async function storedTables(client: ClientBase): Promise<StoredTable[]> {
  const { rows } = await client.query<StoredTable>(`
    select n.nspname as schema, c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind = 'r' and ${ours}
      and (n.nspname, c.relname) not in (('public', 'migration'), ('jobs', 'version'))
    group by 1, 2 order by 1, 2`)
  return rows
}

export async function storedSequences(client: ClientBase): Promise<StoredSequence[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(`
    select n.nspname as schema, c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and ${ours} order by 1, 2`)
  const sequences: StoredSequence[] = []
  for (const sequence of rows) {
    const state = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${qualified(sequence)}`,
    )
    for (const row of state.rows) sequences.push({ ...sequence, ...row })
  }
  return sequences
}

export async function appliedMigrations(client: ClientBase): Promise<AppliedMigration[]> {
  return (await client.query<AppliedMigration>('select name, checksum from public.migration order by name')).rows
}

/**
 * The tables in which somebody has written. Rows that a migration itself put in do not count: they carry the number of
 * the same transaction as the record of that migration. The jobs' tables do not count either.
 */
export async function writtenTables(client: ClientBase, tables: readonly StoredTable[]): Promise<string[]> {
  const written: string[] = []
  for (const table of tables) {
    if (table.schema === 'jobs') continue
    const { rows } = await client.query<{ written: boolean }>(`
      select exists (select from ${qualified(table)}
        where xmin::text not in (select xmin::text from public.migration)) as written`)
    if (rows[0]?.written) written.push(`${table.schema}.${table.name}`)
  }
  return written
}

/** Statements that take away what stands in the way of loading, and those that put it back. */
export interface Safeguards {
  lift: string[]
  restore: string[]
}

/**
 * Foreign keys, triggers and forced row policies of all tables. Put back, a foreign key is checked against every row.
 */
export async function safeguards(client: ClientBase, tables: readonly StoredTable[]): Promise<Safeguards> {
  const keys = await client.query<{ lift: string; restore: string }>(`
    select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname) as lift,
      format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) as restore
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace
    where k.contype = 'f' and k.conparentid = 0 and ${ours}`)
  const forced = await client.query<{ table: string }>(`
    select c.oid::regclass::text as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relforcerowsecurity and ${ours}`)
  const names = tables.map(qualified)
  return {
    lift: [
      ...keys.rows.map(({ lift }) => lift),
      ...forced.rows.map(({ table }) => `alter table ${table} no force row level security`),
      ...names.map(name => `alter table ${name} disable trigger user`),
    ],
    restore: [
      ...names.map(name => `alter table ${name} enable trigger user`),
      ...forced.rows.map(({ table }) => `alter table ${table} force row level security`),
      ...keys.rows.map(({ restore }) => restore),
    ],
  }
}
