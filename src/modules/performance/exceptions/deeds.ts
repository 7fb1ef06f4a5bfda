import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { londonDate, longDate } from '../../../platform/time.ts'
import type { Act, Due, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { type Period, periodInWords } from '../period.ts'
import { findExceptions, findMeasures, type HeldException } from '../queries.ts'
import { changeLife, type DeedTable, insertDeed, rangeOf } from './exceptions-queries.ts'
import { type Deed, deedObstacles, failsTarget, levelOf, lifeAfter, recordState } from './life.ts'

/** An explanation: what was said, by whom and when, and where it stands. */
export interface Explanation {
  words: string
  /** Who gave it: a name and post, or an organisation. */
  saidBy: string
  saidOn: Temporal.PlainDate
  /** The record that it stands in, such as an answer to a question; null where it was typed. */
  fromRecord: string | null
  /** Whether the public may read it with the exception. */
  open: boolean
}

/** Until when an exception is watched: a day, that day included, or the figures of a period. */
export type WatchUntil = { day: Temporal.PlainDate } | { period: Period }

/**
 * Records the explanation of an exception, or a better one. What was accepted, or closed, stays so.
 *
 * @param version the version that the person saw; null where an answer was given elsewhere
 * @throws Refusal where there is nothing to explain
 * @throws StaleRecord if someone else changed it meanwhile
 */
export function explain(trx: Trx, act: Act, key: RecordKey, version: number | null, said: Explanation): Promise<void> {
  const { words, saidBy, saidOn, fromRecord, open } = said
  const kept = { words, said_by: saidBy, said_on: saidOn, from_record: fromRecord, open }
  return doDeed(trx, act, { key, version, deed: 'explain', kept })
}

/** The office accepts the explanation: nothing more is asked, unless the figures go further out. */
export function accept(trx: Trx, act: Act, key: RecordKey, version: number, note: string | null): Promise<void> {
  return doDeed(trx, act, { key, version, deed: 'accept', kept: { words: note } })
}

/** The explanation does not explain it: the exception is raised again, and another may be asked for. */
export function notAccept(trx: Trx, act: Act, key: RecordKey, version: number, reason: string): Promise<void> {
  return doDeed(trx, act, { key, version, deed: 'not-accept', kept: { words: reason } })
}

/** Leaves it until a day, or until the figures of a period have come; it returns then if it still stands. */
export function watch(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number,
  { until, reason }: { until: WatchUntil; reason: string },
): Promise<void> {
  return doDeed(trx, act, { key, version, deed: 'watch', kept: { words: reason }, until })
}

/** Ends a watch early. */
export function endWatch(trx: Trx, act: Act, key: RecordKey, version: number | null, reason: string | null) {
  return doDeed(trx, act, { key, version, deed: 'end-watch', kept: { words: reason } })
}

/** Closes an exception that still stands, with a reason. */
export function resolve(trx: Trx, act: Act, key: RecordKey, version: number, reason: string): Promise<void> {
  return doDeed(trx, act, { key, version, deed: 'resolve', kept: { words: reason } })
}

/** Takes up again what was closed and still stands. */
export function takeUpAgain(trx: Trx, act: Act, key: RecordKey, version: number, reason: string): Promise<void> {
  return doDeed(trx, act, { key, version, deed: 'take-up-again', kept: { words: reason } })
}

interface Doing {
  key: RecordKey
  version: number | null
  deed: Deed
  kept: Partial<Pick<DeedTable, 'words' | 'said_by' | 'said_on' | 'from_record' | 'open'>>
  until?: WatchUntil
}

const doneAs: Record<Deed, DeedTable['deed']> = {
  explain: 'explained',
  accept: 'accepted',
  'not-accept': 'not-accepted',
  watch: 'watched',
  'end-watch': 'returned',
  resolve: 'resolved',
  'take-up-again': 'taken-up-again',
}

async function doDeed(trx: Trx, act: Act, doing: Doing): Promise<void> {
  const { key, version, deed, kept, until } = doing
  const [exception] = await findExceptions(trx, key.areaId, [key.id])
  if (exception === undefined) throw new Refusal(['This exception is not there any more.'])
  const reasons = [...deedObstacles(deed, exception), ...untilObstacles(exception, until, londonDate(act.now))]
  if (reasons.length > 0) throw new Refusal(reasons)
  const life = deed === 'explain' ? lifeExplained(exception) : lifeAfter[deed]
  const state = recordState(exception.standing, life)
  const due = dueOf(life, until)
  const event = { kind: doneAs[deed], ...(kept.words != null && { why: kept.words }) }
  await changeRecord(trx, act, key, version, { state, due }, event)
  await changeLife(trx, key, { life, ...(await judgedAnew(trx, exception, deed, life)), ...untilColumns(until) })
  await insertDeed(trx, {
    ...{ area_id: key.areaId, exception_id: key.id, deed: doneAs[deed] },
    ...{ words: null, said_by: null, said_on: null, from_record: null, open: false, ...kept },
    ...{ until_day: untilColumns(until).watch_day, until_period: untilColumns(until).watch_period },
    ...{ at_period: exception.last_period, at_value: exception.value, done_by: act.viewer.name, done_at: act.now },
  })
}

/** A further explanation opens nothing that was accepted or closed. */
function lifeExplained({ life }: HeldException): HeldException['life'] {
  return life === 'accepted' || life === 'resolved' ? life : 'explained'
}

/** Why it cannot be watched until then. */
function untilObstacles(
  { last_period: last }: HeldException,
  until: WatchUntil | undefined,
  today: Temporal.PlainDate,
): string[] {
  if (until === undefined) return []
  if ('day' in until) {
    return Temporal.PlainDate.compare(until.day, today) > 0 ? [] : ['Choose a day after today.']
  }
  if (Temporal.PlainDate.compare(until.period.start, last) > 0) return []
  return [`The figures of ${periodInWords(until.period)} are there already. Choose a later period.`]
}

function untilColumns(until: WatchUntil | undefined) {
  return {
    watch_day: until !== undefined && 'day' in until ? until.day : null,
    watch_period: until !== undefined && 'period' in until ? until.period.start : null,
  }
}

function dueOf(life: HeldException['life'], until: WatchUntil | undefined): Due | null {
  if (life !== 'watched' || until === undefined) return null
  if ('day' in until)
    return { kind: 'condition', condition: `Watched until ${longDate(until.day)}`, lookAgain: until.day }
  const condition = `Watched until the figures of ${periodInWords(until.period)} have come`
  return { kind: 'condition', condition, lookAgain: null }
}

/** The level as it is after a deed; by this figure and level it is judged later whether it got worse. */
async function judgedAnew(trx: Trx, exception: HeldException, deed: Deed, life: HeldException['life']) {
  const explained = exception.explained || deed === 'explain'
  const loadsSince = deed === 'explain' ? 0 : exception.loads_since
  const [measure] = await findMeasures(trx, exception.area_id, [exception.measure_id])
  const range = await rangeOf(trx, exception.series_id)
  const fails = measure !== undefined && failsTarget(measure, range)
  const level = levelOf({ judged: exception.judged, fails, life, explained, loadsSince, further: false })
  return { explained, loads_since: loadsSince, level, then_value: exception.value, then_level: level }
}
