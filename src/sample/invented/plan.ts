import { addObjective, addPlan, publishPlan } from '../../modules/plan/index.ts'
import type { InventedPlan } from '../facts.ts'
import { dayOf } from '../moments.ts'
import { readFacts } from '../read-facts.ts'
import { keeper, moment } from './world.ts'
import type { World } from './world.ts'

/** The plan and its objectives, published on the day it was adopted. */
export async function planPlan(world: World): Promise<void> {
  const plan = await readFacts<InventedPlan>('ardenshire/plan.json')
  const issuedOn = dayOf(plan.adopted, world.today)
  world.timeline.add(moment(world, plan.adopted, '10:00'), keeper(world, plan.organisation), async (trx, act) => {
    const { areaId, id } = await addPlan(trx, act, {
      areaId: world.area.id,
      title: plan.title,
      vision: plan.vision,
      firstYear: issuedOn.year,
      lastYear: issuedOn.year + 5,
      issuedOn,
      state: 'current',
    })
    for (const { key, number, title, says } of plan.objectives) {
      world.objectives.set(key, await addObjective(trx, act, { areaId, planId: id, number, title, aim: says }))
    }
    await publishPlan(trx, act, { areaId, id })
  })
}
