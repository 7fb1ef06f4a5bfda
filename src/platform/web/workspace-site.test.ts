import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { sampleModule, sampleSessions, sampleSite, sampleViewer } from './testing/sites.ts'

let database: TestDatabase
let app: FastifyInstance
const logged: string[] = []

before(async () => {
  database = await testDatabase()
  app = await sampleSite(database, { log: line => logged.push(line) })
})
after(async () => {
  await app.close()
  await database.close()
})

const get = (url: string, who = 'jo') => app.inject({ url, headers: who === '' ? {} : { cookie: `who=${who}` } })

describe('who may open what', () => {
  test('nobody signed in is asked to sign in, and comes back to the page', async () => {
    const answer = await get('/workspace/sample?state=put', '')
    assert.equal(answer.statusCode, 303)
    assert.equal(answer.headers.location, '/workspace/sign-in?to=%2Fworkspace%2Fsample%3Fstate%3Dput')
  })

  test('another role gets a page that says so, and stays signed in', async () => {
    const answer = await get('/workspace/sample/rule')
    assert.equal(answer.statusCode, 403)
    assert.match(answer.body, /You are signed in/)
    assert.match(answer.body, /Sign out/)
    assert.ok(!answer.cookies.some(({ name }) => name === 'who'))
  })

  test('missing, not yours and an unknown address are the same page', async () => {
    const [missing, unknown] = [await get('/workspace/sample/missing'), await get('/workspace/nothing-here')]
    assert.equal(missing.statusCode, 404)
    assert.equal(unknown.statusCode, 404)
    const main = (body: string): string => /<main[\s\S]*<\/main>/.exec(body)?.[0] ?? 'none'
    assert.equal(main(missing.body), main(unknown.body))
  })

  test('the navigation shows only what the viewer may open', async () => {
    assert.match((await get('/workspace/sample')).body, /href="\/workspace\/sample"[^>]*aria-current="page"/)
    const other = await sampleSite(database, {
      modules: [sampleModule({ navigation: { word: 'Rules', path: '/sample/rule', permission: 'sample.rule' } })],
    })
    const page = await other.inject({ url: '/workspace/sample', headers: { cookie: 'who=jo' } })
    assert.equal(page.statusCode, 200)
    assert.doesNotMatch(page.body, />\s*Rules/)
    await other.close()
  })

  test('the workspace begins at the first page the viewer may open', async () => {
    assert.equal((await get('/workspace')).headers.location, '/workspace/sample')
    assert.equal((await get('/workspace', '')).headers.location, '/workspace/sign-in?to=%2Fworkspace')
  })

  test('the server does not start if a route lacks a declared permission', async () => {
    const handler = () => ({ type: 'not-found' }) as const
    const start = (permission: string) =>
      sampleSite(database, {
        modules: [sampleModule({ workspace: [{ method: 'GET', path: '/open', permission, handler }] })],
      })
    await assert.rejects(start(''), /The route GET \/workspace\/open says no permission/)
    await assert.rejects(
      start('sample.undeclared'),
      /needs the permission sample\.undeclared, which no module declares/,
    )
  })

  test('a page registered outside the modules needs a permission too, or says that it is open', async () => {
    const start = (config: object) =>
      sampleSite(database, {
        access: workspace => {
          workspace.get('/extra', { config }, () => 'x')
        },
      })
    await assert.rejects(start({}), /The route GET \/workspace\/extra says no permission/)
    const open = await start({ open: true })
    assert.equal((await open.inject('/workspace/extra')).statusCode, 200)
    await open.close()
  })

  test('a permission declared by two modules stops the start', async () => {
    const modules = [sampleModule(), sampleModule({ name: 'other', workspace: [], public: [], publicForms: [] })]
    await assert.rejects(sampleSite(database, { modules }), /declared twice/)
  })
})

describe('faults', () => {
  test('anything unforeseen is a page with a reference that the log has too', async () => {
    logged.length = 0
    const answer = await get('/workspace/sample/broken')
    assert.equal(answer.statusCode, 500)
    const reference = /<strong>([A-Z2-9]{4}-[A-Z2-9]{4})<\/strong>/.exec(answer.body)?.[1] ?? 'none'
    assert.equal(logged.length, 1)
    assert.ok(logged[0]?.includes(reference))
    assert.match(logged[0] ?? '', /the wheel came off/)
    assert.doesNotMatch(answer.body, /wheel|sites\.ts/)
  })

  test('the log repeats no value that a person typed', async () => {
    logged.length = 0
    const answer = await get('/workspace/sample/broken-query?email=jo@example.org')
    assert.equal(answer.statusCode, 500)
    assert.match(logged[0] ?? '', /22P02/)
    assert.doesNotMatch(logged[0] ?? '', /jo@example\.org/)
  })
})

describe('what pages carry', () => {
  const addresses = ['', '/record', '/form', '/publish', '/check', '/stale'].map(path => `/workspace/sample${path}`)

  test('nothing of the workspace is kept by a browser or a cache between', async () => {
    const { headers } = await get('/workspace/sample')
    assert.equal(headers['cache-control'], 'no-store')
    assert.match(String(headers['content-security-policy']), /default-src 'none'/)
  })

  test('a name with quotes, a tag, an emoji and right-to-left letters is printed as text everywhere', async () => {
    for (const address of addresses) {
      const { body } = await get(address)
      assert.doesNotMatch(body, /<script>alert/, address)
      assert.match(
        body,
        /<bdi>O&#39;Neill &quot;Jo&quot; &lt;script&gt;alert\(1\)&lt;\/script&gt; &amp; سارة 👮<\/bdi>, acting for/,
      )
    }
  })

  test('every pattern has one h1, labels for its fields and scopes for its headings', async () => {
    for (const address of addresses) {
      const { body } = await get(address)
      assert.equal(body.match(/<h1[ >]/g)?.length, 1, address)
      const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(match => match[1])
      assert.equal(new Set(ids).size, ids.length, `ids of ${address}`)
      for (const [field] of body.matchAll(/<(input|select|textarea)\b[^>]*>/g)) {
        const id = / id="([^"]+)"/.exec(field)?.[1]
        if (!field.includes('type="hidden"')) assert.ok(body.includes(`for="${id}"`), `${address}: ${field}`)
      }
      for (const [heading] of body.matchAll(/<th\b[^>]*>/g)) assert.match(heading, /scope="(col|row)"/)
      assert.equal(body.match(/<table/g)?.length, body.match(/<caption/g)?.length)
    }
  })

  test('the one thing done there and what is not yet possible are shown with their reasons', async () => {
    const { body } = await get('/workspace/sample/record')
    assert.match(body, /Not yet possible: Close this action/)
    assert.match(body, /This action cannot be closed yet: no evidence is attached\./)
    assert.match(body, /action="\/withdraw"[\s\S]*?name="_csrf" value="[^"]+"[\s\S]*?name="version" value="3"/)
  })

  test('a due date says how long is left or how late it is, and opens its working', async () => {
    const list = (await get('/workspace/sample')).body
    assert.match(list, /3 days left/)
    assert.match(list, /peelian-due--late">12 days late/)
    const record = (await get('/workspace/sample/record')).body
    assert.match(record, /How this date is worked out/)
    assert.match(record, /28 February 2026 to 1 March 2026: a weekend/)
  })

  test('a stale form shows both versions and keeps every other field', async () => {
    const { statusCode, body } = await get('/workspace/sample/stale')
    assert.equal(statusCode, 409)
    assert.match(body, /Theirs/)
    assert.match(body, />Mine\n&lt;b&gt;second&lt;\/b&gt; line<\/textarea>/)
    assert.match(body, /<input type="hidden" name="title" value="O&#39;Neill/)
  })

  test('a file is handed over to be saved, with a name that cannot break the header', async () => {
    const { headers } = await get('/workspace/sample/file')
    assert.equal(
      headers['content-disposition'],
      `attachment; filename="a_b_c.pdf"; filename*=UTF-8''a%20%22b%22%20%E2%80%93%20c.pdf`,
    )
    assert.equal(headers['x-content-type-options'], 'nosniff')
  })

  test('HEAD answers like GET, without the page', async () => {
    const answer = await app.inject({ method: 'HEAD', url: '/workspace/sample', headers: { cookie: 'who=jo' } })
    assert.equal(answer.statusCode, 200)
    assert.equal(answer.body, '')
  })
})

test('forms for signing in are limited', async () => {
  const limited = await sampleSite(database, {
    sessions: sampleSessions(sampleViewer()),
    access: workspace => {
      workspace.post('/sign-in', { config: { open: true } }, () => 'tried')
    },
  })
  const codes: number[] = []
  for (let n = 0; n < 31; n++)
    codes.push((await limited.inject({ method: 'POST', url: '/workspace/sign-in' })).statusCode)
  assert.deepEqual([codes.at(0), codes.at(-2), codes.at(-1)], [200, 200, 429])
  await limited.close()
})
