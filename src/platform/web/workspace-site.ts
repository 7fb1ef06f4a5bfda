import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Sessions, SignedIn } from '../access/sessions.ts'
import { may } from '../access/may.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Database } from '../database/tables.ts'
import { inTransaction } from '../database/transaction.ts'
import { londonDate } from '../time.ts'
import { csrfCookie, csrfHolds, csrfToken, newCsrfCookie, startedElsewhere } from './csrf.ts'
import { signInAddress } from './local-path.ts'
import { keepNotice, takeNotice } from './notice.ts'
import { ForeignForm, type Problem, problemOf } from './problems.ts'
import { mayQuote, quotationsInHtml, quotedHtml } from './quotations.ts'
import { type ReadBody, readBody } from './read-body.ts'
import type { WorkspaceRoute } from './route.ts'
import { isAtOrBelow, type Web } from './site.ts'
import { type SiteModel, csrfField } from './templates.ts'
import { addKeyedRoute } from './keyed-routes.ts'
import { runRoute } from './workspace-answer.ts'

export { signInAddress } from './local-path.ts'

export interface WorkspaceServices {
  program: Database
  sessions: Sessions
  /** Adds the pages for signing in; each of its routes says `config: { open: true }`. */
  access?: (workspace: FastifyInstance, site: WorkspaceSite) => Promise<void> | void
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The permission a workspace route needs. */
    permission?: string
    /** True for the few workspace addresses that anyone may open: those for signing in. */
    open?: boolean
  }
}

/** How often one address on the internet may send the same form for signing in. An office may share one address. */
export const signInRateLimit = { max: 30, timeWindow: '1 minute' } as const

/** What the pages outside the modules, such as those for signing in, are made with. */
export class WorkspaceSite {
  readonly web: Web
  readonly services: WorkspaceServices
  readonly #people = new WeakMap<FastifyRequest, Promise<SignedIn | null>>()

  constructor(web: Web, services: WorkspaceServices) {
    this.web = web
    this.services = services
  }

  /** Who sent a request, signed in or not; looked up once. */
  person(request: FastifyRequest): Promise<SignedIn | null> {
    const known = this.#people.get(request)
    if (known !== undefined) return known
    const found = this.services.sessions.signedInOf({ headers: request.headers })
    this.#people.set(request, found)
    return found
  }

  /** Sends a page in the workspace's layout, with the navigation of whoever is signed in. */
  async page(
    request: FastifyRequest,
    reply: FastifyReply,
    view: string,
    model: object,
    status = 200,
  ): Promise<FastifyReply> {
    const site = await this.#siteModel(request, reply)
    const html = this.web.templates.render(view, model, site)
    return reply
      .code(status)
      .type('text/html; charset=utf-8')
      .send(await this.#withFigures(request, html))
  }

  /** A page with the figures it quotes, and how they stand now. */
  async #withFigures(request: FastifyRequest, html: string): Promise<string> {
    const { quotations } = this.web
    if (quotations === null || !mayQuote(html)) return html
    const person = await this.person(request)
    const viewer = person && this.services.sessions.viewerFrom(person)
    const quoted = quotationsInHtml(html)
    if (viewer === null || quoted.length === 0) return quotedHtml(html, new Map())
    const act = { viewer, now: this.web.now() }
    const { program } = this.services
    return quotedHtml(html, await inTransaction(program, viewer, trx => quotations.forViewer(trx, act, quoted)))
  }

  problem(request: FastifyRequest, reply: FastifyReply, problem: Problem): Promise<FastifyReply> {
    const model = { layout: 'platform/web/views/workspace.njk', ...problem.model }
    return this.page(request, reply, problem.view, model, problem.status)
  }

  /**
   * What a form sent, once it is sure that it came from a page of ours.
   *
   * @throws ForeignForm
   */
  async form(request: FastifyRequest): Promise<ReadBody> {
    if (startedElsewhere(request.headers)) throw new ForeignForm()
    const person = await this.person(request)
    const body = await readBody(request)
    const { sessionSecret } = this.web.settings
    const token = body.fields[csrfField]
    if (csrfHolds(sessionSecret, request.cookies[csrfCookie], person?.sessionId ?? null, token)) return body
    throw new ForeignForm()
  }

  /** Goes to another page of the workspace, which says once what was done. */
  redirect(reply: FastifyReply, to: string, notice?: string): FastifyReply {
    if (notice !== undefined) keepNotice(reply, notice)
    return reply.redirect(to, 303)
  }

  async #siteModel(request: FastifyRequest, reply: FastifyReply): Promise<SiteModel> {
    const { settings, assets, now } = this.web
    const person = await this.person(request)
    const viewer = person && this.services.sessions.viewerFrom(person)
    const path = request.url.split('?')[0] ?? ''
    return {
      side: 'workspace',
      assets: assets.addresses,
      demo: settings.demo,
      noIndex: true,
      today: londonDate(now()),
      area: viewer?.area ?? null,
      home: '/workspace',
      banner: null,
      navigation: viewer === null ? [] : this.#navigation(viewer, path),
      viewer: viewer && {
        name: viewer.name,
        organisation: viewer.organisation.name,
        choice: (person?.places.length ?? 0) > 1,
      },
      notice: takeNotice(request, reply),
      asOf: null,
      csrfToken: this.#token(request, reply, person?.sessionId ?? null),
    }
  }

  /** The modules' words that lead to what this viewer may open. */
  #navigation(viewer: Viewer, path: string): SiteModel['navigation'] {
    return navigationOf(this.web, viewer).map(({ text, href }) => ({
      text,
      href,
      current: href === '/workspace' ? path === href : isAtOrBelow(path, href),
    }))
  }

  #token(request: FastifyRequest, reply: FastifyReply, sessionId: string | null): string {
    const { sessionSecret } = this.web.settings
    const known = request.cookies[csrfCookie]
    const cookie = known ?? newCsrfCookie()
    if (known === undefined) {
      reply.setCookie(csrfCookie, cookie, { path: '/', httpOnly: true, sameSite: 'lax' })
    }
    return csrfToken(sessionSecret, cookie, sessionId)
  }
}

/** Where a viewer may go from the navigation, in the order of the modules. */
function navigationOf(web: Web, viewer: Viewer): { text: string; href: string }[] {
  return web.modules
    .flatMap(({ navigation = [] }) => navigation)
    .filter(({ permission }) => may(web.permissions, viewer, permission))
    .map(({ word, path }) => ({ text: word, href: path === '/' ? '/workspace' : `/workspace${path}` }))
}

/**
 * The workspace: everything below /workspace. The start fails for a route without a declared permission.
 *
 * @throws Error naming the route
 */
export async function registerWorkspace(app: FastifyInstance, site: WorkspaceSite): Promise<void> {
  const { web, services } = site
  app.addHook('onRoute', route => {
    if (route.config?.open === true) return
    checkPermission(web, `${String(route.method)} ${route.url}`, route.config?.permission)
  })
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(web.headers).header('cache-control', 'no-store')
  })
  app.setErrorHandler((error, request, reply) => {
    const pattern = request.routeOptions.url ?? 'unknown'
    return site.problem(request, reply, problemOf(error, `${request.method} ${pattern}`, web.log))
  })
  const routes = web.modules.flatMap(({ workspace }) => workspace)
  for (const route of routes) addRoute(app, site, route)
  for (const route of web.modules.flatMap(({ keyed = [] }) => keyed)) addKeyedRoute(app, site, route)
  if (!routes.some(({ method, path }) => method === 'GET' && path === '/')) addFirstPage(app, site)
  await services.access?.(app, site)
}

/** Where no module has a page at /workspace itself, it leads to the first page of the navigation. */
function addFirstPage(app: FastifyInstance, { web, services }: WorkspaceSite): void {
  app.get('/', { config: { open: true } }, async (request, reply) => {
    const viewer = await services.sessions.viewerOf({ headers: request.headers })
    const first = viewer === null ? signInAddress('/workspace') : navigationOf(web, viewer)[0]?.href
    return reply.redirect(first ?? '/workspace/account', 303)
  })
}

function checkPermission(web: Web, address: string, permission: string | undefined): void {
  if (permission === undefined || permission === '') {
    throw new Error(`The route ${address} says no permission. Every address of the workspace must.`)
  }
  if (!(permission in web.permissions)) {
    throw new Error(`The route ${address} needs the permission ${permission}, which no module declares.`)
  }
}

function addRoute(app: FastifyInstance, site: WorkspaceSite, route: WorkspaceRoute): void {
  app.route({
    method: route.method,
    url: route.path,
    config: { permission: route.permission },
    handler: (request, reply) => runRoute(site, route, request, reply),
  })
}
