import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { goodPassword, office, type TestSite, testSite } from '../testing.ts'

let site: TestSite
before(async () => {
  site = await testSite()
})
after(() => site.close())

const newPassword = 'quartz umbrella teaspoon'

/** The page's address in the last mail to somebody. */
async function linkFor(email: string, page: string): Promise<string> {
  const text = (await site.mails(email)).at(-1)?.text ?? ''
  return new RegExp(`/workspace/${page}/[\\w-]+`).exec(text)?.[0] ?? ''
}

let asked = 0
async function askForLink(email: string): Promise<string> {
  await site.visitor(`198.51.100.${++asked}`).post('/workspace/forgotten-password', { email })
  return await linkFor(email, 'new-password')
}

describe('a forgotten password', () => {
  it('is replaced by a link that works once and ends every session', async () => {
    await site.user('forgot@example.org', [{ organisation: office, role: 'policy-lead' }])
    const elsewhere = site.visitor()
    await elsewhere.signIn('forgot@example.org')
    const link = await askForLink('forgot@example.org')
    const visitor = site.visitor()
    assert.match((await visitor.get(link)).body, /For <bdi>forgot@example\.org<\/bdi>/)
    const changed = await visitor.post(link, { password: newPassword })
    assert.equal(changed.headers.location, '/workspace/sign-in')
    assert.equal((await elsewhere.get('/workspace/organisations')).statusCode, 303, 'the open session has ended')
    assert.equal((await site.visitor().signIn('forgot@example.org', goodPassword)).statusCode, 422)
    assert.equal((await site.visitor().signIn('forgot@example.org', newPassword)).statusCode, 303)
    assert.equal((await visitor.get(link)).statusCode, 404)
    assert.equal((await visitor.post(link, { password: goodPassword }, '/workspace/sign-in')).statusCode, 404)
    assert.equal((await site.mails('forgot@example.org')).at(-1)?.subject, 'Your password was changed')
  })

  it('has a link that works for an hour', async () => {
    await site.user('late@example.org', [])
    const link = await askForLink('late@example.org')
    const now = site.clock.now
    site.clock.now = now.add({ minutes: 59 })
    assert.equal((await site.visitor().get(link)).statusCode, 200)
    site.clock.now = now.add({ minutes: 61 })
    assert.equal((await site.visitor().get(link)).statusCode, 404)
    site.clock.now = now
  })

  it('is answered alike whether or not there is an account, and mails nobody who has none', async () => {
    await site.user('known@example.org', [])
    const known = await site.visitor().post('/workspace/forgotten-password', { email: 'known@example.org' })
    const unknown = await site.visitor().post('/workspace/forgotten-password', { email: 'unknown@example.org' })
    assert.equal(known.statusCode, unknown.statusCode)
    assert.equal(known.body.replaceAll('known@', '@'), unknown.body.replaceAll('unknown@', '@'))
    assert.equal((await site.mails('known@example.org')).length, 1)
    assert.equal((await site.mails('unknown@example.org')).length, 0)
  })

  it('takes no password that is short, common, or made of the address, and says why', async () => {
    await site.user('short@example.org', [])
    const link = await askForLink('short@example.org')
    const visitor = site.visitor()
    for (const [password, words] of [
      ['elevenchars', /must be 12 characters or more/],
      ['Password12345!', /harder to guess/],
      ['short@example.org', /not made of your name or email/],
    ] as const) {
      const refused = await visitor.post(link, { password })
      assert.equal(refused.statusCode, 422)
      assert.match(refused.body, words)
      assert.doesNotMatch(refused.body, new RegExp(`value="${password.replace(/[.!]/g, '\\$&')}"`))
    }
    assert.equal((await visitor.post(link, { password: newPassword })).statusCode, 303)
  })

  it('is kept in the database as a hash of its token alone', async () => {
    await site.user('hashed@example.org', [])
    const token = (await askForLink('hashed@example.org')).split('/').at(-1) ?? ''
    assert.ok(token.length > 20)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from auth.verification v
      where v::text like ${`%${token}%`}`.execute(site.database.program)
    assert.equal(rows[0]?.n, 0)
  })
})

describe('changing a password', () => {
  it('needs the present one, ends other sessions and keeps this one', async () => {
    await site.user('change@example.org', [{ organisation: office, role: 'policy-lead' }])
    const here = site.visitor()
    const there = site.visitor()
    await here.signIn('change@example.org')
    await there.signIn('change@example.org')
    const path = '/workspace/account/password'
    const wrong = await here.post(path, { current: 'not the one', password: newPassword })
    assert.equal(wrong.statusCode, 422)
    assert.match(wrong.body, /That is not the password you have now/)
    assert.equal((await here.post(path, { current: goodPassword, password: newPassword })).statusCode, 303)
    assert.equal((await here.get('/workspace/organisations')).statusCode, 200)
    assert.equal((await there.get('/workspace/organisations')).statusCode, 303)
    assert.equal((await site.visitor().signIn('change@example.org', newPassword)).statusCode, 303)
  })

  it('counts wrong ones like wrong ones at sign-in', async () => {
    await site.user('desk@example.org', [{ organisation: office, role: 'policy-lead' }])
    const visitor = site.visitor('198.51.100.251')
    await visitor.signIn('desk@example.org')
    const path = '/workspace/account/password'
    const codes: number[] = []
    for (let number = 0; number < 9; number++) {
      codes.push((await visitor.post(path, { current: 'not the one', password: newPassword })).statusCode)
    }
    assert.deepEqual(codes, [422, 422, 422, 422, 422, 422, 422, 422, 429])
  })
})
