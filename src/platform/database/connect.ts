import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  type KyselyPlugin,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  PostgresQueryCompiler,
} from 'kysely'
import pg from 'pg'
import type { Database, Tables } from './tables.ts'
import { bindable, sessionSettings, typeParsers } from './types.ts'

export interface ConnectOptions {
  /** Schema in which bare table names are looked for; `workspace` unless given. */
  searchPath?: string
  /** Connections at most; 10 unless given. */
  max?: number
  /** Milliseconds after which the server ends a statement; none unless given. */
  statementTimeout?: number
}

/** Which transaction the current chain of calls stands in, if any. */
const openTransaction = new AsyncLocalStorage<{ open: boolean }>()

/** Whether the calling code runs inside a transaction begun by `inTransaction`. */
export function insideTransaction(): boolean {
  return openTransaction.getStore()?.open === true
}

/** Runs a function as the inside of a transaction; when it has ended, the mark is taken off for whatever it left running. */
export async function markedAsTransaction<T>(fn: () => Promise<T>): Promise<T> {
  const mark = { open: true }
  try {
    return await openTransaction.run(mark, fn)
  } finally {
    mark.open = false
  }
}

/**
 * Refuses the outer handle while a transaction of the same chain of calls is open: such a query would run beside the
 * transaction, see none of its writes, and survive its rollback. `inTransaction` takes this plugin off its own handle.
 */
const guard: KyselyPlugin = {
  transformQuery({ node }) {
    if (insideTransaction()) {
      throw new Error('A query inside a transaction used the outer database handle; use the handle of the transaction')
    }
    return node
  },
  transformResult: async ({ result }) => result,
}

/** Compiles queries so that values of `Temporal` can be bound as parameters. */
class TemporalQueryCompiler extends PostgresQueryCompiler {
  protected override addParameter(parameter: unknown): void {
    super.addParameter(bindable(parameter))
  }
}

const clients = new WeakMap<DatabaseConnection, pg.PoolClient>()
const reserving = new AsyncLocalStorage<{ client?: pg.PoolClient }>()

/** Remembers which client of the pool is behind each connection, for streams that Kysely does not know (COPY). */
class ClientKeepingDriver extends PostgresDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    const reserved: { client?: pg.PoolClient } = {}
    const connection = await reserving.run(reserved, () => super.acquireConnection())
    if (reserved.client) clients.set(connection, reserved.client)
    return connection
  }
}

class PeelianDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig

  constructor(pool: pg.Pool) {
    const config: PostgresDialectConfig = {
      pool: {
        connect: async () => {
          const client = await pool.connect()
          const reserved = reserving.getStore()
          if (reserved) reserved.client = client
          return client
        },
        end: () => pool.end(),
        options: pool.options,
      },
    }
    super(config)
    this.#config = config
  }

  override createDriver(): Driver {
    return new ClientKeepingDriver(this.#config)
  }

  override createQueryCompiler(): PostgresQueryCompiler {
    return new TemporalQueryCompiler()
  }
}

/** Settings as the `options` parameter of a PostgreSQL connection takes them. */
function startupOptions(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value.replace(/[\\ ]/g, '\\$&')}`)
    .join(' ')
}

/**
 * A pool of connections with Peelian's types and settings, for work that Kysely cannot do.
 * Whoever makes it ends it.
 */
export function createPool(url: string, options: ConnectOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: 'peelian',
    connectionTimeoutMillis: 10_000,
    allowExitOnIdle: true,
    types: typeParsers,
    ...(options.statementTimeout === undefined ? {} : { statement_timeout: options.statementTimeout }),
    options: startupOptions({ ...sessionSettings, search_path: options.searchPath ?? 'workspace' }),
  })
  // An idle connection that the server ends (a restart, a shutdown) is replaced at the next query; without a listener
  // it would end the process.
  pool.on('error', () => undefined)
  return pool
}

/**
 * Opens a handle on a database; connections are made at the first query.
 *
 * @param url `postgres://login:password@host:port/database`
 */
export function connect(url: string, options: ConnectOptions = {}): Database {
  return new Kysely<Tables>({ dialect: new PeelianDialect(createPool(url, options)), plugins: [guard] })
}

/**
 * The client of `pg` that a transaction's handle runs on, for streaming with COPY inside it.
 *
 * @throws if the handle is not a transaction of a database opened by `connect`
 */
export async function clientOf(trx: Kysely<Tables>): Promise<pg.PoolClient> {
  if (!trx.isTransaction) throw new Error('Only a transaction holds a connection of its own')
  const client = await trx.getExecutor().provideConnection(async connection => clients.get(connection))
  if (!client) throw new Error('This handle was not opened by connect()')
  return client
}
