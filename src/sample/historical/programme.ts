import { addMeeting, addProgrammeItem, startReview, stepOn, writeReview } from '../../modules/meetings/index.ts'
import { publishRecord } from '../../record/publish.ts'
import { readFacts } from '../read-facts.ts'
import { keeperOfBody } from './keepers.ts'
import type { CalendarFact, ProgrammeFact, ReviewFact } from './panel-facts.ts'
import { historicalAreas, loader } from './world.ts'
import type { PaperWorld } from './world.ts'

/** What a body planned, as at the papers' date: its work programme, days to meet, and reviews under way. */
export async function planProgrammes(world: PaperWorld): Promise<void> {
  for (const slug of historicalAreas) {
    for (const fact of await readFacts<ProgrammeFact[]>(`${slug}/programme.json`)) planItem(world, slug, fact)
    for (const fact of await readFacts<CalendarFact[]>(`${slug}/calendar.json`)) planForwardDate(world, slug, fact)
    for (const fact of await readFacts<ReviewFact[]>(`${slug}/reviews.json`)) planReview(world, slug, fact)
  }
}

function planItem(world: PaperWorld, slug: string, fact: ProgrammeFact): void {
  const area = world.areas.get(slug)
  const by = loader(world, keeperOfBody(fact.body), area)
  world.timeline.add(world.papers.publishedAt(fact.source), by, async (trx, act) => {
    const { form, title, covers, lead, standing, last, next } = fact
    const item = await addProgrammeItem(trx, act, {
      ...{ areaId: area.id, bodyId: world.bodies.get(fact.body).id, form, title, covers, lead, standing },
      last: last === null ? null : { meeting: null, date: Temporal.PlainDate.from(last) },
      next: { meeting: null, date: dayOf(next.date), words: next.words },
      requestedOn: dayOf(fact.requestedOn),
      circulatedOn: dayOf(fact.circulatedOn),
      source: world.papers.cite(fact.source),
    })
    world.programme.set(fact.key, item)
    await publishRecord(trx, act, item)
  })
}

function dayOf(stated: string | null): Temporal.PlainDate | null {
  return stated === null ? null : Temporal.PlainDate.from(stated)
}

/** A planned meeting stays in the calendar of whoever plans it: the public reads of the days on the body's own page. */
function planForwardDate(world: PaperWorld, slug: string, fact: CalendarFact): void {
  const area = world.areas.get(slug)
  const by = loader(world, keeperOfBody(fact.body), area)
  world.timeline.add(world.papers.publishedAt(fact.source), by, (trx, act) =>
    addMeeting(trx, act, {
      areaId: area.id,
      bodyId: world.bodies.get(fact.body).id,
      date: Temporal.PlainDate.from(fact.date),
      starts: fact.starts,
      place: fact.place,
      source: world.papers.cite(fact.source),
    }),
  )
}

function planReview(world: PaperWorld, slug: string, fact: ReviewFact): void {
  const area = world.areas.get(slug)
  const by = loader(world, keeperOfBody(fact.body), area)
  world.timeline.add(world.papers.publishedAt(fact.source), by, async (trx, act) => {
    const { title, scope, survey, step } = fact
    const review = await startReview(trx, act, {
      ...{ areaId: area.id, bodyId: world.bodies.get(fact.body).id, title, scope },
      dated: Temporal.PlainDate.from(fact.dated),
      source: world.papers.cite(fact.source),
    })
    await writeReview(trx, act, review, null, {
      ...{ scope, survey, surveyAnswers: null, findings: null, recommendations: null },
    })
    if (step === 'evidence') await stepOn(trx, act, review, null)
    await publishRecord(trx, act, review)
  })
}
