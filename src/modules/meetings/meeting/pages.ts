import type { ActionModel, FormModel, SummaryRowModel } from '../../../platform/web/patterns.ts'
import { dateFields } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import { workspaceAddress } from '../../../record/records.ts'
import type { RecordHead } from '../../../record/record.ts'
import { stateModel } from '../../../record/words.ts'
import type { Attendee } from '../agenda/attendance.ts'
import { restriction } from '../agenda/notice.ts'
import type { ConsideredRow, ItemRow } from '../agenda/queries.ts'
import type { Minutes } from '../minutes/queries.ts'
import { meetingPath, minutesPath } from '../paths.ts'
import type { Meeting } from './queries.ts'
import {
  agendaObstacles,
  agendaPublishingObstacles,
  cancellingObstacles,
  minutingObstacles,
  movingObstacles,
} from './rules.ts'

/** Everything the page of a meeting shows. */
export interface MeetingParts {
  meeting: Meeting
  items: readonly (ItemRow & { shown: string })[]
  considered: readonly ConsideredRow[]
  /** Heads of what is considered that this viewer may open. */
  records: readonly RecordHead[]
  attendees: readonly Attendee[]
  minutes: Minutes | null
}

type May = (permission: string) => boolean

/** The particular rows of a meeting's summary. */
export function meetingSummary({ row }: Meeting): SummaryRowModel[] {
  const rows: SummaryRowModel[] = [{ key: 'Body', value: { type: 'text', text: row.body_name } }]
  const add = (key: string, text: string | null) => {
    if (text !== null) rows.push({ key, value: { type: 'text', text } })
  }
  add('Starts', row.starts)
  add('Place', row.place)
  add('Online', row.online_link)
  add('Open to the public', row.open_to_public === null ? 'Not known' : row.open_to_public ? 'Yes' : 'No')
  add('Marking as printed', row.printed_marking)
  add('Cancelled', row.cancelled_why)
  if (row.agenda_sent_on !== null) rows.push({ key: 'Agenda sent', value: { type: 'date', date: row.agenda_sent_on } })
  return rows
}

/** What this person may do with a meeting now, and what not yet and why. */
export function meetingActions(parts: MeetingParts, may: May, today: Temporal.PlainDate): ActionModel[] {
  const { meeting, minutes } = parts
  const path = meetingPath(meeting.head.id)
  const items = parts.items.filter(item => item.withdrawn_on === null).length
  const facts = { state: meeting.state, date: meeting.head.dated, items, minutes: minutes?.state ?? null }
  const offered: ActionModel[] = []
  const offer = (action: ActionModel, reasons: readonly string[]) =>
    offered.push(reasons.length === 0 ? action : { text: action.text, reasons })
  if (minutes !== null) offered.push({ text: 'Open the minutes', href: minutesPath(minutes.head.id) })
  else if (may('meetings.minute')) {
    offer({ text: 'Begin the minutes', post: `${path}/minutes` }, minutingObstacles(facts, today))
  }
  if (may('meetings.publish')) {
    const text = meeting.state === 'planned' ? 'Publish the agenda' : 'Publish the agenda again'
    offer({ text, href: `${path}/agenda` }, agendaPublishingObstacles(facts))
  }
  return may('meetings.edit') ? [...offered, ...editingActions(parts, facts, path)] : offered
}

function editingActions(
  { meeting }: MeetingParts,
  facts: Parameters<typeof agendaObstacles>[0] & { items: number },
  path: string,
): ActionModel[] {
  const { state } = meeting
  const offered: ActionModel[] = []
  if (agendaObstacles(facts).length === 0) offered.push({ text: 'Add an item', href: `${path}/items/new` })
  if (agendaPublishingObstacles(facts).length === 0 && state !== 'held') {
    offered.push({ text: 'Send the agenda to the other side', post: `${path}/send` })
  }
  offered.push({ text: 'Attendance', href: `${path}/attendance` })
  if (movingObstacles({ state }).length === 0)
    offered.push({ text: 'Change the time or place', href: `${path}/change` })
  if (cancellingObstacles({ state }).length === 0) offered.push({ text: 'Cancel the meeting', href: `${path}/cancel` })
  if (meeting.head.publication === 'published') {
    offered.push({ text: 'What is public', href: `/workspace/records/${meeting.head.id}/publish` })
  }
  return offered
}

/** The agenda as the page of the meeting lists it. */
export function agendaLines({ meeting, items, considered, records }: MeetingParts, may: May) {
  const path = meetingPath(meeting.head.id)
  return items.map((item, at) => ({
    number: item.shown,
    title: item.title,
    printedReference: item.printed_reference,
    restricted: restriction(item),
    withdrawn: item.withdrawn_why,
    considers: considered
      .filter(each => each.item_id === item.id)
      .flatMap(each => records.filter(record => record.id === each.record_id))
      .map(record => ({
        text: `${record.reference}: ${record.title}`,
        href: workspaceAddress(record),
        state: stateModel(record.kind, record.state),
      })),
    href: may('meetings.edit') ? `${path}/items/${item.id}` : null,
    move: may('meetings.edit') ? `${path}/items/${item.id}/move` : null,
    first: at === 0,
    last: at === items.length - 1,
  }))
}

/** Who attended, by side. */
export function attendanceModel(attendees: readonly Attendee[]) {
  const words = { attended: 'Attended', apologies: 'Apologies', minutes: 'Took the minutes' } as const
  const sides = Map.groupBy(attendees, each => each.organisation ?? 'Others')
  return [...sides].map(([side, people]) => ({
    side,
    people: people.map(({ name, row }) => ({
      id: row.id,
      name,
      label: name === row.label ? null : row.label,
      initials: row.initials,
      as: words[row.presence],
      arrived: row.arrived,
      left: row.left_at,
    })),
  }))
}

/** The form of one deed on a meeting, as it is stored or as it came back. */
export function meetingForm(
  action: string,
  version: number | null,
  fields: FormFields,
  faults: readonly FieldFault[] = [],
  refusals: readonly string[] = [],
): FormModel {
  return { action, fields, faults, refusals, ...(version !== null && { version }) }
}

/** A meeting's stored time and place as the fields of a form. */
export function storedPlace({ head, row }: Meeting): FormFields {
  return {
    ...dateFields('date', head.dated),
    starts: row.starts ?? '',
    place: row.place ?? '',
    'online-link': row.online_link ?? '',
    'open-to-public': row.open_to_public ? 'yes' : '',
  }
}
