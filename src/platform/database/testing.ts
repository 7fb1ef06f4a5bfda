import { createHash } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { readTestServer } from '../configuration.ts'
import { isAlive } from './cluster.ts'
import { connect } from './connect.ts'
import { grantDatabase } from './logins.ts'
import { migrate, readMigrations } from './migrate.ts'
import { type DatabaseUrls, type EmbeddedServer, joinEmbeddedServer } from './server.ts'
import type { Database } from './tables.ts'

/** A database of a test's own, with the structure of this version and nothing in it. */
export interface TestDatabase {
  program: Database
  public: Database
  owner: Database
  urls: DatabaseUrls
  close(): Promise<void>
}

/** Where a test file that is run by hand finds its server; `npm test` starts one of its own and says where. */
const lastingServer = join(import.meta.dirname, '../../../node_modules/.cache/peelian-tests')

async function asSuperuser<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const templating = 780_020

/** Databases whose maker was killed: a template that was not finished, a test's whose process is gone. */
function isAbandoned(name: string): boolean {
  const pid = /^test_(\d+)_\d+$/.exec(name)?.[1]
  return name === 'new_template' || (pid !== undefined && !isAlive(Number(pid)))
}

/** Makes the template of the present migrations if there is none, and removes what tests that were killed left. */
async function ensureTemplate(server: EmbeddedServer): Promise<string> {
  const migrations = await readMigrations()
  const hash = createHash('sha256')
    .update(migrations.map(({ checksum }) => checksum).join())
    .digest('hex')
  const template = `template_${hash.slice(0, 16)}`
  await asSuperuser(server.superuserUrl, async client => {
    await client.query('select pg_advisory_lock($1)', [templating])
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database')
    if (rows.some(({ datname }) => datname === template)) return
    for (const { datname } of rows)
      if (isAbandoned(datname)) await client.query(`drop database ${datname} with (force)`)
    await client.query('create database new_template owner peelian_owner')
    await migrate(server.urlsOf('new_template').owner)
    await client.query(`alter database new_template rename to ${template}`)
  })
  return template
}

let prepared: Promise<string> | undefined
let made = 0

/**
 * A new database for one test file, copied from a migrated template, on a real server. Close it in `after`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await joinEmbeddedServer(readTestServer() ?? lastingServer, { unsafeButFast: true })
  const template = await (prepared ??= ensureTemplate(server))
  const name = `test_${process.pid}_${++made}`
  await asSuperuser(server.superuserUrl, async client => {
    await client.query(`drop database if exists ${name} with (force)`)
    await client.query(`create database ${name} template ${template} owner peelian_owner`)
    await grantDatabase(client, name)
  })
  const urls = server.urlsOf(name)
  const handles = { program: connect(urls.program), public: connect(urls.public), owner: connect(urls.owner) }
  return {
    ...handles,
    urls,
    async close() {
      for (const handle of Object.values(handles)) await handle.destroy()
      await asSuperuser(server.superuserUrl, client => client.query(`drop database ${name} with (force)`))
      await server.leave()
    },
  }
}
