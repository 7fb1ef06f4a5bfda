import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { readConfiguration } from '../../src/platform/configuration.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { openDatabase, withOwner } from '../../src/platform/database/open.ts'
import { type DatabaseUrls, type EmbeddedServer, joinEmbeddedServer } from '../../src/platform/database/server.ts'
import { Fault } from '../../src/platform/fault.ts'

/** A second embedded server stands in for one that DATABASE_URL names. */
describe('a server given by DATABASE_URL', () => {
  let directory: string
  let server: EmbeddedServer
  let urls: DatabaseUrls
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'peelian-given-'))
    server = await joinEmbeddedServer(directory, { unsafeButFast: true })
    urls = server.urls
  })
  after(async () => {
    await server.leave()
    await rm(directory, { recursive: true, force: true })
  })

  const configuration = (env: Record<string, string> = {}) =>
    readConfiguration({
      DATABASE_URL: urls.program,
      DATABASE_PUBLIC_URL: urls.public,
      DATABASE_OWNER_URL: urls.owner,
      SESSION_SECRET: 'a secret of thirty-two characters',
      ...env,
    })
  const refused = (env: Record<string, string>, sentence: RegExp) =>
    assert.rejects(openDatabase(configuration(env)), (fault: unknown) => {
      assert.ok(fault instanceof Fault, String(fault))
      assert.match(fault.message, sentence)
      return true
    })
  const asSuperuser = async (...statements: string[]) => {
    const client = new pg.Client({ connectionString: server.superuserUrl.replace(/\/postgres$/, '/peelian') })
    await client.connect()
    for (const statement of statements) await client.query(statement)
    await client.end()
  }
  const withLogin = (url: string, login: string, password: string) => {
    const changed = new URL(url)
    changed.username = login
    changed.password = password
    return changed.href
  }

  it('is not migrated by a start, which says what to run', async () => {
    await refused({}, /lacks .*migrations?\. Run "npx peelian migrate" with DATABASE_OWNER_URL/)
  })

  it('is migrated by the command, and then opens', async () => {
    await withOwner(configuration(), url => migrate(url))
    const database = await openDatabase(configuration())
    assert.equal(database.embedded, undefined)
    await database.close()
  })

  it('is refused when the program’s login is a superuser', () => {
    const superuser = server.superuserUrl.replace(/\/postgres$/, '/peelian')
    return refused({ DATABASE_URL: superuser }, /DATABASE_URL \("postgres"\) may do more than it needs/)
  })

  it('is refused when the program’s login is the owner', () =>
    refused({ DATABASE_URL: urls.owner }, /owns the database or tables/))

  it('is refused when the program’s login may become the owner', async () => {
    await asSuperuser(`create role heir login password 'heir' in role peelian_owner, peelian_program`)
    await refused({ DATABASE_URL: withLogin(urls.program, 'heir', 'heir') }, /owns the database or tables/)
  })

  it('is refused when the public login is the program’s by another name', async () => {
    await asSuperuser(`create role twin login password 'twin' in role peelian_program`)
    await refused({ DATABASE_PUBLIC_URL: withLogin(urls.public, 'twin', 'twin') }, /may read the workspace/)
  })

  it('is refused when a login has nothing to do with the tables', async () => {
    await asSuperuser(`create role stranger login password 'stranger'`, 'grant connect on database peelian to stranger')
    const stranger = withLogin(urls.public, 'stranger', 'stranger')
    await refused({ DATABASE_PUBLIC_URL: stranger }, /uses the login "stranger"\. Use peelian_public/)
    await refused({ DATABASE_URL: stranger }, /uses the login "stranger"\. Use peelian_program/)
  })

  it('with logins missing gets the statements to run, and no password is repeated', async () => {
    const missing = withLogin(urls.program, 'nobody', 'opensesame')
    await refused({ DATABASE_URL: missing }, /create role peelian_program login password '…';/)
    await assert.rejects(openDatabase(configuration({ DATABASE_URL: missing })), (fault: Error) => {
      return !fault.message.includes('opensesame')
    })
  })

  it('that does not answer is named by its setting', () =>
    refused({ DATABASE_URL: 'postgres://peelian_program:a@127.0.0.1:1/peelian' }, /DATABASE_URL does not answer/))

  it('needs DATABASE_OWNER_URL to be migrated', async () => {
    const without = readConfiguration({
      DATABASE_URL: urls.program,
      DATABASE_PUBLIC_URL: urls.public,
      SESSION_SECRET: 'a secret of thirty-two characters',
    })
    await assert.rejects(
      withOwner(without, url => migrate(url)),
      /DATABASE_OWNER_URL is not set/,
    )
  })
})
