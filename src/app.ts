import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { modules } from './modules.ts'
import { beginPacks } from './modules/meetings/index.ts'
import { figureQuotations } from './modules/performance/index.ts'
import { beginSettling } from './modules/organisations/index.ts'
import { beginLoads } from './modules/performance/index.ts'
import { beginReading } from './modules/performance/index.ts'
import { beginEndingWatches } from './modules/performance/index.ts'
import { beginPublicQuestions } from './modules/scrutiny/index.ts'
import { createAccess } from './platform/access/index.ts'
import type { Tables } from './platform/database/tables.ts'
import { registerMail } from './platform/mail.ts'
import type { Services } from './platform/services.ts'
import type { CountedArea } from './platform/web/published-areas.ts'
import { allPermissions } from './platform/web/site.ts'
import { createWebSite } from './platform/web/web-site.ts'
import { clockPages } from './record/clock-rules-page.ts'
import { corrections } from './record/published.ts'
import { beginReminders } from './record/reminders/daily-job.ts'

/** Compiled files that every data directory of this installation can share. */
const installationCache = join(import.meta.dirname, '../node_modules/.cache/peelian')

/**
 * The public site and the workspace over one set of services, ready to listen.
 *
 * @throws Error if a route of a module declares no permission
 */
export async function createApp(services: Services): Promise<FastifyInstance> {
  const { configuration, program, publicRead, demo, sessionSecret, now, log } = services
  const { baseUrl, dataDirectory } = configuration
  const settings = { baseUrl, demo, sessionSecret }
  registerMail({ smtpUrl: configuration.smtpUrl, dataDirectory, baseUrl, log })
  beginPacks({ program, baseUrl, now })
  await beginSettling(program, now)
  await beginEndingWatches(program, now)
  await beginLoads({ program, now, log })
  await beginReading(program, now)
  await beginPublicQuestions({ program, baseUrl, now, log })
  // The people of a demonstration are invented: what is written to them stays in files, and goes to no mail server.
  if (!demo || configuration.smtpUrl === undefined) await beginReminders({ db: program, baseUrl, now, log })
  const access = createAccess({ ...settings, db: program, permissions: allPermissions(modules), now, log })
  return createWebSite({
    settings,
    modules,
    program,
    public: services.public,
    publicRead,
    sessions: access.sessions,
    access: access.routes,
    readAreas: () => readAreas(publicRead),
    corrections: () => corrections(publicRead),
    quotations: figureQuotations,
    generalPages: clockPages,
    ready: () => sql`select 1`.execute(program),
    cacheFolders: [installationCache, join(dataDirectory, 'cache')],
    now,
    log,
  })
}

function readAreas(db: Kysely<Tables>): Promise<CountedArea[]> {
  return db
    .selectFrom('published.area')
    .select(['id', 'slug', 'name', 'banner', 'historical', 'as_at as asAt', 'counter'])
    .orderBy('id')
    .execute()
}
