import type { Trx } from '../../../platform/database/tables.ts'
import type { RecordKey } from '../../../record/record.ts'
import { findOrganisation } from '../../organisations/index.ts'
import type { Organisation } from '../../organisations/index.ts'
import { chairsNotesOf, runningOrder } from '../agenda/chairs-notes-queries.ts'
import type { ChairsNotes } from '../agenda/chairs-notes-queries.ts'
import { itemsOf } from '../agenda/queries.ts'
import type { ItemRow } from '../agenda/queries.ts'
import type { Lateness } from '../agenda/rules.ts'
import { findMeeting } from '../meeting/queries.ts'
import type { Meeting } from '../meeting/queries.ts'
import { meetingSnapshot } from '../meeting/snapshot.ts'
import type { AgendaItem, MeetingBody } from '../meeting/snapshot.ts'
import { papersForMeeting } from '../papers/placed.ts'
import { meetingKind } from '../meeting/kind.ts'
import type { Copy, PackInput, PackItem } from './input.ts'
import { asPublished } from './published-papers.ts'
import { publishedMeeting, publishedPapers } from './queries.ts'
import { plainWords } from './words.ts'

const latenessWords: Readonly<Record<Lateness, string>> = {
  late: 'Late item',
  urgent: 'Urgent item',
  tabled: 'Tabled at the meeting',
}

type AddressOf = PackInput['addressOf']

/** The pack as the public may have it: of what is published, and of nothing else. Null where the meeting is not. */
export async function publishedInput(
  trx: Trx,
  key: RecordKey,
  addressOf: (areaSlug: string) => AddressOf,
): Promise<(PackInput & { version: number }) | null> {
  const published = await publishedMeeting(trx, key)
  const meeting = await findMeeting(trx, key)
  if (published === null || meeting === null) return null
  const { body } = published
  const papers = await papersForMeeting(trx, key, 'public')
  const shown = new Set(body.items.flatMap(item => ('gap' in item || item.withdrawn !== null ? [] : [item.id])))
  const frozen = await publishedPapers(
    trx,
    key.areaId,
    papers.map(paper => paper.paperId),
  )
  const base = await inputOf(trx, meeting, body, 'open')
  return {
    ...base,
    title: published.title,
    papers: asPublished(papers, frozen, shown),
    version: published.version,
    addressOf: addressOf(published.areaSlug),
  }
}

/** The pack as it stands in the workspace of an organisation that holds the meeting; null where it holds no such one. */
export async function workspaceInput(
  trx: Trx,
  key: RecordKey,
  copy: Copy,
  organisation: string,
  addressOf: AddressOf,
): Promise<PackInput | null> {
  const meeting = await findMeeting(trx, key)
  if (meeting === null) return null
  const audience =
    copy === 'open' ? ({ type: 'public' } as const) : ({ type: 'organisation', id: organisation } as const)
  const snapshot = await meetingSnapshot(trx, key, audience)
  const papers = await papersForMeeting(trx, key, copy === 'open' ? 'public' : { id: organisation })
  return { ...(await inputOf(trx, meeting, snapshot.body as MeetingBody, copy)), papers, addressOf }
}

async function inputOf(
  trx: Trx,
  meeting: Meeting,
  body: MeetingBody,
  copy: Copy,
): Promise<Omit<PackInput, 'papers' | 'addressOf'>> {
  const { head } = meeting
  const holder = await findOrganisation(trx, head.owner?.organisationId ?? head.holders[0] ?? '')
  const rows = await itemsOf(trx, head)
  const notes = copy === 'chair' ? await chairsNotesOf(trx, head) : new Map<string, ChairsNotes>()
  return {
    copy,
    title: head.title,
    body: body.body,
    author: holder?.name ?? body.body,
    date: body.date.words,
    fileName: meetingKind.publicSlug?.(head) ?? head.reference,
    facts: coverFacts(body, holder, head.owner?.role ?? null),
    howToAsk: body.howToAsk,
    cancelled: body.cancelled,
    items: packItems(body, rows, notes),
  }
}

function coverFacts(body: MeetingBody, holder: Organisation | null, role: string | null): PackInput['facts'] {
  const open = body.openToPublic === null ? null : body.openToPublic ? 'Yes' : 'No. The minutes are published.'
  const contact = [role?.replaceAll('-', ' '), holder?.name].filter(each => each !== undefined).join(', ')
  const facts: [string, string | null][] = [
    ['Body', body.body],
    ['Date', body.date.words],
    ['Starts', body.starts],
    ['Place', body.place],
    ['Open to the public', open],
    ['Contact', contact === '' ? null : contact.charAt(0).toUpperCase() + contact.slice(1)],
  ]
  return [
    ...facts.flatMap(([name, text]) => (text === null ? [] : [{ name, words: plainWords(text) }])),
    ...(body.onlineLink === null
      ? []
      : [{ name: 'Online', words: [{ text: body.onlineLink, href: body.onlineLink }] }]),
  ]
}

/** The items in the order of the agenda; of a withheld one the notice alone. */
function packItems(body: MeetingBody, rows: readonly ItemRow[], notes: ReadonlyMap<string, ChairsNotes>): PackItem[] {
  const timed = body.items.map(({ id, ...item }) => ({
    id,
    minutes: notes.get(id)?.minutes ?? null,
    withdrawn: 'withdrawn' in item && item.withdrawn !== null,
  }))
  const times = runningOrder(notes.size === 0 ? null : body.starts, timed)
  return body.items.map((item): PackItem => {
    const row = rows.find(each => each.id === item.id)
    const isPart = row !== undefined && row.parent_id !== null
    const none = { facts: [], considers: [], withdrawn: null, restriction: null, notes: null }
    if ('gap' in item) {
      const { title, ground } = item.gap
      return { ...none, id: item.id, number: item.number, title: title ?? '', isPart, gap: { ground } }
    }
    const chair = notes.get(item.id)
    return {
      id: item.id,
      number: item.number,
      title: item.title,
      isPart,
      facts: [...timing(times.get(item.id), chair), ...itemFacts(item, row)],
      considers: item.considers.map(each => `${each.reference}: ${each.title}`),
      withdrawn: item.withdrawn,
      restriction: item.restricted,
      gap: null,
      notes: chair?.notes ?? null,
    }
  })
}

function itemFacts(item: AgendaItem, row: ItemRow | undefined): PackItem['facts'] {
  return [
    ...(item.printedReference === null ? [] : [{ name: 'Printed as', text: item.printedReference }]),
    ...(row?.lead == null ? [] : [{ name: 'Lead', text: row.lead }]),
    ...(row?.lateness == null ? [] : [{ name: latenessWords[row.lateness], text: row.late_reason ?? '' }]),
  ]
}

function timing(begins: string | undefined, notes: ChairsNotes | undefined): PackItem['facts'] {
  const minutes = notes?.minutes ?? null
  const words = [begins, minutes === null ? undefined : `${String(minutes)} minutes`].filter(each => each !== undefined)
  return words.length === 0 ? [] : [{ name: 'Time', text: words.join(', ') }]
}
