import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import { registerJob } from '../../../platform/jobs.ts'
import { sampleSite } from '../../../platform/web/testing/sites.ts'
import type { KindDescription, ModuleDescription } from '../../../record/description.ts'
import { recordLayer } from '../../../record/index.ts'
import { declareKinds } from '../../../record/kinds.ts'
import { link } from '../../../record/links.ts'
import { publicRoutesOf } from '../../../record/public.ts'
import { publishRecord } from '../../../record/publish.ts'
import type { RecordHead } from '../../../record/record.ts'
import { changeRecord, createRecord, findRecord } from '../../../record/records.ts'
import { addBody, organisations } from '../../organisations/index.ts'
import { scrutiny } from '../index.ts'
import { makeCast } from '../testing.ts'
import type { Cast } from '../testing.ts'
import { setRules } from './body-rules/publish-rules.ts'
import { findRules } from './body-rules/queries.ts'
import { rulesToBeginWith } from './body-rules/rules-of-body.ts'
import type { PublicRules } from './body-rules/rules-of-body.ts'
import { publicQuestionsFollow } from './follow-meeting.ts'

/** A meeting, in the place of those of the module above this one. */
const meetingKind: KindDescription = {
  kind: 'meeting',
  word: 'meeting',
  plural: 'meetings',
  prefix: 'MT',
  states: {
    planned: { word: 'Planned', colour: 'grey', open: false },
    'agenda-published': { word: 'Agenda published', colour: 'blue', open: true },
    held: { word: 'Held', colour: 'green', open: false },
    cancelled: { word: 'Cancelled', colour: 'red', open: false },
  },
  publicStates: ['agenda-published', 'held', 'cancelled'],
  relations: { 'of-body': ['body'] },
  workspacePath: id => `/workspace/meetings/${id}`,
  publicPath: 'meetings',
  snapshot: async (trx, key) => {
    const title = (await findRecord(trx, key))?.title ?? ''
    return { body: { title }, summary: title, searchText: '', facts: { body: panelName } }
  },
  publicView: 'none.njk',
  events: {},
}
const meetings: ModuleDescription = {
  name: 'meetings',
  kinds: [meetingKind],
  permissions: {},
  workspace: [],
  public: [],
}

/** The body whose meetings questions are put to. */
export const panelName = 'Testshire Police and Crime Panel meeting'

/** The sides of a question from the public: the site, the clerk, and what was mailed. */
export interface Stage {
  cast: Cast
  site: FastifyInstance
  body: RecordHead['id']
  /** Plans a meeting of the body, published unless said. */
  meeting(date: string, published?: boolean): Promise<RecordHead>
  /** Moves or cancels a meeting as the module of meetings would, and lets the questions follow. */
  change(meeting: RecordHead, to: { dated?: Temporal.PlainDate; state?: string }): Promise<void>
  setRules(more: Partial<PublicRules & { taking: boolean }>): Promise<void>
  /** Fills the form in at a moment, and sends it as a browser does. */
  ask(
    fields: Record<string, string>,
    options?: { now?: string; query?: string },
  ): Promise<{ status: number; html: string }>
  /** Opens a public page at a moment. */
  open(path: string, at?: string): Promise<{ status: number; html: string }>
  mails(): Promise<{ to: string; subject: string; text: string }[]>
  logged: string[]
  close(): Promise<void>
}

/** Makes a stage on a database of its own. Close it in `after`. */
export async function makeStage(): Promise<Stage> {
  const cast = await makeCast()
  const { world } = cast
  declareKinds([recordLayer, organisations, scrutiny, meetings])
  registerJob('mail', async () => undefined)
  const logged: string[] = []
  let now = Temporal.Instant.from('2026-03-11T10:00:00Z')
  const subjects = [organisations, scrutiny, meetings]
  const site = await sampleSite(world.database, {
    modules: subjects.map(each => ({ ...each, public: [...each.public, ...publicRoutesOf(each.kinds, each.public)] })),
    readAreas: () =>
      world.database.public
        .selectFrom('published.area')
        .select(['id', 'slug', 'name', 'banner', 'historical', 'as_at as asAt', 'counter'])
        .execute(),
    now: () => now,
    log: line => logged.push(line),
  })
  const body = await world.as(cast.panelClerk, (trx, act) =>
    addBody(trx, act, { areaId: 1, name: panelName, form: 'panel', holders: [world.panel.id] }),
  )
  const bodyKey = { areaId: 1, id: body.id, kind: 'body' }

  const stage: Stage = {
    cast,
    site,
    body: body.id,
    logged,
    meeting: (date, published = true) =>
      world.as(cast.panelClerk, async (trx, act) => {
        const dated = Temporal.PlainDate.from(date)
        const state = published ? 'agenda-published' : 'planned'
        const title = `${panelName}, ${date}`
        const head = await createRecord(trx, act, { areaId: 1, kind: 'meeting', title, state, dated })
        await link(trx, act, head, 'of-body', bodyKey)
        if (published) await publishRecord(trx, act, head)
        return head
      }),
    change: (meeting, to) =>
      world.as(cast.panelClerk, async (trx, act) => {
        await changeRecord(trx, act, meeting, null, to, { kind: 'moved' })
        if (meeting.state !== 'planned') await publishRecord(trx, act, meeting)
        await publicQuestionsFollow(trx, act, meeting)
      }),
    async setRules(more) {
      await world.as(cast.panelClerk, async (trx, act) => {
        const stored = await findRules(trx, bodyKey)
        await setRules(trx, act, bodyKey, stored?.version ?? null, { ...rulesToBeginWith, taking: true, ...more })
      })
    },
    async ask(fields, options = {}) {
      now = Temporal.Instant.from(options.now ?? '2026-03-11T10:00:00Z')
      const url = `/testshire/public-questions/ask${options.query ?? ''}`
      const form = await site.inject({ url })
      const cookie = form.cookies.find(({ name }) => name === 'peelian_form')?.value ?? ''
      const token = /name="_csrf" value="([^"]+)"/.exec(form.body)?.[1] ?? ''
      const sent = await site.inject({
        method: 'POST',
        url,
        remoteAddress: `10.0.0.${String((asked += 1))}`,
        headers: { cookie: `peelian_form=${cookie}`, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ ...typed, ...fields, _csrf: token }).toString(),
      })
      return { status: sent.statusCode, html: sent.body }
    },
    async open(path, at = '2026-03-11T10:00:00Z') {
      now = Temporal.Instant.from(at)
      const { statusCode, body: html } = await site.inject({ url: `/testshire${path}` })
      return { status: statusCode, html }
    },
    async mails() {
      const { rows } = await sql<{ data: { to: string; subject: string; text: string } }>`
        select data from jobs.job where name = 'mail' order by created_on, id`.execute(world.database.program)
      return rows.map(row => row.data)
    },
    async close() {
      await site.close()
      await cast.close()
    },
  }
  return stage
}

let asked = 0

/** What a resident types, but for the meeting. */
export const typed = {
  text: 'What do you do about the noise at Walrus Lane?',
  wishes: 'read-out',
  name: 'Zebedee Quillfeather',
  email: 'zebedee.quillfeather@resident.example',
  address: '',
  read: 'yes',
}
