import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ImportFile } from '../import/csv-file.ts'

/** Thrown inside a load that somebody has stopped; its transaction is to be rolled back. */
export class LoadStopped extends Error {
  constructor() {
    super('The load was stopped')
  }
}

/** What a load is doing, in the words a page or terminal prints. */
export type LoadPhase = 'looking' | 'reading' | 'writing' | 'rules'

/** How far a load is, written by the load and looked at by whoever follows it. */
export class LoadFollower {
  phase: LoadPhase = 'looking'
  /** Size of the file in bytes, where it is known; else 0. */
  bytes = 0
  bytesRead = 0
  rows = 0
  /** Series read by the rules, of how many. */
  series = 0
  seriesRead = 0
  readonly #stopped: AbortSignal | undefined

  constructor(stopped?: AbortSignal, bytes = 0) {
    this.#stopped = stopped
    this.bytes = bytes
  }

  /** @throws LoadStopped once somebody has stopped the load */
  goOn(): void {
    if (this.#stopped?.aborted === true) throw new LoadStopped()
  }
}

/**
 * A file whose reading can be followed and stopped. Between its pieces others get a turn, so that pages are served
 * while a file in memory is read.
 */
export function followed(file: ImportFile, follower: LoadFollower | undefined): ImportFile {
  return {
    name: file.name,
    async *open() {
      if (follower !== undefined) follower.bytesRead = 0
      for await (const piece of file.open()) {
        await nextTurn()
        follower?.goOn()
        yield piece
        if (follower !== undefined) follower.bytesRead += piece.length
      }
    },
  }
}
