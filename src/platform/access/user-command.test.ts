import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { after, before, describe, it } from 'node:test'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { Configuration } from '../configuration.ts'
import { UsageFault } from '../fault.ts'
import { goodPassword, office, type TestSite, testSite } from './testing.ts'
import { userCommands } from './user-command.ts'

let site: TestSite
let configuration: Configuration
before(async () => {
  site = await testSite()
  configuration = {
    port: 3000,
    host: '127.0.0.1',
    baseUrl: 'http://localhost:3000',
    dataDirectory: tmpdir(),
    database: {
      kind: 'given',
      programUrl: site.database.urls.program,
      publicUrl: site.database.urls.public,
      ownerUrl: undefined,
      replicaUrl: undefined,
    },
    sessionSecret: undefined,
    smtpUrl: undefined,
    openIdConnect: undefined,
    demo: 'refused',
  }
})
after(() => site.close())

/** Runs `peelian user …` and gives its result as JSON would hold it. */
async function run(name: string, ...args: string[]): Promise<unknown> {
  const command = userCommands.find(each => each.name === name)
  assert.ok(command)
  const parsed = parseArgs({ args, options: command.options ?? {}, allowPositionals: true })
  const results: unknown[] = []
  await command.run({
    typed: { words: parsed.positionals, options: parsed.values },
    output: {
      result: (value, people) => {
        people()
        results.push(JSON.parse(JSON.stringify(value)))
      },
      progress: () => undefined,
    },
    configuration: () => configuration,
    stopped: new AbortController().signal,
  })
  assert.equal(results.length, 1)
  return results[0]
}

const link = (result: unknown) => z.object({ link: z.url() }).parse(result).link.replace('http://localhost:3000', '')
const place = ['--organisation', 'office', '--area', 'ardenshire']

describe('peelian user', () => {
  it('add makes a user who chooses a password by the printed link, and can then sign in', async () => {
    const added = await run('user add', 'First@Example.org', '--name', 'First', ...place, '--role', 'administrator')
    const visitor = site.visitor()
    assert.equal((await visitor.signIn('first@example.org', goodPassword)).statusCode, 422)
    const chosen = await visitor.post(link(added), { password: goodPassword })
    assert.equal(chosen.headers.location, '/workspace/sign-in')
    await visitor.signIn('first@example.org', goodPassword)
    assert.equal((await visitor.get('/workspace/organisations')).body, office.name)
  })

  it('invite prints and mails a link that the invited can accept', async () => {
    const invited = await run('user invite', 'asked@example.org', ...place, '--role', 'policy-lead,board-clerk')
    assert.ok((await site.mails('asked@example.org'))[0]?.text.includes(link(invited)))
    assert.match((await site.visitor().get(link(invited))).body, /policy lead and board clerk/)
  })

  it('list shows every seat with its dates', async () => {
    await site.user('listed@example.org', [{ organisation: office, role: 'policy-lead' }])
    const users = z.array(z.looseObject({ email: z.string() })).parse(await run('user list'))
    const { seat, ...listed } = users.find(({ email }) => email === 'listed@example.org') ?? { seat: null }
    assert.ok(seat)
    assert.deepEqual(listed, {
      email: 'listed@example.org',
      name: 'Person listed',
      secondFactor: false,
      organisation: 'office',
      area: 'ardenshire',
      role: 'policy-lead',
      from: site.clock.now.toZonedDateTimeISO('Europe/London').toPlainDate().toString(),
      until: null,
    })
  })

  it('seat gives a role and end takes all of them, with every open session', async () => {
    await site.user('moved@example.org', [])
    await run('user seat', 'moved@example.org', ...place, '--role', 'policy-lead')
    const visitor = site.visitor()
    await visitor.signIn('moved@example.org')
    assert.equal((await visitor.get('/workspace/organisations')).statusCode, 200)
    assert.deepEqual(await run('user end', 'moved@example.org'), { email: 'moved@example.org', ended: 1 })
    assert.equal((await visitor.get('/workspace/organisations')).statusCode, 303)
    await visitor.signIn('moved@example.org')
    assert.match((await visitor.get('/workspace/sign-in')).body, /You have no role at the moment/)
  })

  it('reset-password prints a link that replaces the password', async () => {
    await site.user('lost@example.org', [{ organisation: office, role: 'policy-lead' }])
    const reset = await run('user reset-password', 'lost@example.org')
    await site.visitor().post(link(reset), { password: 'quartz umbrella teaspoon' })
    assert.equal((await site.visitor().signIn('lost@example.org')).statusCode, 422)
    assert.equal((await site.visitor().signIn('lost@example.org', 'quartz umbrella teaspoon')).statusCode, 303)
    assert.equal(
      (await site.mails('lost@example.org')).some(({ subject }) => subject === 'Choose a new password'),
      false,
    )
  })

  it('says what is wrong with what was typed, and changes nothing', async () => {
    const before_ = await run('user list')
    await assert.rejects(run('user add', 'x@example.org', '--name', 'X', ...place, '--role', 'king'), UsageFault)
    await assert.rejects(run('user add', 'x@example.org', '--name', 'X', '--area', 'ardenshire'), /--organisation/)
    await assert.rejects(
      run('user seat', 'nobody@example.org', ...place, '--role', 'policy-lead'),
      /Nobody has an account/,
    )
    const wrong = ['--organisation', 'nowhere', '--area', 'ardenshire', '--role', 'policy-lead']
    await assert.rejects(run('user add', 'x@example.org', '--name', 'X', ...wrong), /no organisation "nowhere"/)
    assert.deepEqual(await run('user list'), before_)
  })
})
