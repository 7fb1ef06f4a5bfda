import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { inTransaction } from '../database/transaction.ts'
import { addDemonstrationUsers } from './demonstration.ts'
import { office, type TestSite, testSite } from './testing.ts'

/** Makes two sample users, whatever the mode of the site. */
async function samples(site: TestSite): Promise<string[]> {
  const seats = [{ organisationId: office.id, areaId: 1, role: 'board-clerk' }] as const
  return await inTransaction(site.database.program, null, trx =>
    addDemonstrationUsers(
      trx,
      [
        { name: 'Bea Clerk', email: 'bea@ardenshire.example', seats },
        { name: 'Ada Lead', email: 'ada@ardenshire.example', seats },
      ],
      site.clock.now,
    ),
  )
}

describe('in demonstration mode', () => {
  let site: TestSite
  before(async () => {
    site = await testSite({ demo: true })
    await samples(site)
  })
  after(() => site.close())

  it('the sign-in page lists the sample users in their order, with role and organisation', async () => {
    const { body } = await site.visitor().get('/workspace/sign-in')
    assert.ok(body.indexOf('Bea Clerk') < body.indexOf('Ada Lead'))
    assert.match(body, /board clerk, Office of the Commissioner/)
  })

  it('one button signs in as one of them, who may publish without a code', async () => {
    const visitor = site.visitor()
    const { body } = await visitor.get('/workspace/sign-in')
    const user = /name="user" value="([^"]+)"/.exec(body)?.[1] ?? ''
    const signedIn = await visitor.post('/workspace/sign-in/sample', { user, to: '/workspace' }, '/workspace/sign-in')
    assert.equal(signedIn.headers.location, '/workspace')
    assert.equal((await visitor.get('/workspace/organisations/publish')).body, 'may publish')
    assert.match((await visitor.get('/workspace/account/second-factor')).body, /nobody has to set up a code/)
  })

  it('nobody but a sample user can be become', async () => {
    const id = await site.user('real@example.org', [{ organisation: office, role: 'administrator' }])
    for (const user of [id, '', 'x', "' or true --"]) {
      const response = await site.visitor().post('/workspace/sign-in/sample', { user }, '/workspace/sign-in')
      assert.equal(response.statusCode, 404)
    }
  })

  it('the password is made anew for each installation', async () => {
    const passwordOf = async (where: TestSite) =>
      (await sql<{ password: string }>`select password from auth.demonstration_user`.execute(where.database.program))
        .rows[0]?.password ?? ''
    const other = await testSite({ demo: true })
    try {
      await samples(other)
      assert.notEqual(await passwordOf(site), await passwordOf(other))
      assert.ok((await passwordOf(site)).length >= 32)
    } finally {
      await other.close()
    }
  })
})

describe('outside demonstration mode', () => {
  let site: TestSite
  let ids: string[] = []
  before(async () => {
    site = await testSite({ demo: false })
    ids = await samples(site)
  })
  after(() => site.close())

  it('the sign-in page lists nobody, even where sample users exist', async () => {
    const { body } = await site.visitor().get('/workspace/sign-in')
    assert.doesNotMatch(body, /Bea Clerk|Ada Lead|sample/i)
  })

  it('the address for becoming one does not exist', async () => {
    const visitor = site.visitor()
    const user = ids[0] ?? ''
    const response = await visitor.post('/workspace/sign-in/sample', { user }, '/workspace/sign-in')
    assert.equal(response.statusCode, 404)
    assert.equal((await visitor.get('/workspace/organisations')).statusCode, 303)
  })
})
