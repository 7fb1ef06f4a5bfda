import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Sessions, SignedIn } from '../../access/sessions.ts'
import type { Role, Viewer } from '../../access/viewer.ts'
import type { Database } from '../../database/tables.ts'
import { Refusal, StaleRecord } from '../../refusals.ts'
import { date, readForm, text } from '../form.ts'
import type { CountedArea } from '../published-areas.ts'
import { type Answer, notFound, page, redirect, type WorkspaceContext } from '../route.ts'
import type { WebModule } from '../site.ts'
import { createWebSite, type WebServices } from '../web-site.ts'
import * as gallery from './gallery.ts'

const view = 'gallery.njk'
const inWorkspace = (title: string, model: object): Answer =>
  page(view, { layout: 'platform/web/views/workspace.njk', title, ...model })

const schema = z.object({ title: text('Enter a title', 'The title'), due: date('the date the answer is due') })

function answerForm({ fields, uploads }: WorkspaceContext): Answer {
  const read = readForm(schema, fields)
  if (!read.ok) {
    const form = { ...gallery.formModel(read.errors), fields: read.fields }
    return page(view, { layout: 'platform/web/views/workspace.njk', title: 'Draft a question', form }, 422)
  }
  const files = uploads.map(({ fileName, mediaType }) => `${fileName} ${mediaType}`).join(', ')
  return redirect('/workspace/sample', `${read.value.title} was saved for ${read.value.due.toString()} ${files}`)
}

/** A module as small as one can be, with every kind of answer. */
export function sampleModule(overrides: Partial<WebModule> = {}): WebModule {
  const read = 'sample.read'
  return {
    name: 'sample',
    navigation: { word: 'Questions', path: '/sample', permission: read },
    publicNavigation: { word: 'Questions', path: '/questions' },
    permissions: { [read]: ['policy-lead'], 'sample.write': ['policy-lead'], 'sample.rule': ['commissioner'] },
    workspace: [
      {
        method: 'GET',
        path: '/sample',
        permission: read,
        handler: () => inWorkspace('Questions', { list: gallery.registerModel }),
      },
      {
        method: 'GET',
        path: '/sample/record',
        permission: read,
        handler: () => inWorkspace('Record', { record: gallery.recordModel, evidence: gallery.evidenceModel }),
      },
      {
        method: 'GET',
        path: '/sample/form',
        permission: 'sample.write',
        handler: () => inWorkspace('Draft a question', { form: gallery.formModel() }),
      },
      { method: 'POST', path: '/sample/form', permission: 'sample.write', handler: answerForm },
      {
        method: 'GET',
        path: '/sample/publish',
        permission: read,
        handler: () => inWorkspace('Publish', { publish: gallery.publishModel }),
      },
      {
        method: 'GET',
        path: '/sample/check',
        permission: read,
        handler: () => inWorkspace('Check', { check: gallery.checkModel }),
      },
      {
        method: 'GET',
        path: '/sample/stale',
        permission: read,
        handler: () => page('platform/web/views/stale.njk', { title: 'Stale', stale: gallery.staleModel }, 409),
      },
      { method: 'GET', path: '/sample/rule', permission: 'sample.rule', handler: () => inWorkspace('Rule', {}) },
      { method: 'GET', path: '/sample/missing', permission: read, handler: notFound },
      {
        method: 'GET',
        path: '/sample/broken',
        permission: read,
        handler: () => {
          throw new Error('the wheel came off')
        },
      },
      {
        method: 'GET',
        path: '/sample/broken-query',
        permission: read,
        handler: async ({ trx }) => {
          await sql`select ${'jo@example.org'}::uuid`.execute(trx)
          return notFound()
        },
      },
      {
        method: 'POST',
        path: '/sample/refused',
        permission: read,
        handler: () => {
          throw new Refusal(['No evidence is attached.'])
        },
      },
      {
        method: 'POST',
        path: '/sample/overtaken',
        permission: read,
        handler: () => {
          throw new StaleRecord()
        },
      },
      {
        method: 'GET',
        path: '/sample/file',
        permission: read,
        handler: () => ({
          type: 'content',
          mediaType: 'application/pdf',
          body: Buffer.from('%PDF'),
          fileName: 'a "b" – c.pdf',
        }),
      },
    ],
    public: [
      {
        path: '/questions',
        handler: () =>
          page(view, {
            layout: 'platform/web/views/public.njk',
            title: 'Questions',
            list: { ...gallery.registerModel, actions: [] },
            feeds: { atom: '/ardenshire/questions.atom' },
          }),
      },
      {
        path: '/questions.csv',
        handler: () => ({
          type: 'content',
          mediaType: 'text/csv; charset=utf-8',
          body: 'a,b\r\n',
          fileName: 'questions.csv',
        }),
      },
      {
        path: '/questions/:slug',
        handler: ({ params, asOf }) =>
          params['slug'] === 'taken'
            ? { type: 'gone', model: { reason: 'It named a person.' } }
            : params['slug'] === 'missing'
              ? notFound()
              : page(view, {
                  layout: 'platform/web/views/public.njk',
                  title: `Question ${params['slug']} ${asOf.toString()}`,
                }),
      },
      {
        path: '/questions/:slug.json',
        handler: ({ params }) => ({
          type: 'content',
          mediaType: 'application/json',
          body: JSON.stringify({ slug: params['slug'] }),
        }),
      },
      {
        path: '/trail',
        handler: () =>
          page(view, { layout: 'platform/web/views/public.njk', title: 'Trail', trail: gallery.trailModel }),
      },
      {
        path: '/chart',
        handler: async () =>
          page(view, {
            layout: 'platform/web/views/public.njk',
            title: 'Shoplifting',
            chart: await gallery.chartModel(),
          }),
      },
    ],
    publicForms: [
      {
        method: 'GET',
        path: '/ask',
        handler: () => page(view, { layout: 'platform/web/views/public.njk', title: 'Ask', form: gallery.formModel() }),
      },
      {
        method: 'POST',
        path: '/ask',
        handler: ({ fields }) =>
          page(view, { layout: 'platform/web/views/public.njk', title: `Asked: ${String(fields['title'])}` }),
      },
    ],
    ...overrides,
  }
}

export function sampleViewer(roles: readonly Role[] = ['policy-lead']): Viewer {
  return {
    userId: 'u1',
    personId: null,
    name: gallery.awkwardName,
    organisation: { id: '00000000-0000-7000-8000-000000000001', name: 'Office of the Commissioner', kind: 'office' },
    area: { id: 1, slug: 'ardenshire', name: 'Ardenshire', historical: false },
    roles,
  }
}

/** Sessions by the value of the cookie `who`: anyone named there is signed in, with a session of that name. */
export function sampleSessions(viewer: Viewer = sampleViewer()): Sessions {
  const signedInOf: Sessions['signedInOf'] = async ({ headers }) => {
    const who = /who=(\w+)/.exec(String(headers.cookie ?? ''))?.[1]
    if (who === undefined) return null
    const { userId, personId, name, organisation, area, roles } = viewer
    const place = { organisation, area, roles }
    const person: SignedIn = {
      sessionId: who,
      userId,
      personId,
      name,
      email: 'a@example.org',
      secondFactor: true,
      places: [place],
      acting: place,
    }
    return person
  }
  const viewerFrom: Sessions['viewerFrom'] = person => (person.acting === null ? null : viewer)
  return {
    signedInOf,
    viewerFrom,
    viewerOf: async request => ((await signedInOf(request)) === null ? null : viewer),
  }
}

export const sampleAreas = (): CountedArea[] => [
  { id: 1, slug: 'ardenshire', name: 'Ardenshire', banner: null, historical: false, asAt: null, counter: 1 },
  {
    id: 2,
    slug: 'mercia',
    name: 'Mercia',
    banner: 'A demonstration from historical papers.',
    historical: true,
    asAt: null,
    counter: 1,
  },
]

/** A whole site over a database, with the sample module unless told otherwise. */
export function sampleSite(
  database: { program: Database; public: Database },
  given: Partial<WebServices> = {},
): Promise<FastifyInstance> {
  return createWebSite({
    settings: {
      baseUrl: 'http://localhost:3000',
      demo: false,
      sessionSecret: 'a secret of at least thirty-two characters',
    },
    modules: [sampleModule()],
    program: database.program,
    public: database.public,
    publicRead: database.public,
    sessions: sampleSessions(),
    readAreas: async () => sampleAreas(),
    ready: async () => undefined,
    cacheFolders: [join(import.meta.dirname, '../../../../node_modules/.cache/peelian')],
    views: [join(import.meta.dirname, 'views')],
    now: () => Temporal.Instant.from('2026-03-10T12:00:00Z'),
    log: () => undefined,
    ...given,
  })
}
