import { join, resolve } from 'node:path'
import { ConfigurationFault } from './fault.ts'

export { ConfigurationFault } from './fault.ts'

/** Everything that is set from outside, checked. This file is the only reader of the environment. */
export interface Configuration {
  port: number
  /** The address that is listened on: the loopback unless `HOST` says otherwise or a server's address is given. */
  host: string
  /** Where people reach the site, without a slash at the end. */
  baseUrl: string
  /** Where the embedded server keeps its files, and whatever else has to lie on this machine. */
  dataDirectory: string
  database: DatabaseConfiguration
  /** Undefined where it is made at the first start and kept in DATA_DIR. */
  sessionSecret: string | undefined
  /** Undefined: mails are written to the log instead of being sent. */
  smtpUrl: string | undefined
  openIdConnect: OpenIdConnect | undefined
  demo: 'asked for' | 'refused' | 'if it is a new sample'
}

/** Where the data is: on a server of our own in DATA_DIR, or on a PostgreSQL server elsewhere. */
export type DatabaseConfiguration =
  | { kind: 'embedded' }
  | {
      kind: 'given'
      programUrl: string
      publicUrl: string
      ownerUrl: string | undefined
      /** A streaming replica, for what the public reads. */
      replicaUrl: string | undefined
    }

/** Sign-in through an organisation's own service. */
export interface OpenIdConnect {
  issuer: string
  clientId: string
  clientSecret: string
}

export type Environment = Readonly<Record<string, string | undefined>>

const projectDirectory = resolve(import.meta.dirname, '../..')

/** A setting that is given and not blank. */
function given(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim()
  return value === '' ? undefined : value
}

function required(env: Environment, name: string, because: string): string {
  const value = given(env, name)
  if (value === undefined) throw new ConfigurationFault(`${name} is not set. ${because}`)
  return value
}

function readPort(env: Environment): number {
  const text = given(env, 'PORT') ?? '3000'
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port >= 1 && port <= 65535)) {
    throw new ConfigurationFault(`PORT is "${text}". Set it to a number from 1 to 65535, for example 3000.`)
  }
  return port
}

function readUrl(env: Environment, name: string, schemes: readonly string[], example: string): string | undefined {
  const text = given(env, name)
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !schemes.includes(url.protocol) || url.hostname === '') {
    // The value is not repeated: it may hold a password.
    throw new ConfigurationFault(`${name} cannot be read as an address. Set it to one like ${example}.`)
  }
  return text
}

function readDatabaseUrl(env: Environment, name: string, login: string): string | undefined {
  const example = `postgres://${login}:password@database.example.org:5432/peelian`
  return readUrl(env, name, ['postgres:', 'postgresql:'], example)
}

function readDatabase(env: Environment): DatabaseConfiguration {
  const programUrl = readDatabaseUrl(env, 'DATABASE_URL', 'peelian_program')
  const publicUrl = readDatabaseUrl(env, 'DATABASE_PUBLIC_URL', 'peelian_public')
  const ownerUrl = readDatabaseUrl(env, 'DATABASE_OWNER_URL', 'peelian_owner')
  const replicaUrl = readDatabaseUrl(env, 'DATABASE_READ_URL', 'peelian_public')
  if (programUrl === undefined) {
    const others = ['DATABASE_PUBLIC_URL', 'DATABASE_OWNER_URL', 'DATABASE_READ_URL']
    const lonely = others.find(name => given(env, name) !== undefined)
    if (lonely === undefined) return { kind: 'embedded' }
    throw new ConfigurationFault(`${lonely} is set, but DATABASE_URL is not. Set both, or neither.`)
  }
  if (publicUrl === undefined) {
    throw new ConfigurationFault(
      'DATABASE_PUBLIC_URL is not set. With DATABASE_URL, set it to the login peelian_public on the same database: ' +
        'the public site must not use the login that may read the workspace.',
    )
  }
  if (publicUrl === programUrl) {
    throw new ConfigurationFault(
      'DATABASE_PUBLIC_URL and DATABASE_URL are the same. Set DATABASE_PUBLIC_URL to the login peelian_public: ' +
        'the public site must not use the login that may read the workspace.',
    )
  }
  return { kind: 'given', programUrl, publicUrl, ownerUrl, replicaUrl }
}

function readSecret(env: Environment, database: DatabaseConfiguration): string | undefined {
  const advice = 'Set it to at least 32 random characters, for example what "openssl rand -base64 32" prints.'
  const secret =
    database.kind === 'given'
      ? required(env, 'SESSION_SECRET', `With DATABASE_URL it is needed to sign sessions. ${advice}`)
      : given(env, 'SESSION_SECRET')
  if (secret !== undefined && secret.length < 32) throw new ConfigurationFault(`SESSION_SECRET is too short. ${advice}`)
  return secret
}

function readOpenIdConnect(env: Environment): OpenIdConnect | undefined {
  const names = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const
  const missing = names.filter(name => given(env, name) === undefined)
  if (missing.length === names.length) return undefined
  if (missing.length > 0) {
    throw new ConfigurationFault(
      `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not set. ` +
        'For sign-in through your own service set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or none of them.',
    )
  }
  return {
    issuer: readUrl(env, 'OIDC_ISSUER', ['https:', 'http:'], 'https://sign-in.example.org') ?? '',
    clientId: given(env, 'OIDC_CLIENT_ID') ?? '',
    clientSecret: given(env, 'OIDC_CLIENT_SECRET') ?? '',
  }
}

function readDemo(env: Environment): Configuration['demo'] {
  const text = given(env, 'DEMO')
  if (text === undefined) return 'if it is a new sample'
  if (text === '1') return 'asked for'
  if (text === '0') return 'refused'
  throw new ConfigurationFault(`DEMO is "${text}". Set it to 1 for a demonstration, to 0 for none, or leave it out.`)
}

/** Whether an address is reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/**
 * Reads and checks every setting.
 *
 * @param env the environment, for example `process.env`
 * @throws ConfigurationFault with one sentence that says what to set
 */
export function readConfiguration(env: Environment = process.env): Configuration {
  const port = readPort(env)
  const database = readDatabase(env)
  const host = given(env, 'HOST') ?? (database.kind === 'embedded' ? '127.0.0.1' : '0.0.0.0')
  const shownHost = isLoopback(host) || host === '0.0.0.0' || host === '::' ? 'localhost' : host
  const baseUrl = readUrl(env, 'BASE_URL', ['http:', 'https:'], 'https://policing.example.org')
  return {
    port,
    host,
    baseUrl: (baseUrl ?? `http://${shownHost}:${port}`).replace(/\/+$/, ''),
    dataDirectory: resolve(given(env, 'DATA_DIR') ?? join(projectDirectory, '.peelian')),
    database,
    sessionSecret: readSecret(env, database),
    smtpUrl: readUrl(env, 'SMTP_URL', ['smtp:', 'smtps:'], 'smtps://login:password@mail.example.org'),
    openIdConnect: readOpenIdConnect(env),
    demo: readDemo(env),
  }
}

/** The data directory of the server that `npm test` has started for its test files, if it has. */
export function readTestServer(env: Environment = process.env): string | undefined {
  return given(env, 'PEELIAN_TEST_SERVER')
}

/** The environment for another process of ours: this one's without Peelian's own settings, then what is given. */
export function environmentOfChild(settings: Environment, env: Environment = process.env): NodeJS.ProcessEnv {
  const own = /^(PORT|HOST|BASE_URL|DATA_DIR|DATABASE_.*|SESSION_SECRET|SMTP_URL|OIDC_.*|DEMO)$/
  return { ...Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name))), ...settings }
}
