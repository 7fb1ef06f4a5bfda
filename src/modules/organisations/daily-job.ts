import type { Database, Trx } from '../../platform/database/tables.ts'
import { inTransaction } from '../../platform/database/transaction.ts'
import { enqueue, registerJob } from '../../platform/jobs.ts'
import { london, londonDate } from '../../platform/time.ts'
import { listAreas } from '../../record/areas.ts'
import { everyOrganisation, systemAct } from '../../record/system-act.ts'
import { settleHandOvers } from './people/hand-over.ts'
import { settleStandings } from './people/standing.ts'

const dailyJob = 'organisations.settle'
/** After midnight, and before anybody is reminded of work that is no longer theirs. */
const at = { hour: 1, minute: 30 }

/**
 * Settles each night what passed with the day: terms that began or ended, and the work of whoever left. Called at the
 * start of the program; a night that was missed is made up for at once. Several processes may do so.
 */
export async function beginSettling(db: Database, now: () => Temporal.Instant): Promise<void> {
  registerJob(dailyJob, () => settleDay(db, now()))
  await inTransaction(db, null, trx => enqueue(trx, dailyJob, {}, { singletonKey: londonDate(now()).toString() }))
}

/** Puts tomorrow's run into the queue first, so that nothing that goes wrong ends the chain. */
async function settleDay(db: Database, now: Temporal.Instant): Promise<void> {
  const tomorrow = londonDate(now).add({ days: 1 })
  const startAfter = tomorrow.toZonedDateTime({ timeZone: london, plainTime: at }).toInstant()
  await inTransaction(db, null, trx => enqueue(trx, dailyJob, {}, { startAfter, singletonKey: tomorrow.toString() }))
  await settleAreas(db, now)
}

/** Settles every area that is not historical, each in a transaction of its own, for all its organisations. */
export async function settleAreas(db: Database, now: Temporal.Instant): Promise<number> {
  const { areas, organisations } = await inTransaction(db, null, async trx => ({
    areas: (await listAreas(trx)).filter(area => !area.historical),
    organisations: await everyOrganisation(trx),
  }))
  let moved = 0
  for (const { id } of areas) {
    moved += await inTransaction(db, organisations, trx => settleArea(trx, id, now))
  }
  return moved
}

async function settleArea(trx: Trx, areaId: number, now: Temporal.Instant): Promise<number> {
  const act = systemAct(now)
  const standings = await settleStandings(trx, act, areaId)
  return standings + (await settleHandOvers(trx, act, areaId, londonDate(now)))
}
