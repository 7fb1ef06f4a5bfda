import { AsyncLocalStorage } from 'node:async_hooks'
import type { Database } from '../../../platform/database/tables.ts'
import { inTransaction } from '../../../platform/database/transaction.ts'
import type { RecordKey } from '../../../record/record.ts'
import type { LoadFollower } from './follower.ts'
import { signOfLife } from './load-queries.ts'

/** Milliseconds between two signs of life. */
const between = 500

/**
 * Writes how far a load is, on a connection beside the load's own, and stops the load when somebody asks for that.
 * Made before the load's transaction begins, and so outside it.
 */
export class LoadTicker {
  readonly #timer: NodeJS.Timeout
  readonly #tick: () => Promise<void>
  readonly #outside = AsyncLocalStorage.snapshot()
  #running: Promise<void> = Promise.resolve()
  #state: 'not begun' | 'begins' | 'goes on' | 'ended' = 'not begun'

  constructor(
    db: Database,
    key: RecordKey,
    follower: LoadFollower,
    stopping: AbortController,
    now: () => Temporal.Instant,
  ) {
    this.#tick = async () => {
      const begins = this.#state === 'begins'
      const { phase, rows } = follower
      const sign = {
        phase: phaseText(phase, follower),
        bytesRead: follower.bytesRead,
        rowsRead: rows,
        begins,
        at: now(),
      }
      if (await inTransaction(db, null, trx => signOfLife(trx, key, sign))) stopping.abort()
      if (begins && this.#state === 'begins') this.#state = 'goes on'
    }
    this.#timer = setInterval(() => this.#next(), between)
  }

  /** From now on signs are written, the first of them at once: the load is held. */
  begin(): void {
    this.#state = 'begins'
    this.#outside(() => this.#next())
  }

  #next(): void {
    if (this.#state === 'not begun' || this.#state === 'ended') return
    // One at a time; a sign that could not be written is no reason to end the load.
    this.#running = this.#running.then(this.#tick).catch(() => undefined)
  }

  /** No more signs; waits for the one being written, which would meet the load's own note of its end. */
  async stop(): Promise<void> {
    this.#state = 'ended'
    clearInterval(this.#timer)
    await this.#running
  }
}

/** The phase as it is stored: that of the rules with how many series are read of how many. */
function phaseText(phase: string, { series, seriesRead }: LoadFollower): string {
  return phase === 'rules' ? `rules ${String(seriesRead)}/${String(series)}` : phase
}
