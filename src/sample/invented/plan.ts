import { addObjective, addPlan, publishPlan, recordProgress } from '../../modules/plan/index.ts'
import { publishRecord } from '../../record/publish.ts'
import type { InventedPlan } from './facts.ts'
import { dayOf } from '../moments.ts'
import { readFacts } from '../read-facts.ts'
import { keeper, moment } from './world.ts'
import type { World } from './world.ts'

/** The plan and its objectives, published on the day it was adopted, and what was said of them since. */
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
  for (const objective of plan.objectives) planProgress(world, objective)
}

function planProgress(world: World, { key, progress }: InventedPlan['objectives'][number]): void {
  for (const { on, word, says: sentence } of progress) {
    const dated = dayOf(on, world.today)
    world.timeline.add(moment(world, on, '16:30'), world.viewers.get('perpetua-okonjo-vale'), async (trx, act) => {
      await recordProgress(trx, act, world.objectives.get(key), { word, sentence, dated }, dated)
      await publishRecord(trx, act, world.objectives.get(key))
    })
  }
}
