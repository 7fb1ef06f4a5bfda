import { sql } from 'kysely'
import { insideTransaction, markedAsTransaction } from './connect.ts'
import type { Database, Trx } from './tables.ts'

/** The organisations whose unpublished work a transaction may see; null for none (public facts, the platform's own). */
export type ViewerScope = { organisation: { id: string } } | readonly string[]

type Work = () => Promise<void> | void

interface Hooks {
  before: Work[]
  after: Work[]
}

const hooksOf = new WeakMap<Trx, Hooks>()

function hooks(trx: Trx): Hooks {
  const found = hooksOf.get(trx)
  if (!found) throw new Error('This handle is not a transaction begun by inTransaction()')
  return found
}

/** Registers work that runs inside the transaction just before it commits; what it throws rolls everything back. */
export function beforeCommit(trx: Trx, work: Work): void {
  hooks(trx).before.push(work)
}

/** Registers work that runs after the commit, outside the transaction, in the order given; not after a rollback. */
export function afterCommit(trx: Trx, work: Work): void {
  hooks(trx).after.push(work)
}

function organisationsOf(scope: ViewerScope | null): readonly string[] {
  if (scope === null) return []
  return 'organisation' in scope ? [scope.organisation.id] : scope
}

/** Runs what was registered, and what that registers in its turn. */
async function runAll(work: Work[]): Promise<void> {
  for (let next = work.shift(); next; next = work.shift()) await next()
}

/**
 * Runs a function in one transaction, scoped to the organisations of a viewer: the row policies compare with the
 * setting `peelian.organisations`, and yield nothing to a scope of null. Nothing is tried twice.
 *
 * @param scope whose work may be seen: a viewer, a list of organisation ids, or null
 * @param fn its handle is the only one that may be used inside
 * @throws what `fn` throws, after the rollback; and if called inside another transaction
 */
export async function inTransaction<T>(
  db: Database,
  scope: ViewerScope | null,
  fn: (trx: Trx) => Promise<T>,
): Promise<T> {
  if (insideTransaction())
    throw new Error('A transaction was begun inside another; pass the handle of the outer one on')
  const registered: Hooks = { before: [], after: [] }
  const organisations = `{${organisationsOf(scope).join(',')}}`
  const result = await markedAsTransaction(() =>
    db.transaction().execute(async guarded => {
      const trx = guarded.withoutPlugins()
      hooksOf.set(trx, registered)
      await sql`select set_config('peelian.organisations', ${organisations}, true)`.execute(trx)
      const value = await fn(trx)
      await runAll(registered.before)
      return value
    }),
  )
  await runAll(registered.after)
  return result
}
