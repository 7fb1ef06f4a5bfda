import type { Role, ViewerArea } from '../../platform/access/viewer.ts'
import type { Trx } from '../../platform/database/tables.ts'
import { addAttendance, addItem, addMeeting, loadMinutes, takeUp } from '../../modules/meetings/index.ts'
import type { LoadedMinutes, NewOutcome } from '../../modules/meetings/index.ts'
import { publishRecord } from '../../record/publish.ts'
import type { Due, RecordHead } from '../../record/record.ts'
import type { MeetingFact, MeetingItemFact, QuestionFact, UndertakingFact, WithheldFact } from '../facts.ts'
import { readFacts } from '../read-facts.ts'
import type { Doing } from '../timeline.ts'
import { noonOf } from './papers.ts'
import { findingsAbout, historicalAreas, loader, readEach } from './world.ts'
import type { PaperWorld } from './world.ts'

interface Story {
  area: ViewerArea
  meeting: MeetingFact
  questions: readonly QuestionFact[]
  withheld: readonly WithheldFact[]
}

/** Meetings as their papers have them: defects stay as findings, and what was kept back shows as a gap. */
export async function planMeetings(world: PaperWorld): Promise<void> {
  const questions = await readEach<QuestionFact>('questions')
  for (const slug of historicalAreas) {
    const withheld = await readFacts<WithheldFact[]>(`${slug}/withheld.json`)
    for (const meeting of await readFacts<MeetingFact[]>(`${slug}/meetings.json`)) {
      planMeeting(world, {
        area: world.areas.get(slug),
        meeting,
        questions: questions.filter(question => question.meeting === meeting.key),
        withheld: withheld.filter(({ paper }) => meeting.sources.some(source => source.paper === paper)),
      })
    }
  }
}

/** Whose meetings a body's are: the first of those that hold it. */
const keepers: Readonly<Record<string, string>> = {
  'warwickshire-panel-body': 'warwickshire-panel',
  'west-mercia-panel-body': 'west-mercia-panel',
  'governance-and-performance-board': 'warwickshire-office',
}

function planMeeting(world: PaperWorld, story: Story): void {
  const { area, meeting } = story
  const keeper = keepers[meeting.body] ?? 'warwickshire-office'
  const published = [world.papers.lastPublishedAt(meeting.sources), ...meeting.approvals.map(({ on }) => noonOf(on))]
  const at = published.sort((a, b) => Temporal.Instant.compare(a, b)).at(-1) ?? noonOf(meeting.date)
  world.timeline.add(at, loader(world, keeper, area), async (trx, act) => {
    const record = world.meetings.set(meeting.key, await addOne(trx, act, world, story))
    const items = await addItems(trx, act, record, story)
    for (const { item, key } of story.questions) {
      await takeUp(trx, act, record, items.get(item) ?? '', world.questions.get(key))
    }
    await (meeting.held === 'minutes'
      ? loadMinutes(trx, act, minutesOf(world, story, record, items))
      : publishRecord(trx, act, record))
  })
}

async function addOne(trx: Trx, act: Doing, world: PaperWorld, { area, meeting }: Story): Promise<RecordHead> {
  const { title, place, chair, held, printedClassification, sources } = meeting
  const record = await addMeeting(trx, act, {
    areaId: area.id,
    bodyId: world.bodies.get(meeting.body).id,
    title,
    date: Temporal.PlainDate.from(meeting.date),
    place,
    state: held === 'minutes' ? 'held' : 'agenda-published',
    printedMarking: printedClassification,
    chair: { personId: personOf(world, chair.person), note: chairNote(world, meeting) },
    source: world.papers.citeAll(sources),
  })
  for (const { organisation, person, label, as: presence } of meeting.attendance) {
    await addAttendance(trx, act, record, {
      organisationId: organisation === null ? null : world.cast.organisations.get(organisation).id,
      personId: personOf(world, person),
      label,
      presence,
    })
  }
  return record
}

function personOf(world: PaperWorld, key: string | null): string | null {
  return key === null ? null : world.cast.people.get(key)
}

/** Where no minutes are held there is no other place for what was found in the papers of a meeting. */
function chairNote(world: PaperWorld, { key, chair, held }: MeetingFact): string | null {
  const found = held === 'minutes' ? null : findingsAbout(world, key)
  const parts = [chair.note, found].filter(part => part != null)
  return parts.length === 0 ? null : parts.join(' ')
}

/** @returns ids of items by number */
async function addItems(trx: Trx, act: Doing, record: RecordHead, story: Story): Promise<Map<number, string>> {
  const ids = new Map<number, string>()
  for (const { number, heading, printedReference } of story.meeting.items) {
    ids.set(number, await addItem(trx, act, record, { title: heading, number: String(number), printedReference }))
  }
  for (const { part, ground } of story.withheld) {
    const title = 'An appendix to the report'
    await addItem(trx, act, record, { title, number: part, ground: { ...ground, neutralTitle: title } })
  }
  return ids
}

function minutesOf(
  world: PaperWorld,
  { meeting }: Story,
  record: RecordHead,
  items: ReadonlyMap<number, string>,
): LoadedMinutes {
  return {
    meeting: record,
    state: 'published',
    minutes: meeting.items.map(item => ({ itemId: items.get(item.number) ?? '', text: textOf(item) })),
    outcomes: meeting.undertakings.map(fact => ({ itemId: items.get(fact.item) ?? '', ...outcomeOf(world, fact) })),
    nextMeeting: nextMeetingOf(meeting),
    agreed:
      meeting.approvals[0] === undefined ? null : { on: Temporal.PlainDate.from(meeting.approvals[0].on), at: null },
    signatures: meeting.approvals.map(({ role, person, on, basis }) => ({
      organisationId: world.cast.organisations.get(sideOf(role)).id,
      personId: personOf(world, person),
      name: [world.names.get(person), meeting.attendance.find(each => each.person === person)?.label].join(', '),
      role,
      on: Temporal.PlainDate.from(on),
      inferred: basis === 'inferred',
    })),
    findings: world.findings.filter(({ about }) => about.includes(meeting.key)).map(({ says }) => says),
    source: world.papers.citeAll(meeting.sources),
  }
}

function sideOf(role: Role): string {
  return role === 'chief-constable' ? 'warwickshire-force' : 'warwickshire-office'
}

function textOf({ says, topics }: MeetingItemFact): string {
  const paragraphs = topics.flatMap(topic => (topic.says === null ? [] : [`${topic.heading}: ${topic.says}`]))
  return [...(says === null ? [] : [says]), ...paragraphs].join('\n\n')
}

/** A statement of what is planned asks nothing of anybody; the rest becomes an action, with who and when as recorded. */
function outcomeOf(world: PaperWorld, fact: UndertakingFact): NewOutcome {
  const { organisation, role, person, label } = fact.by
  const finding = findingsAbout(world, fact.key)
  return {
    form: fact.form === 'action' ? ('action' as const) : ('undertaking' as const),
    text: fact.topic === null ? fact.says : `${fact.topic}: ${fact.says}`,
    raises: fact.form !== 'stated-plan',
    lead: {
      words: /\(shown as ([A-Z]+)\)/.exec(label)?.[1] ?? label,
      organisationId: organisation === null ? null : world.cast.organisations.get(organisation).id,
      personId: personOf(world, person),
      role,
    },
    due: dueOf(fact),
    about: null,
    ...(finding !== null && { finding }),
  }
}

/** A meeting that papers only speak of is a condition: it has no record that could carry its day. */
function dueOf({ due }: UndertakingFact): Due | null {
  if (due === null) return null
  if (due.kind === 'date' && due.date !== null) return { kind: 'date', date: Temporal.PlainDate.from(due.date) }
  return { kind: 'condition', condition: due.says, lookAgain: null }
}

function nextMeetingOf({ nextMeeting }: MeetingFact): NonNullable<LoadedMinutes['nextMeeting']> | null {
  if (nextMeeting === null) return null
  const { printed } = nextMeeting
  const [, day = '', month = '', year = ''] = /^(\d+)(?:st|nd|rd|th) (\w+) (\d{4})$/.exec(printed) ?? []
  const date = new Date(`${day} ${month} ${year} UTC`)
  if (Number.isNaN(date.getTime())) return { printed, date: null }
  return { printed, date: Temporal.PlainDate.from(date.toISOString().slice(0, 10)) }
}
