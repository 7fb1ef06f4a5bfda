import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../database/tables.ts'
import { inTransaction } from '../database/transaction.ts'
import { londonDate } from '../time.ts'
import { notFoundProblem } from '../web/problems.ts'
import { paramsOf, queryOf } from '../web/request-values.ts'
import type { Answer, FormFields } from '../web/route.ts'
import { runRoute } from '../web/workspace-answer.ts'
import type { WorkspaceSite } from '../web/workspace-site.ts'
import { accountRoutes } from './pages/account.ts'
import { actingRoutes } from './pages/acting.ts'
import { type Caller, createAuthentication } from './authentication.ts'
import type { AuthenticationSettings } from './authentication-options.ts'
import { invitationRoutes } from './pages/invitation.ts'
import { mailNewPassword } from './mails.ts'
import type { Permissions } from './may.ts'
import { passwordRoutes } from './pages/password.ts'
import type { AccessRoute, AccessServices } from './pages/route.ts'
import { secondFactorRoutes } from './pages/second-factor.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { signInRoutes } from './pages/sign-in.ts'
import { userRoutes } from './pages/users.ts'
import './tables.ts'

export interface AccessSettings extends AuthenticationSettings {
  /** The program's login. */
  db: Database
  /** Every module's permissions: they decide who needs an authenticator code. */
  permissions: Permissions
  now: () => Temporal.Instant
  /** One line to whoever runs the program; never names a person. */
  log: (message: string) => void
}

export interface Access {
  sessions: Sessions
  /** Adds the pages for signing in, one's account and an organisation's users below `/workspace`. */
  routes: (workspace: FastifyInstance, site: WorkspaceSite) => void
}

/** Sign-in, accounts and users of this installation. */
export function createAccess(given: AccessSettings): Access {
  const { db, permissions, now, log, ...settings } = given
  const sessions = createSessions({ db, settings, permissions, now })
  const authentication = createAuthentication({
    db,
    settings,
    complain: log,
    sendResetLink: (user, token) =>
      inTransaction(db, null, trx => mailNewPassword(trx, user, { baseUrl: settings.baseUrl, token })),
  })
  const services: AccessServices = { db, settings, permissions, authentication, sessions, now }
  return { sessions, routes: (workspace, site) => addRoutes(workspace, site, services) }
}

function addRoutes(workspace: FastifyInstance, site: WorkspaceSite, services: AccessServices): void {
  const open = [signInRoutes, passwordRoutes, invitationRoutes, actingRoutes, accountRoutes, secondFactorRoutes]
  for (const route of open.flatMap(routes => routes(services))) {
    workspace.route({
      method: route.method,
      url: route.path,
      config: { open: true },
      handler: (request, reply) => run(site, services, route, request, reply),
    })
  }
  for (const route of userRoutes(services.settings)) {
    workspace.route({
      method: route.method,
      url: route.path,
      config: { permission: route.permission },
      handler: (request, reply) => runRoute(site, route, request, reply),
    })
  }
}

async function run(
  site: WorkspaceSite,
  services: AccessServices,
  route: AccessRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const fields: FormFields = route.method === 'POST' ? (await site.form(request)).fields : {}
  const now = services.now()
  const { answer, cookies = [] } = await route.handler({
    person: await site.person(request),
    caller: callerOf(request),
    now,
    today: londonDate(now),
    address: request.url,
    params: paramsOf(request),
    query: queryOf(request),
    fields,
  })
  for (const cookie of cookies) reply.header('set-cookie', cookie)
  return await respond(site, request, reply, answer)
}

function callerOf(request: FastifyRequest): Caller {
  return {
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? null,
    cookies: request.headers.cookie ?? null,
  }
}

async function respond(
  site: WorkspaceSite,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
): Promise<FastifyReply> {
  if (answer.type === 'page') return await site.page(request, reply, answer.view, answer.model, answer.status)
  if (answer.type === 'redirect') return site.redirect(reply, answer.to, answer.notice)
  return await site.problem(request, reply, notFoundProblem)
}
