import type { Configuration } from '../configuration.ts'
import { Fault } from '../fault.ts'
import { checkLogins, checkOwner } from './admission.ts'
import { connect } from './connect.ts'
import { migrate, pendingMigrations } from './migrate.ts'
import { type EmbeddedServer, joinEmbeddedServer } from './server.ts'
import type { Database } from './tables.ts'

/** The handles of a running program on its database. */
export interface OpenDatabase {
  /** Reads and writes the workspace, within the row policies. */
  program: Database
  /** Reads what is published, adds to what the public sends, and nothing else. */
  public: Database
  /** What the public reads: a replica where there is one, else the same as `public`. */
  publicRead: Database
  programUrl: string
  /** Undefined for a given database. */
  embedded: EmbeddedServer | undefined
  close(): Promise<void>
}

/** A public page that takes longer than this is not worth waiting for; the server ends its query. */
const publicStatementTimeout = 10_000

interface Addresses {
  program: string
  public: string
  replica: string | undefined
}

function openHandles(addresses: Addresses, embedded: EmbeddedServer | undefined): OpenDatabase {
  const program = connect(addresses.program)
  const publicOptions = { searchPath: 'published', statementTimeout: publicStatementTimeout }
  const publicSite = connect(addresses.public, publicOptions)
  const publicRead = addresses.replica === undefined ? publicSite : connect(addresses.replica, publicOptions)
  return {
    program,
    public: publicSite,
    publicRead,
    programUrl: addresses.program,
    embedded,
    async close() {
      await Promise.all([...new Set([program, publicSite, publicRead])].map(handle => handle.destroy()))
      await embedded?.leave()
    },
  }
}

/**
 * Opens the database that the settings name. An embedded one is made, started and migrated as needed; a given one is
 * checked: its logins must be walls, and its migrations applied.
 *
 * @throws Fault with a sentence that says what to do
 */
export async function openDatabase({ database, dataDirectory }: Configuration): Promise<OpenDatabase> {
  if (database.kind === 'embedded') {
    const embedded = await joinEmbeddedServer(dataDirectory)
    try {
      await migrate(embedded.urls.owner)
    } catch (fault) {
      await embedded.leave()
      throw fault
    }
    return openHandles({ ...embedded.urls, replica: undefined }, embedded)
  }
  await checkLogins(database.programUrl, database.publicUrl)
  const pending = await pendingMigrations(database.programUrl)
  if (pending.length > 0) {
    throw new Fault(
      `The database lacks ${pending.length === 1 ? 'a migration' : `${pending.length} migrations`}. ` +
        'Run "npx peelian migrate" with DATABASE_OWNER_URL set, then start again.',
    )
  }
  const addresses = { program: database.programUrl, public: database.publicUrl, replica: database.replicaUrl }
  return openHandles(addresses, undefined)
}

/**
 * Runs work with the address of the database's owner: migrations, backup, restore.
 *
 * @throws Fault if a given database has no DATABASE_OWNER_URL
 */
export async function withOwner<T>(
  { database, dataDirectory }: Configuration,
  work: (ownerUrl: string, embedded: EmbeddedServer | undefined) => Promise<T>,
): Promise<T> {
  if (database.kind === 'given') {
    if (database.ownerUrl === undefined) {
      throw new Fault('DATABASE_OWNER_URL is not set. Set it to the login peelian_owner, which this command needs.')
    }
    await checkOwner(database.ownerUrl)
    return work(database.ownerUrl, undefined)
  }
  const embedded = await joinEmbeddedServer(dataDirectory)
  try {
    return await work(embedded.urls.owner, embedded)
  } finally {
    await embedded.leave()
  }
}
