import pg from 'pg'
import { Fault } from '../fault.ts'

/** What a database administrator runs once on a server that Peelian is to use. */
export const preparation = `create role peelian_owner login password '…';
create role peelian_program login password '…';
create role peelian_public login password '…';
create database peelian owner peelian_owner;
revoke all on database peelian from public;
grant connect on database peelian to peelian_owner, peelian_program, peelian_public;
grant temporary on database peelian to peelian_program;`

/** Oldest server that the SQL of Peelian is written for. */
const oldestVersion = 150_000

interface Rights {
  login: string
  version: number
  powerful: boolean
  owner: boolean
  program: boolean
  public_site: boolean
  workspace: boolean
}

/** What a login is and may do; a role that does not exist is nobody's. */
const rightsQuery = `
  with named as (select oid, rolname from pg_roles)
  select current_user::text as login,
    current_setting('server_version_num')::int as version,
    (select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles where rolname = current_user) as powerful,
    exists (select from pg_database d where d.datname = current_database() and pg_has_role(d.datdba, 'member'))
      or exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('workspace', 'published', 'intake', 'auth', 'jobs') and pg_has_role(c.relowner, 'member'))
      as owner,
    exists (select from named where rolname = 'peelian_program' and pg_has_role(oid, 'usage')) as program,
    exists (select from named where rolname = 'peelian_public' and pg_has_role(oid, 'usage')) as public_site,
    exists (select from pg_namespace where nspname = 'workspace' and has_schema_privilege(oid, 'usage')) as workspace`

/** Refusals by the server that mean: this login is not there, or not with this password, or may not use the database. */
const refusedLogin = new Set(['28P01', '28000', '3D000', '42501'])

function codeOf(fault: unknown): string {
  return fault instanceof Error && 'code' in fault ? String(fault.code) : ''
}

/**
 * Runs work on one connection to a given server.
 *
 * @param setting the setting that holds the address, for the sentence
 * @throws Fault that says which setting to look at, and never the address itself
 */
export async function onGivenServer<T>(
  setting: string,
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'peelian', connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (fault) {
    if (refusedLogin.has(codeOf(fault))) {
      throw new Fault(
        `The database server does not let the login of ${setting} in. Check its password; ` +
          `if the logins or the database do not exist yet, have these statements run once:\n\n${preparation}\n`,
      )
    }
    const reason = fault instanceof Error ? ` (${codeOf(fault) || fault.message})` : ''
    throw new Fault(`The database server of ${setting} does not answer${reason}. Check the address, and that it runs.`)
  }
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function rightsOf(setting: string, url: string): Promise<Rights> {
  const rights = await onGivenServer(setting, url, async client => (await client.query<Rights>(rightsQuery)).rows[0])
  if (!rights) throw new Error('The server did not say what its login may do')
  if (rights.version < oldestVersion) {
    throw new Fault(`The server of ${setting} is older than PostgreSQL 15. Use PostgreSQL 15 or later.`)
  }
  if (rights.powerful) {
    throw new Fault(
      `The login of ${setting} ("${rights.login}") may do more than it needs: it is a superuser, bypasses row ` +
        'policies, or may make roles or databases. Use the login peelian_program or peelian_public, without such rights.',
    )
  }
  if (rights.owner) {
    throw new Fault(
      `The login of ${setting} ("${rights.login}") owns the database or tables in it, and row policies would not ` +
        'bind it. Use peelian_program or peelian_public, and keep the owner for DATABASE_OWNER_URL.',
    )
  }
  return rights
}

/**
 * Checks that the two logins of a given server are walls: neither owner nor superuser, and the public one without a
 * way into the workspace.
 *
 * @throws Fault that says what to change
 */
export async function checkLogins(programUrl: string, publicUrl: string): Promise<void> {
  const program = await rightsOf('DATABASE_URL', programUrl)
  if (!program.program) {
    throw new Fault(
      `DATABASE_URL uses the login "${program.login}". Use peelian_program, which the tables are granted to.`,
    )
  }
  const publicSite = await rightsOf('DATABASE_PUBLIC_URL', publicUrl)
  if (publicSite.program || publicSite.workspace) {
    throw new Fault(
      `The login of DATABASE_PUBLIC_URL ("${publicSite.login}") may read the workspace. Use peelian_public for it.`,
    )
  }
  if (!publicSite.public_site) {
    throw new Fault(
      `DATABASE_PUBLIC_URL uses the login "${publicSite.login}". Use peelian_public, which the published tables are granted to.`,
    )
  }
}

/**
 * Checks, before migrations are run on a given server, that the two other logins exist.
 *
 * @throws Fault with the statements to run
 */
export async function checkOwner(ownerUrl: string): Promise<void> {
  await onGivenServer('DATABASE_OWNER_URL', ownerUrl, async client => {
    const { rows } = await client.query<{ rolname: string }>(
      `select rolname from pg_roles where rolname in ('peelian_program', 'peelian_public')`,
    )
    if (rows.length < 2) {
      throw new Fault(
        `The server lacks logins that Peelian uses. Have those of these statements run that are missing:\n\n${preparation}\n`,
      )
    }
  })
}
