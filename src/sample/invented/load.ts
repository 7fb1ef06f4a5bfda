import type { Database } from '../../platform/database/tables.ts'
import { inTransaction } from '../../platform/database/transaction.ts'
import { londonDate } from '../../platform/time.ts'
import { castOf } from '../cast.ts'
import { planFigures } from './figures.ts'
import { planOrganisations } from './organisations.ts'
import { planPlan } from './plan.ts'
import { planQuestions } from './questions.ts'
import { addPeople, foundWorld, readOrganisations } from './world.ts'

/** Loads Ardenshire as it stands today: two years of it, done one deed after the other. */
export async function loadArdenshire(db: Database, now: Temporal.Instant): Promise<void> {
  const cast = castOf(await readOrganisations())
  await inTransaction(
    db,
    cast.organisations.values().map(({ id }) => id),
    async trx => {
      const world = await foundWorld(trx, cast, londonDate(now))
      await addPeople(trx, world, now)
      await planOrganisations(world)
      await planPlan(world)
      await planFigures(world)
      await planQuestions(world)
      await world.timeline.run(trx, now)
    },
  )
}
