import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ConfigurationFault, type Environment, isLoopback, readConfiguration } from './configuration.ts'

const secret = 'a secret of thirty-two characters'
const given: Environment = {
  DATABASE_URL: 'postgres://peelian_program:a@db.example.org/peelian',
  DATABASE_PUBLIC_URL: 'postgres://peelian_public:b@db.example.org/peelian',
  SESSION_SECRET: secret,
}

describe('readConfiguration', () => {
  it('needs nothing: an embedded server in a folder that git leaves out, on the loopback', () => {
    const configuration = readConfiguration({})
    assert.equal(configuration.port, 3000)
    assert.equal(configuration.host, '127.0.0.1')
    assert.equal(configuration.baseUrl, 'http://localhost:3000')
    assert.equal(configuration.demo, 'if it is a new sample')
    assert.deepEqual(configuration.database, { kind: 'embedded' })
    assert.match(configuration.dataDirectory, /\/\.peelian$/)
  })

  it('takes what is set', () => {
    const configuration = readConfiguration({
      ...given,
      PORT: '8080',
      BASE_URL: 'https://policing.example.org/',
      SMTP_URL: 'smtp://mail.example.org',
      DATABASE_OWNER_URL: 'postgresql://peelian_owner:c@db.example.org/peelian',
      OIDC_ISSUER: 'https://sign-in.example.org',
      OIDC_CLIENT_ID: 'peelian',
      OIDC_CLIENT_SECRET: 'd',
      DEMO: '1',
    })
    assert.equal(configuration.port, 8080)
    assert.equal(configuration.host, '0.0.0.0')
    assert.equal(configuration.baseUrl, 'https://policing.example.org')
    assert.equal(configuration.smtpUrl, 'smtp://mail.example.org')
    assert.equal(configuration.sessionSecret, secret)
    assert.equal(configuration.openIdConnect?.clientId, 'peelian')
    assert.equal(configuration.demo, 'asked for')
    assert.deepEqual(configuration.database, {
      kind: 'given',
      programUrl: given['DATABASE_URL'],
      publicUrl: given['DATABASE_PUBLIC_URL'],
      ownerUrl: 'postgresql://peelian_owner:c@db.example.org/peelian',
      replicaUrl: undefined,
    })
  })

  it('takes a blank setting for one that is left out', () => {
    assert.equal(readConfiguration({ PORT: ' ', DATABASE_URL: '' }).port, 3000)
  })

  const refused: [what: string, env: Environment, sentence: RegExp][] = [
    ['a port that is a word', { PORT: 'http' }, /^PORT is "http"\. Set it to a number/],
    ['a port out of range', { PORT: '65536' }, /^PORT is "65536"/],
    ['port nought', { PORT: '0' }, /^PORT is "0"/],
    ['another kind of database', { ...given, DATABASE_URL: 'mysql://db/peelian' }, /^DATABASE_URL cannot be read/],
    ['no public login', { ...given, DATABASE_PUBLIC_URL: undefined }, /^DATABASE_PUBLIC_URL is not set/],
    ['one login for both', { ...given, DATABASE_PUBLIC_URL: given['DATABASE_URL'] }, /are the same/],
    ['a public login alone', { DATABASE_PUBLIC_URL: given['DATABASE_PUBLIC_URL'] }, /but DATABASE_URL is not/],
    ['an owner alone', { DATABASE_OWNER_URL: given['DATABASE_URL'] }, /^DATABASE_OWNER_URL is set, but/],
    ['no secret', { ...given, SESSION_SECRET: undefined }, /^SESSION_SECRET is not set/],
    ['a short secret', { SESSION_SECRET: 'short' }, /^SESSION_SECRET is too short/],
    ['an address without a scheme', { BASE_URL: 'policing.example.org' }, /^BASE_URL cannot be read/],
    ['mail over the web', { SMTP_URL: 'https://mail.example.org' }, /^SMTP_URL cannot be read/],
    ['half of the sign-in service', { OIDC_ISSUER: 'https://a.example' }, /^OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are/],
    ['a demo by another word', { DEMO: 'yes' }, /^DEMO is "yes"/],
  ]
  for (const [what, env, sentence] of refused) {
    it(`refuses ${what}, saying what to set`, () => {
      assert.throws(
        () => readConfiguration(env),
        (fault: unknown) => fault instanceof ConfigurationFault && sentence.test(fault.message),
      )
    })
  }

  it('does not repeat an address that may hold a password', () => {
    assert.throws(
      () => readConfiguration({ ...given, DATABASE_URL: 'mysql://program:opensesame@db' }),
      (fault: Error) => !fault.message.includes('opensesame'),
    )
  })
})

describe('isLoopback', () => {
  const cases: [string, boolean][] = [
    ['127.0.0.1', true],
    ['127.1.2.3', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['10.0.0.1', false],
    ['127.example.org', false],
  ]
  for (const [host, expected] of cases) it(`${host}: ${expected}`, () => assert.equal(isLoopback(host), expected))
})
