import type { Database } from '../../platform/database/tables.ts'
import { inTransaction } from '../../platform/database/transaction.ts'
import { castOf } from '../cast.ts'
import { planFigures } from './figures.ts'
import { planMeetings } from './meetings.ts'
import { planOrganisations } from './organisations.ts'
import { planPlans } from './plans.ts'
import { openPapers, readOrganisations } from './world.ts'

/** Loads the areas made from papers, all of them or none: they speak of one another. */
export async function loadPapers(db: Database, now: Temporal.Instant): Promise<void> {
  const cast = castOf(await readOrganisations())
  await inTransaction(
    db,
    cast.organisations.values().map(({ id }) => id),
    async trx => {
      const world = await openPapers(trx, cast)
      await planOrganisations(world)
      await planPlans(world)
      await planFigures(world)
      await planMeetings(world)
      await world.timeline.run(trx, now)
    },
  )
}
