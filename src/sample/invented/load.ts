import type { Database } from '../../platform/database/tables.ts'
import { inTransaction } from '../../platform/database/transaction.ts'
import { londonDate } from '../../platform/time.ts'
import { castOf } from '../cast.ts'
import { planActions } from './actions.ts'
import { planFigures } from './figures.ts'
import { planMadeFigures } from './made-world.ts'
import { planMeetings } from './meetings.ts'
import { planOrganisations } from './organisations.ts'
import { planPanelYear } from './panel-year.ts'
import { planPlan } from './plan.ts'
import { planQuestions } from './questions.ts'
import { addPeople, foundWorld, readOrganisations, readTitles } from './world.ts'

/** Loads Ardenshire under a number, as it stands today: two years of it, done one deed after the other. */
export async function loadArdenshire(db: Database, now: Temporal.Instant, areaId: number): Promise<void> {
  const cast = castOf(await readOrganisations())
  await inTransaction(
    db,
    cast.organisations.values().map(({ id }) => id),
    async trx => {
      const world = await foundWorld(trx, cast, areaId, londonDate(now))
      await addPeople(trx, world, now)
      await planOrganisations(world)
      await planPlan(world)
      await planFigures(world)
      await planMadeFigures(world)
      const titles = await readTitles()
      await planQuestions(world, titles)
      await planMeetings(world, titles)
      await planActions(world)
      await planPanelYear(world)
      await world.timeline.run(trx, now)
    },
  )
}
