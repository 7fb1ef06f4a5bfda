import type { ViewerArea } from '../../platform/access/viewer.ts'
import type { Trx } from '../../platform/database/tables.ts'
import {
  addAttendance,
  addItem,
  addMeeting,
  addResolution,
  declareInterest,
  loadMinutes,
  noteMeeting,
  takeUp,
} from '../../modules/meetings/index.ts'
import { clockNotKnown } from '../../record/clock-store.ts'
import { publishRecord } from '../../record/publish.ts'
import type { RecordHead } from '../../record/record.ts'
import type { AttendanceFact, MeetingFact, QuestionFact } from '../facts.ts'
import { readFacts } from '../read-facts.ts'
import type { Doing } from '../timeline.ts'
import { keeperOfBody } from './keepers.ts'
import { minutesOf } from './minutes.ts'
import type { ProgrammeFact, ReportFact } from './panel-facts.ts'
import { noonOf } from './papers.ts'
import { addReport } from './reports.ts'
import { findingsAbout, historicalAreas, loader, personOf, readEach } from './world.ts'
import type { PaperWorld } from './world.ts'

/** A meeting with what came before it. */
interface Story {
  area: ViewerArea
  meeting: MeetingFact
  questions: readonly QuestionFact[]
  programme: readonly ProgrammeFact[]
  reports: readonly ReportFact[]
}

/** Meetings as their papers have them: defects stay as findings, and what was kept back shows as a gap. */
export async function planMeetings(world: PaperWorld): Promise<void> {
  const questions = await readEach<QuestionFact>('questions')
  const programme = await readEach<ProgrammeFact>('programme')
  const reports = await readEach<ReportFact>('reports')
  for (const slug of historicalAreas) {
    for (const meeting of await readFacts<MeetingFact[]>(`${slug}/meetings.json`)) {
      planMeeting(world, {
        area: world.areas.get(slug),
        meeting,
        questions: questions.filter(question => question.meeting === meeting.key),
        programme: programme.filter(({ onAgenda }) => onAgenda?.meeting === meeting.key),
        reports: reports.filter(report => report.meeting === meeting.key),
      })
    }
  }
}

function planMeeting(world: PaperWorld, story: Story): void {
  const { area, meeting } = story
  const published = [world.papers.lastPublishedAt(meeting.sources), ...meeting.approvals.map(({ on }) => noonOf(on))]
  const at = published.sort((a, b) => Temporal.Instant.compare(a, b)).at(-1) ?? noonOf(meeting.date)
  world.timeline.add(at, loader(world, keeperOfBody(meeting.body), area), async (trx, act) => {
    const record = world.meetings.set(meeting.key, await addOne(trx, act, world, story))
    const items = await addItems(trx, act, record, meeting)
    await noteRoom(trx, act, world, { record, meeting, items })
    for (const { item, key } of story.questions) {
      await takeUp(trx, act, record, itemOf(items, item), world.questions.get(key))
    }
    for (const { key, onAgenda } of story.programme) {
      await takeUp(trx, act, record, itemOf(items, onAgenda?.item ?? 0), world.programme.get(key))
    }
    for (const report of story.reports) {
      await addReport(trx, act, world, report, { meeting: record, itemId: itemOf(items, report.item) })
    }
    await (meeting.held === 'minutes'
      ? loadMinutes(trx, act, minutesOf(world, meeting, record, items))
      : publishRecord(trx, act, record))
  })
}

function itemOf(items: ReadonlyMap<number, string>, number: number): string {
  const id = items.get(number)
  if (id === undefined) throw new Error(`The sample data speak of item ${String(number)} of an agenda that has none`)
  return id
}

async function addOne(trx: Trx, act: Doing, world: PaperWorld, { area, meeting }: Story): Promise<RecordHead> {
  const { title, starts = null, place, chair, held, printedClassification, sources, noticeNotKnown } = meeting
  const record = await addMeeting(trx, act, {
    areaId: area.id,
    bodyId: world.bodies.get(meeting.body).id,
    title,
    date: Temporal.PlainDate.from(meeting.date),
    starts,
    place,
    state: held === 'minutes' ? 'held' : 'agenda-published',
    printedMarking: printedClassification,
    chair: { personId: personOf(world, chair.person), note: chairNote(world, meeting) },
    source: world.papers.citeAll(sources),
  })
  if (noticeNotKnown !== undefined) {
    await clockNotKnown(trx, act, record, 'AGENDA-E', noticeNotKnown, { role: 'panel-clerk' })
  }
  return record
}

/** Where no minutes are held there is no other place for what was found in the papers of a meeting. */
function chairNote(world: PaperWorld, { key, chair, held, gaps = [] }: MeetingFact): string | null {
  const found = held === 'minutes' ? [] : [...gaps, findingsAbout(world, key)]
  const parts = [chair.note, ...found].filter(part => part != null && part !== '')
  return parts.length === 0 ? null : parts.join(' ')
}

/** @returns ids of items by number */
async function addItems(
  trx: Trx,
  act: Doing,
  record: RecordHead,
  { items }: MeetingFact,
): Promise<ReadonlyMap<number, string>> {
  const ids = new Map<number, string>()
  for (const { number, heading, printedReference } of items) {
    ids.set(number, await addItem(trx, act, record, { title: heading, number: String(number), printedReference }))
  }
  return ids
}

interface Held {
  record: RecordHead
  meeting: MeetingFact
  items: ReadonlyMap<number, string>
}

/** Who was there and for whom, who presided, what was declared and what was resolved. */
async function noteRoom(trx: Trx, act: Doing, world: PaperWorld, { record, meeting, items }: Held): Promise<void> {
  const { chair, declarations = [], resolutions = [] } = meeting
  const present = new Map<string, string>()
  for (const fact of meeting.attendance) {
    present.set(fact.person ?? fact.label, await addOneThere(trx, act, world, { record, meeting }, fact))
  }
  const presiding = chair.person === null ? undefined : present.get(chair.person)
  if (chair.notRecorded === true) await noteMeeting(trx, act, record, { presidingNotRecorded: true })
  else if (presiding !== undefined) await noteMeeting(trx, act, record, { presiding })
  for (const { label, item, kind, nature } of declarations) {
    const attendanceId = present.get(label) ?? ''
    const itemId = itemOf(items, item)
    await declareInterest(trx, act, record, { attendanceId, itemId, kind, nature, leftRoom: false })
  }
  for (const { item, says } of resolutions) {
    const itemId = itemOf(items, item)
    await addResolution(trx, act, record, { itemId, kind: 'ordinary', text: says, way: 'agreed' })
  }
}

async function addOneThere(
  trx: Trx,
  act: Doing,
  world: PaperWorld,
  { record, meeting }: Omit<Held, 'items'>,
  { organisation, person, label, as: presence, substituteFor }: AttendanceFact,
): Promise<string> {
  return addAttendance(trx, act, record, {
    organisationId: organisation === null ? null : world.cast.organisations.get(organisation).id,
    personId: personOf(world, person),
    label,
    presence,
    ...(substituteFor !== undefined && { substituteFor: world.seats.get(`${meeting.body} ${substituteFor}`) }),
  })
}
