import type { Trx } from '../../../platform/database/tables.ts'
import type { Audience, Snapshot } from '../../../record/description.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecords } from '../../../record/records.ts'
import { findBody } from '../../organisations/index.ts'
import type { Body } from '../../organisations/index.ts'
import { lateWords } from '../agenda/late-words.ts'
import type { LatenessWords } from '../agenda/late-words.ts'
import { gapNotice, isWithheldFrom, restriction } from '../agenda/notice.ts'
import type { GapNotice } from '../agenda/notice.ts'
import { consideredAt, itemsOf } from '../agenda/queries.ts'
import type { ConsideredRow, ItemRow } from '../agenda/queries.ts'
import { numbered } from '../agenda/rules.ts'
import { agendaPapers } from '../papers/agenda-papers.ts'
import type { AgendaPaper } from '../papers/agenda-papers.ts'
import type { RoomItem } from '../room/load-room.ts'
import { roomRowOf } from '../room/queries.ts'
import { proposedExclusion } from '../room/resolve.ts'
import { sayDate } from '../said.ts'
import type { Said } from '../said.ts'
import { formOfMeetingWords } from './form-of-meeting.ts'
import { findMeeting, sentAmong } from './queries.ts'
import type { Meeting } from './queries.ts'

/** An item of an agenda as it is frozen; under a withheld one stands the notice alone. */
export interface AgendaItem {
  id: string
  number: string
  title: string
  kind: ItemRow['kind']
  printedReference: string | null
  /** Why it was withdrawn after it had been announced. */
  withdrawn: string | null
  /** For an organisation that reads withheld items: that this is one, and the ground. */
  restricted: string | null
  /** Whether it is a part of the item before it: 5a. */
  part: boolean
  lead: string | null
  /** Why the chair let it onto a published agenda. */
  late: LatenessWords | null
  considers: { kind: string; reference: string; title: string }[]
  /** The papers under it; of a withheld one the notice alone. */
  papers: AgendaPaper[]
}

/** The resolution to exclude the public, and before which item the meeting considers it; at the end where null. */
interface Exclusion {
  before: string | null
  text: string
}

export interface MeetingBody {
  body: string
  /** What kind of meeting it is, in words. */
  form: string
  /** For a confirmation hearing. */
  candidatePost: string | null
  /** The resolution to exclude the public that the agenda proposes; it names items and paragraphs, and nothing else. */
  exclusion: Exclusion | null
  date: Said
  starts: string | null
  place: string | null
  onlineLink: string | null
  openToPublic: boolean | null
  howToAsk: string | null
  cancelled: string | null
  chairNote: string | null
  printedMarking: string | null
  source: string | null
  items: (AgendaItem | GapNotice)[]
}

/** What the public, or an organisation, may have of a meeting: its agenda, and of withheld items the notice. */
export async function meetingSnapshot(trx: Trx, key: RecordKey, audience: Audience): Promise<Snapshot> {
  const meeting = await findMeeting(trx, key)
  if (meeting === null) throw new Error(`No meeting ${key.id} to make a snapshot of`)
  const body = await findBody(trx, { areaId: key.areaId, id: meeting.row.body_id })
  const items = numbered(await itemsOf(trx, key))
  const considered = await consideredFor(trx, key, audience)
  const papers = await agendaPapers(trx, key, audience)
  const exclusion = await exclusionOf(trx, key, items)
  const everything = readsEverything(audience, meeting, body)
  return buildMeetingSnapshot(meeting, body, items, considered, everything, papers, exclusion)
}

async function exclusionOf(trx: Trx, key: RecordKey, items: readonly RoomItem[]): Promise<Exclusion | null> {
  const row = await roomRowOf(trx, key)
  const { exclusion_text = null, exclusion_why = null } = row ?? {}
  const text = proposedExclusion({ items, exclusion: { exclusion_text, exclusion_why } })
  const first = items.find(item => item.classification === 'exempt' && item.withdrawn_on === null)
  return text === null ? null : { before: first?.id ?? null, text }
}

/** The organisations whose meeting it is together read every item; others get what the public gets. */
function readsEverything(audience: Audience, { head }: Meeting, body: Body | null): boolean {
  return audience.type === 'organisation' && [...head.holders, ...(body?.holders ?? [])].includes(audience.id)
}

type Considered = ConsideredRow & { record: RecordHead }

/** What is considered, as far as these readers may know of it: nobody learns here of something not yet released. */
async function consideredFor(trx: Trx, key: RecordKey, audience: Audience): Promise<Considered[]> {
  const rows = await consideredAt(trx, key)
  const heads = await findRecords(
    trx,
    key.areaId,
    rows.map(row => row.record_id),
  )
  const sent =
    audience.type === 'public'
      ? new Set()
      : await sentAmong(
          trx,
          key.areaId,
          heads.map(head => head.id),
          audience.id,
        )
  const known = heads.filter(head =>
    audience.type === 'public'
      ? head.publication === 'published'
      : head.publication === 'published' || head.holders.includes(audience.id) || sent.has(head.id),
  )
  return rows.flatMap(row => {
    const record = known.find(head => head.id === row.record_id)
    return record === undefined ? [] : [{ ...row, record }]
  })
}

type AgendaPapers = ReadonlyMap<string, AgendaPaper[]>

/** Pure: the same facts make the same snapshot. */
export function buildMeetingSnapshot(
  meeting: Meeting,
  body: Pick<Body, 'howToAsk'> | null,
  items: readonly (ItemRow & { shown: string })[],
  considered: readonly Considered[],
  everything: boolean,
  papers: AgendaPapers = new Map(),
  exclusion: Exclusion | null = null,
): Snapshot {
  const { head, row } = meeting
  const shown = items.filter(item => !isWithheldFrom(item, everything))
  const withheld = items.filter(item => isWithheldFrom(item, everything))
  const agenda = items.map(item =>
    isWithheldFrom(item, everything) ? gapNotice(item) : agendaItem(item, considered, papers),
  )
  return {
    body: { ...meetingBody(meeting, body, agenda), exclusion },
    summary: summaryOf(meeting, items.filter(item => item.withdrawn_on === null).length),
    searchText: [row.body_name, row.place ?? '', ...shown.map(item => item.title)].join(' '),
    facts: { body: row.body_name, starts: row.starts, place: row.place, sequence: row.sequence },
    preview: shown.map(item => ({ heading: `${item.shown}. ${item.title}`, text: previewText(item, considered) })),
    gaps: [
      ...withheld.map(item => {
        const { id, number, gap } = gapNotice(item)
        return { id, position: `Item ${number}`, title: gap.title, ground: gap.ground, dated: head.dated }
      }),
      ...shown.flatMap(item => paperGaps(item, papers, head.dated)),
    ],
  }
}

function meetingBody(
  { head, row }: Meeting,
  body: Pick<Body, 'howToAsk'> | null,
  items: MeetingBody['items'],
): Omit<MeetingBody, 'exclusion'> {
  return {
    body: row.body_name,
    form: formOfMeetingWords(row.form),
    candidatePost: row.candidate_post,
    date: sayDate(head.dated),
    starts: row.starts,
    place: row.place,
    onlineLink: row.online_link,
    openToPublic: row.open_to_public,
    howToAsk: body?.howToAsk ?? null,
    cancelled: row.cancelled_why,
    chairNote: row.chair_note,
    printedMarking: row.printed_marking,
    source: row.source,
    items,
  }
}

function agendaItem(
  item: ItemRow & { shown: string },
  considered: readonly Considered[],
  papers: AgendaPapers,
): AgendaItem {
  return {
    id: item.id,
    number: item.shown,
    title: item.title,
    kind: item.kind,
    printedReference: item.printed_reference,
    withdrawn: item.withdrawn_why,
    restricted: restriction(item),
    part: item.parent_id !== null,
    lead: item.lead,
    late: lateWords(item),
    considers: considered
      .filter(each => each.item_id === item.id)
      .map(({ record }) => ({ kind: record.kind, reference: record.reference, title: record.title })),
    papers: item.withdrawn_on === null ? (papers.get(item.id) ?? []) : [],
  }
}

/** Whole papers that are withheld under an open item; what is withheld within a paper is a gap of that paper's own. */
function paperGaps(item: ItemRow & { shown: string }, papers: AgendaPapers, dated: Temporal.PlainDate) {
  return (papers.get(item.id) ?? []).flatMap(paper =>
    'gap' in paper && paper.letter === null
      ? [{ id: paper.paperId, position: `Item ${item.shown}, paper`, ...paper.gap, dated }]
      : [],
  )
}

function previewText(item: ItemRow, considered: readonly Considered[]): string {
  if (item.withdrawn_why !== null) return `Withdrawn: ${item.withdrawn_why}`
  const under = considered.filter(each => each.item_id === item.id)
  return under.map(({ record }) => `${record.reference}: ${record.title}`).join('\n')
}

function summaryOf({ row }: Meeting, items: number): string {
  if (row.cancelled_why !== null) return `Cancelled: ${row.cancelled_why}`
  const when = row.starts === null ? '' : ` at ${row.starts}`
  const where = row.place === null ? '' : `, ${row.place}`
  return `${row.body_name}${when}${where}. ${String(items)} ${items === 1 ? 'item' : 'items'} on the agenda.`
}
