import { createHmac } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashPassword } from 'better-auth/crypto'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { inTransaction } from '../database/transaction.ts'
import { registerMail } from '../mail.ts'
import type { WebModule } from '../web/site.ts'
import { csrfField } from '../web/templates.ts'
import { createWebSite } from '../web/web-site.ts'
import { londonDate } from '../time.ts'
import { createAccess } from './index.ts'
import { addSeat } from './seats.ts'
import { addUser } from './users.ts'
import type { Role } from './viewer.ts'

/** A password that the tests' users have; long and of no common words. */
export const goodPassword = 'violet lantern hedgerow'

export const office = { id: '0190aaaa-0000-7000-8000-000000000001', name: 'Office of the Commissioner', slug: 'office' }
export const panel = { id: '0190aaaa-0000-7000-8000-000000000002', name: 'Police and Crime Panel', slug: 'panel' }

/** A module with one page to read and one thing to publish, to try the walls with. */
const sampleModule: WebModule = {
  name: 'organisations',
  permissions: {
    'organisations.manage-users': ['administrator'],
    'organisations.read': ['administrator', 'policy-lead', 'board-clerk', 'panel-clerk'],
    'organisations.publish-page': ['board-clerk'],
  },
  workspace: [
    {
      method: 'GET',
      path: '/organisations',
      permission: 'organisations.read',
      handler: ({ viewer }) => ({ type: 'content', mediaType: 'text/plain', body: viewer.organisation.name }),
    },
    {
      method: 'GET',
      path: '/organisations/publish',
      permission: 'organisations.publish-page',
      handler: () => ({ type: 'content', mediaType: 'text/plain', body: 'may publish' }),
    },
  ],
  public: [],
}

export interface TestSite {
  app: FastifyInstance
  database: TestDatabase
  /** The clock of the site: a test sets it. */
  clock: { now: Temporal.Instant }
  /** Makes a user who has the good password and the given seats. */
  user(
    email: string,
    seats: readonly {
      organisation: { id: string }
      role: Role
      from?: Temporal.PlainDate
      until?: Temporal.PlainDate
    }[],
  ): Promise<string>
  /** Mails that wait to be sent to an address, oldest first. */
  mails(to: string): Promise<{ subject: string; text: string; html: string }[]>
  visitor(address?: string): Visitor
  close(): Promise<void>
}

/** A site with sign-in and the sample module, on a database of its own with an office, a panel and an area. */
export async function testSite(options: { demo?: boolean; baseUrl?: string } = {}): Promise<TestSite> {
  const { demo = false, baseUrl = 'http://localhost:3000' } = options
  const database = await testDatabase()
  const db = database.program
  const clock = { now: Temporal.Now.instant() }
  const settings = { baseUrl, demo, sessionSecret: 'a secret of thirty-two characters or more' }
  const permissions = sampleModule.permissions
  registerMail({ smtpUrl: undefined, dataDirectory: tmpdir(), baseUrl, log: () => undefined })
  const access = createAccess({ db, ...settings, permissions, now: () => clock.now, log: () => undefined })
  await sql`insert into workspace.area (id, slug, name) values (1, 'ardenshire', 'Ardenshire')`.execute(database.owner)
  for (const [organisation, kind] of [
    [office, 'office'],
    [panel, 'panel'],
  ] as const) {
    const { id, name, slug } = organisation
    await sql`insert into workspace.organisation (id, name, short_name, kind, slug)
      values (${id}, ${name}, ${name}, ${kind}, ${slug})`.execute(database.owner)
  }
  const app = await createWebSite({
    settings,
    modules: [sampleModule],
    program: db,
    public: database.public,
    publicRead: database.public,
    log: () => undefined,
    readAreas: async () => [],
    cacheFolders: [join(import.meta.dirname, '../../../node_modules/.cache/peelian'), tmpdir()],
    ready: async () => undefined,
    sessions: access.sessions,
    access: access.routes,
    now: () => clock.now,
  })
  const passwordHash = await hashPassword(goodPassword)
  return {
    app,
    database,
    clock,
    user: (email, seats) =>
      inTransaction(db, null, async trx => {
        const id = await addUser(trx, { name: `Person ${email.split('@')[0]}`, email, passwordHash }, clock.now)
        for (const { organisation, role, from = londonDate(clock.now), until = null } of seats) {
          await addSeat(trx, { userId: id, organisationId: organisation.id, areaId: 1, role, from, until })
        }
        return id
      }),
    mails: to => mailsTo(database, to),
    visitor: (address = '192.0.2.1') => new Visitor(app, address),
    async close() {
      await app.close()
      await database.close()
    },
  }
}

const mailRow = z.object({ subject: z.string(), text: z.string(), html: z.string() })

async function mailsTo(database: TestDatabase, to: string) {
  const { rows } = await sql<{ data: unknown }>`select data from jobs.job
    where name = 'mail' and data ->> 'to' = ${to} order by created_on, id`.execute(database.program)
  return rows.map(({ data }) => mailRow.parse(data))
}

/** Somebody with a browser: keeps cookies, and sends forms with the token of a page read before. */
export class Visitor {
  readonly cookies = new Map<string, string>()
  readonly #app: FastifyInstance
  readonly #address: string

  constructor(app: FastifyInstance, address: string) {
    this.#app = app
    this.#address = address
  }

  async get(url: string): Promise<LightMyRequestResponse> {
    return this.#keep(
      await this.#app.inject({ method: 'GET', url, headers: this.#headers(), remoteAddress: this.#address }),
    )
  }

  /** Sends a form as the page at `from` would: with its token. */
  async post(url: string, fields: Record<string, string>, from = url): Promise<LightMyRequestResponse> {
    const page = await this.get(from)
    const token = new RegExp(`name="${csrfField}" value="([^"]+)"`).exec(page.body)?.[1] ?? ''
    const body = new URLSearchParams({ [csrfField]: token, ...fields }).toString()
    const headers = { ...this.#headers(), 'content-type': 'application/x-www-form-urlencoded' }
    const response = await this.#app.inject({
      method: 'POST',
      url,
      headers,
      payload: body,
      remoteAddress: this.#address,
    })
    return this.#keep(response)
  }

  signIn(email: string, password: string = goodPassword, to = '/workspace/organisations') {
    return this.post('/workspace/sign-in', { email, password, to })
  }

  #headers(): Record<string, string> {
    return { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
  }

  #keep(response: LightMyRequestResponse): LightMyRequestResponse {
    for (const header of [response.headers['set-cookie'] ?? []].flat()) {
      const [pair = '', ...attributes] = header.split(/;\s*/)
      const name = pair.slice(0, pair.indexOf('='))
      const value = pair.slice(pair.indexOf('=') + 1)
      if (value === '' || attributes.some(each => /^max-age=0$/i.test(each))) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return response
  }
}

/** The code of RFC 6238 for a key in base32 at a moment: 6 figures, 30 seconds, SHA-1. */
export function codeOf(key: string, at: Temporal.Instant = Temporal.Now.instant()): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...key].map(letter => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const bytes = (bits.match(/.{8}/g) ?? []).map(each => Number.parseInt(each, 2))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at.epochMilliseconds / 30_000)))
  const hash = createHmac('sha1', Buffer.from(bytes)).update(counter).digest()
  const offset = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
