import type pg from 'pg'
import type { ServerAccess } from './cluster.ts'

/** Two starts at once must not both make the same login. */
const preparing = 780_003

interface Named {
  found: boolean
}

async function exists(client: pg.Client, catalogue: 'pg_roles' | 'pg_database', name: string): Promise<boolean> {
  const column = catalogue === 'pg_roles' ? 'rolname' : 'datname'
  const { rows } = await client.query<Named>(`select exists (select from ${catalogue} where ${column} = $1) as found`, [
    name,
  ])
  return rows[0]?.found === true
}

async function ensureLogin(client: pg.Client, name: string, password: string): Promise<void> {
  if (await exists(client, 'pg_roles', name)) return
  const rights = 'login nosuperuser nocreatedb nocreaterole noreplication nobypassrls noinherit'
  await client.query(`create role ${name} ${rights} password ${client.escapeLiteral(password)}`)
}

/**
 * Who may connect to a database, said again for each one, since a copy of a template does not take it over.
 * Only the program may make temporary tables.
 */
export async function grantDatabase(client: pg.Client, database: string): Promise<void> {
  const name = client.escapeIdentifier(database)
  await client.query(`revoke all on database ${name} from public`)
  await client.query(`grant connect on database ${name} to peelian_owner, peelian_program, peelian_public`)
  await client.query(`grant temporary on database ${name} to peelian_program`)
}

/**
 * Makes the three logins and the database `peelian` on an embedded server, where they are missing.
 *
 * @param client the superuser, on the maintenance database
 */
export async function prepareServer(client: pg.Client, access: ServerAccess): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [preparing])
  try {
    await ensureLogin(client, 'peelian_owner', access.ownerPassword)
    await ensureLogin(client, 'peelian_program', access.programPassword)
    await ensureLogin(client, 'peelian_public', access.publicPassword)
    if (!(await exists(client, 'pg_database', 'peelian'))) {
      await client.query('create database peelian owner peelian_owner')
      await grantDatabase(client, 'peelian')
    }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [preparing])
  }
}
