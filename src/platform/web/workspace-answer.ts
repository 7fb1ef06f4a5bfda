import type { FastifyReply, FastifyRequest } from 'fastify'
import { may } from '../access/may.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Trx } from '../database/tables.ts'
import { inTransaction } from '../database/transaction.ts'
import { londonDate } from '../time.ts'
import { contentHeaders } from './content-headers.ts'
import { signInAddress } from './local-path.ts'
import { forbiddenProblem, goneProblem, notFoundProblem } from './problems.ts'
import { type FieldsWithUploadFaults, uploadFaults } from './form.ts'
import { mayQuote } from './quotations.ts'
import type { ReadBody } from './read-body.ts'
import { paramsOf, queryOf } from './request-values.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from './route.ts'
import type { WorkspaceSite } from './workspace-site.ts'

const nothingSent: ReadBody = { fields: {}, uploads: [] }

/** Carries the answer of a refused change out of its transaction, which is rolled back. */
class RolledBack extends Error {
  readonly answer: Answer
  constructor(answer: Answer) {
    super('Refused')
    this.answer = answer
  }
}

/** One request of the workspace: who, may they, what was sent, the handler in one transaction, the response. */
export async function runRoute(
  site: WorkspaceSite,
  route: WorkspaceRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const person = await site.person(request)
  const viewer = person && site.services.sessions.viewerFrom(person)
  if (viewer === null) return reply.redirect(signInAddress(placeToReturn(route, request)), 303)
  if (!may(site.web.permissions, viewer, route.permission)) return site.problem(request, reply, forbiddenProblem)
  const sent = route.method === 'POST' ? await site.form(request) : nothingSent
  return respond(site, request, reply, await answerOf(site, route, viewer, request, sent))
}

/** After signing in, a page is shown again; a form that was sent is not sent again by itself. */
function placeToReturn(route: WorkspaceRoute, request: FastifyRequest): string {
  return route.method === 'GET' ? request.url : '/workspace'
}

async function answerOf(
  site: WorkspaceSite,
  route: WorkspaceRoute,
  viewer: Viewer,
  request: FastifyRequest,
  sent: ReadBody,
): Promise<Answer> {
  const now = site.web.now()
  const context: Omit<WorkspaceContext, 'trx'> = {
    viewer,
    now,
    today: londonDate(now),
    params: paramsOf(request),
    query: queryOf(request),
    ...sent,
    baseUrl: site.web.settings.baseUrl,
    may: permission => may(site.web.permissions, viewer, permission),
  }
  try {
    return await inTransaction(site.services.program, viewer, async trx => {
      const fields = await withFigures(site, trx, context)
      const answer = await route.handler({ ...context, fields, trx })
      if (route.method === 'POST' && isRefusal(answer)) throw new RolledBack(answer)
      return answer
    })
  } catch (error) {
    if (error instanceof RolledBack) return error.answer
    throw error
  }
}

/** What was sent, with each marker of a quoted figure given its figure, and faults for those that lead to none. */
async function withFigures(
  { web }: WorkspaceSite,
  trx: Trx,
  { viewer, now, fields }: Omit<WorkspaceContext, 'trx'>,
): Promise<FieldsWithUploadFaults> {
  const sent: FieldsWithUploadFaults = fields
  const quotes = Object.values(fields).some(value => [value ?? []].flat().some(mayQuote))
  if (web.quotations === null || !quotes) return sent
  const { fields: resolved, faults } = await web.quotations.resolve(trx, { viewer, now }, fields)
  const before = sent[uploadFaults] ?? []
  return faults.length + before.length === 0 ? resolved : { ...resolved, [uploadFaults]: [...before, ...faults] }
}

/** A refused form changes nothing, whatever its handler wrote before it found out. */
function isRefusal(answer: Answer): boolean {
  if (answer.type === 'not-found') return true
  return (answer.type === 'page' || answer.type === 'content') && (answer.status ?? 200) >= 400
}

async function respond(
  site: WorkspaceSite,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
): Promise<FastifyReply> {
  switch (answer.type) {
    case 'page':
      return site.page(request, reply, answer.view, answer.model, answer.status)
    case 'redirect':
      return site.redirect(reply, answer.to, answer.notice)
    case 'content':
      return reply
        .code(answer.status ?? 200)
        .headers(contentHeaders(answer))
        .send(answer.body)
    case 'not-found':
      return site.problem(request, reply, notFoundProblem)
    case 'gone':
      return site.problem(request, reply, goneProblem(answer.model))
  }
}
