import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import type { Upload } from '../../../platform/web/route.ts'
import { attach, attachmentsOf } from '../../../record/files.ts'
import { link } from '../../../record/links.ts'
import type { Act, Owner, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import type { RecordChanges } from '../../../record/records.ts'
import { findReceived } from '../../../record/release.ts'
import { findMeeting } from '../meeting/queries.ts'
import { refuseIf } from '../refuse.ts'
import { marksOf } from './marking.ts'
import { isWritten, sectionsOf } from './paper-text.ts'
import type { BackgroundPaper } from './placed-paper.ts'
import {
  changeAppendixRow,
  changePaperRow,
  deleteAppendix,
  findPaper,
  insertAppendix,
  insertPages,
  insertPaper,
} from './queries.ts'
import type { AppendixRow, Paper, PaperDocument } from './queries.ts'
import { alternativeText } from './read-upload.ts'
import { findRequest } from './request-queries.ts'
import { keepReviewClock } from './review-clock.ts'
import { writingObstacles } from './rules.ts'
import type { PaperFacts } from './rules.ts'
import { buildPaperSnapshot } from './snapshot.ts'

/** What a new paper is made of. */
export interface NewPaper {
  areaId: number
  title: string
  /** The request it is written for: this organisation's own, or one that it was sent. */
  requestId?: string | null
  /** For which meeting and item, in words. */
  meetingWords?: string | null
  author?: string | null
  contact?: string | null
}

/** The paper with this key, or a refusal: it may have gone meanwhile. */
export async function mustFindPaper(trx: Trx, key: RecordKey): Promise<Paper> {
  const paper = await findPaper(trx, key)
  if (paper === null) throw new Refusal(['This paper is not there any more.'])
  return paper
}

/** What the rules ask of a paper. */
export function factsOf(paper: Paper): PaperFacts {
  const { head, row } = paper
  return {
    classification: head.classification,
    publication: head.publication,
    received: row.received_id !== null,
    written: isWritten(paper),
    unsettled: row.unsettled,
  }
}

/** Whose work a paper is: the clerk of a panel, the liaison of a force, the board's clerk of an office. */
function writerOf({ viewer }: Act): Owner {
  const { id, kind } = viewer.organisation
  const role = kind === 'panel' ? 'panel-clerk' : kind === 'force' ? 'liaison' : 'board-clerk'
  return { organisationId: id, role }
}

/**
 * Begins a paper. Written for a request, it takes over when the paper is due and who was asked to write it.
 *
 * @throws Refusal where the request is not this organisation's to answer
 */
export async function addPaper(trx: Trx, act: Act, made: NewPaper): Promise<RecordHead> {
  const asked = made.requestId == null ? null : await askedFor(trx, act, { areaId: made.areaId, id: made.requestId })
  const head = await createRecord(trx, act, {
    areaId: made.areaId,
    kind: 'paper',
    title: made.title,
    state: 'draft',
    owner: asked?.role == null ? writerOf(act) : { organisationId: act.viewer.organisation.id, role: asked.role },
    due: asked?.due == null ? null : { kind: 'date', date: asked.due },
  })
  await insertPaper(trx, {
    area_id: made.areaId,
    record_id: head.id,
    request_id: made.requestId ?? null,
    meeting_words: made.meetingWords ?? asked?.forWords ?? null,
    author: made.author ?? act.viewer.name,
    contact: made.contact ?? null,
  })
  if (made.requestId != null) {
    await link(trx, act, head, 'written-for', { areaId: made.areaId, id: made.requestId, kind: 'paper-request' })
  }
  return head
}

interface Asked {
  role: string | null
  due: Temporal.PlainDate | null
  forWords: string | null
}

async function askedFor(trx: Trx, act: Act, key: RecordKey): Promise<Asked> {
  const own = await findRequest(trx, key)
  if (own !== null) {
    const due = own.head.due?.kind === 'date' ? own.head.due.date : null
    const meeting = await findMeeting(trx, { areaId: key.areaId, id: own.row.meeting_id })
    return { role: own.row.asked_role, due, forWords: meeting?.head.title ?? null }
  }
  const received = await findReceived(trx, act.viewer.organisation.id, key)
  if (received?.kind !== 'paper-request') throw new Refusal(['This request is not there any more.'])
  const { role, meeting, item } = received.body
  const forWords = [meeting, item].filter(each => typeof each === 'string').join(', item ')
  return { role: typeof role === 'string' ? role : null, due: received.dueDate, forWords }
}

/** The words of a paper, as they are saved together. */
export interface PaperWords {
  title: string
  meetingWords: string | null
  author: string | null
  contact: string | null
  recommendations: string
  body: string
  background: readonly BackgroundPaper[]
}

/**
 * Saves the words of a paper.
 *
 * @param version the version the person saw
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function savePaper(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number | null,
  words: PaperWords,
): Promise<void> {
  const paper = await mustFindPaper(trx, key)
  refuseIf(writingObstacles(factsOf(paper)))
  await changePaperRow(trx, key, {
    meeting_words: words.meetingWords,
    author: words.author,
    contact: words.contact,
    recommendations: words.recommendations,
    body: words.body,
    background: JSON.stringify(words.background),
  })
  await noteChange(trx, act, key, version, 'written', { title: words.title })
}

/**
 * Writes into the history that a paper changed, makes search find it by its open words alone, drops grounds that
 * nothing is withheld on any more, and keeps the clock of its markings. What it says goes into no history.
 */
export async function noteChange(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number | null,
  event: string,
  changes: RecordChanges = {},
  why?: string,
): Promise<Paper> {
  await dropUnusedGrounds(trx, key)
  const paper = await mustFindPaper(trx, key)
  const found = changes.classification ?? paper.head.classification
  const facts = { everything: false, toOrganisation: false, mayPublish: false, standing: null, pages: [] }
  const open = found === 'open' ? buildPaperSnapshot(openCopy(paper), facts).searchText : ''
  const title = changes.title ?? paper.head.title
  await changeRecord(
    trx,
    act,
    key,
    version,
    { ...changes, title, searchText: open },
    { kind: event, ...(why !== undefined && { why }) },
  )
  const after = await mustFindPaper(trx, key)
  await keepReviewClock(trx, act, after)
  return after
}

const openCopy = (paper: Paper): Paper => ({ ...paper, head: { ...paper.head, classification: 'open' } })

async function dropUnusedGrounds(trx: Trx, key: RecordKey): Promise<void> {
  const paper = await mustFindPaper(trx, key)
  const used = new Set(sectionsOf(paper).flatMap(section => marksOf(section.source)))
  const kept = Object.entries(paper.row.grounds).filter(([name]) => used.has(name))
  await changePaperRow(trx, key, { grounds: JSON.stringify(Object.fromEntries(kept)) })
}

/** What is typed of an appendix. */
export interface AppendixWords {
  title: string
  body: string
}

/** Adds an appendix at the end. */
export async function addAppendix(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number | null,
  words: AppendixWords,
  document: PaperDocument | null = null,
): Promise<string> {
  const paper = await mustFindPaper(trx, key)
  refuseIf(writingObstacles(factsOf(paper)))
  const id = await insertAppendix(trx, {
    area_id: key.areaId,
    paper_id: key.id,
    position: (paper.appendices.at(-1)?.position ?? -1) + 1,
    ...words,
    document: document === null ? null : JSON.stringify(document),
  })
  await noteChange(trx, act, key, version, 'appendix-changed')
  return id
}

/** An appendix of a paper, or a refusal. */
export function mustFindAppendix(paper: Paper, id: string): AppendixRow {
  const appendix = paper.appendices.find(each => each.id === id)
  if (appendix === undefined) throw new Refusal(['This appendix is not there any more.'])
  return appendix
}

/** Changes the words of an appendix, and its document where a new one is given. */
export async function saveAppendix(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number | null,
  id: string,
  words: AppendixWords,
  document?: PaperDocument,
): Promise<void> {
  const paper = await mustFindPaper(trx, key)
  refuseIf(writingObstacles(factsOf(paper)))
  mustFindAppendix(paper, id)
  await changeAppendixRow(trx, key.areaId, id, {
    ...words,
    ...(document !== undefined && { document: JSON.stringify(document) }),
  })
  await noteChange(trx, act, key, version, 'appendix-changed')
}

/** Takes an appendix out of a paper. */
export async function removeAppendix(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number | null,
  id: string,
): Promise<void> {
  const paper = await mustFindPaper(trx, key)
  refuseIf(writingObstacles(factsOf(paper)))
  mustFindAppendix(paper, id)
  await deleteAppendix(trx, key.areaId, id)
  await noteChange(trx, act, key, version, 'appendix-removed')
}

/**
 * Keeps an uploaded document with a paper: its bytes, what was read of its pages, and what each page is called for
 * those who cannot see it.
 *
 * @param pages the words of each page; null where it has none to read
 */
export async function keepDocument(
  trx: Trx,
  act: Act,
  head: RecordHead,
  upload: Upload,
  title: string,
  read: { pages: readonly string[]; scanned: boolean } | null,
): Promise<PaperDocument> {
  const attachment = await attach(trx, act, head, { upload }, title)
  const kept = (await attachmentsOf(trx, head)).find(each => each.id === attachment)
  const fileId = kept?.file_id
  if (fileId == null) throw new Error('An upload was kept without a file')
  const pages = (read?.pages ?? []).map((text, at, all) => ({
    text,
    alternative: alternativeText(text, at + 1, all.length, title),
  }))
  await insertPages(trx, head.areaId, fileId, pages)
  return {
    fileId,
    name: upload.fileName,
    mediaType: upload.mediaType,
    size: upload.bytes.length,
    pages: read === null ? null : read.pages.length,
    scanned: read?.scanned ?? false,
  }
}

/** Makes an uploaded document the paper itself, or takes it away again. */
export async function setDocument(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number | null,
  document: PaperDocument | null,
): Promise<void> {
  const paper = await mustFindPaper(trx, key)
  refuseIf(writingObstacles(factsOf(paper)))
  await changePaperRow(trx, key, { document: document === null ? null : JSON.stringify(document) })
  await noteChange(trx, act, key, version, 'document-changed')
}
