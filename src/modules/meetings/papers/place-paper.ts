import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { link } from '../../../record/links.ts'
import { supersede } from '../../../record/publish.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord } from '../../../record/records.ts'
import { findReceived } from '../../../record/release.ts'
import type { Received } from '../../../record/release.ts'
import { mustFindItem } from '../agenda/items.ts'
import { mustFindMeeting } from '../meeting/add-meeting.ts'
import type { Meeting } from '../meeting/queries.ts'
import { agendaObstacles } from '../meeting/rules.ts'
import { findMinutesOf } from '../minutes/queries.ts'
import { refuseIf } from '../refuse.ts'
import {
  attachCopy,
  changeAppendixRow,
  changePaperRow,
  copyFile,
  deleteAppendix,
  deletePlace,
  findCopy,
  insertAppendix,
  insertPaper,
  insertPlace,
  placesOf,
  placesOfPaper,
} from './queries.ts'
import type { Paper, PaperDocument } from './queries.ts'
import { readSent } from './received.ts'
import type { SentBody } from './received.ts'
import { moveRequest } from './request-paper.ts'
import { receivedGrounds, receivedKey, takeOverMarks } from './take-over-marks.ts'
import { renameMarks } from './marking.ts'
import { isWritten } from './paper-text.ts'
import { mustFindPaper, noteChange } from './write-paper.ts'

/** Where a paper is to stand. */
export interface Target {
  meeting: RecordKey
  itemId: string
}

async function openTarget(trx: Trx, target: Target): Promise<Meeting> {
  const meeting = await mustFindMeeting(trx, target.meeting)
  const item = await mustFindItem(trx, meeting.head, target.itemId)
  const minutes = (await findMinutesOf(trx, meeting.head))?.head.state ?? null
  refuseIf([
    ...agendaObstacles({ state: meeting.state, minutes }),
    ...(item.withdrawn_on === null ? [] : ['The item is withdrawn.']),
  ])
  return meeting
}

/**
 * Places a paper of this organisation under an item. After the papers were first published it belongs to a supplement
 * with a number of its own.
 */
export async function placePaper(trx: Trx, act: Act, key: RecordKey, target: Target): Promise<void> {
  const paper = await mustFindPaper(trx, key)
  if (!isWritten(paper)) throw new Refusal(['It has no words and no document yet.'])
  const meeting = await openTarget(trx, target)
  const beside = await placesOf(trx, meeting.head)
  if (beside.some(each => each.paper_id === key.id && each.item_id === target.itemId)) {
    throw new Refusal(['It stands under this item already.'])
  }
  await insertPlace(trx, {
    area_id: key.areaId,
    paper_id: key.id,
    meeting_id: meeting.head.id,
    item_id: target.itemId,
    position: Math.max(-1, ...beside.map(each => each.position)) + 1,
    supplement: meeting.head.publication === 'published' ? nextSupplement(beside.map(each => each.supplement)) : null,
    placed_at: act.now,
  })
  await link(trx, act, paper.head, 'placed-before', meeting.head)
  await changeRecord(trx, act, key, null, { state: 'placed', due: null }, { kind: 'placed' })
  await changeRecord(trx, act, meeting.head, null, {}, { kind: 'paper-placed', details: { item: target.itemId } })
  if (paper.row.request_id !== null) {
    await moveRequest(trx, act, { areaId: key.areaId, id: paper.row.request_id }, 'placed')
  }
}

/** The number of another supplement. Pure. */
export function nextSupplement(taken: readonly (number | null)[]): number {
  return Math.max(0, ...taken.map(each => each ?? 0)) + 1
}

/**
 * Places a paper that another organisation sent: this organisation makes its own record of it, in the words that were
 * sent, and places that.
 *
 * @returns this organisation's own paper
 */
export async function placeReceived(trx: Trx, act: Act, key: RecordKey, target: Target): Promise<RecordHead> {
  const received = await mustFindReceived(trx, act, key)
  if ((await findCopy(trx, key)) !== null) {
    throw new Refusal(['It stands on an agenda already. Put the new version in its place there.'])
  }
  await openTarget(trx, target)
  const body = readSent(received)
  const head = await createRecord(trx, act, {
    areaId: key.areaId,
    kind: 'paper',
    title: received.title,
    state: 'placed',
    ...classificationOfSent(body),
  })
  await insertPaper(trx, {
    area_id: key.areaId,
    record_id: head.id,
    request_id: body.sent.requestId,
    meeting_words: body.sent.for,
    author: body.author,
    contact: body.contact,
    received_id: key.id,
    received_version: received.version,
    received_from: received.fromOrganisation,
  })
  await link(trx, act, head, 'copy-of', { ...key, kind: 'paper' })
  await takeOver(trx, act, head, received)
  await placePaper(trx, act, head, target)
  return head
}

async function mustFindReceived(trx: Trx, act: Act, key: RecordKey): Promise<Received> {
  const received = await findReceived(trx, act.viewer.organisation.id, key)
  if (received?.kind !== 'paper') throw new Refusal(['This paper is not there any more.'])
  return received
}

/** What was sent wholly withheld stays so, on the sender's words, until this organisation gives its own ground. */
function classificationOfSent(body: SentBody): Pick<RecordHead, 'classification' | 'ground'> {
  if (body.restriction === null) return { classification: 'open', ground: null }
  return { classification: 'unresolved', ground: { code: 'legacy-marking', marking: body.restriction } }
}

/**
 * Puts the version that was sent last in the place of the one before. This organisation's own markings stay on the
 * words they stood on; one whose words are gone has to be settled before anything is published.
 *
 * @param version this organisation's paper as the person saw it
 */
export async function replaceReceived(trx: Trx, act: Act, key: RecordKey, version: number | null): Promise<void> {
  const paper = await mustFindPaper(trx, key)
  const { received_id, received_version } = paper.row
  if (received_id === null) throw new Refusal(['It was written here.'])
  const received = await mustFindReceived(trx, act, { areaId: key.areaId, id: received_id })
  if (received.version === received_version) throw new Refusal(['No later version was sent.'])
  await takeOver(trx, act, paper.head, received)
  const body = readSent(received)
  const whole = body.restriction !== null && paper.head.classification === 'open' ? classificationOfSent(body) : {}
  await noteChange(trx, act, key, version, 'replaced', { title: received.title, ...whole })
}

/** Takes the words and documents of a sent version over into this organisation's own record. */
async function takeOver(trx: Trx, act: Act, head: RecordHead, received: Received): Promise<void> {
  const before = await mustFindPaper(trx, head)
  const body = readSent(received)
  const { source } = body.sent
  const taken = takeOverMarks(before, {
    recommendations: renameMarks(source.recommendations, receivedKey),
    body: renameMarks(source.body, receivedKey),
    appendices: source.appendices.map(each => ({ ...each, body: renameMarks(each.body, receivedKey) })),
  })
  await changePaperRow(trx, head, {
    author: body.author,
    contact: body.contact,
    recommendations: taken.recommendations,
    body: taken.body,
    background: JSON.stringify(body.background),
    grounds: JSON.stringify({ ...before.row.grounds, ...receivedGrounds(source.grounds) }),
    document: jsonOf(await ownDocument(trx, act, head, before.row.document, body.document)),
    received_version: received.version,
    may_publish: body.sent.mayPublish,
    unsettled: JSON.stringify(taken.unsettled),
  })
  await takeOverAppendices(trx, act, head, before, body, taken.appendices)
}

async function takeOverAppendices(
  trx: Trx,
  act: Act,
  head: RecordHead,
  before: Paper,
  body: SentBody,
  texts: ReadonlyMap<string, string>,
): Promise<void> {
  for (const gone of before.appendices) {
    if (!body.sent.source.appendices.some(each => each.id === gone.received_id)) {
      await deleteAppendix(trx, head.areaId, gone.id)
    }
  }
  for (const [position, each] of body.sent.source.appendices.entries()) {
    const old = before.appendices.find(other => other.received_id === each.id)
    const sent = body.appendices.find(other => other.id === each.id)?.document ?? null
    const theirGround = each.restriction === null ? null : { received: each.restriction }
    const own = old?.ground != null && 'own' in old.ground ? old.ground : null
    const row = {
      position,
      title: each.title,
      body: texts.get(each.id) ?? each.body,
      document: jsonOf(await ownDocument(trx, act, head, old?.document ?? null, sent)),
      ground: jsonOf(each.keptBack ? theirGround : (own ?? theirGround)),
      kept_back: each.keptBack,
    }
    if (old !== undefined) await changeAppendixRow(trx, head.areaId, old.id, row)
    else {
      await insertAppendix(trx, { area_id: head.areaId, paper_id: head.id, received_id: each.id, ...row })
    }
  }
}

const jsonOf = (value: object | null): string | null => (value === null ? null : JSON.stringify(value))

/** This organisation's own copy of a document that was sent; the one it has, where that is the same. */
async function ownDocument(
  trx: Trx,
  act: Act,
  head: RecordHead,
  old: PaperDocument | null,
  sent: PaperDocument | null,
): Promise<PaperDocument | null> {
  if (sent === null) return null
  if (old?.sourceFileId === sent.fileId) return old
  const fileId = await copyFile(trx, sent.fileId, act.now)
  await attachCopy(trx, head, { fileId, title: sent.name, by: act.viewer.name, at: act.now })
  return { ...sent, fileId, sourceFileId: sent.fileId }
}

/** Notes that a marking whose words are gone was looked at, and nothing needs it any more. */
export async function settleMarkings(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number | null,
  why: string,
): Promise<void> {
  await mustFindPaper(trx, key)
  await changePaperRow(trx, key, { unsettled: '[]' })
  await noteChange(trx, act, key, version, 'settled', {}, why)
}

/**
 * Takes a paper off an item. If it is public, it leaves the registers, and its versions stay readable as of their day.
 *
 * @param why the reason; the history keeps it
 */
export async function takeOff(trx: Trx, act: Act, key: RecordKey, itemId: string, why: string): Promise<void> {
  const paper = await mustFindPaper(trx, key)
  const place = (await placesOfPaper(trx, key)).find(each => each.item_id === itemId)
  if (place === undefined) throw new Refusal(['It does not stand under this item any more.'])
  await deletePlace(trx, key, itemId)
  const left = await placesOfPaper(trx, key)
  if (left.length === 0) {
    await changeRecord(trx, act, key, null, { state: 'taken-off' }, { kind: 'taken-off', why })
    if (paper.head.publication === 'published') await supersede(trx, act, key, why)
  }
  const meeting = { areaId: key.areaId, id: place.meeting_id }
  await changeRecord(trx, act, meeting, null, {}, { kind: 'paper-taken-off', details: { item: itemId }, why })
}
