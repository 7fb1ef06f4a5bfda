import { z } from 'zod'
import { inTransaction } from '../../../platform/database/transaction.ts'
import { enqueue, registerJob } from '../../../platform/jobs.ts'
import { loadFile } from './load-file.ts'
import { unfinishedLoads } from './load-queries.ts'
import { loadJob } from './order-load.ts'
import { type LoadServices, runLoad } from './run-load.ts'

const jobForm = z.object({ areaId: z.number(), id: z.string() })

/** Milliseconds between two looks for loads whose process has gone. */
const lookAgain = 10_000

/**
 * Begins to run the loads that are asked for, and goes on with those that a process which was killed has left. Several
 * processes may do so: each load is held by one of them.
 */
export async function beginLoads(services: LoadServices): Promise<void> {
  registerJob(loadJob, async data => runLoad(services, loadFile, jobForm.parse(data)))
  await takeUpLoads(services)
  // A database that is closed or away is met again at the next look, or at the next start.
  setInterval(() => void takeUpLoads(services).catch(() => undefined), lookAgain).unref()
}

/** Puts every load that is not at an end into the queue; one that is held elsewhere is let be. */
async function takeUpLoads({ program }: LoadServices): Promise<void> {
  await inTransaction(program, null, async trx => {
    for (const { areaId, id } of await unfinishedLoads(trx)) {
      await enqueue(trx, loadJob, { areaId, id }, { singletonKey: id })
    }
  })
}
