import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { type Quotation, quotationKey, type Quotations, replaceQuotations, writeQuotation } from './quotations.ts'
import { type FormFields, page, type PublicRoute } from './route.ts'
import { registerModel } from './testing/gallery.ts'
import { sampleModule, sampleSite } from './testing/sites.ts'

const noted = (side: string, quoted: readonly Quotation[]) =>
  new Map(quoted.map(each => [quotationKey(each), { href: null, note: `revised, says the ${side}` }]))

const marker = '{figure A 2025-09 = 412}'

/** A page whose title and text quote it. */
const quoting: PublicRoute = {
  path: '/questions',
  handler: () =>
    page('gallery.njk', {
      ...{ layout: 'platform/web/views/public.njk', title: marker },
      list: { ...registerModel, actions: [], introduction: `There were ${marker}.` },
    }),
}

/** Knows one figure, which is 412. */
const quotations: Quotations = {
  resolve: async (_trx, _act, fields) => {
    const resolved = Object.entries(fields).map(([name, value]): [string, FormFields[string]] => [
      name,
      typeof value === 'string' ? replaceQuotations(value, each => writeQuotation({ ...each, text: '412' })) : value,
    ])
    const unknown = String(fields['title']).includes('figure B')
    const faults = unknown ? [{ field: 'title', message: 'There is no figure B' }] : []
    return { fields: Object.fromEntries(resolved), faults }
  },
  forViewer: async (_trx, _act, quoted) => noted('workspace', quoted),
  forPublic: async (_context, quoted) => noted('public', quoted),
}

describe('Figures quoted in what a site is sent and shows', () => {
  let database: TestDatabase
  let app: FastifyInstance

  before(async () => {
    database = await testDatabase()
    const questions = sampleModule().public.map(route => (route.path === '/questions' ? quoting : route))
    app = await sampleSite(database, { quotations, modules: [sampleModule({ public: questions })] })
  })
  after(async () => {
    await app.close()
    await database.close()
  })

  async function send(title: string) {
    const form = await app.inject({ url: '/workspace/sample/form', headers: { cookie: 'who=jo' } })
    const token = /name="_csrf" value="([^"]+)"/.exec(form.body)?.[1] ?? ''
    const own = form.cookies.find(({ name }) => name === 'peelian_form')?.value ?? ''
    return app.inject({
      method: 'POST',
      url: '/workspace/sample/form',
      headers: { cookie: `who=jo; peelian_form=${own}`, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ title, _csrf: token }).toString(),
    })
  }

  it('a form’s markers are given their figures before anything is made of it, and stay in its fields', async () => {
    const { body, statusCode } = await send('There were {figure A 2025-09} of them')
    assert.equal(statusCode, 422)
    assert.match(body, /value="There were \{figure A 2025-09 = 412\} of them"/)
  })
  it('one that leads nowhere is a fault of its field', async () => {
    assert.match((await send('{figure B 2025-09}')).body, /href="#title">There is no figure B/)
  })
  it('a page prints the figure with its note, and its title the figure alone', async () => {
    const { body } = await app.inject('/ardenshire/questions')
    assert.match(body, /412 <span class="peelian-hint">\(revised, says the public\)<\/span>/)
    assert.match(body, /<title>\s*412 /)
  })
  it('data carries the figure alone', async () => {
    assert.equal((await app.inject(`/ardenshire/questions/${encodeURIComponent(marker)}.json`)).body, '{"slug":"412"}')
  })
})
