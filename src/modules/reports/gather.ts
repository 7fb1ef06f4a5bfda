import type { Trx } from '../../platform/database/tables.ts'
import type { Viewer } from '../../platform/access/viewer.ts'
import { kindOf } from '../../record/kinds.ts'
import { linkedFrom } from '../../record/links.ts'
import type { RecordHead, RecordKey } from '../../record/record.ts'
import { findRecords } from '../../record/records.ts'
import { listReceived } from '../../record/release.ts'
import type { Received } from '../../record/release.ts'
import { stateModel } from '../../record/words.ts'
import { recordsSince } from './queries.ts'
import type { GatheredSection, ReportLine } from './sections.ts'

/** For whom a report is put together, and for which days. */
export interface ReportScope {
  viewer: Viewer
  /** The organisation it goes to: nothing is gathered that it may not have. */
  readerId: string
  since: Temporal.PlainDate
  until: Temporal.PlainDate
}

const everything = Temporal.PlainDate.from('1900-01-01')

/** What an office holds for one section of its report to a panel, the earliest first. */
export async function gatherSection(trx: Trx, scope: ReportScope, section: GatheredSection): Promise<ReportLine[]> {
  switch (section) {
    case 'asked':
      return askedBy(trx, scope)
    case 'exceptions':
      return own(trx, scope, ['exception'], [])
    case 'account':
      return own(trx, scope, ['question', 'challenge'], ['answers', 'judges'])
    case 'plan':
      return own(trx, { ...scope, since: everything }, ['objective'], [])
    case 'meetings':
      return (await own(trx, scope, ['meeting'], [])).filter(line => line.state !== 'Cancelled')
  }
}

/** What the reader released to this organisation and what this organisation sent back. */
async function askedBy(trx: Trx, { viewer, readerId, since, until }: ReportScope): Promise<ReportLine[]> {
  const kinds = ['question', 'recommendation']
  const received = await listReceived(trx, viewer.organisation.id, { areaId: viewer.area.id, kinds, limit: 500 })
  const asked = received.filter(
    each => each.fromOrganisation === readerId && isWithin(each.dated, since, until) && each.state !== 'withdrawn',
  )
  const lines = []
  for (const each of asked.reverse()) lines.push(await askedLine(trx, viewer, readerId, each))
  return lines
}

async function askedLine(trx: Trx, viewer: Viewer, readerId: string, asked: Received): Promise<ReportLine> {
  const key = { areaId: asked.areaId, id: asked.recordId }
  const replies = await followers(trx, key, ['answers', 'replies-to'])
  const mine = replies.filter(reply => reply.holders.includes(viewer.organisation.id))
  const outcomes = await summaries(trx, mine, readerId)
  return {
    kind: asked.kind,
    id: asked.recordId,
    reference: asked.reference,
    title: asked.title,
    dated: asked.dated,
    state: outcomes.length === 0 ? 'not yet answered' : 'answered',
    summary: asked.summary,
    outcomes,
  }
}

/** This organisation's own records of some kinds, with what came of them, as the reader may have them. */
async function own(
  trx: Trx,
  { viewer, readerId, since, until }: ReportScope,
  kinds: readonly string[],
  relations: readonly string[],
): Promise<ReportLine[]> {
  const ids = await recordsSince(trx, viewer.area.id, kinds, since, until)
  const records = (await findRecords(trx, viewer.area.id, ids)).filter(
    record => isTellable(record) && record.holders.includes(viewer.organisation.id),
  )
  const lines: ReportLine[] = []
  for (const record of records.sort(earliestFirst)) {
    const outcomes = await summaries(trx, await followers(trx, record, relations), readerId)
    lines.push(await ownLine(trx, record, readerId, outcomes))
  }
  return lines
}

/** A draft is nobody's business yet, and what is not open stays out of a report that is. */
function isTellable(record: RecordHead): boolean {
  return record.classification === 'open' && !['draft', 'planned', 'withdrawn'].includes(record.state)
}

async function ownLine(
  trx: Trx,
  record: RecordHead,
  readerId: string,
  outcomes: readonly string[],
): Promise<ReportLine> {
  const { summary } = await snapshotFor(trx, record, readerId)
  const { kind, id, reference, title, dated } = record
  return { kind, id, reference, title, dated, state: stateModel(kind, record.state).word, summary, outcomes }
}

function snapshotFor(trx: Trx, record: RecordHead, readerId: string) {
  return kindOf(record.kind).snapshot(trx, record, { type: 'organisation', id: readerId })
}

/** What points to a record by some relations, as far as this organisation holds it. */
async function followers(trx: Trx, key: RecordKey, relations: readonly string[]): Promise<RecordHead[]> {
  const found: RecordHead[] = []
  for (const relation of relations) {
    const keys = await linkedFrom(trx, key, relation)
    found.push(
      ...(await findRecords(
        trx,
        key.areaId,
        keys.map(({ id }) => id),
      )),
    )
  }
  return found.filter(isTellable).sort(earliestFirst)
}

async function summaries(trx: Trx, records: readonly RecordHead[], readerId: string): Promise<string[]> {
  const told: string[] = []
  for (const record of records) told.push((await snapshotFor(trx, record, readerId)).summary)
  return told.filter(summary => summary !== '')
}

function isWithin(day: Temporal.PlainDate, since: Temporal.PlainDate, until: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(day, since) >= 0 && Temporal.PlainDate.compare(day, until) <= 0
}

function earliestFirst(a: RecordHead, b: RecordHead): number {
  return Temporal.PlainDate.compare(a.dated, b.dated) || a.reference.localeCompare(b.reference)
}
