import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { goodPassword, office, panel, type TestSite, testSite, type Visitor } from '../testing.ts'

const users = '/workspace/organisations/users'
let site: TestSite
let administrator: Visitor
let panelAdministrator: Visitor
before(async () => {
  site = await testSite()
  await site.user('admin@office.example', [{ organisation: office, role: 'administrator' }])
  await site.user('admin@panel.example', [{ organisation: panel, role: 'administrator' }])
  administrator = site.visitor('192.0.2.10')
  panelAdministrator = site.visitor('192.0.2.11')
  await administrator.signIn('admin@office.example')
  await panelAdministrator.signIn('admin@panel.example')
})
after(() => site.close())

async function invited(email: string, fields: Record<string, string> = { roles: 'policy-lead' }): Promise<string> {
  const response = await administrator.post(`${users}/invite`, { email, ...fields })
  assert.equal(response.headers.location, users, response.body)
  const text = (await site.mails(email)).at(-1)?.text ?? ''
  return /\/workspace\/invitation\/[\w-]+/.exec(text)?.[0] ?? ''
}

/** Where the button in somebody's row of the administrator's list leads, if it has one. */
async function addressIn(email: string, deed: 'end' | 'withdraw'): Promise<string> {
  const [, ...rows] = (await administrator.get(users)).body.split('<tr')
  const row = rows.find(each => each.includes(email))
  assert.ok(row, `${email} is listed`)
  return new RegExp(`action="([^"]+/${deed})"`).exec(row)?.[1] ?? ''
}

const answers = { name: 'Robin Vale', password: goodPassword }

describe('an invitation', () => {
  it('lets the invited choose a name and password, and act in that organisation with those roles alone', async () => {
    const link = await invited('new@example.org')
    const visitor = site.visitor('192.0.2.20')
    const page = await visitor.get(link)
    assert.match(page.body, /Person admin/)
    assert.match(page.body, /policy lead/)
    const accepted = await visitor.post(link, answers)
    assert.equal(accepted.headers.location, '/workspace')
    assert.equal((await visitor.get('/workspace/organisations')).body, office.name)
    assert.equal((await visitor.get(users)).statusCode, 403)
    assert.match((await administrator.get(users)).body, /Robin Vale/)
  })

  it('works once', async () => {
    const link = await invited('once@example.org')
    assert.equal((await site.visitor('192.0.2.21').post(link, answers)).statusCode, 303)
    const again = site.visitor('192.0.2.22')
    const page = await again.get(link)
    assert.equal(page.statusCode, 404)
    assert.match(page.body, /This invitation no longer works/)
    assert.equal((await again.post(link, answers, '/workspace/sign-in')).statusCode, 404)
  })

  it('works once even for two who open it at the same moment', async () => {
    const link = await invited('race@example.org')
    const both = await Promise.all([23, 24].map(number => site.visitor(`192.0.2.${number}`).post(link, answers)))
    assert.deepEqual(both.map(({ statusCode }) => statusCode).sort(), [303, 404])
  })

  it('works for seven days', async () => {
    const link = await invited('week@example.org')
    const now = site.clock.now
    site.clock.now = now.add({ hours: 7 * 24 - 1 })
    assert.equal((await site.visitor().get(link)).statusCode, 200)
    site.clock.now = now.add({ hours: 7 * 24 + 1 })
    assert.equal((await site.visitor().get(link)).statusCode, 404)
    assert.equal((await site.visitor().post(link, answers, '/workspace/sign-in')).statusCode, 404)
    site.clock.now = now
  })

  it('stops working when it is taken back, and when a newer one is sent', async () => {
    const first = await invited('twice@example.org')
    const second = await invited('twice@example.org')
    assert.equal((await site.visitor().get(first)).statusCode, 404)
    assert.equal((await site.visitor().get(second)).statusCode, 200)
    const withdraw = /action="([^"]+\/withdraw)"/g
    const addresses = [...(await administrator.get(users)).body.matchAll(withdraw)].map(found => found[1] ?? '')
    for (const address of addresses) await administrator.post(address, {}, users)
    assert.equal((await site.visitor().get(second)).statusCode, 404)
  })

  it('keeps what was typed and makes nobody when the password is refused', async () => {
    const link = await invited('refused@example.org')
    const visitor = site.visitor()
    const refused = await visitor.post(link, { name: 'Robin "Vale" <b>', password: 'too short' })
    assert.equal(refused.statusCode, 422)
    assert.match(refused.body, /value="Robin &quot;Vale&quot; &lt;b&gt;"/)
    assert.equal((await visitor.get(link)).statusCode, 200)
  })

  it('gives someone who has an account a further role, once they sign in', async () => {
    await site.user('known@example.org', [{ organisation: panel, role: 'panel-clerk' }])
    const link = await invited('known@example.org')
    const visitor = site.visitor('192.0.2.30')
    assert.match((await visitor.get(link)).body, /Sign in to accept/)
    assert.equal((await visitor.post(link, answers, '/workspace/sign-in')).statusCode, 200, 'no second account is made')
    const signedIn = await visitor.signIn('known@example.org', goodPassword, link)
    assert.equal(signedIn.headers.location, link)
    await visitor.post(link, {})
    const choice = await visitor.get('/workspace/acting')
    assert.ok(choice.body.includes(office.name) && choice.body.includes(panel.name))
  })

  it('cannot be accepted by someone signed in with another address', async () => {
    await site.user('else@example.org', [{ organisation: panel, role: 'panel-clerk' }])
    const link = await invited('meant@example.org')
    const visitor = site.visitor('192.0.2.31')
    await visitor.signIn('else@example.org')
    assert.match(
      (await visitor.post(link, answers, '/workspace/account')).body,
      /you are signed in with another address/,
    )
    assert.equal((await site.visitor().get(link)).statusCode, 200)
  })

  it('gives roles of that kind of organisation only, and a last day that is not past', async () => {
    const post = (fields: Record<string, string>) =>
      administrator.post(`${users}/invite`, { email: 'roles@example.org', ...fields })
    assert.match((await post({ roles: 'panel-clerk' })).body, /Choose roles that there are in your organisation/)
    assert.match((await post({ roles: '' })).body, /Choose at least one role/)
    const past = { 'until-day': '1', 'until-month': '2', 'until-year': '2020' }
    assert.match((await post({ roles: 'policy-lead', ...past })).body, /must be today or later/)
    assert.equal((await site.mails('roles@example.org')).length, 0)
  })
})

describe('an administrator', () => {
  it('sees and invites people of their own organisation only', async () => {
    await invited('office-only@example.org')
    const office_ = (await administrator.get(users)).body
    const panel_ = (await panelAdministrator.get(users)).body
    assert.match(office_, /admin@office\.example/)
    assert.match(office_, /office-only@example\.org/)
    assert.doesNotMatch(office_, /admin@panel\.example/)
    assert.match(panel_, /admin@panel\.example/)
    assert.doesNotMatch(panel_, /admin@office\.example|office-only@example\.org/)
  })

  it('ends roles of their own organisation only: another’s do not exist for them', async () => {
    await site.user('ended@example.org', [{ organisation: office, role: 'policy-lead' }])
    const visitor = site.visitor('192.0.2.40')
    await visitor.signIn('ended@example.org')
    const end = await addressIn('ended@example.org', 'end')
    assert.equal((await panelAdministrator.post(end, {}, users)).statusCode, 404)
    assert.equal((await visitor.get('/workspace/organisations')).statusCode, 200)
    assert.equal((await administrator.post(end, {}, users)).statusCode, 303)
    assert.equal((await visitor.get('/workspace/organisations')).statusCode, 303, 'at once')
  })

  it('takes back invitations of their own organisation only', async () => {
    const link = await invited('not-yours@example.org')
    const withdraw = await addressIn('not-yours@example.org', 'withdraw')
    assert.equal((await panelAdministrator.post(withdraw, {}, users)).statusCode, 404)
    assert.equal((await site.visitor().get(link)).statusCode, 200)
  })

  it('cannot end a role of their own', async () => {
    assert.equal(await addressIn('admin@office.example', 'end'), '')
  })

  it('is the only one who may', async () => {
    await site.user('lead@example.org', [{ organisation: office, role: 'policy-lead' }])
    const visitor = site.visitor('192.0.2.41')
    await visitor.signIn('lead@example.org')
    assert.equal((await visitor.get(users)).statusCode, 403)
    assert.equal((await visitor.get(`${users}/invite`)).statusCode, 403)
  })
})
