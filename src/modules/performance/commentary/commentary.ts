import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { actingFor } from '../../../record/acting-for.ts'
import { link, linkedFrom } from '../../../record/links.ts'
import { publishRecord } from '../../../record/publish.ts'
import type { Act, RecordHead, RecordKey } from '../../../record/record.ts'
import { changeRecord, createRecord, findRecord } from '../../../record/records.ts'
import { findReceived, listReceived, type Received, releaseTo } from '../../../record/release.ts'
import { type Period, periodEnd, periodInWords } from '../period.ts'
import { commentaryBody } from './body.ts'
import {
  type Commentary,
  findCommentaries,
  findCommentary,
  hasCommentary,
  insertCommentary,
  insertWording,
  updateCommentary,
  updateWording,
  type WritableMeasure,
} from './commentary-queries.ts'

/** What is said about a period, and who says it. */
export interface Words {
  words: string
  /** Who wrote it, by name and post. */
  author: string
  /** Whether the public may read it with the measure. */
  mayPublish: boolean
}

/** What a commentary is about. */
export interface About {
  areaId: number
  measure: WritableMeasure
  /** '' for the whole of it. */
  breakdown: string
  period: Period
}

/**
 * Begins a commentary on a period: a draft that only its own organisation sees.
 *
 * @throws Refusal where the organisation has written on that period already
 */
export async function writeCommentary(trx: Trx, act: Act, about: About, said: Words): Promise<RecordHead> {
  const { areaId, measure, breakdown, period } = about
  const { id: organisation, name } = act.viewer.organisation
  if (await hasCommentary(trx, { areaId, measureId: measure.id, breakdown, period: period.start, organisation })) {
    throw new Refusal(['Your organisation has written about this period already. Change that commentary instead.'])
  }
  const head = await createRecord(trx, act, {
    ...{ areaId, kind: 'commentary', title: titleOf(about), state: 'draft', dated: periodEnd(period) },
    owner: { organisationId: organisation },
    searchText: said.words,
  })
  await insertCommentary(trx, {
    ...{ area_id: areaId, id: head.id, measure_id: measure.id, breakdown, period_start: period.start },
    ...{ organisation_id: organisation, organisation_name: name, may_publish: said.mayPublish },
  })
  await insertWording(trx, { ...wordingOf(act, head, said), number: 1 })
  await link(trx, act, head, 'comments-on', { areaId, id: measure.id, kind: 'measure' })
  return head
}

function titleOf({ measure, breakdown, period }: About): string {
  const part = breakdown === '' ? measure.title : `${measure.title}, ${breakdown}`
  return `Commentary on ${part}, ${periodInWords(period)}`
}

function wordingOf(act: Act, key: RecordKey, { words, author }: Words) {
  const row = { area_id: key.areaId, commentary_id: key.id, words, author }
  return { ...row, written_at: act.now, released_at: null }
}

/**
 * Changes a commentary. A wording that was released stays beside the new one, which is not seen by others until it is
 * released too.
 *
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function changeCommentary(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  said: Words,
): Promise<void> {
  const { head, stands } = (await findCommentary(trx, key)) ?? gone()
  const state = head.state === 'draft' ? 'draft' : 'changed'
  await changeRecord(trx, act, key, version, { state, title: head.title, searchText: said.words }, { kind: 'reworded' })
  await updateCommentary(trx, key, { may_publish: said.mayPublish })
  if (stands.released_at === null) {
    await updateWording(trx, key, stands.number, { words: said.words, author: said.author, written_at: act.now })
  } else await insertWording(trx, { ...wordingOf(act, key, said), number: stands.number + 1 })
}

/**
 * Releases a commentary to other organisations of the area.
 *
 * @throws Refusal where it is released as it stands, or nobody was chosen
 * @throws StaleRecord if someone else changed it meanwhile
 */
export async function releaseCommentary(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  organisations: readonly string[],
): Promise<void> {
  const { head, stands } = (await findCommentary(trx, key)) ?? gone()
  if (organisations.length === 0) throw new Refusal(['Choose at least one organisation.'])
  const reasons = releaseObstacles(head.state)
  if (reasons.length > 0) throw new Refusal(reasons)
  await updateWording(trx, key, stands.number, { released_at: act.now })
  await changeRecord(trx, act, key, version, { state: 'released' }, { kind: 'given-out' })
  await releaseTo(trx, act, key, organisations)
}

/** Why a commentary is not released now; empty where it is. Pure. */
export function releaseObstacles(state: string): string[] {
  return state === 'released' ? ['It is released as it stands. Change it first.'] : []
}

/** Why a commentary of one's own is not published now; empty where it may be. Pure. */
export function publishObstacles(state: string, mayPublish: boolean): string[] {
  return [
    ...(state === 'released' ? [] : ['Release it first: what is published is what others were given.']),
    ...(mayPublish ? [] : ['Its writer has not agreed to its publication.']),
  ]
}

/**
 * Publishes with a measure what was written about it: this organisation's own released commentary and what others
 * released to it, both only where their writers agree.
 *
 * @returns how many were published
 */
export async function publishCommentaries(trx: Trx, act: Act, measure: RecordKey): Promise<number> {
  const ids = (await linkedFrom(trx, measure, 'comments-on')).map(each => each.id)
  const own = (await findCommentaries(trx, measure.areaId, ids)).filter(mayBePublished)
  for (const { head } of own) await publishRecord(trx, act, head)
  const received = await listReceived(trx, act.viewer.organisation.id, { areaId: measure.areaId, ids, limit: 1000 })
  let others = 0
  for (const each of received) others += (await publishOthers(trx, act, each)) ? 1 : 0
  return own.length + others
}

const mayBePublished = ({ head, row }: Commentary): boolean =>
  head.classification === 'open' && publishObstacles(head.state, row.may_publish).length === 0

/**
 * Publishes one commentary that another organisation released to this one.
 *
 * @throws Refusal where its writer does not agree, or has changed it since
 */
export async function publishReceived(trx: Trx, act: Act, key: RecordKey): Promise<void> {
  const received = (await findReceived(trx, act.viewer.organisation.id, key)) ?? gone()
  const about = await measureOf(trx, received)
  if (about === null) throw new Refusal([keptElsewhere])
  if (!(await publishOthers(trx, act, received))) {
    throw new Refusal(['Its writer has not agreed to its publication, or has changed it since it was released to you.'])
  }
}

/** Said to a reader who does not keep the measure. */
export const keptElsewhere = 'Whoever keeps the measure publishes what is read beside it.'

/** The measure that something received is about, where this organisation keeps it. */
async function measureOf(trx: Trx, received: Received): Promise<RecordHead | null> {
  const body = commentaryBody.safeParse(received.body)
  return body.success ? findRecord(trx, { areaId: received.areaId, id: body.data.measureId }) : null
}

/** The one place where a reader's act reaches into the writer's record: the writer agreed when releasing it. */
async function publishOthers(trx: Trx, act: Act, received: Received): Promise<boolean> {
  const body = commentaryBody.safeParse(received.body)
  if (!body.success || !body.data.mayPublish) return false
  const key = { areaId: received.areaId, id: received.recordId }
  return actingFor(trx, [received.fromOrganisation], async () => {
    const found = await findCommentary(trx, key)
    if (found === null || !mayBePublished(found)) return false
    await publishRecord(trx, act, key)
    return true
  })
}

function gone(): never {
  throw new Refusal(['This commentary is not there any more.'])
}
