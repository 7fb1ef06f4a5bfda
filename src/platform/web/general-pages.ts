import type { FastifyInstance } from 'fastify'
import type { Assets } from './assets.ts'
import { contentHeaders } from './content-headers.ts'
import type { PublicSite, Rendered } from './public-site.ts'
import type { CountedArea } from './published-areas.ts'
import { queryOf } from './request-values.ts'
import type { Answer } from './route.ts'
import type { SiteModel } from './templates.ts'

/** A correction that was made to something published. */
export interface CorrectionModel {
  date: Temporal.PlainDate
  area: string
  title: string
  href: string
  note: string
}

export interface GeneralServices {
  /** The latest corrections of all areas, newest first. */
  corrections?: () => Promise<readonly CorrectionModel[]>
  /** Asks the database for an answer; throws if there is none. */
  ready: () => Promise<unknown>
  /** Pages outside the areas that are not the platform's own, and need no database. */
  generalPages?: readonly GeneralPage[]
}

/** A page outside the areas: the same for everyone who asks the same. */
export interface GeneralPage {
  path: string
  answer: (query: Readonly<Record<string, string | undefined>>) => Answer
}

/** The pages outside the areas, the same for everyone. */
export function registerGeneralPages(app: FastifyInstance, site: PublicSite, services: GeneralServices): void {
  const hide = { schema: { hide: true } }
  const add = (path: string, view: string, model: () => Promise<object> | object): void => {
    app.get(path, hide, (request, reply) =>
      site.serve(request, reply, null, async () =>
        site.page(site.siteModel(request, null), `platform/web/views/${view}.njk`, await model()),
      ),
    )
  }
  app.get('/', hide, (request, reply) => {
    const areas = site.services.areas.all()
    const only = areas.length === 1 ? areas[0] : undefined
    if (only !== undefined) return reply.headers(site.web.headers).redirect(`/${only.slug}/`, 302)
    return site.serve(request, reply, null, () =>
      site.page(site.siteModel(request, null), 'platform/web/views/areas.njk', areasModel(areas)),
    )
  })
  add('/about', 'about', () => ({}))
  add('/accessibility', 'accessibility', () => ({}))
  add('/privacy', 'privacy', () => ({}))
  add('/corrections', 'corrections', async () => ({ corrections: await services.corrections?.() }))
  for (const { path, answer } of services.generalPages ?? []) {
    const schema = path.endsWith('.json') ? { tags: ['clocks'] } : { hide: true }
    app.get(path, { schema }, (request, reply) =>
      site.serve(request, reply, null, async () =>
        answered(site, site.siteModel(request, null), answer(queryOf(request))),
      ),
    )
  }
}

/** An answer as bytes; a general page is a page or data, and always there. */
function answered(site: PublicSite, model: SiteModel, answer: Answer): Rendered | null {
  if (answer.type === 'page') return site.page(model, answer.view, answer.model, answer.status)
  if (answer.type !== 'content') return null
  return { status: answer.status ?? 200, bytes: Buffer.from(answer.body), headers: contentHeaders(answer) }
}

function areasModel(areas: readonly CountedArea[]): object {
  const link = ({ name, slug, banner }: CountedArea): object => ({ name, href: `/${slug}/`, note: banner })
  return {
    present: areas.filter(area => !area.historical).map(link),
    historical: areas.filter(area => area.historical).map(link),
  }
}

/** What machines ask: whether the process and its database answer, and what robots may read. */
export function registerMachinePages(app: FastifyInstance, site: PublicSite, services: GeneralServices): void {
  const headers = { ...site.web.headers, 'cache-control': 'no-store' }
  const says = (status: string): object => ({ status })
  app.get('/health', { schema: { tags: ['service'] } }, (_request, reply) => reply.headers(headers).send(says('ok')))
  app.get('/ready', { schema: { tags: ['service'] } }, async (_request, reply) => {
    try {
      await services.ready()
      return reply.headers(headers).send(says('ok'))
    } catch {
      site.web.log('The database does not answer')
      return reply.code(503).headers(headers).send(says('the database does not answer'))
    }
  })
  app.get('/robots.txt', { schema: { hide: true } }, (_request, reply) =>
    reply.headers(headers).type('text/plain; charset=utf-8').send('User-agent: *\nDisallow: /workspace\n'),
  )
}

/** Style sheet, scripts and pictures. An address that changes with its content may be kept for ever. */
export function registerAssets(
  app: FastifyInstance,
  { files }: Assets,
  headers: Readonly<Record<string, string>>,
): void {
  for (const [address, asset] of files) {
    const caching = asset.hashed ? 'public, max-age=31536000, immutable' : 'public, max-age=86400'
    const common = { ...headers, 'content-type': asset.mediaType, 'cache-control': caching, vary: 'accept-encoding' }
    app.get(address, { schema: { hide: true } }, (request, reply) => {
      const compressed = request.headers['accept-encoding']?.includes('gzip') === true
      if (compressed) void reply.header('content-encoding', 'gzip')
      return reply.headers(common).send(compressed ? asset.gzip : asset.bytes)
    })
  }
}
