import type { Role } from '../../platform/access/viewer.ts'
import type { LoadedMinutes, NewOutcome } from '../../modules/meetings/index.ts'
import type { Due, RecordHead } from '../../record/record.ts'
import type { MeetingFact, MeetingItemFact, UndertakingFact } from '../facts.ts'
import { findingsAbout, personOf } from './world.ts'
import type { PaperWorld } from './world.ts'

/** The minutes of a meeting with what was asked and promised in them, and what does not fit together as findings. */
export function minutesOf(
  world: PaperWorld,
  meeting: MeetingFact,
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
    findings: [
      ...(meeting.gaps ?? []),
      ...world.findings.filter(({ about }) => about.includes(meeting.key)).map(({ says }) => says),
    ],
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

const forms = {
  action: 'action',
  promise: 'undertaking',
  'stated-plan': 'undertaking',
  request: 'request',
} as const

/** A statement of what is planned asks nothing of anybody; the rest becomes an action, with who and when as recorded. */
function outcomeOf(world: PaperWorld, fact: UndertakingFact): NewOutcome {
  const { organisation, role, person, label } = fact.by
  const finding = findingsAbout(world, fact.key)
  return {
    form: forms[fact.form],
    text: fact.topic === null ? fact.says : `${fact.topic}: ${fact.says}`,
    raises: fact.form !== 'stated-plan' && fact.onNoList !== true,
    lead: {
      words: /\(shown as ([A-Z]+)\)/.exec(label)?.[1] ?? label,
      organisationId: organisation === null ? null : world.cast.organisations.get(organisation).id,
      personId: personOf(world, person),
      role,
    },
    due: dueOf(fact),
    about: fact.question == null ? null : world.questions.get(fact.question),
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
