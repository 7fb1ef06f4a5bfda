import { may } from '../../platform/access/may.ts'
import type { Viewer } from '../../platform/access/viewer.ts'
import type { Answer, FormFields, PublicContext, WorkspaceContext } from '../../platform/web/route.ts'
import { allPermissions } from '../../platform/web/site.ts'
import { createTemplates } from '../../platform/web/templates.ts'
import { londonDate } from '../../platform/time.ts'
import { recordLayer } from '../../record/index.ts'
import { declareKinds } from '../../record/kinds.ts'
import { publicRoutesOf, recordPublic } from '../../record/public.ts'
import type { RecordHead } from '../../record/record.ts'
import { findRecord } from '../../record/records.ts'
import { testNow, testSite, testWorld } from '../../record/testing.ts'
import type { TestWorld } from '../../record/testing.ts'
import { organisations, serveArea } from '../organisations/index.ts'
import { followUp, issueItem, raiseItem } from './index.ts'
import type { NewItem } from './index.ts'

/** Meetings as the record layer knows them, in the place of the module that holds them. */
const meetings = {
  name: 'meetings',
  kinds: [
    {
      kind: 'meeting',
      word: 'meeting',
      plural: 'meetings',
      prefix: 'MT',
      states: {
        held: { word: 'Held', colour: 'green', open: false },
        cancelled: { word: 'Cancelled', colour: 'grey', open: false },
      },
      publicStates: ['held'],
      relations: {},
      workspacePath: (id: string) => `/workspace/meetings/${id}`,
      publicPath: 'meetings',
      snapshot: async () => ({ body: {}, summary: '', searchText: '' }),
      publicView: 'none.njk',
      events: {},
    },
  ],
  permissions: {},
  workspace: [],
  public: [],
} as const

declareKinds([recordLayer, organisations, meetings, followUp])

/** The panel, the office and the force, with everyone who has a part in a recommendation. */
export interface Cast {
  world: TestWorld
  panelClerk: Viewer
  panelChair: Viewer
  panelMember: Viewer
  commissioner: Viewer
  chiefExecutive: Viewer
  boardClerk: Viewer
  liaison: Viewer
  chief: Viewer
  close(): Promise<void>
}

export async function makeCast(): Promise<Cast> {
  const world = await testWorld()
  for (const organisation of [world.office, world.force, world.panel]) {
    await world.as(world.viewer(organisation, 'administrator'), trx => serveArea(trx, organisation.id, 1))
  }
  return {
    world,
    panelClerk: world.viewer(world.panel, 'panel-clerk'),
    panelChair: world.viewer(world.panel, 'panel-chair'),
    panelMember: world.viewer(world.panel, 'panel-member'),
    commissioner: world.viewer(world.office, 'commissioner'),
    chiefExecutive: world.viewer(world.office, 'chief-executive'),
    boardClerk: world.viewer(world.office, 'board-clerk'),
    liaison: world.viewer(world.force, 'liaison'),
    chief: world.viewer(world.force, 'chief-constable'),
    close: () => world.close(),
  }
}

/** Raises and issues something, by default the panel's recommendation to the office. */
export async function issue(
  cast: Cast,
  more: Partial<NewItem> = {},
  by: Viewer = cast.panelClerk,
): Promise<RecordHead> {
  const { office } = cast.world
  return cast.world.as(by, async (trx, act) => {
    const drafted = await raiseItem(trx, act, {
      kind: 'recommendation',
      areaId: 1,
      title: 'Give more detail on crime figures',
      asked: 'That the performance section include greater detail regarding crime statistics.',
      owner: { organisationId: office.id, role: 'chief-executive' },
      leadWords: 'The chief executive',
      addressedTo: [{ organisationId: office.id, words: office.name }],
      due: null,
      raisedByWords: 'Testshire Police and Crime Panel, 6 March 2026',
      ...more,
    })
    return issueItem(trx, act, drafted)
  })
}

/** The head of a record as somebody has it, or null. */
export function headOf(cast: Cast, viewer: Viewer, id: string): Promise<RecordHead | null> {
  return cast.world.as(viewer, trx => findRecord(trx, { areaId: 1, id }))
}

const templates = createTemplates()
const modules = [recordLayer, organisations, followUp]
const permissions = allPermissions(modules)

/** What a page came to: its status, its HTML, and where it leads. */
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

/** Asks for a page of the workspace as the platform does: permission, handler, and a refusal takes back what was done. */
export async function visit(
  { world }: Cast,
  viewer: Viewer,
  method: 'GET' | 'POST',
  address: string,
  fields: FormFields = {},
): Promise<Seen> {
  const url = new URL(address.replace(/^\/workspace/, ''), 'http://site.invalid')
  const found = modules
    .flatMap(module => module.workspace)
    .filter(route => route.method === method)
    .map(route => ({ route, params: match(route.path, url.pathname) }))
    .find(({ params }) => params !== null)
  if (found?.params == null) throw new Error(`There is no route ${method} ${address}`)
  if (!may(permissions, viewer, found.route.permission)) return { status: 403, html: '', to: '' }
  const more = { params: found.params, query: Object.fromEntries(url.searchParams), fields }
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
      more,
    )
    return seen(answer, 'workspace')
  } catch (fault) {
    if (fault instanceof RolledBack) return seen(fault.answer, 'workspace')
    throw fault
  }
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

function seen(answer: Answer, side: 'workspace' | 'public'): Seen {
  switch (answer.type) {
    case 'page': {
      const html = templates.render(answer.view, answer.model, testSite(side))
      return { status: answer.status ?? 200, html, to: '' }
    }
    case 'redirect':
      return { status: 303, html: '', to: answer.to }
    case 'content':
      return { status: 200, html: String(answer.body), to: '' }
    case 'not-found':
      return { status: 404, html: '', to: '' }
    case 'gone':
      return { status: 410, html: '', to: '' }
  }
}

/** Asks for a public page below the area, signed out, with the public login. */
export async function visitPublic({ world }: Cast, address: string, now = testNow): Promise<Seen> {
  const url = new URL(address.replace(/^\/testshire/, ''), 'http://site.invalid')
  const routes = [...recordPublic, ...followUp.public, ...publicRoutesOf(followUp.kinds, followUp.public)]
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

/** The version that a form carries. */
export function versionIn(html: string): string {
  return /name="version" value="(\d+)"/.exec(html)?.[1] ?? ''
}

/** Opens a form and sends it with the version it carries. */
export async function sendForm(cast: Cast, viewer: Viewer, address: string, more: FormFields = {}): Promise<Seen> {
  const { html } = await visit(cast, viewer, 'GET', address)
  return visit(cast, viewer, 'POST', address, { version: versionIn(html), ...more })
}

/** The last part of an address. */
export function idIn(address: string): string {
  return address.split('/').at(-1) ?? ''
}
