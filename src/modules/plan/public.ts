import type { Answer, PublicContext, PublicRoute } from '../../platform/web/route.ts'
import { page } from '../../platform/web/route.ts'
import { counted, stateModel } from '../../record/words.ts'
import { allEntries } from '../../record/published.ts'
import type { PublicEntry } from '../../record/register.ts'
import { selectPublishedCounts } from './queries.ts'
import { progressInWords, progressWords } from './rules.ts'

export const planPublic: readonly PublicRoute[] = [{ path: '/plan', handler: showPublicPlan }]

/** The plan as the public reads it: the current one with what was promised and how it goes, and those before it. */
async function showPublicPlan(context: PublicContext): Promise<Answer> {
  const { db, area, asOf } = context
  const plans = await allEntries(db, [area.id], 'plan', asOf)
  const objectives = await allEntries(db, [area.id], 'objective', asOf)
  const counts = await selectPublishedCounts(
    db,
    objectives.map(({ record_id }) => record_id),
    asOf,
  )
  const base = `/${area.slug}`
  return page('modules/plan/views/public-plan-home.njk', {
    title: 'What was promised',
    area,
    breadcrumbs: [{ text: area.name, href: `${base}/` }],
    feeds: {
      csv: `${base}/plan/objectives.csv`,
      json: `${base}/plan/objectives.json`,
      atom: `${base}/plan/objectives.atom`,
    },
    current: plans
      .filter(plan => plan.state === 'current')
      .map(plan => ({ ...planLine(base, plan), objectives: promisesOf(base, plan, objectives, counts) })),
    past: plans.filter(plan => plan.state !== 'current').map(plan => planLine(base, plan)),
  })
}

function planLine(base: string, plan: PublicEntry) {
  const { years } = factsOf(plan)
  return {
    title: plan.title,
    summary: plan.summary,
    href: `${base}/${plan.address}`,
    years: typeof years === 'string' ? years : null,
  }
}

type Counts = Awaited<ReturnType<typeof selectPublishedCounts>>

function promisesOf(base: string, plan: PublicEntry, objectives: readonly PublicEntry[], counts: Counts) {
  const ofPlan = objectives.filter(objective => factsOf(objective)['plan'] === plan.record_id)
  return ofPlan.toSorted((a, b) => numberOf(a) - numberOf(b)).map(objective => promise(base, objective, counts))
}

function promise(base: string, objective: PublicEntry, counts: Counts) {
  const said = factsOf(objective)['progress']
  const word = progressWords.find(each => each === said)
  return {
    number: numberOf(objective),
    title: objective.title,
    href: `${base}/${objective.address}`,
    state: stateModel('objective', objective.state),
    progress: word === undefined ? null : progressInWords(word),
    sentence: objective.summary,
    linked: counts
      .filter(count => count.objectiveId === objective.record_id)
      .map(count => counted(count.n, count.kind)),
  }
}

const factsOf = (entry: PublicEntry): Readonly<Record<string, unknown>> => ({ ...entry.facts })

function numberOf(objective: PublicEntry): number {
  const { number } = factsOf(objective)
  return typeof number === 'number' ? number : 0
}
