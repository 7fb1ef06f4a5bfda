import { sql } from 'kysely'
import type { Database } from '../../src/platform/database/tables.ts'

/** A table as the database has it. */
export interface TableOfCatalogue {
  schema: string
  name: string
  /** What the migration says just before it makes the table; empty where it says nothing. */
  comment: string
  rowPolicy: boolean
  /** Rights of the program's login: some of r, a, w, d, or none. */
  program: string
  publicSite: string
  columns: readonly { name: string; type: string; optional: boolean; key: string }[]
}

interface ColumnRow {
  schema: string
  table: string
  policy: boolean
  program: string
  public_site: string
  column: string
  type: string
  optional: boolean
  primary: boolean
  foreign: string | null
}

const rights = (login: string) => sql<string>`coalesce(nullif(concat(
  case when has_table_privilege(${login}, c.oid, 'select') then 'r' end,
  case when has_table_privilege(${login}, c.oid, 'insert') then 'a' end,
  case when has_table_privilege(${login}, c.oid, 'update') then 'w' end,
  case when has_table_privilege(${login}, c.oid, 'delete') then 'd' end), ''), 'none')`

/**
 * Every table of Peelian's own schemas with its columns in order.
 *
 * @param migrations the text of all migrations, for the comments
 */
export async function catalogueOf(db: Database, migrations: string): Promise<TableOfCatalogue[]> {
  const { rows } = await sql<ColumnRow>`
    select n.nspname as schema, c.relname as table, c.relforcerowsecurity as policy,
      ${rights('peelian_program')} as program, ${rights('peelian_public')} as public_site,
      a.attname as column, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as optional,
      exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p' and a.attnum = any (k.conkey)) as primary,
      (select string_agg(distinct k.confrelid::regclass::text, ', ') from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any (k.conkey)) as foreign
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname in ('workspace', 'published', 'intake', 'auth')
    order by n.nspname, c.relname, a.attnum`.execute(db)
  const comments = commentsOf(migrations)
  return [...Map.groupBy(rows, row => `${row.schema}.${row.table}`)].flatMap(([name, columns]) => {
    const [first] = columns
    if (first === undefined) return []
    const { schema, table, policy: rowPolicy, program, public_site: publicSite } = first
    const comment = comments.get(name) ?? ''
    return [{ schema, name: table, comment, rowPolicy, program, publicSite, columns: columns.map(toColumn) }]
  })
}

function toColumn({ column, type, optional, primary, foreign }: ColumnRow) {
  const key = [...(primary ? ['primary'] : []), ...(foreign === null ? [] : [`of ${foreign}`])].join(', ')
  return { name: column, type, optional, key }
}

/** The comment that stands directly above each `create table`. */
function commentsOf(migrations: string): Map<string, string> {
  const found = migrations.matchAll(/((?:^--[^\n]*\n)+)create table (?:if not exists )?([a-z_]+)\.([a-z_]+)/gm)
  return new Map([...found].map(([, comment = '', schema = '', table = '']) => [`${schema}.${table}`, plain(comment)]))
}

const plain = (comment: string) =>
  comment
    .replaceAll(/^--\s?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
