import type { Trx } from '../../../platform/database/tables.ts'
import { type BatchChange, changeRecords, createRecords, linkMany } from '../../../record/record-batches.ts'
import type { Act, RecordHead } from '../../../record/record.ts'
import { changeRecord, findRecords } from '../../../record/records.ts'
import { periodEnd, type Period } from '../period.ts'
import { exceptionsOfSeries, type HeldException, type Series } from '../queries.ts'
import { insertDeed, insertExceptions, lapseExceptions, updateExceptions } from './exceptions-queries.ts'
import type { FoundException } from './exceptions.ts'
import { afterFigures, recordState, type Told } from './life.ts'
import { reconcile } from './reconcile.ts'

/** What a reading of some series changed in the register of exceptions. */
export interface Raised {
  raised: number
  /** Continuing, ended, or told in other words. */
  changed: number
  /** No longer borne out by the figures. */
  lapsed: number
}

/** What the rules found in one series. */
export interface Finding {
  series: Series
  /** The measure's record: an exception is held and classified as its measure is. */
  measure: RecordHead
  found: readonly FoundException[]
  /** The last period that was judged; null where there are no figures. */
  latest: Period | null
  /** Whether the target lies beyond the usual range, so that it is missed every time. */
  fails: boolean
}

interface Change {
  held: HeldException
  found: FoundException
  finding: Finding
}

/**
 * Brings the register of exceptions in line with what was found in some series of one area: about ten statements,
 * however many exceptions are raised and changed.
 */
export async function bringInLine(trx: Trx, act: Act, areaId: number, findings: readonly Finding[]): Promise<Raised> {
  const ids = findings.map(({ series }) => series.id)
  const held = Map.groupBy(await exceptionsOfSeries(trx, areaId, ids), each => each.series_id)
  const raise: { found: FoundException; finding: Finding }[] = []
  const change: Change[] = []
  const lapse: HeldException[] = []
  for (const finding of findings) {
    const todo = reconcile(held.get(finding.series.id) ?? [], finding.found, finding.latest)
    raise.push(...todo.raise.map(found => ({ found, finding })))
    change.push(...todo.change.map(each => ({ ...each, finding })))
    lapse.push(...todo.lapse)
  }
  await raiseAll(trx, act, areaId, raise)
  await changeAll(trx, act, areaId, change)
  await lapseAll(trx, act, areaId, lapse)
  return { raised: raise.length, changed: change.length, lapsed: lapse.length }
}

async function raiseAll(
  trx: Trx,
  act: Act,
  areaId: number,
  raise: readonly { found: FoundException; finding: Finding }[],
): Promise<void> {
  if (raise.length === 0) return
  const made = raise.map(({ found, finding: { measure } }) => ({
    title: found.headline,
    state: found.state,
    holders: measure.holders,
    classification: measure.classification,
    ground: measure.ground,
    dated: periodEnd(found.completed),
    searchText: found.text,
  }))
  const records = await createRecords(trx, act, areaId, 'exception', made)
  const pairs = raise.flatMap((each, i) => {
    const record = records[i]
    return record === undefined ? [] : [{ ...each, record }]
  })
  await insertExceptions(
    trx,
    pairs.map(({ record, found, finding: { series, fails } }) => ({
      ...{ area_id: areaId, id: record.id, measure_id: series.measure_id, series_id: series.id },
      ...columnsOf(found),
      ...afterFigures(null, toldOf(found, fails)),
      ...{ explained: false, then_value: null, then_level: null },
    })),
  )
  const kinds = { from: 'exception', relation: 'found-in', to: 'measure' }
  await linkMany(
    trx,
    act,
    kinds,
    pairs.map(({ record, finding: { measure } }) => ({ from: record, to: measure })),
  )
}

async function changeAll(trx: Trx, act: Act, areaId: number, change: readonly Change[]): Promise<void> {
  if (change.length === 0) return
  const heads = await headsOf(
    trx,
    areaId,
    change.map(({ held }) => held.id),
  )
  const told = change.map(each => ({ ...each, now: afterFigures(each.held, toldOf(each.found, each.finding.fails)) }))
  await updateExceptions(
    trx,
    told.map(({ held, found, now }) => ({ area_id: areaId, id: held.id, ...columnsOf(found), ...now })),
  )
  await changeRecords(
    trx,
    act,
    areaId,
    told.flatMap(({ held, found, now }) => {
      const head = heads.get(held.id)
      return head === undefined ? [] : [batchChange(head, held, found, now)]
    }),
  )
  for (const { held, found, now } of told.filter(each => each.held.life === 'watched' && each.now.life === 'raised')) {
    await returnWatched(trx, act, held, found, now)
  }
}

function batchChange(head: RecordHead, held: HeldException, found: FoundException, now: Told): BatchChange {
  const event = found.state === held.standing ? (now.worse && !held.worse ? 'worse' : 'retold') : found.state
  return {
    ...{ head, title: found.headline, state: recordState(now.standing, now.life), searchText: found.text },
    event: {
      kind: event,
      details: { period: found.last.start.toString(), value: found.value, ...(now.worse && { worse: true }) },
    },
  }
}

/** What was watched until these figures came, and stands, is raised again; its day to look again is taken away. */
async function returnWatched(trx: Trx, act: Act, held: HeldException, found: FoundException, now: Told): Promise<void> {
  const key = { areaId: held.area_id, id: held.id }
  await insertDeed(trx, {
    ...{ area_id: held.area_id, exception_id: held.id, deed: 'returned', words: null, said_by: null, said_on: null },
    ...{ from_record: null, open: false, until_day: null, until_period: held.watch_period },
    ...{ at_period: found.last.start, at_value: found.value, done_by: act.viewer.name, done_at: act.now },
  })
  await changeRecord(
    trx,
    act,
    key,
    null,
    { state: recordState(now.standing, now.life), due: null },
    { kind: 'returned' },
  )
}

async function lapseAll(trx: Trx, act: Act, areaId: number, lapse: readonly HeldException[]): Promise<void> {
  if (lapse.length === 0) return
  const ids = lapse.map(each => each.id)
  const heads = await headsOf(trx, areaId, ids)
  await lapseExceptions(trx, areaId, ids)
  await changeRecords(
    trx,
    act,
    areaId,
    lapse.flatMap(({ id, title, text }) => {
      const head = heads.get(id)
      return head === undefined ? [] : [{ head, title, state: 'lapsed', searchText: text, event: { kind: 'lapsed' } }]
    }),
  )
}

async function headsOf(trx: Trx, areaId: number, ids: readonly string[]): Promise<Map<string, RecordHead>> {
  return new Map((await findRecords(trx, areaId, ids)).map(head => [head.id, head]))
}

function toldOf(found: FoundException, fails: boolean) {
  const { rule, direction, judged, state: standing, last, value } = found
  return { rule, direction, judged, standing, lastPeriod: last.start, value, fails }
}

function columnsOf(found: FoundException) {
  return {
    rule: found.rule,
    direction: found.direction,
    judged: found.judged,
    first_period: found.first.start,
    completed_period: found.completed.start,
    last_period: found.last.start,
    revision: found.revision,
    value: found.value,
    text: found.text,
  }
}
