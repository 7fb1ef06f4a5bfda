import type { Trx } from '../../../platform/database/tables.ts'
import type { Audience, Snapshot } from '../../../record/description.ts'
import { publicAddress } from '../../../record/entries.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecords } from '../../../record/records.ts'
import { gapNotice, isWithheldFrom, restriction } from '../agenda/notice.ts'
import type { GapNotice } from '../agenda/notice.ts'
import type { OutcomeForm } from '../outcomes/queries.ts'
import { roomForMinutes } from '../room/for-minutes.ts'
import type { SaidRoom } from '../room/for-minutes.ts'
import { previewOfRoom, resolvedWords } from '../room/preview.ts'
import { sayDate } from '../said.ts'
import type { Said } from '../said.ts'
import { dueWords } from './due-words.ts'
import { examine } from './examine.ts'
import type { ExaminedOutcome, Examination } from './examine.ts'
import { findMinutes } from './queries.ts'

/** An outcome as it is frozen. `action`: the reference of the action raised for it, where these readers may open it. */
export interface SaidOutcome {
  form: OutcomeForm
  text: string
  lead: string | null
  others: string[]
  due: string | null
  action: string | null
  findings: string[]
}

export interface MinutedItem {
  id: string
  number: string
  title: string
  text: string
  withdrawn: string | null
  restricted: string | null
  outcomes: SaidOutcome[]
}

export interface MinutesBody {
  meeting: string
  meetingAddress: string
  attendance: SaidRoom['attendance']
  /** Who presided, interests, quorum, resolutions and votes. */
  room: Omit<SaidRoom, 'attendance'> | null
  items: Record<string, MinutedItem | GapNotice>
  /** Ids of the items in the order of the agenda. */
  order: string[]
  corrections: { number: string; before: string; after: string; why: string; on: Said }[]
  findings: string[]
  nextMeeting: string | null
  agreedOn: Said | null
  signatures: { name: string; on: Said; inferred: boolean }[]
  source: string | null
}

/** What the public, or an organisation that does not hold them, may have of minutes. */
export async function minutesSnapshot(trx: Trx, key: RecordKey, audience: Audience): Promise<Snapshot> {
  const found = await findMinutes(trx, key)
  if (found === null) throw new Error(`No minutes ${key.id} to make a snapshot of`)
  const minutes = await examine(trx, found)
  const ids = minutes.outcomes.flatMap(each => each.row.action_id ?? [])
  const actions = new Map((await findRecords(trx, key.areaId, ids)).map(each => [each.id, each]))
  const everything = audience.type === 'organisation' && found.head.holders.includes(audience.id)
  const knows = (action: RecordHead) =>
    action.publication === 'published' || (audience.type === 'organisation' && action.holders.includes(audience.id))
  const room = await roomForMinutes(trx, minutes.meeting, audience)
  const referenceOf = (id: string) => {
    const action = actions.get(id)
    return action !== undefined && knows(action) ? action.reference : null
  }
  return buildMinutesSnapshot(minutes, everything, referenceOf, room)
}

/** Pure: the same facts make the same snapshot. Gaps are counted once, with the meeting's own snapshot. */
export function buildMinutesSnapshot(
  minutes: Examination,
  everything: boolean,
  referenceOf: (actionId: string) => string | null,
  room: SaidRoom | null = null,
): Snapshot {
  const shown = minutes.items.filter(item => !isWithheldFrom(item, everything))
  const minuted = shown.map(item => minutedItem(minutes, item, referenceOf))
  const gaps = minutes.items.filter(item => isWithheldFrom(item, everything)).map(gapNotice)
  const byId = [...minuted, ...gaps].map(each => [each.id, each] as const)
  const outcomes = minuted.flatMap(item => item.outcomes)
  const { attendance, about } = partsOf(room)
  const body: MinutesBody = {
    ...framing(minutes),
    room: about,
    attendance,
    items: Object.fromEntries(byId),
    order: minutes.items.map(item => item.id),
    corrections: correctionsFor(minutes, shown),
    findings: minutes.findings.filter(finding => finding.outcomeId === null).map(finding => finding.words),
  }
  return {
    body,
    summary: `What was said and agreed at the meeting${outcomes.length === 0 ? '' : `, with ${counted(outcomes.length)}`}.`,
    searchText: minuted.flatMap(item => [item.title, item.text, ...item.outcomes.map(each => each.text)]).join(' '),
    facts: { outcomes: outcomes.length },
    preview: [
      ...previewOfRoom(room),
      ...minutes.items.flatMap(({ id }) => [
        ...minuted.filter(item => item.id === id).map(item => previewOf(item, room)),
        ...gaps.filter(gap => gap.id === id).map(previewOfGap),
      ]),
    ],
  }
}

const counted = (n: number) => (n === 1 ? '1 thing asked or promised' : `${String(n)} things asked or promised`)

function minutedItem(
  minutes: Examination,
  item: Examination['items'][number],
  referenceOf: (actionId: string) => string | null,
): MinutedItem {
  return {
    id: item.id,
    number: item.shown,
    title: item.title,
    text: minutes.texts.get(item.id)?.text ?? '',
    withdrawn: item.withdrawn_why,
    restricted: restriction(item),
    outcomes: minutes.outcomes
      .filter(outcome => outcome.row.item_id === item.id)
      .map(outcome => saidOutcome(outcome, referenceOf)),
  }
}

function saidOutcome(outcome: ExaminedOutcome, referenceOf: (actionId: string) => string | null): SaidOutcome {
  const { row, lead, due, others, findings } = outcome
  return {
    form: row.form,
    text: row.text,
    lead: lead.words,
    others: [...others],
    due: due === null ? null : dueWords(due),
    action: row.action_id === null ? null : referenceOf(row.action_id),
    findings: [...findings],
  }
}

/** What stands round the items: the meeting, who was there, and who agreed and signed. */
function framing(
  minutes: Examination,
): Omit<MinutesBody, 'room' | 'attendance' | 'items' | 'order' | 'corrections' | 'findings'> {
  const { head, row, meeting, signatures } = minutes
  return {
    meeting: meeting.title,
    meetingAddress: publicAddress({ kind: 'meeting', reference: '', title: meeting.title, dated: head.dated }),
    nextMeeting: row.next_meeting_printed ?? sayDate(row.next_meeting_date)?.words ?? null,
    agreedOn: sayDate(row.agreed_on),
    signatures: signatures.map(each => ({ name: each.name, on: sayDate(each.signed_on), inferred: each.inferred })),
    source: row.source,
  }
}

function correctionsFor(minutes: Examination, shown: Examination['items']): MinutesBody['corrections'] {
  return minutes.corrections.flatMap(correction => {
    const item = shown.find(each => each.id === correction.item_id)
    if (item === undefined) return []
    const { text_before: before, text_after: after, why, made_on: on } = correction
    return [{ number: item.shown, before, after, why, on: sayDate(on) }]
  })
}

function previewOf(item: MinutedItem, room: SaidRoom | null) {
  const outcomes = item.outcomes.map(each => `Lead: ${each.lead ?? 'nobody named'}. ${each.text}`)
  const text = [item.text, ...resolvedWords(room, item.id), ...outcomes].filter(each => each !== '').join('\n\n')
  return { heading: `${item.number}. ${item.title}`, text }
}

function previewOfGap({ number, gap }: GapNotice) {
  return {
    heading: gap.title === null ? `Item ${number}` : `${number}. ${gap.title}`,
    text: `Not public. ${gap.ground}.`,
  }
}

/** Who was there stands by itself, as in minutes of before; the rest of the room beside it. */
function partsOf(room: SaidRoom | null): Pick<MinutesBody, 'attendance'> & { about: MinutesBody['room'] } {
  if (room === null) return { attendance: [], about: null }
  const { attendance, ...about } = room
  return { attendance, about }
}
