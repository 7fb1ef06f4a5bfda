import { may } from '../../platform/access/may.ts'
import type { Viewer } from '../../platform/access/viewer.ts'
import type { Answer, FormFields, PublicContext, Upload, WorkspaceContext } from '../../platform/web/route.ts'
import { allPermissions } from '../../platform/web/site.ts'
import { createTemplates } from '../../platform/web/templates.ts'
import type { SiteModel } from '../../platform/web/templates.ts'
import { londonDate } from '../../platform/time.ts'
import { declareKinds } from '../../record/kinds.ts'
import { publicRoutesOf, recordPublic } from '../../record/public.ts'
import { recordLayer } from '../../record/index.ts'
import { testNow, testSite, testWorld } from '../../record/testing.ts'
import type { TestWorld } from '../../record/testing.ts'
import { addAppointment, addPerson, organisations, serveArea } from '../organisations/index.ts'
import { scrutiny } from './index.ts'
import type { Party } from './party.ts'

/** A note that a question can be asked about, in the place of the exceptions of another module. */
const exceptions = {
  name: 'exceptions',
  kinds: [
    {
      kind: 'exception',
      word: 'exception',
      plural: 'exceptions',
      prefix: 'E',
      states: { new: { word: 'New', colour: 'red', open: false } },
      publicStates: ['new'],
      relations: {},
      workspacePath: (id: string) => `/workspace/exceptions/${id}`,
      publicPath: 'exceptions',
      snapshot: async () => {
        const text = 'Shoplifting in January was above its usual range.'
        const svg = '<svg role="img"><title>The chart</title></svg>'
        const table = { caption: 'Shoplifting by month', columns: [], rows: [] }
        const chart = { title: 'Shoplifting', svg, source: 'The force', asAt: '2026-02-01', table }
        return { body: { text, chart }, summary: text, searchText: text }
      },
      publicView: 'none.njk',
      events: {},
    },
  ],
  permissions: {},
  workspace: [],
  public: [],
} as const

declareKinds([recordLayer, organisations, exceptions, scrutiny])

/** Three organisations with everyone who has a part in a question. */
export interface Cast {
  world: TestWorld
  commissioner: Viewer
  lead: Viewer
  boardClerk: Viewer
  chief: Viewer
  officer: Viewer
  otherOfficer: Viewer
  liaison: Viewer
  member: Viewer
  otherMember: Viewer
  panelClerk: Viewer
  /** The parties as they are named in questions and answers. */
  parties: { commissioner: Party; chief: Party; officer: Party; member: Party }
  close(): Promise<void>
}

/** Puts a world together in which posts are held and the organisations serve the area. */
export async function makeCast(): Promise<Cast> {
  const world = await testWorld()
  const clerkOf = (organisation: Viewer['organisation']) => world.viewer(organisation, 'administrator')
  for (const organisation of [world.office, world.force, world.panel]) {
    await world.as(clerkOf(organisation), trx => serveArea(trx, organisation.id, 1))
  }
  const hire = (organisation: Viewer['organisation'], name: string, role: Viewer['roles'][number], title: string) =>
    world.as(clerkOf(organisation), async (trx, act): Promise<{ viewer: Viewer; party: Party }> => {
      const { personId } = await addPerson(trx, act, { areaId: 1, name, publicName: name })
      const started = '2024-05-09'
      await addAppointment(trx, act, { areaId: 1, organisationId: organisation.id, personId, role, title, started })
      const viewer = { ...world.viewer(organisation, role), userId: name, personId, name }
      return { viewer, party: { organisationId: organisation.id, personId, role, name: `${name}, ${title}` } }
    })
  const commissioner = await hire(world.office, 'Ada Okoro', 'commissioner', 'Police and Crime Commissioner')
  const chief = await hire(world.force, 'Bronagh Lyle', 'chief-constable', 'Chief Constable')
  const officer = await hire(world.force, 'Cy Marsh', 'chief-officer', 'Assistant Chief Constable')
  const otherOfficer = await hire(world.force, 'Dee Pike', 'chief-officer', 'Deputy Chief Constable')
  const member = await hire(world.panel, 'Eve Rowntree', 'panel-member', 'Panel member')
  const otherMember = await hire(world.panel, 'Finn Stowe', 'panel-member', 'Panel member')
  return {
    world,
    commissioner: commissioner.viewer,
    chief: chief.viewer,
    officer: officer.viewer,
    otherOfficer: otherOfficer.viewer,
    member: member.viewer,
    otherMember: otherMember.viewer,
    lead: world.viewer(world.office, 'policy-lead'),
    boardClerk: world.viewer(world.office, 'board-clerk'),
    liaison: world.viewer(world.force, 'liaison'),
    panelClerk: world.viewer(world.panel, 'panel-clerk'),
    parties: { commissioner: commissioner.party, chief: chief.party, officer: officer.party, member: member.party },
    close: () => world.close(),
  }
}

const templates = createTemplates()
const modules = [recordLayer, organisations, scrutiny]
const permissions = allPermissions(modules)

/** What a page came to: its status, its HTML, and where it leads. */
export interface Seen {
  status: number
  html: string
  to: string
  notice: string
}

class RolledBack extends Error {
  readonly answer: Answer
  constructor(answer: Answer) {
    super('A refused form changes nothing')
    this.answer = answer
  }
}

/** What is sent with a request. */
export interface Request {
  fields?: FormFields
  uploads?: readonly Upload[]
  now?: Temporal.Instant
}

/**
 * Asks for a page of the workspace as the platform does: the route by its address, the permission, the handler in a
 * transaction that a refusal takes back, the template.
 */
export async function visit(
  { world }: Cast,
  viewer: Viewer,
  method: 'GET' | 'POST',
  address: string,
  request: Request = {},
): Promise<Seen> {
  const url = new URL(address.replace(/^\/workspace/, ''), 'http://site.invalid')
  const found = routeFor(method, url.pathname)
  if (found === null) throw new Error(`There is no route ${method} ${address}`)
  if (!may(permissions, viewer, found.route.permission)) return { status: 403, html: '', to: '', notice: '' }
  const query = Object.fromEntries(url.searchParams)
  try {
    const answer = await world.as(
      viewer,
      async (_trx, context) => {
        const permitted: WorkspaceContext = { ...context, may: permission => may(permissions, viewer, permission) }
        const made = await found.route.handler(permitted)
        const refused = made.type === 'not-found' || (made.type === 'page' && (made.status ?? 200) >= 400)
        if (method === 'POST' && refused) throw new RolledBack(made)
        return made
      },
      { params: found.params, query, ...request },
    )
    return seen(answer, 'workspace')
  } catch (fault) {
    if (fault instanceof RolledBack) return seen(fault.answer, 'workspace')
    throw fault
  }
}

function routeFor(method: string, path: string) {
  const routes = modules.flatMap(module => module.workspace).filter(route => route.method === method)
  return routes.map(route => ({ route, params: match(route.path, path) })).find(isFound) ?? null
}

type Found = { route: (typeof modules)[number]['workspace'][number]; params: Record<string, string> }

function isFound(candidate: { route: Found['route']; params: Record<string, string> | null }): candidate is Found {
  return candidate.params !== null
}

/** What the parts of a route's pattern come to, or null where the address is another's; a fixed word goes first. */
function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return null
  const params: Record<string, string> = {}
  for (const [at, part] of wanted.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = given[at] ?? ''
    else if (part !== given[at]) return null
  }
  return Object.values(params).includes('new') ? null : params
}

function seen(answer: Answer, side: SiteModel['side']): Seen {
  const nothing = { status: 200, html: '', to: '', notice: '' }
  switch (answer.type) {
    case 'page':
      return {
        ...nothing,
        status: answer.status ?? 200,
        html: templates.render(answer.view, answer.model, testSite(side)),
      }
    case 'redirect':
      return { ...nothing, status: 303, to: answer.to, notice: answer.notice ?? '' }
    case 'content':
      return { ...nothing, html: String(answer.body) }
    case 'not-found':
      return { ...nothing, status: 404 }
    case 'gone':
      return { ...nothing, status: 410 }
  }
}

/** Asks for a public page below the area, signed out, with the public login. */
export async function visitPublic({ world }: Cast, address: string, now = testNow): Promise<Seen> {
  const url = new URL(address.replace(/^\/testshire/, ''), 'http://site.invalid')
  const routes = [...recordPublic, ...publicRoutesOf(scrutiny.kinds, [])]
  const found = routes
    .map(route => ({ route, params: match(route.path, url.pathname) }))
    .find(({ params }) => params !== null)
  if (found?.params == null) throw new Error(`There is no public address ${address}`)
  const context: PublicContext = {
    db: world.database.public,
    area: { ...world.area, banner: null, asAt: null },
    now,
    today: londonDate(now),
    asOf: now,
    params: found.params,
    query: Object.fromEntries(url.searchParams),
    baseUrl: 'http://site.invalid',
  }
  return seen(await found.route.handler(context), 'public')
}

/** The last part of an address. */
export function idIn(address: string): string {
  return address.split('/').at(-1) ?? ''
}

/** The version that a form carries. */
export function versionIn(html: string): string {
  return /name="version" value="(\d+)"/.exec(html)?.[1] ?? ''
}

/** Opens a form and sends it with the version it carries. */
export async function sendForm(cast: Cast, viewer: Viewer, address: string, more: FormFields = {}): Promise<Seen> {
  const { html } = await visit(cast, viewer, 'GET', address)
  return visit(cast, viewer, 'POST', address, { fields: { version: versionIn(html), ...more } })
}
