import { sql } from 'kysely'
import { randomUUIDv7 } from 'node:crypto'
import type { OrganisationKind, Role, Viewer, ViewerArea } from '../platform/access/viewer.ts'
import { testDatabase } from '../platform/database/testing.ts'
import type { TestDatabase } from '../platform/database/testing.ts'
import { inTransaction } from '../platform/database/transaction.ts'
import type { Trx } from '../platform/database/tables.ts'
import { londonDate } from '../platform/time.ts'
import type { WorkspaceContext } from '../platform/web/route.ts'
import type { SiteModel } from '../platform/web/templates.ts'
import { addArea } from './areas.ts'

/** A small world for tests: one area with an office, a force and a panel, on a database of its own. */
export interface TestWorld {
  database: TestDatabase
  area: ViewerArea
  office: Viewer['organisation']
  force: Viewer['organisation']
  panel: Viewer['organisation']
  /** Somebody with these roles in an organisation. */
  viewer(organisation: Viewer['organisation'], ...roles: Role[]): Viewer
  /** Runs a function in a transaction of that viewer, with what a route handler would be handed. */
  as<T>(
    viewer: Viewer,
    fn: (trx: Trx, context: WorkspaceContext) => Promise<T>,
    more?: Partial<Pick<WorkspaceContext, 'params' | 'query' | 'fields' | 'uploads' | 'now'>>,
  ): Promise<T>
  close(): Promise<void>
}

/** The moment at which the test world lives unless a test says otherwise: a Wednesday. */
export const testNow = Temporal.Instant.from('2026-03-11T10:00:00Z')

/** Makes a test world. Close it in `after`. */
export async function testWorld(): Promise<TestWorld> {
  const database = await testDatabase()
  const area: ViewerArea = { id: 1, slug: 'testshire', name: 'Testshire', historical: false }
  const organisations = {
    office: organisation('office', 'Office of the Commissioner for Testshire'),
    force: organisation('force', 'Testshire Police'),
    panel: organisation('panel', 'Testshire Police and Crime Panel'),
  }
  await inTransaction(database.program, null, async trx => {
    await addArea(trx, {
      ...area,
      kind: 'area',
      office_title: 'Police and Crime Commissioner',
      demonstration: false,
      as_at: null,
      banner: null,
    })
    for (const made of Object.values(organisations)) {
      await sql`insert into organisation (id, name, short_name, kind, slug)
        values (${made.id}, ${made.name}, ${made.name}, ${made.kind}, ${`test-${made.kind}`})`.execute(trx)
    }
  })
  return {
    database,
    area,
    ...organisations,
    viewer: (organisation, ...roles) => viewerOf(area, organisation, roles),
    as: (viewer, fn, more = {}) =>
      inTransaction(database.program, viewer, trx => fn(trx, contextOf(trx, viewer, more))),
    close: () => database.close(),
  }
}

/** What the layouts print round a page of the test world. */
export function testSite(side: SiteModel['side']): SiteModel {
  return {
    side,
    assets: { stylesheet: '/a.css', script: '/a.js', icon: '/a.svg' },
    demo: false,
    noIndex: false,
    today: londonDate(testNow),
    area: { name: 'Testshire', slug: 'testshire' },
    home: '/',
    banner: null,
    navigation: [],
    viewer: null,
    notice: null,
    asOf: null,
    csrfToken: side === 'workspace' ? 'token' : null,
  }
}

function organisation(kind: OrganisationKind, name: string): Viewer['organisation'] {
  return { id: randomUUIDv7(), name, kind }
}

function viewerOf(area: ViewerArea, organisation: Viewer['organisation'], roles: readonly Role[]): Viewer {
  const name = `${roles[0] ?? 'someone'} of ${organisation.name}`
  return { userId: `test-${organisation.kind}-${roles.join('-')}`, personId: null, name, organisation, area, roles }
}

function contextOf(trx: Trx, viewer: Viewer, more: Partial<WorkspaceContext>): WorkspaceContext {
  const now = more.now ?? testNow
  return {
    trx,
    viewer,
    now,
    today: londonDate(now),
    params: {},
    query: {},
    fields: {},
    uploads: [],
    baseUrl: 'https://policing.example.org',
    may: () => true,
    ...more,
  }
}
