import {
  addItem,
  addProgrammeItem,
  addSession,
  placeOnAgenda,
  scheduleItem,
  setBodyRules,
  startReview,
  stepOn,
  writeReview,
} from '../../modules/meetings/index.ts'
import { receivePublicQuestion, rulesToBeginWith, setPublicQuestionRules } from '../../modules/scrutiny/index.ts'
import { publishRecord } from '../../record/publish.ts'
import type { RecordHead } from '../../record/record.ts'
import type { RelativeDay } from './facts.ts'
import { dayOf } from '../moments.ts'
import { readFacts } from '../read-facts.ts'
import type { InventedPanelYear, InventedProgrammeItem } from './panel-facts.ts'
import { planPapers } from './papers.ts'
import { moment } from './world.ts'
import type { World } from './world.ts'

/** The panel's year between its meetings, as its clerk keeps it: what a newcomer finds on the panel's own part. */
export async function planPanelYear(world: World): Promise<void> {
  const year = await readFacts<InventedPanelYear>('ardenshire/panel-year.json')
  const items = new Map<string, string>()
  planRules(world, year)
  for (const item of year.programme) planProgrammeItem(world, year, item, items)
  planClosedItem(world, year)
  planPapers(world, year, items)
  planReview(world, year)
}

const clerkOf = (world: World) => world.viewers.get('marisol-underhay')

function planRules(world: World, { body, rules, publicQuestions }: InventedPanelYear): void {
  world.timeline.add(moment(world, rules.set, '09:00'), clerkOf(world), (trx, act) =>
    setBodyRules(trx, act, world.bodies.get(body), null, {
      quorum_numerator: rules.numerator,
      quorum_denominator: rules.denominator,
      quorum_least: rules.least,
      quorum_words: rules.words,
      casting_vote: rules.castingVote,
      notice_days: null,
      meets_in_public: false,
    }),
  )
  const { set, whoMayAsk, about, received } = publicQuestions
  world.timeline.add(moment(world, set, '09:00'), clerkOf(world), (trx, act) =>
    setPublicQuestionRules(trx, act, world.bodies.get(body), null, {
      ...rulesToBeginWith,
      whoMayAsk,
      about,
      taking: true,
    }),
  )
  world.timeline.add(moment(world, received.on, '18:20'), clerkOf(world), (trx, act) => {
    const { meeting, text, name, email } = received
    const asked = { bodyId: world.bodies.get(body).id, meetingId: world.meetings.get(meeting).id, text, name, email }
    return receivePublicQuestion(trx, act, world.area.id, {
      ...asked,
      ...{ showName: true, address: null, wishes: 'in-person' },
    })
  })
}

/** @param items where the id of each item that comes onto an agenda is kept, by the key of its row */
function planProgrammeItem(
  world: World,
  { body, closedItem }: InventedPanelYear,
  item: InventedProgrammeItem,
  items: Map<string, string>,
): void {
  const { key, added, deferred, placed } = item
  world.timeline.add(moment(world, added, '10:00'), clerkOf(world), async (trx, act) => {
    const made = await addProgrammeItem(trx, act, newItem(world, body, item))
    await publishRecord(trx, act, world.programme.set(key, made))
  })
  if (deferred !== undefined) {
    world.timeline.add(moment(world, deferred.on, '10:30'), world.viewers.get(deferred.by), async (trx, act) => {
      const next = { meeting: null, date: dayOf(deferred.to, world.today), words: null }
      await scheduleItem(trx, act, world.programme.get(key), null, next, deferred.why)
      await publishRecord(trx, act, world.programme.get(key))
    })
  }
  if (placed === undefined) return
  world.timeline.add(moment(world, placed, '09:30'), clerkOf(world), async (trx, act) => {
    const meeting = world.meetings.get(closedItem.meeting)
    items.set(key, await placeOnAgenda(trx, act, world.programme.get(key), null, meeting))
    await publishRecord(trx, act, world.programme.get(key))
  })
}

function newItem(world: World, body: string, item: InventedProgrammeItem): Parameters<typeof addProgrammeItem>[2] {
  const { form, title, covers, lead, standing, last, next, requested, circulated } = item
  return {
    ...{ areaId: world.area.id, bodyId: world.bodies.get(body).id, form, title, covers, lead, standing },
    last: last === null ? null : { meeting: null, date: dayOf(last, world.today) },
    next: { meeting: null, date: stated(world, next.on), words: next.words },
    requestedOn: stated(world, requested),
    circulatedOn: stated(world, circulated),
  }
}

function stated(world: World, day: RelativeDay | null | undefined): Temporal.PlainDate | null {
  return day == null ? null : dayOf(day, world.today)
}

/** Business without the public comes last on the agenda. */
function planClosedItem(world: World, { closedItem }: InventedPanelYear): void {
  const { meeting, on, title, ground } = closedItem
  world.timeline.add(moment(world, on, '09:40'), clerkOf(world), (trx, act) =>
    addItem(trx, act, world.meetings.get(meeting), { title, ground }),
  )
}

function planReview(world: World, { body, review }: InventedPanelYear): void {
  const { title, begun, scope, survey, sessions } = review
  let made: RecordHead | undefined
  world.timeline.add(moment(world, begun, '10:00'), clerkOf(world), async (trx, act) => {
    made = await startReview(trx, act, { areaId: world.area.id, bodyId: world.bodies.get(body).id, title, scope })
    const texts = { scope, survey, surveyAnswers: null, findings: null, recommendations: null }
    await writeReview(trx, act, made, null, texts)
    await stepOn(trx, act, made, null)
    await publishRecord(trx, act, made)
  })
  for (const { on, subject, witnesses } of sessions) {
    world.timeline.add(moment(world, on, '16:00'), clerkOf(world), async (trx, act) => {
      if (made === undefined) return
      const session = { heldOn: dayOf(on, world.today), subject, notes: null, witnesses }
      await addSession(trx, act, made, session)
      await publishRecord(trx, act, made)
    })
  }
}
