import { randomUUIDv7 } from 'node:crypto'
import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { changeRecord } from '../../../record/records.ts'
import { raiseExceptions } from '../exceptions/raise-exceptions.ts'
import { seriesOf } from '../queries.ts'
import type { BreakTable } from '../tables.ts'
import { breaksOf, deleteBreak, findBreak, type HeldBreak, insertBreak, updateBreak } from './breaks-queries.ts'

/** A break as somebody enters it. */
export interface NewBreak {
  /** First day of the first period after it. */
  from: Temporal.PlainDate
  /** Null: every breakdown. */
  breakdown: string | null
  cause: BreakTable['cause']
  reason: string
  rebases: boolean
}

/**
 * Enters a break in a measure's figures: from its period on they are not what they were. It is written into the
 * measure's history, and the figures are read again at once.
 *
 * @param version the version of the measure that the person saw
 * @throws Refusal where there is one already at that period for that part
 * @throws StaleRecord if someone else changed the measure meanwhile
 */
export async function enterBreak(
  trx: Trx,
  act: Act,
  measure: RecordKey,
  version: number | null,
  made: NewBreak,
): Promise<string> {
  await refuseSecond(trx, measure, null, made)
  await changeRecord(trx, act, measure, version, {}, { kind: 'break-entered', why: made.reason, details: told(made) })
  const id = randomUUIDv7()
  await insertBreak(trx, { ...keyColumns(measure, id), measure_id: measure.id, ...columnsOf(act, made) })
  await readAgain(trx, act, measure, [made.breakdown])
  return id
}

/** Changes a break, with the change from what to what in the measure's history. */
export async function changeBreak(
  trx: Trx,
  act: Act,
  measure: RecordKey,
  version: number | null,
  breakId: string,
  changed: NewBreak,
): Promise<void> {
  const before = await breakHere(trx, measure, breakId)
  await refuseSecond(trx, measure, breakId, changed)
  const details = { break: { from: told(before), to: told(changed) } }
  await changeRecord(trx, act, measure, version, {}, { kind: 'break-changed', why: changed.reason, details })
  await updateBreak(trx, { areaId: measure.areaId, id: breakId }, columnsOf(act, changed))
  await readAgain(trx, act, measure, [before.breakdown, changed.breakdown])
}

/** Takes a break back, with the reason; the history keeps that it was there. */
export async function takeBackBreak(
  trx: Trx,
  act: Act,
  measure: RecordKey,
  version: number | null,
  breakId: string,
  reason: string,
): Promise<void> {
  const before = await breakHere(trx, measure, breakId)
  const event = { kind: 'break-taken-back', why: reason, details: told(before) }
  await changeRecord(trx, act, measure, version, {}, event)
  await deleteBreak(trx, { areaId: measure.areaId, id: breakId })
  await readAgain(trx, act, measure, [before.breakdown])
}

async function breakHere(trx: Trx, measure: RecordKey, id: string): Promise<HeldBreak> {
  const held = await findBreak(trx, { areaId: measure.areaId, id })
  if (held?.measureId !== measure.id) throw new Refusal(['This break is not there any more.'])
  return held
}

async function refuseSecond(trx: Trx, measure: RecordKey, id: string | null, made: NewBreak): Promise<void> {
  const others = (await breaksOf(trx, measure.areaId, [measure.id])).get(measure.id) ?? []
  const second = others.some(each => each.id !== id && each.breakdown === made.breakdown && each.from.equals(made.from))
  if (second) throw new Refusal(['There is a break at that period already. Change that one instead.'])
}

/** The series concerned are read again, and the register of exceptions follows. */
async function readAgain(
  trx: Trx,
  act: Act,
  measure: RecordKey,
  breakdowns: readonly (string | null)[],
): Promise<void> {
  const concerned = (await seriesOf(trx, measure.areaId, [measure.id])).filter(
    ({ breakdown }) => breakdowns.includes(null) || breakdowns.includes(breakdown),
  )
  await raiseExceptions(
    trx,
    act,
    measure.areaId,
    concerned.map(each => each.id),
  )
}

const keyColumns = ({ areaId }: RecordKey, id: string) => ({ area_id: areaId, id })

function columnsOf(act: Act, { from, breakdown, cause, reason, rebases }: NewBreak) {
  return {
    ...{ breakdown, from_period: from, cause, reason, rebases },
    ...{ entered_by: act.viewer.name, entered_at: act.now },
  }
}

function told({ from, breakdown, cause, rebases }: NewBreak) {
  return { from: from.toString(), breakdown, cause, rebases }
}
