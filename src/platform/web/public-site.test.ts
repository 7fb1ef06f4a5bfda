import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { page, type PublicRoute } from './route.ts'
import { templateScriptHash } from './security-headers.ts'
import { sampleAreas, sampleModule, sampleSite } from './testing/sites.ts'

let database: TestDatabase
let app: FastifyInstance

before(async () => {
  database = await testDatabase()
  app = await sampleSite(database)
})
after(async () => {
  await app.close()
  await database.close()
})

const pages = [
  '/',
  '/about',
  '/accessibility',
  '/privacy',
  '/corrections',
  '/ardenshire/questions',
  '/ardenshire/trail',
  '/ardenshire/chart',
  '/ardenshire/ask',
  '/nothing',
]

describe('security', () => {
  test('no page has an inline script but the template’s, whose hash is the one that is allowed', async () => {
    for (const url of pages) {
      const { body, headers } = await app.inject(url)
      const scripts = [...body.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)]
      const inline = scripts.filter(([, attributes]) => !attributes?.includes('src='))
      assert.equal(inline.length, 1, url)
      const hash = createHash('sha256')
        .update(inline[0]?.[2] ?? '')
        .digest('base64')
      assert.equal(`sha256-${hash}`, templateScriptHash)
      assert.ok(String(headers['content-security-policy']).includes(`script-src 'self' '${templateScriptHash}'`))
      assert.doesNotMatch(body, / style="|<style| on[a-z]+="/, url)
    }
  })

  test('every answer carries the headers that keep it safe', async () => {
    for (const url of [
      ...pages,
      '/health',
      '/robots.txt',
      '/api/openapi.json',
      '/ardenshire/questions.csv',
      '/workspace/x',
    ]) {
      const { headers } = await app.inject(url)
      assert.match(String(headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/, url)
      assert.equal(headers['x-content-type-options'], 'nosniff', url)
      assert.equal(headers['referrer-policy'], 'strict-origin-when-cross-origin', url)
      assert.equal(headers['x-frame-options'], 'DENY', url)
    }
  })

  test('browsers are told to come back by https where the site is served so', async () => {
    const settings = { baseUrl: 'https://example.org', demo: false, sessionSecret: 'x'.repeat(32) }
    const secure = await sampleSite(database, { settings })
    assert.match(String((await secure.inject('/about')).headers['strict-transport-security']), /max-age/)
    const form = await secure.inject('/ardenshire/ask')
    assert.equal(form.cookies[0]?.secure, true)
    await secure.close()
    assert.equal((await app.inject('/about')).headers['strict-transport-security'], undefined)
  })

  test('pages that only show something set no cookie', async () => {
    for (const url of pages.filter(each => each !== '/ardenshire/ask')) {
      assert.equal((await app.inject(url)).headers['set-cookie'], undefined, url)
    }
  })
})

describe('the cache', () => {
  function counted(): { route: PublicRoute; made: () => number } {
    let made = 0
    const handler = () => page('gallery.njk', { layout: 'platform/web/views/public.njk', title: `Made ${++made}` })
    return { route: { path: '/counted', handler }, made: () => made }
  }

  test('a page is made once, until its area publishes; then it is made anew', async () => {
    const { route, made } = counted()
    const areas = sampleAreas()
    const site = await sampleSite(database, {
      modules: [sampleModule({ public: [route] })],
      readAreas: async () => areas.map(area => ({ ...area })),
    })
    const first = await site.inject('/ardenshire/counted')
    const second = await site.inject('/ardenshire/counted')
    assert.equal(made(), 1)
    assert.equal(second.body, first.body)
    assert.equal(second.headers.etag, first.headers.etag)
    const [area] = areas
    assert.ok(area)
    area.counter++
    let third = await site.inject('/ardenshire/counted')
    while (made() === 1) {
      await sleep(100)
      third = await site.inject('/ardenshire/counted')
    }
    assert.equal(made(), 2)
    assert.notEqual(third.headers.etag, first.headers.etag)
    await site.close()
  })

  test('when the counters can no longer be read, nothing is taken from the cache', async () => {
    const { route, made } = counted()
    let reachable = true
    const readAreas = async () => {
      if (!reachable) throw new Error('no connection')
      return sampleAreas()
    }
    const site = await sampleSite(database, { modules: [sampleModule({ public: [route] })], readAreas })
    await site.inject('/ardenshire/counted')
    reachable = false
    await sleep(2200)
    await site.inject('/ardenshire/counted')
    assert.equal(made(), 2)
    await site.close()
  })

  test('what is published while a page is being made is not covered by the older page', async () => {
    const areas = sampleAreas()
    let made = 0
    let looked = 0
    const handler = async () => {
      made++
      const [area] = areas
      assert.ok(area)
      if (made === 1) {
        area.counter++
        for (const now = looked; looked < now + 2;) await sleep(50)
      }
      return page('gallery.njk', { layout: 'platform/web/views/public.njk', title: `Made ${made}` })
    }
    const readAreas = async () => {
      looked++
      return areas.map(area => ({ ...area }))
    }
    const site = await sampleSite(database, {
      modules: [sampleModule({ public: [{ path: '/slow', handler }] })],
      readAreas,
    })
    await site.inject('/ardenshire/slow')
    assert.match((await site.inject('/ardenshire/slow')).body, /Made 2/)
    await site.close()
  })

  test('a browser’s copy that still holds is not sent again, plain or compressed', async () => {
    const plain = await app.inject('/ardenshire/trail')
    assert.match(String(plain.headers.etag), /^"[^"]+"$/)
    assert.equal(plain.headers['cache-control'], 'public, max-age=0, must-revalidate')
    assert.equal(plain.headers.vary, 'accept-encoding')
    const compressed = await app.inject({ url: '/ardenshire/trail', headers: { 'accept-encoding': 'br, gzip' } })
    assert.equal(compressed.headers['content-encoding'], 'gzip')
    assert.equal(gunzipSync(compressed.rawPayload).toString(), plain.body)
    assert.notEqual(compressed.headers.etag, plain.headers.etag)
    for (const etag of [plain.headers.etag, compressed.headers.etag, `"x", ${plain.headers.etag}`]) {
      const answer = await app.inject({ url: '/ardenshire/trail', headers: { 'if-none-match': String(etag) } })
      assert.equal(answer.statusCode, 304)
      assert.equal(answer.body, '')
      assert.ok(answer.headers['content-security-policy'])
    }
    const other = await app.inject({ url: '/ardenshire/trail', headers: { 'if-none-match': '"x"' } })
    assert.equal(other.statusCode, 200)
    const refused = await app.inject({ url: '/ardenshire/trail', headers: { 'accept-encoding': 'gzip;q=0' } })
    assert.equal(refused.headers['content-encoding'], undefined)
  })

  test('HEAD answers like GET without the page, from the cache and before', async () => {
    for (const url of [
      '/ardenshire/trail',
      '/ardenshire/questions/head',
      '/about',
      '/health',
      '/ardenshire/questions.csv',
    ]) {
      const get = await app.inject(url)
      const head = await app.inject({ method: 'HEAD', url })
      assert.equal(head.statusCode, 200, url)
      assert.equal(head.body, '', url)
      assert.equal(head.headers.etag, get.headers.etag, url)
      assert.equal(head.headers['content-length'], get.headers['content-length'], url)
    }
  })
})

describe('areas', () => {
  test('an unknown area, an unknown page and a record that is not there give no hint', async () => {
    for (const url of ['/nowhere', '/nowhere/questions', '/ardenshire/nothing', '/ardenshire/questions/missing']) {
      const answer = await app.inject(url)
      assert.equal(answer.statusCode, 404, url)
      assert.match(answer.body, /Page not found/)
      assert.equal(answer.headers['cache-control'], 'no-store')
    }
  })

  test('what was taken down answers 410 with the reason that may be given', async () => {
    const answer = await app.inject('/ardenshire/questions/taken?as-of=2020-01-01')
    assert.equal(answer.statusCode, 410)
    assert.match(answer.body, /It named a person\./)
  })

  test('a historical area says so on every page and in its data, and asks search engines to stay away', async () => {
    for (const url of ['/mercia/questions', '/mercia/questions/one', '/mercia/nothing', '/mercia/ask']) {
      const answer = await app.inject(url)
      assert.match(answer.body, /A demonstration from historical papers\./, url)
      assert.match(answer.body, /<meta name="robots" content="noindex">/, url)
      assert.equal(answer.headers['x-robots-tag'], 'noindex', url)
    }
    assert.equal((await app.inject('/mercia/questions.csv')).headers['x-robots-tag'], 'noindex')
    assert.equal((await app.inject('/ardenshire/questions')).headers['x-robots-tag'], undefined)
  })

  test('a demonstration says DEMO on every page of both sides', async () => {
    const settings = { baseUrl: 'http://localhost:3000', demo: true, sessionSecret: 'x'.repeat(32) }
    const site = await sampleSite(database, { settings })
    for (const url of [...pages, '/workspace/sample']) {
      const { body } = await site.inject({ url, headers: { cookie: 'who=jo' } })
      assert.match(body, /DEMO/, url)
    }
    await site.close()
    assert.doesNotMatch((await app.inject('/ardenshire/questions')).body, /DEMO/)
  })

  test('what was published on a day is asked for by the end of that day in London', async () => {
    const summer = await app.inject('/ardenshire/questions/one?as-of=2025-07-01')
    assert.match(summer.body, /Question one 2025-07-01T22:59:59\.999999999Z/)
    assert.match(summer.body, /This is what was published on 1 July 2025/)
    assert.match(summer.body, /href="\/ardenshire\/questions\/one">See what is published now/)
    const future = await app.inject('/ardenshire/questions/one?as-of=2030-01-01')
    assert.match(future.body, /Question one 2026-03-10T12:00:00Z/)
    assert.doesNotMatch(future.body, /This is what was published/)
    for (const date of ['2025-02-30', 'yesterday', '2025-7-1']) {
      const answer = await app.inject(`/ardenshire/questions/one?as-of=${date}`)
      assert.equal(answer.statusCode, 400, date)
      assert.match(answer.body, /\?as-of=2022-12-06/)
    }
  })

  test('the start page lists the areas, or leads to the only one', async () => {
    const { body } = await app.inject('/')
    assert.match(body, /href="\/ardenshire\/">/)
    assert.match(body, /href="\/mercia\/">/)
    const site = await sampleSite(database, { readAreas: async () => sampleAreas().slice(0, 1) })
    const answer = await site.inject('/')
    assert.equal(answer.statusCode, 302)
    assert.equal(answer.headers.location, '/ardenshire/')
    await site.close()
  })

  test('a record and its data share an address but for the ending', async () => {
    assert.match((await app.inject('/ardenshire/questions/q-2026-04')).body, /Question q-2026-04/)
    assert.deepEqual((await app.inject('/ardenshire/questions/q-2026-04.json')).json(), { slug: 'q-2026-04' })
  })
})

describe('what machines ask', () => {
  test('the description of the open data lists it, and nothing of the workspace', async () => {
    const { paths } = (await app.inject('/api/openapi.json')).json<{ paths: Record<string, unknown> }>()
    assert.ok('/{area}/questions.csv' in paths)
    assert.deepEqual(
      Object.keys(paths).filter(path => path.includes('workspace')),
      [],
    )
  })

  test('health is the process, ready is the database', async () => {
    assert.equal((await app.inject('/health')).statusCode, 200)
    assert.equal((await app.inject('/ready')).statusCode, 200)
    const site = await sampleSite(database, { ready: async () => Promise.reject(new Error('gone')) })
    assert.equal((await site.inject('/health')).statusCode, 200)
    assert.equal((await site.inject('/ready')).statusCode, 503)
    await site.close()
  })

  test('what pages load is there, under a name that changes with it, and may be kept for ever', async () => {
    const { body } = await app.inject('/about')
    const addresses = [...body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(match => match[1] ?? '')
    assert.equal(addresses.length, 3)
    for (const url of addresses) {
      const { statusCode, headers } = await app.inject(url)
      assert.equal(statusCode, 200, url)
      assert.match(url, /-[0-9a-f]{16}\.\w+$/)
      assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable')
    }
    const css = (await app.inject(addresses[0] ?? '')).body
    assert.match(css, /\.peelian-trail/)
    assert.doesNotMatch(css, /GDS Transport/)
  })
})

describe('public forms', () => {
  const post = (fields: Record<string, string>, headers: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/ardenshire/ask',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams(fields).toString(),
    })

  test('a form needs no session, but must come from its page; and it is not kept', async () => {
    const form = await app.inject('/ardenshire/ask')
    assert.equal(form.headers['cache-control'], 'no-store')
    const token = /name="_csrf" value="([^"]+)"/.exec(form.body)?.[1] ?? ''
    const cookie = `peelian_form=${form.cookies[0]?.value}`
    assert.match((await post({ title: 'Why?', _csrf: token }, { cookie })).body, /Asked: Why\?/)
    assert.equal((await post({ title: 'Why?' }, { cookie })).statusCode, 403)
    assert.equal((await post({ title: 'Why?', _csrf: token }, {})).statusCode, 403)
    assert.equal((await post({ title: 'Why?', _csrf: token }, { cookie: 'peelian_form=other' })).statusCode, 403)
  })

  test('forms are limited', async () => {
    const codes: number[] = []
    for (let n = 0; n < 12; n++) codes.push((await post({}, {})).statusCode)
    assert.equal(codes.at(-1), 429)
  })
})

test('a page that only shows something cannot hold a form by mistake', async () => {
  const handler = () =>
    page('gallery.njk', {
      layout: 'platform/web/views/public.njk',
      title: 'x',
      form: { action: '', fields: {}, faults: [] },
    })
  const site = await sampleSite(database, { modules: [sampleModule({ public: [{ path: '/wrong', handler }] })] })
  assert.equal((await site.inject('/ardenshire/wrong')).statusCode, 500)
  await site.close()
})
