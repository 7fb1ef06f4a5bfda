import type { Viewer } from '../../platform/access/viewer.ts'
import {
  addAttendance,
  addItem,
  addMeeting,
  addOutcome,
  addResolution,
  agreeMinutes,
  circulateMinutes,
  noteMeeting,
  noteNoneDeclared,
  publishAgenda,
  publishMinutes,
  signMinutes,
  startMinutes,
  takeUp,
  writeMinute,
} from '../../modules/meetings/index.ts'
import type { NewOutcome } from '../../modules/meetings/index.ts'
import type { Trx } from '../../platform/database/tables.ts'
import { londonDate } from '../../platform/time.ts'
import type { RecordHead } from '../../record/record.ts'
import type { InventedAction, InventedItem, InventedMeeting, InventedQuestion } from './facts.ts'
import { dayOf, momentOf } from '../moments.ts'
import { readFacts } from '../read-facts.ts'
import type { Doing } from '../timeline.ts'
import { moment } from './world.ts'
import type { Titles, World } from './world.ts'

/** Weeks before its agenda at which a meeting is put into the calendar. */
const plannedBefore = 10

/** A meeting while its story is told: who keeps its record, and what has been made of it. */
interface Story {
  meeting: InventedMeeting
  clerk: Viewer
  actions: readonly InventedAction[]
  titles: Titles
  /** Ids of items by number. */
  items: Map<number, string>
  minutes: RecordHead | null
  /** Ids of outcomes, with the action that each is. */
  outcomes: Map<string, InventedAction>
}

/** Meetings from the calendar to the published minutes, and the actions raised in them. */
export async function planMeetings(world: World, titles: Titles): Promise<void> {
  const questions = await readFacts<InventedQuestion[]>('ardenshire/questions.json')
  const actions = await readFacts<InventedAction[]>('ardenshire/actions.json')
  const stories = (await readFacts<InventedMeeting[]>('ardenshire/meetings.json')).map(meeting => ({
    meeting,
    clerk: world.viewers.get(meeting.body === 'ardenshire-panel-body' ? 'marisol-underhay' : 'edwin-larkspur'),
    actions: actions.filter(({ raisedAt }) => raisedAt.meeting === meeting.key),
    titles,
    items: new Map<number, string>(),
    minutes: null,
    outcomes: new Map<string, InventedAction>(),
  }))
  for (const story of stories) {
    planCalling(world, story)
    for (const item of story.meeting.items) planTaking(world, story, item, questions)
    planMinutes(world, story)
  }
  for (const story of stories) planAgreement(world, story)
}

function planCalling(world: World, story: Story): void {
  const { key, body, on, at: starts, place, agendaPublished, agendaMade = agendaPublished, items } = story.meeting
  const called = { ...agendaPublished, week: agendaPublished.week - plannedBefore }
  world.timeline.add(moment(world, called, '09:00'), story.clerk, async (trx, act) => {
    const made = {
      areaId: world.area.id,
      bodyId: world.bodies.get(body).id,
      date: dayOf(on, world.today),
      starts,
      place,
    }
    world.meetings.set(key, await addMeeting(trx, act, { ...made, openToPublic: true }))
  })
  world.timeline.add(moment(world, agendaMade, '09:00'), story.clerk, async (trx, act) => {
    for (const { number, title, ground = null } of items) {
      const kind = number === 1 ? 'minutes' : title === 'Any other business' ? 'other-business' : 'ordinary'
      story.items.set(number, await addItem(trx, act, world.meetings.get(key), { title, kind, ground }))
    }
  })
  world.timeline.add(moment(world, agendaPublished, '12:00'), story.clerk, (trx, act) =>
    publishAgenda(trx, act, world.meetings.get(key), null),
  )
}

/** A question is taken onto the agenda when that is made, or when it is put if that comes later. */
function planTaking(world: World, story: Story, item: InventedItem, questions: readonly InventedQuestion[]): void {
  const { key, agendaPublished } = story.meeting
  for (const question of questions.filter(each => item.questions.includes(each.key))) {
    const agenda = moment(world, agendaPublished, '09:30')
    const put = moment(world, question.put?.on ?? agendaPublished, '12:30')
    const added = Temporal.Instant.compare(put, agenda) > 0
    world.timeline.add(added ? put : agenda, story.clerk, async (trx, act) => {
      const meeting = world.meetings.get(key)
      await takeUp(trx, act, meeting, story.items.get(item.number) ?? '', world.questions.get(question.key))
      if (added) await publishAgenda(trx, act, meeting, null, 'A question was added to the agenda.')
    })
  }
}

/** Minuted on the day, and circulated on the eighth day after. */
function planMinutes(world: World, story: Story): void {
  const { meeting, clerk } = story
  if (meeting.minutes === undefined) return
  const day = dayOf(meeting.on, world.today)
  world.timeline.add(momentOf(day, meeting.at).add({ hours: 2 }), clerk, (trx, act) =>
    minuteMeeting(trx, act, world, story),
  )
  world.timeline.add(momentOf(day.add({ days: 8 }), '10:00'), clerk, async (trx, act) => {
    if (story.minutes === null) return
    for (const { outcomeId, action } of await circulateMinutes(trx, act, story.minutes, null)) {
      const { key } = story.outcomes.get(outcomeId) ?? {}
      if (key !== undefined) world.actions.set(key, action)
    }
  })
}

async function minuteMeeting(trx: Trx, act: Doing, world: World, story: Story): Promise<void> {
  const { meeting, titles } = story
  const record = world.meetings.get(meeting.key)
  const present = new Map<string, string>()
  for (const { person, as } of meeting.attendance) {
    const { personId, organisation } = world.viewers.get(person)
    const presence = person === meeting.minutes?.takenBy ? 'minutes' : as
    const label = titles.get(person) ?? ''
    const made = { personId, organisationId: organisation.id, label, presence } as const
    present.set(person, await addAttendance(trx, act, record, made))
  }
  await noteRoom(trx, act, record, story, present)
  story.minutes = await startMinutes(trx, act, record, londonDate(act.now))
  for (const { number, minute } of meeting.items) {
    const item = story.items.get(number) ?? ''
    if (minute !== undefined) await writeMinute(trx, act, story.minutes, item, { text: minute, version: null })
  }
  for (const action of story.actions) {
    const item = story.items.get(action.raisedAt.item) ?? ''
    story.outcomes.set(await addOutcome(trx, act, story.minutes, item, outcomeOf(world, titles, action)), action)
  }
}

/** What is entered of the room; the resolutions are those of members who were in it. */
async function noteRoom(
  trx: Trx,
  act: Doing,
  record: RecordHead,
  { meeting: { room }, items }: Story,
  present: ReadonlyMap<string, string>,
): Promise<void> {
  if (room === undefined) return
  await noteMeeting(trx, act, record, { presiding: present.get(room.presiding) ?? null })
  await noteNoneDeclared(trx, act, record, room.noneDeclared)
  for (const { item, text, proposer, seconder } of room.resolutions) {
    await addResolution(trx, act, record, {
      ...{ itemId: items.get(item) ?? '', kind: 'ordinary', way: 'agreed', text },
      proposer: present.get(proposer ?? '') ?? null,
      seconder: present.get(seconder ?? '') ?? null,
    })
  }
}

function outcomeOf(
  world: World,
  titles: Titles,
  { form = 'action', title, lead, others, due }: InventedAction,
): NewOutcome {
  const { personId, organisation, roles, name } = world.viewers.get(lead.person)
  return {
    form,
    text: title,
    lead: {
      words: `${name}, ${titles.get(lead.person) ?? ''}`,
      personId,
      organisationId: organisation.id,
      role: roles[0] ?? null,
    },
    others,
    due: { kind: 'date', date: dayOf(due, world.today) },
  }
}

/** Agreed as the first business of a later meeting, signed by each side, then published. */
function planAgreement(world: World, story: Story): void {
  const { minutes } = story.meeting
  if (minutes?.agreedAt === undefined) return
  const at = minutes.agreedAt
  world.timeline.add(agreedAt(world, story), story.clerk, async (trx, act) => {
    if (story.minutes !== null) await agreeMinutes(trx, act, story.minutes, null, world.meetings.get(at))
  })
  for (const { by, on } of minutes.signed) {
    world.timeline.add(moment(world, on, '17:30'), world.viewers.get(by), async (trx, act) => {
      if (story.minutes !== null) await signMinutes(trx, act, story.minutes, null)
    })
  }
  if (minutes.published === undefined) return
  world.timeline.add(moment(world, minutes.published, '11:00'), story.clerk, async (trx, act) => {
    if (story.minutes !== null) await publishMinutes(trx, act, story.minutes, null)
  })
}

/** In the afternoon of the day on which the first signature is given: the day of the later meeting. */
function agreedAt(world: World, { meeting }: Story): Temporal.Instant {
  return moment(world, meeting.minutes?.signed[0]?.on ?? meeting.on, '17:00')
}
