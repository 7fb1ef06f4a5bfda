import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance } from 'fastify'
import { prepareAssets } from './assets.ts'
import { type GeneralServices, registerAssets, registerGeneralPages, registerMachinePages } from './general-pages.ts'
import { PageCache } from './page-cache.ts'
import { registerPublicForms } from './public-forms.ts'
import { PublicSite, type PublicServices, registerAreaPages, serveFromCache } from './public-site.ts'
import { type CountedArea, PublishedAreas } from './published-areas.ts'
import type { Quotations } from './quotations.ts'
import { headersFor } from './security-headers.ts'
import { allPermissions, type Web, type WebModule, type WebSettings } from './site.ts'
import { createTemplates } from './templates.ts'
import { largestUpload } from './upload-types.ts'
import { notFoundProblem } from './problems.ts'
import { registerWorkspace, signInRateLimit, type WorkspaceServices, WorkspaceSite } from './workspace-site.ts'

/** Everything the web is put together from. */
export interface WebServices extends WorkspaceServices, GeneralServices {
  settings: WebSettings
  modules: readonly WebModule[]
  public: PublicServices['public']
  publicRead: PublicServices['publicRead']
  /** What figures quoted in texts stand for. */
  quotations?: Quotations
  /** Reads the areas of the public site with their counters. */
  readAreas: () => Promise<readonly CountedArea[]>
  /** Where the compiled style sheet is kept: the first of these that can be written to. */
  cacheFolders: readonly string[]
  /** Further folders with views, for tests. */
  views?: readonly string[]
  /** The clock; the machine's own unless a test sets it. */
  now?: () => Temporal.Instant
  log: (line: string) => void
  /** True where a proxy in front tells the visitor's address, which the rate limits need. */
  trustProxy?: boolean
}

/** The web server, ready to listen: the public site and the workspace as two contexts that share nothing but looks. */
export async function createWebSite(services: WebServices): Promise<FastifyInstance> {
  const web = await createWeb(services)
  const cache = new PageCache()
  const areas = new PublishedAreas(services.readAreas, cache, web.now)
  const app = Fastify({
    logger: false,
    trustProxy: services.trustProxy ?? false,
    bodyLimit: 2_000_000,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
  })
  const publicSite = new PublicSite(web, { public: services.public, publicRead: services.publicRead, areas, cache })
  app.setErrorHandler((error, request, reply) => publicSite.fault(request, reply, error))
  app.setNotFoundHandler((request, reply) => publicSite.notFound(request, reply))
  await app.register(async context => registerPublic(context, publicSite, services))
  await app.register(async context => registerSignedIn(context, new WorkspaceSite(web, services)), {
    prefix: '/workspace',
  })
  app.addHook('onClose', () => areas.stop())
  await areas.start()
  await app.ready()
  return app
}

async function createWeb(services: WebServices): Promise<Web> {
  const { settings, modules } = services
  return {
    settings,
    modules,
    permissions: allPermissions(modules),
    templates: createTemplates(services.views),
    assets: await prepareAssets(services.cacheFolders),
    headers: headersFor(settings.baseUrl),
    quotations: services.quotations ?? null,
    now: services.now ?? (() => Temporal.Now.instant()),
    log: services.log,
  }
}

async function registerPublic(app: FastifyInstance, site: PublicSite, services: WebServices): Promise<void> {
  // What is in the cache goes out before the hooks of any plugin run.
  serveFromCache(app, site.services)
  // Queries are read by the modules in their own words; a schema here only describes the open data.
  app.setValidatorCompiler(() => () => true)
  await app.register(swagger, {
    openapi: { info: { title: 'Open data of this site', version: '1' }, servers: [{ url: site.web.settings.baseUrl }] },
  })
  registerAssets(app, site.web.assets, site.web.headers)
  registerGeneralPages(app, site, services)
  registerMachinePages(app, site, services)
  registerAreaPages(app, site)
  app.get('/api/openapi.json', { schema: { hide: true } }, (_request, reply) =>
    reply.headers({ ...site.web.headers, 'cache-control': 'public, max-age=0, must-revalidate' }).send(app.swagger()),
  )
  await app.register(async forms => {
    await registerFormReading(forms, site.web)
    registerPublicForms(forms, site)
  })
}

async function registerSignedIn(app: FastifyInstance, site: WorkspaceSite): Promise<void> {
  // Before the plugin that reads the limits: what anyone may send is limited.
  app.addHook('onRoute', ({ method, config = {} }) => {
    if (config.open === true && method === 'POST') config.rateLimit ??= signInRateLimit
  })
  await registerFormReading(app, site.web)
  app.setNotFoundHandler((request, reply) => {
    void reply.headers(site.web.headers).header('cache-control', 'no-store')
    return site.problem(request, reply, notFoundProblem)
  })
  await registerWorkspace(app, site)
}

/** What only pages with forms need: cookies, bodies, limits of how often. */
async function registerFormReading(app: FastifyInstance, { settings }: Web): Promise<void> {
  await app.register(cookie, {
    secret: settings.sessionSecret,
    parseOptions: { secure: settings.baseUrl.startsWith('https://') },
  })
  await app.register(formbody, { bodyLimit: 2_000_000 })
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: largestUpload + 1, files: 20, fields: 2000, fieldSize: 1_000_000, parts: 2020 },
  })
  await app.register(rateLimit, { global: false })
}
