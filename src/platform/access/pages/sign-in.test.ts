import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { office, panel, type TestSite, testSite } from '../testing.ts'

let site: TestSite
before(async () => {
  site = await testSite()
})
after(() => site.close())

describe('signing in with a password', () => {
  it('lets someone in and back to the page they came from', async () => {
    await site.user('right@example.org', [{ organisation: office, role: 'policy-lead' }])
    const visitor = site.visitor()
    const asked = await visitor.get('/workspace/organisations')
    assert.equal(asked.headers.location, '/workspace/sign-in?to=%2Fworkspace%2Forganisations')
    const page = await visitor.get(asked.headers.location)
    assert.match(page.body, /name="to" value="\/workspace\/organisations"/)
    const signedIn = await visitor.signIn('Right@Example.org ')
    assert.equal(signedIn.statusCode, 303)
    assert.equal(signedIn.headers.location, '/workspace/organisations')
    assert.equal((await visitor.get('/workspace/organisations')).body, office.name)
  })

  it('says the same of a wrong password and of an address nobody has', async () => {
    await site.user('wrong@example.org', [{ organisation: office, role: 'policy-lead' }])
    const wrong = await site.visitor().signIn('wrong@example.org', 'not the password')
    const unknown = await site.visitor().signIn('nobody@example.org', 'not the password')
    assert.equal(wrong.statusCode, 422)
    assert.equal(unknown.statusCode, 422)
    const plain = (body: string) => body.replaceAll(/value="[^"]*"|(wrong|nobody)@example\.org/g, '')
    assert.equal(plain(wrong.body), plain(unknown.body))
    assert.match(wrong.body, /The email address or password is not right/)
  })

  it('keeps the address typed, never the password', async () => {
    const { body } = await site.visitor().signIn('kept@example.org', 'do not print this')
    assert.match(body, /value="kept@example\.org"/)
    assert.doesNotMatch(body, /do not print this/)
  })

  it('sends nobody to another site afterwards', async () => {
    await site.user('away@example.org', [{ organisation: office, role: 'policy-lead' }])
    for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', '/workspace/sign-out']) {
      const { headers } = await site.visitor().signIn('away@example.org', undefined, to)
      assert.equal(headers.location, '/workspace', to)
    }
  })

  it('refuses a form that carries no token of ours', async () => {
    await site.user('forged@example.org', [{ organisation: office, role: 'policy-lead' }])
    const visitor = site.visitor()
    const forged = await visitor.post('/workspace/sign-in', { email: 'forged@example.org', _csrf: 'made up' })
    assert.equal(forged.statusCode, 403)
  })

  it('gives cookies that scripts cannot read, sent to this site alone, over https only where there is https', async () => {
    const cookieOf = async (where: TestSite) => {
      await where.user('cookie@example.org', [{ organisation: office, role: 'policy-lead' }])
      const { headers } = await where.visitor().signIn('cookie@example.org')
      return [headers['set-cookie'] ?? []].flat().find(cookie => cookie.includes('session_token')) ?? ''
    }
    const plain = await cookieOf(site)
    assert.match(plain, /HttpOnly/)
    assert.match(plain, /SameSite=Lax/)
    assert.doesNotMatch(plain, /Secure/)
    const secure = await testSite({ baseUrl: 'https://policing.example.org' })
    try {
      assert.match(await cookieOf(secure), /^__Secure-peelian\.session_token=.*Secure/)
      const visitor = secure.visitor()
      await visitor.signIn('cookie@example.org')
      assert.equal((await visitor.get('/workspace/organisations')).statusCode, 200)
    } finally {
      await secure.close()
    }
  })
})

describe('too many tries', () => {
  it('makes an account wait after eight wrong passwords, from wherever they come, even for the right one', async () => {
    await site.user('guessed@example.org', [{ organisation: office, role: 'policy-lead' }])
    const tryFrom = (number: number, password?: string) =>
      site.visitor(`198.51.100.${number}`).signIn('guessed@example.org', password)
    for (let number = 1; number <= 8; number++) assert.equal((await tryFrom(number, 'a wrong guess')).statusCode, 422)
    const ninth = await tryFrom(9)
    assert.equal(ninth.statusCode, 429)
    assert.match(ninth.body, /Too many tries\. Wait 15 minutes/)
    site.clock.now = site.clock.now.add({ minutes: 15, seconds: 1 })
    assert.equal((await tryFrom(10)).statusCode, 303)
  })

  it('makes an address nobody has wait all the same', async () => {
    for (let number = 1; number <= 8; number++) {
      await site.visitor(`198.51.100.${100 + number}`).signIn('no-such@example.org', 'a wrong guess')
    }
    assert.equal((await site.visitor('198.51.100.120').signIn('no-such@example.org')).statusCode, 429)
  })

  it('lets many at once through no more often than one after another', async () => {
    await site.user('flooded@example.org', [{ organisation: office, role: 'policy-lead' }])
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        site.visitor(`203.0.113.${number}`).signIn('flooded@example.org', 'a wrong guess'),
      ),
    )
    assert.equal(all.filter(({ statusCode }) => statusCode === 422).length, 8)
    assert.equal(all.filter(({ statusCode }) => statusCode === 429).length, 12)
  })

  it('makes one client address wait, whatever accounts it tries', async () => {
    const visitor = site.visitor('203.0.113.200')
    const codes: number[] = []
    for (let number = 0; number < 31; number++) {
      codes.push((await visitor.signIn(`someone-${number}@example.org`, 'a wrong guess')).statusCode)
    }
    assert.equal(codes.indexOf(429), 30)
    assert.equal((await site.visitor('203.0.113.201').signIn('someone@example.org', 'a wrong guess')).statusCode, 422)
  })

  it('keeps no address of those who tried', async () => {
    await site.visitor().signIn('private-person@example.org', 'a wrong guess')
    const { rows } = await sql<{ key: string }>`select key from auth.failed_try`.execute(site.database.program)
    assert.ok(rows.length > 0)
    assert.ok(rows.every(({ key }) => !key.includes('@') && !key.includes('private')))
  })
})

describe('sessions', () => {
  const signedIn = async (email: string) => {
    const visitor = site.visitor()
    await visitor.signIn(email)
    return visitor
  }
  const opens = async (visitor: ReturnType<TestSite['visitor']>) =>
    (await visitor.get('/workspace/organisations')).statusCode === 200

  it('end by signing out', async () => {
    await site.user('out@example.org', [{ organisation: office, role: 'policy-lead' }])
    const visitor = await signedIn('out@example.org')
    assert.ok(await opens(visitor))
    const cookies = new Map(visitor.cookies)
    await visitor.post('/workspace/sign-out', {}, '/workspace/account')
    assert.ok(!(await opens(visitor)))
    for (const [name, value] of cookies) visitor.cookies.set(name, value)
    assert.ok(!(await opens(visitor)), 'a cookie kept from before opens nothing')
  })

  it('all end at once by signing out everywhere', async () => {
    await site.user('everywhere@example.org', [{ organisation: office, role: 'policy-lead' }])
    await site.user('other@example.org', [{ organisation: office, role: 'policy-lead' }])
    const here = await signedIn('everywhere@example.org')
    const there = await signedIn('everywhere@example.org')
    const other = await signedIn('other@example.org')
    assert.ok((await opens(here)) && (await opens(there)))
    await here.post('/workspace/account/sign-out-everywhere', {}, '/workspace/account')
    assert.ok(!(await opens(here)))
    assert.ok(!(await opens(there)))
    assert.ok(await opens(other))
  })

  it('end after two hours without a page, and twelve hours after signing in', async () => {
    await site.user('idle@example.org', [{ organisation: office, role: 'policy-lead' }])
    const visitor = await signedIn('idle@example.org')
    const start = Temporal.Now.instant()
    const at = async (minutes: number) => {
      site.clock.now = start.add({ minutes })
      return await opens(visitor)
    }
    assert.ok(await at(115))
    assert.ok(await at(230), 'the page before counted as a sign of life')
    assert.ok(!(await at(351)))
    const second = site.visitor()
    site.clock.now = start
    await second.signIn('idle@example.org')
    for (let minutes = 100; minutes < 720; minutes += 100) {
      site.clock.now = start.add({ minutes })
      assert.ok(await opens(second), `after ${minutes} minutes`)
    }
    site.clock.now = start.add({ minutes: 721 })
    assert.ok(!(await opens(second)))
    site.clock.now = Temporal.Now.instant()
  })

  it('are not opened by a token from the database without our signature', async () => {
    await site.user('stolen@example.org', [{ organisation: office, role: 'policy-lead' }])
    await signedIn('stolen@example.org')
    const { rows } = await sql<{ token: string }>`select token from auth.session s
      join auth."user" u on u.id = s.user_id where u.email = 'stolen@example.org'`.execute(site.database.program)
    const thief = site.visitor()
    for (const value of [rows[0]?.token ?? '', `${rows[0]?.token}.c2lnbmF0dXJl`, '%E0%A4%A', '.']) {
      thief.cookies.set('peelian.session_token', value)
      assert.ok(!(await opens(thief)))
    }
  })
})

describe('seats', () => {
  it('count from their first day to their last, and the page says so when none does', async () => {
    const day = Temporal.PlainDate.from('2031-03-10')
    const seat = { organisation: office, role: 'policy-lead', from: day, until: day.add({ days: 1 }) } as const
    await site.user('dated@example.org', [seat])
    const real = site.clock.now
    const visitor = site.visitor()
    const onDay = async (date: Temporal.PlainDate, time: string) => {
      site.clock.now = date.toZonedDateTime({ timeZone: 'Europe/London', plainTime: time }).toInstant()
      await sql`update auth.session set expires_at = ${site.clock.now.add({ hours: 1 })},
        last_seen_at = ${site.clock.now}`.execute(site.database.program)
      return (await visitor.get('/workspace/organisations')).statusCode
    }
    await visitor.signIn('dated@example.org')
    assert.equal(await onDay(day.subtract({ days: 1 }), '23:59'), 303)
    assert.match((await visitor.get('/workspace/sign-in')).body, /You have no role at the moment/)
    assert.equal(await onDay(day, '00:01'), 200)
    assert.equal(await onDay(day.add({ days: 1 }), '23:59'), 200)
    assert.equal(await onDay(day.add({ days: 2 }), '00:01'), 303)
    site.clock.now = real
  })

  it('in two organisations let someone act for one at a time, after choosing', async () => {
    await site.user('two@example.org', [
      { organisation: office, role: 'policy-lead' },
      { organisation: panel, role: 'panel-clerk' },
    ])
    const visitor = site.visitor()
    const signedIn = await visitor.signIn('two@example.org')
    assert.equal(signedIn.headers.location, '/workspace/acting?to=%2Fworkspace%2Forganisations')
    assert.equal((await visitor.get('/workspace/organisations')).statusCode, 303, 'nothing opens before the choice')
    const act = (place: string) => visitor.post('/workspace/acting', { place, to: '/workspace/organisations' })
    assert.equal((await act('')).statusCode, 422)
    assert.equal((await act('0190aaaa-0000-7000-8000-00000000000f 1')).statusCode, 422)
    assert.equal((await act(`${panel.id} 1`)).headers.location, '/workspace/organisations')
    assert.equal((await visitor.get('/workspace/organisations')).body, panel.name)
    await act(`${office.id} 1`)
    assert.equal((await visitor.get('/workspace/organisations')).body, office.name)
  })
})
