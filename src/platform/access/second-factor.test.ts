import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { may } from './may.ts'
import { isPublishing } from './publishing.ts'
import { requiresSecondFactor } from './second-factor.ts'
import { codeOf, goodPassword, office, panel, type TestSite, testSite, type Visitor } from './testing.ts'

const top = '/workspace/account/second-factor'
let site: TestSite
before(async () => {
  site = await testSite()
})
after(() => site.close())

interface SetUp {
  visitor: Visitor
  key: string
  codes: string[]
}

/** Signs somebody in and sets an authenticator up. */
async function setUp(email: string, address: string): Promise<SetUp> {
  const visitor = site.visitor(address)
  await visitor.signIn(email)
  const begun = await visitor.post(top, { password: goodPassword })
  assert.equal(begun.headers.location, `${top}/set-up`)
  const { body } = await visitor.get(`${top}/set-up`)
  const key = (/<strong><code>([A-Z2-7 ]+)<\/code>/.exec(body)?.[1] ?? '').replaceAll(' ', '')
  const codes = [...body.matchAll(/<li><code>([\w-]+)<\/code><\/li>/g)].map(found => found[1] ?? '')
  const finished = await visitor.post(`${top}/set-up`, { code: codeOf(key) })
  assert.equal(finished.headers.location, '/workspace/account')
  return { visitor, key, codes }
}

describe('who needs a code', () => {
  const permissions = {
    'a.read': ['policy-lead'],
    'a.publish-page': ['board-clerk'],
    'b.withdraw': ['commissioner'],
  } as const

  it('is whoever may publish or take down', () => {
    assert.equal(requiresSecondFactor(['policy-lead'], permissions), false)
    assert.equal(requiresSecondFactor(['policy-lead', 'board-clerk'], permissions), true)
    assert.equal(requiresSecondFactor(['commissioner'], permissions), true)
    assert.equal(requiresSecondFactor([], permissions), false)
  })

  it('is told by the name of the action', () => {
    for (const name of ['a.publish', 'a.publish-minutes', 'a.withdraw', 'a.take-down-page'])
      assert.ok(isPublishing(name))
    for (const name of ['a.read', 'publish.read', 'a.publisher', 'a.unpublish']) assert.ok(!isPublishing(name))
  })

  it('may do all but publish until it is set up', () => {
    const roles = ['board-clerk', 'policy-lead'] as const
    assert.equal(may(permissions, { roles }, 'a.publish-page'), true)
    assert.equal(may(permissions, { roles, secondFactorMissing: true }, 'a.publish-page'), false)
    assert.equal(may(permissions, { roles, secondFactorMissing: true }, 'a.read'), true)
  })
})

describe('an authenticator code', () => {
  it('is led to at sign-in for those who may publish, who cannot publish until it is set up', async () => {
    await site.user('clerk@example.org', [{ organisation: office, role: 'board-clerk' }])
    const visitor = site.visitor()
    assert.equal((await visitor.signIn('clerk@example.org')).headers.location, top)
    assert.equal((await visitor.get('/workspace/organisations')).statusCode, 200)
    assert.equal((await visitor.get('/workspace/organisations/publish')).statusCode, 403)
    const { visitor: ready } = await setUp('clerk@example.org', '192.0.2.50')
    assert.equal((await ready.get('/workspace/organisations/publish')).body, 'may publish')
    assert.equal((await visitor.get('/workspace/organisations/publish')).body, 'may publish')
  })

  it('is then asked for at sign-in: the password alone opens nothing', async () => {
    await site.user('code@example.org', [{ organisation: office, role: 'policy-lead' }])
    const { key } = await setUp('code@example.org', '192.0.2.51')
    const visitor = site.visitor('192.0.2.52')
    const half = await visitor.signIn('code@example.org')
    assert.equal(half.headers.location, '/workspace/sign-in/code?to=%2Fworkspace%2Forganisations')
    assert.equal((await visitor.get('/workspace/organisations')).statusCode, 303)
    const wrong = await visitor.post('/workspace/sign-in/code', { code: '000000' })
    assert.equal(wrong.statusCode, 422)
    assert.match(wrong.body, /That code is not right/)
    const typed = codeOf(key).replace(/^(...)/, '$1 ')
    const right = await visitor.post('/workspace/sign-in/code', { code: typed, to: '/workspace/organisations' })
    assert.equal(right.headers.location, '/workspace/organisations')
    assert.equal((await visitor.get('/workspace/organisations')).body, office.name)
  })

  it('cannot be guessed: after five wrong codes the password is asked for again', async () => {
    await site.user('guess@example.org', [{ organisation: office, role: 'policy-lead' }])
    const { key } = await setUp('guess@example.org', '192.0.2.53')
    const visitor = site.visitor('192.0.2.54')
    await visitor.signIn('guess@example.org')
    for (let number = 0; number < 5; number++) await visitor.post('/workspace/sign-in/code', { code: '000000' })
    const late = await visitor.post('/workspace/sign-in/code', { code: codeOf(key) })
    assert.equal(late.headers.location, '/workspace/sign-in')
    assert.equal((await visitor.get('/workspace/organisations')).statusCode, 303)
  })

  it('makes the account wait after ten wrong codes in a row', async () => {
    await site.user('locked@example.org', [{ organisation: office, role: 'policy-lead' }])
    const { key } = await setUp('locked@example.org', '192.0.2.55')
    for (const address of ['192.0.2.56', '192.0.2.57']) {
      const visitor = site.visitor(address)
      await visitor.signIn('locked@example.org')
      for (let number = 0; number < 5; number++) await visitor.post('/workspace/sign-in/code', { code: '000000' })
    }
    const visitor = site.visitor('192.0.2.58')
    await visitor.signIn('locked@example.org')
    const locked = await visitor.post('/workspace/sign-in/code', { code: codeOf(key) })
    assert.equal(locked.statusCode, 429)
    assert.match(locked.body, /Wait 15 minutes/)
  })

  it('can be replaced by a backup code, once', async () => {
    await site.user('backup@example.org', [{ organisation: office, role: 'policy-lead' }])
    const { codes } = await setUp('backup@example.org', '192.0.2.59')
    assert.equal(codes.length, 10)
    const use = async (address: string) => {
      const visitor = site.visitor(address)
      await visitor.signIn('backup@example.org')
      return (await visitor.post('/workspace/sign-in/code', { code: codes[0] ?? '' })).statusCode
    }
    assert.equal(await use('192.0.2.60'), 303)
    assert.equal(await use('192.0.2.61'), 422)
  })

  it('is set up with the password and a right code only', async () => {
    await site.user('begin@example.org', [{ organisation: office, role: 'policy-lead' }])
    const visitor = site.visitor('192.0.2.62')
    await visitor.signIn('begin@example.org')
    const refused = await visitor.post(top, { password: 'not my password' })
    assert.equal(refused.statusCode, 422)
    await visitor.post(top, { password: goodPassword })
    const { body } = await visitor.post(`${top}/set-up`, { code: '000000' })
    assert.match(body, /That code is not right/)
    assert.match(body, /<svg [^>]*role="img"/)
    assert.doesNotMatch(body.slice(body.indexOf('<svg'), body.indexOf('</svg>')), /style=/)
    assert.equal(
      (await site.visitor('192.0.2.63').signIn('begin@example.org')).headers.location,
      '/workspace/organisations',
    )
  })

  it('keeps the choice of organisation when it is set up and taken off', async () => {
    await site.user('both@example.org', [
      { organisation: office, role: 'policy-lead' },
      { organisation: panel, role: 'panel-clerk' },
    ])
    const visitor = site.visitor('192.0.2.64')
    await visitor.signIn('both@example.org')
    await visitor.post('/workspace/acting', { place: `${panel.id} 1` })
    await visitor.post(top, { password: goodPassword })
    const { body } = await visitor.get(`${top}/set-up`)
    const key = (/<strong><code>([A-Z2-7 ]+)<\/code>/.exec(body)?.[1] ?? '').replaceAll(' ', '')
    await visitor.post(`${top}/set-up`, { code: codeOf(key) })
    assert.equal((await visitor.get('/workspace/organisations')).body, panel.name)
    await visitor.post(`${top}/remove`, { password: goodPassword }, top)
    assert.equal((await visitor.get('/workspace/organisations')).body, panel.name)
    assert.equal(
      (await site.visitor('192.0.2.65').signIn('both@example.org')).headers.location?.includes('acting'),
      true,
    )
  })
})
