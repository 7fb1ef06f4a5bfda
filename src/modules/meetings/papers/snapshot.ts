import { createHash } from 'node:crypto'
import type { Trx } from '../../../platform/database/tables.ts'
import type { Audience, Snapshot } from '../../../record/description.ts'
import type { RecordKey } from '../../../record/record.ts'
import { itemsOf } from '../agenda/queries.ts'
import { isOpen, numbered } from '../agenda/rules.ts'
import { findMeeting } from '../meeting/queries.ts'
import { sayDate } from '../said.ts'
import type { Said } from '../said.ts'
import { redactText } from './marking.ts'
import { appendixRestriction, neutralTitle, paperRestriction } from './paper-text.ts'
import { paperGroundInWords, partsOf, shownParts, wordsOf } from './parts.ts'
import type { ShownPart } from './parts.ts'
import type { BackgroundPaper } from './placed-paper.ts'
import { findPaper, pagesOf, placesOf, placesOfPaper, receiversOfPaper, findPapers } from './queries.ts'
import type { AppendixRow, PageRow, Paper, PaperDocument } from './queries.ts'
import { letterOf } from './rules.ts'

/** An appendix as it is frozen; of a withheld one the notice alone. */
export type FrozenAppendix =
  | {
      id: string
      letter: string
      title: string
      restriction: string | null
      parts: ShownPart[]
      document: PaperDocument | null
    }
  | { id: string; letter: string; gap: { title: string | null; ground: string } }

/** Where a paper stands, as it is printed above it. */
export interface Standing {
  meetingId: string
  meeting: string
  date: Said
  itemId: string
  item: string
  supplement: number | null
  /** The place of its first appendix among those of the item. */
  firstLetter: number
}

/** What another organisation needs to make its own copy: the text as sent, gaps where something is kept back. */
export interface SentSource {
  recommendations: string
  body: string
  appendices: { id: string; title: string; body: string; restriction: string | null; keptBack: boolean }[]
  grounds: Record<string, string>
}

export interface PaperBody {
  standing: Omit<Standing, 'firstLetter'> | null
  author: string | null
  contact: string | null
  restriction: string | null
  recommendations: ShownPart[]
  parts: ShownPart[]
  document: PaperDocument | null
  appendices: FrozenAppendix[]
  background: readonly BackgroundPaper[]
  /** For an organisation it was sent to. */
  sent?: { requestId: string | null; mayPublish: boolean; inFull: boolean; for: string | null; source: SentSource }
}

/** Most letters that search takes of one paper: an index entry has its bounds. */
const longestSearched = 300_000

/** What the public, or an organisation, may have of a paper. */
export async function paperSnapshot(trx: Trx, key: RecordKey, audience: Audience): Promise<Snapshot> {
  const paper = await findPaper(trx, key)
  if (paper === null) throw new Error(`No paper ${key.id} to make a snapshot of`)
  const receiver =
    audience.type === 'public'
      ? undefined
      : (await receiversOfPaper(trx, key)).find(each => each.organisation_id === audience.id)
  const own = audience.type === 'organisation' && paper.head.holders.includes(audience.id)
  return buildPaperSnapshot(paper, {
    everything: own || receiver?.in_full === true,
    mayPublish: receiver?.may_publish ?? false,
    toOrganisation: audience.type === 'organisation',
    standing: await standingOf(trx, paper),
    pages: await pagesOf(trx, openFiles(paper)),
  })
}

const openFiles = (paper: Paper): string[] =>
  [paper.row.document, ...paper.appendices.filter(each => each.ground === null).map(each => each.document)].flatMap(
    document => (document === null ? [] : [document.fileId]),
  )

/** Where a paper stands, at the latest meeting it was placed before; under a withheld item it says nothing. */
export async function standingOf(trx: Trx, paper: Paper): Promise<Standing | null> {
  const place = (await placesOfPaper(trx, paper.head)).at(-1)
  if (place === undefined) return null
  const meeting = await findMeeting(trx, { areaId: paper.head.areaId, id: place.meeting_id })
  if (meeting === null) return null
  const item = numbered(await itemsOf(trx, meeting.head)).find(each => each.id === place.item_id)
  if (item === undefined || !isOpen(item)) return null
  const beside = (await placesOf(trx, meeting.head)).filter(each => each.item_id === item.id)
  const before = beside.slice(
    0,
    beside.findIndex(each => each.paper_id === paper.head.id),
  )
  const papers = await findPapers(
    trx,
    paper.head.areaId,
    before.map(each => each.paper_id),
  )
  return {
    meetingId: meeting.head.id,
    meeting: meeting.head.title,
    date: sayDate(meeting.head.dated),
    itemId: item.id,
    item: `${item.shown}. ${item.title}`,
    supplement: place.supplement,
    firstLetter: papers.reduce((sum, each) => sum + each.appendices.length, 0),
  }
}

export interface SnapshotFacts {
  /** Whether these readers have what is withheld from the public. */
  everything: boolean
  toOrganisation: boolean
  mayPublish: boolean
  standing: Standing | null
  /** The words of the documents that are open, for search. */
  pages: readonly PageRow[]
}

/** Pure: the same facts make the same snapshot. */
export function buildPaperSnapshot(paper: Paper, facts: SnapshotFacts): Snapshot {
  const { head, row } = paper
  const restriction = paperRestriction(paper)
  if (restriction !== null && !facts.everything) return withheldSnapshot(paper, restriction)
  const parts = (source: string) => shownParts(partsOf(source, row.grounds, facts.everything))
  const firstLetter = facts.standing?.firstLetter ?? 0
  const body: PaperBody = {
    standing: facts.standing === null ? null : standingWords(facts.standing),
    author: row.author,
    contact: row.contact,
    restriction,
    recommendations: parts(row.recommendations),
    parts: parts(row.body),
    document: row.document,
    appendices: paper.appendices.map((each, at) => frozenAppendix(paper, each, letterOf(firstLetter + at), facts)),
    background: row.background,
    ...(facts.toOrganisation && { sent: sentPart(paper, facts) }),
  }
  return {
    body,
    summary: summaryOf(body),
    searchText: searchText(body, facts.pages),
    facts: { meeting: facts.standing?.meeting ?? null, supplement: facts.standing?.supplement ?? null },
    files: filesOf(body),
    preview: previewOf(body),
    gaps: gapsOf(head.id, head.dated, body),
  }
}

function standingWords({ meetingId, meeting, date, itemId, item, supplement }: Standing) {
  return { meetingId, meeting, date, itemId, item, supplement }
}

function withheldSnapshot({ head }: Paper, ground: string): Snapshot {
  const title = head.ground?.neutralTitle ?? null
  return {
    body: { gap: { title, ground } },
    summary: '',
    searchText: '',
    gaps: [{ id: head.id, position: 'The whole paper', title, ground, dated: head.dated }],
  }
}

function frozenAppendix(
  { row }: Paper,
  appendix: AppendixRow,
  letter: string,
  { everything }: SnapshotFacts,
): FrozenAppendix {
  const restriction = appendixRestriction(appendix)
  const { id, title, document } = appendix
  if (restriction !== null && (!everything || appendix.kept_back)) {
    return { id, letter, gap: { title: neutralTitle(appendix.ground), ground: restriction } }
  }
  const parts = shownParts(partsOf(appendix.body, row.grounds, everything))
  return { id, letter, title, restriction, parts, document }
}

function sentPart(
  { row, appendices }: Paper,
  { everything, mayPublish }: SnapshotFacts,
): NonNullable<PaperBody['sent']> {
  const text = (source: string) => (everything ? source : redactText(source))
  return {
    requestId: row.request_id,
    mayPublish,
    inFull: everything,
    for: row.meeting_words,
    source: {
      recommendations: text(row.recommendations),
      body: text(row.body),
      appendices: appendices.map(each => {
        const restriction = appendixRestriction(each)
        const keptBack = restriction !== null && (!everything || each.kept_back)
        return {
          id: each.id,
          title: keptBack ? (neutralTitle(each.ground) ?? 'Withheld') : each.title,
          body: keptBack ? '' : text(each.body),
          restriction,
          keptBack,
        }
      }),
      grounds: Object.fromEntries(
        Object.entries(row.grounds).map(([key, ground]) => [key, paperGroundInWords(ground)]),
      ),
    },
  }
}

function filesOf(body: PaperBody): string[] {
  const documents = [body.document, ...body.appendices.map(each => ('gap' in each ? null : each.document))]
  return documents.flatMap(document => (document === null ? [] : [document.fileId]))
}

function summaryOf(body: PaperBody): string {
  const where = body.standing === null ? '' : `${body.standing.meeting}, item ${body.standing.item}`
  const by = body.author === null ? '' : `By ${body.author}.`
  return [where === '' ? '' : `${where}.`, by].filter(each => each !== '').join(' ')
}

const textOf = (parts: readonly ShownPart[]): string => parts.map(wordsOf).join(' ')

function searchText(body: PaperBody, pages: readonly PageRow[]): string {
  const files = new Set(filesOf(body))
  return [
    body.author ?? '',
    textOf(body.recommendations),
    textOf(body.parts),
    ...body.appendices.map(each => ('gap' in each ? '' : `${each.title} ${textOf(each.parts)}`)),
    ...pages.filter(page => files.has(page.file_id)).map(page => page.text),
  ]
    .join(' ')
    .slice(0, longestSearched)
}

function previewOf(body: PaperBody): { heading: string; text: string }[] {
  const lines = (parts: readonly ShownPart[]) =>
    parts
      .map(part => [part.type === 'list' || part.type === 'table' ? null : part.number, previewWords(part)])
      .map(line => line.filter(each => each !== null).join(' '))
      .join('\n\n')
  const file = (document: PaperDocument | null) => (document === null ? '' : document.name)
  return [
    { heading: 'Recommendations', text: lines(body.recommendations) },
    { heading: 'Report', text: [file(body.document), lines(body.parts)].join('\n\n') },
    ...body.appendices.flatMap(each =>
      'gap' in each
        ? []
        : [
            {
              heading: `Appendix ${each.letter}: ${each.title}`,
              text: [file(each.document), lines(each.parts)].join('\n\n'),
            },
          ],
    ),
  ].filter(each => each.text.trim() !== '')
}

const previewWords = (part: ShownPart): string => (part.type === 'gap' ? `[${part.ground}]` : wordsOf(part))

function gapsOf(id: string, dated: Temporal.PlainDate, body: PaperBody): NonNullable<Snapshot['gaps']> {
  const inText = (place: string, parts: readonly ShownPart[]) =>
    parts.flatMap((part, at) =>
      part.type === 'gap'
        ? [
            {
              id: gapId(id, `${place}/${String(at)}`),
              position: part.number === null ? place : `${place}, paragraph ${part.number}`,
              title: null,
              ground: part.ground,
              dated,
            },
          ]
        : [],
    )
  return [
    ...inText('Recommendations', body.recommendations),
    ...inText('Report', body.parts),
    ...body.appendices.flatMap(each =>
      'gap' in each
        ? [{ id: each.id, position: `Appendix ${each.letter}`, title: each.gap.title, ground: each.gap.ground, dated }]
        : inText(`Appendix ${each.letter}`, each.parts),
    ),
  ]
}

/** The identity of a gap by its place: the same each time the paper is published. */
function gapId(paper: string, place: string): string {
  const hex = createHash('sha256').update(`${paper}/${place}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}
