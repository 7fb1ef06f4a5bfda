import { createReadStream } from 'node:fs'
import { once } from 'node:events'
import { finished, pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { type CopyStreamQuery, from as copyFrom } from 'pg-copy-streams'
import { z } from 'zod'
import { Fault } from '../fault.ts'
import type { Archived } from './backup.ts'
import {
  appliedMigrations,
  qualified,
  quoted,
  safeguards,
  type StoredTable,
  storedTables,
  writtenTables,
} from './catalogue.ts'
import { decodeFrames, type Frame, NotAnArchive } from './frames.ts'

const named = { schema: z.string(), name: z.string() }
const headerForm = z.object({
  format: z.literal(1),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  sequences: z.array(z.object({ ...named, value: z.string(), called: z.boolean() })),
})
const tableForm = z.object({ ...named, columns: z.array(z.string()) })
const tableEndForm = z.object({ rows: z.number() })
type Header = z.infer<typeof headerForm>

function read<T>(form: z.ZodType<T>, frame: Frame | undefined): T {
  const value: unknown = frame ? JSON.parse(frame.content.toString('utf8')) : undefined
  const result = form.safeParse(value)
  if (!result.success) throw new NotAnArchive('A frame does not hold what it should')
  return result.data
}

/** The database must have the structure that the archive was made from, to the letter. */
async function checkStructure(client: pg.Client, header: Header): Promise<void> {
  const here = (await appliedMigrations(client)).map(({ name, checksum }) => `${name} ${checksum}`)
  const there = header.migrations.map(({ name, checksum }) => `${name} ${checksum}`)
  if (here.join('\n') === there.join('\n')) return
  throw new Fault(
    'The archive was made from a database of another structure than this one. ' +
      'Restore it with the version of Peelian that made it, then bring that database up to date with "npx peelian migrate".',
  )
}

async function checkEmpty(client: pg.Client, tables: readonly StoredTable[]): Promise<void> {
  const written = await writtenTables(client, tables)
  if (written.length === 0) return
  const shown = written.slice(0, 3).join(', ') + (written.length > 3 ? ' and others' : '')
  throw new Fault(
    `The database is not empty (there are rows in ${shown}). ` +
      'Restore into a new one: set DATA_DIR to a new folder, or DATABASE_URL and DATABASE_OWNER_URL to a new database, ' +
      'and run "npx peelian migrate" before this command.',
  )
}

/** Loads tables one after another from frames as they arrive. */
class Loader {
  readonly #client: pg.Client
  readonly #known: ReadonlySet<string>
  readonly loaded: Archived = { tables: 0, rows: 0 }
  #stream: CopyStreamQuery | undefined

  constructor(client: pg.Client, tables: readonly StoredTable[]) {
    this.#client = client
    this.#known = new Set(tables.map(qualified))
  }

  async take(frame: Frame): Promise<void> {
    switch (frame.kind) {
      case 'table':
        return this.#begin(read(tableForm, frame))
      case 'data':
        return this.#write(frame.content)
      case 'table-end':
        return this.#finish(read(tableEndForm, frame).rows)
      case 'end':
        return
      case 'header':
        throw new NotAnArchive('A second header')
    }
  }

  #begin(table: StoredTable): void {
    if (!this.#known.has(qualified(table))) throw new NotAnArchive(`A table that is not known: ${table.name}`)
    const columns = table.columns.map(quoted).join(', ')
    this.#stream = this.#client.query(copyFrom(`copy ${qualified(table)} (${columns}) from stdin`))
    // A failure is met when the stream is written to or finished; unheard meanwhile, it would end the process.
    this.#stream.on('error', () => undefined)
  }

  async #write(content: Buffer): Promise<void> {
    if (!this.#stream) throw new NotAnArchive('Rows outside a table')
    if (!this.#stream.write(content)) await once(this.#stream, 'drain')
  }

  async #finish(rows: number): Promise<void> {
    if (!this.#stream) throw new NotAnArchive('The end of no table')
    this.#stream.end()
    await finished(this.#stream)
    if (this.#stream.rowCount !== rows) throw new NotAnArchive('Other rows than were written')
    this.loaded.tables += 1
    this.loaded.rows += rows
    this.#stream = undefined
  }
}

async function load(client: pg.Client, frames: AsyncGenerator<Frame>): Promise<Archived> {
  const first = await frames.next()
  if (first.done || first.value.kind !== 'header') throw new NotAnArchive('No header')
  const header = read(headerForm, first.value)
  await checkStructure(client, header)
  const tables = await storedTables(client)
  await checkEmpty(client, tables)
  const guards = await safeguards(client, tables)
  for (const statement of guards.lift) await client.query(statement)
  await client.query(`truncate ${tables.map(qualified).join(', ')}`)
  const loader = new Loader(client, tables)
  for await (const frame of frames) await loader.take(frame)
  for (const { value, called, ...sequence } of header.sequences) {
    await client.query('select setval($1::regclass, $2::bigint, $3)', [qualified(sequence), value, called])
  }
  // Deferred checks have to be done before the structure may be changed again.
  await client.query('set constraints all immediate')
  for (const statement of guards.restore) await client.query(statement)
  return loader.loaded
}

function asFault(file: string, fault: unknown): unknown {
  if (fault instanceof Fault) return fault
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : ''
  if (code === 'ENOENT') return new Fault(`There is no file ${file}.`)
  if (fault instanceof NotAnArchive || fault instanceof SyntaxError || code.startsWith('Z_')) {
    return new Fault(`The file ${file} is no backup of Peelian, or not a whole one. Nothing was restored.`)
  }
  const reason = fault instanceof Error ? fault.message : String(fault)
  return new Fault(`The backup ${file} could not be restored, and nothing of it was: ${reason}.`)
}

/**
 * Loads an archive into a migrated database in which nobody has written yet: all of it or nothing.
 *
 * @param ownerUrl the owner's login
 * @throws Fault with a sentence if the file is no archive, belongs to another structure, or the database is not empty
 */
export async function restoreBackup(ownerUrl: string, file: string): Promise<Archived> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'peelian restore' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin')
    const restored = await pipeline(createReadStream(file), createGunzip(), chunks =>
      load(client, decodeFrames(chunks)),
    )
    await client.query('commit')
    await client.query('analyze')
    return restored
  } catch (fault) {
    throw asFault(file, fault)
  } finally {
    // Ends an open transaction too: nothing of it stays.
    await client.end()
  }
}
