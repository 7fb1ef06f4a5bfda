import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { london, londonDate } from '../time.ts'
import { type PageCache, sendStored, type StoredPage, storedPage } from './page-cache.ts'
import { mayQuote, quotationsInHtml, quotedHtml, withoutMarkers } from './quotations.ts'
import { goneProblem, notFoundProblem, type Problem, problemOf, UnreadableDate } from './problems.ts'
import type { CountedArea, PublishedAreas } from './published-areas.ts'
import { paramsOf, queryOf } from './request-values.ts'
import type { Answer, PublicArea, PublicContext, PublicRoute } from './route.ts'
import { publicSite, type Web } from './site.ts'
import type { SiteModel } from './templates.ts'
import { contentHeaders } from './content-headers.ts'

export interface PublicServices {
  /** The public login's handle: it reads `published` and writes to `intake`. */
  public: Kysely<Tables>
  /** The same on a replica, where there is one: for pages that only read. */
  publicRead: Kysely<Tables>
  areas: PublishedAreas
  cache: PageCache
}

/** An answer as it goes out, but for what every answer carries. */
export interface Rendered {
  status: number
  bytes: Buffer
  headers: Record<string, string>
}

const html = { 'content-type': 'text/html; charset=utf-8' }

/** The public site: no session, and of everything it shows the bytes are kept. */
export class PublicSite {
  readonly web: Web
  readonly services: PublicServices

  constructor(web: Web, services: PublicServices) {
    this.web = web
    this.services = services
  }

  /**
   * Sends what `render` makes, and keeps it for the next visitor unless something was published meanwhile.
   *
   * @param areaId whose publications the page depends on; null for all
   * @param render gives null for an address that is not there
   */
  async serve(
    request: FastifyRequest,
    reply: FastifyReply,
    areaId: number | null,
    render: () => Promise<Rendered | null> | Rendered,
  ): Promise<FastifyReply> {
    const { areas, cache } = this.services
    const before = areas.state(areaId)
    const rendered = await render()
    if (rendered === null) return this.notFound(request, reply)
    const { status, bytes, headers } = rendered
    const page = await storedPage(status, bytes, { ...this.web.headers, ...headers })
    if (isKept(status) && areas.upToDate && before === areas.state(areaId)) cache.keep(request.url, areaId, page)
    return this.send(request, reply, page)
  }

  send(request: FastifyRequest, reply: FastifyReply, page: StoredPage): FastifyReply {
    reply.hijack()
    sendStored(request.raw, reply.raw, page)
    return reply
  }

  /** A page of the public layout as bytes. */
  page(site: SiteModel, view: string, model: object, status = 200): Rendered {
    const headers = site.noIndex ? { ...html, 'x-robots-tag': 'noindex' } : html
    return { status, bytes: Buffer.from(this.web.templates.render(view, model, site)), headers }
  }

  problem(site: SiteModel, problem: Problem): Rendered {
    const model = { layout: 'platform/web/views/public.njk', ...problem.model }
    return this.page(site, problem.view, model, problem.status)
  }

  siteModel(request: FastifyRequest, area: PublicArea | null): SiteModel {
    return publicSite(this.web, area, pathOf(request), londonDate(this.web.now()))
  }

  /** What is sent for an address that is not there: a page without a hint of whether it ever was. */
  notFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const area = this.services.areas.find(request.url.split(/[/?]/)[1] ?? '') ?? null
    return this.sendUncached(reply, this.problem(this.siteModel(request, area), notFoundProblem))
  }

  fault(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
    const pattern = request.routeOptions.url ?? 'unknown'
    const problem = problemOf(error, `${request.method} ${pattern}`, this.web.log)
    return this.sendUncached(reply, this.problem(this.siteModel(request, null), problem))
  }

  sendUncached(reply: FastifyReply, { status, bytes, headers }: Rendered): FastifyReply {
    return reply
      .code(status)
      .headers({ ...this.web.headers, ...headers, 'cache-control': 'no-store' })
      .send(bytes)
  }

  /** What a handler of an area is given. */
  context(request: FastifyRequest, area: CountedArea): PublicContext {
    const now = this.web.now()
    const query = queryOf(request)
    return {
      db: this.services.publicRead,
      area,
      now,
      today: londonDate(now),
      asOf: readAsOf(query['as-of'], now),
      params: paramsOf(request),
      query,
      baseUrl: this.web.settings.baseUrl,
    }
  }

  /** An answer of a module as bytes and headers, with the figures it quotes; null for an address that is not there. */
  async rendered(request: FastifyRequest, context: PublicContext, answer: Answer): Promise<Rendered | null> {
    const made = this.#made(request, context, answer)
    return made !== null && mayQuote(made.bytes) ? this.withFigures(context, made) : made
  }

  /** Markers give way to their figures: on a page with how they stand now, in a text by themselves. */
  async withFigures(context: PublicContext, made: Rendered): Promise<Rendered> {
    const { quotations } = this.web
    const type = made.headers['content-type'] ?? ''
    if (quotations === null || !/^(?:text|application\/(?:json|atom))/.test(type)) return made
    const text = made.bytes.toString()
    if (!type.startsWith('text/html')) return { ...made, bytes: Buffer.from(withoutMarkers(text)) }
    const quoted = quotationsInHtml(text)
    const notes = quoted.length === 0 ? new Map() : await quotations.forPublic(context, quoted)
    return { ...made, bytes: Buffer.from(quotedHtml(text, notes)) }
  }

  #made(request: FastifyRequest, context: PublicContext, answer: Answer): Rendered | null {
    const site = withAsOf(this.siteModel(request, context.area), context, request)
    switch (answer.type) {
      case 'page':
        return this.page(site, answer.view, answer.model, answer.status)
      case 'content':
        return this.#content(site, answer)
      case 'gone':
        return this.problem(site, goneProblem(answer.model))
      case 'redirect':
        return { status: 302, bytes: Buffer.alloc(0), headers: { location: answer.to } }
      case 'not-found':
        return null
    }
  }

  #content(site: SiteModel, answer: Extract<Answer, { type: 'content' }>): Rendered {
    const robots: Record<string, string> = site.noIndex ? { 'x-robots-tag': 'noindex' } : {}
    return {
      status: answer.status ?? 200,
      bytes: Buffer.from(answer.body),
      headers: { ...contentHeaders(answer), ...robots },
    }
  }
}

const isKept = (status: number): boolean => status === 200 || status === 410
const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? ''

/**
 * The moment that `?as-of=` asks for: the end of that day in London, or now.
 *
 * @throws UnreadableDate
 */
function readAsOf(asked: string | undefined, now: Temporal.Instant): Temporal.Instant {
  if (asked === undefined || asked === '') return now
  if (!/^\d{4}-\d{2}-\d{2}$/.test(asked)) throw new UnreadableDate()
  let day: Temporal.PlainDate
  try {
    day = Temporal.PlainDate.from(asked)
  } catch {
    throw new UnreadableDate()
  }
  const end = day.add({ days: 1 }).toZonedDateTime(london).toInstant().subtract({ nanoseconds: 1 })
  return Temporal.Instant.compare(end, now) < 0 ? end : now
}

function withAsOf(site: SiteModel, { asOf, now }: PublicContext, request: FastifyRequest): SiteModel {
  if (Temporal.Instant.compare(asOf, now) === 0) return site
  const query = new URLSearchParams(request.url.split('?')[1] ?? '')
  query.delete('as-of')
  const current = query.size === 0 ? pathOf(request) : `${pathOf(request)}?${query.toString()}`
  return { ...site, noIndex: true, asOf: { date: londonDate(asOf), now: current } }
}

/** Serves what is in the cache before anything else is done for a request. */
export function serveFromCache(app: FastifyInstance, { areas, cache }: PublicServices): void {
  app.addHook('onRequest', (request, reply, done) => {
    const page = areas.upToDate ? cache.find(request.url) : undefined
    if (page === undefined) return done()
    reply.hijack()
    sendStored(request.raw, reply.raw, page)
  })
}

/** The pages that the modules have for an area, below `/<area>`. */
export function registerAreaPages(app: FastifyInstance, site: PublicSite): void {
  for (const route of site.web.modules.flatMap(module => module.public)) {
    const isData = /\.(csv|json|atom|ics)$/.test(route.path)
    const schema = isData ? dataSchema(route) : { hide: true }
    app.get(`/:area${route.path}`, { schema }, (request, reply) => serveArea(site, route, request, reply))
  }
}

async function serveArea(site: PublicSite, route: PublicRoute, request: FastifyRequest, reply: FastifyReply) {
  const area = site.services.areas.find(paramsOf(request)['area'] ?? '')
  if (area === undefined) return site.notFound(request, reply)
  const context = site.context(request, area)
  return site.serve(request, reply, area.id, async () => site.rendered(request, context, await route.handler(context)))
}

/** What the description of the open data says of an address. */
function dataSchema(route: PublicRoute): object {
  const names = ['area', ...[...route.path.matchAll(/:(\w+)/g)].map(match => match[1] ?? '')]
  const params = Object.fromEntries(names.map(name => [name, { type: 'string' }]))
  const asOf = { type: 'string', format: 'date', description: 'What was published on that day' }
  return {
    tags: [route.path.split('/')[1]?.split('.')[0] ?? ''],
    params: { type: 'object', properties: params },
    querystring: { type: 'object', properties: { 'as-of': asOf }, additionalProperties: true },
  }
}
