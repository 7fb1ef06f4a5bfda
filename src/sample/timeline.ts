import type { Viewer } from '../platform/access/viewer.ts'
import type { Trx } from '../platform/database/tables.ts'
import { actingFor } from '../record/acting-for.ts'
import type { Act } from '../record/record.ts'

/** Somebody doing something, with the roles that the modules' rules ask about. */
export interface Doing extends Act {
  viewer: Viewer
}

interface Step {
  at: Temporal.Instant
  by: Viewer
  run: (trx: Trx, act: Doing) => Promise<unknown>
}

/**
 * What people did, from the first to the last: each deed is done as the person who did it, at the moment it was done,
 * and with no more in sight than that person's organisation has.
 */
export class Timeline {
  readonly #steps: Step[] = []
  readonly #loading: boolean

  /** @param loading whether this fills a historical area, which nothing else may write to */
  constructor({ loading = false } = {}) {
    this.#loading = loading
  }

  add(at: Temporal.Instant, by: Viewer, run: Step['run']): void {
    this.#steps.push({ at, by, run })
  }

  /**
   * Does everything up to a moment, in order of time; of deeds at one moment, the first that was added comes first.
   *
   * @returns how many deeds were done
   */
  async run(trx: Trx, until: Temporal.Instant): Promise<number> {
    const due = this.#steps
      .filter(({ at }) => Temporal.Instant.compare(at, until) <= 0)
      .sort((a, b) => Temporal.Instant.compare(a.at, b.at))
    for (const { at, by, run } of due) {
      const act: Doing = { viewer: by, now: at, ...(this.#loading && { loading: true }) }
      await actingFor(trx, [by.organisation.id], () => run(trx, act))
    }
    return due.length
  }
}
