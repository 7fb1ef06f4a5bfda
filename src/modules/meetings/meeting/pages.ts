import type { OrganisationKind } from '../../../platform/access/viewer.ts'
import type { ActionModel, FormModel, SummaryRowModel } from '../../../platform/web/patterns.ts'
import { dateFields } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import { workspaceAddress } from '../../../record/records.ts'
import type { RecordHead } from '../../../record/record.ts'
import { stateModel } from '../../../record/words.ts'
import { inGroups } from '../agenda/attendance.ts'
import type { Attendee } from '../agenda/attendance.ts'
import { lateWords } from '../agenda/late-words.ts'
import { restriction } from '../agenda/notice.ts'
import type { ConsideredRow, ItemRow } from '../agenda/queries.ts'
import type { Minutes } from '../minutes/queries.ts'
import type { AgendaPaper } from '../papers/agenda-papers.ts'
import { meetingPapersPath } from '../papers/paths.ts'
import { meetingPath, minutesPath } from '../paths.ts'
import { formOfMeetingWords, isPanel, publicObstacles } from './form-of-meeting.ts'
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
  /** The kind of organisation whose meeting it is. */
  holder: OrganisationKind
  /** Whether a setting opens the body's working groups. */
  opened: boolean
  /** The papers under each item, as far as this viewer's organisation reads them. */
  papers: ReadonlyMap<string, readonly AgendaPaper[]>
}

type May = (permission: string) => boolean

/** The particular rows of a meeting's summary. */
export function meetingSummary({ row }: Meeting): SummaryRowModel[] {
  const rows: SummaryRowModel[] = [
    { key: 'Body', value: { type: 'text', text: row.body_name } },
    { key: 'Kind', value: { type: 'text', text: formOfMeetingWords(row.form) } },
  ]
  const add = (key: string, text: string | null) => {
    if (text !== null) rows.push({ key, value: { type: 'text', text } })
  }
  add('Post', row.candidate_post)
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
    const obstacles = [...agendaPublishingObstacles(facts), ...publicObstacles(meeting.row.form, parts.opened)]
    offer({ text, href: `${path}/agenda` }, obstacles)
  }
  if (may('meetings.read')) offered.push({ text: 'The pack', href: `${path}/pack` })
  if (may('meetings.chairs-copy')) offered.push({ text: 'The chair’s copy', href: `${path}/chairs-copy` })
  return may('meetings.edit') ? [...offered, ...editingActions(parts, facts, path)] : offered
}

function editingActions(
  { meeting, holder }: MeetingParts,
  facts: Parameters<typeof agendaObstacles>[0] & { items: number },
  path: string,
): ActionModel[] {
  const { state } = meeting
  const offered: ActionModel[] = []
  if (agendaObstacles(facts).length === 0) offered.push({ text: 'Add an item', href: `${path}/items/new` })
  if (agendaPublishingObstacles(facts).length === 0 && state !== 'held') {
    offered.push({ text: 'Send the agenda to the other side', post: `${path}/send` })
  }
  offered.push({ text: 'Papers', href: meetingPapersPath(meeting.head.id) })
  offered.push({ text: 'In the room', href: `${path}/room` })
  offered.push({ text: 'Attendance', href: `${path}/attendance` })
  if (agendaObstacles(facts).length === 0 && isPanel(holder)) {
    offered.push({ text: 'Word the resolution to exclude the public', href: `${path}/exclusion` })
  }
  offered.push({ text: 'Rules of the body', href: `${path}/rules` })
  if (movingObstacles({ state }).length === 0)
    offered.push({ text: 'Change the time or place', href: `${path}/change` })
  if (cancellingObstacles({ state }).length === 0) offered.push({ text: 'Cancel the meeting', href: `${path}/cancel` })
  if (meeting.head.publication === 'published') {
    offered.push({ text: 'What is public', href: `/workspace/records/${meeting.head.id}/publish` })
  }
  return offered
}

/** The agenda as the page of the meeting lists it. */
export function agendaLines({ meeting, items, considered, records, minutes, papers }: MeetingParts, may: May) {
  const path = meetingPath(meeting.head.id)
  const facts = { state: meeting.state, minutes: minutes?.state ?? null }
  return items.map(item => ({
    number: item.shown,
    title: item.title,
    printedReference: item.printed_reference,
    part: item.parent_id !== null,
    lead: item.lead,
    late: lateWords(item),
    addPart:
      may('meetings.edit') && item.parent_id === null && agendaObstacles(facts).length === 0
        ? `${path}/items/new?part-of=${item.id}`
        : null,
    restricted: restriction(item),
    withdrawn: item.withdrawn_why,
    papers: papers.get(item.id) ?? [],
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
    first: siblingsOf(items, item).at(0)?.id === item.id,
    last: siblingsOf(items, item).at(-1)?.id === item.id,
  }))
}

/** Items among which one moves up and down: the whole ones, or the parts of one. */
function siblingsOf(items: readonly ItemRow[], { parent_id }: ItemRow): readonly ItemRow[] {
  return items.filter(each => each.parent_id === parent_id)
}

/** Who attended, by group. */
export function attendanceModel(attendees: readonly Attendee[]) {
  const words = { attended: 'Attended', apologies: 'Apologies', minutes: 'Took the minutes' } as const
  return inGroups(attendees).map(([side, people]) => ({
    side,
    people: people.map(({ name, row }) => ({
      id: row.id,
      name,
      label: name === row.label ? null : row.label,
      initials: row.initials,
      as: words[row.presence],
      for: row.substitute_for,
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
