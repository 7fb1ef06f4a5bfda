import type { Database, Trx } from '../../../platform/database/tables.ts'
import { inTransaction } from '../../../platform/database/transaction.ts'
import { enqueue, registerJob } from '../../../platform/jobs.ts'
import { london, londonDate } from '../../../platform/time.ts'
import { listAreas } from '../../../record/areas.ts'
import type { Act } from '../../../record/record.ts'
import { everyOrganisation, systemAct } from '../../../record/system-act.ts'
import { endWatch } from './deeds.ts'
import { watchesEnded } from './exceptions-queries.ts'

const dailyJob = 'performance.end-watches'
const at = { hour: 1, minute: 40 }

/**
 * Raises again each night what was watched up to a day that has passed and still stands. Called at the start of the
 * program; a night that was missed is made up for at once. Several processes may do so.
 */
export async function beginEndingWatches(db: Database, now: () => Temporal.Instant): Promise<void> {
  registerJob(dailyJob, () => endAll(db, now()))
  await inTransaction(db, null, trx => enqueue(trx, dailyJob, {}, { singletonKey: londonDate(now()).toString() }))
}

/** Puts tomorrow's run into the queue first, so that nothing that goes wrong ends the chain. */
async function endAll(db: Database, now: Temporal.Instant): Promise<void> {
  const tomorrow = londonDate(now).add({ days: 1 })
  const startAfter = tomorrow.toZonedDateTime({ timeZone: london, plainTime: at }).toInstant()
  await inTransaction(db, null, trx => enqueue(trx, dailyJob, {}, { startAfter, singletonKey: tomorrow.toString() }))
  const { areas, organisations } = await inTransaction(db, null, async trx => ({
    areas: (await listAreas(trx)).filter(area => !area.historical),
    organisations: await everyOrganisation(trx),
  }))
  for (const { id } of areas) await inTransaction(db, organisations, trx => endWatches(trx, systemAct(now), id))
}

/**
 * Raises again what was watched up to a day before today, for the organisations that the transaction acts for.
 *
 * @returns how many
 */
export async function endWatches(trx: Trx, act: Act, areaId: number): Promise<number> {
  const ended = await watchesEnded(trx, areaId, londonDate(act.now))
  for (const id of ended) await endWatch(trx, act, { areaId, id }, null, null)
  return ended.length
}
