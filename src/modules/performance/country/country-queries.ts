import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import { from as copyFrom } from 'pg-copy-streams'
import { clientOf } from '../../../platform/database/connect.ts'
import type { Trx } from '../../../platform/database/tables.ts'

/** The figures and nothing else, with their key: what the space of the record is measured against. */
export async function makeBareTable(trx: Trx): Promise<void> {
  await sql`create table workspace.bare_figure (
    series integer, period date, revision smallint, value double precision, status smallint, as_at date, import integer,
    primary key (series, period, revision))`.execute(trx)
}

/** COPY of a CSV file with the columns of the bare table. */
export async function copyBare(trx: Trx, csv: Readable): Promise<void> {
  const client = await clientOf(trx)
  await pipeline(csv, client.query(copyFrom('copy workspace.bare_figure from stdin (format csv)')))
}

/** Bytes on disk, with indexes: of the bare table, and of everything else in the database. */
export async function sizes(trx: Trx): Promise<{ bare: number; ours: number }> {
  const { rows } = await sql<{ bare: number; whole: number }>`
    select pg_total_relation_size('workspace.bare_figure')::float8 as bare,
      pg_database_size(current_database())::float8 as whole`.execute(trx)
  const { bare = 0, whole = 0 } = rows[0] ?? {}
  return { bare, ours: whole - bare }
}
