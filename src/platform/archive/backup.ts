import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { Fault } from '../fault.ts'
import {
  appliedMigrations,
  type AppliedMigration,
  qualified,
  quoted,
  type StoredSequence,
  type StoredTable,
  storedSequences,
  storedTables,
} from './catalogue.ts'
import { encodeFrame } from './frames.ts'

/** What an archive says of itself. */
export interface ArchiveHeader {
  format: 1
  made: string
  migrations: AppliedMigration[]
  sequences: StoredSequence[]
}

export interface Archived {
  tables: number
  rows: number
}

async function* tableFrames(client: pg.Client, table: StoredTable, archived: Archived): AsyncGenerator<Buffer> {
  yield encodeFrame('table', table)
  const columns = table.columns.map(quoted).join(', ')
  // A query, not the table itself: COPY of a table with a row policy is refused.
  const rows = client.query(copyTo(`copy (select ${columns} from ${qualified(table)}) to stdout`))
  for await (const chunk of rows) if (Buffer.isBuffer(chunk)) yield encodeFrame('data', chunk)
  archived.tables += 1
  archived.rows += rows.rowCount
  yield encodeFrame('table-end', { rows: rows.rowCount })
}

async function* archiveFrames(client: pg.Client, made: Temporal.Instant, archived: Archived): AsyncGenerator<Buffer> {
  const migrations = await appliedMigrations(client)
  const sequences = await storedSequences(client)
  const header: ArchiveHeader = { format: 1, made: made.toString(), migrations, sequences }
  yield encodeFrame('header', header)
  for (const table of await storedTables(client)) yield* tableFrames(client, table, archived)
  yield encodeFrame('end', archived)
}

/**
 * Writes every row of every table into one file, as they stand at one moment. The program may go on working meanwhile.
 *
 * @param ownerUrl the owner's login, which sees every row
 * @param made the moment to note in the archive
 * @throws Fault if the file exists or cannot be written; then there is none
 */
export async function writeBackup(ownerUrl: string, file: string, made: Temporal.Instant): Promise<Archived> {
  if (existsSync(file)) throw new Fault(`The file ${file} exists already. Name one that does not.`)
  const partial = `${file}.partial`
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'peelian backup' })
  await client.connect()
  const archived: Archived = { tables: 0, rows: 0 }
  try {
    await client.query('begin isolation level repeatable read read only')
    const frames = Readable.from(archiveFrames(client, made, archived), { objectMode: false })
    await pipeline(frames, createGzip({ level: 6 }), createWriteStream(partial, { mode: 0o600 }))
    await rename(partial, file)
    return archived
  } catch (fault) {
    await rm(partial, { force: true }).catch(() => undefined)
    if (fault instanceof Error && 'syscall' in fault) {
      throw new Fault(`The file ${file} cannot be written (${fault.message}). Name another place.`)
    }
    throw fault
  } finally {
    await client.end()
  }
}
