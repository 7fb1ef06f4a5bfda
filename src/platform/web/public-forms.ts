import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { csrfCookie, csrfHolds, csrfToken, newCsrfCookie, startedElsewhere } from './csrf.ts'
import { ForeignForm } from './problems.ts'
import type { PublicSite, Rendered } from './public-site.ts'
import { type ReadBody, readBody } from './read-body.ts'
import { paramsOf } from './request-values.ts'
import type { PublicFormRoute } from './route.ts'
import { csrfField } from './templates.ts'

/** How often one address on the internet may send the same form. */
const formRateLimit = { max: 10, timeWindow: '1 minute' } as const

/** The forms that the public fills in: the only pages of the public site that are not kept. */
export function registerPublicForms(app: FastifyInstance, site: PublicSite): void {
  for (const route of site.web.modules.flatMap(({ publicForms }) => publicForms ?? [])) {
    app.route({
      method: route.method,
      url: `/:area${route.path}`,
      schema: { hide: true },
      config: route.method === 'POST' ? { rateLimit: formRateLimit } : {},
      handler: (request, reply) => serveForm(site, route, request, reply),
    })
  }
}

async function serveForm(site: PublicSite, route: PublicFormRoute, request: FastifyRequest, reply: FastifyReply) {
  const area = site.services.areas.find(paramsOf(request)['area'] ?? '')
  if (area === undefined) return site.notFound(request, reply)
  const sent = route.method === 'POST' ? await readOwnForm(site, request) : { fields: {}, uploads: [] }
  const context = { ...site.context(request, area), db: site.services.public }
  const answer = await route.handler({ ...context, ...sent })
  const rendered: Rendered | null =
    answer.type === 'page'
      ? site.page(formSite(site, request, reply, area), answer.view, answer.model, answer.status)
      : await site.rendered(request, context, answer)
  return rendered === null ? site.notFound(request, reply) : site.sendUncached(reply, rendered)
}

function formSite(site: PublicSite, request: FastifyRequest, reply: FastifyReply, area: { slug: string }) {
  const known = request.cookies[csrfCookie]
  const cookie = known ?? newCsrfCookie()
  const { sessionSecret } = site.web.settings
  if (known === undefined) {
    reply.setCookie(csrfCookie, cookie, { path: '/', httpOnly: true, sameSite: 'lax' })
  }
  const found = site.services.areas.find(area.slug) ?? null
  return { ...site.siteModel(request, found), csrfToken: csrfToken(sessionSecret, cookie, null) }
}

async function readOwnForm(site: PublicSite, request: FastifyRequest): Promise<ReadBody> {
  if (startedElsewhere(request.headers)) throw new ForeignForm()
  const body = await readBody(request)
  const { sessionSecret } = site.web.settings
  if (csrfHolds(sessionSecret, request.cookies[csrfCookie], null, body.fields[csrfField])) return body
  throw new ForeignForm()
}
