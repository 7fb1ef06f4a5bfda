import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { keyedRateLimit } from './keyed-routes.ts'
import { notFound } from './route.ts'
import type { KeyedRoute } from './route.ts'
import { sampleModule, sampleSite } from './testing/sites.ts'

let body = 'BEGIN:VCALENDAR'

const route: KeyedRoute = {
  path: '/calendar/:file',
  handler: ({ params, baseUrl }) =>
    params['file'] === 'secret.ics'
      ? { type: 'content', mediaType: 'text/calendar; charset=utf-8', body: `${body} ${baseUrl}` }
      : notFound(),
}

describe('an address that a secret opens', () => {
  let database: TestDatabase
  let app: FastifyInstance
  before(async () => {
    database = await testDatabase()
    app = await sampleSite(database, { modules: [sampleModule({ keyed: [route] })] })
  })
  after(async () => {
    await app.close()
    await database.close()
  })

  const get = (file: string, headers: Record<string, string> = {}, remoteAddress = '192.0.2.1') =>
    app.inject({ method: 'GET', url: `/workspace/calendar/${file}`, headers, remoteAddress })

  it('needs no session, and is kept by nobody between', async () => {
    const response = await get('secret.ics')
    assert.equal(response.statusCode, 200)
    assert.equal(response.headers['content-type'], 'text/calendar; charset=utf-8')
    assert.equal(response.headers['cache-control'], 'private, no-cache')
    assert.equal(response.body, 'BEGIN:VCALENDAR http://localhost:3000')
    assert.equal(response.headers['set-cookie'], undefined)
  })

  it('is not there for any other secret', async () => {
    const response = await get('guess.ics')
    assert.equal(response.statusCode, 404)
    assert.match(String(response.headers['cache-control']), /no-store/)
  })

  it('says whether it changed', async () => {
    const { etag } = (await get('secret.ics')).headers
    const ask = (mark: string) => get('secret.ics', { 'if-none-match': mark })
    assert.equal((await ask(String(etag))).statusCode, 304)
    assert.equal((await ask(`"other", W/${String(etag)}`)).statusCode, 304)
    body = 'BEGIN:VCALENDAR 2'
    assert.equal((await ask(String(etag))).statusCode, 200)
  })

  it('is not to be asked for without end', async () => {
    const answers: number[] = []
    for (let asked = 0; asked <= keyedRateLimit.max; asked++) {
      answers.push((await get('guess.ics', {}, '192.0.2.2')).statusCode)
    }
    assert.equal(answers.at(-2), 404)
    assert.equal(answers.at(-1), 429)
    assert.equal((await get('secret.ics')).statusCode, 200, 'others are not held up')
  })
})
