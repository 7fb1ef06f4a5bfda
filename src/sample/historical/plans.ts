import { addObjective, addPlan, publishPlan } from '../../modules/plan/index.ts'
import type { PlanFact } from '../facts.ts'
import { readFacts } from '../read-facts.ts'
import { findingsAbout, historicalAreas, loader } from './world.ts'
import type { PaperWorld } from './world.ts'

/** The plans that the papers speak of, with their objectives where a paper gives them. */
export async function planPlans(world: PaperWorld): Promise<void> {
  for (const slug of historicalAreas) {
    for (const plan of await readFacts<PlanFact[]>(`${slug}/plans.json`)) addOne(world, slug, plan)
  }
}

function addOne(world: PaperWorld, slug: string, plan: PlanFact): void {
  const area = world.areas.get(slug)
  const at = world.papers.publishedAt(plan.source)
  world.timeline.add(at, loader(world, plan.organisation, area), async (trx, act) => {
    const { areaId, id } = await addPlan(trx, act, {
      areaId: area.id,
      title: plan.title,
      vision: plan.vision,
      firstYear: yearOf(plan.from),
      lastYear: yearOf(plan.to),
      state: 'past',
      source: [world.papers.cite(plan.source), plan.note, findingsAbout(world, plan.key)].filter(Boolean).join('. '),
    })
    for (const { key, number, title, source } of plan.objectives) {
      const made = { areaId, planId: id, number, title, source: world.papers.cite(source) }
      world.objectives.set(key, await addObjective(trx, act, made))
    }
    await publishPlan(trx, act, { areaId, id })
  })
}

function yearOf(printed: string | null): number | null {
  return printed === null ? null : Number(printed)
}
