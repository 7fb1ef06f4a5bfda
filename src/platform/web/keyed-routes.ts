import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { londonDate } from '../time.ts'
import { contentHeaders } from './content-headers.ts'
import { notFoundProblem } from './problems.ts'
import { paramsOf } from './request-values.ts'
import type { Answer, KeyedRoute } from './route.ts'
import type { WorkspaceSite } from './workspace-site.ts'

/** How often one address on the internet may ask. Offices share one, and calendars ask every few minutes. */
export const keyedRateLimit = { max: 120, timeWindow: '1 minute' } as const

/** Adds an address that a secret in it opens. Whoever has no right one is told that nothing is there. */
export function addKeyedRoute(app: FastifyInstance, site: WorkspaceSite, route: KeyedRoute): void {
  app.route({
    method: 'GET',
    url: route.path,
    config: { open: true, rateLimit: keyedRateLimit },
    handler: async (request, reply) => respond(site, request, reply, await answerOf(site, route, request)),
  })
}

async function answerOf({ web, services }: WorkspaceSite, route: KeyedRoute, request: FastifyRequest): Promise<Answer> {
  const now = web.now()
  const { baseUrl } = web.settings
  return route.handler({ db: services.program, now, today: londonDate(now), params: paramsOf(request), baseUrl })
}

function respond(
  site: WorkspaceSite,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
): FastifyReply | Promise<FastifyReply> {
  if (answer.type !== 'content') return site.problem(request, reply, notFoundProblem)
  const etag = `"${createHash('sha256').update(answer.body).digest('base64url')}"`
  // Kept by whoever asked and by nobody between, and asked for anew each time.
  reply.headers({ ...contentHeaders(answer), etag, 'cache-control': 'private, no-cache' })
  if (holds(request.headers['if-none-match'], etag)) return reply.code(304).send()
  return reply.code(answer.status ?? 200).send(answer.body)
}

/** Whether a reader's copy is still right; a proxy may have weakened the mark (W/). */
function holds(ifNoneMatch: string | undefined, etag: string): boolean {
  const marks = (ifNoneMatch ?? '').split(',').map(mark => mark.trim().replace(/^W\//, ''))
  return marks.includes(etag) || marks.includes('*')
}
