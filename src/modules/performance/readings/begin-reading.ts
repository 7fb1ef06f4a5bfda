import type { Database } from '../../../platform/database/tables.ts'
import { inTransaction } from '../../../platform/database/transaction.ts'
import { enqueue, registerJob } from '../../../platform/jobs.ts'
import { listAreas } from '../../../record/areas.ts'
import { everyOrganisation, systemAct } from '../../../record/system-act.ts'
import { readArea } from './read-area.ts'
import { unreadSeries } from './readings-queries.ts'

const job = 'performance.read-unread'

/**
 * Has figures read that are older than the readings kept of them: those of a database that an earlier version of the
 * program filled. Called at the start of the program, which goes on meanwhile; several processes may do so.
 */
export async function beginReading(db: Database, now: () => Temporal.Instant): Promise<void> {
  registerJob(job, async () => void (await readUnread(db, now())))
  await inTransaction(db, null, trx => enqueue(trx, job, {}, { singletonKey: 'once' }))
}

/**
 * Reads each area that has figures nobody read, in a transaction of its own; historical areas stay as they are.
 *
 * @returns how many areas were read
 */
export async function readUnread(db: Database, now: Temporal.Instant): Promise<number> {
  const { areas, organisations } = await inTransaction(db, null, async trx => ({
    areas: (await listAreas(trx)).filter(area => !area.historical),
    organisations: await everyOrganisation(trx),
  }))
  let read = 0
  for (const { id } of areas) {
    await inTransaction(db, organisations, async trx => {
      if ((await unreadSeries(trx, id)) === 0) return
      await readArea(trx, systemAct(now), id)
      read++
    })
  }
  return read
}
