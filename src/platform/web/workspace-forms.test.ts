import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { awkwardName } from './testing/gallery.ts'
import { sampleModule, sampleSite } from './testing/sites.ts'
import { largestUpload } from './upload-types.ts'

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

const get = (url: string, who: string) => app.inject({ url, headers: { cookie: `who=${who}` } })

/** Opens a form as somebody and gives what sending it needs. */
async function openForm(who = 'jo'): Promise<{ cookie: string; token: string }> {
  const page = await get('/workspace/sample/form', who)
  const token = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
  const own = page.cookies.find(({ name }) => name === 'peelian_form')?.value ?? ''
  return { cookie: `who=${who}; peelian_form=${own}`, token }
}

const send = (url: string, cookie: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url,
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(fields).toString(),
  })

const right = { title: 'A title', 'due-day': '1', 'due-month': '4', 'due-year': '2026' }

describe('forms', () => {
  test('a form from its own page is taken, and the next page says once what was done', async () => {
    const { cookie, token } = await openForm()
    const answer = await send('/workspace/sample/form', cookie, { ...right, _csrf: token })
    assert.equal(answer.statusCode, 303)
    assert.equal(answer.headers.location, '/workspace/sample')
    const notice = answer.cookies.find(({ name }) => name === 'peelian_notice')?.value ?? ''
    const next = await app.inject({
      url: '/workspace/sample',
      headers: { cookie: `who=jo; peelian_notice=${encodeURIComponent(notice)}` },
    })
    assert.match(next.body, /A title was saved for 2026-04-01/)
    assert.ok(next.cookies.some(({ name, value }) => name === 'peelian_notice' && value === ''))
  })

  test('a notice that this server did not sign is not shown', async () => {
    const forged = Buffer.from('Call this number').toString('base64url')
    const page = await app.inject({
      url: '/workspace/sample',
      headers: { cookie: `who=jo; peelian_notice=${forged}.abc` },
    })
    assert.doesNotMatch(page.body, /Call this number/)
  })

  test('a form without its token, with another’s, or from another site is refused', async () => {
    const { cookie, token } = await openForm()
    const other = await openForm('eve')
    const attempts = [
      await send('/workspace/sample/form', cookie, right),
      await send('/workspace/sample/form', cookie, { ...right, _csrf: 'x' }),
      await send('/workspace/sample/form', cookie, { ...right, _csrf: other.token }),
      await send('/workspace/sample/form', other.cookie.replace('eve', 'jo'), { ...right, _csrf: other.token }),
      await send('/workspace/sample/form', 'who=jo', { ...right, _csrf: token }),
      await send('/workspace/sample/form', cookie, { ...right, _csrf: token }, { 'sec-fetch-site': 'cross-site' }),
    ]
    assert.deepEqual(
      attempts.map(({ statusCode }) => statusCode),
      [403, 403, 403, 403, 403, 403],
    )
    assert.match(attempts[0]?.body ?? '', /Nothing was changed/)
  })

  test('what was typed comes back with the faults, whatever it was', async () => {
    const { cookie, token } = await openForm()
    const fields = {
      title: ' ',
      text: `${awkwardName}\n\n<textarea>\u0000`,
      'due-day': '29',
      'due-month': '2',
      'due-year': '2027',
      version: '3',
    }
    const { statusCode, body } = await send('/workspace/sample/form', cookie, { ...fields, _csrf: token })
    assert.equal(statusCode, 422)
    assert.match(body, /<title>\s*Error: Draft a question/)
    assert.match(body, /href="#title">Enter a title/)
    assert.match(body, /href="#due-day">There is no 29 February 2027: 2027 is not a leap year/)
    assert.match(body, /id="title-error"/)
    assert.match(body, /name="due-day"[^>]* value="29"/)
    assert.match(
      body,
      /O&#39;Neill &quot;Jo&quot; &lt;script&gt;alert\(1\)&lt;\/script&gt; &amp; سارة 👮\r?\n\r?\n&lt;textarea&gt;<\/textarea>/,
    )
    assert.ok(!body.includes('\u0000'))
  })

  test('a rule’s refusal that nobody caught is a page with its reasons; a stale record another', async () => {
    const { cookie, token } = await openForm()
    const refused = await send('/workspace/sample/refused', cookie, { _csrf: token })
    assert.equal(refused.statusCode, 422)
    assert.match(refused.body, /No evidence is attached\./)
    assert.equal((await send('/workspace/sample/overtaken', cookie, { _csrf: token })).statusCode, 409)
  })

  test('a refused form changes nothing, whatever its handler wrote before', async () => {
    const written = sampleModule({
      workspace: [
        {
          method: 'POST',
          path: '/sample/write',
          permission: 'sample.write',
          handler: async ({ trx, fields }) => {
            const area = {
              id: 9,
              slug: 's',
              name: 'S',
              kind: 'area',
              office_title: 't',
              historical: false,
              demonstration: false,
            } as const
            await trx
              .insertInto('area')
              .values({ ...area, as_at: null, banner: null })
              .execute()
            return {
              type: 'page',
              view: 'gallery.njk',
              model: { layout: 'platform/web/views/workspace.njk', title: 'x' },
              status: Number(fields['status']),
            }
          },
        },
        {
          method: 'GET',
          path: '/sample/form',
          permission: 'sample.write',
          handler: () => ({
            type: 'page',
            view: 'gallery.njk',
            model: {
              layout: 'platform/web/views/workspace.njk',
              title: 'x',
              form: { action: '', fields: {}, faults: [] },
            },
          }),
        },
      ],
    })
    const other = await sampleSite(database, { modules: [written] })
    const { cookie, token } = await openForm()
    const post = (status: string) =>
      other.inject({
        method: 'POST',
        url: '/workspace/sample/write',
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ _csrf: token, status }).toString(),
      })
    const areas = async () =>
      (await database.owner.selectFrom('workspace.area').select('id').where('id', '=', 9).execute()).length
    assert.equal((await post('422')).statusCode, 422)
    assert.equal(await areas(), 0)
    assert.equal((await post('200')).statusCode, 200)
    assert.equal(await areas(), 1)
    await other.close()
  })

  test('a body that is no form, or far too large, is answered in words', async () => {
    const { cookie } = await openForm()
    const json = await app.inject({
      method: 'POST',
      url: '/workspace/sample/form',
      headers: { cookie, 'content-type': 'text/x-strange' },
      payload: 'x',
    })
    assert.equal(json.statusCode, 415)
    assert.match(json.body, /We could not read that/)
    const large = await send('/workspace/sample/form', cookie, { text: 'x'.repeat(2_100_000) })
    assert.equal(large.statusCode, 413)
    assert.match(large.body, /more than|too much at once/)
  })
})

describe('uploads', () => {
  async function upload(files: readonly { name: string; bytes: Buffer }[]) {
    const { cookie, token } = await openForm()
    const body = new FormData()
    for (const [name, value] of Object.entries({ ...right, text: 'kept\u0000 text', _csrf: token }))
      body.append(name, value)
    for (const { name, bytes } of files) body.append('evidence-file', new Blob([new Uint8Array(bytes)]), name)
    const encoded = new Response(body)
    return app.inject({
      method: 'POST',
      url: '/workspace/sample/form',
      headers: { cookie, 'content-type': encoded.headers.get('content-type') ?? '' },
      payload: Buffer.from(await encoded.arrayBuffer()),
    })
  }
  const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n')
  const notice = (answer: Awaited<ReturnType<typeof upload>>): string => {
    const value = answer.cookies.find(({ name }) => name === 'peelian_notice')?.value ?? ''
    return Buffer.from(value.split('.')[0] ?? '', 'base64url').toString()
  }

  test('a file is taken by its content, not its name', async () => {
    const answer = await upload([{ name: '../../audit “é”.doc', bytes: pdf }])
    assert.equal(answer.statusCode, 303)
    assert.match(notice(answer), /audit “é”\.doc application\/pdf$/)
    const text = await upload([{ name: 'figures.CSV', bytes: Buffer.from('a,b\n1,2\n') }])
    assert.match(notice(text), /figures\.CSV text\/csv$/)
  })

  test('a file of another type, or an empty one, is a fault of its field, and the rest is kept', async () => {
    for (const [name, bytes] of [
      ['page.pdf', Buffer.from('<html><script>alert(1)</script>')],
      ['run.csv', Buffer.from('MZ\u0000\u0001')],
      ['picture.png', Buffer.from('GIF89a')],
      ['nothing.pdf', Buffer.alloc(0)],
    ] as const) {
      const answer = await upload([{ name, bytes }])
      assert.equal(answer.statusCode, 422, name)
      assert.match(answer.body, new RegExp(`href="#evidence-file">“${name}” (must be PDF|is empty)`))
      assert.match(answer.body, />kept text<\/textarea>/)
    }
  })

  test('a file of an old Excel, or with a password, is told what to save it as', async () => {
    const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504)])
    const answer = await upload([{ name: 'figures.csv', bytes: old }])
    assert.equal(answer.statusCode, 422)
    assert.match(answer.body, /figures\.csv” is a file of an old Word or Excel\. Save it as/)
    const locked = Buffer.concat([old, Buffer.from('EncryptedPackage', 'utf16le')])
    const refused = await upload([{ name: 'figures.xlsx', bytes: locked }])
    assert.match(refused.body, /figures\.xlsx” is protected by a password\. Save it without the password/)
  })

  test('a field for a file that is left empty is no file', async () => {
    const answer = await upload([{ name: '', bytes: Buffer.alloc(0) }])
    assert.equal(answer.statusCode, 303)
  })

  test('a file over 50 MB is a fault of its field; one of exactly 50 MB is taken', async () => {
    const largest = Buffer.alloc(largestUpload, ' ')
    pdf.copy(largest)
    assert.equal((await upload([{ name: 'large.pdf', bytes: largest }])).statusCode, 303)
    const answer = await upload([{ name: 'larger.pdf', bytes: Buffer.concat([largest, Buffer.from(' ')]) }])
    assert.equal(answer.statusCode, 422)
    assert.match(answer.body, /“larger\.pdf” must be 50 MB or smaller/)
    assert.match(answer.body, />kept text<\/textarea>/)
  })

  test('several files of more than 100 MB together are told from the one that is too much', async () => {
    const file = Buffer.alloc(40_000_000, ' ')
    pdf.copy(file)
    const answer = await upload(['a.pdf', 'b.pdf', 'c.pdf'].map(name => ({ name, bytes: file })))
    assert.equal(answer.statusCode, 422)
    assert.match(answer.body, /“c\.pdf” and the files before it are larger than 100 MB together/)
  })
})
