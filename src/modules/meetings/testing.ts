import { may } from '../../platform/access/may.ts'
import type { Viewer } from '../../platform/access/viewer.ts'
import type { Trx } from '../../platform/database/tables.ts'
import type { Answer, FormFields, PublicContext, Upload, WorkspaceContext } from '../../platform/web/route.ts'
import { allPermissions } from '../../platform/web/site.ts'
import { createTemplates } from '../../platform/web/templates.ts'
import type { SiteModel } from '../../platform/web/templates.ts'
import { london, londonDate } from '../../platform/time.ts'
import type { KindDescription } from '../../record/description.ts'
import { recordLayer, searchPages } from '../../record/index.ts'
import { declareKinds } from '../../record/kinds.ts'
import { publicRoutesOf } from '../../record/public.ts'
import type { RecordHead } from '../../record/record.ts'
import { createRecord, findRecord } from '../../record/records.ts'
import { testNow, testSite, testWorld } from '../../record/testing.ts'
import type { TestWorld } from '../../record/testing.ts'
import { followUp } from '../follow-up/index.ts'
import { addAppointment, addBody, addPerson, organisations, serveArea } from '../organisations/index.ts'
import { addAttendance, addItem, addMeeting, meetings, startMinutes } from './index.ts'

/** A question in the place of the other module's: it has a title and can be published. */
const questionKind: KindDescription = {
  kind: 'question',
  word: 'question',
  plural: 'questions',
  prefix: 'Q',
  states: { draft: { word: 'Draft', colour: 'grey', open: true }, put: { word: 'Put', colour: 'blue', open: true } },
  publicStates: ['put'],
  relations: {},
  workspacePath: id => `/workspace/questions/${id}`,
  publicPath: 'questions',
  snapshot: async (trx, key) => {
    const title = (await findRecord(trx, key))?.title ?? ''
    return { body: { title }, summary: title, searchText: title }
  },
  publicView: 'none.njk',
  events: {},
}
const questions = { name: 'questions', kinds: [questionKind], permissions: {}, workspace: [], public: [] }

const modules = [recordLayer, searchPages, organisations, followUp, questions, meetings]
declareKinds(modules)

/** Everyone who has a part in a board's meeting, and the board. */
export interface Cast {
  world: TestWorld
  board: RecordHead
  clerk: Viewer
  commissioner: Viewer
  liaison: Viewer
  chief: Viewer
  panelClerk: Viewer
  /** Force staff without a public name. */
  inspector: { personId: string; name: string }
  close(): Promise<void>
}

export const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
/** Noon in London on a day. */
export const noon = (text: string): Temporal.Instant =>
  day(text).toZonedDateTime({ timeZone: london, plainTime: '12:00' }).toInstant()

/** Puts a world together in which a board of the office and the force meets. */
export async function makeCast(): Promise<Cast> {
  const world = await testWorld()
  const administrator = world.viewer(world.office, 'administrator')
  for (const each of [world.office, world.force, world.panel]) {
    await world.as(administrator, trx => serveArea(trx, each.id, 1))
  }
  const hire = (organisation: Viewer['organisation'], name: string, role: Viewer['roles'][number], title: string) =>
    world.as(world.viewer(organisation, 'administrator'), async (trx, act): Promise<Viewer> => {
      const { personId } = await addPerson(trx, act, { areaId: 1, name, publicName: name })
      const post = { areaId: 1, organisationId: organisation.id, personId, role, title, started: '2024-05-09' }
      await addAppointment(trx, act, post)
      return { ...world.viewer(organisation, role), userId: name, personId, name }
    })
  const commissioner = await hire(world.office, 'Ada Okoro', 'commissioner', 'Police and Crime Commissioner')
  const chief = await hire(world.force, 'Bronagh Lyle', 'chief-constable', 'Chief Constable')
  const inspector = await world.as(administrator, async (trx, act) => {
    const name = 'Barnaby Swift'
    const { personId } = await addPerson(trx, act, { areaId: 1, name, publicName: null })
    return { personId, name }
  })
  const holders = [world.office.id, world.force.id]
  const board = await world.as(administrator, (trx, act) =>
    addBody(trx, act, {
      areaId: 1,
      name: 'Governance and Performance Board',
      form: 'board',
      holders,
      sides: [world.panel.id],
    }),
  )
  return {
    world,
    board,
    clerk: world.viewer(world.office, 'board-clerk'),
    commissioner,
    liaison: world.viewer(world.force, 'liaison'),
    chief,
    panelClerk: world.viewer(world.panel, 'panel-clerk'),
    inspector,
    close: () => world.close(),
  }
}

export type Doing<T> = (trx: Trx, context: WorkspaceContext) => Promise<T>

/** A meeting of the board with three items, of which the third is withheld, and everyone noted. */
export interface BoardMeeting {
  meeting: RecordHead
  first: string
  open: string
  withheld: string
}

export const withheldGround = {
  code: 'article-2-2',
  limb: 'c',
  decidedBy: 'The chief executive',
  neutralTitle: 'Operational matter',
} as const

/** Plans a meeting of the board. */
export async function planMeeting(
  { world, board, clerk }: Cast,
  date = '2026-03-10',
  secret = 'Overnight patrols',
): Promise<BoardMeeting> {
  return world.as(clerk, async (trx, act) => {
    const meeting = await addMeeting(trx, act, {
      areaId: 1,
      bodyId: board.id,
      date: day(date),
      starts: '10:00',
      place: 'Room 1',
    })
    const first = await addItem(trx, act, meeting, { title: 'Minutes of the last meeting', kind: 'minutes' })
    const open = await addItem(trx, act, meeting, { title: 'Performance' })
    const withheld = await addItem(trx, act, meeting, { title: secret, ground: withheldGround })
    return { meeting, first, open, withheld }
  })
}

/** Notes who was there: commissioner, chief constable, an inspector without a public name, and apologies. */
export async function noteAttendance(
  { world, clerk, commissioner, chief, inspector }: Cast,
  meeting: RecordHead,
): Promise<void> {
  await world.as(clerk, async (trx, act) => {
    const add = (organisationId: string, personId: string | null, label: string, presence: 'attended' | 'apologies') =>
      addAttendance(trx, act, meeting, { organisationId, personId, label, presence })
    await add(world.office.id, commissioner.personId, 'Police and Crime Commissioner', 'attended')
    await add(world.force.id, chief.personId, 'Chief Constable', 'attended')
    await add(world.force.id, inspector.personId, 'Head of Disclosure', 'attended')
    await add(world.office.id, null, 'Chief Finance Officer', 'apologies')
  })
}

/** A meeting that was held, with its minutes begun. */
export async function heldMeeting(cast: Cast, date = '2026-03-10'): Promise<BoardMeeting & { minutes: RecordHead }> {
  const planned = await planMeeting(cast, date)
  await noteAttendance(cast, planned.meeting)
  const minutes = await cast.world.as(cast.clerk, (trx, act) => startMinutes(trx, act, planned.meeting, act.today))
  return { ...planned, minutes }
}

/** A question of the office that has been put. */
export function ask({ world, clerk }: Cast, title: string): Promise<RecordHead> {
  return world.as(clerk, (trx, act) => createRecord(trx, act, { areaId: 1, kind: 'question', title, state: 'put' }))
}

const templates = createTemplates()

/** What a page came to. */
export interface Seen {
  status: number
  html: string
  to: string
}

class RolledBack extends Error {
  readonly answer: Answer
  constructor(answer: Answer) {
    super('A refused form changes nothing')
    this.answer = answer
  }
}

/** Asks for a page of the workspace as the platform does: route, permission, handler in a transaction, template. */
export async function visit(
  { world }: Cast,
  viewer: Viewer,
  method: 'GET' | 'POST',
  address: string,
  fields: FormFields = {},
  uploads: readonly Upload[] = [],
): Promise<Seen> {
  const url = new URL(address, 'http://site.invalid')
  const path = url.pathname.replace(/^\/workspace/, '')
  const found = routeFor(
    modules.flatMap(each => each.workspace).filter(each => each.method === method),
    path,
  )
  if (found === null) throw new Error(`There is no route ${method} ${address}`)
  const permissions = allPermissions(modules)
  if (!may(permissions, viewer, found.route.permission)) return { status: 403, html: '', to: '' }
  const handle = async (_trx: Trx, context: WorkspaceContext): Promise<Answer> => {
    const permitted = { ...context, may: (permission: string) => may(permissions, viewer, permission) }
    const made = await found.route.handler(permitted)
    const statusOf = made.type === 'page' || made.type === 'content' ? (made.status ?? 200) : 200
    const refused = made.type === 'not-found' || statusOf >= 400
    if (method === 'POST' && refused) throw new RolledBack(made)
    return made
  }
  try {
    const query = Object.fromEntries(url.searchParams)
    return seen(await world.as(viewer, handle, { params: found.params, query, fields, uploads }), 'workspace')
  } catch (fault) {
    if (fault instanceof RolledBack) return seen(fault.answer, 'workspace')
    throw fault
  }
}

/** The route of an address; a fixed word goes before a parameter, as in the router. */
function routeFor<Route extends { path: string }>(routes: readonly Route[], path: string) {
  const candidates = routes.flatMap(route => {
    const params = match(route.path, path)
    return params === null ? [] : [{ route, params }]
  })
  const [best] = candidates.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)
  return best ?? null
}

function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return null
  const params: Record<string, string> = {}
  for (const [at, part] of wanted.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = given[at] ?? ''
    else if (part !== given[at]) return null
  }
  return params
}

function seen(answer: Answer, side: SiteModel['side']): Seen {
  const nothing = { status: 200, html: '', to: '' }
  switch (answer.type) {
    case 'page':
      return {
        ...nothing,
        status: answer.status ?? 200,
        html: templates.render(answer.view, answer.model, testSite(side)),
      }
    case 'redirect':
      return { ...nothing, status: 303, to: answer.to }
    case 'content':
      return { ...nothing, status: answer.status ?? 200, html: String(answer.body) }
    case 'not-found':
      return { ...nothing, status: 404 }
    case 'gone':
      return { ...nothing, status: 410 }
  }
}

/** Asks for a public page below the area, signed out, with the public login. */
export async function visitPublic({ world }: Cast, address: string, now = testNow): Promise<Seen> {
  const url = new URL(address, 'http://site.invalid')
  const own = modules.flatMap(each => each.public)
  const routes = [...own, ...modules.flatMap(each => publicRoutesOf(each.kinds, own))]
  const found = routeFor(routes, url.pathname)
  if (found === null) throw new Error(`There is no public address ${address}`)
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
