import type { Database } from '../../platform/database/tables.ts'
import { inTransaction } from '../../platform/database/transaction.ts'
import { castOf } from '../cast.ts'
import { planClaims } from './claims.ts'
import { planFigures } from './figures.ts'
import { planLogs } from './log.ts'
import { planMeetings } from './meetings.ts'
import { planOrganisations } from './organisations.ts'
import { planPlans } from './plans.ts'
import { planProgrammes } from './programme.ts'
import { planScrutiny } from './scrutiny.ts'
import { openPapers, readOrganisations } from './world.ts'

/**
 * Loads the areas made from papers, all of them or none: they speak of one another.
 *
 * @param firstAreaId the number of the first of them; the others follow
 */
export async function loadPapers(db: Database, now: Temporal.Instant, firstAreaId: number): Promise<void> {
  const cast = castOf(await readOrganisations())
  await inTransaction(
    db,
    cast.organisations.values().map(({ id }) => id),
    async trx => {
      const world = await openPapers(trx, cast, firstAreaId)
      await planOrganisations(world)
      await planPlans(world)
      await planFigures(world)
      await planScrutiny(world)
      await planProgrammes(world)
      await planMeetings(world)
      await planLogs(world)
      await planClaims(world)
      await world.timeline.run(trx, now)
    },
  )
}
