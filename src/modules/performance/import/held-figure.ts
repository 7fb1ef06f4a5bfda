import { missingMarks } from '../figures.ts'
import { dayNumber } from './cells.ts'
import type { HeldObservation } from './queries.ts'
import { noDay, type RowBatch } from './row-batch.ts'

/**
 * Whether a row says something else than what is held. A file that leaves out status, numerator or denominator says
 * nothing about them; another as-at date alone is not another figure.
 */
export function differs(batch: RowBatch, row: number, held: HeldObservation): boolean {
  const value = batch.value[row]!
  const missing = Number.isNaN(value)
  if (missing !== (held.value === null)) return true
  if (missing ? held.mark !== missingMarks[batch.mark[row]!] : value !== held.value) return true
  if (batch.status[row]! !== 0 && batch.status[row] !== held.status) return true
  return saysOther(batch.numerator[row]!, held.numerator) || saysOther(batch.denominator[row]!, held.denominator)
}

/** Whether a row says that it was drawn up before what is held was. */
export function isOlder(batch: RowBatch, row: number, held: HeldObservation): boolean {
  const asAt = batch.asAt[row]!
  return held.as_at !== null && asAt !== noDay && asAt < dayNumber(held.as_at)
}

function saysOther(said: number, held: number | null): boolean {
  return !Number.isNaN(said) && said !== held
}
