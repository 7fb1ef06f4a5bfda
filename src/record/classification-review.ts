import type { OrganisationKind } from '../platform/access/viewer.ts'
import type { Trx } from '../platform/database/tables.ts'
import { Refusal } from '../platform/refusals.ts'
import { londonDate } from '../platform/time.ts'
import type { Classification, Ground } from './classification.ts'
import { cancelClock, finishClock } from './clock-changes.ts'
import { clocksOf } from './clock-rows.ts'
import type { RunningClock } from './clock-rows.ts'
import { isRunning, startClock } from './clock-store.ts'
import type { Act, Due, RecordHead, RecordKey } from './record.ts'
import { findRecord } from './records.ts'

/** A classification is looked at again after a time: a clock of the software itself, which nobody outside sees. */
export const reviewRule = 'CLASS-REVIEW'

/** How something is classified, and on what ground. */
export interface Marking {
  classification: Classification
  ground: Ground | null
}

/** A review that runs: of a whole record, or of one part of it. */
export interface Review {
  clock: RunningClock
  /** The part of the record, like an item of an agenda; null for the whole. */
  part: string | null
}

/** The reviews that run on a record. */
export async function reviewsOf(trx: Trx, record: RecordKey): Promise<Review[]> {
  const running = (await clocksOf(trx, record)).filter(clock => clock.rule.id === reviewRule && isRunning(clock))
  if (running.length === 0) return []
  const rows = await trx
    .selectFrom('classification_review')
    .select(['clock_id', 'part_id'])
    .where('area_id', '=', record.areaId)
    .where('record_id', '=', record.id)
    .execute()
  const parts = new Map(rows.map(row => [row.clock_id, row.part_id]))
  return running.map(clock => ({ clock, part: parts.get(clock.id) ?? null }))
}

/**
 * Lets the review of a classification follow a change of it: what is kept back is looked at again, what was opened is
 * not, and another ground begins the time anew. Papers that are loaded are reviewed by nobody.
 *
 * @param was how it was marked before; open for what is new
 * @param part the part of the record that is marked, where it is not the whole
 */
export async function followClassification(
  trx: Trx,
  act: Act,
  record: RecordHead,
  was: Marking,
  now: Marking,
  part: string | null = null,
): Promise<void> {
  if (act.loading === true || isSame(was, now)) return
  const running = (await reviewsOf(trx, record)).find(review => review.part === part)
  if (now.classification === 'open') {
    if (running !== undefined) await cancelClock(trx, act, running.clock, 'It was opened.')
    return
  }
  if (running !== undefined) {
    if (was.classification === 'open') return
    await finishClock(trx, act, running.clock, 'marked anew', londonDate(act.now))
  }
  await begin(trx, act, record, now.ground, part)
}

/** Ends the review of a part that is gone, with the reason. */
export async function endReview(trx: Trx, act: Act, record: RecordKey, part: string, why: string): Promise<void> {
  for (const review of await reviewsOf(trx, record)) {
    if (review.part === part) await cancelClock(trx, act, review.clock, why)
  }
}

function isSame(was: Marking, now: Marking): boolean {
  return was.classification === now.classification && JSON.stringify(was.ground) === JSON.stringify(now.ground)
}

async function begin(
  trx: Trx,
  act: Act,
  record: RecordHead,
  ground: Ground | null,
  part: string | null,
): Promise<void> {
  const before = new Set((await clocksOf(trx, record)).map(clock => clock.id))
  await startClock(
    trx,
    act,
    record,
    reviewRule,
    { from: londonDate(act.now) },
    reviewer(act, record),
    agreedDay(ground),
  )
  const begun = (await clocksOf(trx, record)).find(clock => !before.has(clock.id))
  if (begun === undefined) throw new Error(`The review of ${record.id} was started but is not there`)
  await trx
    .insertInto('classification_review')
    .values({ area_id: record.areaId, clock_id: begun.id, record_id: record.id, part_id: part })
    .execute()
}

/** Whoever classified it looks again; where the software did, whoever answers for it in the organisation. */
function reviewer(act: Act, record: RecordHead) {
  const { organisation, personId } = act.viewer
  const own = record.holders.includes(organisation.id)
  const organisationId = own ? organisation.id : (record.holders[0] ?? organisation.id)
  const role = own ? reviewingRole[organisation.kind] : undefined
  return {
    organisationId,
    ...(role !== undefined && { role }),
    ...(own && personId !== null && { personId }),
    setsDue: false as const,
  }
}

const reviewingRole: Readonly<Partial<Record<OrganisationKind, string>>> = {
  office: 'chief-executive',
  force: 'chief-officer',
  panel: 'panel-clerk',
  council: 'panel-clerk',
}

/** A day that was given with the ground goes before the length of the rule. */
function agreedDay(ground: Ground | null): Due | null {
  const day = ground?.reviewOn
  if (day === undefined || !/^\d{4}-\d\d-\d\d$/.test(day)) return null
  return { kind: 'date', date: Temporal.PlainDate.from(day) }
}

/**
 * Notes that a classification was looked at again and stays: the review is kept, and the next begins today.
 *
 * @param clockId the review that was due
 * @throws Refusal where it does not run any more
 */
export async function noteReviewed(trx: Trx, act: Act, key: RecordKey, clockId: string): Promise<void> {
  const record = await findRecord(trx, key)
  const review = (await reviewsOf(trx, key)).find(({ clock }) => clock.id === clockId)
  if (record === null || review === undefined) throw new Refusal(['This review does not run any more.'])
  const today = londonDate(act.now)
  await finishClock(trx, act, review.clock, 'looked at again, stays', today)
  await begin(trx, act, record, null, review.part)
}
